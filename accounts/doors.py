"""The two ways a door is locked: a stranger finds nothing there, a reader is told why not."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=Model)


def visible(queryset: QuerySet[M], **lookup: object) -> M:
    """The object from what the person may see; raises Http404 for everything else."""
    return get_object_or_404(queryset, **lookup)


def require(allowed: bool, reason: str) -> None:
    """Raise PermissionDenied (403) with the reason, for somebody who may read but not do this."""
    if not allowed:
        raise PermissionDenied(reason)
