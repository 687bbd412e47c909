"""Tokens: a program with one may do what its person may, until it is taken back or too old."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Token, User
from accounts.refusals import Refused
from accounts.signals import people_changed

MARK = "stages_"  # so that a scanner for secrets finds a token that lies about
VALID_FOR = timedelta(days=365)
NOTED_EVERY = timedelta(minutes=5)  # how exactly the last use is known: reading writes seldom
MOST = 20


@transaction.atomic
def make(*, name: str, by: User) -> str:
    """A new token of the person: this is the only time anybody sees it.

    Raises Refused where the person has too many, ValidationError for a name that is none.
    """
    if valid(by).count() >= MOST:
        raise Refused(_("You have %(most)s tokens; take one back first.") % {"most": MOST})
    secret = MARK + secrets.token_urlsafe(32)
    token = Token(
        user=by, name=name.strip(), sha256=_hash(secret), expires_at=timezone.now() + VALID_FOR
    )
    token.full_clean()
    token.save()
    _tell("people.token_made", token)
    return secret


@transaction.atomic
def take_back(*, token: Token) -> None:
    """Its person takes the token back: from now on it opens nothing."""
    _tell("people.token_taken_back", token)
    token.delete()


def valid(user: User) -> QuerySet[Token]:
    """The tokens with which the person's programs come in."""
    return user.tokens.filter(expires_at__gt=timezone.now())


def holder(secret: str) -> tuple[User, Token] | None:
    """Whom a token stands for; None where it is unknown, too old, or the account is closed."""
    token = (
        Token.objects.filter(
            sha256=_hash(secret), expires_at__gt=timezone.now(), user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user, token


def _tell(kind: str, token: Token) -> None:
    people_changed.send(
        sender=User, kind=kind, by=token.user, country=None, facts={"token": token.name}
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
