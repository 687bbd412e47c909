"""What stands behind a report on paper: settlement with dissent, indicators, national editions."""

from types import SimpleNamespace

import pytest

from reports.reading import Reading
from reports.rendering import front_matter, item_blocks, reliance_blocks
from reports.rendering.document import Heading, Paragraph, Points, Table, flat
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def reading(report_on) -> Reading:
    """A report on which somebody settled, objected and dissents; two sheets know nothing."""
    report = report_on(MIXED)
    report.snapshot["settlement"] = {
        "decisions": {
            ITEM: {
                "kind": "settled",
                "reason": "The decree is in force.",
                "evidence": [
                    {"link": "https://law.example/7", "page": "p. 3", "quote": "so be it"}
                ],
            }
        },
        "objections": {
            ITEM: [
                {
                    "organisation": "Bank of Donors",
                    "text": "No register is kept.",
                    "state": "refused",
                    "answer": "It is kept since May.",
                }
            ]
        },
        "dissents": {ITEM: [{"organisation": "Chamber", "text": "We see it lower."}]},
    }
    money = next(theme for theme in report.snapshot["result"]["themes"] if theme["code"] == "money")
    money["gaps"]["knowledge"] = [{"item": ITEM, "unknown": 2, "unanswered": 1}]
    item = next(one for one in money["items"] if one["code"] == ITEM)
    item["evidence"] = {"level": 2, "testimonies": [{"indicator": "X", "year": 2024, **VALUE}]}
    return Reading(report)


VALUE = {"value": 12.345, "level": 2, "title": "Loans", "unit": "percent", "source": "Bank"}


def test_settlement_objections_and_dissent_stand_under_their_item(reading):
    heading, points = item_blocks.settled(reading)
    assert heading == Heading(2, "Money item 1")
    said = [(one.lead, one.text, one.note) for one in points.points]
    assert ("Settled:", "The decree is in force.") in [one[:2] for one in said]
    assert ("Evidence:", "https://law.example/7, p. 3, “so be it”", "") in said
    refused = "Refused: It is kept since May."
    assert ("Bank of Donors objected:", "No register is kept.", refused) in said
    assert ("Chamber dissents:", "We see it lower.", "") in said


def test_a_report_without_settlement_has_no_such_section(report_on):
    reading = Reading(report_on(MIXED))
    assert list(item_blocks.settled(reading)) == []
    assert list(item_blocks.witnesses(reading)) == []
    assert list(front_matter.common(reading)) == []


def test_what_indicators_say_stands_with_value_year_and_source(reading):
    text, table = item_blocks.witnesses(reading)
    assert isinstance(text, Paragraph)
    assert isinstance(table, Table)
    row = ("Money item 1", 3, 2, "Loans", "12.35", "percent", 2024, "Bank")
    assert [tuple(one) for one in table.rows] == [row]


def test_what_some_sheets_do_not_know_is_counted(reading):
    money = next(theme for theme in reading.themes if theme.code == "money")
    points = [block for block in flat(reliance_blocks.doubt(money)) if isinstance(block, Points)]
    told = [(one.lead, one.text) for block in points for one in block.points]
    assert ("Money item 1:", "2 sheets do not know, 1 sheet left it blank") in told


def test_a_national_edition_stands_beside_other_countries():
    edition = SimpleNamespace(
        edition_of="sme-stages 1.0",
        common=[
            {
                "theme": "money", "title": "Money", "stage": 2, "position": 2.25, "reason": "",
                "national_stage": None, "national_position": None,
                "national_reason": "too little is known", "titles": ["Own item"],
            }
        ],
    )  # fmt: skip
    text, table = front_matter.common(edition)
    assert "national edition of sme-stages 1.0" in text.text
    assert list(table.rows) == [("Money", "2 (2.25)", "too little is known", "Own item")]
