"""The plan over the API: picking, writing, funding, interest, progress, steps, judgement."""

import pytest
from django.urls import reverse

from diagnostics import actions
from diagnostics.models import Measure, Plan
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(run_jobs):
    made = rounds.closed_round()
    run_jobs()
    return made


@pytest.fixture
def coordinator(closed, signed_in):
    return signed_in(people.coordinator(closed.country))


@pytest.fixture
def plan(closed) -> Plan:
    return actions.begin_plan(round=closed, by=None)


def send(client, name: str, *args, method: str = "post", **data):
    return getattr(client, method)(
        reverse(f"api:{name}", args=args), data, content_type="application/json"
    )


def own(client, plan, **changed) -> int:
    owner = people.OrganisationFactory(country=plan.round.country)
    values = {
        "title": "A law", "theme": "money", "horizon": 1, "owner": owner.pk, "start": "2026-01-01",
        "end": "2026-12-31", "cost": "100.00", "currency": "USD", "price_year": 2025,
        "cost_source": "The budget office", "indicator": "A law", "target": "In force",
    } | changed  # fmt: skip
    answer = send(client, "measures", plan.round_id, **values)
    assert answer.status_code == 201, answer.json()
    return answer.json()["id"]


def test_a_plan_is_begun_once_and_filled_from_the_road_map(coordinator, closed):
    begun = send(coordinator, "plan", closed.pk)
    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    assert begun.json()["steps"] == ["agree"]
    assert send(coordinator, "plan", closed.pk).json()["error"] == "The round has its plan already."
    url = reverse("api:plan_offered", args=[closed.pk])
    offered = coordinator.get(url).json()
    code = offered[0]["picked"]
    (made,) = send(coordinator, "plan_offered", closed.pk, picked=[code]).json()
    assert (made["picked"], made["title"]) == (code, offered[0]["title"])
    assert [one["there"] for one in coordinator.get(url).json()][:2] == [True, False]
    refused = send(coordinator, "plan_offered", closed.pk, picked=["money.nothing/9"])
    assert "offers no “money.nothing/9”" in refused.json()["fields"]["picked"][0]


def test_a_measure_is_changed_and_what_is_not_sent_stays(coordinator, plan):
    first, second = own(coordinator, plan), own(coordinator, plan, title="A court")
    sent = send(coordinator, "measure", second, method="put", requires=[first])
    assert sent.json()["requires"] == [first]
    told = send(coordinator, "measure", second, method="put", title="Courts").json()
    assert (told["title"], told["requires"], told["cost"]) == ("Courts", [first], "100.00")
    faults = send(coordinator, "measure", second, method="put", currency="").json()
    assert faults["fields"] == {"currency": ["Say in which currency the cost is."]}
    stranger = people.OrganisationFactory(country=people.CountryFactory(code="VNM"))
    faults = send(coordinator, "measure", second, method="put", owner=stranger.pk).json()
    assert list(faults["fields"]) == ["owner"]
    assert send(coordinator, "measure_remove", first).status_code == 204
    assert not Measure.objects.filter(pk=first).exists()


def test_funding_interest_progress_and_judgement(coordinator, plan, signed_in):
    measure = own(coordinator, plan)
    paid = send(coordinator, "measure_funding", measure, source="budget", funder="S", amount="60")
    (line,) = paid.json()["funding"]
    more = send(coordinator, "measure_funding", measure, source="donor", funder="D", amount="41")
    assert "is more" in more.json()["error"]
    gone = send(coordinator, "measure_funding_remove", measure, line["id"])
    assert gone.json()["funding"] == []

    user = people.donor(plan.round.country)
    donor = signed_in(user)
    mine = user.memberships.get().organisation
    marked = send(donor, "measure_interest", measure, organisation=mine.pk, text="Gladly.").json()
    (interest,) = marked["interests"]
    assert interest["organisation_name"] == mine.name
    other = people.OrganisationFactory(country=plan.round.country)
    refused = send(donor, "measure_interest", measure, organisation=other.pk)
    assert list(refused.json()["fields"]) == ["organisation"]
    member = signed_in(people.officer(other))
    assert member.get(reverse("api:measure", args=[measure])).json()["interests"] == []
    back = send(donor, "measure_interest_withdraw", measure, interest["id"])
    assert back.json()["interests"] == []

    early = send(coordinator, "measure_progress", measure, status="done", text="It is in force.")
    assert early.json()["error"].startswith("The plan is draft")
    agreed = send(coordinator, "plan_step", plan.round_id, "agree").json()
    assert (agreed["state"], agreed["steps"]) == ("agreed", ["revise", "close"])
    done = send(coordinator, "measure_progress", measure, status="done", text="It is in force.")
    assert (done.json()["status"], done.json()["notes"][0]["text"]) == ("done", "It is in force.")
    judged = send(
        coordinator, "plan_judgement", plan.round_id, method="put", judgement={"impact": "Many."}
    )
    assert judged.json()["judgements"] == {"impact": "Many."}
    unknown = send(
        coordinator, "plan_judgement", plan.round_id, method="put", judgement={"luck": "Much."}
    )
    assert "There is no criterion luck." in unknown.json()["fields"]["judgement"]
