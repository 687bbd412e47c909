"""Roles in a cluster on the people's pages: seen, offered, ended, handed over."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import Invitation, User
from accounts.refusals import Refused
from activity.events import in_words
from activity.models import Event
from clusters import actions
from clusters.models import Cluster, ClusterMembership
from tests.factories import people

pytestmark = pytest.mark.django_db

PEOPLE, INVITE = reverse("accounts:people"), reverse("clusters:invite")
NEW = "new.agent@example.org"


@pytest.fixture
def cluster(team) -> Cluster:
    return Cluster.objects.create(country=team.country, name="Weavers")


@pytest.fixture
def beyond(db) -> Cluster:
    there = people.CountryFactory(code="VNM")
    return Cluster.objects.create(country=there, name="Potters")


@pytest.fixture
def agent(team, cluster) -> User:
    """Somebody whose only role is in the cluster."""
    user = people.UserFactory()
    hold(user, cluster, team.organisation)
    return user


def hold(user: User, cluster: Cluster, organisation) -> ClusterMembership:
    return ClusterMembership.objects.create(
        user=user, role="cluster_agent", organisation=organisation, cluster=cluster
    )


def offer(cluster: Cluster, organisation, email: str = NEW) -> dict:
    return {"email": email, "role": "cluster_agent", "cluster": cluster.pk,
            "organisation": organisation.pk}  # fmt: skip


def told() -> list[str]:
    return [in_words(event) for event in Event.objects.filter(topic="people")]


def test_who_has_a_role_in_a_cluster_alone_is_looked_after_too(team, agent, signed_in):
    coordinator = signed_in(team.coordinator)
    shown = f"<strong>Cluster agent</strong>, Weavers, {team.country}"
    assert shown in coordinator.get(PEOPLE).text
    assert coordinator.get(reverse("accounts:person", args=[agent.pk])).status_code == 200
    abroad = people.coordinator(people.CountryFactory(code="VNM"))
    assert agent.email not in signed_in(abroad).get(PEOPLE).text


def test_somebody_new_becomes_agent_of_a_cluster_by_a_link(team, cluster, signed_in):
    page = signed_in(team.coordinator).post(INVITE, offer(cluster, team.organisation))
    (letter,) = mail.outbox
    assert letter.to == [NEW]
    assert page.context["link"] in letter.body
    client = Client()
    assert "Cluster agent" in client.get(page.context["link"]).text
    client.post(page.context["link"], {"name": "New Agent", "password": "seven green rivers"})
    made = User.objects.get(email=NEW)
    held = made.cluster_memberships.get()
    assert (held.role, held.cluster, held.organisation) == (
        "cluster_agent", cluster, team.organisation,
    )  # fmt: skip
    assert not made.memberships.exists()
    assert told() == [
        f"New Agent joined {team.organisation}.",
        f"{team.coordinator} invited somebody as Cluster agent for {team.organisation}.",
    ]


def test_who_is_here_already_gets_the_role_added(team, cluster, signed_in):
    data = offer(cluster, team.organisation, team.officer.email)
    page = signed_in(team.coordinator).post(INVITE, data)
    Client().post(page.context["link"])
    assert team.officer.cluster_memberships.get().cluster == cluster
    assert team.officer.memberships.count() == 1


def test_a_coordinator_offers_no_role_in_a_cluster_abroad(team, cluster, beyond, signed_in):
    page = signed_in(team.coordinator).post(INVITE, offer(beyond, team.organisation))
    assert "cluster" in page.context["form"].errors
    with pytest.raises(Refused, match="may not give or take this role"):
        actions.invite(email=NEW, role="cluster_agent", organisation=team.organisation,
                       cluster=beyond, by=team.coordinator)  # fmt: skip
    abroad = people.OrganisationFactory(country=beyond.country)
    with pytest.raises(Refused, match="for an organisation of another"):
        actions.invite(email=NEW, role="cluster_agent", organisation=abroad,
                       cluster=cluster, by=team.coordinator)  # fmt: skip
    assert not Invitation.objects.exists()


def test_a_role_in_a_cluster_is_ended(team, agent, signed_in):
    held = agent.cluster_memberships.get()
    address = reverse("accounts:membership_end", args=["cluster", held.pk])
    signed_in(team.coordinator).post(address)
    assert not agent.cluster_memberships.exists()
    assert told() == [f"{team.coordinator} ended the role Cluster agent of {agent}."]


def test_a_kind_of_membership_that_nobody_registered_is_not_found(team, agent, signed_in):
    address = reverse("accounts:membership_end", args=["moon", 1])
    assert signed_in(team.coordinator).post(address).status_code == 404


def test_a_leaver_hands_roles_in_clusters_on(team, agent, cluster):
    accounts.deactivate(user=agent, successor=team.officer, by=team.coordinator)
    handed = team.officer.cluster_memberships.get()
    assert (handed.cluster, handed.organisation) == (cluster, team.organisation)
    assert not User.objects.get(pk=agent.pk).is_active


def test_a_role_in_a_cluster_abroad_keeps_a_coordinator_from_closing_the_account(team, beyond):
    hold(team.officer, beyond, team.organisation)
    with pytest.raises(Refused, match="may not give or take this role"):
        accounts.deactivate(user=team.officer, successor=None, by=team.coordinator)
    assert User.objects.get(pk=team.officer.pk).is_active
