"""Share links: one report version, for a time, until revoked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.refusals import Refused
from reports import actions
from reports.models import ShareLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_on):
    return report_on(["yes", "no"])


@pytest.fixture
def shared(report, team):
    return actions.share(report=report, reader="A bank", days=7, by=team.coordinator)


def test_it_opens_the_draft_and_its_files_and_nothing_else(report, shared, report_on):
    _link, token = shared
    other, client = report_on(["no"]), Client()
    assert client.get(f"/shared/{token}/")["Location"] == report.get_absolute_url()
    at = report.get_absolute_url()
    for address in (at, f"{at}snapshot.json", f"{at}charts/profile.csv"):
        assert client.get(address).status_code == 200, address
    for address in (f"{at}review/", f"{at}members/", other.get_absolute_url(), "/",
                    report.round.get_absolute_url()):  # fmt: skip
        assert client.get(address).status_code == 302, address
    assert client.get(f"/api/reports/{report.pk}/result/").status_code == 401


def test_a_stranger_who_is_signed_in_is_let_in_too_and_named(report, shared, team, signed_in):
    link, token = shared
    client = signed_in(team.stranger)
    assert client.get(report.get_absolute_url()).status_code == 404
    client.get(f"/shared/{token}/")
    page = client.get(report.get_absolute_url())
    assert page.status_code == 200
    assert "Comment on this" not in page.content.decode()
    assert client.get(f"{report.get_absolute_url()}review/").status_code == 404
    Client().get(f"/shared/{token}/")
    assert [one.by for one in link.openings.all()] == [None, team.stranger]
    listed = signed_in(team.coordinator).get(f"{report.get_absolute_url()}review/")
    assert "Opened 2 times" in listed.content.decode()
    assert str(team.stranger) in listed.content.decode()


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_closed_link_opens_nothing_any_more(report, shared, team, how):
    link, token = shared
    client = Client()
    client.get(f"/shared/{token}/")
    if how == "revoked":
        actions.revoke_link(link=link, by=team.coordinator)
    else:
        ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(report.get_absolute_url()).status_code == 302
    closed = client.get(f"/shared/{token}/")
    assert closed.status_code == 404
    assert "closed or too old" in closed.content.decode()


def test_the_token_is_not_stored_and_shown_once(report, team, signed_in):
    client = signed_in(team.coordinator)
    made = client.post(f"{report.get_absolute_url()}links/", {"reader": "A bank", "days": 7})
    address = made.content.decode().split('share-address">')[1].split("<")[0]
    token = address.rstrip("/").rsplit("/", 1)[1]
    assert token not in str(ShareLink.objects.values().get())
    again = client.get(f"{report.get_absolute_url()}review/").content.decode()
    assert token not in again
    assert "A bank" in again


@pytest.mark.parametrize("days", [0, 91])
def test_it_is_open_for_a_sensible_time(report, team, days):
    with pytest.raises(Refused, match="1 to 90 days"):
        actions.share(report=report, reader="A bank", days=days, by=team.coordinator)


def test_a_link_is_revoked_once(shared, team):
    actions.revoke_link(link=shared[0], by=team.coordinator)
    with pytest.raises(Refused, match="revoked already"):
        actions.revoke_link(link=shared[0], by=team.coordinator)
