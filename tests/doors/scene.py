"""One country with everything in it, seen by everybody; and every address of the product."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import tokens
from accounts.actions import invite
from accounts.models import Invitation, Token, User
from activity import comments, files, jobs
from activity.models import Comment, File, Job
from clusters.actions import add_linkage_survey, enter_actors, enter_ties
from clusters.models import (
    CapabilityAnswers,
    Cluster,
    ClusterMembership,
    EmploymentTable,
    Firm,
    LinkageSurvey,
    SizeStructure,
    Study,
)
from countries.models import Document, Region
from diagnostics import actions
from diagnostics.actions.responses import EvidenceRow
from diagnostics.discussing import settlement_topic, sheet_topic
from diagnostics.fieldwork.actions import give_back
from diagnostics.fieldwork.workbook import workbook
from diagnostics.models import (
    Assignment,
    Evidence,
    Experience,
    FilledFile,
    Funding,
    InstrumentVersion,
    Interest,
    Measure,
    Objection,
    Round,
    Sheet,
)
from diagnostics.queries import responses_of
from indicators.actions import upload
from indicators.models import CompositeIndex, Import, Indicator
from reports import actions as reports
from reports import renditions, study_renditions
from reports.models import Remark, Rendition, ReportVersion, ShareLink
from tests.factories import clusters, employment, people, rounds, statistics

ROLES = [
    "anonymous",
    "stranger",
    "officer",
    "colleague",
    "coordinator",
    "donor",
    "administrator",
    "assessor",
]


PDF = b"%PDF-1.7 a law"
EMPLOYMENT = b"region,industry,year,employment\nNorth,Wood,2015,100\n"

SIZES = {
    "year": 2010, "coverage": "Manufacturing", "small": 40, "medium": 20, "large": 40,
    "source": "An office",
}  # fmt: skip


@dataclass
class Scene:
    people: dict[str, User | AnonymousUser]
    planned: Round
    round: Round
    sheet: Sheet
    submitted: Sheet
    collected: Round
    settling: Round
    closed: Round
    objection: Objection
    draft: ReportVersion
    reviewed: ReportVersion
    remark: Remark
    link: ShareLink
    published: ReportVersion
    assignment: Assignment
    said_on_sheet: Comment
    said_on_settlement: Comment
    job: Job
    invitation: Invitation
    token: Token
    file: File
    filled: FilledFile
    indicator: Indicator
    waiting_import: Import
    loaded_import: Import
    imported: Import
    index: CompositeIndex
    measure: Measure
    agreed_measure: Measure
    funding: Funding
    interest: Interest
    cluster: Cluster
    employment: EmploymentTable
    region: Region  # nothing refers to it
    firm: Firm
    sizes: SizeStructure
    answers: CapabilityAnswers
    study: Study  # in review
    survey: LinkageSurvey
    edition: InstrumentVersion  # a draft, of the country
    next_version: InstrumentVersion  # a draft of an instrument for all countries

    def client(self, role: str, **options: bool) -> Client:
        client = Client(**options)
        if role != "anonymous":
            client.force_login(self.people[role])
        return client


def build() -> Scene:
    """The officer's and colleague's sheet is in a collecting round; the stranger is from abroad.

    The assessor answers for another organisation of the country. The superuser has no role: it is
    whoever runs the server, and stands in no column of the table.
    """
    country = people.CountryFactory()
    ministry = people.OrganisationFactory(country=country)
    abroad = people.OrganisationFactory(country=people.CountryFactory(code="VNM"))
    independent = people.OrganisationFactory(country=country)
    everybody = {
        "anonymous": AnonymousUser(),
        "stranger": people.officer(abroad),
        "officer": people.officer(ministry),
        "colleague": people.officer(ministry),
        "coordinator": people.coordinator(country),
        "donor": people.donor(country),
        "administrator": people.administrator(),
        "assessor": people.assessor(independent),
    }
    everybody["superuser"] = User.objects.create_superuser("root@example.org", people.PASSWORD)
    both = [
        (ministry, "government", ["money", "advice"]),
        (independent, "independent", ["money"]),
    ]
    collecting = rounds.RoundFactory(country=country, sheets=both)
    handed_in = rounds.sheet_of(ministry)
    actions.submit_sheet(sheet=handed_in, by=None)
    settled = rounds.sheet_of(ministry)
    actions.submit_sheet(sheet=settled, by=None)
    actions.end_collecting(round=settled.round, by=None)
    actions.settle_item(
        round=settled.round, item="advice.item_1", content=rounds.content("yes", "no"),
        reason="Read together.", revision=0, by=None,
    )  # fmt: skip
    actions.dissent(
        round=settled.round, item="advice.item_1", organisation=ministry, text="We hold 3.",
        named=False, by=None,
    )  # fmt: skip
    objection = actions.file_objection(
        round=settled.round, item="advice.item_1", organisation=independent, about="answer",
        text="The law says otherwise.", evidence=EvidenceRow("The law"), by=None,
    )  # fmt: skip
    comments.say(
        topic="a topic", text="Which year?", by=everybody["officer"], url="/", about="An item"
    )
    closed = [rounds.closed_round(country) for _ in range(3)]
    while waiting := list(Job.objects.filter(state=Job.State.QUEUED)):
        for job in waiting:
            jobs.run(job.pk)
    draft, published, reviewed = (ReportVersion.objects.get(round=one) for one in closed)
    ReportVersion.objects.filter(pk=published.pk).update(state="published")
    for report in (draft, ReportVersion.objects.get(pk=published.pk)):
        renditions.ask_for(wanted=renditions.offered(report, "en")[0], by=None)
    for job in Job.objects.filter(kind="rendition"):
        jobs.run(job.pk)
    reports.ask_for_review(report=reviewed, by=None)
    remark = reports.remark(
        report=reviewed,
        anchor="money",
        organisation=everybody["donor"].memberships.get().organisation,
        text="Which year?",
        by=everybody["donor"],
    )
    link, _token = reports.share(
        report=draft, reader="A reader", days=1, by=everybody["coordinator"]
    )
    file = files.keep(ContentFile(PDF, "law.pdf"), by=everybody["officer"])
    sheet = collecting.sheets.get(panel="government")
    cited = sheet.responses.get(item__code="advice.item_1")
    Evidence.objects.create(response=cited, link="The law", file=file)
    (given,) = actions.assign(
        sheet=sheet, person=everybody["officer"], items=["money.item_1"], by=None
    )
    filled = give_back(
        sheet=sheet,
        upload=ContentFile(workbook(sheet, responses_of(sheet), []), "filled.xlsx"),
        by=everybody["officer"],
    )
    Document.objects.create(code="a-book", citation="A book.")
    Experience.objects.create(
        code="a-lesson", kind="lesson", title="A lesson", text="It worked.", themes=["finance"],
        stages=[1], addressees=["government"], document_id="a-book", place="Page 1",
    )  # fmt: skip
    cluster = Cluster.objects.create(country=country, name="Weavers")
    cluster.figures.create(measure="employment", value=12, unit="persons", source="A survey")
    ClusterMembership.objects.create(
        user=everybody["colleague"], role="cluster_agent", organisation=ministry, cluster=cluster
    )
    firm = clusters.firm(cluster)
    clusters.owner(firm)
    study = cluster.studies.create(number=1, state="review")
    study.swot.create(
        kind="threat", text="Wet timber", evidence_key="document", evidence="A survey, page 2"
    )
    comments.say(
        topic=study.topic, text="Who pays?", by=everybody["donor"], url="/", about=str(study)
    )
    # Before the study's file, which draws them.
    survey = _surveyed(cluster)
    answers = cluster.capabilities.create(year=2020, source="Visits")
    sizes = SizeStructure.objects.create(country=country, **SIZES)
    word = study_renditions.Wanted(study, Rendition.Form.WORD, "en")
    jobs.run(study_renditions.ask_for(wanted=word, by=None).pk)
    table = employment.employment(country, EMPLOYMENT)
    planned = {
        "title": "Write a law", "theme": "money", "horizon": 1, "owner": ministry,
        "start": date(2026, 1, 1), "end": date(2026, 12, 31), "indicator": "A law",
        "target": "In force", "cost": Decimal(100), "currency": "USD", "price_year": 2026,
        "cost_source": "The budget office",
    }  # fmt: skip
    measures = []
    for one in closed:
        plan = actions.begin_plan(round=one, by=None)
        measures.append(actions.add_measure(plan=plan, values=planned, by=None))
        actions.agree_plan(plan=plan, by=None)
    actions.revise_plan(plan=measures[0].plan, reason="To be read again.", by=None)
    funding = actions.add_funding(
        measure=measures[0], source="budget", funder="The state", amount=Decimal(10), by=None
    )
    donor = everybody["donor"].memberships.get().organisation
    interest = actions.mark_interest(
        measure=measures[0], organisation=donor, text="Gladly.", by=None
    )
    Group.objects.create(name="A group")
    tokens.make(name="A program", by=everybody["officer"])
    invitation, _token = invite(
        email="invited@example.org", role="officer", organisation=ministry, country=country, by=None
    )
    edition = actions.copy_instrument(version=rounds.version(), country=country, by=None)
    actions.add_rule(draft=edition, by=None)
    return Scene(
        people=everybody,
        planned=rounds.RoundFactory(country=country, opened=False),
        round=collecting,
        sheet=sheet,
        submitted=handed_in,
        collected=handed_in.round,
        settling=settled.round,
        closed=closed[0],
        objection=objection,
        draft=draft,
        reviewed=reviewed,
        remark=remark,
        link=link,
        published=published,
        assignment=given,
        said_on_sheet=_said(sheet_topic(sheet, "money.item_1"), everybody["officer"]),
        said_on_settlement=_said(
            settlement_topic(settled.round, "money.item_1"), everybody["officer"]
        ),
        job=jobs.queue("score", by=everybody["officer"], key="doors", sheet=0, submission=0),
        file=file,
        filled=filled,
        invitation=invitation,
        token=everybody["officer"].tokens.get(),
        indicator=statistics.IndicatorFactory(),
        waiting_import=statistics.ImportFactory(state="checked", number=None, committed_at=None),
        loaded_import=statistics.ImportFactory(),
        imported=_imported(everybody["administrator"]),
        index=statistics.CompositeIndexFactory(),
        measure=measures[0],
        agreed_measure=measures[1],
        funding=funding,
        interest=interest,
        cluster=cluster,
        employment=table,
        region=Region.objects.create(country=country, name="South"),
        firm=firm,
        study=study,
        sizes=sizes,
        answers=answers,
        survey=survey,
        edition=edition,
        next_version=actions.copy_instrument(version=rounds.version(), country=None, by=None),
    )


def _said(topic: str, by: User) -> Comment:
    return comments.say(topic=topic, text="Which page?", by=by, url="/", about="An item")


def _imported(by: User) -> Import:
    """A file with a right and a wrong cell, checked, that waits to be loaded."""
    file = SimpleUploadedFile(
        "figures.csv", b"Country Code,Indicator Code,year,value\nLAO,C,2010,1\nLAO,C,2011,many\n"
    )
    imported = upload(dataset=statistics.DatasetFactory(), file=file, by=by)
    jobs.run(Job.objects.get(topic=imported.topic).pk)
    return imported


@dataclass(frozen=True)
class Route:
    """`name` as `reverse` takes it, empty for an unnamed one; `pattern` as written in urls.py."""

    name: str
    pattern: str
    view: Callable[..., HttpResponse]


def routes() -> list[Route]:
    """Every address, from Django's resolver."""
    return list(_walk(get_resolver(), "/", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Route(":".join([*spaces, one.name]) if one.name else "", pattern, one.callback)
        else:
            yield from _walk(one, pattern, (*spaces, one.namespace) if one.namespace else spaces)


def address(name: str, *args: object) -> str:
    return reverse(name, args=[str(arg) for arg in args])


def _surveyed(cluster: Cluster) -> LinkageSurvey:
    survey = add_linkage_survey(
        cluster=cluster, title="Linkages", date=date(2024, 1, 1), source="A survey", by=None
    )
    enter_actors(survey=survey, table=b"name,kind\nA,core\nB,core\nC,buyer\n", by=None)
    enter_ties(survey=survey, table=b"source,target,kind\nA,B,trade\n", by=None)
    return survey
