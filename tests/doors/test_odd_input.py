"""Addresses, queries, forms and bodies that no honest browser sends: a sentence, never a 500."""

import json
import re

import pytest
from django.db import transaction
from django.test import Client

from tests.doors.programs import ANSWER
from tests.doors.scene import address, routes

pytestmark = pytest.mark.django_db

ODD = [
    "0",
    "-1",
    "1.5",
    "99999999999999999999999",
    "9" * 5000,
    "%00",
    "1%00",
    "%0A",
    "%FF",
    "%ED%A0%80",
    "%F0%9F%8C%B3",
    "..",
    "%2e%2e%2f",
    "'%20OR%201=1--",
    "x" * 3000,
    "00000000-0000-0000-0000-000000000000",
]
QUERIES = ["%00", "=%00", "next=%00", "next=//example.org", "page=-1", "&&==", "a" * 5000, "q=%FF",
           "country=%00&instrument=%00", "country=LAO&instrument=99999999999999999999",
           "country=LAO&country=VNM&instrument=x", "country=%FF&instrument=-1"]  # fmt: skip
PLACE = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")
# Of the tables one stands for all; /healthz tells of the machine, not of the address.
ROUTES = [
    route
    for route in routes()
    if ("/tables/" not in route.pattern or "/country/" in route.pattern) and route.name != "healthz"
]
PLACES = [route for route in ROUTES if PLACE.search(route.pattern)]
ADDRESSES = [route for route in ROUTES if not PLACE.search(route.pattern)]


def filled(pattern: str, value: str) -> str:
    pattern = pattern.replace("/$", "/").replace("^", "").replace(".*)$", ")")
    return PLACE.sub(lambda match: value, pattern)


def who_comes_furthest(scene, route) -> Client:
    """The coordinator opens most doors, but not those of the tables."""
    return scene.client("administrator" if "/tables/" in route.pattern else "coordinator")


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:25])
def test_an_odd_address_names_nothing(scene, value):
    for route in PLACES:
        client = who_comes_furthest(scene, route)
        for method in ("get", "put" if route.name == "api:response" else "post"):
            with transaction.atomic():
                response = getattr(client, method)(filled(route.pattern, value))
                transaction.set_rollback(True)
            assert response.status_code < 500, (route.pattern, method)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:25])
def test_an_odd_query_breaks_no_page(scene, query):
    for route in ADDRESSES:
        with transaction.atomic():
            response = who_comes_furthest(scene, route).get(f"{route.pattern}?{query}")
            transaction.set_rollback(True)
        assert response.status_code < 500, route.pattern
        assert "example.org" not in response.headers.get("Location", "").split("?")[0]


def test_a_null_character_in_an_address_is_a_bad_request_with_a_sentence(scene):
    client = scene.client("officer")
    page = client.get("/countries/LA%00/")
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "not of the expected form" in page.content.decode()
    answer = client.put(f"/api/sheets/{scene.sheet.pk}/items/money%00/", ANSWER)
    assert (answer.status_code, answer.json()) == (
        400, {"error": "The address contains a null character."},
    )  # fmt: skip


FORMS = {
    "accounts:signin": {"login": "a\x00@example.org", "password": "\x00"},
    "accounts:password_reset": {"email": "a\x00@example.org"},
    "accounts:password_change": {"old_password": "\x00", "new_password1": "\x00"},
}


@pytest.mark.parametrize("name", FORMS)
def test_a_null_character_in_a_form_is_told_in_the_form(scene, name):
    response = scene.client("officer").post(address(name), FORMS[name])
    assert response.status_code == 200
    assert "Null characters are not allowed" in response.content.decode()


def plan(scene, **changes: object) -> str:
    """What the page says after planning a round with these values."""
    organisation = scene.sheet.organisation_id
    data = {
        "title": "Next",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        f"panel_{organisation}": "government",
        f"themes_{organisation}": ["money"],
        **changes,
    }
    version = scene.round.instrument_version_id
    url = f"{address('diagnostics:round_new')}?country=LAO&instrument={version}"
    response = scene.client("coordinator").post(url, data)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "a\x00b"}, "Null characters are not allowed"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"period_start": "99999-01-01"}, "Enter a valid date"),
        ({"period_start": "0000-00-00"}, "Enter a valid date"),
        ({"period_end": "\x00"}, "Enter a valid date"),
    ],
)
def test_odd_values_of_a_round_are_told_in_the_form(scene, changes, sentence):
    assert sentence in plan(scene, **changes)


@pytest.mark.parametrize(
    ("field", "value"), [("panel", "\x00"), ("panel", "agreed"), ("themes", ["\x00"])]
)
def test_a_choice_that_is_none_is_told_in_the_form(scene, field, value):
    changes = {f"{field}_{scene.sheet.organisation_id}": value}
    assert "Select a valid choice" in plan(scene, **changes)


def test_a_null_character_in_the_reason_is_told_on_the_page(scene):
    url = address("diagnostics:sheet_reopen", scene.submitted.pk)
    response = scene.client("coordinator").post(url, {"reason": "why\x00"}, follow=True)
    assert response.status_code == 200
    assert "Null characters are not allowed" in response.content.decode()


def put(scene, body: object, **options: object):
    """The answer of the API to a body; text and bytes go as they are."""
    raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
    url = address("api:response", scene.sheet.pk, "money.item_1")
    with transaction.atomic():
        response = scene.client("officer").put(
            url, raw, **{"content_type": "application/json", **options}
        )
        transaction.set_rollback(True)
    return response


BODIES = {
    "empty": "",
    "no JSON": "{",
    "not a number": '{"revision": NaN}',
    "no text": b"\xff\xfe\x00",
    "deep": "[" * 200_000,
    "huge number": '{"revision": ' + "9" * 10_000 + "}",
    "list": [],
    "text": "yes",
    "null": "null",
    "nothing in it": {},
    **{
        f"{field}: {json.dumps(value)[:30]}": {**ANSWER, field: value}
        for field, value in [
            ("revision", -1),
            ("revision", "x"),
            ("revision", None),
            ("revision", 1.5),
            ("status", "a\x00"),
            ("status", "maybe"),
            ("status", {"a": 1}),
            ("answers", "yes"),
            ("answers", ["yes"]),
            ("answers", ["a\x00", "", "", ""]),
            ("answers", [["yes"], "", "", ""]),
            ("answers", [None] * 4),
            ("answers", ["yes"] * 1000),
            ("made", ["rung\x00", "", "", ""]),
            ("made", {}),
            ("comment", "a\x00b"),
            ("comment", "\ud800"),
            ("comment", "x" * 5001),
            ("comment", ["x"]),
            ("reason", "\x00"),
            ("reason", "x" * 2001),
            ("evidence", None),
            ("evidence", "x"),
            ("evidence", [{}]),
            ("evidence", [{"link": "a\x00"}]),
            ("evidence", [{"link": "a", "page": "\x00"}]),
            ("evidence", [{"link": "a", "quote": "\x00"}]),
            ("evidence", [{"link": "x" * 501}]),
            ("evidence", [{"link": "", "page": "3"}]),
            ("evidence", [{"link": "a"}] * 21),
        ]
    },
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_wrong_form_is_refused_with_a_sentence(scene, name):
    response = put(scene, BODIES[name])
    assert response.status_code == 400
    assert isinstance(response.json()["error"], str)


def test_a_revision_beyond_every_integer_is_only_stale(scene):
    assert put(scene, {**ANSWER, "revision": 10**30}).status_code == 409


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "multipart/form-data", "nonsense"],
)
def test_a_body_of_another_type_is_415_with_a_sentence(scene, content_type):
    response = put(scene, ANSWER, content_type=content_type)
    assert response.status_code == 415
    assert "Unsupported media type" in response.json()["error"]


def test_a_body_without_end_is_refused_before_it_is_read(scene, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = put(scene, {**ANSWER, "comment": "x" * 2000})
    assert (response.status_code, response.json()) == (400, {"error": "The request is too long."})


def test_a_page_without_the_forms_token_is_refused_with_a_sentence(scene):
    client = scene.client("officer", enforce_csrf_checks=True)
    response = client.post(address("diagnostics:sheet_submit", scene.sheet.pk))
    assert response.status_code == 403
    assert "This form is too old" in response.content.decode()
    url = address("api:response", scene.sheet.pk, "money.item_1")
    answer = client.put(url, json.dumps(ANSWER), content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["error"]
