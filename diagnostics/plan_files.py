"""A plan as files: its schedule as CSV, its costing as a workbook that computes."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from activity.tables import as_csv
from activity.workbooks import HEAD, About, Cell, Formula, Page, workbook
from diagnostics.models.plans import Status
from diagnostics.planned import SOURCES, MeasureOnPage, PlanOnPage
from diagnostics.planning.costing import Line

MONEY = "#,##0.00"
# Where the columns of the sheet of measures stand, from 0; those of SOURCES lie before FUNDED.
NUMBER, _title, THEME, HORIZON, BEGINS, _owner, COUNTS, COST, CURRENCY, PRICES = range(10)
FUNDED = PRICES + 1 + len(SOURCES)
OPEN = FUNDED + 1
GROUPS = ((None, "all"), (HORIZON, "horizon"), (THEME, "theme"), (BEGINS, "begins"))


def schedule_csv(shown: PlanOnPage) -> str:
    """Every measure with its dates, owner, state and what it requires."""
    titles = {one.measure.pk: one.measure.title for one in shown.measures}
    columns = [
        _("Measure"), _("Theme"), _("Horizon, years"), _("Owner"), _("Start"), _("End"),
        _("How it stands"), _("Has to come first"),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [
            one.measure.title, shown.theme_titles.get(one.measure.theme), one.measure.horizon,
            str(one.measure.owner or ""), one.measure.start, one.measure.end, one.status_name,
            "; ".join(titles[key] for key in one.bar.requires),
        ]
        for one in shown.measures
    ]  # fmt: skip
    if label := _(shown.plan.round.label):  # what it is, where the round is no assessment
        columns.append(_("What this is"))
        rows = [[*row, label] for row in rows]
    return as_csv(columns, rows)


def costing_xlsx(shown: PlanOnPage, *, public: bool) -> bytes:
    """Three sheets: measures with cost, funding and gap; sums; lines of funding.

    Costs and amounts are numbers to change; all that follows from them is a formula. Texts are
    written as texts, so that none can be one. The public edition says as the public page what each
    kind of source pays, and neither who pays nor who estimated.
    """
    said = (str(shown.plan.get_state_display()), shown.title, _(shown.plan.round.label))
    about = About(str(shown.plan), " · ".join(filter(None, said)))
    funding = _funding(shown, public=public)
    measures = _measures(shown, funding, public=public)
    return workbook(about, [measures, _sums(shown, measures), funding])


def _measures(shown: PlanOnPage, funding: Page, *, public: bool) -> Page:
    columns = [
        _("No."), _("Measure"), _("Theme"), _("Horizon"), _("Start"), _("Owner"),
        _("Counts (0: dropped)"), _("Cost"), _("Currency"), _("Prices of"),
        *map(str, SOURCES.values()), _("Funded"), _("Still open"),
        *([] if public else [_("Source of the cost")]),
    ]  # fmt: skip
    rows = [
        _measure(shown, row, one, funding)[: len(columns)]
        for row, one in enumerate(shown.measures, start=HEAD)
    ]
    caption = _("Every measure with what it costs, what is paid and what is open")
    return Page(_("Measures"), caption, columns, rows, MONEY)


def _measure(shown: PlanOnPage, row: int, one: MeasureOnPage, funding: Page) -> list[Cell]:
    """A measure's cells; `row` counts from 0, as the writer does."""
    line, measure = one.line, one.measure
    at = [xl_rowcol_to_cell(row, column) for column in range(OPEN)]
    number, source, amount = map(funding.column, (0, 2, 3))
    paid = [
        Formula(
            f"=SUMPRODUCT(({number}={at[NUMBER]})*({source}={_head(column)}),{amount})",
            _paid([line], code),
        )
        for column, code in enumerate(SOURCES, start=PRICES + 1)
    ]
    gap = None
    if line.gap is not None:
        gap = Formula(f"=MAX({at[COST]}-{at[FUNDED]},0)", line.gap)
    return [
        row - HEAD + 1, measure.title,
        *(shown.group(by, line) for by in ("theme", "horizon", "begins")),
        str(measure.owner or ""), int(one.status != Status.DROPPED), line.cost, line.currency,
        line.price_year, *paid, Formula(f"=SUM({at[PRICES + 1]}:{at[FUNDED - 1]})", line.funded),
        gap, measure.cost_source,
    ]  # fmt: skip


def _sums(shown: PlanOnPage, measures: Page) -> Page:
    """What `shown.sums` has, with what each kind of source pays, found anew by formulas."""
    columns = [
        _("Of"), _("Which"), _("Currency"), _("Prices of"), _("Measures"), _("Cost"),
        *map(str, SOURCES.values()), _("Funded"), _("Still open"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for (column, by), (label, totals) in zip(GROUPS, shown.sums, strict=True):
        for total in totals:
            key = (total.key, total.currency, total.price_year)
            held = [
                line
                for line in shown.lines
                if (shown.group(by, line), line.currency, line.price_year) == key
            ]
            which = _which(measures, column, HEAD + len(rows) + 1)
            cost = measures.column(COST)
            values = [total.cost, *(_paid(held, code) for code in SOURCES), total.funded, total.gap]
            summed = (COST, *range(PRICES + 1, OPEN + 1))
            rows.append(
                [
                    label, *key,
                    Formula(f"=SUMPRODUCT({which}*ISNUMBER({cost}))", total.measures),
                    *(
                        Formula(f"=SUMPRODUCT({which},{measures.column(at)})", value)
                        for at, value in zip(summed, values, strict=True)
                    ),
                ]
            )  # fmt: skip
    caption = _("Sums of one currency in prices of one year")
    return Page(_("Sums"), caption, columns, rows, MONEY)


def _which(measures: Page, column: int | None, row: int) -> str:
    """1 for each measure that the sum of a row is over, else 0, as part of a formula.

    Cells are compared with `=`, not by the criteria of SUMIFS, in which a text such as "=1" or "*"
    means something else.
    """
    same = {CURRENCY: "C", PRICES: "D"} | ({} if column is None else {column: "B"})
    compared = [f"({measures.column(at)}=${letter}{row})" for at, letter in same.items()]
    return "*".join([*compared, measures.column(COUNTS)])


def _funding(shown: PlanOnPage, *, public: bool) -> Page:
    columns = [
        _("No."), _("Measure"), _("Source"), _("Amount"), _("Currency"), _("Prices of"),
        *([] if public else [_("Who pays")]),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            number, one.measure.title, str(paid.get_source_display()), paid.amount,
            one.line.currency, one.line.price_year, paid.funder,
        ][: len(columns)]
        for number, one in enumerate(shown.measures, start=1)
        for paid in one.measure.funding.all()
    ]  # fmt: skip
    return Page(_("Funding"), _("What is paid of each measure"), columns, rows, MONEY)


def _paid(lines: Iterable[Line], source: str) -> Decimal:
    amounts = (amount for line in lines for named, amount in line.funding if named == source)
    return sum(amounts, Decimal(0))


def _head(column: int) -> str:
    """The cell with a column's label, for a formula in any row below."""
    return str(xl_rowcol_to_cell(HEAD - 1, column, row_abs=True))
