"""The report page and its files: every part is there, and costs the same for any size."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.management import CommandError, call_command

from diagnostics import actions
from diagnostics.scoring.instrument import EditionOf
from reports.models import ReportVersion
from tests.factories import rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


@pytest.fixture
def page(team, signed_in):
    """The words of a report's page, as an officer of the country reads them."""

    def show(report: ReportVersion) -> str:
        response = signed_in(team.officer).get(report.get_absolute_url())
        assert response.status_code == 200
        return words(response.content.decode())

    return show


@pytest.mark.parametrize(
    "part",
    [
        "Country LAO: A small instrument",
        "1 Jan 2025 to 31 Dec 2025. Report version 1, draft.",
        "Money: stage 2; stage 3 needs 3 of 4 items, 1 reaches it",
        "Money stands lowest",
        "Stage 2",
        "Position 2.33 stage and progress to the next",
        "Mean level 2.1",
        "Needs for a stage 3 of 4",
        "Level 3 or higher 1 25.0 75.0 not reached",
        "Money item 4 2 held by an unknown",
        "The way to stage 3",
        "Least effort (2): Money item 2; Money item 3.",
        "3: Fact 3 of money 2 is on record. Partly",
        "in the cheapest set",
        "Find out first",
        "Money item 4, level 3: Fact 3 of money 4 is on record.",
        "Which theme first",
        "Money: stage 3 takes 2 items at an effort of 2",
        "In this report",
        "How far to rely on it",
        "With other weights and pass marks as well: stage 2 in",
        "What some sheets do not know or did not answer (1) Money item 4: 1 sheet does not know",
        "From several sheets to one",
        "Out of order: a higher statement is true while a lower one is not.",
        "the highest",
        "SHA-256",
        "Everything behind it (JSON)",
    ],
)
def test_every_part_of_a_report_is_on_its_page(report_on, page, part):
    assert part in page(report_on(MIXED))


def test_the_page_names_sheets_instrument_method_and_hash(report_on, page, team):
    report = report_on(MIXED)
    shown = page(report)
    assert f"{team.organisation} (government)" in shown
    assert report.sha256 in shown
    assert report.snapshot["instrument"]["sha256"] in shown
    assert f"Method {report.snapshot['method_version']}" in shown


def test_the_approaches_of_the_stage_are_shown(report_on, page):
    shown = page(report_on(["no"]))
    assert "Assistance that fits stage 1" in shown
    assert "For government: Begin." in shown
    assert "Assistance that fits" not in page(report_on(["yes"] * 4))


def test_without_a_stage_the_page_says_why_and_what_to_find_out(report_on, page):
    shown = page(report_on(["unknown"]))
    assert "No stage." in shown
    bounds = "With everything unknown false the stage would be 1, with everything unknown true 5."
    assert bounds in shown
    assert "Find out first" in shown
    assert "The way to stage" not in shown
    assert "Assistance that fits" not in shown


def test_what_does_not_apply_is_shown_with_its_reason(report_on, page):
    shown = page(report_on(["yes", "no"], not_applicable=["money.item_3"]))
    assert "Money item 3: not applicable" in shown
    assert "There is none." in shown


@pytest.mark.parametrize(
    ("provenance", "label", "ribbon"),
    [
        ("fictional", "practice; invented answers", "Fictional practice; invented answers"),
        ("coded", "coded from a book; no assessment", "Example coded from a book; no assessment"),
    ],
)
def test_what_is_no_assessment_wears_a_ribbon(report_on, page, provenance, label, ribbon):
    assert ribbon in page(report_on(["no"], provenance=provenance, label=label))


def test_an_assessment_wears_none(report_on, team, signed_in):
    report = report_on(["no"])
    html = signed_in(team.officer).get(report.get_absolute_url()).content.decode()
    assert 'class="provenance ' not in html


def test_the_charts_lead_to_their_numbers(report_on, team, signed_in):
    client, report = signed_in(team.officer), report_on(MIXED)
    html = client.get(report.get_absolute_url()).content.decode()
    links = re.findall(r'href="([^"]+\.csv)"', html)
    assert len(links) == 7
    for link in links:
        assert client.get(link).status_code == 200


def test_its_queries_do_not_grow_with_its_items(
    report_on, team, signed_in, django_assert_max_num_queries
):
    client, counts = signed_in(team.officer), []
    for items in (4, 40):
        report = report_on(
            ["yes", "no"], instrument_version=rounds.version(code=f"with-{items}", items=items)
        )
        with django_assert_max_num_queries(17) as queries:
            html = client.get(report.get_absolute_url()).content.decode()
        assert html.count('<details class="more" id="moneyitem_') == items
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_command_writes_every_form(report_on, tmp_path):
    report = report_on(MIXED)
    call_command("render_report", str(report.round_id), out=tmp_path)
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {
        "report.html",
        *(name for name in names if name.startswith("report-files/")),
        "snapshot.json",
        *(f"charts/{chart}-{theme}.csv" for chart in ("coverage", "rescoring", "items")
          for theme in ("money", "advice")),
        "charts/profile.csv",
        *(f"{audience}.{form}" for audience in ("minister", "full", "donor")
          for form in ("pdf", "docx")),
        "full.xlsx",
        "full.zip",
    }  # fmt: skip
    assert json.loads((tmp_path / "snapshot.json").read_text())["sha256"] == report.sha256
    assert "Money: stage 2" in words((tmp_path / "report.html").read_text())
    for address in re.findall(r'(?:src|href)="([^"#]+)"', (tmp_path / "report.html").read_text()):
        assert (tmp_path / address).is_file(), address
    assert (tmp_path / "charts/profile.csv").read_text(encoding="utf-8-sig").startswith("Theme,")


def test_the_command_refuses_a_round_without_a_report(team, tmp_path):
    made = rounds.RoundFactory(country=team.country)
    with pytest.raises(CommandError, match=f"Round {made.pk} has no report; close the round"):
        call_command("render_report", str(made.pk), out=tmp_path)


def test_an_instrument_that_is_no_edition_is_compared_as_it_is(report_on, page):
    assert "Beside other countries" not in page(report_on(MIXED))


def test_a_national_edition_stands_beside_what_countries_are_compared_by(report_on, page):
    rounds.version()
    whole = rounds.small_instrument(code="small-own")
    money = whole.themes[0]
    own = tuple(replace(money.items[0], code=f"money.own_{n}", title=f"Own {n}") for n in (1, 2))
    edition = replace(
        whole,
        themes=(replace(money, items=(*money.items, *own)), *whole.themes[1:]),
        edition_of=EditionOf("small", "1.0"),
    )
    version = actions.load_instrument(instrument=edition, by=None)
    answers = MIXED | {f"money.own_{n}": ["no"] for n in (1, 2)}
    report = report_on(answers, instrument_version=version)
    money, _advice = report.snapshot["result"]["common"]
    assert (money["stage"], money["national_stage"]) == (2, 1)
    shown = page(report)
    assert "This sheet is a national edition of small 1.0." in shown
    assert "Money 2 (2.33) 1 (1.67) Own 1; Own 2" in shown
    assert "Advice 5 (5.00) 5 (5.00) none" in shown
