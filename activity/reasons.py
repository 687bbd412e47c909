"""Reasons that people give, checked in one place."""

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _

from accounts.refusals import Refused

LONGEST = 2000


def given(reason: str, *, missing: str = "") -> str:
    """The reason without the space around it.

    Raises Refused (with `missing`, where it is given) when there is none or it is too long,
    ValidationError on one that the database cannot hold.
    """
    ProhibitNullCharactersValidator()(reason)
    reason = reason.strip()
    if not reason:
        raise Refused(missing or _("Say why; the reason is kept and others will read it."))
    if len(reason) > LONGEST:
        raise Refused(_("The reason is longer than %(most)s characters.") % {"most": LONGEST})
    return reason
