"""The chart of a year's highest quotients."""

import math

import polars as pl
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Scale, Series
from clusters.employment.maps import Row, ranked
from clusters.models.registry import shortened

LISTED = 15
LONGEST_INDUSTRY, LONGEST_REGION = 33, 25  # letters of a name beside a bar, together 60


def ranking(cells: pl.DataFrame, year: int) -> Chart | None:
    """The highest quotients of the year's cells; None where there is none to show."""
    highest = ranked(cells).head(LISTED).to_dicts()
    if not highest:
        return None
    first, last = highest[0], highest[-1]
    top = max(1.0, math.ceil(first["lq"]))
    dense = any(cell["litzenberger_sternberg"] is not None for cell in highest)
    return Chart(
        id="quotients",
        kind=Kind.BARS,
        title=_(
            "%(industry)s: its share of employment in %(region)s is %(times)s times that in the "
            "country"
        )
        % {**first, "times": floatformat(first["lq"], 1)},
        description=_("The highest location quotients of %(year)s, from %(low)s to %(high)s.")
        % {
            "year": year,
            "low": floatformat(last["lq"], 2),
            "high": floatformat(first["lq"], 2),
        },
        columns=[
            Column(_("Industry and region")),
            Column(_("Location quotient"), numeric=True),
            *([Column(_("Litzenberger-Sternberg"), numeric=True)] if dense else []),
            Column(_("Employed"), numeric=True),
            Column(_("Stars"), numeric=True),
        ],
        rows=[
            [_named(c), _rounded(c["lq"]),
             *([_rounded(c["litzenberger_sternberg"])] if dense else []),
             round(c["employment"]), c["stars"]]
            for c in highest
        ],
        categories=_labels(highest),
        series=[
            Series(
                _("Location quotient"),
                [c["lq"] for c in highest],
                labels=[floatformat(c["lq"], 2) for c in highest],
                tones=[f"level-{2 + c['stars'] if c['stars'] < 3 else 5}" for c in highest],
            )
        ],
        scale=Scale(0, top, max(0.5, math.ceil(top / 8)), title=_("Location quotient")),
        note=_("1 means the same share as in the whole country; darker bars have more stars."),
    )  # fmt: skip


def _labels(cells: list[Row]) -> list[str]:
    """The names beside the bars: long ones keep their beginning, where the code is, and region."""
    short = [
        f"{shortened(c['industry'], LONGEST_INDUSTRY)}, {shortened(c['region'], LONGEST_REGION)}"
        for c in cells
    ]
    return short if len({*short}) == len(short) else [_named(c) for c in cells]


def _named(cell: Row) -> str:
    return f"{cell['industry']}, {cell['region']}"


def _rounded(value: float | None) -> float | str:
    return "–" if value is None else round(value, 3)
