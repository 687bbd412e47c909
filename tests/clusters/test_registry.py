"""The registry: who keeps it, what is refused, what stays in the record."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activity.figures import figure
from activity.queries import told
from clusters import actions
from clusters.land import misplaced
from clusters.models import Cluster
from clusters.point_map import point_map
from countries.models import Region
from tests.factories.clusters import ClusterFactory, agent
from tests.factories.employment import employment
from tests.factories.people import CountryFactory

FIGURE = {"measure": "firms", "value": "120", "unit": "firms", "year": "2006", "source": "Survey"}


def test_a_coordinator_enters_a_cluster_and_takes_the_test(team, signed_in):
    client = signed_in(team.coordinator)
    answer = client.post(
        f"/countries/{team.country.pk}/clusters/new/", {"name": "Hlaing", "place": "Yangon"}
    )
    made = Cluster.objects.get(name="Hlaing")
    assert answer.url == f"/clusters/{made.pk}/test/"
    answers = dict.fromkeys(["near", "same", "small", "shared"], "yes")
    rest = dict.fromkeys(["grown", "there", "focused", "local"], "unknown")
    client.post(answer.url, answers | rest)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "By the test: a cluster." in page


def test_a_name_is_given_once_in_a_country_whatever_its_capitals(team, signed_in):
    client = signed_in(team.coordinator)
    address = reverse("clusters:new", args=[team.country.pk])
    sent = {"name": "Weavers", "formation": ""}
    client.post(address, sent)
    page = client.post(address, sent | {"name": "WEAVERS"}).content.decode()
    assert "The country has a cluster of this name already." in page
    assert team.country.clusters.count() == 1


def test_home_leads_an_agent_into_the_cluster(team, signed_in):
    own, other = ClusterFactory(country=team.country), ClusterFactory(country=team.country)
    page = signed_in(agent(own)).get(reverse("home")).content.decode()
    assert f'href="{own.get_absolute_url()}"' in page
    assert f'href="{reverse("clusters:linkages", args=[own.pk])}"' in page
    assert other.name not in page


def test_an_agent_keeps_only_their_cluster(team, signed_in):
    mine, other = ClusterFactory(country=team.country), ClusterFactory(country=team.country)
    client = signed_in(agent(mine))
    assert client.get(f"/clusters/{mine.pk}/change/").status_code == 200
    assert client.get(f"/clusters/{other.pk}/change/").status_code == 403
    assert client.get(f"/countries/{team.country.pk}/clusters/new/").status_code == 403


def test_a_figure_is_added_refused_twice_and_removed(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    client = signed_in(team.coordinator)
    client.post(f"/clusters/{cluster.pk}/figures/", FIGURE)
    figure = cluster.figures.get()
    again = client.post(f"/clusters/{cluster.pk}/figures/", FIGURE)
    assert "There is a figure for this year already." in again.content.decode()
    client.post(f"/clusters/{cluster.pk}/figures/{figure.pk}/remove/")
    assert not cluster.figures.exists()
    assert any("removed firms 2006" in words for _event, words in told(cluster.topic))


def test_a_point_needs_both_numbers(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    page = signed_in(team.coordinator).post(
        f"/clusters/{cluster.pk}/change/", {"name": cluster.name, "latitude": "10"}
    )
    assert "A point needs both a latitude and a longitude." in page.content.decode()


@pytest.mark.parametrize(
    ("latitude", "said"),
    [
        ("91", "A latitude is expected: degrees from −90 to 90, north above 0."),
        ("17°58'", "is not clear as degrees; expected a number such as 17.97, with decimals"),
    ],
)
def test_a_wrong_latitude_says_what_one_is(team, signed_in, latitude, said):
    cluster = ClusterFactory(country=team.country)
    page = signed_in(team.coordinator).post(
        f"/clusters/{cluster.pk}/change/", {"name": cluster.name, "latitude": latitude}
    )
    assert said in page.content.decode()


def test_a_region_of_another_country_is_refused(team):
    elsewhere = Region.objects.create(country=CountryFactory(code="VNM"), name="Ha Noi")
    with pytest.raises(ValidationError, match="Ha Noi is not in"):
        actions.add_cluster(country=team.country, by=None, name="X", regions=[elsewhere])


def test_regions_of_a_cluster_are_shown_filtered_and_in_files_and_programs(team, signed_in):
    north, south = (Region.objects.create(country=team.country, name=n) for n in ("North", "South"))
    here = ClusterFactory(country=team.country, name="Here")
    ClusterFactory(country=team.country, name="Elsewhere")
    client = signed_in(team.coordinator)
    client.post(f"/clusters/{here.pk}/change/", {"name": "Here", "regions": [north.pk, south.pk]})
    assert any("changed regions of" in words for _event, words in told(here.topic))
    assert "North</a>, " in client.get(here.get_absolute_url()).content.decode()
    listed = f"/countries/{team.country.pk}/clusters"
    page = client.get(f"{listed}/?region={south.pk}").content.decode()
    assert ">Here</a>" in page
    assert "Elsewhere" not in page
    assert "North; South" in client.get(f"{listed}.csv?region={north.pk}").content.decode()
    assert "Elsewhere" in client.get(f"{listed}/?region=x").content.decode()
    (one,) = client.get("/api/clusters/?region=North").json()
    assert (one["name"], one["regions"]) == ("Here", ["North", "South"])


def test_a_region_is_renamed_and_removed_only_while_nothing_refers_to_it(team, signed_in):
    region = Region.objects.create(country=team.country, name="North")
    cluster = ClusterFactory(country=team.country, name="Weavers")
    cluster.regions.add(region)
    table = employment(team.country, "region,industry,year,employment\nUpland,Wood,2015,9\n")
    client = signed_in(team.coordinator)
    client.post(f"/regions/{region.pk}/change/", {"name": "Upland", "code": "07"})
    page = client.post(f"/regions/{region.pk}/remove/", follow=True).content.decode()
    assert f"Upland stays: it is a region of Weavers; {table}." in page
    taken = client.post(f"/countries/{team.country.pk}/regions/new/", {"name": "Upland"})
    assert "There is a region of this name already." in taken.content.decode()
    other = client.post(
        f"/api/countries/{team.country.pk}/regions/", {"name": "Coast"}, "application/json"
    ).json()
    assert (
        client.post(f"/api/regions/{other['id']}/remove/", {}, "application/json").status_code
        == 204
    )
    words = [words for _event, words in told(f"country {team.country.pk}")]
    assert any("changed the region North of" in one for one in words)
    assert any("removed the region Coast of" in one for one in words)


def test_an_answer_that_is_none_is_refused(team):
    with pytest.raises(ValidationError, match="no answer perhaps"):
        actions.add_cluster(country=team.country, by=None, name="X", test={"near": "perhaps"})


def test_the_map_has_those_with_a_point_and_the_boundaries_source(team, signed_in, settings):
    settings.MAP_DISCLAIMER = "Our own words."
    ClusterFactory(country=team.country, name="Here", latitude=18, longitude=102.6)
    ClusterFactory(country=team.country, name="Somewhere")
    client = signed_in(team.stranger)
    page = client.get(f"/countries/{team.country.pk}/clusters/").content.decode()
    assert "1 of 2 entries have a point on the map" in page
    assert "Boundaries: United Nations geodata" in page
    assert "Our own words." in page
    table = client.get(f"/countries/{team.country.pk}/clusters.csv").content.decode()
    assert "Here,,18.0,102.6" in table


def test_numbers_at_one_point_stand_together_and_no_point_is_a_dash(db):
    country = CountryFactory(code="LAO")
    for name, at in (("A", 1), ("B", 1), ("C", None)):
        ClusterFactory(country=country, name=name, latitude=at and 18, longitude=at and 103)
    drawn = point_map(country, list(country.clusters.all()))
    assert [drawn.categories[at] for at in drawn.plane.named] == ["1; 2"]
    assert list(drawn.rows[2][3:]) == ["–", "–", "–"]


def test_numbers_of_points_close_together_stand_at_the_first(db):
    country = CountryFactory(code="LAO")
    for name, at in (("A", 18), ("B", 18.05), ("C", 20), ("D", 18.1)):
        ClusterFactory(country=country, name=name, latitude=at, longitude=103)
    drawn = point_map(country, list(country.clusters.all()))
    assert drawn.categories == ["1; 2; 4", "", "3", ""]


def test_the_map_is_the_countrys_and_what_lies_elsewhere_is_told(team, signed_in):
    here = ClusterFactory(country=team.country, name="Here", latitude=18, longitude=102.6)
    drawn = point_map(team.country, [here])
    swapped = ClusterFactory(country=team.country, name="Swapped", latitude=19, longitude=60)
    both = point_map(team.country, [here, swapped])
    assert both.ground.frame == drawn.ground.frame
    assert both.plane.points == [(102.6, 18)]
    assert "Not drawn, for its point lies outside the country: 2. Swapped." in both.note


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (18, 102.6, ""),
        (60, 30, "Are latitude and longitude right, each with its sign?"),
        (-18, 102.6, "Are latitude and longitude right, each with its sign?"),
        (None, None, ""),
    ],
)
def test_a_point_outside_the_country_is_kept_and_asked_about(
    team, signed_in, latitude, longitude, words
):
    entry = ClusterFactory(country=team.country, latitude=latitude, longitude=longitude)
    page = signed_in(team.coordinator).get(entry.get_absolute_url()).content.decode()
    assert ("The point lies outside the outline of" in page) == bool(words)
    assert words in page
    other = signed_in(team.stranger).get(entry.get_absolute_url()).content.decode()
    assert "The point lies outside" not in other


def test_latitude_and_longitude_that_are_swapped_are_asked_about(team, signed_in):
    client = signed_in(team.coordinator)
    sent = {"name": "Mills", "latitude": "102.6", "longitude": "18"}
    page = client.post(f"/countries/{team.country.pk}/clusters/new/", sent).content.decode()
    assert "north above 0. Are latitude and longitude swapped?" in page
    greece = CountryFactory(code="GRC")
    entry = ClusterFactory(country=greece, latitude=22.5, longitude=39.5)
    assert "The other way round it lies inside." in misplaced(entry)


def test_the_type_is_left_out_where_no_entry_has_one(team, signed_in):
    entry = ClusterFactory(country=team.country, latitude=18, longitude=102.6)
    address = f"/countries/{team.country.pk}/clusters/"
    client = signed_in(team.stranger)
    assert '<th scope="col">Type</th>' not in client.get(address).content.decode()
    entry.formation = "pyramid"
    entry.save()
    assert client.get(address).content.decode().count('<th scope="col">Type</th>') == 2


def test_a_fictional_country_is_nowhere_on_the_map(db):
    nowhere = CountryFactory(code="XZA", is_fictional=True)
    invented = ClusterFactory(country=nowhere, latitude=1, longitude=1)
    assert point_map(nowhere, [invented]) is None


def test_a_country_with_outlines_of_its_own_is_drawn_by_them(team):
    square = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    country = CountryFactory(code="XZA", is_fictional=True)
    country.regions.create(
        name="Hills",
        outline={"type": "MultiPolygon", "coordinates": [[square]]},
        outline_source="A survey office",
    )
    drawn = point_map(country, [ClusterFactory(country=country, latitude=1, longitude=1)])
    assert "Boundaries: A survey office." in drawn.note
    ground, points = figure(drawn)["data"]
    assert (ground["type"], ground["locations"]) == ("choropleth", ["Hills"])
    assert (points["lon"], points["lat"]) == ([1], [1])


@pytest.mark.parametrize("field", ["name", "place", "national_code", "products"])
def test_what_an_entry_is_called_has_no_character_that_is_not_seen(team, signed_in, field):
    client = signed_in(team.coordinator)
    at = f"/countries/{team.country.pk}/clusters/new/"
    said = {"name": "Doors", field: "Do\u202eors"}
    assert "a character that is not seen (U+202E)" in client.post(at, said).content.decode()
    assert not team.country.clusters.exists()
    region = client.post(f"/countries/{team.country.pk}/regions/new/", {"name": "No\u0007rth"})
    assert "a character that is not seen (U+0007)" in region.content.decode()
    assert not team.country.regions.exists()
