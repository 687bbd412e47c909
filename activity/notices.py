"""Notifications: what somebody should know, in the app and by mail, as each person chooses.

An app registers its kinds in `ready()`. Rows are written in the caller's transaction; beat sends
the mails that wait, so a mail server that is down delays them and loses none.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.events import facts_in_words
from activity.models import Notification, NotificationChoice
from activity.translated import kept, of_now

log = logging.getLogger(__name__)

AT_ONCE = 200  # rows a sending takes; the next one follows within a minute
How, Mail = NotificationChoice.How, Notification.Mail


@dataclass(frozen=True)
class Kind:
    """`title` stands where a person chooses; `sentence` has the notification's facts as names."""

    title: str
    sentence: str


_kinds: dict[str, Kind] = {}


def register(kinds: Mapping[str, tuple[str, str]]) -> None:
    """Add kinds, each with its title and its sentence."""
    _kinds.update({code: Kind(*texts) for code, texts in kinds.items()})


def kinds() -> dict[str, str]:
    """The title of every kind, by its code."""
    return {code: kind.title for code, kind in sorted(_kinds.items())}


def tell(
    kind: str, *, to: Iterable[User], url: str, but: User | None = None, **facts: object
) -> None:
    """Notify people in the caller's transaction; `but` is the one who did it and knows.

    `url` is where it leads after signing in. Raises LookupError on an unknown kind.
    """
    if kind not in _kinds:
        raise LookupError(f"No notification of kind {kind!r}.")
    people = {person.pk for person in to if person.is_active} - {but.pk if but else None}
    chosen = dict(
        NotificationChoice.objects.filter(user__in=people, kind=kind).values_list("user", "how")
    )
    rows = []
    for person in sorted(people):
        how = chosen.get(person, How.BOTH)
        if how == How.NEITHER:
            continue
        mail = {How.BOTH: Mail.WAITS, How.MAIL: Mail.WAITS, How.DIGEST: Mail.DIGEST}
        rows.append(
            Notification(
                to_id=person,
                kind=kind,
                facts=kept(facts) | {name: str(value) for name, value in facts.items()},
                url=url,
                in_app=how != How.MAIL,
                mail=mail.get(how, Mail.NONE),
            )
        )
    Notification.objects.bulk_create(rows)


@transaction.atomic
def choose(*, how: Mapping[str, str], language: str, by: User) -> None:
    """Keep how a person is told of each kind in `how`, and the language of their mails."""
    by.language = language
    by.save(update_fields=["language"])
    for kind, one in how.items():
        NotificationChoice.objects.update_or_create(user=by, kind=kind, defaults={"how": one})


def in_words(notification: Notification) -> str:
    facts = facts_in_words(of_now(notification.facts))
    return str(_kinds[notification.kind].sentence).format(**facts)


def unread(user: User) -> int:
    return Notification.objects.filter(to=user, in_app=True, read_at=None).count()


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `unread_notices`, counted where a page shows it."""
    return {"unread_notices": lambda: unread(request.user)}


def send_waiting() -> int:
    """Mail what waits, one mail a person; returns how many mails were sent."""
    return _send(Mail.WAITS, gettext_lazy("News from Stages"))


def send_digests() -> int:
    """Mail what people want once a day; returns how many mails were sent."""
    return _send(Mail.DIGEST, gettext_lazy("Today in Stages"))


def _send(mail: str, subject: str) -> int:
    """Each person's rows are locked while their mail is sent, so that no two workers send it."""
    waiting = Notification.objects.filter(mail=mail).order_by("to").values_list("to", flat=True)
    sent = 0
    for person in [to for to, _rows in groupby(waiting[:AT_ONCE])]:
        try:
            with transaction.atomic():
                sent += _send_to(person, mail, subject)
        except OSError as error:  # smtplib's errors are among these; the next sending tries again
            log.warning("Notifications could not be mailed: %s", error)
    return sent


def _send_to(person: int, mail: str, subject: str) -> int:
    rows = list(
        Notification.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(to=person, mail=mail)
        .select_related("to")
        .order_by("at")
    )
    if not rows:
        return 0
    user = rows[0].to
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
        mail=Mail.SENT, mailed_at=timezone.now()
    )
    if not user.is_active:
        return 0
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = [(in_words(row), f"{settings.ADDRESS}{row.url}") for row in rows]
        text = render_to_string(
            "activity/notices_mail.txt", {"lines": lines, "address": settings.ADDRESS}
        )
        send_mail(str(subject), text, None, [user.email])
    return 1
