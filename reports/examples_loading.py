"""Loading the shipped examples: documents' countries and fiction, each labelled as what it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import Membership, Organisation, User
from accounts.roles import FirmOwner
from activity import jobs
from activity.models import Job
from clusters.actions import (
    add_cluster,
    add_employment_table,
    add_linkage_survey,
    enter_actors,
    enter_ties,
    load_documented,
    set_outlines,
)
from clusters.models import Cluster, ClusterMembership, Firm, FirmMembership
from countries.actions import (
    load_areas,
    load_country,
    load_documents,
    load_industries,
    place_in_group,
)
from countries.content.tree import read_tree
from countries.models import Country, Document, Industry
from countries.references import documents
from countries.shipped import industries, shipped
from diagnostics import actions
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.authoring.experience import Known, read_library, read_translations
from diagnostics.authoring.reading import read_instrument
from diagnostics.authoring.translating import of_whom, read_translation
from diagnostics.models import InstrumentVersion, Round, Sheet
from diagnostics.scoring.instrument import Status
from reports import example_firms as firms
from reports.example_plans import load_plan
from reports.example_studies import follow_study, load_study

ROOT = Path(__file__).resolve().parent.parent
COUNTRIES = ROOT / "countries" / "profiles"
INSTRUMENTS = ROOT / "diagnostics" / "instruments"
LABELS = (  # of the examples, for the translations: pages tell them as they do their own texts
    gettext_noop("coded from the 2007 seminar report; an example, not an assessment"),
    gettext_noop("practice round; invented people and answers"),
    gettext_noop("fictional country; invented answers"),
    gettext_noop("fictional cluster; invented answers"),
)
CLUSTERS = ROOT / "clusters" / "documented" / "clusters.yaml"
LIBRARY = ROOT / "diagnostics" / "library"
EXAMPLES = ROOT / "reports" / "examples"


def load_countries() -> int:
    """The documents and the countries, real and fictional; returns how many countries."""
    load_documents({code: one["citation"] for code, one in documents().items()})
    profiles = [data for _path, data in _files(COUNTRIES)]
    fictional = [e["country"] for _path, e in _files(EXAMPLES) if "country" in e]
    for profile in profiles + fictional:
        load_country(profile)
    load_areas(shipped())
    for profile in fictional:
        for group, source in profile.get("groups", {}).items():
            place_in_group(country=profile["code"], group=group, source=source)
    load_industries(industries())
    return len(profiles + fictional)


def load_instruments() -> int:
    """Every file under diagnostics/instruments, editions after the rest; returns how many.

    Then their translations.
    """
    read = [read_instrument(path) for path in sorted(INSTRUMENTS.glob("*.yaml"))]
    for instrument in sorted(read, key=lambda one: one.edition_of is not None):
        actions.load_instrument(instrument=instrument, by=None)
    for path in sorted(INSTRUMENTS.glob("translations/*.yaml")):
        code, number = of_whom(path)
        version = InstrumentVersion.objects.get(code=code, version=number)
        translation = read_translation(path, version.instrument)
        actions.load_translation(version=version, translation=translation, by=None)
    return len(read)


def load_library() -> int:
    """Every file of the library of experience, and what is translated; returns how many entries.

    Needs the countries and the clusters of documents.
    """
    known = Known(
        documents=set(Document.objects.values_list("code", flat=True)),
        countries=set(Country.objects.values_list("code", flat=True)),
        clusters=set(Cluster.objects.exclude(code="").values_list("code", flat=True)),
    )
    shelves = read_library(sorted(LIBRARY.glob("*.yaml")), known)
    translations = read_translations(sorted(LIBRARY.glob("translations/*.yaml")), shelves)
    return actions.load_library(shelves=shelves, translations=translations)


def load_clusters() -> int:
    """The clusters that documents describe, in every language; returns how many.

    Needs the countries.
    """
    return load_documented(CLUSTERS, sorted(CLUSTERS.parent.glob("translations/*.yaml")))


def load_rounds() -> int:
    """Every example with a round; one that is there already is left alone. Returns how many."""
    examples = [data for _path, data in _files(EXAMPLES) if isinstance(data, dict)]
    for example in examples:
        with transaction.atomic():
            _round(example)
    for job in Job.objects.filter(state=Job.State.QUEUED, owner=None).order_by("created_at"):
        jobs.run(job.pk)
    for job in Job.objects.filter(state=Job.State.QUEUED, owner=None, kind="report"):
        jobs.run(job.pk)
    return len(examples)


def load_employment() -> None:
    """The fictional country's regions and table of employment; what is there is left alone."""
    country = Country.objects.get(code="XZA")
    if not country.regions.exclude(outline=None).exists():
        set_outlines(
            country=country,
            content=(EXAMPLES / "exampland-regions.geojson").read_bytes(),
            name_property="name",
            source="invented for the fictional country of Exampland",
            by=None,
        )
    upload, plants = (
        ContentFile((EXAMPLES / f"exampland-{name}.csv").read_bytes(), f"{name}.csv")
        for name in ("employment", "plants")
    )
    title = "Employment by region and industry"
    if not country.employment_tables.filter(title=title).exists():
        table = add_employment_table(
            country=country,
            title=title,
            source="Fictional statistics office of Exampland; invented figures",
            upload=upload,
            plants=plants,
            by=None,
        )
        for job in Job.objects.filter(topic=table.topic):
            jobs.run(job.pk)


@transaction.atomic
def load_registry() -> None:
    """The fictional clusters of which only the registry tells; one that is there is left alone.

    Needs regions and industries.
    """
    country = Country.objects.get(code="XZA")
    for _path, data in _files(EXAMPLES / "registry"):
        if country.clusters.filter(name=data["name"]).exists():
            continue
        regions = list(country.regions.filter(name__in=data.pop("regions")))
        industry = Industry.objects.get(code=data.pop("industry"))
        add_cluster(country=country, regions=regions, industry=industry, by=None, **data)


@transaction.atomic
def load_linkages() -> None:
    """The fictional cluster's linkages at two dates; a survey that is there is left alone."""
    cluster = Cluster.objects.get(country="XZA", name="Sample Valley furniture makers (fictional)")
    for year in (2021, 2024):
        title = f"Linkages {year} (fictional)"
        if cluster.linkage_surveys.filter(title=title).exists():
            continue
        survey = add_linkage_survey(
            cluster=cluster,
            title=title,
            date=date(year, 5, 31),
            source=f"Cluster survey {year} (fictional); invented answers",
            by=None,
        )
        actors = (EXAMPLES / f"sample-valley-actors-{year}.csv").read_bytes()
        enter_actors(survey=survey, table=actors, by=None)
        ties = (EXAMPLES / f"sample-valley-ties-{year}.csv").read_bytes()
        enter_ties(survey=survey, table=ties, by=None)


@transaction.atomic
def load_studies() -> None:
    """The fictional cluster's position, study and plan; needs its round and linkages."""
    for _path, data in _files(EXAMPLES / "studies"):
        load_study(data)
        follow_study(data)


def load_firms() -> None:
    """The fictional clusters' firms with their profiles, scored; needs the instruments."""
    for _path, data in _files(EXAMPLES / "firms"):
        with transaction.atomic():
            firms.load_firms(data)
    scoring = Job.objects.filter(state=Job.State.QUEUED, owner=None, kind="score")
    for job in scoring.order_by("created_at"):
        jobs.run(job.pk)


@transaction.atomic
def load_people(password: str) -> list[tuple[User, str]]:
    """The fictional people, new ones with `password`; returns each with the role in words."""
    (people,) = [data for path, data in _files(EXAMPLES) if path.stem == "people"]
    return [_person(person, password) for person in people]


def _files(folder: Path) -> Iterator[tuple[Path, Any]]:
    for path in sorted(folder.glob("*.yaml")):
        yield path, _read(path)


def _read(path: Path) -> Any:
    tree = read_tree(path.read_text(encoding="utf-8"))
    if tree.findings:
        raise ValueError(f"{path.name}: {tree.findings[0]}")
    return tree.data


def _round(example: dict[str, Any]) -> None:
    about = example["round"]
    country = Country.objects.get(code=about["country"])
    if Round.objects.filter(country=country, title=about["title"]).exists():
        return
    cluster = None
    if "cluster" in example:
        cluster, _made = Cluster.objects.get_or_create(
            country=country,
            name=example["cluster"]["name"],
            defaults={"place": example["cluster"]["place"]},
        )
    version = InstrumentVersion.objects.get(code=about["instrument"], version=about["version"])
    planned = actions.plan_round(
        country=country,
        cluster=cluster,
        instrument_version=version,
        title=about["title"],
        period=(date.fromisoformat(about["period"][0]), date.fromisoformat(about["period"][1])),
        provenance=about["provenance"],
        label=about["label"],
        sheets=[
            (_organisation(sheet["organisation"], country), sheet["panel"], sheet["themes"])
            for sheet in example["sheets"]
        ],
        by=None,
    )
    actions.open_round(round=planned, by=None)
    for data in example["sheets"]:
        sheet = planned.sheets.get(organisation__name=data["organisation"])
        _fill(sheet, data["responses"])
        if not about.get("open"):
            actions.submit_sheet(sheet=sheet, by=None)
    if not about.get("open"):
        actions.end_collecting(round=planned, by=None)
        for data in example.get("objections") or []:
            _object(planned, data)
        for code, data in (example.get("settlement") or {}).items():
            _settle(planned, code, data)
        if not about.get("settling"):
            actions.close_round(round=planned, by=None)
            if "plan" in example:
                load_plan(planned, example["plan"])


def _object(round: Round, data: dict[str, Any]) -> None:
    """An objection with its answer."""
    row = data["evidence"]
    objection = actions.file_objection(
        round=round,
        item=data["item"],
        organisation=_organisation(data["organisation"], None),
        about="answer",
        text=data["text"],
        evidence=EvidenceRow(row.get("link") or row["document"], row.get("page") or "", ""),
        by=None,
    )
    accepted = data["answer"] == "accepted"
    actions.answer_objection(
        objection=objection, accepted=accepted, reason=data["because"], by=None
    )


def _settle(round: Round, code: str, data: dict[str, Any]) -> None:
    """One item's decision and dissents; without `answers` it is waived."""
    common = {"round": round, "item": code, "by": None}
    if "answers" in data:
        content = _content(data, statements=len(round.instrument_version.instrument.steps))
        actions.settle_item(content=content, reason=data["because"], revision=0, **common)
    else:
        actions.waive_item(reason=data["because"], revision=0, **common)
    for name, text in (data.get("dissent") or {}).items():
        organisation = _organisation(name, round.country)
        actions.dissent(organisation=organisation, text=text, named=False, **common)


def _fill(sheet: Sheet, responses: dict[str, Any]) -> None:
    statements = len(sheet.round.instrument_version.instrument.steps)
    for code, data in responses.items():
        content = _content(data, statements=statements)
        actions.save_response(sheet=sheet, item=code, content=content, revision=0, by=None)


def _content(data: dict[str, Any], *, statements: int) -> Content:
    answers = [answer or "" for answer in data.get("answers") or [""] * statements]
    evidence = [
        EvidenceRow(
            row.get("link") or row["document"], row.get("page") or "", row.get("quote") or ""
        )
        for row in data.get("evidence") or []
    ]
    return Content(
        answers=answers,
        made=["single" if answer else "" for answer in answers],
        status=data.get("status") or Status.ANSWERED.value,
        reason=data.get("reason") or "",
        comment=data.get("comment") or "",
        evidence=evidence,
    )


def _organisation(name: str, country: Country | None) -> Organisation:
    return Organisation.objects.get_or_create(name=name, country=country)[0]


def _person(data: dict[str, Any], password: str) -> tuple[User, str]:
    country = Country.objects.get(code=data["country"]) if data["country"] else None
    user = User.objects.filter(email=data["email"]).first()
    if user is None:
        user = User.objects.create_user(data["email"], password, name=data["name"])
    if "firm" in data:
        firm = Firm.objects.get(organisation__name=data["firm"])
        FirmMembership.objects.get_or_create(user=user, firm=firm)
        return user, f"{FirmOwner.title}, {firm}"
    organisation = _organisation(data["organisation"], country)
    if "cluster" in data:
        cluster = Cluster.objects.get(name=data["cluster"])
        member, _made = ClusterMembership.objects.get_or_create(
            user=user, role=data["role"], organisation=organisation, cluster=cluster
        )
    else:
        member, _made = Membership.objects.get_or_create(
            user=user, role=data["role"], organisation=organisation, country=country
        )
    return user, str(member.get_role_display())
