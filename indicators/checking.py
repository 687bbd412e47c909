"""A file held against the database: what it says, what is wrong with it, what it would change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from countries.content.sentences import Sentence
from countries.queries import gazetteer
from countries.wording import worded
from indicators import importing, statements
from indicators.comparing import Counts, compare
from indicators.importing import Definition, Layout, Reference
from indicators.models import CurrentValue, Dataset
from indicators.rows import finished, queried

JUMPS_WITHIN = 1_000_000  # a larger dataset's past is not compared, so that memory stays bounded


@dataclass(frozen=True)
class Correction:
    """What a person said of a file: its layout, and which country or indicator a name means.

    "" leaves out what has that name. As JSON it is kept with an import, and as a recipe.
    """

    layout: Layout | None = None
    countries: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        layout = self.layout.to_data() if self.layout else None
        return {
            "layout": layout,
            "countries": dict(self.countries),
            "indicators": dict(self.indicators),
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any] | None) -> "Correction":
        """Raises importing.Refused where the layout is none."""
        if not data:
            return cls()
        layout = Layout.from_data(data["layout"]) if data["layout"] else None
        return cls(layout, data["countries"], data["indicators"])


@dataclass(frozen=True)
class Findings:
    """What reading and checking a file gave; `rows` are what can be committed."""

    reading: importing.Reading
    told: list[Sentence]
    undecided: list[importing.Undecided]
    errors: list[importing.Fault]
    warnings: list[importing.Fault]
    rejected: int
    new_indicators: dict[str, Definition]
    rows: pl.DataFrame
    counts: Counts
    samples: dict[str, list[dict[str, Any]]]

    def marked(self) -> bytes:
        """The file's tables as a workbook, the cells with faults marked, in today's language."""
        return importing.error_workbook(self.reading.copied(), self.errors + self.warnings, worded)


def examine(path: Path, dataset: Dataset, correction: Correction, *, is_complete: bool) -> Findings:
    """Read and check a file for a dataset and compare it with the current values; writes nothing.

    Raises importing.Refused, one sentence, where the file cannot be read at all.
    """
    reading = importing.read(path, layout=correction.layout)
    past, past_told = _past(dataset)
    checked = importing.check(reading, _reference(dataset, correction, past))
    rows = finished(checked.parts())
    counts, samples = compare(rows, dataset, is_complete=is_complete)
    faults = checked.faults
    return Findings(
        reading=reading,
        told=[one.message for one in (*checked.told, *past_told)],
        undecided=list(checked.undecided),
        errors=[one for one in faults if one.severity == importing.ERROR],
        warnings=[one for one in faults if one.severity == importing.WARNING],
        rejected=checked.rejected,
        new_indicators=checked.new_indicators,
        rows=rows,
        counts=counts,
        samples=samples,
    )


def _reference(dataset: Dataset, correction: Correction, past: pl.DataFrame) -> Reference:
    return Reference(
        places=gazetteer(is_fictional=dataset.is_fictional),
        indicators={
            one.code: Definition(one.code, one.title, one.unit, one.minimum, one.maximum)
            for one in dataset.indicators.all()
        },
        past=past,
        country_decisions=correction.countries,
        indicator_decisions=correction.indicators,
    )


def _past(dataset: Dataset) -> tuple[pl.DataFrame, list[importing.Told]]:
    """The values known before, and a sentence where they are too many to compare with."""
    known = CurrentValue.objects.filter(indicator__dataset=dataset)
    if known[: JUMPS_WITHIN + 1].count() <= JUMPS_WITHIN:
        return queried(statements.PAST, [dataset.pk], importing.PAST), []
    return importing.PAST.to_frame(), [importing.tell("past_too_large", most=JUMPS_WITHIN)]


def unreadable(refusal: importing.Refused) -> importing.Fault:
    """A file that cannot be read at all as a fault, which has no place: its row is 0."""
    expected, message = importing.READABLE, refusal.sentence
    return importing.Fault(importing.ERROR, "", 0, "", "unreadable", "", expected, message)


def in_words(fault: importing.Fault) -> dict[str, Any]:
    """A fault as JSON gives it, in English: its place, what was found and what was expected."""
    return {name: value for name, value in asdict(fault).items() if name != "severity"} | {
        "row": fault.row or None
    }


def kept(fault: importing.Fault) -> dict[str, Any]:
    """A fault to be stored: its sentences as data, so that readers get them in their language."""
    said = {name: getattr(fault, name).parts for name in ("expected", "message")}
    return {"severity": fault.severity, **in_words(fault), **said}
