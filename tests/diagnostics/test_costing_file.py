"""The costing sheet: its formulas come to the plan's sums, and no text is one."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from diagnostics import actions
from diagnostics.plan_files import costing_xlsx
from diagnostics.planned import PlanOnPage
from tests.diagnostics.computing import computed, stored
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

HEAD = 4  # the row of labels


@pytest.fixture
def plan(run_jobs):
    """Two currencies, two price years, every source, one measure dropped and one not costed."""
    closed = rounds.closed_round()
    run_jobs()
    made = actions.begin_plan(round=closed, by=None)
    owner = people.OrganisationFactory(country=closed.country)

    def add(title, cost, currency="USD", year=2025, begins=2026, theme="money", horizon=1, **paid):
        values = {
            "title": title, "theme": theme, "horizon": horizon, "owner": owner,
            "start": begins and date(begins, 1, 1), "end": begins and date(begins + 1, 1, 1),
            "cost": cost and Decimal(cost), "currency": currency, "price_year": year,
            "cost_source": "@guess", "indicator": "Firms", "target": "5",
        }  # fmt: skip
        measure = actions.add_measure(plan=made, values=values, by=None)
        for source, amount in paid.items():
            actions.add_funding(
                measure=measure, source=source, funder="=Fund", amount=Decimal(amount), by=None
            )
        return measure

    add("=1+1", "1000.10", budget="400.05", donor=100)
    add("*", "0.5", theme="advice", horizon=5, begins=2027)
    add("Older prices", 70, year=2020, private=70)
    add("In kip", 9_000_000_000_000, currency="LAK", budget=1)
    dropped = add("Dropped", 500, donor=500)
    add("Nobody knows", None)
    actions.agree_plan(plan=made, by=None)
    actions.report_progress(measure=dropped, status="dropped", text="No one pays.", by=None)
    made.refresh_from_db()
    return made


def rows(book, sheet):
    """The rows of a sheet by their labels."""
    labels, *found = list(book[sheet].iter_rows(min_row=HEAD, values_only=True))
    return [dict(zip(labels, row, strict=True)) for row in found]


def test_what_the_formulas_come_to_is_what_the_file_says_and_the_page_adds_up(plan):
    shown = PlanOnPage(plan)
    content = costing_xlsx(shown, public=False)
    assert computed(load_workbook(BytesIO(content))) == pytest.approx(stored(content))
    book = load_workbook(BytesIO(content), data_only=True)
    sums = rows(book, "Sums")
    expected = [
        (label, total.key, total.currency, total.price_year, total.measures, float(total.cost),
         float(total.funded), float(total.gap))
        for label, held in shown.sums
        for total in held
    ]  # fmt: skip
    names = ("Of", "Which", "Currency", "Prices of", "Measures", "Cost", "Funded", "Still open")
    assert [tuple(one[name] for name in names) for one in sums] == expected
    whole = {(one["Currency"], one["Prices of"]): one for one in sums if one["Of"] == sums[0]["Of"]}
    assert len(whole) == 3
    assert whole["USD", 2025] == {
        "Of": "All measures", "Which": "All measures", "Currency": "USD", "Prices of": 2025,
        "Measures": 2, "Cost": 1000.6, "public budget": 400.05, "donor": 100,
        "firms and others": 0, "Funded": 500.05, "Still open": 500.55,
    }  # fmt: skip
    assert whole["USD", 2020]["firms and others"] == 70
    begins = {one["Which"]: one["Cost"] for one in sums if one["Of"] == "By year of start"}
    assert begins["begins in 2027"] == 0.5
    assert list(begins) == ["begins in 2026", "begins in 2027"]


def test_a_changed_number_moves_every_sum_it_is_in(plan):
    book = load_workbook(BytesIO(costing_xlsx(PlanOnPage(plan), public=False)))
    before = computed(book)
    labels = [cell.value for cell in book["Funding"][HEAD]]
    book["Funding"].cell(HEAD + 1, labels.index("Amount") + 1).value = 500.05
    moved = {at: value - before[at] for at, value in computed(book).items()}
    by_label = {
        (sheet, book[sheet][f"{at[0]}{HEAD}"].value, at[1:]): round(change, 2)
        for (sheet, at), change in moved.items()
        if abs(change) > 1e-9
    }
    assert set(by_label.values()) == {100, -100}
    for label in ("public budget", "Funded", "Still open"):
        assert len([1 for sheet, one, _row in by_label if (sheet, one) == ("Measures", label)]) == 1
        assert len([1 for sheet, one, _row in by_label if (sheet, one) == ("Sums", label)]) == 4


@pytest.mark.parametrize("language", ["en", "fr", "ru", "vi"])
def test_formulas_hold_in_every_language_and_no_text_is_one(plan, language):
    with translation.override(language):
        content = costing_xlsx(PlanOnPage(plan), public=False)
    book = load_workbook(BytesIO(content))
    assert computed(book) == pytest.approx(stored(content))
    found = {cell.value: cell for sheet in book for row in sheet.iter_rows() for cell in row}
    for text in ("=1+1", "*", "=Fund", "@guess"):
        assert found[text].data_type == "s"


def test_the_public_edition_names_neither_payers_nor_estimates(plan):
    content = costing_xlsx(PlanOnPage(plan), public=True)
    book = load_workbook(BytesIO(content))
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "=1+1" in found
    assert not found & {"=Fund", "@guess"}
    assert computed(book) == pytest.approx(stored(content))


def test_a_plan_without_funding_computes(plan):
    for measure in plan.measures.all():
        for line in measure.funding.all():
            actions.remove_funding(funding=line, by=None)
    content = costing_xlsx(PlanOnPage(plan), public=False)
    found = computed(load_workbook(BytesIO(content)))
    assert found == pytest.approx(stored(content))
    assert len(found) > 20
