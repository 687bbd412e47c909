"""Which countries a person may do what in."""

from django.db.models import Exists, Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import codes_with
from countries.models import Country


def memberships_allowing(user: User, permission: str) -> QuerySet[Membership]:
    """The memberships through which `user` has `permission`."""
    return Membership.objects.filter(user=user, role__in=codes_with(permission))


def in_countries_of(user: User, permission: str, *, field: str = "country") -> Q:
    """A condition: `field` is a country in which `user` has `permission`. Constant in queries."""
    everywhere = memberships_allowing(user, permission).filter(country=None)
    somewhere = memberships_allowing(user, permission).exclude(country=None)
    return Q(Exists(everywhere)) | Q(**{f"{field}__in": somewhere.values("country")})


def countries_allowing(user: User, permission: str) -> QuerySet[Country]:
    """The countries in which `user` has `permission`."""
    return Country.objects.filter(in_countries_of(user, permission, field="pk"))
