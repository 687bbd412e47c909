"""What is in a bundle: everything a report's numbers were computed from, and the numbers.

A bundle is a ZIP of the files named here; `bundle.json` has the shape of `Manifest`. In it is no
more than in the snapshot, which everybody may read who reads the report.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from diagnostics.authoring.canonical import canonical_json
from diagnostics.scoring.instrument import Instrument, Sheet
from diagnostics.scoring.sheets_csv import write_sheets

FORMAT = 2
BEFORE_SNAPSHOTS = 1  # in place of the snapshot it has its result alone, as expected.json
MOST_DRAWS = 1_000_000

README = "README.txt"
MANIFEST = "bundle.json"
INSTRUMENT = "instrument.json"
PARENT = "parent.json"
SHEETS = "sheets.csv"
OBSERVATIONS = "observations.json"
PREVIOUS_INSTRUMENT = "previous/instrument.json"
PREVIOUS_SHEETS = "previous/sheets.csv"
SNAPSHOT = "snapshot.json"
EXPECTED = "expected.json"

SMALLEST_DATE = (1980, 1, 1, 0, 0, 0)  # the same content is the same file, whenever it is made


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Named(_Part):
    """A sheet as its rows in the CSV name it, whose it is, and the themes assigned to it."""

    name: str
    organisation: str | None
    panel: str
    themes: list[str]


class About(_Part):
    """The report version whose numbers these are; `sha256` is that of its snapshot."""

    title: str
    subject: str
    period: list[str] = Field(min_length=2, max_length=2)
    version: int
    sha256: str
    provenance: str
    label: str


class Previous(_Part):
    """The round that the report compares itself with."""

    title: str
    period: list[str] = Field(min_length=2, max_length=2)
    round: int
    submission: int
    sheets: list[Named]


class Manifest(_Part):
    """`end_year` is None where no indicator was heard. `left_out` says in words why the inputs
    of the previous round are not here, "" where they are or where there is none.
    """

    format: int
    report: About
    method_version: str
    code_version: str
    draws: int = Field(ge=0, le=MOST_DRAWS)
    seed: int = Field(ge=0)
    end_year: int | None
    settled: list[str]
    sheets: list[Named]
    previous: Previous | None
    left_out: str


@dataclass(frozen=True)
class Round:
    """The instrument and the sheets of one round."""

    instrument: Instrument
    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class Bundle:
    """A bundle as it is written and read.

    `snapshot` is the text whose hash the report carries, None in a bundle of the first format;
    `expected` is its result, what the report says.
    """

    manifest: Manifest
    round: Round
    parent: Instrument | None
    observations: Sequence[Mapping[str, Any]]
    previous: Round | None
    expected: Mapping[str, Any]
    snapshot: str | None


def written(bundle: Bundle, readme: str) -> bytes:
    """The bundle as a ZIP, `readme` in it: the same bundle, the same bytes."""
    if bundle.snapshot is None:
        raise ValueError("A bundle without its snapshot is only read.")
    files = {
        README: readme,
        MANIFEST: _json(bundle.manifest.model_dump()),
        INSTRUMENT: canonical_json(bundle.round.instrument),
        SHEETS: write_sheets(bundle.round.sheets, bundle.round.instrument),
        OBSERVATIONS: _json(bundle.observations),
        SNAPSHOT: bundle.snapshot,
    }
    if bundle.parent:
        files[PARENT] = canonical_json(bundle.parent)
    if bundle.previous:
        files[PREVIOUS_INSTRUMENT] = canonical_json(bundle.previous.instrument)
        files[PREVIOUS_SHEETS] = write_sheets(bundle.previous.sheets, bundle.previous.instrument)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, SMALLEST_DATE), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
