"""Changes to people: inviting, accepting, giving and taking roles, leaving.

`by` is the person who does it; where it may be None, that is whoever runs the server.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mail, memberships, second_factor
from accounts.locks import held
from accounts.models import Invitation, Membership, Organisation, User
from accounts.queries import grantable_roles, memberships_allowing, people_managed_by
from accounts.refusals import Refused
from accounts.roles import COUNTRY_ROLES, Permission
from accounts.signals import invitation_accepted, people_changed
from countries.models import Country

VALID_FOR = timedelta(days=14)


@transaction.atomic
def add_organisation(*, name: str, country: Country | None, by: User | None) -> Organisation:
    """Add an organisation. Raises ValidationError when the country has one of this name."""
    organisation = Organisation(name=name.strip(), country=country)
    organisation.full_clean()
    organisation.save()
    _tell("people.organisation_added", by, country, organisation=organisation.name)
    return organisation


@transaction.atomic
def invite(
    *, email: str, role: str, organisation: Organisation, country: Country | None, by: User | None
) -> tuple[Invitation, str]:
    """Offer a role to an address; returns the invitation and the token for its link.

    Raises Refused when `by` may not give this role there, ValidationError for a bad address.
    """
    if by is not None:
        _refuse_giving(by, role, organisation, country)
    return offer(email=email, role=role, organisation=organisation, country=country, by=by)


@transaction.atomic
def offer(
    *, email: str, role: str, organisation: Organisation, country: Country | None, by: User | None
) -> tuple[Invitation, str]:
    """Likewise, for a higher floor that has seen to it that `by` may give the role.

    Raises ValidationError for a bad address.
    """
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email.strip().lower(),
        role=role,
        organisation=organisation,
        country=country,
        token_sha256=_hash(token),
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    invitation.full_clean(exclude=["token_sha256", "invited_by"])
    invitation.save()
    _tell("people.invited", by, country, role=str(invitation.get_role_display()),
          organisation=organisation.name)  # fmt: skip
    return invitation, token


@transaction.atomic
def accept(*, token: str, name: str = "", password: str = "") -> User:
    """Take up an invitation: a new person with name and password, or one who exists already.

    Raises Refused when the link is unknown, used or expired.
    """
    invitation = open_invitation(token, lock=True)
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User(email=invitation.email, name=name.strip())
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
    elif not user.is_active:
        raise Refused(_("This account has been closed; ask an administrator."))
    if invitation.role in {role.code for role in COUNTRY_ROLES}:
        Membership.objects.get_or_create(
            user=user,
            role=invitation.role,
            organisation=invitation.organisation,
            country=invitation.country,
        )
    invitation_accepted.send(sender=Invitation, invitation=invitation, user=user)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _tell("people.joined", user, invitation.country, organisation=invitation.organisation.name)
    return user


def open_invitation(token: str, *, lock: bool = False) -> Invitation:
    """The invitation of a link. Raises Refused when it is unknown, used or expired."""
    invitations = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects
    found = invitations.filter(
        token_sha256=_hash(token), accepted_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None:
        raise Refused(_("This invitation has been used or is too old; ask for a new one."))
    return found


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Close an open invitation's link. Raises Refused when `by` may not give its role there."""
    _refuse_ungrantable(by, invitation.role, invitation.country)
    invitation.expires_at = timezone.now()
    invitation.save(update_fields=["expires_at"])
    _tell("people.invitation_withdrawn", by, invitation.country,
          role=str(invitation.get_role_display()),
          organisation=invitation.organisation.name)  # fmt: skip


@transaction.atomic
def choose_naming(*, user: User, may_be_named: bool) -> None:
    """Consent to being named in the members' edition of reports, or take the consent back.

    It holds for what is made from now on: what names a person already is never changed.
    """
    if user.may_be_named == may_be_named:
        return
    user.may_be_named = may_be_named
    user.save(update_fields=["may_be_named"])
    if may_be_named:
        _tell("people.naming_allowed", user, None)
    else:
        _tell("people.naming_ended", user, None)


def put_guide(*, user: User, away: bool) -> None:
    """Put the first steps on the home page away, or have them shown again; concerns nobody else."""
    user.guide_is_away = away
    user.save(update_fields=["guide_is_away"])


def choose_language(*, user: User, language: str) -> None:
    """Pages, mails and notifications reach the person in this language from now on.

    Nobody else is concerned, so no event is recorded.
    """
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def end_membership(*, membership: Any, by: User) -> None:
    """Take a role of any kind away. Raises Refused when `by` may not take this role there."""
    membership = held(membership)
    _refuse_ungrantable(by, membership.role, membership.country)
    _tell("people.role_ended", by, membership.country, person=str(membership.user),
          role=str(membership.get_role_display()))  # fmt: skip
    membership.delete()


@transaction.atomic
def deactivate(*, user: User, successor: User | None, by: User) -> None:
    """Close a leaver's account; the successor, if named, gets the same roles.

    People are never deleted: what they wrote keeps its author. Raises Refused when `by` does not
    look after the person, may not give every role the person has, or names the person as their
    own successor.
    """
    if user == by:
        raise Refused(_("You cannot close your own account."))
    if not people_managed_by(by).filter(pk=user.pk).exists():
        raise Refused(_("You do not look after this person."))
    if successor == user:
        raise Refused(_("Somebody else has to take over."))
    for kind in memberships.kinds().values():
        for membership in kind.rows().filter(user=user):
            _refuse_ungrantable(by, membership.role, membership.country)
            if successor is not None:
                _refuse_giving(by, membership.role, membership.organisation, membership.country)
                kind.give_same(membership, to=successor)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _tell("people.left", by, None, person=str(user), successor=str(successor or "-"))


@transaction.atomic
def remove_second_factor(*, user: User, by: User | None) -> None:
    """Let somebody who lost telephone and recovery codes sign in with the password alone.

    The person is told by mail, in case somebody else asked for it. Raises Refused when there is
    none, or `by` is no administrator who may give every role the person has.
    """
    if by is not None:
        if user == by:
            raise Refused(_("Your own second factor is removed on its own page, with a code."))
        if not memberships_allowing(by, Permission.SECOND_FACTOR_REMOVE).exists():
            raise Refused(_("Only administrators remove somebody's second factor."))
        if not people_managed_by(by).filter(pk=user.pk).exists():
            raise Refused(_("You do not look after this person."))
        for _kind, membership in memberships.of([user])[user.pk]:
            _refuse_ungrantable(by, membership.role, membership.country)
    if not second_factor.remove(user):
        raise Refused(_("%(person)s has no second factor.") % {"person": user})
    _tell("people.second_factor_removed", by, None, person=str(user))
    subject = _("Your second factor was removed")
    text = render_to_string("accounts/second_factor_removed_mail.txt", {"person": user, "by": by})
    transaction.on_commit(lambda: mail.send(subject, text, to=user.email))


def _refuse_ungrantable(by: User, role: str, country: Country | None) -> None:
    if role not in grantable_roles(by, country):
        raise Refused(_("You may not give or take this role here."))


def _refuse_giving(
    by: User, role: str, organisation: Organisation, country: Country | None
) -> None:
    """A role counts in the organisation's own country; only who holds everywhere may differ."""
    _refuse_ungrantable(by, role, country)
    if organisation.country != country and role not in grantable_roles(by, None):
        raise Refused(
            _("Only an administrator gives a role in one country for an organisation of another.")
        )


def _tell(kind: str, by: User | None, country: Country | None, **facts: str) -> None:
    people_changed.send(sender=User, kind=kind, by=by, country=country, facts=facts)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
