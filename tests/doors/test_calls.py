"""Junk sent to every address of the API: 400 and a sentence that names it.

Each call is made by somebody whom the table of doors lets through. Likewise the forms of pages
about clusters, which stay pages.
"""

import json
from datetime import date
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from rest_framework.parsers import MultiPartParser

from tests.clusters.test_studies import LINE, PROBLEM
from tests.doors import clusters
from tests.doors.scene import ROLES, address, routes
from tests.doors.table import DOORS
from tests.factories import people

pytestmark = pytest.mark.django_db

VIEWS = {one.name: one.view.view_class for one in routes() if one.name.startswith("api:")}
CALLS = [
    (name, method)
    for name, view in VIEWS.items()
    for method in ("get", "post", "put")
    if hasattr(view, method)
]
READ = [name for name, method in CALLS if method == "get"]
WRITES = [(name, method) for name, method in CALLS if method != "get"]
UPLOADS = [name for name, _method in WRITES if VIEWS[name].parser_classes == [MultiPartParser]]
JSON = [(name, method) for name, method in WRITES if name not in UPLOADS]

BODIES = {  # where the table of doors sends nothing, since the study is no draft
    "api:study_problems": PROBLEM,
    "api:study_problem": PROBLEM,
    "api:study_lines": LINE,
    "api:study_line": LINE,
    "api:study_values": {"line": 1, "day": "2025-06-30", "value": "35", "status": "late",
                         "source": "Visits"},
    "api:study_correction": {"value": "36", "status": "late", "source": "Visits", "reason": "Read"},
    "api:study_lessons": {"day": "2025-07-01", "text": "Start early", "author": "The forum"},
    "api:study_lesson_correction": {"day": "2025-07-01", "text": "Start early",
                                    "author": "The forum", "reason": "A slip."},
}  # fmt: skip
WRONG_EVERYWHERE = ['{"a": {"b": 1}}', '[[["x"]]]', '{"a\\u0000": "\\u0000"}', "[null]"]
NO_BODY = ["{", "[]", '"yes"', "5", "null", '{"a": NaN}', '{"a": 1e400}', '{"a": -Infinity}',
           '{"a": ' + "9" * 5000 + "}", '{"a": "\\ud800"}', "[" * 100_000,
           '{"\\ud800": 1}']  # fmt: skip


def made(study, part: str):
    """A row of the study, of which the scene has none."""
    if part == "problem":
        return study.problems.create(**PROBLEM)
    line = study.lines.create(**LINE)
    if part == "line":
        return line
    if part == "lesson":
        return study.lessons.create(day=date(2025, 6, 30), text="Start late", author="The forum")
    return line.readings.create(day=date(2025, 6, 30), value=35, status="late", source="Visits")


MADE = {"api:study_problem": "problem", "api:study_line": "line", "api:study_correction": "value",
        "api:study_lesson_correction": "lesson"}  # fmt: skip


def let_in(scene, name: str, method: str):
    """Somebody whom the table of doors lets make the call, with its address and body."""
    if name in MADE:
        row = made(scene.study, MADE[name])
        return scene.client("coordinator"), address(name, scene.study.pk, row.pk), BODIES[name]
    doors = [one for one in DOORS if one.name == name and method in ("get", one.method)]
    for first in ("2", "400", "409"):
        for door in doors:
            statuses = (door.get if method == "get" else door.write).split()
            for role, status in zip(ROLES[1:], statuses[1:], strict=True):
                if status.startswith(first):
                    body = BODIES.get(name) or door.data(scene)
                    return scene.client(role), address(name, *door.args(scene)), body
    (sheet,) = scene.reviewed.round.sheets.filter(panel="government")
    assert name == "api:report_reply", "a line of the table lets somebody in"
    scene.people["assessed"] = people.officer(sheet.organisation)
    body = {"organisation": sheet.organisation_id, "text": "We disagree."}
    return scene.client("assessed"), address(name, scene.reviewed.pk), body


def asked(scene, name: str, query: str):
    """What is answered to a call that reads."""
    with transaction.atomic():
        client, url, _body = let_in(scene, name, "get")
        answer = client.get(f"{url}?{query}")
        transaction.set_rollback(True)
    return answer


def sent(scene, name: str, method: str, changed=None, *, raw=None, query: str = ""):
    """What is answered to a call that writes (its body `changed`, or `raw`); nothing stays."""
    with transaction.atomic():
        client, url, body = let_in(scene, name, method)
        body = body | (changed or {})
        if name not in UPLOADS:
            body = json.dumps(body) if raw is None else raw
        form = {} if name in UPLOADS else {"content_type": "application/json"}
        answer = getattr(client, method)(url + query, body, **form)
        transaction.set_rollback(True)
    return answer


def refused(answer, *named: str) -> str:
    assert answer.status_code == 400, answer.content
    sentence = answer.json()["error"]
    assert isinstance(sentence, str)
    assert all(name in sentence for name in named), sentence
    return sentence


@pytest.mark.parametrize(("name", "method"), CALLS)
def test_a_parameter_that_is_not_taken_is_named(scene, name, method):
    for query in ("odd=1", "page=-1", "before_=", "format=xml", "a%FF=b"):
        given = query.partition("=")[0].replace("%FF", "\ufffd")
        if method == "get":
            refused(asked(scene, name, query), given)
        else:
            refused(sent(scene, name, method, query=f"?{query}"), given)


@pytest.mark.parametrize(("name", "method"), WRITES)
def test_a_field_that_is_not_taken_is_named(scene, name, method):
    assert "“x”" in refused(sent(scene, name, method, {"odd": "x"}), "odd")


ASKED = {
    "country": ["zz", "lao", "LA", "", "LAO ", "1", "[]", "x" * 3000, "LAO&country=VNM"],
    "region": ["Nowhere", "", "x" * 3000, "'; --", "North&region=North"],
    "cluster": ["x", "0", "-1", "1.5", "9" * 30, "9" * 5000, "NaN", ""],
    "year": ["abc", "", "0", "99999", "-2015", "2015.5", "1e3", "9" * 30, "NaN", "2015&year=2014"],
    "industry": ["Nowhere", "", "x" * 3000],
    "limit": ["0", "-1", "x", "1e2", "10001", "9" * 30, ""],
    "after": ["x", "", "-1", "W10", "x" * 700],
    "with": ["x", "0", "-1", "9" * 30, ""],
    "api:observations country": ["zz", "lao", "LA", "", "LAO&country=", "x" * 3000],
    "api:observations indicator": ["Nowhere", "", "x" * 3000],
    "api:observations dataset": ["Nowhere", "", "x" * 3000, "wdi&dataset=wdi"],
    "dataset": ["", "x" * 3000, "wdi&dataset=wdi"],
    "code": ["", "x" * 3000],
    "start": ["", "x" * 3000, "2015&start=2014"],
    "end": ["", "x" * 3000, "2015&end=2014"],
    "breakdown": ["x" * 3000, "SEX=F&breakdown=SEX=M"],
    "language": ["zz", "", "EN", "en&language=fr"],
    "q": ["", "x" * 3000, "a&q=b"],
    "theme": ["zz", ""],
    "stage": ["0", "6", "x", "1.5", ""],
    "addressee": ["zz", ""],
    "pathway": ["zz", ""],
    "kind": ["zz", ""],
    "document": ["Nowhere", "", "x" * 3000],
    "item": ["Nowhere", "", "x" * 3000],
    "person": ["x", "0", "-1", "9" * 30, ""],
    "before": ["x", "", "2015-02-31", "99999-01-01", "2015"],
}


@pytest.mark.parametrize("name", [name for name in READ if VIEWS[name].asks().fields])
def test_every_parameter_says_what_is_wrong_with_it(scene, name):
    for field in VIEWS[name].asks().fields:
        for value in ASKED.get(f"{name} {field}") or ASKED[field]:
            shown = "&".join(f"{quote(part, safe='=')}" for part in f"{field}={value}".split("&"))
            marked = field == "after" and len(value) in (1, 2, 3)
            refused(asked(scene, name, shown), "mark of a page" if marked else field)


@pytest.mark.parametrize(("name", "method"), JSON)
def test_a_body_that_is_none_is_refused(scene, name, method):
    for raw in NO_BODY:
        refused(sent(scene, name, method, raw=raw))


@pytest.mark.parametrize(("name", "method"), JSON)
def test_every_field_is_named_that_cannot_be_what_was_sent(scene, name, method):
    with transaction.atomic():
        body = let_in(scene, name, method)[2]
        transaction.set_rollback(True)
    for field in body.keys() - {"table", "content"}:  # which take much, and tell more
        for junk in [*WRONG_EVERYWHERE, json.dumps("x" * 20_000)]:
            raw = json.dumps(body | {field: "JUNK"}).replace('"JUNK"', junk)
            refused(sent(scene, name, method, raw=raw), field)


@pytest.mark.parametrize("name", UPLOADS)
def test_a_form_with_a_file_says_what_is_wrong_with_it(scene, name):
    client, url, body = let_in(scene, name, "post")
    for field in body:
        left_out = {key: value for key, value in body.items() if key != field}
        faults = [(left_out, field), (body | {field: "a\0b"}, field)]
        faults += [(body | {field: ["x", "y"]}, field)] if field != "file" else []
        for wrong, named in faults:
            with transaction.atomic():
                refused(client.post(url, wrong), named)
                transaction.set_rollback(True)
    with transaction.atomic():
        odd = client.post(url, body | {"file": ContentFile(b"\xff\xfe\0", "x.json")})
        transaction.set_rollback(True)
    assert odd.status_code in (201, 400)


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
