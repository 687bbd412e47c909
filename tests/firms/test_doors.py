"""Who else stands at the doors of a firm: its own people, other firms, agents of other clusters.

The roles of a country are in the table of all doors (tests/doors/clusters.py, programs.py).
"""

import pytest
from django.urls import reverse

from clusters.models import Firm
from diagnostics.firms.profiles import profile_of
from tests.factories.clusters import ClusterFactory, agent, firm, owner

pytestmark = pytest.mark.django_db

JSON = "application/json"
ANSWER = {"revision": 0, "status": "answered", "answers": ["yes", "", "", ""],
          "made": ["single", "", "", ""]}  # fmt: skip


@pytest.fixture
def stage(team, signed_in):
    """A firm, and a client for each who may stand at its doors."""
    cluster, elsewhere = ClusterFactory(country=team.country), ClusterFactory(country=team.country)
    mine = firm(cluster)
    clients = {
        "owner": owner(mine),
        "agent": agent(cluster),
        "firm of the cluster": owner(firm(cluster)),
        "firm of another cluster": owner(firm(elsewhere)),
        "agent of another cluster": agent(elsewhere),
    }
    return mine, {name: signed_in(user) for name, user in clients.items()}


def doors(mine: Firm) -> list[tuple[str, str, list[object], dict | None]]:
    """Each (name, who comes in besides the agent, arguments, what is sent or None for a page)."""
    sheet = profile_of(mine)
    member = mine.memberships.get()
    item = [sheet.pk, "money.item_1"]
    return [
        ("diagnostics:firms", "", [mine.cluster_id], None),
        ("diagnostics:firms_csv", "", [mine.cluster_id], None),
        ("diagnostics:firm", "owner", [mine.pk], None),
        ("diagnostics:firm_csv", "owner", [mine.pk], None),
        ("diagnostics:firm_leave", "owner", [mine.pk], None),
        ("diagnostics:sheet", "owner", [sheet.pk], None),
        ("diagnostics:sheet_theme", "owner", [sheet.pk, "money"], None),
        ("api:firms", "", [mine.cluster_id], None),
        ("api:firms_together", "", [mine.cluster_id], None),
        ("api:firm", "owner", [mine.pk], None),
        ("api:sheet", "owner", [sheet.pk], None),
        ("api:response", "owner", item, ANSWER),
        ("api:sheet_step", "owner", [sheet.pk, "submit"], {}),
        ("api:sheet_step", "owner", [sheet.pk, "reopen"], {}),
        ("diagnostics:firm_person_end", "owner", [mine.pk, member.pk], {}),
        ("api:firm_leave", "owner", [mine.pk], {}),
    ]


@pytest.mark.parametrize("number", range(16))
def test_other_firms_and_other_agents_find_nothing(stage, number):
    mine, clients = stage
    name, inside, args, sent = doors(mine)[number]
    url = reverse(name, args=args)
    for who, client in clients.items():
        if who in ("agent", inside):
            continue
        got = [client.get(url), client.put(url, ANSWER, JSON), client.post(url, {}, JSON)]
        assert {one.status_code for one in got} <= {404, 405}, (name, who)
        assert any(one.status_code == 404 for one in got)
    for who in filter(None, ["agent" if sent is None else "", inside]):
        method = "put" if name == "api:response" else "post"
        client = clients[who]
        answer = client.get(url) if sent is None else getattr(client, method)(url, sent, JSON)
        expected = 400 if args[-1] == "reopen" else 200  # nothing is handed in yet
        assert answer.status_code in (expected, 204, 302), (name, who)


@pytest.mark.parametrize(
    "address",
    ["diagnostics:offline", "diagnostics:assignments", "diagnostics:sheet_workbook",
     "diagnostics:sheet_form"],
)  # fmt: skip
def test_ways_out_of_a_rounds_sheet_are_shut_for_profiles(stage, address):
    mine, clients = stage
    for client in clients.values():
        assert client.get(reverse(address, args=[profile_of(mine).pk])).status_code == 404


def test_a_profile_is_neither_discussed_nor_printed(stage):
    mine, clients = stage
    sheet = profile_of(mine)
    for url in (
        reverse("diagnostics:sheet_discussion", args=[sheet.pk, "money.item_1"]),
        reverse("api:sheet_comments", args=[sheet.pk, "money.item_1"]),
        reverse("reports:sheet_paper", args=[sheet.pk, "filled", "pdf"]),
    ):
        for client in clients.values():
            assert client.get(url).status_code == 404, url


def test_what_does_not_fit_is_said_and_nothing_is_written(stage):
    mine, clients = stage
    page = reverse("diagnostics:firms", args=[mine.cluster_id])
    given = {"name": str(mine), "size": "small", "role": "core"}
    before = Firm.objects.count()
    assert "has a firm of this name already" in clients["agent"].post(page, given).text
    for wrong in (
        {"name": " "},
        {"name": "New\u202e"},
        {"size": "vast"},
        {"role": "government"},
        {"industry": "x\0"},
    ):
        answer = clients["agent"].post(page, given | {"name": "New"} | wrong)
        assert answer.status_code == 200
        assert "errorlist" in answer.text
    program = reverse("api:firms", args=[mine.cluster_id])
    for wrong in ({}, {"name": "New\u202e"}):
        assert clients["agent"].post(program, given | wrong, JSON).status_code == 400
    invite = reverse("diagnostics:firm_invite", args=[mine.pk])
    assert "errorlist" in clients["agent"].post(invite, {"email": "nobody"}).text
    assert Firm.objects.count() == before
