"""How long a visit lasts, and how long ago the person proved who they are."""

import time
from typing import Any

from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

RENEW_SECONDS = 300  # a session is written at most this often because somebody works in it

PROVED_AT = "proved_at"
RENEWED_AT = "renewed_at"


def renew(request: HttpRequest) -> None:
    """Let the session begin anew: its whole length from now on."""
    request.session[RENEWED_AT] = time.time()


def renew_now_and_then(request: HttpRequest) -> None:
    """Renew a session in use; saving every answer must not write the session each time."""
    if time.time() - request.session.get(RENEWED_AT, 0) > RENEW_SECONDS:
        renew(request)


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session of a signed-in person ends if they do nothing; at least 0."""
    begun = request.session.get(RENEWED_AT, time.time())
    return max(0, round(begun + request.session.get_expiry_age() - time.time()))


def proved_lately(request: HttpRequest) -> bool:
    """Whether in this visit a password or code was given within the last ten minutes."""
    age = time.time() - request.session.get(PROVED_AT, 0)
    return age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


@receiver([user_logged_in, authentication_step_completed])
def _note_proof(request: HttpRequest, **kwargs: Any) -> None:
    request.session[PROVED_AT] = time.time()
    renew(request)


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `session_seconds_left`, which js/session.js counts down."""
    return {"session_seconds_left": lambda: seconds_left(request)}
