"""Outlines of regions: checked by feature, stored whole or not at all, drawn with their source."""

import json

import polars as pl
import pytest
from django.core.files.base import ContentFile

from clusters import actions
from clusters.employment import maps
from clusters.employment.region_map import region_map, values_of
from clusters.outline_map import outline_map
from countries import world
from countries.outlines import OutlineFault, read_outlines
from tests.factories.employment import employment
from tests.factories.people import CountryFactory

SQUARE = [[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]  # clockwise


def collection(*rings, kind="Polygon", name="North", **more):
    features = [{"type": "Feature", "properties": {"name": name},
                 "geometry": {"type": kind, "coordinates": [ring]}} for ring in rings]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def system(name):
    return {"type": "name", "properties": {"name": name}}


def test_outer_rings_are_wound_as_the_standard_says():
    (outline,) = read_outlines(collection(SQUARE), "name").values()
    assert outline == {"type": "MultiPolygon", "coordinates": [[SQUARE[::-1]]]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not JSON"),
        (b"[]", "no GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
        (b'{"type": "FeatureCollection", "features": [1]}', "no property"),
        (collection(SQUARE, name=""), 'Feature 1: it has no property "name"'),
        (collection(SQUARE, name="N" * 151), "its name is longer than 150 characters"),
        (collection(SQUARE, SQUARE), r"Feature 2 \(North\): its region is here a second time"),
        (collection(SQUARE[:3]), r"a ring has too few points \(3\)"),
        (collection(SQUARE[:4]), "does not end where it begins"),
        (collection([[0, 0], [1, 1], [2, 2], [0, 0]]), "encloses nothing"),
        (collection([[0, 0], [0, 2], [200, 100], [0, 0]]), "200, 100 is not on the globe"),
        (collection([[0, 0], [0, 2], [520000, 2], [0, 0]]), "looks projected, in metres"),
        (collection([[18, 102], [18, 104], [20, 104], [18, 102]]), "102 has its latitude first"),
        (collection(SQUARE, crs=system("EPSG:32648")), "of the system EPSG:32648; export it as"),
        (collection(SQUARE, crs={"type": "link"}), 'of the system {"type": "link"}'),
        (collection([[0, 0], ["a", 2], [2, 2], [0, 0]]), "not lists of rings of pairs of numbers"),
        (collection(5), "not lists of rings"),
        (collection(SQUARE, kind="Point"), 'its geometry is "Point"'),
        (b" " * 3_000_001, "at most 3,000,000 are taken"),
    ],
)
def test_what_does_not_fit_is_told_by_feature(content, words):
    with pytest.raises(OutlineFault, match=words):
        read_outlines(content, "name")


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"]
)
def test_a_file_may_name_longitude_and_latitude_as_its_system(name):
    assert read_outlines(collection(SQUARE, crs=system(name)), "name")
    assert read_outlines(collection(SQUARE, crs=None), "name")


def test_all_faulty_features_are_told_at_once_and_of_very_many_how_many_more(team, signed_in):
    features = [json.loads(collection(SQUARE[:3], name=f"R{n}"))["features"][0] for n in range(53)]
    features.insert(1, json.loads(collection(SQUARE, name="Fine"))["features"][0])
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    sent = {"source": "S", "name_property": "name", "upload": ContentFile(content, "r.json")}
    address = f"/countries/{team.country.pk}/regions/"
    page = signed_in(team.coordinator).post(address, sent).content.decode()
    assert "Feature 1 (R0): a ring has too few points (3)" in page
    assert "Feature 51 (R49): a ring" in page
    assert "Feature 52 (R50)" not in page
    assert "3 more faults." in page
    assert not team.country.regions.exists()


def test_an_outline_that_lies_in_its_country_only_the_other_way_round_is_told(team):
    laos = [[102, 18], [103, 18], [103, 19], [102, 18]]
    egypt = [[[28, 25], [29, 25], [29, 26], [28, 25]]]  # its mirror lies in it as well
    assert read_outlines(collection(laos), "name", world.outline("LAO"))
    assert read_outlines(collection(*egypt), "name", world.outline("EGY"))
    thai = [[y, x] for x, y in [[100, 17], [101, 17], [101, 18], [100, 17]]]
    with pytest.raises(OutlineFault, match="latitude first"):
        read_outlines(collection(thai), "name", world.outline("THA"))
    greek = [[y, x] for x, y in [[22, 39], [23, 39], [23, 40], [22, 39]]]
    with pytest.raises(OutlineFault, match="only with latitude and longitude swapped"):
        read_outlines(collection(greek), "name", world.outline("GRC"))


def test_names_are_those_of_regions_that_are_there_whatever_their_capitals_and_spaces(
    team, signed_in
):
    region = actions.add_region(country=team.country, name="River Plain", by=None)
    client = signed_in(team.coordinator)
    address = f"/countries/{team.country.pk}/regions/"
    sent = {"source": "Survey office", "name_property": "name"}
    content = json.loads(collection(SQUARE, name="  river   PLAIN "))
    content["features"] += json.loads(collection(SQUARE, name="Hills"))["features"]
    upload = ContentFile(json.dumps(content).encode(), "r.json")
    page = client.post(address, sent | {"upload": upload}, follow=True).content.decode()
    assert "2 outlines are stored. Regions added: Hills." in page
    region.refresh_from_db()
    assert region.outline_source == "Survey office"
    assert set(team.country.regions.values_list("name", flat=True)) == {"River Plain", "Hills"}
    with pytest.raises(OutlineFault, match=r"a character that is not seen \(U\+0007\)"):
        read_outlines(collection(SQUARE, name="Bell \u0007"), "name")


def test_equal_numbers_are_in_one_class_of_the_map_and_a_quotient_of_0_is_in_the_lowest(team):
    names = ["A", "B", "C", "D"]
    features = [json.loads(collection(SQUARE, name=name))["features"][0] for name in names]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    actions.set_outlines(
        country=team.country, content=content, name_property="name", source="S", by=None
    )

    def classes(values, industry):
        found = pl.DataFrame({"region": names, "value": values})
        chart = region_map(team.country, found, 2015, industry)
        return {
            one.name: [n for n, v in zip(names, one.values, strict=True) if v is not None]
            for one in chart.series
        }

    assert classes([7.78, 1.5, 0.0, 0.0], "Wood") == {
        "2 and more": ["A"], "1.5 to below 2": ["B"], "below 0.5": ["C", "D"],
    }  # fmt: skip
    assert classes([9.0, 9.0, 9.0, 1.0], "") == {"9": ["A", "B", "C"], "1": ["D"]}


def test_a_coordinator_uploads_outlines_and_the_table_becomes_a_map(team, signed_in):
    client = signed_in(team.coordinator)
    address = f"/countries/{team.country.pk}/regions/"
    sent = {"source": "Survey office", "name_property": "name"}
    refused = client.post(address, sent | {"upload": ContentFile(b"{", "r.json")})
    assert "The file is not JSON" in refused.content.decode()
    french = client.post(
        address,
        sent | {"upload": ContentFile(collection(SQUARE, kind="Point"), "r.json")},
        headers={"Accept-Language": "fr"},
    ).content.decode()
    assert "Entité 1 (North)\u00a0: sa géométrie est &quot;Point&quot;" in french
    client.post(address, sent | {"upload": ContentFile(collection(SQUARE), "r.json")})
    assert team.country.regions.get().outline_source == "Survey office"
    rows = (
        b"region,industry,year,employment\nNorth,Wood,2015,30\nNorth,Food,2015,60\n"
        b"South,Wood,2015,10\nSouth,Food,2015,100\n"
    )
    table = employment(team.country, rows)
    page = client.get(table.get_absolute_url()).content.decode()
    assert "North employs most people of the regions drawn: 90" in page
    assert "Not drawn, for want of an outline: South." in page
    assert "Boundaries: Survey office" in page
    page = client.get(f"{table.get_absolute_url()}?industry=Wood").content.decode()
    # by hand: 30 of 90 in the North, 40 of 200 in the country
    assert "Wood: North is most specialised of the regions drawn, quotient 1.67" in page
    page = client.get(f"{table.get_absolute_url()}?industry=Coal").content.decode()
    assert "North employs most people of the regions drawn: 90" in page


def test_what_has_no_value_is_seen_as_missing_and_the_country_lies_behind(db):
    country = CountryFactory(code="LAO", name="Laos")
    around = {"A": (101, 20), "B": (103, 19), "C": (105, 16)}
    for name, (x, y) in around.items():
        square = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        shape = {"type": "MultiPolygon", "coordinates": [[square]]}
        country.regions.create(name=name, outline=shape, outline_source="S")
    found = pl.DataFrame({"region": ["A", "B", "D"], "value": [5.0, None, 4.0]})
    chart = region_map(country, found, 2015)
    drawn = {
        one.name: [n for n, v in zip(chart.categories, one.values, strict=True) if v is not None]
        for one in chart.series
    }
    assert drawn == {"5": ["A"], "suppressed": ["B"], "not in the table": ["C"]}
    assert list(chart.rows) == [("A", 5), ("B", "suppressed"), ("C", "not in the table")]
    assert "Not drawn, for want of an outline: D." in chart.note
    assert chart.ground.country == "LAO"
    (west, east), (south, north) = chart.ground.frame
    assert (west < 101, east > 107, south < 15, north > 22) == (True, True, True, True)
    assert outline_map(country).title == "3 of 3 regions have an outline"


def test_the_page_of_regions_shows_the_outlines_with_names_and_how_far_they_reach(team, signed_in):
    actions.set_outlines(
        country=team.country, content=collection(SQUARE), name_property="name", source="S", by=None
    )
    actions.add_region(country=team.country, name="Bare", by=None)
    client = signed_in(team.stranger)
    page = client.get(f"/countries/{team.country.pk}/regions/").content.decode()
    assert "1 of 2 regions have an outline" in page
    told = client.get(f"/countries/{team.country.pk}/regions.csv").content.decode()
    assert "Bare,,,,,," in told
    assert "North,,S,0.0,2.0,0.0,2.0" in told


def test_outlines_of_any_detail_fit_on_a_page_and_keep_their_common_borders(team, signed_in):
    """A hundred squares of 596 points each, nearly as many as are taken."""
    step, side = 1 / 149, range(149)

    def square(x, y):
        ring = [[x + n * step, y] for n in side] + [[x + 1, y + n * step] for n in side]
        ring += [[x + 1 - n * step, y + 1] for n in side] + [[x, y + 1 - n * step] for n in side]
        return [*ring, ring[0]]

    names = [f"R{x}{y}" for x in range(10) for y in range(10)]
    features = [
        json.loads(collection(square(int(name[1]), int(name[2])), name=name))["features"][0]
        for name in names
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    actions.set_outlines(
        country=team.country, content=content, name_property="name", source="S", by=None
    )
    rows = "\n".join(f"{name},Wood,2015,{n + 1}" for n, name in enumerate(names))
    table = employment(team.country, f"region,industry,year,employment\n{rows}")
    page = signed_in(team.officer).get(table.get_absolute_url()).content
    assert len(page) < 300_000
    values = values_of(maps.regions(table, 2015), maps.cells(table, 2015), "")
    drawn = region_map(team.country, values, 2015).ground.outlines["features"]
    points = {one["id"]: {tuple(p) for p in one["geometry"]["coordinates"][0][0]} for one in drawn}
    east = max(x for x, _y in points["R00"])
    border = {(x, y) for x, y in points["R00"] if x == east}
    assert len(border) > 10
    assert border <= points["R10"]
