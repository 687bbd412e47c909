"""Which ties of a cluster appeared and vanished between two surveys (method.md section 11)."""

from django.utils.translation import gettext as _

from activity.charts import Column
from clusters.linkages import Found, Sheet
from clusters.models import Tie


def changes(one: Found, other: Found) -> Sheet:
    """The ties told of at one date only, each with what is known of the other date.

    A tie that is not told of is a no only where its source answered and its target stood in the
    survey; otherwise it is unknown.
    """
    earlier, later = sorted((one, other), key=lambda found: found.survey.date)
    apart = [
        *_apart(later, earlier, _("new"), _("told; unknown before")),
        *_apart(earlier, later, _("gone"), _("told before; unknown now")),
    ]
    rows = [
        [tie.source.name, tie.target.name, tie.get_kind_display(), change] for tie, change in apart
    ]
    columns = [Column(_("Who told")), Column(_("Of whom")), Column(_("Kind")), Column(_("Change"))]
    return Sheet("changes", _("Ties that appeared and vanished"), columns, rows)


def _apart(one: Found, other: Found, known: str, unknown: str) -> list[tuple[Tie, str]]:
    """Ties that only `one` tells of, and whether they would have been told of in the other."""
    told = {(tie.source_id, tie.target_id, tie.kind) for tie in other.ties}
    answered = {actor.actor_id: actor.answered for actor in other.surveyed}
    return [
        (tie, known if answered.get(tie.source_id) and tie.target_id in answered else unknown)
        for tie in one.ties
        if (tie.source_id, tie.target_id, tie.kind) not in told
    ]
