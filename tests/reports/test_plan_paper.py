"""An action plan on paper: its schedule over many pages, in words as well as in fillings."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext
from docx import Document as WordFile
from docx.oxml.ns import qn
from pypdf import PdfReader

from diagnostics import actions
from reports import plan_paper
from reports.rendering import paper
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience, Facts, Schedule
from reports.rendering.word import word
from tests.factories import people
from tests.reports.conftest import MIXED
from tests.reports.test_plans import publish
from tests.reports.test_word import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_on):
    return report_on(MIXED, label="practice; invented answers")


@pytest.fixture
def plan(report):
    """Forty measures over five years; the first is late."""
    made = actions.begin_plan(round=report.round, by=None)
    owner = report.round.sheets.get(panel="government").organisation
    for n in range(40):
        values = {
            "title": f"Measure number {n}", "text": f"The way of {n}.", "theme": "money",
            "horizon": 1 if n < 10 else 5, "owner": owner, "start": date(2026 + n % 5, 1, 1),
            "end": date(2026 + n % 5, 8, 31), "indicator": "A law", "target": "In force",
            "cost": 1000 * n, "currency": "USD", "price_year": 2025, "cost_source": "A guess",
        }  # fmt: skip
        measure = actions.add_measure(plan=made, values=values, by=None)
        if n == 0:
            late = measure
    actions.agree_plan(plan=made, by=None)
    actions.report_progress(measure=late, status="late", text="It waits.", value="", by=None)
    made.refresh_from_db()
    return made


def test_the_schedule_breaks_over_pages_with_its_years_on_each(plan):
    pages = PdfReader(io.BytesIO(paper.pdf(plan_paper.compose(plan)))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    begins = next(n for n, text in enumerate(texts) if "2026 2027 2028 2029 2030" in text)
    with_years = [text for text in texts[begins:] if "2026 2027 2028 2029 2030" in text]
    assert len(with_years) >= 2
    assert all(
        sum(f"Measure number {n} 1 Jan" in text for text in with_years) == 1 for n in range(40)
    )
    assert all("ractice; invented answers" in text for text in texts)
    assert plan_paper.compose(plan).sha256 in texts[-1].replace(" ", "")


def test_word_fills_the_half_years_and_hatches_what_is_late(plan):
    content = word(plan_paper.compose(plan), {})
    tables = WordFile(io.BytesIO(content)).tables
    (table,) = [one for one in tables if one.cell(0, 0).text == "Measure" and len(one.rows) == 42]
    looks = {}
    for row in table.rows[2:]:
        title = row.cells[0].text
        looks[title] = [
            shade[0].get(qn("w:val")) if (shade := cell._tc.xpath(".//w:shd")) else ""
            for cell in row.cells[1:]
        ]
    late = looks.pop("Measure number 0 1 Jan 2026 – 31 Aug 2026 · late")
    assert late == ["diagStripe"] * 2 + [""] * 8
    assert looks["Measure number 1 1 Jan 2027 – 31 Aug 2027 · not begun"] == (
        ["", "", "clear", "clear"] + [""] * 6
    )
    assert len(table._tbl.xpath(".//w:tblHeader")) == 2


def test_the_same_plan_gives_the_same_file_and_another_word_another_hash(plan):
    first, second = plan_paper.compose(plan), plan_paper.compose(plan)
    assert paper.pdf(first) == paper.pdf(second)
    plan.measures.filter(title="Measure number 3").update(text="Another way.")
    assert plan_paper.compose(plan).sha256 != first.sha256


def test_the_public_has_it_once_the_report_is_published(report, plan):
    url = reverse("reports:public_plan_paper", args=[report.pk, "pdf"])
    reader = Client()
    assert reader.get(url).status_code == 302
    publish(report)
    answer = reader.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert url in reader.get(reverse("reports:plan", args=[report.pk])).content.decode()
    assert reader.get(url.replace(".pdf", ".exe")).status_code == 404


def test_what_has_no_dates_yet_is_said_instead_of_drawn(report):
    plan = actions.begin_plan(round=report.round, by=None)
    document = plan_paper.compose(plan)
    assert not any(isinstance(block, Schedule) for block in document.blocks())
    (section,) = [one for one in document.sections if one.code == "schedule"]
    assert section.blocks[0].text == "No measure has a start and an end yet."
    assert paper.pdf(document).startswith(b"%PDF")


def test_a_member_reads_on_paper_what_the_pages_say_and_anybody_what_the_public_one_says(report):
    plan = actions.begin_plan(round=report.round, by=None)
    values = {
        "title": "Write a law", "theme": "money", "horizon": 1, "addressee": "government",
        "pathway": "inclusive", "risk": "Judges are few.", "condition": "A ministry of justice.",
        "cost": 100, "currency": "USD", "price_year": 2025, "cost_source": "The budget office",
        "baseline": "none", "target": "In force", "indicator": "A law",
    }  # fmt: skip
    first = actions.add_measure(plan=plan, values={**values, "title": "A study"}, by=None)
    law = actions.add_measure(plan=plan, values={**values, "requires": [first]}, by=None)
    user = people.donor(report.round.country)
    donor = user.memberships.get().organisation
    actions.mark_interest(measure=law, organisation=donor, text="Gladly.", by=user)

    def told(member):
        document = plan_paper.compose(plan, member)
        return [dict(one.pairs) for one in document.blocks() if isinstance(one, Facts)][1]

    public = told(None)
    assert public["For whom to act"] == "government"
    assert public["Indicator"] == "A law; at the start none; target In force"
    assert public["Cost"] == "USD 100 in prices of 2025; 100 open"
    officer = told(people.officer(people.OrganisationFactory(country=report.round.country)))
    assert officer == public | {
        "Cost": "USD 100 in prices of 2025 (The budget office); 100 open",
        "What may go wrong": "Judges are few.",
        "What has to be given first": "A ministry of justice.",
        "Has to come first": "A study",
    }
    assert told(user) == officer | {"Interest of donors": f"{donor.name}: Gladly."}


def test_a_translation_nobody_reviewed_is_said_on_the_plan_and_on_the_ministers_pages(report):
    plan = actions.begin_plan(round=report.round, by=None)
    with translation.override("fr"):
        documents = [
            plan_paper.compose(plan),
            compose(report, Audience.MINISTER, "fr", Choices()),
        ]
        for document in documents:
            content = io.BytesIO(paper.pdf(document))
            first = " ".join(PdfReader(content).pages[0].extract_text().split())
            file = written(document)
            cells = [cell.text for table in file.tables for cell in table._cells]
            told = pgettext("of a translation", "not yet reviewed by a named speaker")
            assert told in first
            assert told in " ".join([*(line.text for line in file.paragraphs), *cells])
