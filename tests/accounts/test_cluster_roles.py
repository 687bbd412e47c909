"""Roles in a cluster on the people's pages: seen, given, ended, handed over."""

import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import User
from accounts.refusals import Refused
from activity.events import in_words
from activity.models import Event
from clusters.models import Cluster, ClusterMembership
from tests.factories import people

pytestmark = pytest.mark.django_db

PEOPLE = reverse("accounts:people")


@pytest.fixture
def cluster(team) -> Cluster:
    return Cluster.objects.create(country=team.country, name="Weavers")


@pytest.fixture
def agent(team, cluster) -> User:
    """Somebody whose only role is in the cluster."""
    user = people.UserFactory()
    ClusterMembership.objects.create(
        user=user, role="cluster_agent", organisation=team.organisation, cluster=cluster
    )
    return user


def give(client, who: User, cluster: Cluster, organisation) -> object:
    data = {"role": "cluster_agent", "cluster": cluster.pk, "organisation": organisation.pk}
    return client.post(reverse("clusters:role_new", args=[who.pk]), data)


def test_who_has_a_role_in_a_cluster_alone_is_looked_after_too(team, agent, signed_in):
    coordinator = signed_in(team.coordinator)
    assert (
        f"<strong>Cluster agent</strong>, Weavers, {team.country}" in coordinator.get(PEOPLE).text
    )
    assert coordinator.get(reverse("accounts:person", args=[agent.pk])).status_code == 200
    abroad = people.coordinator(people.CountryFactory(code="VNM"))
    assert agent.email not in signed_in(abroad).get(PEOPLE).text


def test_a_coordinator_gives_a_role_in_a_cluster_at_home(team, cluster, signed_in):
    answer = give(signed_in(team.coordinator), team.officer, cluster, team.organisation)
    assert answer.url == reverse("accounts:person", args=[team.officer.pk])
    assert team.officer.cluster_memberships.get().cluster == cluster
    assert in_words(Event.objects.get(topic="people")) == (
        f"{team.coordinator} gave {team.officer} the role Cluster agent in Weavers, {team.country}."
    )
    again = give(signed_in(team.coordinator), team.officer, cluster, team.organisation)
    assert again.context["form"].errors
    assert team.officer.cluster_memberships.count() == 1


def test_nobody_gives_one_abroad_or_to_a_leaver(team, cluster, signed_in):
    there = people.CountryFactory(code="VNM")
    beyond = Cluster.objects.create(country=there, name="Potters")
    page = give(signed_in(team.coordinator), team.officer, beyond, team.organisation)
    assert "cluster" in page.context["form"].errors
    for who, where, why in (
        (team.officer, beyond, "may not give or take this role"),
        (team.stranger, cluster, "do not look after"),
    ):
        row = ClusterMembership(
            user=who, role="cluster_agent", organisation=team.organisation, cluster=where
        )
        with pytest.raises(Refused, match=why):
            actions.give_role(membership=row, by=team.coordinator)
    User.objects.filter(pk=team.officer.pk).update(is_active=False)
    left = give(signed_in(team.coordinator), team.officer, cluster, team.organisation)
    assert left.status_code == 404
    assert not ClusterMembership.objects.exists()


def test_a_role_in_a_cluster_is_ended(team, agent, signed_in):
    held = agent.cluster_memberships.get()
    address = reverse("accounts:membership_end", args=["cluster", held.pk])
    signed_in(team.coordinator).post(address)
    assert not agent.cluster_memberships.exists()
    assert in_words(Event.objects.get(topic="people")) == (
        f"{team.coordinator} ended the role Cluster agent of {agent}."
    )


def test_a_kind_of_membership_that_nobody_registered_is_not_found(team, agent, signed_in):
    address = reverse("accounts:membership_end", args=["moon", 1])
    assert signed_in(team.coordinator).post(address).status_code == 404


def test_a_leaver_hands_roles_in_clusters_on(team, agent, cluster):
    actions.deactivate(user=agent, successor=team.officer, by=team.coordinator)
    handed = team.officer.cluster_memberships.get()
    assert (handed.cluster, handed.organisation) == (cluster, team.organisation)
    assert not User.objects.get(pk=agent.pk).is_active


def test_a_role_in_a_cluster_abroad_keeps_a_coordinator_from_closing_the_account(team, signed_in):
    beyond = Cluster.objects.create(country=people.CountryFactory(code="VNM"), name="Potters")
    ClusterMembership.objects.create(
        user=team.officer, role="cluster_agent", organisation=team.organisation, cluster=beyond
    )
    with pytest.raises(Refused, match="may not give or take this role"):
        actions.deactivate(user=team.officer, successor=None, by=team.coordinator)
    assert User.objects.get(pk=team.officer.pk).is_active
