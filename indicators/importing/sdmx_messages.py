"""Tables in SDMX-ML 2.1 (generic and structure-specific) and SDMX-JSON (1.0 and 2.0).

A message becomes the table that it would be as SDMX-CSV: row 1 is the header, observation n stands
in row n + 1. SDMX-ML is read by sdmx1 once no entity can harm. SDMX-JSON is taken apart here: the
library (2.28) reads neither the published 1.0 nor the 2.0 form.
"""

import contextlib
import io
import json
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException, handler

import polars as pl
from defusedxml import DefusedXmlException
from defusedxml import sax as defused

from . import messages
from .limits import Limits
from .refusals import Refused
from .sources import SDMX_ML, Source, megabytes
from .tables import HEAD_ROWS, ROW, Table

_Row = tuple[dict[str, str], str, dict[str, str]]
"""An observation: its key, its value, its attributes."""

_TIME = "TIME_PERIOD"
_VALUE = "OBS_VALUE"
_ATTRIBUTES = (
    *("OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "CONF_STATUS", "OBS_CONF", "TITLE"),
    *("TITLE_COMPL", "TIME_FORMAT", "COLLECTION", "COMMENT_OBS", "COMMENT_TS", "OBS_COM", "UNIT"),
    *("BASE_PER", "COMPILATION", "DATA_PROVIDER", "SOURCE", "SERIES_NAME", "PRE_BREAK_VALUE"),
)
"""Common attributes (SDMX cross-domain concepts): without its structure, a structure-specific
message does not tell them from dimensions."""

_BATCH = 50_000


def sdmx_table(source: Source, kind: str, limits: Limits) -> Table:
    """The observations as a table. Raises Refused for what is no data message or can harm."""
    if kind == SDMX_ML:
        _harmless(source)
    with source.open() as stream:
        content = stream.read(limits.workbook + 1)
    if len(content) > limits.workbook:
        raise Refused(messages.TOO_LARGE_OF_KIND, most=megabytes(limits.workbook))
    try:
        rows = list(_ml_rows(content) if kind == SDMX_ML else _json_rows(content))
    except Refused:
        raise
    except Exception as fault:  # whatever a foreign reader stumbles over
        reason = messages.quoted(str(fault) or type(fault).__name__)
        raise Refused(messages.SDMX_BROKEN, reason=reason) from None
    if not rows:
        raise Refused(messages.HEADER_ONLY)
    return _table(source.name, rows)


def _table(name: str, rows: list[_Row]) -> Table:
    moved = {*_ATTRIBUTES}
    keys = [id for id in _ids(key for key, _, _ in rows) if id not in moved and id != _TIME]
    others = _ids({**key, **attributes} for key, _, attributes in rows)
    attributes = [id for id in others if id not in keys and id != _TIME]
    header = [*keys, _TIME, _VALUE, *attributes]
    lines = [
        [*(key.get(id, "") for id in (*keys, _TIME)), value]
        + [attached.get(id) or key.get(id, "") for id in attributes]
        for key, value, attached in rows
    ]
    frame = pl.DataFrame(
        [header, *lines], schema=[str(index) for index in range(len(header))], orient="row"
    )
    frame = frame.with_row_index(ROW, 1).with_columns(pl.col(ROW).cast(pl.UInt32))

    def chunks() -> Iterator[pl.DataFrame]:
        yield from frame.iter_slices(_BATCH)

    return Table(name, [header, *lines[: HEAD_ROWS - 1]], chunks)


def _ids(keys: Any) -> list[str]:
    return list(dict.fromkeys(id for key in keys for id in key))


def _harmless(source: Source) -> None:
    """Raises Refused for entities and document types, and for XML that is broken."""
    with source.open() as stream:
        try:
            defused.parse(stream, handler.ContentHandler(), forbid_dtd=True)
        except DefusedXmlException:
            raise Refused(messages.XML_ENTITIES) from None
        except (SAXException, LookupError) as fault:  # an encoding that nobody knows
            reason = messages.quoted(str(fault))
            raise Refused(messages.SDMX_BROKEN, reason=reason) from None


def _ml_rows(content: bytes) -> Iterator[_Row]:
    # Imported here: it brings pandas, which nothing else in reading needs.
    import sdmx

    # It prints what it stumbles over, which must not get into a command's JSON.
    with contextlib.redirect_stdout(io.StringIO()):
        message = sdmx.read_sdmx(io.BytesIO(content), format="XML")
    for dataset in getattr(message, "data", ()):
        for observation in dataset.obs:
            key = {id: str(each.value) for id, each in observation.key.values.items()}
            attributes = {id: str(each.value) for id, each in observation.attrib.items()}
            value = observation.value
            # SDMX-ML writes "no value" as NaN.
            yield key, "" if value in (None, "NaN") else str(value), attributes


def _json_rows(content: bytes) -> Iterator[_Row]:
    tree = json.loads(content.decode("utf-8-sig"))
    data = tree.get("data", tree) if isinstance(tree, dict) else {}
    structures = data.get("structures") or [data.get("structure")]
    if not data.get("dataSets") or not structures[0]:
        raise Refused(messages.JSON_OTHER)
    for dataset in data["dataSets"]:
        structure = structures[dataset.get("structure", 0)]
        dimensions, attributes = structure["dimensions"], structure.get("attributes", {})
        fixed = {each["id"]: _id(each["values"][0]) for each in dimensions.get("dataSet", ())}
        fixed |= {each["id"]: _id(each["values"][0]) for each in dimensions.get("dataset", ())}
        series = dataset.get("series") or {"": dataset}
        for place, about in series.items():
            key = fixed | _key(place, dimensions.get("series", ()))
            shared = _values(about.get("attributes", ()), attributes.get("series", ()))
            for at, (value, *marks) in (about.get("observations") or {}).items():
                own = _values(marks, attributes.get("observation", ()))
                of = key | _key(at, dimensions.get("observation", ()))
                yield of, "" if value is None else str(value), shared | own


def _key(place: str, dimensions: Any) -> dict[str, str]:
    indices = [int(index) for index in place.split(":")] if place and dimensions else []
    return {
        each["id"]: _id(each["values"][index])
        for each, index in zip(dimensions, indices, strict=True)
    }


def _values(marks: Any, attributes: Any) -> dict[str, str]:
    """Attributes by index into their values; 2.0 also writes values themselves."""
    found = {}
    for each, mark in zip(attributes, marks, strict=False):
        if mark is None:
            continue
        known = each.get("values") or ()
        found[each["id"]] = (
            _id(known[mark]) if isinstance(mark, int) and mark < len(known) else str(mark)
        )
    return found


def _id(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("id") or value.get("value") or value.get("name", ""))
