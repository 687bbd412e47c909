"""Who adds to something that others add to as well."""

from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def one_at_a_time(owner: M) -> M:
    """Hold the owner until the transaction ends, so that a name found free stays free.

    Rows that only refer to it are not kept waiting. Hold the owner first, then its rows: whoever
    does it the other way round may wait for ever.
    """
    return type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)
