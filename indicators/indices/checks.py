"""The rules a specification keeps beyond its shape."""

from collections import Counter
from collections.abc import Iterator

from countries.content.faults import Finding, Path, path_text, unknown

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
        yield Finding(("data",), 'Name either a "file" or a "dataset".')
    if not specification.indicators:
        yield Finding(("indicators",), "An index needs an indicator.")
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
            yield Finding((*path, "code"), "The code is empty.")
        elif row.code in seen:
            message = f'The code "{row.code}" is taken by {path_text(seen[row.code])}.'
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
            yield Finding((*path, "parent"), unknown("aggregate", row.parent, known))
        elif not row.parent and isinstance(row, Indicator) and len(known) > 1:
            message = '"parent" is missing; with several aggregates an indicator needs it.'
            yield Finding((*path, "parent"), message)
    tops = [at for at, one in enumerate(aggregates) if not one.parent]
    for at in tops[1:]:
        message = f"Only one aggregate may have no parent; {aggregates[tops[0]].code} has none."
        yield Finding(("aggregates", at, "parent"), message)
    if aggregates and not tops:
        yield Finding(("aggregates",), "One aggregate must have no parent: it is the index.")
    for at, one in enumerate(aggregates):
        way, code = [one.code], one.parent
        while code in parents and code not in way:
            way.append(code)
            code = parents[code]
        if code == one.code:
            message = f"Goes round in a circle: {', '.join([*way, code])}."
            yield Finding(("aggregates", at, "parent"), message)
        below = [r.weight for r in specification.members() if r.parent == one.code]
        if len(aggregates) == 1:
            below += [r.weight for r in specification.indicators if not r.parent]
        if not below:
            yield Finding(("aggregates", at), f"Nothing has {one.code} for its parent.")
        elif not any(weight > 0 for weight in below):
            yield Finding(("aggregates", at), f"All children of {one.code} have weight 0.")


def _indicator(specification: Specification, one: Indicator, path: Path) -> Iterator[Finding]:
    step = specification.normalise
    if one.direction not in (1, -1):
        yield Finding((*path, "direction"), f"Expected 1 or -1, found {one.direction}.")
    elif one.direction == -1 and step is None:
        message = "Less is better (-1), but no step normalises, which would turn it round."
        yield Finding((*path, "direction"), message)
    yield from _weight(one.weight, path)
    if one.scale == 0:
        yield Finding((*path, "scale"), "Expected a number other than 0.")
    if one.normalise and one.normalise not in NORMALISING:
        message = unknown("way to normalise", one.normalise, NORMALISING)
        yield Finding((*path, "normalise"), message)
    elif one.normalise and step is None:
        yield Finding((*path, "normalise"), 'Add the step "normalise", which this departs from.')
    method = one.normalise or (step.method if step else "")
    if one.goalposts and not (len(one.goalposts) == 2 and one.goalposts[0] < one.goalposts[1]):
        yield Finding((*path, "goalposts"), "Expected two numbers, the lower one first.")
    elif method == "goalposts" and not one.goalposts:
        message = f'"goalposts" is missing; {one.code} is normalised between them.'
        yield Finding((*path, "goalposts"), message)
    if (
        method == "distance_to_reference"
        and one.reference is None
        and not (step and step.reference)
    ):
        message = f'"reference" is missing here and in the step normalise; {one.code} needs one.'
        yield Finding((*path, "reference"), message)


def _aggregate(one: Aggregate, path: Path) -> Iterator[Finding]:
    yield from _weight(one.weight, path)
    if one.method and one.method not in MEANS:
        yield Finding((*path, "method"), unknown("mean", one.method, MEANS))
    if one.availability is not None:
        yield from _share(one.availability, (*path, "availability"))


def _steps(specification: Specification) -> Iterator[Finding]:
    if screen := specification.screen:
        yield from _share(screen.availability, ("screen", "availability"))
        yield from _share(screen.non_zero, ("screen", "non_zero"))
    if impute := specification.impute:
        if impute.method not in IMPUTING:
            yield Finding(("impute", "method"), unknown("way to impute", impute.method, IMPUTING))
        elif impute.method.startswith("group") and not impute.group:
            message = f'"group" is missing; {impute.method} needs a column of the data.'
            yield Finding(("impute", "group"), message)
        if impute.max_years is not None and impute.max_years < 0:
            yield Finding(("impute", "max_years"), "Expected a whole number from 0.")
    if treat := specification.treat:
        if treat.winsorise < 0:
            yield Finding(("treat", "winsorise"), "Expected a whole number from 0.")
        for key, mark in (("skewness", treat.skewness), ("kurtosis", treat.kurtosis)):
            if mark < 0:
                yield Finding(("treat", key), f"Expected a number from 0, found {mark:g}.")
    if normalise := specification.normalise:
        if normalise.method not in NORMALISING:
            message = unknown("way to normalise", normalise.method, NORMALISING)
            yield Finding(("normalise", "method"), message)
        if not (len(normalise.range) == 2 and normalise.range[0] < normalise.range[1]):
            yield Finding(("normalise", "range"), "Expected two numbers, the lower one first.")
        if normalise.deviation <= 0:
            yield Finding(("normalise", "deviation"), "Expected a number above 0.")
    if specification.weights not in WEIGHING:
        yield Finding(("weights",), unknown("way to weigh", specification.weights, WEIGHING))
    means = specification.aggregate
    for at, method in enumerate(means.method):
        if method not in MEANS:
            yield Finding(("aggregate", "method", at), unknown("mean", method, MEANS))
    for at, share in enumerate(means.availability):
        yield from _share(share, ("aggregate", "availability", at))
    if not means.method or not means.availability:
        yield Finding(("aggregate",), "Expected a mean and a share for each level, or one for all.")


def alternative_findings(specification: Specification) -> Iterator[Finding]:
    """Everything wrong in the part `uncertainty` by itself."""
    uncertainty = specification.uncertainty
    if uncertainty is None:
        return
    path: Path = ("uncertainty",)
    if not 1 <= uncertainty.runs <= MOST_RUNS:
        message = f"Expected a whole number from 1 to {MOST_RUNS}, found {uncertainty.runs}."
        yield Finding((*path, "runs"), message)
    if uncertainty.sobol < 0 or uncertainty.sobol & (uncertainty.sobol - 1):
        message = f"Expected a power of two, or 0 for none, found {uncertainty.sobol}."
        yield Finding((*path, "sobol"), message)
    elif uncertainty.sobol * (len(uncertainty.vary) + 2) > MOST_RUNS:
        yield Finding((*path, "sobol"), f"The design would have more than {MOST_RUNS} runs.")
    if uncertainty.seed < 0:
        yield Finding((*path, "seed"), "Expected a whole number from 0.")
    if not uncertainty.vary:
        yield Finding((*path, "vary"), "Name at least one thing that could be done otherwise.")
    counts = Counter(one.what for one in uncertainty.vary)
    for at, one in enumerate(uncertainty.vary):
        here: Path = (*path, "vary", at)
        if one.what.split(".")[0] not in STEPS:
            yield Finding((*here, "what"), unknown("step", one.what.split(".")[0], list(STEPS)))
        if counts[one.what] > 1:
            yield Finding((*here, "what"), f'"{one.what}" is varied twice.')
        if bool(one.among) == bool(one.by):
            yield Finding(here, 'Name either what it is "among", or "by" how much weights move.')
        elif one.by and (one.what != "weights" or not 0 < one.by <= 1):
            message = 'Only "weights" move by a share, above 0 and at most 1.'
            yield Finding((*here, "by"), message)


def _weight(weight: float, path: Path) -> Iterator[Finding]:
    if weight < 0:
        yield Finding((*path, "weight"), f"Expected a number from 0, found {weight:g}.")


def _share(share: float, path: Path) -> Iterator[Finding]:
    if not 0 <= share <= 1:
        yield Finding(path, f"Expected a share from 0 to 1, found {share:g}.")
