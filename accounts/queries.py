"""Which countries a person may do what in."""

from django.db.models import Exists, F, Q, QuerySet
from django.utils import timezone

from accounts import memberships
from accounts.models import Invitation, Membership, Organisation, User
from accounts.roles import COUNTRY_ROLES, FIRM_ROLES, Permission, codes_with
from countries.models import Country


def memberships_allowing(user: User, permission: str) -> QuerySet[Membership]:
    """The memberships through which `user` has `permission`."""
    return Membership.objects.filter(user=user, role__in=codes_with(permission))


def in_countries_of(user: User, permission: str, *, field: str = "country") -> Q:
    """A condition: `field` is a country in which `user` has `permission`. Constant in queries."""
    everywhere = memberships_allowing(user, permission).filter(country=None)
    somewhere = memberships_allowing(user, permission).exclude(country=None)
    return Q(Exists(everywhere)) | Q(**{f"{field}__in": somewhere.values("country")})


def administers_everywhere(user: User) -> bool:
    """Whether the person, whose account is open, is an administrator of all countries."""
    everywhere = memberships_allowing(user, Permission.SYSTEM_SEE).filter(country=None)
    return user.is_active and everywhere.exists()


def grantable_roles(user: User, country: Country | None) -> set[str]:
    """Codes of the roles the person may give in a country, or (country None) in all of them."""
    held = Membership.objects.filter(user=user).filter(Q(country=None) | Q(country=country))
    if country is None:
        held = held.filter(country=None)
    return _granted_by(held)


def roles_grantable_somewhere(user: User) -> set[str]:
    """Codes of the roles the person may give in one country at least."""
    return _granted_by(Membership.objects.filter(user=user))


def _granted_by(held: QuerySet[Membership]) -> set[str]:
    grants = {role.code: role.grants for role in COUNTRY_ROLES}
    return {code for role in held.values_list("role", flat=True) for code in grants[role]}


def people_managed_by(user: User) -> QuerySet[User]:
    """Everybody with a role in, or in something of, a country whose people the person manages."""
    everywhere = memberships_allowing(user, Permission.PEOPLE_MANAGE).filter(country=None)
    managed = Q(Exists(everywhere))
    for kind in memberships.kinds().values():
        here = in_countries_of(user, Permission.PEOPLE_MANAGE, field=kind.country)
        managed |= Q(pk__in=kind.model._default_manager.filter(here).values("user"))
    return User.objects.filter(managed)


def organisations_managed_by(user: User) -> QuerySet[Organisation]:
    """The organisations whose people the person looks after, by country, those of none last."""
    managed = Organisation.objects.filter(in_countries_of(user, Permission.PEOPLE_MANAGE))
    by_country = F("country__name").asc(nulls_last=True)
    return managed.select_related("country").order_by(by_country, "name")


def open_invitations_managed_by(user: User) -> QuerySet[Invitation]:
    """Invitations to organisations the person looks after that can still be taken up.

    Those to firms are their cluster's agent's.
    """
    still = Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())
    still = still.exclude(role__in=[role.code for role in FIRM_ROLES])
    here = in_countries_of(user, Permission.PEOPLE_MANAGE, field="organisation__country")
    return still.filter(here).select_related("organisation", "country")


def countries_allowing(user: User, permission: str) -> QuerySet[Country]:
    """The countries in which `user` has `permission`."""
    return Country.objects.filter(in_countries_of(user, permission, field="pk"))
