"""What is drawn in a study: what was measured of the cluster, and what its plan costs.

Drawings are kept with what the study says, as plain data in every language, so that they do not
change when the cluster does. A higher floor registers what it draws in `ready()`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from activity.charts import ON_SCREEN, Chart, Column, Kind, Mark, Scale, Series, Threshold
from clusters.linkages.words import found, kinds_of_ties
from clusters.models import Cluster
from clusters.positions.standing import Standing, capability_chart
from clusters.studies.costs import charts as costs

Draw = Callable[[Cluster], Iterable[Chart | None]]
_measured: list[Draw] = []


def register(draw: Draw) -> None:
    """Add drawings of what was measured, each for screen and paper; none where nothing was."""
    _measured.append(draw)


def drawn(cluster: Cluster, lines: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The drawings in the language of now, as data."""
    measured = [chart for draw in _measured for chart in draw(cluster) if chart is not None]
    assert not any(chart.kind in ON_SCREEN for chart in measured)
    return {
        "measured": [asdict(chart) for chart in measured],
        "plan": [asdict(chart) for chart in costs(lines)],
    }


def chart_of(kept: Mapping[str, Any]) -> Chart:
    """A drawing from its data."""
    mark = kept["threshold"]
    return Chart(
        **{
            **kept,
            "kind": Kind(kept["kind"]),
            "columns": [Column(**one) for one in kept["columns"]],
            "series": [Series(**{**one, "mark": Mark(one["mark"])}) for one in kept["series"]],
            "scale": Scale(**kept["scale"]),
            "threshold": Threshold(**mark) if mark else None,
        }
    )


def position(cluster: Cluster) -> Iterable[Chart | None]:
    yield capability_chart(Standing(cluster))


def network(cluster: Cluster) -> Iterable[Chart | None]:
    """Its classes of linkages at the newest date with ties; the drawing of actors names firms."""
    survey = cluster.linkage_surveys.with_ties().first()
    if survey is not None:
        yield kinds_of_ties(found(survey))
