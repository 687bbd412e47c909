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
    own_levels = [Series(_("the firm"), [row.own for row in shown], mark=Mark.OPEN)] if own else []
    lower = Series(_("lower quartile"), [row.drawn and row.drawn.lower for row in shown])
    middle = [row.drawn and row.drawn.median for row in shown]
    median = Series(_("median"), middle, mark=Mark.CROSS)
    upper = Series(_("upper quartile"), [row.drawn and row.drawn.upper for row in shown])
    told = [*own_levels, lower, median, upper]  # as it is read; drawn, a band takes its ends first
    columns = [Column(_("Theme or item")), *(Column(one.name, numeric=True) for one in told),
               Column(_("firms counted"), numeric=True)]  # fmt: skip
    levels_of = zip(*(one.values for one in told), strict=True)
    return Chart(
        id="firms",
        kind=Kind.RANGES,
        title=_finding(shown),
        description=_(
            "For each theme and item the levels that a quarter, half and three quarters of the "
            "firms do not exceed."
        ),
        columns=columns,
        rows=[
            [row.title, *("–" if value is None else value for value in (*values, row.firms))]
            for row, values in zip(shown, levels_of, strict=True)
        ],
        categories=[row.title for row in shown],
        series=[lower, upper, median, *own_levels],
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
