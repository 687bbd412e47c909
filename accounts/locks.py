"""Holding a row until the transaction ends: what was found of it then stays so.

Hold the owner first, then its rows: whoever does it the other way round may wait for ever.
"""

from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.refusals import Refused

M = TypeVar("M", bound=Model)


def one_at_a_time(owner: M) -> M:
    """Hold something that others add to as well, so that a name found free stays free.

    Rows that only refer to it are not kept waiting. Raises Refused where it has gone.
    """
    return _held(owner, no_key=True)


def held(row: M) -> M:
    """Hold a row that is changed or removed. Raises Refused where it has gone."""
    return _held(row, no_key=False)


def _held(row: M, no_key: bool) -> M:
    rows = type(row)._default_manager.select_for_update(no_key=no_key)
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("Somebody else has removed this meanwhile."))
    return found
