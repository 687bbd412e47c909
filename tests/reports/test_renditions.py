"""Files of a report: made once by a worker, kept, handed out through the report's own doors."""

import io
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from activity import files
from activity.models import Event, Job
from reports import actions, renditions
from reports.models import PaperChoices, Rendition, Reply, ReportVersion
from reports.rendering.document import Audience
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db
FORMS = [
    *((a.value, f) for a in Audience for f in ("pdf", "docx")),
    ("full", "xlsx"),
    ("full", "zip"),
]


@pytest.fixture
def report(report_on) -> ReportVersion:
    return report_on(MIXED, provenance="fictional", label="practice; invented answers")


@pytest.fixture
def client(team, signed_in):
    return signed_in(team.officer)


def make(client, report, audience="minister", form="pdf"):
    return client.post(f"/reports/{report.pk}/make/{audience}.{form}")


def get(client, report, audience="minister", form="pdf"):
    return client.get(f"/reports/{report.pk}/files/{audience}.{form}")


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("audience", "form"), FORMS)
def test_every_file_is_asked_for_made_and_saved(client, report, run_jobs, audience, form):
    assert get(client, report, audience, form).status_code == 404
    answer = make(client, report, audience, form)
    assert answer["Location"] == f"/reports/{report.pk}/#downloads"
    run_jobs()
    response = get(client, report, audience, form)
    name = f"v1-{audience}-en.{form}"
    assert response["Content-Disposition"].startswith("attachment")
    assert name in response["Content-Disposition"]
    content = body(response)
    assert content.startswith(b"%PDF" if form == "pdf" else b"PK")
    kept = Rendition.objects.get()
    assert (kept.size, kept.published) == (len(content), False)


def test_asked_twice_it_is_made_once(client, report, run_jobs):
    make(client, report)
    make(client, report)
    assert Job.objects.filter(kind="rendition").count() == 1
    run_jobs()
    make(client, report)
    assert Job.objects.filter(kind="rendition").count() == 1
    assert Rendition.objects.count() == 1


def test_one_made_meanwhile_stays(report):
    wanted = renditions.offered(report, "en")[0]
    arguments = {"report": report.pk, "form": "pdf", "audience": "minister", "language": "en"}
    outcome = (renditions.key_of(wanted, PaperChoices.of("LAO")), b"first")
    renditions.store(outcome, **arguments)
    renditions.store((outcome[0], b"second"), **arguments)
    with Rendition.objects.get().content.open() as kept:
        assert kept.read() == b"first"


def test_a_draft_is_made_anew_when_what_goes_into_it_changes(client, report, run_jobs, team):
    make(client, report)
    run_jobs()
    actions.choose_paper(
        country=team.country, cover_text="Ministry", logo=None, without_logo=False, off={},
        by=team.coordinator,
    )  # fmt: skip
    assert get(client, report).status_code == 404
    make(client, report)
    run_jobs()
    content = body(get(client, report))
    assert "Ministry" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_a_published_version_keeps_its_first_file(client, report, run_jobs, team):
    ReportVersion.objects.filter(pk=report.pk).update(state="published")
    make(client, report)
    run_jobs()
    first = body(get(client, report))
    actions.choose_paper(
        country=team.country, cover_text="Later", logo=None, without_logo=False, off={},
        by=team.coordinator,
    )  # fmt: skip
    with mock.patch.object(renditions, "renderer", return_value="another code"):
        make(client, report)
        assert body(get(client, report)) == first
    assert Job.objects.filter(kind="rendition").count() == 1
    assert "Draft" not in PdfReader(io.BytesIO(first)).pages[0].extract_text()


def test_a_superseded_version_keeps_its_file_and_of_a_withdrawn_one_it_is_gone(
    client, report, run_jobs
):
    ReportVersion.objects.filter(pk=report.pk).update(state="published")
    make(client, report)
    run_jobs()
    first = body(get(client, report))
    ReportVersion.objects.filter(pk=report.pk).update(state="superseded")
    assert body(get(client, report)) == first
    ReportVersion.objects.filter(pk=report.pk).update(
        state="withdrawn", withdrawn_because="A table was wrong.", withdrawn_at=timezone.now()
    )
    assert get(client, report).status_code == 410


@pytest.mark.parametrize(
    "statement", ["UPDATE reports_rendition SET size = 1", "DELETE FROM reports_rendition"]
)
def test_the_database_refuses_to_change_a_published_file(client, report, run_jobs, statement):
    ReportVersion.objects.filter(pk=report.pk).update(state="published")
    make(client, report)
    run_jobs()
    with pytest.raises(IntegrityError, match="published file"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_typesetter_that_hangs_fails_in_one_sentence_and_can_be_tried_again(
    client, report, run_jobs, settings
):
    settings.RENDER_SECONDS = 0.01
    make(client, report)
    run_jobs()
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "The document was not finished within 0.01 seconds." in page
    assert "Try again" in page
    settings.RENDER_SECONDS = 60
    make(client, report)
    run_jobs()
    assert body(get(client, report))


def test_a_file_that_the_typesetter_cannot_make_fails_in_one_sentence(client, report, run_jobs):
    fault = renditions.paper.TooLarge("The document needs more memory.")
    for failure in (fault, MemoryError()):
        with mock.patch.object(renditions.paper, "pdf", side_effect=failure):
            make(client, report)
            run_jobs()
        job = Job.objects.latest("created_at")
        assert (job.state, job.attempt) == ("failed", 1)
        page = client.get(f"/reports/{report.pk}/").content.decode()
        assert "memory" in job.message
        assert job.message in page
        assert "Try again" in page


def test_what_was_rendered_before_publication_is_not_the_published_file(
    client, report, run_jobs, team
):
    """The version is published between a worker's rendering and its keeping of the file."""
    ReportVersion.objects.filter(pk=report.pk).update(state="in_review")
    arguments = {"report": report.pk, "form": "pdf", "audience": "minister", "language": "en"}
    outcome = renditions.compute(lambda *_: None, **arguments)
    ReportVersion.objects.filter(pk=report.pk).update(state="published")
    renditions.store(outcome, **arguments)
    assert not Rendition.objects.exists()
    run_jobs()
    kept = Rendition.objects.get()
    report.refresh_from_db()
    wanted = renditions.Wanted(report, Rendition.Form.PDF, Audience.MINISTER, "en")
    assert kept.published
    assert kept.key == renditions.key_of(wanted, PaperChoices.of(team.country.pk))
    first = PdfReader(io.BytesIO(body(get(client, report)))).pages[0].extract_text()
    assert "review" not in first.lower()


def test_a_reply_of_an_assessed_ministry_in_any_script_is_printed(client, report, run_jobs, team):
    Reply.objects.create(report=report, organisation=team.organisation, text="We agree 👍 (见附件)")
    make(client, report, "full")
    run_jobs()
    pages = PdfReader(io.BytesIO(body(get(client, report, "full")))).pages
    shown = " ".join(page.extract_text() for page in pages)
    assert "We agree ■ (■■■)" in shown
    assert "U+1F44D" in shown


def test_a_file_that_is_not_offered_is_not_there(client, report):
    assert get(client, report, "donor", "xlsx").status_code == 404
    assert make(client, report, "king", "pdf").status_code == 404


def test_the_box_shows_each_state(client, report, run_jobs, signed_in, team):
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert page.count("Make it") == len(FORMS)
    make(client, report)
    for reader in (client, signed_in(team.colleague)):
        shown = reader.get(f"/reports/{report.pk}/").content.decode()
        assert "Being made, 0 % done." in shown
        assert f'data-job="/reports/{report.pk}/making.json"' in shown
    run_jobs()
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert f'href="/reports/{report.pk}/files/minister.pdf"' in page


def test_strangers_and_the_unsigned_find_no_file_of_a_draft(report, run_jobs, signed_in, team):
    make(signed_in(team.officer), report)
    run_jobs()
    assert get(signed_in(team.stranger), report).status_code == 404
    assert make(signed_in(team.stranger), report).status_code == 404


# ---- What a country chooses ----


def choose(client, team, **data):
    form = {"cover_text": "Ministry of Industry"} | {str(a): ["summary"] for a in Audience}
    return client.post(f"/countries/{team.country.pk}/paper/", form | data)


def drawing(text: str) -> io.BytesIO:
    out = io.BytesIO(text.encode())
    out.name = "logo.svg"
    return out


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def test_a_coordinator_chooses_words_logo_and_sections(signed_in, team, report, run_jobs):
    client = signed_in(team.coordinator)
    assert choose(client, team, logo=drawing(SVG)).status_code == 302
    kept = PaperChoices.of(team.country.pk)
    assert kept.cover_text == "Ministry of Industry"
    assert kept.logo.content_type == "image/svg+xml"
    assert kept.off["minister"] == ["priorities", "changes"]
    assert Event.objects.filter(kind="paper.chosen").count() == 1
    for form in ("pdf", "docx"):
        make(client, report, "full", form)
    run_jobs()
    content = body(get(client, report, "full", "pdf"))
    pdf = PdfReader(io.BytesIO(content))
    bookmarks = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert bookmarks == ["In one sentence each"]
    assert body(get(client, report, "full", "docx"))


def test_the_logo_can_be_taken_off(signed_in, team):
    client = signed_in(team.coordinator)
    choose(client, team, logo=drawing(SVG))
    choose(client, team, without_logo="on")
    assert PaperChoices.of(team.country.pk).logo is None


@pytest.mark.parametrize(
    "bad",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "http://x.example.org"</style></svg>',
        '<!DOCTYPE svg [<!ENTITY a "aa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        "<html></html>",
        "words",
        "%PDF-1.7 a law",
    ],
)
def test_a_logo_that_is_no_plain_picture_is_refused(signed_in, team, bad):
    response = choose(signed_in(team.coordinator), team, logo=drawing(bad))
    assert response.status_code == 200
    assert "none of these kinds: PNG, JPG, SVG" in response.content.decode()
    assert PaperChoices.of(team.country.pk).logo is None


@pytest.mark.parametrize(
    ("name", "broken"),
    [("logo.png", b"\x89PNG\r\n\x1a\n and rubbish"), ("logo.jpg", b"\xff\xd8\xff\xe0")],
)
def test_a_damaged_logo_is_refused_and_the_one_before_stays(signed_in, team, name, broken):
    client = signed_in(team.coordinator)
    choose(client, team, logo=drawing(SVG))
    before = PaperChoices.of(team.country.pk).logo
    upload = io.BytesIO(broken)
    upload.name = name
    response = choose(client, team, logo=upload)
    assert response.status_code == 200
    assert "The picture cannot be drawn" in response.content.decode()
    assert PaperChoices.of(team.country.pk).logo == before


def test_evidence_takes_no_drawing(team):
    with pytest.raises(files.Refused):
        files.keep(ContentFile(SVG.encode(), "a.svg"), by=team.officer)


def test_a_reader_is_told_why_not(signed_in, team):
    response = choose(signed_in(team.officer), team)
    assert response.status_code == 403
    assert "Only a coordinator" in response.content.decode()
