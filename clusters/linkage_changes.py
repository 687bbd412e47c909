"""Which ties of a cluster appeared, changed and vanished between two surveys (method.md 11)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from activity.charts import Column
from clusters.linkages import Found, Sheet, since_in_words
from clusters.models import Tie

Key = tuple[int, int, str]


def changes(one: Found, other: Found) -> Sheet:
    """The ties told of at one date only, each with what is known of the other date; then those
    that give the other way, or are closer or looser.

    A tie that is not told of is a no only where its source answered and its target stood in the
    survey; otherwise it is unknown, unless the tie says since when it is there.
    """
    earlier, later = sorted((one, other), key=lambda found: found.survey.date)
    before, after = _by_key(earlier), _by_key(later)
    appeared = [tie for key, tie in after.items() if key not in before]
    vanished = [tie for key, tie in before.items() if key not in after]
    both = [(before[key], tie) for key, tie in after.items() if key in before]
    said = [
        *((tie, _appeared(tie, earlier)) for tie in appeared),
        *((tie, _vanished(tie, later)) for tie in vanished),
        *((tie, "; ".join(_turned(old, tie))) for old, tie in both),
    ]
    rows = [
        [
            tie.source.name,
            tie.target.name,
            tie.get_kind_display(),
            tie.get_direction_display(),
            since_in_words(tie),
            change,
        ]
        for tie, change in said
        if change
    ]
    columns = [Column(_("Who told")), Column(_("Of whom")), Column(_("Kind")),
               Column(_("Direction")), Column(_("Since")), Column(_("Change"))]  # fmt: skip
    return Sheet("changes", _("Ties that appeared, vanished or changed"), columns, rows)


def _by_key(found: Found) -> dict[Key, Tie]:
    return {(tie.source_id, tie.target_id, tie.kind): tie for tie in found.ties}


def _heard(tie: Tie, found: Found) -> bool:
    """Whether a survey would have told of a tie: its source answered, its target stood in it."""
    answered = {actor.actor_id: actor.answered for actor in found.surveyed}
    return bool(answered.get(tie.source_id)) and tie.target_id in answered


def _appeared(tie: Tie, earlier: Found) -> str:
    day = earlier.survey.date.isoformat()[: len(tie.since)]
    if tie.since and tie.since < day:
        return _("told only now; there before")
    if tie.since > day or _heard(tie, earlier):
        return _("new")
    return _("told; unknown before")


def _vanished(tie: Tie, later: Found) -> str:
    return _("gone") if _heard(tie, later) else _("told before; unknown now")


def _turned(old: Tie, new: Tie) -> Iterator[str]:
    if old.direction and new.direction and old.direction != new.direction:
        yield _("direction before: %(before)s") % {"before": old.get_direction_display()}
    if old.strength != new.strength:
        yield _("closer") if new.strength > old.strength else _("looser")
