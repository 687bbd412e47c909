"""What the page of a cluster says of its rounds, and where they found it to stand."""

import pytest
from django.urls import reverse

from tests.factories import rounds
from tests.factories.clusters import ClusterFactory, agent
from tests.reports.test_plans import publish


@pytest.fixture
def cluster(team):
    return ClusterFactory(country=team.country)


@pytest.fixture
def version(db):
    return rounds.version(code="of-clusters", subject="cluster")


def test_what_is_published_stands_before_a_draft_of_a_later_round(
    report_on, team, cluster, version, signed_in
):
    first = report_on(["yes", "no"], instrument_version=version, cluster=cluster)
    publish(first)
    later = report_on(["yes", "yes", "no"], instrument_version=version, cluster=cluster)
    page = signed_in(team.coordinator).get(cluster.get_absolute_url()).content.decode()
    assert "Money: stage 2" in page
    assert "Money: stage 3" not in page
    assert later.round.get_absolute_url() in page


def test_a_coordinator_plans_a_round_from_the_page_and_an_agent_reads_who_does(
    team, cluster, version, signed_in
):
    client = signed_in(team.coordinator)
    address = reverse("diagnostics:round_new")
    chosen = f"instrument={version.pk}&amp;cluster={cluster.pk}"
    link = f"{address}?country={cluster.country_id}&amp;{chosen}"
    assert link in client.get(cluster.get_absolute_url()).content.decode()
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert f'<option value="{cluster.pk}" selected>' in form
    page = signed_in(agent(cluster)).get(cluster.get_absolute_url()).content.decode()
    assert address not in page
    assert "coordinators plan such rounds" in page
