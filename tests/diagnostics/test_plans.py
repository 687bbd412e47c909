"""A plan from the road map to its judgement: actions, pages, files, doors of its own."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from activity import jobs
from activity.judging import Criterion
from activity.models import Event, Job, Notification
from diagnostics import actions, planned
from diagnostics.models import Measure, Plan
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    made = rounds.closed_round()
    for job in Job.objects.filter(kind="score"):
        jobs.run(job.pk)
    return made


@pytest.fixture
def plan(closed):
    return actions.begin_plan(round=closed, by=None)


@pytest.fixture
def owner(closed):
    return people.OrganisationFactory(country=closed.country)


def values(owner=None, **changed: object) -> dict[str, object]:
    return {
        "title": "Open a credit bureau", "theme": "money", "horizon": 1, "owner": owner,
        "start": date(2026, 1, 1), "end": date(2026, 12, 31), "cost": Decimal(1000),
        "currency": "USD", "price_year": 2025, "cost_source": "The budget office",
        "indicator": "Firms with a record", "baseline": "0", "target": "5,000",
    } | changed  # fmt: skip


def add(plan, **changed: object) -> Measure:
    return actions.add_measure(plan=plan, values=values(**changed), by=None)


def faults(plan, **changed: object) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        add(plan, **changed)
    return refused.value.message_dict


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def coordinator(plan):
    return people.coordinator(plan.round.country)


def page(user, name: str, *args: object) -> str:
    return signed_in(user).get(reverse(f"diagnostics:{name}", args=args)).content.decode()


def test_a_plan_follows_from_a_closed_round_and_there_is_one(closed):
    with pytest.raises(Refused, match="closed round"):
        actions.begin_plan(round=rounds.RoundFactory(country=closed.country), by=None)
    actions.begin_plan(round=closed, by=None)
    with pytest.raises(Refused, match="already"):
        actions.begin_plan(round=closed, by=None)


def test_the_road_map_offers_statements_and_assistance_once_each(plan):
    (theme, offered), _other = planned.candidates(plan.round)
    assert (theme["code"], theme["stage"]) == ("money", 2)
    codes = [one.picked for one in offered]
    assert len(codes) == len(set(codes))
    assert {one.horizon for one in offered} == {1, 5}
    assert offered[0].title.startswith("Money item 1: Fact 3")
    made = actions.pick_measures(plan=plan, candidates=offered[:2], by=None)
    assert [one.picked for one in made] == codes[:2]
    again = actions.pick_measures(plan=plan, candidates=offered[:3], by=None)
    assert [one.picked for one in again] == codes[2:3]
    assert Event.objects.filter(kind="measure.added").count() == 3


def test_the_coordinator_picks_on_the_page(plan):
    user = coordinator(plan)
    (_theme, offered), _other = planned.candidates(plan.round)
    url = reverse("diagnostics:plan_choose", args=[plan.round_id])
    assert offered[0].title in signed_in(user).get(url).content.decode()
    signed_in(user).post(url, {"picked": [offered[0].picked]})
    assert plan.measures.get().title == offered[0].title
    assert offered[0].title in page(user, "plan", plan.round_id)
    told = signed_in(user).post(url, {"picked": ["no/such"]})
    assert "Select a valid choice" in told.content.decode()


def test_what_does_not_fit_is_told_by_field(plan):
    assert faults(plan, theme="weather") == {
        "theme": ["The instrument of the round has no such theme."]
    }
    assert list(faults(plan, end=date(2025, 1, 1))) == ["end"]
    assert list(faults(plan, end=date(2060, 1, 1))) == ["end"]
    assert set(faults(plan, currency="", price_year=None)) == {"currency", "price_year"}
    assert list(faults(plan, currency="us$")) == ["currency"]
    assert list(faults(plan, cost=Decimal(-1))) == ["cost"]
    assert list(faults(plan, title="")) == ["title"]
    assert not plan.measures.exists()


def test_the_database_holds_dates_and_prices_together(plan):
    measure = add(plan)
    for wrong in ({"end": date(2020, 1, 1)}, {"currency": ""}, {"price_year": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(**wrong)


def test_measures_wait_for_one_another_in_no_circle(plan):
    first = add(plan, title="First")
    second = add(plan, title="Second", requires=[first], start=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="These wait for one another: “"):
        actions.change_measure(
            measure=first, values=values(title="First", requires=[second]), by=None
        )
    assert planned.PlanOnPage(plan).warnings == [
        "“Second” begins before “First”, which has to come first, has ended."
    ]
    other = actions.begin_plan(round=rounds.closed_round(), by=None)
    with pytest.raises(ValidationError, match="same plan"):
        add(other, requires=[first])


def test_a_plan_is_agreed_when_each_measure_has_what_it_needs(plan, owner):
    with pytest.raises(Refused, match="no measure"):
        actions.agree_plan(plan=plan, by=None)
    measure = add(plan)
    with pytest.raises(Refused, match="“Open a credit bureau” still lacks: owner"):
        actions.agree_plan(plan=plan, by=None)
    member = people.officer(owner)
    actions.change_measure(measure=measure, values={"owner": owner, "cost_source": ""}, by=None)
    with pytest.raises(Refused, match="still lacks: who estimated the cost, and how"):
        actions.agree_plan(plan=plan, by=None)
    actions.change_measure(measure=measure, values={"cost_source": "A study"}, by=None)
    actions.agree_plan(plan=plan, by=None)
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert Notification.objects.get(to=member).kind == "plan.step"
    with pytest.raises(Refused, match="The plan is agreed; this is for a plan that is draft"):
        add(plan)
    with pytest.raises(Refused, match="Agree the plan"):
        actions.agree_plan(plan=plan, by=None)


@pytest.fixture
def agreed(plan, owner):
    measure = add(plan, owner=owner)
    actions.agree_plan(plan=plan, by=None)
    return measure


def test_progress_is_added_never_altered_and_the_newest_counts(agreed):
    told = coordinator(agreed.plan)
    for status in ("under_way", "late"):
        actions.report_progress(measure=agreed, status=status, text="So it is.", by=None)
    assert planned.status_of(agreed) == "late"
    assert Notification.objects.filter(to=told, kind="measure.progress").count() == 2
    with pytest.raises(Refused, match="Say what was done"):
        actions.report_progress(measure=agreed, status="done", text=" ", by=None)
    with pytest.raises(ValidationError):
        actions.report_progress(measure=agreed, status="splendid", text="Yes.", by=None)
    for change in (agreed.notes.all().delete, lambda: agreed.notes.update(text="No.")):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()


def test_a_measure_with_progress_is_dropped_not_removed(agreed):
    actions.report_progress(measure=agreed, status="dropped", text="No money.", by=None)
    actions.revise_plan(plan=agreed.plan, reason="Think again.", by=None)
    with pytest.raises(Refused, match="on record"):
        actions.remove_measure(measure=agreed, by=None)
    shown = planned.PlanOnPage(agreed.plan)
    assert (shown.lines, shown.gaps) == ([], [])
    assert shown.title == "1 measure, 0 done, 1 dropped"
    told = page(coordinator(agreed.plan), "plan", agreed.plan.round_id)
    assert "1 dropped measure is left out of the sums." in told


def test_the_owner_reports_and_others_may_not(agreed, owner):
    url = reverse("diagnostics:measure_progress", args=[agreed.pk])
    sent = {"status": "under_way", "text": "It is being written.", "value": "120"}
    stranger = people.officer(people.OrganisationFactory(country=owner.country))
    assert signed_in(stranger).post(url, sent).status_code == 403
    member = people.officer(owner)
    assert signed_in(member).post(url, sent).status_code == 302
    assert "It is being written." in page(member, "measure", agreed.pk)
    assert agreed.notes.get().by == member


def test_funding_fills_the_gap_and_goes_no_further(agreed):
    def fund(amount):
        return actions.add_funding(
            measure=agreed, source="donor", funder="A bank", amount=Decimal(amount), by=None
        )

    line = fund(600)
    (open_gap,) = planned.PlanOnPage(agreed.plan).gaps
    assert open_gap.line.gap == 400
    with pytest.raises(Refused, match=r"Of the cost 400\.00 USD are open; 401 is more"):
        fund(401)
    fund(400)
    assert planned.PlanOnPage(agreed.plan).gaps == []
    actions.remove_funding(funding=line, by=None)
    assert planned.PlanOnPage(agreed.plan).gaps[0].line.gap == 600
    actions.revise_plan(plan=agreed.plan, reason="Cheaper.", by=None)
    for cost in (Decimal(300), None):
        with pytest.raises(ValidationError, match="more than this cost"):
            actions.change_measure(measure=agreed, values={"cost": cost}, by=None)
    for other in ({"currency": "VND"}, {"price_year": 1995}):
        with pytest.raises(ValidationError, match=r"Funding of 400\.00 USD is on record"):
            actions.change_measure(measure=agreed, values=other, by=None)


@pytest.mark.parametrize("slip", [{"start": date(25, 1, 1)}, {"end": date(2206, 1, 1)}])
def test_a_date_far_from_the_round_is_a_slip(plan, slip):
    with pytest.raises(ValidationError, match="fifteen years"):
        add(plan, **slip)


def test_a_measure_without_a_cost_takes_no_funding(plan):
    measure = add(plan, cost=None, currency="", price_year=None)
    with pytest.raises(Refused, match="Estimate the cost"):
        actions.add_funding(
            measure=measure, source="budget", funder="The state", amount=Decimal(1), by=None
        )
    assert [one.measure for one in planned.PlanOnPage(plan).uncosted] == [measure]


def test_a_donor_marks_interest_once_and_the_coordinator_is_told(agreed):
    runs = coordinator(agreed.plan)
    donor = people.donor(agreed.plan.round.country)
    organisation = donor.memberships.get().organisation
    url = reverse("diagnostics:measure_interest", args=[agreed.pk])
    assert "Mark interest" in page(donor, "plan", agreed.plan.round_id)
    signed_in(donor).post(url, {"organisation": organisation.pk, "text": "In training."})
    told = Notification.objects.get(to=runs)
    assert (told.kind, told.url) == ("measure.interest", agreed.get_absolute_url())
    answer = signed_in(donor).post(url, {"organisation": organisation.pk}, follow=True)
    assert "has marked its interest already" in answer.content.decode()
    marked = agreed.interests.get()
    assert organisation.name in page(runs, "plan", agreed.plan.round_id)
    signed_in(donor).post(reverse("diagnostics:measure_withdraw", args=[agreed.pk, marked.pk]))
    assert planned.PlanOnPage(agreed.plan).measures[0].interests == []
    actions.mark_interest(measure=agreed, organisation=organisation, text="", by=donor)


@pytest.mark.parametrize("status", ["done", "dropped", "covered", "not estimated"])
def test_interest_is_taken_in_open_gaps_only(plan, owner, status):
    unknown = {"cost": None, "currency": "", "price_year": None, "cost_source": ""}
    measure = add(plan, owner=owner, **(unknown if status == "not estimated" else {}))
    actions.agree_plan(plan=plan, by=None)
    donor = people.donor(plan.round.country)
    offer = "Mark interest</button>"
    assert (offer in page(donor, "measure", measure.pk)) == (status != "not estimated")
    if status == "covered":
        actions.add_funding(
            measure=measure, source="budget", funder="The state", amount=Decimal(1000), by=None
        )
    elif status != "not estimated":
        actions.report_progress(measure=measure, status=status, text="So it is.", by=None)
    assert offer not in page(donor, "measure", measure.pk)
    client, sent = signed_in(donor), {"organisation": donor.memberships.get().organisation_id}
    told = client.post(
        reverse("diagnostics:measure_interest", args=[measure.pk]), sent, follow=True
    )
    assert "Nothing is open to fund" in told.content.decode()
    refused = client.post(
        reverse("api:measure_interest", args=[measure.pk]), sent, content_type="application/json"
    )
    assert refused.json()["error"].startswith("Nothing is open to fund")
    assert not measure.interests.exists()


def test_a_donor_speaks_for_no_other_and_others_do_not_see_who_is_interested(agreed):
    donor, other = (people.donor(agreed.plan.round.country) for _ in range(2))
    organisation = other.memberships.get().organisation
    url = reverse("diagnostics:measure_interest", args=[agreed.pk])
    signed_in(donor).post(url, {"organisation": organisation.pk})
    assert not agreed.interests.exists()
    actions.mark_interest(measure=agreed, organisation=organisation, text="", by=other)
    officer = people.officer(people.OrganisationFactory(country=agreed.plan.round.country))
    assert organisation.name not in page(officer, "plan", agreed.plan.round_id)
    assert organisation.name not in page(officer, "measure", agreed.pk)


def test_a_plan_closes_once_it_is_judged_by_every_criterion(agreed):
    with pytest.raises(Refused, match="Judge the plan first by: Effect on the firms assisted"):
        actions.close_plan(plan=agreed.plan, by=None)
    user = coordinator(agreed.plan)
    url = reverse("diagnostics:plan_judgement", args=[agreed.plan.round_id])
    signed_in(user).post(url, {one.value: f"By {one.value}." for one in Criterion})
    assert agreed.plan.judgements.count() == len(Criterion)
    actions.judge_plan(plan=agreed.plan, texts={"impact": "Many.", "skills": " "}, by=None)
    assert dict(agreed.plan.judgements.values_list("criterion", "text"))["impact"] == "Many."
    step = reverse("diagnostics:plan_step", args=[agreed.plan.round_id, "close"])
    signed_in(user).post(step)
    assert Plan.objects.get().state == "closed"
    with pytest.raises(Refused):
        actions.report_progress(measure=agreed, status="done", text="Late.", by=None)
    actions.reopen_plan(plan=agreed.plan, reason="More came.", by=None)
    assert Plan.objects.get().state == "agreed"


def test_the_form_keeps_what_was_written_and_names_the_field(plan):
    user = coordinator(plan)
    url = reverse("diagnostics:measure_new", args=[plan.round_id])
    sent = {"title": "A fund", "theme": "money", "horizon": "1", "cost": "5", "currency": "usd"}
    answer = signed_in(user).post(url, sent).content.decode()
    assert "Say of which year the prices are." in answer
    assert "A fund" in answer
    done = signed_in(user).post(url, sent | {"price_year": "2025"})
    measure = plan.measures.get()
    assert (done["Location"], measure.currency) == (measure.get_absolute_url(), "USD")
    change = reverse("diagnostics:measure_change", args=[measure.pk])
    assert 'value="5.00"' in signed_in(user).get(change).content.decode()
    signed_in(user).post(change, sent | {"price_year": "2024"})
    measure.refresh_from_db()
    assert measure.price_year == 2024


def test_the_schedule_is_a_table_and_csv(plan):
    first = add(plan, title="First, with a comma")
    add(plan, title="-Second", requires=[first], start=date(2027, 1, 1), end=date(2028, 1, 1))
    user = coordinator(plan)
    html = page(user, "plan", plan.round_id)
    assert "2 measures run from 2026 to 2028" in html
    assert html.count('class="on on-planned"') == 2 + 3
    text = signed_in(user).get(reverse("diagnostics:plan_schedule", args=[plan.round_id]))
    assert '"First, with a comma",Money,1,' in text.content.decode()
    assert "'-Second" in text.content.decode()


def test_what_the_mix_rules_ask_first_is_said_once_with_its_themes(plan, monkeypatch):
    add(plan)
    rule = {"code": "r", "advice": "Courts come first.", "because": "", "now": True, "then": True}
    result = planned.result_of(plan.round)
    for theme in result["themes"]:
        for horizon in theme["horizons"]:
            horizon["prerequisites"] = [rule] if horizon["years"] == 1 else []
    monkeypatch.setattr(planned, "result_of", lambda round: result)
    add(plan, title="Another", theme="advice")
    assert planned.PlanOnPage(plan).advice == [
        planned.Advice("Courts come first.", True, ["Money", "Advice"])
    ]
    assert page(coordinator(plan), "plan", plan.round_id).count("Courts come first.") == 1


def test_the_api_tells_the_plan(agreed):
    actions.report_progress(measure=agreed, status="done", text="It is open.", by=None)
    told = (
        signed_in(coordinator(agreed.plan))
        .get(reverse("api:plan", args=[agreed.plan.round_id]))
        .json()
    )
    assert (told["state"], told["provenance"]) == ("agreed", "assessment")
    (measure,) = told["measures"]
    assert (measure["status"], measure["cost"], measure["notes"][0]["text"]) == (
        "done",
        "1000.00",
        "It is open.",
    )


def test_home_tells_owners_of_their_measures_and_donors_of_plans(agreed, owner):
    home = reverse("home")
    assert agreed.title in signed_in(people.officer(owner)).get(home).content.decode()
    other = people.officer(people.OrganisationFactory(country=owner.country))
    assert agreed.title not in signed_in(other).get(home).content.decode()
    donor = signed_in(people.donor(owner.country)).get(home).content.decode()
    assert f"{agreed.plan.get_absolute_url()}#costing" in donor
    abroad = people.donor(people.CountryFactory(code="VNM"))
    assert "#costing" not in signed_in(abroad).get(home).content.decode()
