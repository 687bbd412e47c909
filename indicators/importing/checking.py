"""All checks over all parts of a file: observations, faults, and what there is to tell."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from countries.content.sentences import Fact, filled

from . import messages
from .checks import (
    companions,
    countries,
    indicators,
    jumps,
    minus_one,
    periods,
    ranges,
    units,
    values,
)
from .checks.duplicates import duplicates, hashes, repeated
from .checks.known import Known
from .faults import ERROR, FAULT_SCHEMA, WARNINGS, Fault, Told, faults, place, tell
from .reading import Reading
from .reference import Definition, Reference, Undecided

OBSERVATIONS = pl.Schema(
    {
        "indicator": pl.String,
        "country": pl.String,
        "period": pl.String,
        "frequency": pl.String,
        "breakdown": pl.String,
        "value": pl.Float64,
        "flag": pl.String,
        "note": pl.String,
        "unit": pl.String,
        "standard_error": pl.Float64,
        "sample_size": pl.Int64,
        "sheet": pl.String,
        "row": pl.UInt32,
        "column": pl.String,
    }
)
"""What the database takes. A value is null only where a flag says why; blanks have no row."""

_CHECKS = (
    values.check,
    countries.check,
    indicators.check,
    periods.check,
    units.check,
    ranges.check,
    companions.check,
    jumps.check,
    minus_one.check,
)
_NAMED = 12


@dataclass(frozen=True)
class Checked:
    """The result. `rejected` counts the values with an error; `new_indicators` were not known.

    `undecided` are the names of countries that a person has to decide on.
    """

    told: tuple[Told, ...]
    rejected: int
    count: int
    new_indicators: dict[str, Definition]
    undecided: tuple[Undecided, ...]
    fault_frame: pl.DataFrame = field(repr=False)
    packed: list[bytes] = field(repr=False)

    @property
    def observations(self) -> pl.DataFrame:
        """Everything right, ready for the database (`OBSERVATIONS`); `parts` bounds memory."""
        return pl.concat([OBSERVATIONS.to_frame(), *self.parts()])

    def parts(self) -> Iterator[pl.DataFrame]:
        """The observations in pieces, in the order of the file."""
        for piece in self.packed:
            yield _unpacked(piece)

    @cached_property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the file."""
        return faults(self.fault_frame)

    @property
    def errors(self) -> list[Fault]:
        """The faults that reject a value."""
        return [fault for fault in self.faults if fault.severity == ERROR]


def check(reading: Reading, reference: Reference) -> Checked:
    """Hold every cell of the file against the reference. Raises Refused as reading does."""
    known = Known(reading.layout, reference, reading.columns())
    found: list[pl.DataFrame] = []
    packed: list[bytes] = []
    keys: list[pl.Series] = []
    used: set[str] = set()
    count = rejected = 0
    for part in reading.parts():
        found.append(part.faults)
        rejected += part.faults.height
        cells = part.cells.with_columns(wrong=pl.lit(value=False))
        for rule in _CHECKS:
            cells, of_rule = rule(cells, known)
            found.append(of_rule)
        rejected += int(cells["wrong"].sum())
        right = cells.filter(~pl.col("wrong")).select(OBSERVATIONS.names())
        keys.append(hashes(right))
        packed.append(_packed(right))
        count += right.height
        used.update(right["indicator"].unique())
    told = list(reading.told)
    if keys and (twice := repeated(keys)).len():
        doubled = duplicates(_suspects(packed, keys, twice))
        _drop(packed, doubled.dropped)
        found.append(doubled.faults)
        rejected += doubled.conflicting
        count -= doubled.dropped.height
        told += _repeated_told(doubled.agreeing)
    frame = pl.concat([FAULT_SCHEMA.to_frame(), *found])
    new = {code: each for code, each in known.new_indicators.items() if code in used}
    return Checked(
        told=(*told, *_told(known, new)),
        rejected=rejected,
        count=count,
        new_indicators=new,
        undecided=tuple(known.undecided.values()),
        fault_frame=_in_order(frame, reading),
        packed=packed,
    )


def _packed(frame: pl.DataFrame) -> bytes:
    """A piece compressed: millions of rows with few different texts take little memory so."""
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def _unpacked(piece: bytes) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(piece))


def _suspects(
    packed: list[bytes], keys: list[pl.Series], twice: pl.Series
) -> Iterator[pl.DataFrame]:
    for number, (piece, numbers) in enumerate(zip(packed, keys, strict=True)):
        suspect = numbers.is_in(twice.implode())
        if suspect.any():
            frame = _unpacked(piece).with_row_index("_at").filter(suspect)
            yield frame.with_columns(_part=pl.lit(number, pl.UInt32))


def _drop(packed: list[bytes], dropped: pl.DataFrame) -> None:
    for (number,), rows in dropped.group_by("_part"):
        place = int(number)
        frame = _unpacked(packed[place]).with_row_index("_at")
        packed[place] = _packed(frame.join(rows, on="_at", how="anti").drop("_at"))


def _in_order(frame: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    order = {sheet.sheet: number for number, sheet in enumerate(reading.layout.sheets)}
    return frame.sort(
        pl.col("sheet").replace_strict(order, default=len(order), return_dtype=pl.UInt32),
        "row",
        pl.col("code").is_in(WARNINGS),
        pl.col("column").str.len_chars(),
        "column",
        maintain_order=True,
    )


def _repeated_told(agreeing: pl.DataFrame) -> list[Told]:
    if agreeing.is_empty():
        return []
    places = [
        filled(messages.SAME_PLACES, place=place(**one), first=place(**first))
        for one, first in agreeing.head(_NAMED).iter_rows()
    ]
    return [tell("repeated", count=agreeing.height, places=_listed(places, agreeing.height))]


def _told(known: Known, new: dict[str, Definition]) -> Iterator[Told]:
    tallies = known.tallies
    for code in known.below_zero:
        tallies.get("minus_one", Counter()).pop(code, None)
    marked = ("missing_marks", "footnote_marks", "footnote_periods")
    for what, tally in tallies.items():
        if not tally:
            continue
        names = [str(name) for name, _ in tally.most_common(_NAMED)]
        listed = _listed(names, len(tally))
        if what in marked:
            yield tell(what, count=tally.total(), marks=listed)
        elif what == "aggregates":
            yield tell(what, count=len(tally), names=listed)
        elif what == "year_dates":
            yield tell(what, found=names[0])
        else:
            yield tell(what, count=tally.total(), names=listed)
    if new:
        yield tell("indicators_new", count=len(new), names=_listed([*new][:_NAMED], len(new)))


def _listed(names: Sequence[str], count: int) -> Fact:
    more = count - len(names)
    return filled(messages.AND_MORE, names=tuple(names), more=more) if more > 0 else tuple(names)
