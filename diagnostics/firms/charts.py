"""The quartiles of a cluster's firms as a chart: a band and the median, and the firm's own."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Mark, Scale, Series
from diagnostics.firms.profiles import Row


def chart(rows: Sequence[Row], levels: int, *, own: bool) -> Chart | None:
    """The rows of which something is told; None where nothing is. `own`: with the firm's values."""
    shown = [row for row in rows if row.drawn or (own and row.own)]
    if not shown:
        return None
    found = {
        _("lower quartile"): [row.drawn and row.drawn.lower for row in shown],
        _("upper quartile"): [row.drawn and row.drawn.upper for row in shown],
        _("median"): [row.drawn and row.drawn.median for row in shown],
    }
    if own:
        found[_("the firm")] = [row.own for row in shown]
    marks = [Mark.FULL, Mark.FULL, Mark.CROSS, Mark.OPEN]
    columns = [Column(_("Theme or item")), Column(_("firms counted"), numeric=True)]
    counted = [row.firms for row in shown]
    cells = zip(counted, *found.values(), strict=True)
    return Chart(
        id="firms",
        kind=Kind.RANGES,
        title=_finding(shown),
        description=_(
            "For each theme and item the levels that a quarter, half and three quarters of the "
            "firms do not exceed."
        ),
        columns=[*columns, *(Column(name, numeric=True) for name in found)],
        rows=[
            [row.title, *("–" if value is None else value for value in values)]
            for row, values in zip(shown, cells, strict=True)
        ],
        categories=[row.title for row in shown],
        series=[
            Series(name, values, mark=mark)
            for (name, values), mark in zip(found.items(), marks, strict=False)
        ],
        scale=Scale(1, levels, 1, title=_("Level")),
    )


def _finding(shown: Sequence[Row]) -> str:
    """Where half of the firms stand highest, at most three items."""
    told = [(row.drawn.median, row.title) for row in shown if row.drawn and not row.is_theme]
    if not told:
        return _("What the firm handed in")
    top = max(median for median, _title in told)
    best = [title for median, title in told if median == top]
    return _("Half of the firms stand at level %(level)s or higher in: %(rows)s") % {
        "level": top,
        "rows": "; ".join(best[:3]),
    }
