"""The one form in which an instrument is stored and hashed."""

import json
from dataclasses import MISSING, fields, is_dataclass
from hashlib import sha256
from typing import Any

from diagnostics.scoring.instrument import Instrument, Item

from .shape import InstrumentShape


def to_data(instrument: Instrument) -> dict[str, Any]:
    """The instrument as plain dicts, lists and values with the keys of the file.

    Statements are keyed by level ("2".."L") or phase ("1".."L"), as text. Optional texts, lists and
    values that are empty are left out, so that a key added to the format later leaves old hashes
    alone; numbers and marks are always written, so that a changed default cannot change an old
    instrument.
    Raises ValueError when a value has another type than the instrument declares.
    """
    # Once through the shape, so that an instrument built by hand with 1 for 1.0 has the same data.
    data: dict[str, Any] = plain(from_data(plain(instrument)))
    return data


def from_data(data: dict[str, Any]) -> Instrument:
    """The instrument of such data, `from_data(to_data(x)) == x`.

    Raises ValueError when the data have another shape; whether the values make sense is not
    checked again.
    """
    instrument: Instrument = InstrumentShape.model_validate(data).build()
    return instrument


def canonical_json(instrument: Instrument) -> str:
    """The data as JSON with sorted keys and no blanks: equal instruments, equal text."""
    return json.dumps(
        to_data(instrument),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def scoring_sha256(instrument: Instrument) -> str:
    """SHA-256 (64 hexadecimal digits) of the canonical JSON in UTF-8.

    It covers everything in the file; translations live in files of their own and have theirs.
    """
    return sha256(canonical_json(instrument).encode()).hexdigest()


def plain(value: object) -> Any:
    """Any part of an instrument as plain dicts, lists and values, as `to_data` has them."""
    if isinstance(value, Item):
        statements = {str(step): text for step, text in value.steps.items()}
        # Whether they are marks follows from the instrument's rule, which stands in the file.
        data = _keys(value) | {"statements": statements}
        del data["marks"]
        return data
    if is_dataclass(value) and not isinstance(value, type):
        return _keys(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def _keys(value: Any) -> dict[str, Any]:
    data = {}
    for field in fields(value):
        content = getattr(value, field.name)
        optional = field.default is not MISSING and field.default in ("", (), None)
        if not (optional and content == field.default):
            data[field.name] = plain(content)
    return data
