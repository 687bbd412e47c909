"""The rules a specification keeps beyond its shape."""

from collections import Counter
from collections.abc import Iterator

from countries.content.faults import Finding, Path, path_text, unknown
from countries.content.sentences import _

from .specification import (
    IMPUTING,
    MEANS,
    NORMALISING,
    WEIGHING,
    Aggregate,
    Indicator,
    Member,
    Specification,
)

STEPS = ("screen", "impute", "treat", "normalise", "weights", "aggregate")
MOST_RUNS = 100_000


def findings_in(specification: Specification) -> Iterator[Finding]:
    """Everything wrong in a specification, alternatives apart (docs/index-format.md)."""
    data = specification.data
    if bool(data.file) == bool(data.dataset):
        yield Finding(("data",), _('Name either a "file" or a "dataset".'))
    if not specification.indicators:
        yield Finding(("indicators",), _("An index needs an indicator."))
    yield from _codes(specification)
    yield from _parents(specification)
    for at, one in enumerate(specification.indicators):
        yield from _indicator(specification, one, ("indicators", at))
    for at, aggregate in enumerate(specification.aggregates):
        yield from _aggregate(aggregate, ("aggregates", at))
    yield from _steps(specification)


def _codes(specification: Specification) -> Iterator[Finding]:
    seen: dict[str, Path] = {}
    for path, row in _members(specification):
        if not row.code:
            yield Finding((*path, "code"), _("The code is empty."))
        elif row.code in seen:
            message = _(
                'The code "%(code)s" is taken by %(place)s.',
                code=row.code,
                place=path_text(seen[row.code]),
            )
            yield Finding((*path, "code"), message)
        seen.setdefault(row.code, path)


def _members(specification: Specification) -> Iterator[tuple[Path, Member]]:
    for at, indicator in enumerate(specification.indicators):
        yield ("indicators", at), indicator
    for at, aggregate in enumerate(specification.aggregates):
        yield ("aggregates", at), aggregate


def _parents(specification: Specification) -> Iterator[Finding]:
    aggregates = specification.aggregates
    known = [one.code for one in aggregates]
    parents = {one.code: one.parent for one in aggregates}
    for path, row in _members(specification):
        if row.parent and row.parent not in known:
            yield Finding((*path, "parent"), unknown(_("aggregate"), row.parent, known))
        elif not row.parent and isinstance(row, Indicator) and len(known) > 1:
            message = _('"parent" is missing; with several aggregates an indicator needs it.')
            yield Finding((*path, "parent"), message)
    tops = [at for at, one in enumerate(aggregates) if not one.parent]
    for at in tops[1:]:
        message = _(
            "Only one aggregate may have no parent; %(code)s has none.",
            code=aggregates[tops[0]].code,
        )
        yield Finding(("aggregates", at, "parent"), message)
    if aggregates and not tops:
        yield Finding(("aggregates",), _("One aggregate must have no parent: it is the index."))
    for at, one in enumerate(aggregates):
        way, code = [one.code], one.parent
        while code in parents and code not in way:
            way.append(code)
            code = parents[code]
        if code == one.code:
            message = _("Goes round in a circle: %(way)s.", way=(*way, code))
            yield Finding(("aggregates", at, "parent"), message)
        below = [r.weight for r in specification.members() if r.parent == one.code]
        if len(aggregates) == 1:
            below += [r.weight for r in specification.indicators if not r.parent]
        if not below:
            yield Finding(
                ("aggregates", at), _("Nothing has %(code)s for its parent.", code=one.code)
            )
        elif not any(weight > 0 for weight in below):
            yield Finding(
                ("aggregates", at), _("All children of %(code)s have weight 0.", code=one.code)
            )
    weights = [one.weight for one in specification.indicators]
    if weights and not aggregates and not any(weight > 0 for weight in weights):
        yield Finding(("indicators",), _("All indicators have weight 0."))


def _indicator(specification: Specification, one: Indicator, path: Path) -> Iterator[Finding]:
    step = specification.normalise
    if one.direction not in (1, -1):
        yield Finding(
            (*path, "direction"), _("Expected 1 or -1, found %(found)s.", found=str(one.direction))
        )
    elif one.direction == -1 and step is None:
        message = _("Less is better (-1), but no step normalises, which would turn it round.")
        yield Finding((*path, "direction"), message)
    yield from _weight(one.weight, path)
    if one.scale == 0:
        yield Finding((*path, "scale"), _("Expected a number other than 0."))
    if one.normalise and one.normalise not in NORMALISING:
        known = unknown(_("way to normalise"), one.normalise, NORMALISING)
        yield Finding((*path, "normalise"), known)
    elif one.normalise and step is None:
        yield Finding((*path, "normalise"), _('Add the step "normalise", which this departs from.'))
    method = one.normalise or (step.method if step else "")
    if one.goalposts and not (len(one.goalposts) == 2 and one.goalposts[0] < one.goalposts[1]):
        yield Finding((*path, "goalposts"), _("Expected two numbers, the lower one first."))
    elif method == "goalposts" and not one.goalposts:
        message = _('"goalposts" is missing; %(code)s is normalised between them.', code=one.code)
        yield Finding((*path, "goalposts"), message)
    if (
        method == "distance_to_reference"
        and one.reference is None
        and not (step and step.reference)
    ):
        message = _(
            '"reference" is missing here and in the step normalise; %(code)s needs one.',
            code=one.code,
        )
        yield Finding((*path, "reference"), message)


def _aggregate(one: Aggregate, path: Path) -> Iterator[Finding]:
    yield from _weight(one.weight, path)
    if one.method and one.method not in MEANS:
        yield Finding((*path, "method"), unknown(_("mean"), one.method, MEANS))
    if one.availability is not None:
        yield from _share(one.availability, (*path, "availability"))


def _steps(specification: Specification) -> Iterator[Finding]:
    if screen := specification.screen:
        yield from _share(screen.availability, ("screen", "availability"))
        yield from _share(screen.non_zero, ("screen", "non_zero"))
    if impute := specification.impute:
        if impute.method not in IMPUTING:
            yield Finding(
                ("impute", "method"), unknown(_("way to impute"), impute.method, IMPUTING)
            )
        elif impute.method.startswith("group") and not impute.group:
            message = _(
                '"group" is missing; %(method)s needs a column of the data.', method=impute.method
            )
            yield Finding(("impute", "group"), message)
        if impute.max_years is not None and impute.max_years < 0:
            yield Finding(("impute", "max_years"), _("Expected a whole number from 0."))
    if treat := specification.treat:
        if treat.winsorise < 0:
            yield Finding(("treat", "winsorise"), _("Expected a whole number from 0."))
        for key, mark in (("skewness", treat.skewness), ("kurtosis", treat.kurtosis)):
            if mark < 0:
                yield Finding(
                    ("treat", key),
                    _("Expected a number from 0, found %(found)s.", found=f"{mark:g}"),
                )
    if normalise := specification.normalise:
        if normalise.method not in NORMALISING:
            known = unknown(_("way to normalise"), normalise.method, NORMALISING)
            yield Finding(("normalise", "method"), known)
        if not (len(normalise.range) == 2 and normalise.range[0] < normalise.range[1]):
            yield Finding(("normalise", "range"), _("Expected two numbers, the lower one first."))
        if normalise.deviation <= 0:
            yield Finding(("normalise", "deviation"), _("Expected a number above 0."))
    if specification.weights not in WEIGHING:
        yield Finding(("weights",), unknown(_("way to weigh"), specification.weights, WEIGHING))
    means = specification.aggregate
    for at, method in enumerate(means.method):
        if method not in MEANS:
            yield Finding(("aggregate", "method", at), unknown(_("mean"), method, MEANS))
    for at, share in enumerate(means.availability):
        yield from _share(share, ("aggregate", "availability", at))
    if not means.method or not means.availability:
        yield Finding(
            ("aggregate",), _("Expected a mean and a share for each level, or one for all.")
        )


def alternative_findings(specification: Specification) -> Iterator[Finding]:
    """Everything wrong in the part `uncertainty` by itself."""
    uncertainty = specification.uncertainty
    if uncertainty is None:
        return
    path: Path = ("uncertainty",)
    if not 1 <= uncertainty.runs <= MOST_RUNS:
        message = _(
            "Expected a whole number from 1 to %(most)s, found %(found)s.",
            most=MOST_RUNS,
            found=str(uncertainty.runs),
        )
        yield Finding((*path, "runs"), message)
    if uncertainty.sobol < 0 or uncertainty.sobol & (uncertainty.sobol - 1):
        message = _(
            "Expected a power of two, or 0 for none, found %(found)s.", found=str(uncertainty.sobol)
        )
        yield Finding((*path, "sobol"), message)
    elif uncertainty.sobol * (len(uncertainty.vary) + 2) > MOST_RUNS:
        yield Finding(
            (*path, "sobol"), _("The design would have more than %(most)s runs.", most=MOST_RUNS)
        )
    if uncertainty.seed < 0:
        yield Finding((*path, "seed"), _("Expected a whole number from 0."))
    if not uncertainty.vary:
        yield Finding((*path, "vary"), _("Name at least one thing that could be done otherwise."))
    counts = Counter(one.what for one in uncertainty.vary)
    for at, one in enumerate(uncertainty.vary):
        here: Path = (*path, "vary", at)
        if one.what.split(".")[0] not in STEPS:
            yield Finding((*here, "what"), unknown(_("step"), one.what.split(".")[0], list(STEPS)))
        if counts[one.what] > 1:
            yield Finding((*here, "what"), _('"%(what)s" is varied twice.', what=one.what))
        if bool(one.among) == bool(one.by):
            yield Finding(here, _('Name either what it is "among", or "by" how much weights move.'))
        elif one.by and (one.what != "weights" or not 0 < one.by <= 1):
            message = _('Only "weights" move by a share, above 0 and at most 1.')
            yield Finding((*here, "by"), message)


def _weight(weight: float, path: Path) -> Iterator[Finding]:
    if weight < 0:
        yield Finding(
            (*path, "weight"), _("Expected a number from 0, found %(found)s.", found=f"{weight:g}")
        )


def _share(share: float, path: Path) -> Iterator[Finding]:
    if not 0 <= share <= 1:
        yield Finding(path, _("Expected a share from 0 to 1, found %(found)s.", found=f"{share:g}"))
