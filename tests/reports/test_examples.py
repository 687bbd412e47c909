"""The shipped examples load, once, and each page says what it is."""

import io
import json
import stat
from dataclasses import asdict
from html import unescape

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import Membership, User
from activity.models import Event, Job
from activity.workbooks import LONGEST_NAME
from clusters import identity
from clusters.models import Cluster, ClusterMembership
from clusters.studies import evidence
from countries.models import Country
from diagnostics.firms.profiles import newest_version, rows
from diagnostics.models import InstrumentVersion, Plan, ResponseChange, Round, Scoring, Sheet
from diagnostics.plan_files import costing_xlsx
from diagnostics.planned import PlanOnPage
from indicators.shipped_figures import load_figures
from reports import bundling
from reports import examples_loading as loading
from reports.bundles.opening import opened
from reports.bundles.rerunning import rerun
from reports.examples_review import TITLE, load_reviews
from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering.annex import annex
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience
from tests.reports.left_over import left_over, texts_in
from tests.reports.told import differences

pytestmark = pytest.mark.django_db

KEPT = [User, Membership, Cluster, ClusterMembership, InstrumentVersion, Round, Sheet,
        ResponseChange, Scoring, ReportVersion, Event, Job]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The examples, loaded once for the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load_countries()
        load_figures()
        loading.load_instruments()
        loading.load_clusters()
        loading.load_rounds()
        loading.load_employment()
        loading.load_registry()
        loading.load_linkages()
        loading.load_firms()
        loading.load_people("correct horse battery staple")
        load_reviews()
        loading.load_studies()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reader(loaded) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="donor@example.org"))
    return client


def report_of(text: str) -> ReportVersion:
    return ReportVersion.objects.get(round__title__contains=text, round__cluster=None)


def test_every_job_of_the_examples_is_done_but_for_the_files_of_what_is_published():
    left = set(Job.objects.exclude(state="succeeded").values_list("kind", "state"))
    assert left == {("rendition", "queued"), ("study_rendition", "queued")}


def test_every_closed_example_has_its_report():
    closed = Round.objects.filter(state="closed")
    assert closed.exists()
    assert {report.round for report in ReportVersion.objects.all()} == set(closed)


def test_loading_again_changes_nothing(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    before = [model.objects.count() for model in KEPT]
    passwords = set(User.objects.values_list("password", flat=True))
    told = io.StringIO()
    call_command("load_examples", stdout=told)
    assert [model.objects.count() for model in KEPT] == before
    assert set(User.objects.values_list("password", flat=True)) == passwords
    assert "donor@example.org" in told.getvalue()


def test_the_password_is_made_once_and_only_its_owner_reads_it(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    for _ in range(2):
        told = io.StringIO()
        call_command("load_examples", stdout=told)
        path = settings.VAR_DIR / "example-password.txt"
        assert f"their password is {path.read_text()}" in told.getvalue()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_in_production_no_example_people_are_made(settings, tmp_path):
    settings.VAR_DIR, settings.PRODUCTION = tmp_path, True
    told = io.StringIO()
    call_command("load_examples", stdout=told)
    assert "Example people are not made in production." in told.getvalue()
    assert not list(tmp_path.iterdir())


def test_the_index_of_ellison_and_glaeser_is_seen_and_said_to_be_invented(reader):
    table = Country.objects.get(code="XZA").employment_tables.get()
    page = reader.get(f"{table.get_absolute_url()}industries/").content.decode()
    assert "everything about it is invented" in page
    for reading in ("not very localised", "in between", "very localised"):
        assert f"<td>{reading}</td>" in page


def test_the_lao_sheet_of_2007_has_no_stage_and_says_so(reader):
    report = report_of("Lao PDR, 2007")
    themes = {theme["code"]: theme for theme in report.snapshot["result"]["themes"]}
    assert themes["finance"]["stage"] is None
    assert themes["finance"]["reason"]
    page = reader.get(report.get_absolute_url()).content.decode()
    assert "not enough is known for a stage" in page
    assert "No stage." in page
    assert "coded from the 2007 seminar report; an example, not an assessment" in page


def test_each_answer_of_a_coded_sheet_has_its_place_or_is_unknown():
    coded = ReportVersion.objects.filter(round__provenance="coded")
    assert coded.exists()
    for report in coded:
        for sheet in report.snapshot["sheets"]:
            for code, response in sheet["responses"].items():
                said = set(response["answers"]) - {"", "unknown"}
                assert not said or response["evidence"], (report, code)


def test_whatever_is_no_assessment_says_so_on_every_page_and_table(reader):
    for report in ReportVersion.objects.exclude(round__provenance="assessment"):
        label = report.round.label
        address = report.get_absolute_url()
        pages = [address, f"/rounds/{report.round_id}/"]
        for page in pages:
            assert label in reader.get(page).content.decode(), page
        html = reader.get(address).content.decode()
        tables = [part.split('"')[0] for part in html.split('href="')[1:]]
        tables = [link for link in tables if link.endswith(".csv")]
        for link in tables:
            lines = reader.get(link).content.decode().splitlines()
            assert lines[0].endswith(",label"), link
            assert all(line.rstrip('"').endswith(label) for line in lines[1:])


def test_the_fictional_country_has_three_sheets_and_is_marked_everywhere(reader):
    rounds = Round.objects.filter(country__code="XZA")
    assert {one.provenance for one in rounds} == {"fictional"}
    assert max(one.sheets.exclude(panel="agreed").count() for one in rounds) >= 3
    assert "This country does not exist" in reader.get("/countries/XZA/").content.decode()


@pytest.mark.parametrize("code", ["cluster-diagnostic", "cluster-phase"])
def test_the_fictional_cluster_went_the_same_way(code, reader):
    report = ReportVersion.objects.get(
        round__cluster__isnull=False, round__instrument_version__code=code
    )
    assert report.snapshot["subject"]["cluster"]["name"].endswith("(fictional)")
    assert reader.get(report.get_absolute_url()).status_code == 200


def test_the_fictional_cluster_is_in_the_phase_its_marks_show(reader):
    report = ReportVersion.objects.get(round__instrument_version__code="cluster-phase")
    (theme,) = report.snapshot["result"]["themes"]
    assert theme["coverage"] == pytest.approx({"1": 1 / 12, "2": 10 / 12, "3": 1 / 12})
    assert (theme["stage"], theme["firm"]) == (2, True)
    page = reader.get(report.get_absolute_url()).content.decode()
    assert "Quantity expansion; items that show its marks carry 83 % of the weight" in page
    assert "The way to stage" not in page


def test_a_phase_goes_on_paper_into_tables_and_beside_its_panels(reader):
    report = ReportVersion.objects.get(round__instrument_version__code="cluster-phase")
    for audience in Audience:
        document = compose(report, audience, "en", Choices())
        said = json.dumps(asdict(document), default=str)
        assert "Quantity expansion" in said
        assert "mean level" not in said.lower()
    (answers,) = [t for _name, t in annex(Reading(report)) if t.caption == "What each sheet says"]
    assert [column.label for column in answers.columns][6:9] == ["Level 1", "Level 2", "Level 3"]
    assert reader.get(f"/reports/{report.pk}/panels/").status_code == 200
    assert reader.get("/compare/over-time/XZA/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "title", ["SME stages, Exampland (fictional), 2024", "Phase of the cluster", "Viet Nam, 2007"]
)
def test_page_pdf_and_word_tell_the_same(title, language):
    report = ReportVersion.objects.get(round__title__contains=title)
    with translation.override(language):
        assert differences(report, language) == {
            "page, not in the PDF": [],
            "page, not in Word": [],
            "PDF, not on the page": [],
            "PDF, not in Word": [],
        }


def test_the_annex_has_what_the_page_tells_of_doubt_plan_replies_and_rules(reader):
    report = report_of("2024")
    tables = dict(annex(Reading(report)))
    page = unescape(reader.get(report.get_absolute_url()).content.decode())
    for name, words in (
        ("Doubt", (1,)), ("Swing items", (2,)), ("Mix rules", (0, 1)), ("Find out first", (1, 3)),
        ("Panels", (1,)), ("Knowledge gaps", (1,)), ("Replies", (0,)), ("Changes", (0,)),
        ("Last plan", (0, 2, 3, 5)), ("Plan judged", (0, 1)), ("Settlement", (1, 4, 7)),
    ):  # fmt: skip
        told = [row[at] for row in tables[name].rows for at in words if row[at]]
        assert told, name
        assert not [text for text in told if text not in page], name
    change = tables["Changes"].rows[0]
    assert [type(cell) for cell in change[1:7]] == [int, float, int, float, float, float]
    titles = {
        item["code"]: (theme["title"], item["title"])
        for theme in report.snapshot["instrument"]["content"]["themes"]
        for item in theme["items"]
    }
    assert [column.label for column in tables["Sheets"].columns][2:5] == ["Theme", "Item", "Code"]
    assert all(titles[row[4]] == row[2:4] for row in tables["Sheets"].rows)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_names_of_sheets_are_such_as_a_spreadsheet_takes(language):
    with translation.override(language):
        names = [
            name for report in ReportVersion.objects.all() for name, _t in annex(Reading(report))
        ]
        plans = [
            load_workbook(io.BytesIO(costing_xlsx(PlanOnPage(plan), public=False))).sheetnames
            for plan in Plan.objects.all()
        ]
    assert plans
    for name in [*names, *plans[0]]:
        assert len(name) <= LONGEST_NAME
        assert not set(name) & set("[]:*?/\\")


def test_a_cluster_and_its_country_show_where_it_stands(reader):
    cluster = Cluster.objects.get(name__startswith="Sample Valley furniture")
    page = reader.get(cluster.get_absolute_url()).content.decode()
    assert "Quantity expansion; items that show its marks" in page
    assert "Social capital: stage" in page
    assert "phase: Quantity expansion" in reader.get("/countries/XZA/").content.decode()


def test_what_rounds_found_is_offered_as_evidence_round_by_round():
    cluster = Cluster.objects.get(name__startswith="Sample Valley furniture")
    groups = evidence.grouped(cluster)
    of_rounds = {title: kept for title, kept in groups.items() if min(kept).startswith("item ")}
    diagnostic, phase = of_rounds
    assert "phase" in phase.lower()
    stages = [words for key, words in of_rounds[diagnostic].items() if " stage " in key]
    assert any(words.startswith("Social capital: stage ") for words in stages)
    assert [*of_rounds[diagnostic].values()][: len(stages)] == stages
    found, *items = of_rounds[phase].values()
    assert "Quantity expansion; items that show its marks" in found
    assert any(": mark true of Quantity expansion" in words for words in items)
    assert not any("not published" in words for words in (found, *items))


def test_heavy_industry_in_the_fictional_low_income_country_is_warned_of(reader):
    loading.load_registry()  # safe to repeat
    cluster = Cluster.objects.get(country="XZA", industry="24")
    assert identity.verdict(cluster.test).kind == identity.Kind.CLUSTER
    assert list(cluster.regions.values_list("name", flat=True)) == ["River Plain"]
    page = reader.get(f"/clusters/{cluster.pk}/position/").content.decode()
    assert "goes against what a low-income country is good at" in page
    assert "Low income, invented for the fictional country of Exampland" in page


def test_a_stranger_sees_nothing_of_a_cluster_s_drafts(reader):
    ReportVersion.objects.filter(round__cluster__isnull=False).update(state="draft")
    cluster = Cluster.objects.get(name__startswith="Sample Valley furniture")
    client = Client()
    client.force_login(User.objects.get(email="officer.lao@example.org"))
    page = client.get(cluster.get_absolute_url()).content.decode()
    assert "Quantity expansion" not in page


def test_every_example_person_says_that_they_are_invented():
    assert all("(fictional)" in user.name for user in User.objects.all())


def test_the_practice_sheet_waits_for_the_officer():
    client = Client()
    client.force_login(User.objects.get(email="officer.lao@example.org"))
    page = client.get("/").content.decode()
    assert "practice round" in page
    assert "0 of 16 items begun" in page


def test_what_became_of_the_plan_stands_in_the_next_report(reader):
    assert Plan.objects.get(round__title__contains="2022").state == "closed"
    page = reader.get(report_of("Exampland (fictional), 2024").get_absolute_url()).content.decode()
    assert "3 measures were planned after" in page
    assert "done: 1." in page
    assert "The list is decreed and will be kept" in page
    plan = reader.get(Plan.objects.get(state="agreed").get_absolute_url()).content.decode()
    assert "Development bank (fictional)" in plan


@pytest.mark.parametrize(
    "text", ["(fictional), 2024", "Viet Nam"], ids=["fictional", "coded from documents"]
)
def test_the_bundles_of_the_examples_compute_to_the_same_numbers(text, tmp_path):
    ReportVersion.objects.update(state=ReportVersion.State.PUBLISHED)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundling.bundle(report_of(text), "en"))
    outcome = rerun(opened(path))
    assert (outcome.faults, outcome.foreign, outcome.differences) == ([], [], [])
    assert (outcome.reworded, outcome.not_checked) == ([], [])
    assert outcome.compared > 2000


def test_the_fictional_country_shows_a_withdrawn_a_published_and_a_reviewed_report(reader):
    found = {
        year: ReportVersion.objects.get(round__title=TITLE % year)
        for year in ("2019", "2022", "2024")
    }
    states = {year: report.state for year, report in found.items()}
    assert states == {"2019": "withdrawn", "2022": "published", "2024": "in_review"}
    told = "The report of the round before has been withdrawn."
    for year, is_said in (("2022", True), ("2024", False)):
        shown = reader.get(found[year].get_absolute_url()).content.decode()
        assert (told in shown) is is_said, year
    page = reader.get(f"{found['2024'].get_absolute_url()}review/").content.decode()
    assert "Which provinces" in page
    assert "Declined." in page
    assert "Not answered yet" in page


def test_firms_are_told_of_where_seven_handed_in_and_not_where_four_did():
    version = newest_version()
    seven, four = (
        Cluster.objects.get(name__startswith=name) for name in ("Sample Valley", "Test Harbour")
    )
    told = [row for row in rows(seven, version) if row.drawn]
    assert {row.firms for row in told} == {5}  # the sixth and the seventh wait for three more
    assert len(told) == len(version.instrument.items()) + len(version.instrument.themes)
    assert not any(row.drawn for row in rows(four, version))


def test_pages_documents_and_tables_of_every_example_are_read_in_french():
    """Nothing is left in English that scoring composed or that the instrument says."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(User.objects.get(email="coordinator.exampland@example.org"))
    rules, found = set(), {}
    for report in ReportVersion.objects.all():
        rules.add(report.snapshot["result"]["instrument"]["rule"])
        document = compose(report, Audience.FULL, "fr", Choices())
        with translation.override("fr"):
            tables = [asdict(table) for _name, table in annex(Reading(report))]
        shown = [*texts_in(asdict(document)), *texts_in(tables)]
        page = client.get(report.get_absolute_url())
        if page.status_code == 200:
            shown.append(unescape(page.content.decode()))
        found[str(report)] = left_over(report, "\n".join(shown))
    assert rules == {"ladder", "classify"}
    assert not {name: texts for name, texts in found.items() if texts}
