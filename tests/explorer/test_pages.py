"""What anybody reads in the explorer, by its address alone."""

import csv
import io
import re

import pytest
from django.urls import reverse

from countries.models import Country
from tests.explorer.conftest import DAYS, Loaded
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe


def read(client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(f"explorer:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def rows(client, name: str, *args: object, query: str = "") -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(read(client, name, *args, query=query).lstrip("\ufeff")))
    )


def findings(page: str) -> list[str]:
    return re.findall(r"<figcaption><h3>(.*?)</h3>", page)


def test_indicators_are_found_by_the_words_of_title_code_and_definition(client, loaded: Loaded):
    assert "Time to start a business" in read(client, "index")
    for words in ("calendar", "start time", "ic.reg.durs"):
        page = read(client, "index", query=f"?q={words}")
        assert "Time to start a business" in page
        assert "Cost to start a business" not in page
    assert "No indicator has these words" in read(client, "index", query="?q=nothing+such")


def test_countries_are_found_by_any_of_their_names(client, loaded: Loaded):
    page = read(client, "index", query="?q=vietnam")
    assert reverse("explorer:country", args=["VNM"]) in page


def test_an_indicator_without_values_is_not_listed(client, loaded: Loaded):
    IndicatorFactory(code="EMPTY", title="Never measured")
    assert "Never measured" not in read(client, "index")


def test_the_page_says_what_is_counted_by_whom_and_how_far_it_reaches(client, loaded: Loaded):
    page = read(client, "indicator", loaded.days.pk)
    for said in ("Calendar days that it takes.", "days", "A bank", "CC BY 4.0", "2014–2017"):
        assert said in page


def test_the_ranking_takes_the_newest_year_that_many_countries_have(client, loaded: Loaded):
    titles = findings(read(client, "indicator", loaded.days.pk))
    assert "Japan is lowest of 6 countries in 2016, with 11" in titles
    assert len(titles) == 3


def test_equals_share_a_place_and_aggregates_have_none(client, loaded: Loaded):
    found = rows(client, "ranking_csv", loaded.days.pk, query="?year=2016")
    assert [row["country"] for row in found] == ["JPN", "KAZ", "VNM", "THA", "LAO", "KHM"]
    page = read(client, "indicator", loaded.days.pk, query="?country=VNM")
    assert "Viet Nam stands at place 3 of 6 countries in 2016, with 24" in findings(page)


def test_peers_narrow_the_ranking_and_their_median_is_drawn(client, loaded: Loaded):
    query = "?peers=035&country=LAO"
    assert len(rows(client, "ranking_csv", loaded.days.pk, query=query)) == 4
    page = read(client, "indicator", loaded.days.pk, query=query)
    assert "Median of South-eastern Asia" in page
    # KHM 99, LAO 67, THA 25.5, VNM 24
    assert "46.25" in page


def test_a_chosen_country_from_elsewhere_is_ranked_among_the_peers(client, loaded: Loaded):
    found = rows(client, "ranking_csv", loaded.days.pk, query="?peers=035&country=JPN")
    assert found[0]["country"] == "JPN"


def test_lines_tell_which_country_moved_most(client, loaded: Loaded):
    page = read(client, "indicator", loaded.days.pk, query="?country=LAO&country=THA")
    assert "Lao PDR moved most: down from 87 in 2014 to 67 in 2016" in findings(page)
    page = read(client, "indicator", loaded.days.pk, query="?country=VNM")
    assert "Viet Nam fell from 34 in 2014 to 22 in 2017" in findings(page)
    found = rows(client, "lines_csv", loaded.days.pk, query="?country=VNM")
    assert [(row["period"], row["value"]) for row in found][-1] == ("2017", "22.0")
    assert found[0]["source"] == "A bank"


def test_a_map_names_the_source_of_its_boundaries_and_the_sites_own_words(
    client, loaded: Loaded, settings
):
    settings.MAP_DISCLAIMER = "Our own words."
    page = read(client, "indicator", loaded.days.pk)
    assert "Natural Earth (public domain). Our own words." in page


def test_values_of_a_part_of_each_country_are_read_apart(client, loaded: Loaded):
    by = ImportFactory(dataset=loaded.days.dataset)
    for country, value in [("LAO", 70.0), ("VNM", 30.0)]:
        observe(loaded.days, country, "2016", value, by=by, breakdown="sex=F")
    assert len(rows(client, "ranking_csv", loaded.days.pk)) == 6
    found = rows(client, "ranking_csv", loaded.days.pk, query="?breakdown=sex%3DF")
    assert [(row["country"], row["breakdown"]) for row in found] == [
        ("VNM", "sex=F"),
        ("LAO", "sex=F"),
    ]
    page = read(client, "indicator", loaded.days.pk, query="?breakdown=sex%3DF&country=LAO")
    assert '<option value="sex=F" selected>' in page
    assert "Lao PDR had 70 in 2016" in findings(page)


def test_an_indicator_of_parts_alone_shows_the_first(client, loaded: Loaded):
    one = IndicatorFactory(dataset=loaded.days.dataset, code="PARTS", title="By sex")
    observe(one, "LAO", "2016", 1.0, by=ImportFactory(), breakdown="sex=M")
    assert "Lao PDR had 1 in 2016" in findings(read(client, "indicator", one.pk))


def test_a_country_is_added_by_name_and_kept_in_the_address(client, loaded: Loaded):
    address = reverse("explorer:indicator", args=[loaded.days.pk])
    response = client.get(address + "?country=LAO&peers=035&add=Vietnam")
    assert response["Location"] == address + "?country=LAO&country=VNM&peers=035"


def test_a_name_that_decides_nothing_is_offered(client, loaded: Loaded):
    page = read(client, "indicator", loaded.days.pk, query="?add=Korea")
    assert "?country=KOR" in page
    assert "?country=PRK" in page
    assert "No country is called “qzx wvk”" in read(
        client, "indicator", loaded.days.pk, query="?add=qzx+wvk"
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?country=QQQ", "There is no country with the code QQQ."),
        ("?peers=QQQ", "There is no group with the code QQQ."),
        ("?year=soon", "soon is not a year."),
        ("?year=१९९९", "is not a year."),
        ("?country=" + "&country=".join([*DAYS, "CHN"]), "At most 6 countries are shown"),
    ],
)
def test_what_the_address_cannot_mean_is_told(client, loaded: Loaded, query, sentence):
    assert sentence in read(client, "indicator", loaded.days.pk, query=query)


def test_a_country_beside_its_peers_in_the_same_year(client, loaded: Loaded):
    page = read(client, "country", "VNM")
    assert "Peers: South-eastern Asia" in page
    assert "vintage " in page
    (days,) = [
        row
        for row in rows(client, "country_csv", "VNM", query="?country=LAO&country=THA&country=KHM")
        if row["indicator"] == "IC.REG.DURS"
    ]
    assert (days["period"], days["value"]) == ("2017", "22.0")
    assert (days["peers_median"], days["peers_count"]) == ("", "0")
    (cost,) = rows(client, "country_csv", "LAO", query="?peers=035")[:1]
    assert (cost["indicator"], cost["peers_median"], cost["peers_count"]) == (
        "IC.REG.COST", "4.6", "1",
    )  # fmt: skip
    (days,) = rows(client, "country_csv", "LAO", query="?peers=035")[1:]
    assert (days["peers_median"], days["peers_count"]) == ("25.5", "3")


def test_an_aggregate_has_its_page_and_an_unknown_code_none(client, loaded: Loaded):
    assert "Time to start a business" in read(client, "country", "WLD")
    assert client.get(reverse("explorer:country", args=["QQQ"])).status_code == 404
    assert client.get(reverse("explorer:indicator", args=[2**31 - 1])).status_code == 404


def test_comparison_keeps_the_order_of_the_choice(client, loaded: Loaded):
    query = f"?indicator={loaded.cost.pk}&indicator={loaded.days.pk}&country=VNM&country=THA"
    page = read(client, "compare", query=query)
    assert page.index("Cost to start") < page.index("Time to start")
    assert findings(page)[0] == "Cost to start a business: Viet Nam had 4.6 in 2016"
    assert "Thailand (no value)" in page
    assert page.count("vintage ") == 3
    assert len(rows(client, "compare_csv", query=query)) == 1 + 4 + 3
    assert f"?indicator={loaded.cost.pk}" in read(client, "compare", query="?q=cost")


def test_files_do_not_start_formulas(client, loaded: Loaded):
    found = rows(client, "lines_csv", loaded.cost.pk, query="?country=LAO")
    assert (found[0]["value"], found[0]["note"]) == ("-4.9", "'=SUM(A1)")


def test_fiction_says_so_on_its_page_and_in_its_file(client, loaded: Loaded):
    CountryFactory(code="XTA", name="Tavania", is_fictional=True)
    dataset = DatasetFactory(code="fiction", is_fictional=True)
    indicator = IndicatorFactory(dataset=dataset, code="F")
    observe(indicator, "XTA", "2020", 1.0, by=ImportFactory(dataset=dataset))
    assert "These values are invented" in read(client, "indicator", indicator.pk)
    assert rows(client, "ranking_csv", indicator.pk)[0]["invented"] == "yes"
    assert "everything about it is invented" in read(client, "country", "XTA")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("index", "?q=start"),
        ("indicator", "?country=LAO&country=VNM&peers=035"),
        ("country", ""),
        ("compare", "?country=LAO&country=VNM"),
    ],
)
def test_queries_do_not_grow_with_what_there_is(
    client, loaded: Loaded, name, query, django_assert_max_num_queries
):
    args = {"indicator": [loaded.days.pk], "country": ["VNM"]}.get(name, [])
    if name == "compare":
        query += f"&indicator={loaded.days.pk}&indicator={loaded.cost.pk}"
    by = ImportFactory()
    for n in range(10):
        more = IndicatorFactory(code=f"N.{n}", title=f"Start {n}")
        for country in Country.objects.all()[:10]:
            observe(more, country.code, "2016", float(n), by=by)
    with django_assert_max_num_queries(12):
        read(client, name, *args, query=query)
