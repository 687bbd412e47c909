"""Who comes in here: administrators of all countries, nobody else."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.doors import require
from indicators.queries import may_load

View = Callable[..., HttpResponseBase]


def for_loaders(view: View) -> View:
    """The view for those who load datasets; anyone else is told whose it is (403)."""

    @wraps(view)
    def inner(request: HttpRequest, **rest: object) -> HttpResponseBase:
        require(may_load(request.user), _("Only administrators of all countries load datasets."))
        return view(request, **rest)

    return inner
