"""What this floor offers as evidence to the lines of a cluster's diagnostic study."""

import hashlib
from collections.abc import Iterable, Sequence

import polars as pl
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.templatetags.numbers import number
from clusters.employment import maps
from clusters.linkages import words
from clusters.models import Cluster, EmploymentTable, Lesson, Study
from clusters.positions.standing import LEVELS, Standing, size_shares
from clusters.studies.evidence import ROW, Kind, Offered, Readers, under
from clusters.studies.evidence import register as register_kind
from countries.wording import colon

MOST_CELLS = 20


def register() -> None:
    """Tell what this floor knows, in the order of a form."""
    kinds = {
        "figure": Kind(
            f"(?P<pk>{ROW})", under(gettext_lazy("Figures of the cluster"), figures), _figure,
            Readers.SIGNED_IN,
        ),
        "cell": Kind(
            f"(?P<table>{ROW}) (?P<year>[0-9]{{4}}) (?P<named>[0-9a-f]{{16}})",
            under(gettext_lazy("Map of employment"), cells), _cell, Readers.SIGNED_IN, stays=True,
        ),
        "network": Kind(
            f"(?P<survey>{ROW}) [a-z0-9_]+",
            under(gettext_lazy("The network as a whole"), network), _network, Readers.INSIDE,
            stays=True,
        ),
        "position": Kind(
            "[a-z]+", under(gettext_lazy("Position"), position), _position, Readers.SIGNED_IN
        ),
        "size": Kind(
            f"[A-Z]{{3}} {ROW}", under(gettext_lazy("The country's firms by size"), sizes), _size,
            Readers.SIGNED_IN,
        ),
        "lesson": Kind(
            f"(?P<study>{ROW}) (?P<pk>{ROW})", under(gettext_lazy("Lessons"), lessons), _lesson,
            Readers.ANYBODY,
        ),
    }  # fmt: skip
    for code, kind in kinds.items():
        register_kind(code, kind)


def figures(cluster: Cluster, **only: str) -> Offered:
    """Its figures with year and source."""
    for one in cluster.figures.filter(**only):
        year = f", {one.year}" if one.year else ""
        value = f"{number(one.value.normalize())} {cluster.told(one.unit)}"
        source = cluster.told(one.source)
        yield f"figure {one.pk}", f"{one.get_measure_display()}: {value}{year} ({source})"


def cells(cluster: Cluster, *, table: str = "", year: str = "", named: str = "") -> Offered:
    """Its own cell of every map of employment that has it, then the most special ones of its
    regions in the newest map that knows them; or the one that a key names, of any map.
    """
    tables = cluster.country.employment_tables.filter(state=EmploymentTable.State.MAPPED)
    if table:
        return _cells_named(tables.filter(pk=table), int(year), named)
    regions = [*cluster.regions.values_list("name", flat=True)]
    own: dict[str, str] = {}
    of_regions: dict[str, str] = {}
    for one in tables:
        if of_regions and not cluster.table_region:
            break
        newest = maps.year_of(one).year
        known = maps.ranked(maps.cells(one, newest))
        cell = maps.named(known, cluster.table_region, cluster.table_industry)
        if cell is not None:
            own |= [_told(one, newest, cell)]
        if not of_regions:
            there = known.filter(pl.col("region").is_in(regions)).head(MOST_CELLS)
            of_regions = dict(_told(one, newest, row) for row in there.iter_rows(named=True))
    return (own | of_regions).items()


def _cells_named(tables: Iterable[EmploymentTable], year: int, named: str) -> Offered:
    for table in tables:
        known = maps.ranked(maps.cells(table, year))
        names = known.select("region", "industry").rows()
        for at, (region, industry) in enumerate(names):
            if _name(region, industry) == named:
                yield _told(table, year, known.row(at, named=True))


def _told(table: EmploymentTable, year: int, cell: maps.Row) -> tuple[str, str]:
    said = _("%(industry)s in %(region)s: location quotient %(lq)s, stars: %(stars)s") % {
        "industry": cell["industry"],
        "region": cell["region"],
        "lq": localize(round(cell["lq"], 2)),
        "stars": cell["stars"],
    }
    key = f"cell {table.pk} {year} {_name(cell['region'], cell['industry'])}"
    return key, f"{said}, {year} ({table})"


def _name(region: str, industry: str) -> str:
    """Names of regions and industries are longer than a key may be."""
    return hashlib.sha256(f"{region}\0{industry}".encode()).hexdigest()[:16]


def network(cluster: Cluster, *, survey: str = "") -> Offered:
    """Of its newest survey with ties, or the one that a key names: the form of the network, what
    is missing, and the measures that are known.
    """
    surveys = cluster.linkage_surveys.filter(pk=survey) if survey else cluster.linkage_surveys.all()
    asked = surveys.with_ties().first()
    if asked is None:
        return
    found = words.found(asked)
    form = _("The form of the network")
    yield f"network {asked.pk} form", f"{form}{colon()}{found.form} ({asked})"
    for one in found.measures.missing_classes:
        missing = _("Missing: ties %(class)s. Nobody who answered told of one.") % {
            "class": words.CLASSES[one]
        }
        yield f"network {asked.pk} {one}", f"{missing} ({asked})"
    for at, (label, value) in enumerate(words.whole(found, None).rows):
        if not isinstance(value, str):  # a word stands for what is unknown
            yield f"network {asked.pk} {at}", f"{label}: {value} ({asked})"


def position(cluster: Cluster) -> Offered:
    """What it is capable of, how far it exports, and the place that both give."""
    standing = Standing(cluster)
    if standing.kept is not None:
        from_there = f"{standing.kept.year} ({standing.kept.source})"
        if standing.mode:
            mode = _("Capability: %(mode)s") % {"mode": standing.mode.name}
            yield "position mode", f"{mode}, {from_there}"
        levels = zip(("product", "process"), standing.answers, strict=True)
        for code, (name, level, _statements) in levels:
            if level is None:
                continue
            yield f"position {code}", f"{name}: {LEVELS[level]}, {from_there}"
    if standing.exported is not None:
        exported = standing.exported
        share = _("%(share)s percent of output is exported; from 25 percent on we call it high.")
        year = f"{exported.year}; " if exported.year else ""
        told = share % {"share": number(round(exported.share))}
        yield "position exports", f"{told} ({year}{exported.source})"
    if standing.quadrant:
        told = _("The cluster stands at: %(quadrant)s.") % {"quadrant": standing.quadrant}
        yield "position quadrant", told


def sizes(cluster: Cluster) -> Offered:
    """How the country's firms share employment, the newest year first."""
    for one in size_shares(cluster.country):
        entry = one.entry
        shares = _("%(entry)s: small %(small)s, medium %(medium)s, large %(large)s percent") % {
            "entry": f"{entry.year}, {entry.coverage}",
            "small": number(entry.small.normalize()),
            "medium": number(entry.medium.normalize()),
            "large": number(entry.large.normalize()),
        }
        key = f"size {entry.country_id} {entry.pk}"
        yield key, f"{shares}; {one.pattern.name} ({entry.source})"


def lessons(cluster: Cluster, **only: str) -> Offered:
    """What was learnt while its plans ran, the newest first."""
    lessons = Lesson.objects.filter(**only) if only else Lesson.objects.standing()
    found = lessons.filter(study__cluster=cluster, study__state__in=Study.FOLLOWED)
    for one in found.order_by("-day", "-pk"):
        said = f"{one.author}, {date_format(one.day, 'SHORT_DATE_FORMAT')}"
        yield f"lesson {one.study_id} {one.pk}", f"{one.text} ({said})"


def _figure(cluster: int, _rest: Sequence[str]) -> str:
    return f"{reverse('clusters:cluster', args=[cluster])}#figures"


def _cell(_cluster: int, rest: Sequence[str]) -> str:
    table, year, _named = rest
    return f"{reverse('clusters:employment', args=[table])}?year={year}"


def _network(_cluster: int, rest: Sequence[str]) -> str:
    return f"{reverse('clusters:network', args=rest[:1])}#measures"


def _position(cluster: int, _rest: Sequence[str]) -> str:
    return reverse("clusters:position", args=[cluster])


def _size(_cluster: int, rest: Sequence[str]) -> str:
    return reverse("clusters:size_structure", args=rest[:1])


def _lesson(_cluster: int, rest: Sequence[str]) -> str:
    return f"{reverse('clusters:study', args=rest[:1])}#lessons"
