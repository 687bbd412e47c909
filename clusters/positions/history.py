"""How a cluster moved: its position in every year of which something was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.charts import Column, rounded
from clusters import position
from clusters.models import CapabilityAnswers, Cluster
from clusters.positions import words
from clusters.positions.standing import LEVELS, Exported, exported, figures_of_exports


@dataclass(frozen=True)
class Dated:
    """The position as of a year, by the newest that was known then.

    `answers` are those entered for that very year; None where only exports were. Those that others
    for the same year replaced do not `stand`.
    """

    year: int
    answers: CapabilityAnswers | None
    exported: Exported | None
    at: position.Position
    stands: bool

    @property
    def source(self) -> str:
        return self.answers.source if self.answers else self.exported.source  # one of them is there

    @property
    def entered_by(self) -> str:
        return str(self.answers.by or "") if self.answers else ""


def history(cluster: Cluster) -> list[Dated]:
    """Every position that was entered, and one for each other year of exports; newest first."""
    entered, figures = list(cluster.capabilities.select_related("by")), figures_of_exports(cluster)
    shares = {
        year: exported([one for one in figures if one.year and one.year <= year])
        for year in {*(one.year for one in entered), *(one.year for one in figures if one.year)}
    }
    found = []
    for year in sorted(shares, reverse=True):
        share, answers = shares[year], [one for one in entered if one.year == year]
        earlier = next((one for one in entered if one.year < year), None)
        for own in answers or ([None] if share and share.year == year else []):
            known = own or earlier
            at = position.position(known.answers if known else {}, share.share if share else None)
            found.append(Dated(year, own, share, at, stands=own is None or own is answers[0]))
    return found


def moves(found: Sequence[Dated]) -> str:
    """The modes one after the other, each with the year it was first seen; empty without a move."""
    steps: list[tuple[str, int]] = []
    for one in reversed(found):
        name = str(words.MODES[one.at.mode].name) if one.stands and one.at.mode else ""
        if name and (not steps or steps[-1][0] != name):
            steps.append((name, one.year))
    return " → ".join(f"{name} ({year})" for name, year in steps) if len(steps) > 1 else ""


def columns(*, names: bool) -> list[Column]:
    """The columns of `rows`; `names` with who entered the answers."""
    labels = [_("Year"), _("Products"), _("Processes"), _("Capability")]
    others = [_("Exports and market"), _("Source"), _("Entered")]
    return [
        *(Column(label) for label in labels),
        Column(_("Exported, %"), numeric=True),
        *(Column(label) for label in others),
        *([Column(_("By"))] if names else []),
    ]


def rows(found: Sequence[Dated], *, names: bool) -> list[list[object]]:
    """The table of a history in words."""
    return [
        [
            one.year,
            str(LEVELS[one.at.product]),
            str(LEVELS[one.at.process]),
            str(words.MODES[one.at.mode].name) if one.at.mode else _("not known"),
            _percent(one.exported.share) if one.exported else "–",
            str(words.QUADRANTS[one.at.quadrant]) if one.at.quadrant else _("not known"),
            one.source if one.stands else _("%(source)s (replaced)") % {"source": one.source},
            date_format(one.answers.at, "SHORT_DATE_FORMAT")
            if one.answers and one.answers.at
            else "–",
            *([one.entered_by or "–"] if names else []),
        ]
        for one in found
    ]


def _percent(share: float) -> int | float:
    found = rounded(share, 1)
    return int(found) if found.is_integer() else found
