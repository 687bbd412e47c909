"""Dates and numbers are in the reader's language; what programs read stays as it is."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from activity.charts import Chart, Column, Kind, Scale, Series
from activity.events import facts_in_words
from activity.tables import as_csv
from activity.templatetags.charts import figure
from activity.templatetags.numbers import in_columns, number, signed
from diagnostics.forms import PlanForm
from reports.rendering import paper

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 11, 3)
WRITTEN = {
    "en": ["3 November 2026", "3 Nov 2026", "3 Nov 2026, 09:05", "Nov 2026", "1,234,567.5"],
    "fr": ["3 novembre 2026", "3 nov. 2026", "3 nov. 2026, 09:05", "nov. 2026", "1 234 567,5"],
    "ru": ["3 ноября 2026 г.", "03.11.2026", "03.11.2026, 09:05", "11.2026", "1 234 567,5"],
    "vi": ["3 tháng 11 năm 2026", "03/11/2026", "03/11/2026, 09:05", "11/2026", "1.234.567,5"],
}
PAGE = Template(
    "{% load numbers %}{{ at|date }};{{ at|date:'SHORT_DATE_FORMAT' }};"
    "{{ at|date:'SHORT_DATETIME_FORMAT' }};{{ at|date:'YEAR_MONTH_FORMAT' }};{{ n|number }}"
)
CHART = Chart(
    id="c",
    kind=Kind.COLUMNS,
    title="A finding",
    description="In words",
    columns=[Column("What"), Column("Value", numeric=True)],
    rows=[("a", 0.5)],
    categories=["a"],
    series=[Series("One", [0.5], labels=[""])],
    scale=Scale(0, 1, step=0.25),
)


@pytest.mark.parametrize("language", WRITTEN)
def test_dates_and_numbers_on_pages_are_in_the_readers_language(language):
    at = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    with translation.override(language), timezone.override(UTC):
        told = PAGE.render(Context({"at": at, "n": "1234567.5"})).replace("\u00a0", " ")
    assert told.split(";") == WRITTEN[language]


def test_thousands_stand_apart_in_columns_of_numbers_and_years_stay_whole():
    columns = [Column("Year"), Column("Cost", numeric=True), Column("Prices of")]
    with translation.override("en"):
        assert in_columns([2026, 15000, 2025], columns) == [
            ("2026", True), ("15,000", True), ("2025", True),
        ]  # fmt: skip
    with translation.override("fr"):
        shown = in_columns(["2026", 1234.5, DAY], columns)
    assert shown == [("2026", False), ("1\u00a0234,5", True), (DAY, False)]
    assert in_columns(["unknown", "–"], [Column("A"), Column("N", numeric=True)]) == [
        ("unknown", False), ("–", True),
    ]  # fmt: skip
    assert in_columns([1, 2000], ["A", "B"]) == [("1", True), ("2000", True)]
    assert in_columns(["a", "b"], ["A"]) == [("a", False), ("b", False)]  # a row out of its table


def test_a_change_has_its_sign():
    assert [signed(text) for text in ("5,304", "-2,214", "0", "0,00")] == [
        "+5,304", "\u22122,214", "0", "0,00",
    ]  # fmt: skip


def test_no_template_writes_dates_in_a_way_of_its_own():
    form = re.compile(r"""\|(?:date|time):["']([^"']*)["']""")
    found = {
        one
        for path in (ROOT / "templates").rglob("*.*")
        for one in form.findall(path.read_text())
        if not one.endswith("_FORMAT")
    }
    assert found <= {"Y", " e"}  # a year, a time zone


@pytest.mark.parametrize("language", WRITTEN)
def test_a_field_for_a_date_speaks_to_the_browser(language):
    with translation.override(language):
        field = PlanForm.base_fields["period_start"]
        assert field.widget.format_value(DAY) == "2026-11-03"
        assert field.clean("2026-11-03") == DAY


def test_days_among_kept_facts_are_told_in_the_readers_language():
    facts = {"date": "2026-11-03", "due": "None", "round": "2026-11-03"}
    with translation.override("fr"):
        told = facts_in_words(facts)
    assert told == facts | {"date": "3 novembre 2026"}


def test_digits_that_are_kept_as_text_stay_whole():
    with translation.override("fr"):
        assert number("0.00012300") == "0,00012300"
        assert number(Decimal("1E+3")) == "1\u00a0000"
        assert number("10 to 20") == "10 to 20"


@pytest.mark.parametrize("language", WRITTEN)
def test_charts_have_the_marks_of_the_language_and_their_numbers_those_of_programs(language):
    with translation.override(language):
        drawn = figure(CHART)
        table = as_csv([column.label for column in CHART.columns], CHART.rows)
    assert drawn["layout"]["separators"][0] == WRITTEN[language][-1][-2]
    assert drawn["data"][0]["y"] == [0.5]
    assert "a,0.5" in table


def test_a_chart_on_paper_has_the_decimal_mark_of_the_language():
    english, french, russian = (paper.pictures([CHART], one)[0] for one in ("en", "fr", "ru"))
    assert english != french
    assert french == russian


def test_a_chart_on_paper_parts_thousands_by_the_mark_of_the_language():
    large = replace(CHART, scale=Scale(-20000, 20000, step=10000), series=[Series("One", [15000])])
    pictures = {one: paper.pictures([large], one)[0] for one in ("en", "fr", "vi")}
    assert len({*pictures.values()}) == 3
