"""How a door is locked: strangers find nothing, readers are told why not, some knock twice."""

from typing import TypeVar

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.sessions import proved_lately

M = TypeVar("M", bound=Model)


def visible(queryset: QuerySet[M], **lookup: object) -> M:
    """The object from what the person may see; raises Http404 for everything else."""
    return get_object_or_404(queryset, **lookup)


def require(allowed: bool, reason: str) -> None:
    """Raise PermissionDenied (403) with the reason, for somebody who may read but not do this."""
    if not allowed:
        raise PermissionDenied(reason)


def require_recent_proof(request: HttpRequest) -> None:
    """Before a dangerous action: raise ReauthenticationRequired if the sign-in is long ago.

    The person is then asked for the password (or a code), and what they sent is done after that.
    """
    if not proved_lately(request):
        raise ReauthenticationRequired
