"""The shipped examples in the test database, as `make run` has them, and every page to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import openpyxl
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from activity import jobs
from activity.models import Job
from clusters.actions import begin_study
from clusters.models import Cluster, EmploymentTable, Study
from countries.models import Country
from diagnostics import actions
from diagnostics.fieldwork.actions import give_back
from diagnostics.fieldwork.workbook import workbook
from diagnostics.firms.profiles import profile_of
from diagnostics.models import FilledFile, InstrumentVersion, Round, Sheet
from diagnostics.queries import responses_of
from indicators.actions import upload
from indicators.models import Import, Indicator
from reports import examples_loading as loading
from reports.examples_review import load_reviews
from reports.models import ReportVersion
from reports.public.listing import address_of
from tests.factories import people, statistics

PRACTICE = "SME finance, Lao PDR, practice round"
OFFICER, COORDINATOR = "officer.lao", "coordinator.lao"


def load() -> None:
    loading.load_countries()
    loading.load_instruments()
    loading.load_clusters()
    loading.load_library()
    loading.load_rounds()
    loading.load_employment()
    loading.load_linkages()
    loading.load_firms()
    loading.load_people(people.PASSWORD)
    load_reviews()
    loading.load_studies()
    begin_study(cluster=Study.objects.get().cluster, by=None)
    _load_statistics()
    _give_a_file()


def _load_statistics() -> None:
    """One indicator of a few countries over time: enough for lines, a ranking and a map."""
    indicator = statistics.IndicatorFactory(title="Days to start a business", unit="days")
    by = statistics.ImportFactory(dataset=indicator.dataset)
    for n, country in enumerate(["LAO", "KHM", "VNM", "THA", "JPN", "KAZ"], start=1):
        for year in range(2014, 2018):
            statistics.observe(indicator, country, str(year), n * year / 100, by=by)


def person(name: str) -> User:
    """One of the fictional people by the part of the address before the @."""
    return User.objects.get(email=f"{name}@example.org")


def practice() -> Round:
    return Round.objects.get(title=PRACTICE)


def practice_sheet() -> Sheet:
    return practice().sheets.get(panel="government")


def fictional_report() -> ReportVersion:
    """The newest report of the fictional country."""
    reports = ReportVersion.objects.filter(round__country__code="XZA", round__cluster=None)
    return reports.latest("round__period_end", "number")


def filled_file() -> FilledFile:
    """The practice sheet's workbook, filled a little and given back."""
    sheet, officer = practice_sheet(), person(OFFICER)
    book = openpyxl.load_workbook(BytesIO(workbook(sheet, responses_of(sheet), ["x"])))
    page = book.worksheets[1]
    page["D7"], page["D8"], page["G6"] = "yes", "perhaps", "A comment."
    out = BytesIO()
    book.save(out)
    return give_back(sheet=sheet, upload=ContentFile(out.getvalue(), "filled.xlsx"), by=officer)


def _give_a_file() -> None:
    """A file with faults and a name to decide on, checked, that waits to be loaded."""
    text = (
        b"Country,Indicator Code,year,value\nLao PDR,X,2010,1\nLaoss,X,2010,2\nLaos,X,2011,many\n"
    )
    imported = upload(
        dataset=statistics.DatasetFactory(), file=SimpleUploadedFile("figures.csv", text), by=None
    )
    jobs.run(Job.objects.get(topic=imported.topic).pk)


@dataclass(frozen=True)
class Place:
    """One page as one person sees it; without a person, as a stranger does."""

    address: str
    reader: str | None = None
    status: int = 200

    def __str__(self) -> str:
        return f"{self.address} for {self.reader or 'a stranger'}"


def places() -> Iterator[Place]:
    """Every kind of page there is."""
    sheet, report = practice_sheet(), fictional_report()
    closed = report.round.sheets.exclude(panel="agreed").first()
    version = practice().instrument_version
    choice = f"?country=LAO&instrument={version.pk}"
    uid = urlsafe_base64_encode(force_bytes(person(OFFICER).pk))
    token = default_token_generator.make_token(person(OFFICER))
    yield Place(reverse("accounts:signin"))
    yield Place(reverse("accounts:password_reset"))
    yield Place(reverse("accounts:password_reset_sent"))
    yield Place(reverse("accounts:password_reset_confirm", args=[uid, token]))
    yield Place(reverse("accounts:password_change"), OFFICER)
    yield Place(reverse("accounts:tokens"), OFFICER)
    yield Place(reverse("documentation"))
    yield Place(reverse("home"), OFFICER)
    yield Place(reverse("home"), COORDINATOR)
    yield Place(reverse("reports:country", args=["LAO"]), OFFICER)
    yield Place(reverse("reports:published"))
    yield Place(reverse("public:start"))
    yield Place(reverse("comparing:countries") + "?of=fictional&drafts=1", "coordinator.exampland")
    yield Place(reverse("comparing:rounds", args=["XZA"]) + "?drafts=1", "coordinator.exampland")
    yield Place(reverse("comparing:panels", args=[report.pk]), "coordinator.exampland")
    yield Place(reverse("diagnostics:round_new"), COORDINATOR)
    yield Place(reverse("diagnostics:round_new") + choice, COORDINATOR)
    yield Place(practice().get_absolute_url(), COORDINATOR)
    yield Place(sheet.get_absolute_url(), OFFICER)
    yield Place(reverse("diagnostics:sheet_theme", args=[sheet.pk, "finance"]), OFFICER)
    yield Place(
        reverse("diagnostics:sheet_theme", args=[closed.pk, "finance"]), "coordinator.exampland"
    )
    yield Place(report.get_absolute_url(), "coordinator.exampland")
    yield Place(
        reverse("diagnostics:round_answers", args=[report.round_id]), "coordinator.exampland"
    )
    settled = report.round_id
    yield Place(reverse("diagnostics:settlement", args=[settled]), "coordinator.exampland")
    yield Place(
        reverse("diagnostics:settlement_item", args=[settled, "business_environment.licences"]),
        "coordinator.exampland",
    )
    cluster = Cluster.objects.get(country="XZA", name__startswith="Sample Valley")
    yield Place(reverse("clusters:country", args=["XZA"]), "coordinator.exampland")
    yield Place(reverse("clusters:new", args=["XZA"]), "coordinator.exampland")
    yield Place(cluster.get_absolute_url(), "coordinator.exampland")
    draft, study = cluster.studies.all()
    yield Place(draft.get_absolute_url(), "coordinator.exampland")
    yield Place(reverse("clusters:study_write", args=[draft.pk]), "coordinator.exampland")
    for part in ("swot", "problems", "lines"):
        yield Place(
            reverse("clusters:study_row_add", args=[draft.pk, part]), "coordinator.exampland"
        )
    yield Place(study.get_absolute_url(), "coordinator.exampland")
    yield Place(reverse("clusters:study_judgement", args=[study.pk]), "coordinator.exampland")
    correction = reverse(
        "clusters:study_lesson_correction", args=[study.pk, study.lessons.first().pk]
    )
    yield Place(correction, "coordinator.exampland")
    yield Place(address_of(study))
    yield Place(reverse("clusters:position", args=[cluster.pk]), "coordinator.exampland")
    yield Place(reverse("clusters:size_structure", args=["XZA"]), "coordinator.exampland")
    yield Place(reverse("clusters:regions", args=["XZA"]), "coordinator.exampland")
    yield Place(reverse("clusters:region_new", args=["XZA"]), "coordinator.exampland")
    region = cluster.country.regions.first()
    yield Place(reverse("clusters:region_change", args=[region.pk]), "coordinator.exampland")
    yield Place(reverse("clusters:linkages", args=[cluster.pk]), "coordinator.exampland")
    for survey in cluster.linkage_surveys.all():
        yield Place(survey.get_absolute_url(), "coordinator.exampland")
        yield Place(reverse("clusters:enter_linkages", args=[survey.pk]), "coordinator.exampland")
    yield Place(reverse("clusters:survey_change", args=[survey.pk]), "coordinator.exampland")
    yield Place(reverse("clusters:survey_remove", args=[survey.pk]), "coordinator.exampland")
    renamed = [survey.pk, survey.surveyed.first().pk]
    yield Place(reverse("clusters:rename_actor", args=renamed), "coordinator.exampland")
    yield Place(reverse("clusters:employment_tables", args=["XZA"]), "coordinator.exampland")
    table = EmploymentTable.objects.get(country="XZA")
    yield Place(table.get_absolute_url(), "coordinator.exampland")
    for page in ("quotients", "industries", "regions", "change"):
        address = reverse(f"clusters:employment_{page}", args=[table.pk])
        yield Place(address, "coordinator.exampland")
    yield Place(reverse("clusters:test", args=[cluster.pk]), "coordinator.exampland")
    firm = cluster.firms.get(organisation__name__startswith="Alder")
    yield Place(reverse("diagnostics:firms", args=[cluster.pk]), "agent")
    yield Place(firm.get_absolute_url(), "owner")
    yield Place(firm.get_absolute_url(), "agent")
    yield Place(reverse("diagnostics:firm_leave", args=[firm.pk]), "owner")
    yield Place(reverse("diagnostics:firm_change", args=[firm.pk]), "owner")
    profile = profile_of(firm)
    yield Place(profile.get_absolute_url(), "owner")
    yield Place(reverse("diagnostics:sheet_theme", args=[profile.pk, "finance"]), "owner")
    yield Place(reverse("home"), "owner")
    few = Cluster.objects.get(name__startswith="Test Harbour")
    yield Place(reverse("diagnostics:firms", args=[few.pk]), "agent.harbour")
    yield Place(reverse("diagnostics:instruments"))
    yield Place(reverse("diagnostics:handbook", args=["cluster-diagnostic", "1.0"]))
    yield Place(reverse("diagnostics:provenance", args=["sme-stages", "1.0"]))
    yield Place(
        reverse("diagnostics:soundness", args=["sme-stages", "1.0"]) + "?of=fictional",
        "administrator",
    )
    plan = report.round.plan
    measure = plan.measures.get(title__startswith="Open the credit register")
    yield Place(plan.get_absolute_url(), "coordinator.exampland")
    yield Place(measure.get_absolute_url(), "donor")
    yield Place(reverse("diagnostics:measure_change", args=[measure.pk]), "coordinator.exampland")
    yield Place(reverse("diagnostics:plan_choose", args=[report.round_id]), "coordinator.exampland")
    yield Place(
        reverse("diagnostics:plan_judgement", args=[report.round_id]), "coordinator.exampland"
    )
    yield Place(reverse("diagnostics:library") + "?theme=finance&stage=2&q=credit")
    yield Place(reverse("diagnostics:experience", args=["empretec"]))
    yield from _drafts(version)
    yield Place(reverse("home"), "administrator")
    yield Place(reverse("system"), "administrator")
    yield Place(reverse("privacy"))
    country = report.round.country_id
    yield Place(reverse("reports:country_record", args=[country]), "coordinator.exampland")
    yield Place(
        reverse("diagnostics:sheet_discussion", args=[sheet.pk, "finance.loan_collateral"]), OFFICER
    )
    yield Place(reverse("diagnostics:history", args=[settled]), "coordinator.exampland")
    yield Place(reverse("diagnostics:offline", args=[sheet.pk]), OFFICER)
    yield Place(filled_file().get_absolute_url(), OFFICER)
    yield Place(reverse("diagnostics:assignments", args=[sheet.pk]), COORDINATOR)
    yield Place(reverse("activity:notices"), COORDINATOR)
    yield Place(reverse("activity:notice_choices"), OFFICER)
    yield Place(reverse("reports:review", args=[report.pk]), "coordinator.exampland")
    yield Place(reverse("reports:review", args=[report.pk]), "donor")
    yield Place(reverse("reports:members", args=[report.pk]), "officer.exampland")
    yield Place(ReportVersion.objects.get(state="withdrawn").get_absolute_url())
    yield Place(reverse("accounts:naming"), OFFICER)
    yield Place(reverse("accounts:language"), OFFICER)
    yield Place(reverse("accounts:people"), COORDINATOR)
    yield Place(reverse("accounts:invite"), COORDINATOR)
    yield Place(reverse("accounts:organisation_new"), COORDINATOR)
    yield Place(reverse("accounts:person", args=[person(OFFICER).pk]), COORDINATOR)
    yield Place(reverse("clusters:invite"), COORDINATOR)
    indicator = Indicator.objects.get()
    compared = f"?indicator={indicator.pk}&country=LAO&country=VNM"
    yield Place(reverse("explorer:index") + "?q=lao")
    yield Place(reverse("explorer:indicator", args=[indicator.pk]) + "?country=LAO&peers=035")
    yield Place(reverse("explorer:country", args=["LAO"]) + "?add=Korea")
    yield Place(reverse("explorer:compare") + compared)
    yield Place(reverse("indices:indices"), "administrator")
    waiting = Import.objects.get(state=Import.State.CHECKED)
    yield Place(reverse("loading:datasets"), "administrator")
    yield Place(reverse("loading:dataset_new"), "administrator")
    yield Place(waiting.dataset.get_absolute_url(), "administrator")
    yield Place(reverse("loading:upload", args=[waiting.dataset_id]), "administrator")
    yield Place(waiting.get_absolute_url(), "administrator")
    yield Place(reverse("loading:layout", args=[waiting.pk]), "administrator")
    yield Place(reverse("loading:countries", args=[waiting.pk]), "administrator")
    yield Place(reverse("loading:indicators", args=[waiting.pk]), "administrator")
    yield Place("/nothing-is-here/", OFFICER, status=404)


def _drafts(version: InstrumentVersion) -> Iterator[Place]:
    """The pages on which an edition is written, one national item half done."""
    country = Country.objects.get(code="LAO")
    draft = actions.copy_instrument(version=version, country=country, by=person(COORDINATOR))
    own = actions.add_item(
        draft=draft, theme="finance", title="Lending by the river", group="", by=None
    )
    rule = draft.instrument.mix_rules[0].code
    approach = draft.instrument.approaches[0].code
    yield Place(reverse("diagnostics:draft_new"), COORDINATOR)
    yield Place(reverse("diagnostics:draft_import"), "administrator")
    yield Place(draft.get_absolute_url(), COORDINATOR)
    for kind, code in (
        ("head", "head"),
        ("theme", "finance"),
        ("item", own),
        ("item", "finance.loan_collateral"),
        ("approach", approach),
        ("rule", rule),
    ):
        yield Place(reverse("diagnostics:draft_part", args=[draft.pk, kind, code]), COORDINATOR)
    yield Place(reverse("diagnostics:draft_difference", args=[draft.pk]), COORDINATOR)
    past = Round.objects.filter(country="LAO", state=Round.State.CLOSED).first()
    trial = reverse("diagnostics:draft_trial", args=[draft.pk])
    yield Place(f"{trial}?round={past.pk}", COORDINATOR)
    yield Place(reverse("diagnostics:draft_preview", args=[draft.pk, "finance"]), COORDINATOR)
    yield Place(_calibration(draft), COORDINATOR)


def _calibration(draft: InstrumentVersion) -> str:
    """A page on which some indicators of the draft get thresholds from a dataset."""
    codes = {bound.code for item in draft.instrument.items().values() for bound in item.indicators}
    datasets = Indicator.objects.filter(code__in=codes).values_list("dataset", flat=True)
    address = reverse("diagnostics:draft_calibrate", args=[draft.pk])
    return f"{address}?dataset={datasets.first() or ''}&year=2024"
