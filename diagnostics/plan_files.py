"""A plan as files: its schedule as CSV, its costing as a workbook."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from activity.tables import as_csv
from diagnostics.planned import HORIZONS, PlanOnPage

MONEY = "#,##0.00"


def schedule_csv(shown: PlanOnPage) -> str:
    """Every measure with its dates, owner, state and what it requires."""
    titles = {one.measure.pk: one.measure.title for one in shown.measures}
    columns = [
        _("Measure"), _("Theme"), _("Horizon, years"), _("Owner"), _("Start"), _("End"),
        _("How it stands"), _("Has to come first"),
    ]  # fmt: skip
    rows = [
        [
            one.measure.title, shown.theme_titles.get(one.measure.theme), one.measure.horizon,
            str(one.measure.owner or ""), one.measure.start, one.measure.end, one.status_name,
            "; ".join(titles[key] for key in one.bar.requires),
        ]
        for one in shown.measures
    ]  # fmt: skip
    return as_csv(*_labelled(shown, columns, rows))


def costing_xlsx(shown: PlanOnPage) -> bytes:
    """Three sheets: measures with cost, funding and gap; sums; lines of funding.

    Every text is written as text, so that none can start a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    _sheet(
        book,
        _("Measures"),
        *_labelled(
            shown,
            [_("Measure"), _("Theme"), _("Horizon"), _("Owner"), _("Cost"), _("Currency"),
             _("Prices of"), _("Funded"), _("Still open"), _("Source of the cost")],
            [
                [one.measure.title, shown.theme_titles.get(one.line.theme),
                 str(HORIZONS[one.line.horizon]), str(one.measure.owner or ""), one.line.cost,
                 one.line.currency, one.line.price_year, one.line.funded, one.line.gap,
                 one.measure.cost_source]
                for one in shown.measures
            ],
        ),
    )  # fmt: skip
    _sheet(
        book,
        _("Sums"),
        *_labelled(
            shown,
            [_("Of"), "", _("Currency"), _("Prices of"), _("Measures"), _("Cost"), _("Funded"),
             _("Still open")],
            [
                [label, total.key, total.currency, total.price_year, total.measures, total.cost,
                 total.funded, total.gap]
                for label, held in shown.sums
                for total in held
            ]
            + [
                [_("By source"), source, currency, year, None, None, amount, None]
                for source, currency, year, amount in shown.sources
            ],
        ),
    )  # fmt: skip
    _sheet(
        book,
        _("Funding"),
        *_labelled(
            shown,
            [_("Measure"), _("Source"), _("Who pays"), _("Amount"), _("Currency")],
            [
                [one.measure.title, str(line.get_source_display()), line.funder, line.amount,
                 one.line.currency]
                for one in shown.measures
                for line in one.measure.funding.all()
            ],
        ),
    )  # fmt: skip
    book.close()
    return out.getvalue()


def _labelled(
    shown: PlanOnPage, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[list[str], list[list[Any]]]:
    """With a column that says so where the round is no assessment."""
    label = shown.plan.round.label
    if not label:
        return [*columns], [[*row] for row in rows]
    return [*columns, _("What this is")], [[*row, label] for row in rows]


def _sheet(book: xlsxwriter.Workbook, name: str, columns: list[str], rows: list[list[Any]]) -> None:
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": MONEY, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, bold)
        sheet.set_column(at, at, 44 if at == 0 else 16)
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(line, at, float(value), money)
            elif isinstance(value, int):
                sheet.write_number(line, at, value, plain)
            elif value:
                sheet.write_string(line, at, str(value), plain)
    sheet.freeze_panes(1, 1)
