"""Member firms: entering, inviting, taking out. No event names a firm: events stay for good."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import actions as people
from accounts.locks import held, one_at_a_time
from accounts.models import Invitation, Organisation, User
from accounts.refusals import Refused, revise
from accounts.roles import FirmOwner
from activity import events
from clusters.models import Cluster, Firm, FirmInvitation, FirmMembership
from countries.models import Industry
from countries.seen import same_name


@transaction.atomic
def add_firm(
    *,
    cluster: Cluster,
    name: str,
    size: str,
    role: str,
    industry: Industry | None = None,
    by: User | None,
) -> Firm:
    """Enter a member firm.

    Raises Refused where an organisation that is no firm has the name, or the cluster has the firm
    already, be it in other capitals; ValidationError for what does not fit.
    """
    _refuse_alike(one_at_a_time(cluster).firms.all(), name)
    firm = Firm(
        cluster=cluster,
        organisation=firm_organisation(name),
        size=size,
        role=role,
        industry=industry,
    )
    firm.full_clean()
    firm.save()
    events.record("firm.added", by=by, topic=cluster.topic, cluster=cluster.name)
    return firm


@transaction.atomic
def change_firm(
    *,
    firm: Firm,
    organisation: Organisation,
    size: str,
    role: str,
    industry: Industry | None = None,
    revision: int | None = None,
    by: User | None,
) -> Firm:
    """Change a firm's entry; under another name it is another organisation (`firm_organisation`).

    What floors above keep under the old one has to be moved before. `revision` is the one that was
    read before: raises Stale where somebody has saved since, and as `add_firm`.
    """
    one_at_a_time(firm.cluster)
    firm = held(firm)
    revise(firm, revision)
    _refuse_alike(firm.cluster.firms.exclude(pk=firm.pk), organisation.name)
    before, firm.organisation = firm.organisation, organisation
    firm.size, firm.role, firm.industry = size, role, industry
    firm.full_clean()
    firm.save()
    offers = Invitation.objects.filter(pk__in=firm.invitations.values("invitation"))
    offers.update(organisation=organisation)
    _forget(before)
    events.record("firm.changed", by=by, topic=firm.cluster.topic, cluster=firm.cluster.name)
    return firm


@transaction.atomic
def invite_to_firm(*, firm: Firm, email: str, by: User | None) -> tuple[Invitation, str]:
    """Offer to answer for the firm; returns the invitation and its link's token.

    Raises ValidationError for a bad address. Who may is the door's to ask.
    """
    invitation, token = people.offer(
        email=email, role=FirmOwner.code, organisation=firm.organisation, country=None, by=by
    )
    FirmInvitation.objects.create(invitation=invitation, firm=firm)
    return invitation, token


def accepted_for_firm(*, invitation: Invitation, user: User) -> None:
    """Make the person one of the firm that an accepted invitation was about, if about one."""
    offered = FirmInvitation.objects.filter(invitation=invitation).first()
    if offered is not None:
        FirmMembership.objects.get_or_create(user=user, firm=offered.firm)


@transaction.atomic
def remove_firm(*, firm: Firm, by: User | None) -> None:
    """Take a firm out of its cluster: its entry, its people's part in it, its invitations.

    What floors above keep about it has to be gone: ProtectedError otherwise.
    """
    firm = held(firm)
    cluster, organisation = firm.cluster, firm.organisation
    Invitation.objects.filter(pk__in=firm.invitations.values("invitation")).delete()
    firm.delete()
    _forget(organisation)
    events.record("firm.removed", by=by, topic=cluster.topic, cluster=cluster.name)


def firm_organisation(name: str) -> Organisation:
    """The firm of a name as an organisation, added where it is not there yet.

    It has no country, so that it stands in no list of a country's organisations. Raises Refused
    where one of the name is something else.
    """
    name = " ".join(name.split())
    found = Organisation.objects.filter(name=name, country=None).first()
    if found is None:
        found = Organisation(name=name)
        found.full_clean()
        found.save()
    elif not found.firms.exists():
        raise Refused(
            _("An organisation of this name is here already and is no firm; add the firm's town.")
        )
    return found


def _refuse_alike(others: QuerySet[Firm], name: str) -> None:
    """One firm entered twice would count twice among the firms of its cluster."""
    names = others.values_list("organisation__name", flat=True)
    if any(same_name(one) == same_name(name) for one in names):
        raise Refused(_("The cluster has a firm of this name already."))


def _forget(organisation: Organisation) -> None:
    """A firm's organisation goes with the last entry of it."""
    if not organisation.firms.exists():
        organisation.delete()
