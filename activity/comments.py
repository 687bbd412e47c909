"""Comments on a topic: a text key that a higher floor gives, as with events.

Who may read a topic is the higher floor's business, and so is who may be mentioned there.
"""

from collections.abc import Iterable

from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, notices
from activity.models import Comment
from countries.models import Country

LONGEST = 5000


@transaction.atomic
def say(
    *,
    topic: str,
    text: str,
    by: User,
    url: str,
    about: str,
    country: Country | None = None,
    mentioned: Iterable[User] = (),
) -> Comment:
    """Add a comment; those mentioned are told, with `url` and what it is `about` in words.

    Raises Refused on a comment that is empty or too long.
    """
    ProhibitNullCharactersValidator()(text)
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LONGEST:
        raise Refused(_("The comment is longer than %(most)s characters.") % {"most": LONGEST})
    made = Comment.objects.create(topic=topic, text=text, by=by)
    people = list(mentioned)
    made.mentions.set(people)
    events.record("comment.made", by=by, topic=topic, country=country, about=about)
    notices.tell("comment.mentioned", to=people, but=by, url=url, by=by, about=about)
    return made


@transaction.atomic
def resolve(*, comment: Comment, by: User) -> None:
    """Mark a comment as dealt with; it stays readable. Raises Refused where it is already."""
    changed = Comment.objects.filter(pk=comment.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=by
    )
    if not changed:
        raise Refused(_("The comment is resolved already."))
    events.record("comment.resolved", by=by, topic=comment.topic)


def on(topic: str) -> QuerySet[Comment]:
    """The comments on a topic, oldest first."""
    return (
        Comment.objects.filter(topic=topic)
        .select_related("by", "resolved_by")
        .prefetch_related("mentions")
    )


def by_topic(prefix: str) -> dict[str, list[Comment]]:
    """The comments on every topic that begins with `prefix`, by the rest of its name."""
    found: dict[str, list[Comment]] = {}
    said = Comment.objects.filter(topic__startswith=prefix)
    for comment in said.select_related("by", "resolved_by").prefetch_related("mentions"):
        found.setdefault(comment.topic.removeprefix(prefix), []).append(comment)
    return found
