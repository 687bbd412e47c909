"""Django's admin: who may look at which table, and that nobody changes any."""

import re

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.roles import Administrator
from activity.models import Event
from config.admin import FOR_ADMINISTRATORS
from tests.doors.scene import routes
from tests.factories import people

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
TABLES = [one.pattern for one in routes() if one.pattern.startswith("/tables/")]


def plain(pattern: str) -> str:
    """An address that the pattern matches, though nothing may stand there."""
    pattern = pattern.replace("^", "").replace("/$", "/").replace("(?P<url>.*)$", "nothing/")
    return re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "1", pattern)


def of(model: type, *rest: object) -> str:
    return "/".join(["/tables", model._meta.app_label, model._meta.model_name, *map(str, rest), ""])


def test_the_tables_of_every_floor_can_be_looked_at():
    shown = {model._meta.app_label for model in MODELS}
    assert {"countries", "accounts", "activity", "clusters", "diagnostics", "reports"} <= shown


@pytest.mark.parametrize("role", ["anonymous", "stranger", "coordinator"])
def test_nobody_else_finds_any_of_them(scene, role):
    client = scene.client(role)
    for pattern in TABLES:
        for method in ("get", "post"):
            response = getattr(client, method)(plain(pattern))
            if role == "anonymous":
                assert response.status_code == 302, (pattern, method)
                assert "/sign-in/" in response["Location"] or "/login/" in response["Location"]
            else:
                expected = 302 if pattern == "/tables/login/" else 404
                assert response.status_code == expected, (pattern, method)


def test_the_tables_have_no_sign_in_of_their_own(scene):
    response = scene.client("anonymous").get("/tables/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/sign-in/?next=/tables/"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_superuser_reads_a_table_and_changes_nothing(scene, model):
    client = scene.client("superuser")
    row = model._default_manager.first()
    assert row is not None or model._meta.label not in SHOWN_IN_THE_SCENE
    assert client.get(of(model)).status_code == 200
    for method in ("get", "post"):
        assert getattr(client, method)(of(model, "add")).status_code == 403
    if row is None:
        return
    page = client.get(of(model, row.pk, "change"))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.get(of(model, row.pk, "history")).status_code == 200
    assert client.post(of(model, row.pk, "change"), {}).status_code == 403
    for method in ("get", "post"):
        assert getattr(client, method)(of(model, row.pk, "delete")).status_code == 403
    with transaction.atomic():
        client.post(of(model), {"action": "delete_selected", "_selected_action": [row.pk],
                                "post": "yes"})  # fmt: skip
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_an_administrator_reads_what_is_theirs_and_changes_nothing(scene, model):
    client = scene.client("administrator")
    theirs = model._meta.label_lower in FOR_ADMINISTRATORS
    assert client.get(of(model)).status_code == (200 if theirs else 403)
    row = model._default_manager.filter(**({"topic": "people"} if model is Event else {})).first()
    if row is None:
        return
    page = client.get(of(model, row.pk, "change"))
    assert page.status_code == (200 if theirs else 403)
    assert 'name="_save"' not in page.text
    for address in (of(model, "add"), of(model, row.pk, "change"), of(model, row.pk, "delete")):
        assert client.post(address, {"post": "yes"}).status_code == 403
    index = client.get("/tables/").text
    assert (of(model) in index) is theirs


def test_what_countries_answer_and_draft_is_not_the_administrators_to_read():
    shown = {model._meta.label_lower for model in MODELS}
    assert shown >= FOR_ADMINISTRATORS
    closed = {"response", "responsechange", "evidence", "sheet", "round", "scoring"}
    assert not FOR_ADMINISTRATORS & {f"diagnostics.{name}" for name in closed}
    assert not any(label.startswith("reports.") for label in FOR_ADMINISTRATORS)


def test_what_happened_in_a_round_stands_only_before_the_superuser(scene):
    assert Event.objects.filter(topic=scene.round.topic).exists()
    row = Event.objects.filter(topic=scene.round.topic).first()
    addresses = of(Event, row.pk, "change")
    assert scene.client("administrator").get(addresses).status_code == 302
    assert scene.client("superuser").get(addresses).status_code == 200


def test_the_administrator_of_one_country_finds_no_table(scene):
    with transaction.atomic():
        place = people.OrganisationFactory(country=scene.round.country)
        client = Client()
        client.force_login(people.member(Administrator, place))
        assert client.get("/tables/").status_code == 404
        assert client.get("/system/").status_code == 200
        transaction.set_rollback(True)


SHOWN_IN_THE_SCENE = {
    "accounts.Membership",
    "accounts.Organisation",
    "accounts.User",
    "activity.Comment",
    "activity.Event",
    "activity.Job",
    "activity.Notification",
    "auth.Group",
    "clusters.Cluster",
    "clusters.ClusterMembership",
    "countries.Country",
    "countries.Document",
    "diagnostics.Assignment",
    "diagnostics.Dissent",
    "diagnostics.InstrumentVersion",
    "diagnostics.Item",
    "diagnostics.Objection",
    "diagnostics.Response",
    "diagnostics.ResponseChange",
    "diagnostics.Round",
    "diagnostics.Scoring",
    "diagnostics.Settlement",
    "diagnostics.Sheet",
    "reports.ReportVersion",
}


def test_no_password_is_shown_not_even_hashed(scene):
    user = User.objects.get(pk=scene.people["officer"].pk)
    page = scene.client("superuser").get(of(User, user.pk, "change")).content.decode()
    assert user.email in page
    assert user.password not in page
    assert "pbkdf2" not in page


def test_staff_who_are_no_superusers_change_nothing_either(scene):
    with transaction.atomic():
        User.objects.filter(pk=scene.people["donor"].pk).update(is_staff=True)
        client = scene.client("donor")
        assert client.get("/tables/").status_code == 200
        for model in MODELS:
            assert client.post(of(model, "add")).status_code == 403
        transaction.set_rollback(True)
