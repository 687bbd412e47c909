"""Computing a report again from its bundle alone, and comparing every value.

What the report says is proved by its snapshot: its hash is the one on every page of the report.
So the answers and settings in the bundle are held against the snapshot's, and what is computed of
them against its result.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isclose
from typing import Any

from diagnostics.authoring.canonical import canonical_json
from diagnostics.scoring.change import Earlier, Scored, since
from diagnostics.scoring.rounds import METHOD_VERSION, score_round
from diagnostics.scoring.witness import Observation
from reports.bundles import contents, gathering
from reports.bundles.contents import Bundle
from reports.bundles.opening import BundleFault

TOLERANCE = 1e-9
KEYS_OF_ROWS = ("code", "theme", "item")
MISSING = "(missing)"
# What later releases tell besides, without any other number: reports made before lack it.
ADDED_SINCE = {"instrument > rule"}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class OtherMethod(ValueError):
    """The report was computed by another version of the method than this release has."""


@dataclass(frozen=True)
class Difference:
    """One value that is not the report's: where, what its snapshot has, what was found."""

    place: str
    expected: Any
    found: Any


@dataclass
class Outcome:
    """`compared` values were held against each other; sentences that read otherwise while all
    numbers are the same are no differences, their places are in `reworded`.

    `sha256` is that of the snapshot, "" where there is none; `faults` say that it is not the one
    asked for; `foreign` inputs are not the snapshot's, `differences` are of what was computed.
    """

    sha256: str = ""
    faults: list[str] = field(default_factory=list)
    foreign: list[Difference] = field(default_factory=list)
    compared: int = 0
    differences: list[Difference] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        return not (self.faults or self.foreign or self.differences)


def rerun(bundle: Bundle, published: str = "") -> Outcome:
    """Compute the round again and compare it with what the report says.

    `published` is the hash that the report carries, where it is known. Counts, stages and codes are
    equal exactly, reals within 1e-9. Raises OtherMethod where this release computes by another
    method_version, BundleFault where the inputs do not fit together.
    """
    manifest = bundle.manifest
    if manifest.method_version != METHOD_VERSION:
        raise OtherMethod(
            f"The report was computed by method {manifest.method_version}; this release computes "
            f"by method {METHOD_VERSION}. Release {manifest.code_version} reproduces it."
        )
    expected = dict(bundle.expected)
    expected.pop("sentences", None)  # what they are made of; they themselves are compared
    outcome = Outcome()
    _prove(bundle, published, outcome)
    before_is_missing = bool(manifest.previous and bundle.previous is None)
    if before_is_missing:
        expected.pop("change", None)
        outcome.not_checked.append(manifest.left_out)
    try:
        found = computed(bundle)
    except ValueError as fault:
        raise BundleFault(f"It cannot be computed: {fault}") from None
    if before_is_missing:
        del found["change"]
    for place, one, other in _pairs(expected, _plain(found)):
        if one == MISSING and place in ADDED_SINCE:
            continue
        outcome.compared += 1
        if _is_sentence(one) and _is_sentence(other) and _numbers(one) == _numbers(other):
            if one != other:
                outcome.reworded.append(place)
        elif not _same(one, other):
            outcome.differences.append(Difference(place, one, other))
    return outcome


def _prove(bundle: Bundle, published: str, outcome: Outcome) -> None:
    """Hold the snapshot against its hash, and the bundle's inputs against the snapshot."""
    if bundle.snapshot is None:
        outcome.not_checked.append(
            f"This bundle is of format {contents.BEFORE_SNAPSHOTS}, which has no snapshot: whether "
            f"its answers, its settings and {contents.EXPECTED} are the report's cannot be checked."
        )
        if published:
            outcome.faults.append("There is no snapshot to hold against the SHA-256 given.")
        return
    outcome.sha256 = gathering.sha256_of(bundle.snapshot)
    for said, whose in (
        (bundle.manifest.report.sha256, f"that {contents.MANIFEST} names"),
        (published, "given"),
    ):
        if said and said != outcome.sha256:
            outcome.faults.append(
                f"The snapshot's SHA-256 is {outcome.sha256}, not the one {whose}, {said}."
            )
    try:
        own = gathering.gathered(bundle.snapshot, version=bundle.manifest.report.version)
    except (LookupError, TypeError, AttributeError, ValueError):
        raise BundleFault(f"{contents.SNAPSHOT}: this is no snapshot of a report.") from None
    pairs = _pairs(_inputs(own), _inputs(bundle))
    outcome.foreign = [Difference(*one) for one in pairs if not _same(one[1], one[2])]


def _inputs(bundle: Bundle) -> dict[str, Any]:
    """What went into the numbers and stands in the snapshot too, by its file in the bundle.

    Of the round before and of an edition's parent only the results are in the snapshot; the
    report's hash is compared apart.
    """
    manifest = bundle.manifest.model_dump(exclude={"format": True, "left_out": True,
                                                   "report": {"sha256"}})  # fmt: skip
    if manifest["previous"]:
        del manifest["previous"]["sheets"]
    sheets = {
        sheet.name: {
            code: {"status": given.status.value, "answers": [one.value for one in given.answers]}
            for code, given in sheet.responses.items()
        }
        for sheet in bundle.round.sheets
    }
    return {
        contents.MANIFEST: manifest,
        contents.INSTRUMENT: json.loads(canonical_json(bundle.round.instrument)),
        contents.SHEETS: sheets,
        contents.OBSERVATIONS: list(bundle.observations),
    }


def computed(bundle: Bundle) -> dict[str, Any]:
    """The result of the round, as a worker computes it (`diagnostics.work`)."""
    manifest, round = bundle.manifest, bundle.round
    heard = [
        Observation(row["code"], row["year"], row["value"], row["source"])
        for row in bundle.observations
    ]
    result = score_round(
        round.instrument,
        round.sheets,
        draws=manifest.draws,
        seed=manifest.seed,
        observations=heard,
        end_year=manifest.end_year,
        settled=manifest.settled,
        parent=bundle.parent,
    )
    change = None
    if manifest.previous and bundle.previous:
        then = manifest.previous
        earlier = Earlier(
            title=then.title,
            period=(then.period[0], then.period[1]),
            round=then.round,
            submission=then.submission,
            scored=Scored(bundle.previous.instrument, bundle.previous.sheets),
        )
        newer = Scored(round.instrument, round.sheets)
        change = since(earlier, newer, draws=manifest.draws, seed=manifest.seed)
    return result | {"observations": list(bundle.observations), "change": change}


def _plain(value: Any) -> Any:
    """The value as JSON keeps it: lists for tuples, texts for keys."""
    return json.loads(json.dumps(value, allow_nan=False))


def _pairs(expected: Any, found: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every value of either side with the other's, MISSING where the other has none."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key in {**expected, **found}:
            one, other = expected.get(key, MISSING), found.get(key, MISSING)
            yield from _pairs(one, other, f"{place} > {key}" if place else key)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _pairs(one, other, f"{place} > {_name(one, at)}")
    else:
        yield place, expected, found


def _name(row: Any, at: int) -> str:
    """What a row of a list is called: by its code, or by its number from 1."""
    if isinstance(row, Mapping):
        for key in KEYS_OF_ROWS:
            if isinstance(row.get(key), str):
                return str(row[key])
    return str(at + 1)


def _is_sentence(value: Any) -> bool:
    """Words for readers, not a code: codes have no space. Numbers in them are compared."""
    return isinstance(value, str) and " " in value and value != MISSING


def _numbers(sentence: str) -> list[str]:
    return NUMBER.findall(sentence)


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, float) or isinstance(found, float):
        return (
            isinstance(expected, int | float)
            and isinstance(found, int | float)
            and isclose(expected, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        )
    return bool(expected == found)
