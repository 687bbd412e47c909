"""Planning a round: what is made, and each thing that does not fit."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.refusals import Refused
from activity import events
from activity.models import Event
from clusters.models import Cluster
from countries.models import Country
from diagnostics import actions
from diagnostics.models import Response, Round, Sheet
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def plan(team, **changes) -> Round:
    fields = {
        "country": team.country,
        "instrument_version": rounds.version(),
        "title": "Round of 2025",
        "period": YEAR,
        "sheets": [(team.organisation, "government", ["money", "advice"])],
        "by": team.coordinator,
    }
    return actions.plan_round(**{**fields, **changes})


def refusal(team, **changes) -> str:
    """The sentence, after which nothing of the round is there."""
    with pytest.raises(Refused) as caught:
        plan(team, **changes)
    assert not Round.objects.exists()
    assert not Sheet.objects.exists()
    assert not Event.objects.filter(kind="round.planned").exists()
    return caught.value.sentence


def test_a_planned_round_has_a_blank_answer_for_each_item_of_each_theme_assigned(team):
    planned = plan(team, sheets=[(team.organisation, "government", ["advice"])])
    assert (planned.state, planned.subject) == ("planned", "country")
    responses = Response.objects.filter(sheet__round=planned)
    assert sorted(response.item.code for response in responses) == [
        f"advice.item_{n}" for n in (1, 2, 3, 4)
    ]
    for response in responses:
        assert (response.revision, response.answers, response.made) == (0, [""] * 4, [""] * 4)


def test_themes_are_kept_in_the_order_of_the_instrument(team):
    planned = plan(team, sheets=[(team.organisation, "private", ["advice", "money"])])
    assert planned.sheets.get().themes == ["money", "advice"]


def test_planning_is_told_as_an_event_of_the_round(team):
    planned = plan(team)
    event = Event.objects.get(topic=planned.topic)
    assert (event.kind, event.by, event.country) == (
        "round.planned", team.coordinator, team.country,
    )  # fmt: skip
    assert events.in_words(event) == (
        f"{team.coordinator} planned the round Round of 2025; sheets: 1."
    )


def test_a_round_without_sheets_is_refused(team):
    assert refusal(team, sheets=[]) == (
        "A round needs at least one sheet: an organisation in a panel."
    )


def test_a_sheet_without_themes_is_refused(team):
    sheets = [(team.organisation, "government", [])]
    assert refusal(team, sheets=sheets) == "A sheet needs at least one theme."


def test_a_theme_the_instrument_has_not_is_refused_by_name(team):
    sheets = [(team.organisation, "government", ["money", "weather"])]
    assert refusal(team, sheets=sheets) == "The instrument has no theme weather."


def test_a_period_that_ends_before_it_begins_is_refused(team):
    assert refusal(team, period=(YEAR[1], YEAR[0])) == "The period ends before it begins."


def test_an_instrument_for_clusters_is_refused_for_a_country(team):
    version = rounds.version(code="for-clusters", subject="cluster")
    assert refusal(team, instrument_version=version) == (
        "A small instrument 1.0 is about a cluster; this round is not."
    )


def test_an_instrument_for_countries_is_refused_for_a_cluster(team):
    cluster = Cluster.objects.create(country=team.country, name="Weavers")
    assert refusal(team, cluster=cluster) == (
        "A small instrument 1.0 is about a country; this round is not."
    )


def test_a_cluster_of_another_country_is_refused(team):
    cluster = Cluster.objects.create(country=Country.objects.get(code="VNM"), name="Weavers")
    version = rounds.version(code="for-clusters", subject="cluster")
    assert refusal(team, cluster=cluster, instrument_version=version) == (
        "Weavers is not in Country LAO."
    )


def test_a_round_about_a_cluster_names_it(team):
    cluster = Cluster.objects.create(country=team.country, name="Weavers")
    version = rounds.version(code="for-clusters", subject="cluster")
    planned = plan(team, cluster=cluster, instrument_version=version)
    assert (planned.subject, planned.subject_name) == ("cluster", "Weavers")


def test_one_organisation_has_one_sheet_in_a_round(team):
    twice = [(team.organisation, panel, ["money"]) for panel in ("government", "private")]
    with pytest.raises(ValidationError) as caught:
        plan(team, sheets=twice)
    assert "already exists" in " ".join(caught.value.messages)


@pytest.mark.parametrize("panel", ["agreed", "nobody", ""])
def test_a_rater_is_in_one_of_the_three_panels(team, panel):
    with pytest.raises(ValidationError):
        plan(team, sheets=[(team.organisation, panel, ["money"])])


def test_an_untitled_round_is_refused(team):
    with pytest.raises(ValidationError) as caught:
        plan(team, title="")
    assert list(caught.value.message_dict) == ["title"]


def test_a_round_of_a_fictional_country_says_so_whatever_was_asked(team):
    nowhere = people.CountryFactory(code="XZA", is_fictional=True)
    sheets = [(people.OrganisationFactory(country=nowhere), "government", ["money"])]
    planned = plan(team, country=nowhere, provenance="assessment", sheets=sheets)
    assert (planned.provenance, planned.label) == (
        "fictional", "fictional country; invented answers",
    )  # fmt: skip


def test_a_round_that_is_no_assessment_must_say_what_it_is(team):
    with pytest.raises(ValidationError):
        plan(team, provenance="coded")
    assert plan(team, provenance="coded", label="coded from a book").label == "coded from a book"


def test_no_organisation_of_another_country_is_asked(team):
    other = people.OrganisationFactory(country=people.CountryFactory(code="VNM"))
    with pytest.raises(ValidationError, match="is not of"):
        plan(team, sheets=[(other, "government", ["money"])])
