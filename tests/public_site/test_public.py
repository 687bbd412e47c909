"""The public site: addresses that stay, lists for people and programs, caches."""

import csv
import io
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from countries.models import Country
from diagnostics.models import Round
from reports.models import ReportVersion
from reports.public import listing
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
State = ReportVersion.State


@pytest.fixture
def report(db, run_jobs) -> ReportVersion:
    """A published report on Lao PDR."""
    country = people.CountryFactory(code="LAO")
    closed = rounds.closed_round(country)
    run_jobs()
    ReportVersion.objects.update(state=State.PUBLISHED)
    return ReportVersion.objects.get(round=closed)


def get(address: str, **headers: str):
    return Client().get(address, headers=headers)


def text(address: str) -> str:
    response = get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_version_has_one_address_that_stays(report):
    at = report.public_address
    assert at.startswith("/p/LAO/round-")
    assert at.endswith(f"-{report.round_id}/v1/")
    page = text(at)
    assert report.sha256 in page
    assert f"http://testserver{at}" in page
    assert f'<link rel="canonical" href="http://testserver{at}">' in page
    assert '<meta name="description"' in page


def test_another_name_of_the_round_leads_to_the_same_address(report):
    before = report.public_address
    Round.objects.filter(pk=report.round_id).update(title="Renamed since")
    response = get(before)
    assert response.status_code == 301
    assert response["Location"] == f"/p/LAO/renamed-since-{report.round_id}/v1/"
    assert get(response["Location"]).status_code == 200


def test_a_name_without_latin_letters_has_an_address_too(report):
    Round.objects.filter(pk=report.round_id).update(title="Раунд")
    again = ReportVersion.objects.get(pk=report.pk)
    assert again.public_address == f"/p/LAO/{report.round_id}/v1/"
    assert get(again.public_address).status_code == 200


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_what_is_not_published_is_nowhere_on_the_public_site(report, state):
    at = report.public_address
    ReportVersion.objects.update(state=state)
    assert ReportVersion.objects.get().public_address == ""
    assert get(at).status_code == 404
    assert get(f"{at}snapshot.json").status_code == 404
    assert get("/p/LAO/").status_code == 404
    assert get("/p/reports.json").json() == {"reports": [], "studies": []}
    assert report.round.title not in text("/p/") + text("/p/reports.atom") + text("/sitemap.xml")


@pytest.mark.parametrize(
    "address",
    ["/p/LAO/round-1x/v1/", "/p/LAO/round-99999999999999/v1/", "/p/VNM/{name}/v1/",
     "/p/LAO/{name}/v2/", "/p/QQQ/", "/p/LAO/none/v1/"],
)  # fmt: skip
def test_addresses_that_name_nothing_are_not_there(report, address):
    name = report.public_address.split("/")[3]
    assert get(address.format(name=name)).status_code == 404


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SUPERSEDED])
def test_what_was_published_keeps_its_address_and_says_what_became_of_it(report, state):
    because = "A table was wrong." if state == State.WITHDRAWN else ""
    ReportVersion.objects.update(state=state, withdrawn_because=because)
    assert state in text(report.public_address)
    assert report.round.title in text("/p/LAO/")
    assert report.round.title not in text("/p/")
    assert report.public_address not in text("/sitemap.xml")
    (row,) = get("/p/reports.json").json()["reports"]
    assert row["state"] == state


def test_the_lists_for_programs_say_the_same(report):
    (row,) = get("/p/reports.json").json()["reports"]
    assert row["address"] == f"http://testserver{report.public_address}"
    assert (row["country"], row["version"], row["sha256"]) == ("LAO", 1, report.sha256)
    (line,) = csv.DictReader(io.StringIO(text("/p/reports.csv").removeprefix("\ufeff")))
    assert {key: str("" if value is None else value) for key, value in row.items()} == line
    snapshot = get(row["data"].removeprefix("http://testserver"))
    assert snapshot.json()["sha256"] == report.sha256


def test_news_and_sitemap_are_well_formed_and_lead_there(report):
    address = f"http://testserver{report.public_address}"
    atom = ElementTree.fromstring(text("/p/reports.atom"))
    name = "{http://www.w3.org/2005/Atom}"
    assert [one.find(f"{name}id").text for one in atom.findall(f"{name}entry")] == [address]
    rss = ElementTree.fromstring(text("/p/reports.rss"))
    assert [one.findtext("link") for one in rss.iter("item")] == [address]
    places = ElementTree.fromstring(text("/sitemap.xml"))
    assert address in [one[0].text for one in places]
    assert "Sitemap: http://testserver/sitemap.xml" in text("/robots.txt")


def entries() -> list[dict[str, str]]:
    """The feed's entries, each with its title, update and summary."""
    name = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(text("/p/reports.atom"))
    return [
        {key: one.find(f"{name}{key}").text or "" for key in ("title", "updated", "summary")}
        for one in feed.findall(f"{name}entry")
    ]


def test_a_withdrawal_is_news_with_its_day_and_reason(report):
    at = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    because = "A table was wrong."
    ReportVersion.objects.update(state=State.WITHDRAWN, withdrawn_because=because, withdrawn_at=at)
    (entry,) = entries()
    assert entry["title"].endswith("version 1: withdrawn")
    assert datetime.fromisoformat(entry["updated"]) == at
    assert because in entry["summary"]
    (row,) = get("/p/reports.json").json()["reports"]
    assert datetime.fromisoformat(row["withdrawn_at"]) == at
    assert row["withdrawn_because"] == because
    (line,) = csv.DictReader(io.StringIO(text("/p/reports.csv").lstrip("\ufeff")))
    assert line["withdrawn_because"] == because


def test_a_newer_version_makes_the_older_one_news(report):
    """What became of version 1 is dated by the publication of version 2."""
    first, second = datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 2, 2, tzinfo=UTC)
    older = ReportVersion(round=report.round, number=1, state=State.SUPERSEDED, published_at=first)
    newer = ReportVersion(round=report.round, number=2, state=State.PUBLISHED, published_at=second)
    rows = listing.rows([newer, older], str)
    assert [row.updated_at for row in rows] == [second, second]
    assert listing.rows([older], str)[0].updated_at == first
    ReportVersion.objects.update(state=State.SUPERSEDED)
    assert entries()[0]["title"].endswith("version 1: superseded")


def test_who_has_the_page_already_is_told_so(report):
    first = get(report.public_address)
    assert "public" in first["Cache-Control"]
    assert "max-age=300" in first["Cache-Control"]
    assert "Cookie" in first["Vary"]
    again = get(report.public_address, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_pages_of_signed_in_people_are_not_kept(report, team, signed_in):
    response = signed_in(team.officer).get(report.public_address)
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_the_start_page_keeps_fiction_apart(report, run_jobs):
    invented = Country.objects.create(code="XZB", name="Inventia", is_fictional=True)
    rounds.closed_round(invented)
    run_jobs()
    ReportVersion.objects.update(state=State.PUBLISHED)
    page = text("/p/")
    real, fictional = page.split("To learn with: invented answers")
    assert "Inventia" not in real
    assert "Inventia" in fictional
    assert "does not exist" in text("/p/XZB/")


def test_visitors_find_the_public_site_from_the_door(db):
    assert 'href="/p/"' in text("/account/sign-in/")


def test_pages_do_not_ask_more_for_more_reports(report, run_jobs, django_assert_max_num_queries):
    for code in ("VNM", "KHM"):
        rounds.closed_round(people.CountryFactory(code=code))
    run_jobs()
    ReportVersion.objects.update(state=State.PUBLISHED)
    with django_assert_max_num_queries(2):
        text("/p/")
    with django_assert_max_num_queries(2):
        get("/p/reports.json")
