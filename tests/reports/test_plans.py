"""A plan beside its report: in public once both are out, and in the next round's report."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics import actions
from reports.models import ReportVersion
from reports.reading import Reading
from reports.rendering.document import Audience
from reports.rendering.sections import on_paper
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_on):
    return report_on(MIXED)


@pytest.fixture
def plan(report):
    made = actions.begin_plan(round=report.round, by=None)
    owner = report.round.sheets.get(panel="government").organisation
    values = {
        "title": "Write a law", "theme": "money", "horizon": 1, "owner": owner,
        "start": date(2026, 1, 1), "end": date(2026, 12, 31), "indicator": "A law",
        "target": "In force",
    }  # fmt: skip
    actions.add_measure(plan=made, values=values, by=None)
    return made


def publish(report) -> None:
    ReportVersion.objects.filter(pk=report.pk).update(state="published")


def test_the_plan_is_public_once_it_is_agreed_and_the_report_published(report, plan):
    url, reader = reverse("reports:plan", args=[report.pk]), Client()
    assert reader.get(url).status_code == 302
    publish(report)
    assert reader.get(url).status_code == 404
    actions.agree_plan(plan=plan, by=None)
    page = reader.get(url).content.decode()
    assert "Write a law" in page
    assert "/measures/" not in page
    assert url in reader.get(report.get_absolute_url()).content.decode()


def test_anybody_takes_schedule_and_costing_of_the_public_plan(report, plan):
    publish(report)
    actions.agree_plan(plan=plan, by=None)
    page = Client().get(reverse("reports:plan", args=[report.pk])).content.decode()
    for name, kind in (("plan_schedule", "text/csv"), ("plan_costing", "spreadsheetml.sheet")):
        url = reverse(f"reports:{name}", args=[report.pk])
        assert f'href="{url}"' in page
        answer = Client().get(url)
        assert kind in answer["Content-Type"]
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_snapshot_from_before_plans_says_nothing_of_one(report):
    assert report.snapshot["last_plan"] is None
    del report.snapshot["last_plan"]
    assert Reading(report).last_plan is None


def test_every_form_tells_what_became_of_the_plan(report):
    report.snapshot["last_plan"] = {
        "round": "Before",
        "state": "closed",
        "measures": [
            {
                "title": "Write a law", "theme": "Money", "owner": "A ministry",
                "target": "In force", "status": "done", "text": "It is in force.", "value": "1",
            }
        ],
        "judgements": [{"criterion": "impact", "text": "Many firms."}],
    }  # fmt: skip
    reading = Reading(report)
    assert reading.last_plan.told == "1 measure was planned after “Before”; done: 1."
    for audience, there in ((Audience.FULL, True), (Audience.MINISTER, False)):
        found = [one for one in on_paper(reading, audience, frozenset()) if one.code == "last-plan"]
        assert bool(found) is there
    (section,) = [
        one for one in on_paper(reading, Audience.FULL, frozenset()) if one.code == "last-plan"
    ]
    _told, table, _heading, points = section.blocks
    assert list(table.rows) == [
        ("Write a law", "Money", "A ministry", "In force", "done", "It is in force. (1)")
    ]
    assert points.points[0].text == "Many firms."
