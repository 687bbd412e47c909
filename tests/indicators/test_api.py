"""Statistics by the API: filters, pages by key, three forms of the same values."""

import csv
import io
import json

import pytest

from indicators.models import CurrentValue, Dataset, Indicator
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe
from tests.reading.small import checked

pytestmark = pytest.mark.django_db

ADDRESS = "/api/observations/"
KEYS = [
    ("X.A", "LAO", "2010"),
    ("X.A", "LAO", "2010-Q1"),
    ("X.A", "LAO", "2010-Q2"),
    ("X.A", "LAO", "2011"),
    ("X.A", "VNM", "2010"),
    ("X.A", "VNM", "2011-07"),
    ("X.B", "LAO", "2011"),
    ("X.C", "VNM", "2012"),
]


@pytest.fixture
def reader(team, signed_in):
    """A client of a person, and values of three indicators in two datasets."""
    CountryFactory(code="VNM")
    first = DatasetFactory(code="first.set", publisher="An office", licence="CC BY 4.0")
    second = DatasetFactory(code="second", is_fictional=True)
    loads = {one: ImportFactory(dataset=one, vintage="2021") for one in (first, second)}
    for n, (code, country, period) in enumerate(KEYS):
        indicator = IndicatorFactory(
            dataset=second if code == "X.C" else first, code=code, unit="persons"
        )
        letter = period[5:6] if period[5:6] == "Q" else "M" if "-" in period else "A"
        observe(indicator, country, period, n + 0.5, by=loads[indicator.dataset], frequency=letter)
    return signed_in(team.officer)


def keys(response) -> list[tuple[str, str, str]]:
    assert response.status_code == 200, response.text
    rows = response.json()["results"]
    return [(row["indicator"], row["country"], row["period"]) for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", KEYS),
        ("?dataset=first.set", KEYS[:7]),
        ("?indicator=X.B&indicator=X.C", KEYS[6:]),
        ("?country=VNM", [KEYS[4], KEYS[5], KEYS[7]]),
        ("?country=VNM&country=LAO&dataset=second", KEYS[7:]),
        ("?start=2011", [KEYS[3], *KEYS[5:]]),
        ("?end=2010", [*KEYS[:3], KEYS[4]]),
        ("?start=2011&end=2011", [KEYS[3], KEYS[5], KEYS[6]]),
        ("?start=2010-Q2", [KEYS[2]]),
        ("?start=2010&end=2010-Q1", [KEYS[1]]),
        ("?breakdown=SEX%3DF", []),
        ("?breakdown=", KEYS),
    ],
)
def test_values_are_chosen_by_dataset_indicator_country_and_period(reader, query, expected):
    assert keys(reader.get(ADDRESS + query)) == expected


def test_a_value_stands_for_itself(reader):
    row = reader.get(f"{ADDRESS}?indicator=X.C").json()["results"][0]
    assert row == {
        "dataset": "second", "indicator": "X.C", "country": "VNM", "period": "2012",
        "frequency": "A", "breakdown": "", "value": 7.5, "unit": "persons", "flag": "", "note": "",
        "standard_error": None, "sample_size": None, "vintage": "2021", "source": "",
        "licence": "", "is_fictional": True,
        "import": CurrentValue.objects.get(indicator__code="X.C").origin_id,
    }  # fmt: skip
    first = reader.get(f"{ADDRESS}?indicator=X.B").json()["results"][0]
    assert (first["source"], first["licence"]) == ("An office", "CC BY 4.0")


def test_pages_follow_one_another_by_key_and_lose_nothing(reader):
    found, address = [], f"{ADDRESS}?limit=3&start=2010"
    while address:
        page = reader.get(address)
        found += keys(page)
        if len(found) == 3:
            # What comes in before the page's mark moves nothing on the pages that follow.
            load = CurrentValue.objects.first().origin
            observe(Indicator.objects.get(code="X.A"), "LAO", "2009", 1.0, by=load)
        address = page.json()["next"]
    assert found == KEYS


def test_csv_gives_the_same_values_and_opens_safely(reader):
    one = CurrentValue.objects.get(period="2012")
    observe(one.indicator, "VNM", "2013", 8.5, by=one.origin, note="=HYPERLINK(1)")
    response = reader.get(f"{ADDRESS}?format=csv&limit=3")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'rel="next"' in response["Link"]
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [row["value"] for row in rows] == ["0.5", "1.5", "2.5"]
    last = reader.get(f"{ADDRESS}?indicator=X.C", headers={"Accept": "text/csv"})
    assert "'=HYPERLINK(1)" in last.text
    assert "True" in last.text
    assert "no values" in reader.get(f"{ADDRESS}?format=csv&breakdown=x").text


def test_what_sdmx_csv_gives_is_read_back_as_the_same_values(reader, tmp_path):
    response = reader.get(f"{ADDRESS}?format=sdmx-csv&dataset=first.set")
    assert response["Content-Type"].startswith("application/vnd.sdmx.data+csv")
    assert response.text.splitlines()[1].startswith(
        "dataflow,STAGES:first_set(1.0),I,A,LAO,X.A,_T,2010,0.5,,persons,"
    )
    path = tmp_path / "values.csv"
    path.write_text(response.text)
    found = checked(path)
    assert found.faults == []
    names = ("indicator", "country", "period", "breakdown", "value", "unit")
    rows = found.observations.select(names).rows()
    assert sorted(rows) == sorted((*key, "", n + 0.5, "persons") for n, key in enumerate(KEYS[:7]))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("dataset=none", "There is no dataset none."),
        ("indicator=X.A&indicator=X.X", "There is no indicator X.X here."),
        ("dataset=second&indicator=X.A", "There is no indicator X.A here."),
        ("country=LAO&country=lao", "There is no country lao."),
        ("start=last+year", "“last year” is no period: write 2015"),
        ("start=2010-Q1&end=2010-07", "are not of the same length"),
        ("after=x", "This is no mark of a page"),
        ("after=WzFd", "This is no mark of a page"),
        ("limit=0", "limit: Ensure this value is greater than or equal to 1. Given: “0”."),
        ("limit=100000&format=csv", "limit: Ensure this value is less than or equal to 10000."),
        ("contry=LAO", "contry: Nothing of this name is taken here; expected: after, limit, "),
        ("dataset=first&dataset=second", "dataset: It stands there more than once"),
        ("format=png", "format: Expected one of: json, csv, sdmx-csv. Given: “png”."),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(reader, query, sentence):
    response = reader.get(f"{ADDRESS}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert sentence in response.json()["error"]


def test_a_form_that_is_not_there_is_refused_in_words(reader):
    assert reader.get(ADDRESS, headers={"Accept": "image/png"}).status_code == 406


def test_a_page_costs_the_same_number_of_queries_however_long(reader, django_assert_num_queries):
    reader.get(ADDRESS)
    for query in ("?limit=1", "?limit=8"):
        with django_assert_num_queries(4):
            reader.get(ADDRESS + query)


def test_indicators_and_their_coverage(reader):
    first = reader.get("/api/indicators/?limit=2").json()
    assert [one["code"] for one in first["results"]] == ["X.A", "X.B"]
    second = reader.get(first["next"]).json()
    assert [one["code"] for one in second["results"]] == ["X.C"]
    assert second["next"] is None
    assert second["results"][0]["is_fictional"] is True
    one = reader.get(f"/api/indicators/{first['results'][0]['id']}/").json()
    assert one["coverage"] == {
        "values": 6, "countries": 2, "first_year": 2010, "last_year": 2011,
    }  # fmt: skip
    found = reader.get("/api/indicators/?dataset=second&code=X.A").json()
    assert found == {"next": None, "results": []}


def test_anybody_reads_what_the_pages_show_to_anybody(reader, client):
    for address in ("datasets/", "datasets/second/", "indicators/", "observations/?dataset=second"):
        assert client.get(f"/api/{address}").json() == reader.get(f"/api/{address}").json()
    assert client.get("/api/imports/").status_code == 401
    assert client.post("/api/datasets/", {"code": "new", "title": "A new one"}).status_code == 401
    assert client.put("/api/datasets/second/", {"title": "Said anew"}).status_code == 401
    assert not Dataset.objects.filter(code="new").exists()


def test_administrators_describe_datasets(team, signed_in):
    client = signed_in(team.administrator)
    made = client.post(
        "/api/datasets/", json.dumps({"code": "new", "title": "A new one", "is_fictional": True}),
        content_type="application/json",
    )  # fmt: skip
    assert (made.status_code, made.json()["is_fictional"]) == (201, True)
    again = client.put(
        "/api/datasets/new/", json.dumps({"title": "Said anew"}), content_type="application/json"
    )
    assert again.json()["title"] == "Said anew"
    real = client.put(
        "/api/datasets/new/", json.dumps({"title": "Said anew", "is_fictional": False}),
        content_type="application/json",
    )  # fmt: skip
    assert "is_fictional" in real.json()["error"]
    assert Dataset.objects.get(code="new").is_fictional
    for sent in ({"code": "new", "title": "Twice"}, {"code": "a/b", "title": "No code"}):
        refused = client.post("/api/datasets/", json.dumps(sent), content_type="application/json")
        assert (refused.status_code, "error" in refused.json()) == (400, True)
    assert [one["code"] for one in client.get("/api/datasets/").json()] == ["new"]
