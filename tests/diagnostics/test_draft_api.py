"""Drafts through the API: the same rules as on the pages."""

from dataclasses import replace

import pytest

from diagnostics import actions
from diagnostics.authoring import canonical, editing
from diagnostics.models import InstrumentVersion
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return people.CountryFactory()


@pytest.fixture
def coordinator(client, country):
    client.force_login(people.coordinator(country))
    return client


@pytest.fixture
def draft(country):
    return actions.copy_instrument(version=rounds.version(), country=country, by=None)


def put(client, draft, content, sha256):
    body = {"content": content, "sha256": sha256}
    return client.put(f"/api/drafts/{draft.pk}/", body, content_type="application/json")


def test_a_draft_is_read_changed_and_read_again(coordinator, draft):
    (listed,) = coordinator.get("/api/drafts/").json()
    read = coordinator.get(f"/api/drafts/{draft.pk}/").json()
    assert listed.items() <= read.items()
    assert (read["country"], read["errors"]) == ("LAO", 0)
    content = read["content"] | {"title": "In our words"}
    saved = put(coordinator, draft, content, read["sha256"])
    assert saved.status_code == 200
    assert saved.json()["title"] == "In our words"
    late = put(coordinator, draft, read["content"], read["sha256"])
    assert late.status_code == 409
    assert late.json()["content"]["title"] == "In our words"
    assert "saved here meanwhile" in late.json()["error"]


def test_content_with_a_fault_is_refused_with_its_place(coordinator, draft):
    content = canonical.to_data(draft.instrument)
    content["themes"][0]["items"][0]["weight"] = 3.0
    answer = put(coordinator, draft, content, draft.sha256)
    assert answer.status_code == 400
    assert "nothing is kept" in answer.json()["error"]
    assert [one["path"] for one in answer.json()["faults"] if one["severity"] == "error"] == [
        "themes[0].items[0].weight"
    ]
    draft.refresh_from_db()
    assert draft.instrument.items()["money.item_1"].weight == 1


def test_what_a_draft_is_of_stays(coordinator, draft):
    own = replace(draft.instrument, code="other")
    answer = put(coordinator, draft, canonical.to_data(own), draft.sha256)
    assert answer.status_code == 400
    assert answer.json()["error"] == "The code of a draft stays as it is."


@pytest.mark.parametrize(
    "content", [None, [], "text", {"code": "\u0000"}, {"themes": {}}, {"title": "x" * 201}]
)
def test_content_that_is_none_gets_faults(coordinator, content):
    body = {"content": content}
    answer = coordinator.post("/api/drafts/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not InstrumentVersion.objects.exists()


def test_a_coordinator_begins_editions_of_the_own_country_alone(coordinator):
    parent = rounds.version().instrument
    own = editing.edition(parent, version="1.0", title="Ours", country="LAO")
    for instrument, status in ((own, 201), (own, 400), (rounds.small_instrument(code="x"), 403)):
        body = {"content": canonical.to_data(instrument)}
        answer = coordinator.post("/api/drafts/", body, content_type="application/json")
        assert answer.status_code == status, answer.content
    assert InstrumentVersion.objects.get(state="draft").instrument == own
