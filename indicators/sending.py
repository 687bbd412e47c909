"""How observations are sent: pages by key, and the forms besides JSON."""

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from activity.tables import as_csv

SDMX = {
    "FREQ": "frequency",
    "REF_AREA": "country",
    "INDICATOR": "indicator",
    "BREAKDOWN": "breakdown",
    "TIME_PERIOD": "period",
    "OBS_VALUE": "value",
    "OBS_STATUS": "flag",
    "UNIT_MEASURE": "unit",
    "COMMENT_OBS": "note",
    "STANDARD_ERROR": "standard_error",
    "SAMPLE_SIZE": "sample_size",
    "SOURCE": "source",
}


def mark_of(key: tuple[object, ...]) -> str:
    """The key of the last row of a page, for the address of the next."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def key_of(mark: str, *kinds: type) -> tuple[Any, ...]:
    """The key that `mark_of` wrote. Raises ParseError (400) for what it did not write."""
    try:
        key = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        key = None
    fits = (
        isinstance(key, list)
        and [type(part) for part in key] == list(kinds)
        and all("\x00" not in part if isinstance(part, str) else 0 <= part < 2**31 for part in key)
    )
    if not fits:
        raise ParseError(_("This is no mark of a page; take the address from “next”."))
    return tuple(key)


class PageSerializer(serializers.Serializer):
    next = serializers.URLField(
        allow_null=True, help_text="Address of the next page; null on the last."
    )


class PageAsked(serializers.Serializer):
    after = serializers.CharField(
        required=False, max_length=600, help_text="Mark of a page, as in `next`."
    )
    limit = serializers.IntegerField(
        min_value=1, max_value=10_000, default=1000, help_text="Most rows of a page."
    )


def page_of(found: QuerySet, limit: int) -> tuple[list[Any], bool]:
    """The rows of one page, and whether more follow."""
    rows = list(found[: limit + 1])
    return rows[:limit], len(rows) > limit


def sent(request: Request, results: Any, mark: str | None) -> Response:
    """A page as `PageSerializer` describes it; `mark` is that of the next one, if there is one."""
    if mark is None:
        return Response({"next": None, "results": results})
    asked = request.query_params.copy()
    asked["after"] = mark
    following = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
    headers = {"Link": f'<{following}>; rel="next"'}
    return Response({"next": following, "results": results}, headers=headers)


class CSVRenderer(BaseRenderer):
    """Each row stands for itself, with unit, source and licence, and opens safely anywhere."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> str:
        rows = data["results"]
        columns = list(rows[0]) if rows else ["no values"]
        return as_csv(columns, [list(row.values()) for row in rows])


class SDMXRenderer(BaseRenderer):
    """SDMX-CSV 2.0: a dataflow for each dataset; the whole of a country is the total, `_T`."""

    media_type = "application/vnd.sdmx.data+csv"
    format = "sdmx-csv"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *SDMX])
        writer.writerows(_sdmx(row) for row in data["results"])
        return out.getvalue()


def _sdmx(row: Mapping[str, Any]) -> list[object]:
    flow = re.sub(r"[^A-Za-z0-9_@$-]", "_", row["dataset"])
    cells = {**row, "breakdown": row["breakdown"] or "_T"}
    return ["dataflow", f"STAGES:{flow}(1.0)", "I", *(cells[name] for name in SDMX.values())]
