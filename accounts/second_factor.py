"""Who must have a second factor, and who still lacks it."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from accounts.models import User
from accounts.roles import SECOND_FACTOR_CODES


def required_of(user: User) -> bool:
    """Whether this person may work only with a second factor: by role, or by seeing the tables."""
    if settings.SECOND_FACTOR != "required":
        return False
    return user.is_staff or user.memberships.filter(role__in=SECOND_FACTOR_CODES).exists()


def is_missing(user: User) -> bool:
    return required_of(user) and not has(user)


def set_up_at(user: User) -> datetime | None:
    """When the person set up the telephone; None without one."""
    telephones = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return telephones.values_list("created_at", flat=True).first()


def remove(user: User) -> bool:
    """Telephone and recovery codes; whether there were any."""
    return Authenticator.objects.filter(user=user).delete()[0] > 0


def has(user: User) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])
