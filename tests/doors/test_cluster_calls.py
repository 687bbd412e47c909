"""Junk sent to every address of clusters: 400 and a sentence that names it, on pages a page.

Each call is made by somebody whom the table of doors lets through.
"""

import json
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import resolve

from clusters.api import urls
from tests.clusters.test_studies import LINE, PROBLEM
from tests.doors import clusters
from tests.doors.door import Door
from tests.doors.scene import ROLES, address
from tests.doors.table import DOORS

pytestmark = pytest.mark.django_db

NAMES = {f"api:{one.name}" for one in urls.urlpatterns}
CALLS = [
    door for door in DOORS if door.name in NAMES or door.name.startswith("api:firm")
]  # those of firms, a floor up, are told of with clusters
READ = [door for door in CALLS if "200" in door.get]
WRITTEN = [door for door in CALLS if door.json]
UPLOADS = ("api:employment_tables", "api:employment_file", "api:region_outlines")

BODIES = {  # where the table of doors sends nothing, since the study is no draft
    "api:study_problems": PROBLEM,
    "api:study_problem": PROBLEM,
    "api:study_lines": LINE,
    "api:study_line": LINE,
    "api:study_values": {"line": 1, "day": "2025-06-30", "value": "35", "status": "late",
                         "source": "Visits"},
    "api:study_lessons": {"day": "2025-07-01", "text": "Start early", "author": "The forum"},
}  # fmt: skip
WRONG_EVERYWHERE = ['{"a": {"b": 1}}', '[[["x"]]]', '{"a\\u0000": "\\u0000"}', "[null]"]
NO_BODY = ["{", "[]", '"yes"', "5", "null", '{"a": NaN}', '{"a": 1e400}', '{"a": -Infinity}',
           '{"a": ' + "9" * 5000 + "}", '{"a": "\\ud800"}', "[" * 100_000,
           '{"\\ud800": 1}']  # fmt: skip


def who(statuses: str) -> str:
    """Somebody who comes in: by the table with success, or with a refusal of the very data."""
    found = statuses.split()
    for first in ("2", "400", "404"):
        for role, status in zip(ROLES, found, strict=True):
            if role != "anonymous" and status.startswith(first):
                return role
    raise AssertionError(statuses)


def sent(scene, door: Door, *, method: str, body: object = None, query: str = "", **options):
    """What is answered to a call, of which nothing stays."""
    role = who(door.get if method == "get" else door.write)
    raw = body if isinstance(body, str | bytes) else json.dumps({} if body is None else body)
    data = {} if method == "get" else {"data": raw, "content_type": "application/json"}
    with transaction.atomic():
        url = address(door.name, *door.args(scene)) + query
        answer = getattr(scene.client(role), method)(url, **data | options)
        transaction.set_rollback(True)
    return answer


def refused(answer, *named: str) -> str:
    assert answer.status_code == 400, answer.content
    sentence = answer.json()["error"]
    assert isinstance(sentence, str)
    assert all(name in sentence for name in named), sentence
    return sentence


@pytest.mark.parametrize("door", CALLS, ids=lambda door: door.name)
def test_a_parameter_that_is_not_taken_is_named(scene, door):
    for query in ("odd=1", "page=-1", "q=", "format=xml", "a%FF=b"):
        name = query.partition("=")[0].replace("%FF", "\ufffd")
        if "200" in door.get:
            refused(sent(scene, door, method="get", query=f"?{query}"), name)
        if door.json:
            refused(sent(scene, door, method=door.method, query=f"?{query}"), name)


ASKED = {
    "country": ["zz", "lao", "LA", "", "LAO ", "1", "[]", "x" * 3000, "LAO&country=VNM"],
    "region": ["Nowhere", "", "x" * 3000, "'; --", "North&region=North"],
    "cluster": ["x", "0", "-1", "1.5", "9" * 30, "9" * 5000, "NaN", ""],
    "year": ["abc", "", "0", "99999", "-2015", "2015.5", "1e3", "9" * 30, "NaN", "2015&year=2014"],
    "industry": ["Nowhere", "", "x" * 3000],
    "limit": ["0", "-1", "x", "1e2", "10001", "9" * 30, ""],
    "after": ["x", "", "-1", "W10", "x" * 700],
    "with": ["x", "0", "-1", "9" * 30, ""],
}


@pytest.mark.parametrize("door", READ, ids=lambda door: door.name)
def test_every_parameter_says_what_is_wrong_with_it(scene, door):
    view = resolve(address(door.name, *door.args(scene))).func.view_class
    for name in view.asks().fields:
        for value in ASKED[name]:
            shown = "&".join(f"{quote(part, safe='=')}" for part in f"{name}={value}".split("&"))
            refused(
                sent(scene, door, method="get", query=f"?{shown}"),
                "mark of a page" if name == "after" and len(value) in (1, 2, 3) else name,
            )


@pytest.mark.parametrize("door", WRITTEN, ids=lambda door: door.name)
def test_a_body_that_is_none_is_refused(scene, door):
    if "404" in who_answers(door):
        return  # nothing is there to write on
    for body in NO_BODY:
        refused(sent(scene, door, method=door.method, body=body))


@pytest.mark.parametrize("door", WRITTEN, ids=lambda door: door.name)
def test_a_field_that_is_not_taken_is_named(scene, door):
    if "404" in who_answers(door):
        return
    body = BODIES.get(door.name) or door.data(scene)
    answer = sent(scene, door, method=door.method, body=body | {"odd": "x"})
    assert "“x”" in refused(answer, "odd")


@pytest.mark.parametrize("door", WRITTEN, ids=lambda door: door.name)
def test_every_field_is_named_that_cannot_be_what_was_sent(scene, door):
    body = BODIES.get(door.name) or door.data(scene)
    if "404" in who_answers(door):
        return
    for name in body:
        for junk in WRONG_EVERYWHERE:
            raw = json.dumps(body | {name: "JUNK"}).replace('"JUNK"', junk)
            refused(sent(scene, door, method=door.method, body=raw), name)
        if name != "table":
            raw = json.dumps(body | {name: "x" * 20_000})
            refused(sent(scene, door, method=door.method, body=raw), name)


def who_answers(door: Door) -> str:
    return door.write.split()[ROLES.index(who(door.write))]


@pytest.mark.parametrize("name", UPLOADS)
def test_a_form_with_a_file_says_what_is_wrong_with_it(scene, name):
    door = next(one for one in CALLS if one.name == name)
    client, url = scene.client("coordinator"), address(name, *door.args(scene))
    for field in door.data(scene):
        with transaction.atomic():
            left_out = {key: value for key, value in door.data(scene).items() if key != field}
            refused(client.post(url, left_out), field)
            refused(client.post(url, door.data(scene) | {field: "a\0b"}), field)
            refused(client.post(url, door.data(scene) | {"odd": "x"}), "odd")
            twice = {field: ["x", "y"]} if field != "file" else {"source": ["x", "y"]}
            refused(client.post(url, door.data(scene) | twice), *twice)
            transaction.set_rollback(True)
    answer = client.post(url, door.data(scene) | {"file": ContentFile(b"\xff\xfe\0", "x.json")})
    assert answer.status_code in (201, 400)


TYPED = ["a\0b", "x" * 20_000, "9" * 5000, "-1", "NaN", "1e400", "²", "", ["x", "y"], "2015-02-31"]


@pytest.mark.parametrize(
    "door",
    [one for one in clusters.DOORS if one.method == "post"],
    ids=lambda door: door.name,
)
def test_no_form_of_a_page_breaks(scene, door):
    client, url = scene.client("colleague"), address(door.name, *door.args(scene))
    if "2" not in door.write.split()[ROLES.index("colleague")]:
        client = scene.client("coordinator")
    for field in [*door.data(scene), "odd"]:
        for junk in TYPED:
            with transaction.atomic():
                answer = client.post(url, door.data(scene) | {field: junk})
                transaction.set_rollback(True)
            assert answer.status_code in (200, 302, 400, 403, 404, 405), (field, junk)
