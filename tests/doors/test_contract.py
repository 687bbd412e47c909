"""The API keeps to its description: whatever is sent, nothing breaks, answers have their form."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from accounts import tokens
from tests.doors.door import Door
from tests.doors.scene import ROLES, routes
from tests.doors.table import DOORS

pytestmark = pytest.mark.django_db

EXAMPLES = 6
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@cache
def described() -> dict:
    """The API's description as a program gets it."""
    return json.loads(
        json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str)
    )


OPERATIONS = [
    (method, path) for path, methods in described()["paths"].items() for method in methods
]


def door_of(path: str) -> Door:
    """The first line of the table about an address."""
    names = {re.sub(r"<[^>]*>", "*", one.pattern): one.name for one in routes()}
    name = names[re.sub(r"\{[^}]*\}", "*", path)]
    return next(door for door in DOORS if door.name == name)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda text: text)
def test_whatever_is_sent_is_answered_as_described(scene, as_in_a_test, method, path):
    door = door_of(path)
    statuses = (door.get if method == "get" else door.write).split()
    role = next((role for role, one in zip(ROLES, statuses, strict=True) if one[0] == "2"
                 and role != "anonymous"), "coordinator")  # fmt: skip
    schema = schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    operation = schema[path][method]
    known = [str(one) for one in door.args(scene)]

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], derandomize=True, deadline=None,
              suppress_health_check=list(HealthCheck), database=None)  # fmt: skip
    @given(case=operation.as_strategy(), really=st.booleans())
    def answered(case, really):
        """Half of the calls are about something that is there."""
        if really and known:
            case.path_parameters = dict(zip(case.path_parameters, known, strict=True))
        with transaction.atomic():
            secret = tokens.make(name="A program", by=scene.people[role])
            response = case.call(headers={"Authorization": f"Bearer {secret}"})
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    answered()


@pytest.fixture
def as_in_a_test(settings) -> Iterator[None]:
    """No limit of calls; the test's connection stays open after a call, as with Django's client."""
    settings.API_CALLS_BY_TOKEN = 10**6
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)
