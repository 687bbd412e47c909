"""Results through the API: what the page shows, typed, behind the page's doors."""

from collections.abc import Iterator

import pytest
from django.test import Client
from rest_framework.fields import DictField, Field, FloatField, IntegerField, ListField
from rest_framework.serializers import ListSerializer, Serializer

from diagnostics import actions
from diagnostics.results import RoundResultSerializer
from tests.factories import people, rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_on):
    return report_on(MIXED)


def departures(field: Field, value: object, path: str) -> Iterator[str]:
    """Where a stored value is not what its field says."""
    if value is None:
        if not field.allow_null:
            yield f"{path} is null"
    elif isinstance(field, Serializer):
        if set(value) != set(field.fields):
            yield f"{path} differs in {set(value) ^ set(field.fields)}"
        for key in set(value) & set(field.fields):
            yield from departures(field.fields[key], value[key], f"{path}.{key}")
    elif isinstance(field, ListSerializer | ListField):
        for one in value:
            yield from departures(field.child, one, f"{path}[]")
    elif isinstance(field, DictField):
        for one in value.values():
            yield from departures(field.child, one, f"{path}{{}}")
    else:
        numeric = isinstance(field, FloatField | IntegerField)
        if numeric != (isinstance(value, int | float) and not isinstance(value, bool)):
            yield f"{path} is {value!r}"
        field.run_validation(value)


def panel_round(team, **fields):
    """A closed round with three sheets in three panels that are at odds on one item."""
    panels = ("government", "independent", "private")
    asked = [(people.OrganisationFactory(country=team.country), p, ["money"]) for p in panels]
    made = rounds.RoundFactory(country=team.country, sheets=asked, **fields)
    for sheet in made.sheets.order_by("pk"):
        rounds.fill(sheet, {code: answers for code, answers in MIXED.items() if "money" in code})
    rounds.answer(made.sheets.get(panel="private"), "money.item_1", "no", "no", "no", "no")
    for sheet in made.sheets.all():
        actions.submit_sheet(sheet=sheet, by=None)
    return made


def test_the_result_has_the_shape_that_is_described(team, signed_in, report, run_jobs):
    client = signed_in(team.officer)
    told = client.get(f"/api/reports/{report.pk}/result/").json()
    assert told["result"] == report.snapshot["result"]
    assert (told["number"], told["provenance"], told["sha256"]) == (1, "assessment", report.sha256)
    assert list(departures(RoundResultSerializer(), told["result"], "result")) == []
    assert client.get(f"/api/rounds/{report.round_id}/result/").json() == told


def test_so_has_one_with_panels(team, run_jobs):
    made = panel_round(team)
    rounds.close(made, by=team.coordinator)
    run_jobs()
    (report,) = made.reports.all()
    result = report.snapshot["result"]
    money = result["themes"][0]
    assert money["contested"]
    assert money["rescoring"]
    assert money["gaps"]["government_independent"]
    assert list(departures(RoundResultSerializer(), result, "result")) == []


def test_the_list_holds_what_the_person_may_read(team, signed_in, report):
    (one,) = signed_in(team.officer).get("/api/reports/").json()
    assert (one["id"], one["country"], one["state"]) == (report.pk, "LAO", "draft")
    assert signed_in(team.stranger).get("/api/reports/").json() == []
    assert Client().get("/api/reports/").json() == []


def test_the_list_costs_the_same_for_any_number(
    team, signed_in, report_on, django_assert_max_num_queries
):
    for _ in range(2):
        report_on(MIXED)
    client = signed_in(team.officer)
    with django_assert_max_num_queries(6):
        client.get("/api/reports/")


def test_the_description_types_the_result(team, signed_in):
    text = signed_in(team.officer).get("/api/schema/").content.decode()
    for name in ("RoundResult", "ThemeResult", "Rescoring", "ReportResult"):
        assert f"    {name}:" in text
