"""A round to learn on, and what stays free of it."""

import pytest
from django.urls import reverse

from accounts.refusals import Refused
from activity.models import Job
from diagnostics.actions import start_practice, submit_sheet
from diagnostics.models import Round
from diagnostics.queries import last_round
from reports.models import ReportVersion
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


def test_one_click_opens_a_round_marked_as_practice(team, signed_in):
    rounds.version()
    client = signed_in(team.coordinator)
    answer = client.post(reverse("diagnostics:practice_start", args=["LAO"]))
    made = Round.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.provenance, made.state) == ("practice", "collecting")
    assert [(one.organisation, one.panel) for one in made.sheets.all()] == [
        (team.organisation, "government")
    ]
    for page in (made, made.sheets.get()):
        assert b"<strong>Practice</strong>" in client.get(page.get_absolute_url()).content


def test_nothing_of_it_is_reported_counted_or_followed_on(team, run_jobs):
    rounds.version()
    practice = start_practice(country=team.country, by=team.coordinator)
    (sheet,) = practice.sheets.all()
    rounds.fill(sheet, ["yes", "no"], by=team.officer)
    submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(practice)
    run_jobs()
    assert not Job.objects.filter(state="failed").exists()
    assert not ReportVersion.objects.exists()
    real = rounds.RoundFactory(country=team.country)
    assert last_round(real) is None


def test_without_people_it_is_refused_in_words(team):
    rounds.version()
    empty = people.CountryFactory(code="KHM")
    with pytest.raises(Refused, match="Invite an officer first"):
        start_practice(country=empty, by=None)
