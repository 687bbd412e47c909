"""Ties that appeared, changed and vanished between two surveys (method.md section 11)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.charts import Column
from clusters.linkages.words import Found, Sheet, since_in_words
from clusters.models import Tie

Key = tuple[int, int, str]
Answered = Mapping[int, bool]  # by actor, of those that stood in a survey


UNKNOWN_BEFORE = gettext_lazy("told; unknown before")
UNKNOWN_NOW = gettext_lazy("told before; unknown now")


@dataclass(frozen=True)
class Changes(Sheet):
    """Of the last rows, as many as `unknown` says, nobody knows whether the tie changed."""

    unknown: int

    @property
    def known(self) -> Sequence[Sequence[object]]:
        return self.rows[: len(self.rows) - self.unknown]


def changes(one: Found, other: Found) -> Changes:
    """The ties that are new or gone, then those that give the other way, or are closer or looser;
    last those told of at one date of which the other date says nothing.

    A tie that is not told of is a no only where its source answered and its target stood in the
    survey; otherwise it is unknown, unless the tie says since when it is there.
    """
    earlier, later = sorted((one, other), key=lambda found: found.survey.date)
    before, after = _by_key(earlier), _by_key(later)
    answered_before, answered_after = _answered(earlier), _answered(later)
    day = earlier.survey.date.isoformat()
    appeared = [tie for key, tie in after.items() if key not in before]
    vanished = [tie for key, tie in before.items() if key not in after]
    both = [(before[key], tie) for key, tie in after.items() if key in before]
    said = [
        *((tie, _appeared(tie, day, answered_before)) for tie in appeared),
        *((tie, _vanished(tie, answered_after)) for tie in vanished),
        *((tie, "; ".join(_turned(old, tie))) for old, tie in both),
    ]
    said.sort(key=lambda pair: pair[1] in (UNKNOWN_BEFORE, UNKNOWN_NOW))
    rows = [
        [
            tie.source.name,
            tie.target.name,
            tie.get_kind_display(),
            tie.get_direction_display(),
            since_in_words(tie),
            str(change),
        ]
        for tie, change in said
        if change
    ]
    columns = [Column(_("Who told")), Column(_("Of whom")), Column(_("Kind")),
               Column(_("Direction")), Column(_("Since")), Column(_("Change"))]  # fmt: skip
    unknown = sum(change in (UNKNOWN_BEFORE, UNKNOWN_NOW) for _tie, change in said)
    title = _("Ties that appeared, vanished or changed")
    return Changes("changes", title, columns, rows, unknown)


def _by_key(found: Found) -> dict[Key, Tie]:
    return {(tie.source_id, tie.target_id, tie.kind): tie for tie in found.ties}


def _answered(found: Found) -> Answered:
    """Before the first tie is entered nobody is taken to have told anything."""
    return {actor.actor_id: actor.answered and bool(found.ties) for actor in found.surveyed}


def _heard(tie: Tie, answered: Answered) -> bool:
    """Whether a survey would have told of a tie: its source answered, its target stood in it."""
    return answered.get(tie.source_id, False) and tie.target_id in answered


def _appeared(tie: Tie, day: str, answered: Answered) -> str | Promise:
    """`day` is that of the earlier survey, of whose actors it is known who `answered`."""
    since_then = day[: len(tie.since)]
    if tie.since and tie.since < since_then:
        return _("told only now; there before")
    if tie.since > since_then or _heard(tie, answered):
        return _("new")
    return UNKNOWN_BEFORE


def _vanished(tie: Tie, answered: Answered) -> str | Promise:
    return _("gone") if _heard(tie, answered) else UNKNOWN_NOW


def _turned(old: Tie, new: Tie) -> Iterator[str]:
    if old.direction and new.direction and old.direction != new.direction:
        yield _("direction before: %(before)s") % {"before": old.get_direction_display()}
    if old.strength != new.strength:
        yield _("closer") if new.strength > old.strength else _("looser")
