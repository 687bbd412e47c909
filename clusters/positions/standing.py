"""What a page shows of the position of a cluster, and of a country's firms by size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters import position, units
from clusters.models import Cluster, ClusterFigure, SizeStructure
from clusters.positions import words
from countries.models import Country, GroupMember

LOW_INCOME = "LIC"  # the World Bank's code of the group
# The context tells translators what is high: an adjective may have to agree with it.
LEVELS = {
    True: pgettext_lazy("capability", "high"),
    False: pgettext_lazy("capability", "low"),
    None: gettext_lazy("not known"),
}


@dataclass(frozen=True)
class Exported:
    """The share of output exported, in percent, and where it is from."""

    share: float
    year: int | None
    source: str


def figures_of_exports(cluster: Cluster) -> list[ClusterFigure]:
    """Its figures on exports and output.

    Figures of another unit than theirs, entered before units were looked at, are left out.
    """
    wanted = (
        ClusterFigure.Measure.EXPORT_SHARE,
        ClusterFigure.Measure.EXPORTS,
        ClusterFigure.Measure.OUTPUT,
    )
    return [
        one
        for one in cluster.figures.all()
        if one.measure in wanted and not units.fault(one.measure, one.value, one.unit)
    ]


def exported(figures: Sequence[ClusterFigure]) -> Exported | None:
    """The newest share entered, else the newest from exports and output of one year and unit."""
    shares = [f for f in figures if f.measure == ClusterFigure.Measure.EXPORT_SHARE]
    if shares:
        newest = max(shares, key=lambda figure: figure.year or 0)
        return Exported(float(newest.value), newest.year, newest.source)
    outputs = {
        (f.year, f.unit): f
        for f in figures
        if f.measure == ClusterFigure.Measure.OUTPUT and f.year and f.value
    }
    pairs = [
        (f, outputs[f.year, f.unit])
        for f in figures
        if f.measure == ClusterFigure.Measure.EXPORTS and (f.year, f.unit) in outputs
    ]
    if not pairs:
        return None
    exports, output = max(pairs, key=lambda pair: pair[0].year)
    sources = dict.fromkeys([exports.source, output.source])
    return Exported(100 * float(exports.value / output.value), exports.year, "; ".join(sources))


@dataclass(frozen=True)
class Place:
    """One of the four places of technology and market, with the names of the ways on from it."""

    ways: list[words.Words]
    here: bool


class Standing:
    """A cluster's position with everything it is read from."""

    def __init__(self, cluster: Cluster) -> None:
        self.kept = cluster.capabilities.first()
        answers = self.kept.answers if self.kept else {}
        self.exported = exported(figures_of_exports(cluster))
        self.at = position.position(answers, self.exported.share if self.exported else None)
        self.income = income_group(cluster.country)
        low = self.income.group_id == LOW_INCOME if self.income else None
        self.warned = position.against_advantage(low, cluster.industry_id)
        self.mode = words.MODES[self.at.mode] if self.at.mode else None
        self.strategy = words.STRATEGIES[self.at.strategy] if self.at.strategy else None
        self.exports_text = words.EXPORTS.get(self.at.exports)
        self.quadrant = words.QUADRANTS[self.at.quadrant] if self.at.quadrant else ""
        self.paths = [words.PATHS[path] for path in self.at.paths]
        self.answers = [
            (_("Products"), self.at.product, _said(answers, words.PRODUCT)),
            (_("Processes"), self.at.process, _said(answers, words.PROCESS)),
        ]

    @property
    def unjudged(self) -> words.Words:
        """Why it is not known whether the industry fits the country; empty where it is known."""
        if self.warned is not None:
            return ""
        if self.income is None:
            return words.NO_GROUP
        return words.NO_DIVISION

    @property
    def grid(self) -> list[tuple[str, list[tuple[words.Told, bool]]]]:
        """Figure 1 of yang-2006: process high and low (rows), product high and low (columns)."""
        rows = [(True, _("Processes: high")), (False, _("Processes: low"))]
        modes = [
            (name, [position.MODES[product, process] for product in (True, False)])
            for process, name in rows
        ]
        return [(name, [(words.MODES[m], m == self.at.mode) for m in row]) for name, row in modes]

    @property
    def places(self) -> list[tuple[str, list[Place]]]:
        """Figure 6 of sato-asean: export above the home market, better technology to the right."""
        rows = [(True, _("Export")), (False, _("Home market"))]
        return [
            (name, [self._place(position.QUADRANTS[better, abroad]) for better in (False, True)])
            for abroad, name in rows
        ]

    def _place(self, quadrant: position.Quadrant) -> Place:
        ways = [words.PATHS[path].name for path in position.PATHS[quadrant]]
        return Place(ways, quadrant == self.at.quadrant)


def capability_chart(standing: Standing) -> Chart | None:
    """How many of the four statements on products, and on processes, hold; None without answers."""
    if standing.kept is None:
        return None
    marks = (position.PRODUCT_MARKS, position.PROCESS_MARKS)
    said = standing.kept.answers
    names = [str(name) for name, _level, _statements in standing.answers]
    counts = [[sum(said.get(mark) == answer for mark in of) for of in marks]
              for answer in ("yes", "no")]  # fmt: skip
    unknown = [len(of) - yes - no for of, yes, no in zip(marks, *counts, strict=True)]
    series = list(zip((_("true"), _("not true"), _("not known")), (*counts, unknown), strict=True))
    judged = [str(LEVELS[level]) for _name, level, _statements in standing.answers]
    return Chart(
        id="capability",
        kind=Kind.SHARES,
        title=_("Capability: %(mode)s") % {"mode": standing.mode.name}
        if standing.mode
        else _("Capability: not known yet"),
        description="; ".join(
            _("%(name)s: %(true)s of %(all)s statements true, %(level)s")
            % {"name": name, "true": true, "all": len(of), "level": level}
            for name, true, of, level in zip(names, counts[0], marks, judged, strict=True)
        ),
        columns=[Column(_("Capability")), *(Column(name, numeric=True) for name, _n in series),
                 Column(_("Level"))],
        rows=[[name, *(values[at] for _name, values in series), judged[at]]
              for at, name in enumerate(names)],
        categories=names,
        series=[
            Series(name, values, labels=[str(n) if n else "" for n in values], tones=[tone])
            for (name, values), tone in zip(series, ("level-4", "level-1", "surface"), strict=True)
        ],
        scale=Scale(0, 4, 1, title=_("Statements")),
        note=" ".join(_how_read(standing)),
    )  # fmt: skip


def _how_read(standing: Standing) -> Iterator[str]:
    """What makes a capability high, what is exported, and the place that both give."""
    read = _("Three of four statements true is high, two false is low. %(year)s; %(source)s")
    source = standing.kept.source.rstrip(".")
    yield read % {"year": standing.kept.year, "source": source} + "."
    if standing.exported is None:
        return
    share = floatformat(standing.exported.share, 0)
    yield _("%(share)s percent of output is exported; from 25 percent on we call it high.") % {
        "share": share
    }
    if standing.quadrant:
        yield _("The cluster stands at: %(quadrant)s.") % {"quadrant": standing.quadrant}


def income_group(country: Country) -> GroupMember | None:
    """The country's income group as loaded, with source and day; None where none is."""
    income = Country.Grouping.INCOME
    return country.groups.filter(group__grouping=income).select_related("group").first()


def _said(answers: dict[str, str], statements: dict[str, words.Words]) -> list[tuple[object, str]]:
    said = {"yes": _("yes"), "no": _("no")}
    return [(text, said.get(answers.get(code, ""), _("not known"))) for code, text in
            statements.items()]  # fmt: skip


@dataclass(frozen=True)
class Shares:
    """One entry of a country's shares, with the pattern in words."""

    entry: SizeStructure
    pattern: words.Told


def size_shares(country: Country) -> list[Shares]:
    """The country's entries, newest first."""
    return [Shares(one, words.STRUCTURES[one.pattern]) for one in country.size_structures.all()]


def size_chart(shown: list[Shares]) -> Chart | None:
    """Employment by size of firm over the years entered; None where nothing is."""
    if not shown:
        return None
    newest, oldest = shown[0], shown[-1].entry.year
    years = "–".join(str(year) for year in dict.fromkeys((oldest, newest.entry.year)))
    covered = {one.entry.coverage for one in shown}
    names = [_named(one.entry) for one in shown]
    classes = [_("small"), _("medium"), _("large")]
    by_class = list(zip(*(one.entry.shares for one in shown), strict=True))
    sums = [sum(one.entry.shares) for one in shown]  # rounded shares may miss 100 by one
    return Chart(
        id="size-structure",
        kind=Kind.SHARES,
        title=_("%(years)s: %(pattern)s in %(year)s")
        % {"years": years, "year": newest.entry.year, "pattern": newest.pattern.name}
        if "–" in years
        else _("%(year)s: %(pattern)s") % {"year": years, "pattern": newest.pattern.name},
        description="; ".join(
            _("%(entry)s: small %(small)s, medium %(medium)s, large %(large)s percent")
            % {"entry": name, "small": one.entry.small, "medium": one.entry.medium,
               "large": one.entry.large}
            for name, one in zip(names, shown, strict=True)
        ),
        columns=[Column(_("Entry")), *(Column(f"{name}, %", numeric=True) for name in classes),
                 Column(_("Pattern")), Column(_("Source"))],
        rows=[[name, *one.entry.shares, str(one.pattern.name), one.entry.source]
              for name, one in zip(names, shown, strict=True)],
        # Where all is of one thing it stands once, below: a narrow screen has room for the bars.
        categories=names if len(covered) > 1 else [str(one.entry.year) for one in shown],
        series=[
            Series(
                name,
                [100 * value / whole for value, whole in zip(values, sums, strict=True)],
                labels=[f"{v:.0f}" for v in values],
                tones=[f"level-{tone}"],
            )
            for name, values, tone in zip(classes, by_class, (2, 3, 1), strict=True)
        ],
        scale=Scale(0, 100, 20, unit=" %"),
        note=_("%(coverage)s. Micro firms are left out.")
        % {"coverage": ", ".join(sorted(covered))},
    )  # fmt: skip


def _named(entry: SizeStructure) -> str:
    return f"{entry.year}, {entry.coverage}"
