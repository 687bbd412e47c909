"""Changes to who belongs to a cluster."""

from typing import Any

from django.db import transaction

from accounts import actions as people
from accounts.models import Invitation, Organisation, User
from clusters.actions.firms import accepted_for_firm
from clusters.models import Cluster, ClusterInvitation, ClusterMembership


@transaction.atomic
def invite(
    *, email: str, role: str, organisation: Organisation, cluster: Cluster, by: User
) -> tuple[Invitation, str]:
    """Offer a role in a cluster to an address; returns the invitation and its link's token.

    Raises Refused when `by` may not give this role there, ValidationError for a bad address.
    """
    invitation, token = people.invite(
        email=email, role=role, organisation=organisation, country=cluster.country, by=by
    )
    ClusterInvitation.objects.create(invitation=invitation, cluster=cluster)
    return invitation, token


def invitation_accepted(*, invitation: Invitation, user: User, **kwargs: Any) -> None:
    """Give the role in the cluster or the firm that an accepted invitation was about, if any."""
    offered = ClusterInvitation.objects.filter(invitation=invitation).first()
    if offered is not None:
        ClusterMembership.objects.get_or_create(
            user=user,
            role=invitation.role,
            organisation=invitation.organisation,
            cluster=offered.cluster,
        )
    accepted_for_firm(invitation=invitation, user=user)
