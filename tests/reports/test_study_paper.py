"""A diagnostic study where floors meet: evidence of rounds, paper, the country's page."""

import io
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from docx import Document
from pypdf import PdfReader

from accounts.roles import Approver
from activity import jobs
from activity.models import Job
from clusters import actions
from clusters.models import Study
from reports import examples_loading as loading
from reports import renditions
from reports.models import Rendition
from reports.rendering import paper
from reports.rendering.word import word
from reports.study_paper import compose
from tests.clusters.test_studies import written
from tests.factories import people
from tests.factories.clusters import ClusterFactory
from tests.factories.people import OrganisationFactory

MADE = 2 * len(settings.LANGUAGES)  # PDF and Word in every language, once it is published
ENGLISH_PDF = {"arguments__form": "pdf", "arguments__language": "en"}


@pytest.fixture
def study(team, signed_in):
    """Published, with one line of the plan."""
    study = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    written(study, signed_in(team.coordinator))
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)
    study.refresh_from_db()
    return study


def body(study, form: str = "pdf", client: Client | None = None) -> bytes:
    response = (client or Client()).get(f"{study.get_absolute_url()}paper.{form}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def follow(study) -> None:
    actions.add_reading(line=study.lines.get(), by=None, day=date(2025, 6, 30), value=Decimal(35),
                        status="late", source="Visits")  # fmt: skip
    actions.add_lesson(study=study, by=None, text="Early", day="2025-07-01", author="The forum")
    actions.judge_study(study=study, texts={"impact": "Dry timber."}, by=None)


def test_published_it_is_had_as_pdf_and_word_with_its_hash(team, study, run_jobs):
    assert Client().get(f"{study.get_absolute_url()}paper.pdf").status_code == 404
    run_jobs()
    said = text(body(study))
    assert "Try a kiln" in said
    assert study.sha256[:16] in said.replace("\n", "").replace(" ", "")
    file = Document(io.BytesIO(body(study, "docx")))
    paragraphs = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "A survey, table 2" in paragraphs
    assert Client().get(f"{study.get_absolute_url()}paper.exe").status_code == 404
    page = Client().get(study.get_absolute_url()).content.decode()
    assert f'href="{study.get_absolute_url()}paper.pdf"' in page


def test_what_became_of_the_plan_is_on_paper_and_takes_the_old_file_s_place(study, run_jobs):
    run_jobs()
    first = study.renditions.get(form="pdf", language="en")
    follow(study)
    assert Client().get(f"{study.get_absolute_url()}paper.pdf").status_code == 404
    run_jobs()
    said = text(body(study))
    assert "50 percent of the way from 10 to 60" in said
    assert "The forum, 1 Jul 2025" in said
    assert "Dry timber." in said
    file = Document(io.BytesIO(body(study, "docx")))
    assert len(file.inline_shapes) == 1  # the values; a plan of one line and year has no sums
    assert study.renditions.count() == MADE
    assert not Rendition.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("language", [code for code, _its_name in settings.LANGUAGES])
def test_page_and_paper_tell_the_same_parts_in_the_same_order(study, language):
    follow(study)
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(study.get_absolute_url())
    on_page = [part.title for part in page.context["page"].parts]
    with translation.override(language):
        document = compose(study)
    file = Document(io.BytesIO(word(document, paper.drawn(document))))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    at = [page.content.decode().index(f">{escape(title)}</h2>") for title in on_page]
    assert at == sorted(at)
    assert on_page == headings
    assert len(on_page) == 13  # nothing was measured


def test_it_says_first_what_and_where_the_cluster_is_and_keeps_it(team, signed_in):
    cluster = ClusterFactory(
        country=team.country, name="Doors", place="The pass", national_code="16.2",
        products="Doors of teak", formation="many", history="Two sawyers.\n\nThen a road.",
        told_phase="quantity", told_phase_ground="Many copied.",
    )  # fmt: skip
    for year, value in ((2015, 40), (2020, 60)):
        cluster.figures.create(
            measure="firms", value=value, unit="firms", year=year, source="Census"
        )
    study = actions.begin_study(cluster=cluster, by=None)
    written(study, signed_in(team.coordinator))
    actions.take_study_step(study=study, step="send", by=team.coordinator)
    approver = people.member(Approver, OrganisationFactory(country=team.country, name="The board"))
    for step in ("approve", "publish"):
        actions.take_study_step(study=study, step=step, by=approver)
    actions.change_cluster(cluster=cluster, place="Elsewhere", by=None)
    study.refresh_from_db()
    page = Client().get(study.get_absolute_url())
    said = page.content.decode()
    assert page.context["page"].parts[0].title == "The cluster"
    facts = dict(page.context["page"].about["facts"])
    assert facts == {
        "Country": str(team.country), "Place": "The pass", "National industry code": "16.2",
        "Products": "Doors of teak", "Type": "type 1: many small and medium firms of one trade",
        "Phase, as the document tells it": "Quantity expansion. Many copied.",
    }  # fmt: skip
    assert all(escape(fact) in said for fact in facts.values())
    assert "Then a road." in said
    assert page.context["page"].about["figures"] == [["Firms", "60 firms", "2020", "Census"]]
    cover = compose(study).cover
    assert cover.period.startswith(f"{team.country} · ")
    told = dict(cover.facts)
    assert told["Approved"].startswith("Approver, The board, ")
    own = team.coordinator.memberships.get().organisation
    assert told["Sent to review"].startswith(f"Coordinator, {own}, ")
    assert approver.name not in text(paper.pdf(compose(study)))


def test_a_study_of_before_tells_of_its_country_all_the_same(study):
    old = {key: value for key, value in study.snapshot.items() if key != "about"}
    study.snapshot = old
    document = compose(study)
    assert document.cover.period.startswith(str(study.cluster.country))
    assert document.sections[0].title == "Production system"


def test_words_without_end_stay_on_the_sheet_and_each_currency_has_its_sum(study):
    draft = actions.begin_study(cluster=study.cluster, by=None)
    line = draft.lines.get()
    line.owner = "W" * 200
    actions.keep_row(study=draft, row=line, by=None)
    line.pk, line.owner, line.currency, line.cost = None, "The office", "LAK", Decimal(9_000_000)
    actions.keep_row(study=draft, row=line, by=None)
    document = compose(draft)
    said = text(paper.pdf(document))
    assert "In all the plan costs 9,000,000 LAK; 1,000 USD." in said
    assert max(len(word) for word in said.split() if set(word) == {"W"}) < 60


def test_published_it_is_not_rendered_again_and_a_draft_is(team, study, run_jobs, signed_in):
    run_jobs()
    draft = actions.begin_study(cluster=study.cluster, by=None)
    client = signed_in(team.coordinator)
    asked = client.post(f"{draft.get_absolute_url()}make.pdf")
    assert asked["Location"] == f"{draft.get_absolute_url()}#downloads"
    client.post(f"{draft.get_absolute_url()}make.pdf")
    assert Job.objects.filter(kind="study_rendition").count() == MADE + 1
    run_jobs()
    assert body(draft, client=client).startswith(b"%PDF")
    with mock.patch.object(renditions, "renderer", return_value="another code"):
        assert body(study).startswith(b"%PDF")
        assert client.get(f"{draft.get_absolute_url()}paper.pdf").status_code == 404
        client.post(f"{study.get_absolute_url()}make.pdf")
    assert Job.objects.filter(kind="study_rendition").count() == MADE + 1


def test_a_typesetter_that_does_not_end_is_told_and_tried_again(team, study, signed_in):
    client = signed_in(team.coordinator)
    with mock.patch.object(
        paper, "pdf", side_effect=paper.TakesTooLong("It was not finished within a minute.")
    ):
        jobs.run(Job.objects.get(kind="study_rendition", **ENGLISH_PDF).pk)
    page = client.get(study.get_absolute_url()).content.decode()
    assert "was not finished within" in page
    assert "Try again" in page
    client.post(f"{study.get_absolute_url()}make.pdf")
    jobs.run(Job.objects.get(state="queued", **ENGLISH_PDF).pk)
    assert body(study).startswith(b"%PDF")


def test_a_file_is_of_a_report_or_of_a_study(study):
    with pytest.raises(IntegrityError, match="rendition_is_of_a_report_or_a_study"):
        Rendition.objects.create(form="pdf", language="en", key="k", published=False, size=1)


def test_a_country_s_page_names_its_studies(team, study, signed_in):
    country = signed_in(team.officer).get(f"/countries/{team.country.pk}/").content.decode()
    assert "diagnostic study 1" in country


def test_the_fictional_cluster_has_a_published_study(db):
    loading.load_countries()
    loading.load_instruments()
    loading.load_rounds()
    loading.load_employment()
    loading.load_linkages()
    loading.load_studies()
    loading.load_studies()  # a second time changes nothing
    study = Study.objects.get()
    assert {line.evidence_key.split()[0] for line in study.swot.all()} == {
        "figure", "network", "item", "cell", "document",
    }  # fmt: skip
    page = Client().get(study.get_absolute_url()).content.decode()
    assert "This country does not exist" in page
    assert "Evenings after payday" in page
