"""Opening a bundle that comes from anywhere: known names, bounded sizes, every fault in words."""

import json
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from diagnostics.authoring.canonical import from_data
from diagnostics.scoring.instrument import Instrument, Sheet
from diagnostics.scoring.sheets_csv import SheetsFault, read_sheets
from reports.bundles import contents
from reports.bundles.contents import Bundle, Manifest, Named, Round

NEEDED = (contents.MANIFEST, contents.INSTRUMENT, contents.SHEETS, contents.OBSERVATIONS)
RESULT = {  # where the report's result stands, by format
    contents.BEFORE_SNAPSHOTS: contents.EXPECTED,
    contents.FORMAT: contents.SNAPSHOT,
}
KNOWN = {
    *NEEDED,
    *RESULT.values(),
    contents.README,
    contents.PARENT,
    contents.PREVIOUS_INSTRUMENT,
    contents.PREVIOUS_SHEETS,
}
MOST_BYTES = 64 * 2**20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class BundleFault(ValueError):
    """A bundle that cannot be used, in one sentence with its place."""


def opened(path: Path) -> Bundle:
    """Read a bundle. Raises BundleFault with the file and what is wrong with it."""
    files = _files(path)
    manifest = _manifest(files)
    instrument = _instrument(files, contents.INSTRUMENT)
    observations = _json(files, contents.OBSERVATIONS)
    expected, snapshot = _told(files, RESULT[manifest.format])
    if not isinstance(observations, list) or not all(map(_is_observation, observations)):
        raise BundleFault(
            f"{contents.OBSERVATIONS}: a list is expected of values with code, year, value, source."
        )
    previous = None
    if manifest.previous and contents.PREVIOUS_SHEETS in files:
        then = _instrument(files, contents.PREVIOUS_INSTRUMENT)
        rows = _sheets(files, contents.PREVIOUS_SHEETS, then, manifest.previous.sheets)
        previous = Round(then, rows)
    return Bundle(
        manifest,
        Round(instrument, _sheets(files, contents.SHEETS, instrument, manifest.sheets)),
        _instrument(files, contents.PARENT) if contents.PARENT in files else None,
        observations,
        previous,
        expected,
        snapshot,
    )


def _told(files: dict[str, bytes], name: str) -> tuple[dict[str, Any], str | None]:
    """What the report says, and the snapshot's text where it stands in one."""
    data = _json(files, name)
    result = data
    if name == contents.SNAPSHOT:
        result = data.get("result") if isinstance(data, dict) else None
    if not isinstance(result, dict):
        raise BundleFault(f"{name}: the result of a round is expected, by its keys.")
    return result, files[name].decode() if name == contents.SNAPSHOT else None


def _files(path: Path) -> dict[str, bytes]:
    """The content of each file by its name; nothing is written anywhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            _check_names(names)
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BundleFault(f"Unpacked it is larger than {MOST_BYTES // 2**20} MB.")
            # A file is never read beyond the size that its entry gives.
            return {name: archive.read(name) for name in names}
    except OSError as fault:
        raise BundleFault(f"It cannot be read: {fault.strerror}.") from None
    except BROKEN as fault:
        raise BundleFault(f"This is no ZIP file that can be read ({fault}).") from None


def _check_names(names: list[str]) -> None:
    for name in names:
        if name not in KNOWN:
            raise BundleFault(f'The file "{name}" does not belong in a bundle.')
        if names.count(name) > 1:
            raise BundleFault(f"The file {name} is in it twice.")
    for name in NEEDED:
        if name not in names:
            raise BundleFault(f"The file {name} is missing.")


def _manifest(files: dict[str, bytes]) -> Manifest:
    data = _json(files, contents.MANIFEST)
    given = data.get("format") if isinstance(data, dict) else None
    if type(given) is not int or given not in RESULT:
        raise BundleFault(
            f"{contents.MANIFEST}: the format is {given}; this release reads "
            f"{' and '.join(map(str, RESULT))}."
        )
    for number, name in RESULT.items():
        if number != given and name in files:
            raise BundleFault(f"The file {name} does not belong in a bundle of format {given}.")
    try:
        return Manifest.model_validate(data)
    except ValidationError as fault:
        raise BundleFault(f"{contents.MANIFEST}: {_first(fault)}") from None


def _instrument(files: dict[str, bytes], name: str) -> Instrument:
    try:
        return from_data(_json(files, name))
    except ValidationError as fault:
        raise BundleFault(f"{name}: {_first(fault)}") from None
    except ValueError as fault:
        raise BundleFault(f"{name}: {fault}") from None


def _sheets(
    files: dict[str, bytes], name: str, instrument: Instrument, named: Iterable[Named]
) -> list[Sheet]:
    """The sheets in the manifest's order, each with its themes; those without a row are blank."""
    try:
        read = {sheet.name: sheet for sheet in read_sheets(files[name], instrument)}
    except SheetsFault as fault:
        raise BundleFault(f"{name}: {fault}") from None
    found = [
        replace(read.pop(one.name, Sheet(one.name, one.panel)), themes=tuple(one.themes))
        for one in named
    ]
    if read:
        raise BundleFault(f'{name}: the sheet "{next(iter(read))}" is not in {contents.MANIFEST}.')
    return found


def _json(files: dict[str, bytes], name: str) -> Any:
    if name not in files:
        raise BundleFault(f"The file {name} is missing.")
    try:
        return json.loads(files[name].decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise BundleFault(f"{name}: this is not JSON ({fault}).") from None


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def _is_observation(row: object) -> bool:
    types = {"code": str, "year": int, "value": int | float, "source": str}
    return isinstance(row, dict) and all(isinstance(row.get(key), types[key]) for key in types)


def _first(fault: ValidationError) -> str:
    first = fault.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else str(first["msg"])
