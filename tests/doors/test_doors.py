"""Every address for every role: who comes in, who is turned away, and with which words."""

from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.doors.door import Door
from tests.doors.scene import ROLES, Scene, address, routes
from tests.doors.table import DOORS

pytestmark = pytest.mark.django_db


def knock(scene: Scene, door: Door, role: str, method: str) -> HttpResponse:
    """The answer to one request, of which nothing stays."""
    options = {} if method == "get" else {"data": door.data(scene)}
    if method == "put" or (method == "post" and door.json):
        options["content_type"] = "application/json"
    with transaction.atomic():
        url = address(door.name, *door.args(scene)) + door.query(scene)
        response = getattr(scene.client(role), method)(
            url, headers={"Accept": "application/json, text/html"}, **options
        )
        transaction.set_rollback(True)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response


def test_every_address_is_in_the_table():
    known = {door.name for door in DOORS}
    missing = [one for one in routes() if not one.pattern.startswith("/tables/")]
    missing = [one for one in missing if one.name not in known]
    assert not missing, "give each a line in its part of the table (tests/doors)"


def test_the_table_names_no_address_that_is_gone():
    assert {door.name for door in DOORS} <= {one.name for one in routes()}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_each_role_gets_what_the_table_says(scene, door):
    if door.get:
        found = [knock(scene, door, role, "get").status_code for role in ROLES]
        assert dict(zip(ROLES, found, strict=True)) == statuses(door.get)
    found = [knock(scene, door, role, door.method).status_code for role in ROLES]
    assert dict(zip(ROLES, found, strict=True)) == statuses(door.write)


def statuses(text: str) -> dict[str, int]:
    return dict(zip(ROLES, map(int, text.split()), strict=True))


@pytest.mark.parametrize(
    "door", [door for door in DOORS if door.get.startswith("302")], ids=lambda door: door.name
)
def test_who_is_not_signed_in_comes_back_to_where_they_were(scene, door):
    url = address(door.name, *door.args(scene)) + door.query(scene)
    response = scene.client("anonymous").get(url)
    assert response["Location"] == f"/account/sign-in/?next={quote(url)}"


@pytest.mark.parametrize(
    "door", [door for door in DOORS if "403" in door.write], ids=lambda door: door.name
)
def test_a_reader_who_may_not_write_is_told_why(scene, door):
    refused = [role for role in ROLES if statuses(door.write)[role] == 403]
    for role in refused:
        response = knock(scene, door, role, door.method)
        assert "Only " in response.content.decode(), role


@pytest.mark.parametrize("door", [door for door in DOORS if door.name.startswith("api:")],
                         ids=lambda door: door.name)  # fmt: skip
def test_whatever_the_api_refuses_it_says_in_one_shape(scene, door):
    for role in ROLES:
        for method in ("get", door.method):
            response = knock(scene, door, role, method)
            if response.status_code >= 400:
                assert isinstance(response.json()["error"], str), (role, method)


# Django answers a stale link to a new password alike, whatever the method.
@pytest.mark.parametrize(
    "door",
    [door for door in DOORS if door.name != "accounts:password_reset_confirm"],
    ids=lambda door: door.name,
)
def test_methods_nobody_asked_for_are_405(scene, door):
    for method in ("patch", "delete", "trace"):
        response = getattr(scene.client("coordinator"), method)(
            address(door.name, *door.args(scene)) + door.query(scene)
        )
        assert response.status_code == 405, method
