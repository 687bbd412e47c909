"""Taking an entry out of the registry: with what is its own, and not while others rest on it."""

import json
from datetime import date

import pytest

from accounts.models import Invitation
from activity.events import in_words
from activity.models import Event
from clusters import actions
from clusters.models import Cluster, ClusterInvitation, EmploymentTable
from reports import examples_loading as loading
from tests.factories.clusters import ClusterFactory, agent, firm
from tests.factories.employment import employment
from tests.factories.rounds import RoundFactory, version

ROWS = "region,industry,year,employment\nN,Wood,2015,90\nN,Food,2015,9\nS,Food,2015,99\n"


@pytest.fixture
def cluster(team):
    return ClusterFactory(country=team.country, name="Far away", place="Hill")


def test_an_entry_goes_with_what_is_its_own_and_the_record_keeps_it(team, cluster, signed_in):
    actions.add_figure(cluster=cluster, measure="firms", value="60", unit="firms", year=2006,
                       source="A survey", by=None)  # fmt: skip
    actions.answer_capability(cluster=cluster, answers={}, year=2010, source="Visits", by=None)
    actions.change_cluster(cluster=cluster, test={"near": "no"}, by=None)
    client = signed_in(team.coordinator)
    address = f"/clusters/{cluster.pk}/discard/"
    assert f'action="{address}"' in client.get(f"/clusters/{cluster.pk}/change/").content.decode()
    assert "Say why it is discarded." in client.post(address, {"because": " "}).content.decode()
    answer = client.post(address, {"because": "A wrong click"})
    assert answer.url == f"/countries/{team.country.pk}/clusters/"
    assert not Cluster.objects.exists()
    event = Event.objects.filter(kind="cluster.discarded").get()
    assert in_words(event).endswith("discarded the cluster Far away: A wrong click")
    was = event.facts["was"]
    assert (was["place"], was["test"]) == ("Hill", {"near": "no"})
    assert was["figures"][0] | {"source": "A survey", "value": "60"} == was["figures"][0]
    assert [one["year"] for one in was["positions"]] == [2010]


def _study(cluster, team):
    actions.begin_study(cluster=cluster, by=None)


def _survey(cluster, team):
    actions.add_linkage_survey(
        cluster=cluster, title="Who with whom", date=date(2020, 1, 1), source="Visits", by=None
    )


def _round(cluster, team):
    RoundFactory(
        country=team.country, cluster=cluster, title="Phase of the hill",
        instrument_version=version(code="of-clusters", subject="cluster"),
    )  # fmt: skip


def _firm(cluster, team):
    firm(cluster, name="Secret works")


def _agent(cluster, team):
    agent(cluster)


def _invitation(cluster, team):
    actions.invite(email="a@example.org", role="cluster_agent", organisation=team.organisation,
                   cluster=cluster, by=team.coordinator)  # fmt: skip


@pytest.mark.parametrize(
    ("put", "named"),
    [(_study, "study 1"), (_survey, "the survey of linkages “Who with whom”"),
     (_round, "the round “Phase of the hill”"), (_firm, "1 firm"),
     (_agent, "of the cluster"), (_invitation, "the open invitation of a@example")],
)  # fmt: skip
def test_an_entry_stays_while_something_rests_on_it(team, cluster, signed_in, put, named):
    put(cluster, team)
    client = signed_in(team.coordinator)
    page = client.get(f"/clusters/{cluster.pk}/change/").content.decode()
    assert named in page
    assert "Secret works" not in page
    assert "Discard the entry" not in page
    refused = client.post(
        f"/api/clusters/{cluster.pk}/discard/", {"because": "x"}, "application/json"
    )
    assert refused.status_code == 400
    assert "The entry stays, for this rests on it" in json.dumps(refused.json())
    assert Cluster.objects.filter(pk=cluster.pk).exists()


def test_an_invitation_that_is_over_holds_nothing(team, cluster, signed_in):
    _invitation(cluster, team)
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")
    client = signed_in(team.coordinator)
    gone = client.post(f"/api/clusters/{cluster.pk}/discard/", {"because": "x"}, "application/json")
    assert gone.status_code == 204
    assert not ClusterInvitation.objects.exists()


def test_an_agent_keeps_the_entry_but_does_not_discard_it(cluster, signed_in):
    client = signed_in(agent(cluster))
    assert "Discard the entry" not in client.get(f"/clusters/{cluster.pk}/change/").content.decode()
    assert client.post(f"/clusters/{cluster.pk}/discard/", {"because": "x"}).status_code == 403


def test_a_table_is_free_again_when_its_candidate_is_gone(team):
    table = employment(team.country, ROWS)
    made = actions.enter_candidate(table=table, region="N", industry="Wood", year=2015, by=None)
    actions.discard_cluster(cluster=made, because="A wrong click", by=None)
    actions.discard_employment_table(table=table, because="The wrong year", by=None)
    assert not EmploymentTable.objects.exists()


def test_an_entry_of_a_document_that_was_discarded_stays_out(team):
    loading.load_countries()
    loading.load_clusters()
    found = Cluster.objects.exclude(code="").filter(experiences=None).first()
    actions.discard_cluster(cluster=found, because="Not ours", by=team.coordinator)
    loading.load_clusters()
    assert not Cluster.objects.filter(code=found.code).exists()
