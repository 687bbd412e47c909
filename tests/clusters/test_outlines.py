"""Outlines of regions: checked by feature, stored whole or not at all, drawn with their source."""

import json

import polars as pl
import pytest
from django.core.files.base import ContentFile

from clusters import actions
from clusters.employment import maps
from clusters.employment.region_map import region_map, values_of
from countries.outlines import OutlineFault, read_outlines
from tests.factories.employment import employment

SQUARE = [[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]  # clockwise


def collection(*rings, kind="Polygon", name="North"):
    features = [{"type": "Feature", "properties": {"name": name},
                 "geometry": {"type": kind, "coordinates": [ring]}} for ring in rings]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


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
        (collection(SQUARE, SQUARE), 'Feature 2: the region "North" is here a second time'),
        (collection(SQUARE[:3]), r"a ring has too few points \(3\)"),
        (collection(SQUARE[:4]), "does not end where it begins"),
        (collection([[0, 0], [1, 1], [2, 2], [0, 0]]), "encloses nothing"),
        (collection([[0, 0], [0, 2], [200000, 2], [0, 0]]), "is not on the globe"),
        (collection([[0, 0], ["a", 2], [2, 2], [0, 0]]), "not lists of rings of pairs of numbers"),
        (collection(5), "not lists of rings"),
        (collection(SQUARE, kind="Point"), 'its geometry is "Point"'),
        (b" " * 3_000_001, "at most 3,000,000 are taken"),
    ],
)
def test_what_does_not_fit_is_told_by_feature(content, words):
    with pytest.raises(OutlineFault, match=words):
        read_outlines(content, "name")


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
    assert "Entité 1\u00a0: sa géométrie est &quot;Point&quot;" in french
    client.post(address, sent | {"upload": ContentFile(collection(SQUARE), "r.json")})
    assert team.country.regions.get().outline_source == "Survey office"
    rows = (
        b"region,industry,year,employment\nNorth,Wood,2015,30\nNorth,Food,2015,60\n"
        b"South,Wood,2015,10\nSouth,Food,2015,100\n"
    )
    table = employment(team.country, rows)
    page = client.get(table.get_absolute_url()).content.decode()
    assert "North employs most people of the regions drawn: 90" in page
    assert "Not drawn, for want of an outline or a value: South." in page
    assert "Boundaries: Survey office." in page
    page = client.get(f"{table.get_absolute_url()}?industry=Wood").content.decode()
    # by hand: 30 of 90 in the North, 40 of 200 in the country
    assert "Wood: North is most specialised of the regions drawn, quotient 1.67" in page
    page = client.get(f"{table.get_absolute_url()}?industry=Coal").content.decode()
    assert "North employs most people of the regions drawn: 90" in page


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
    drawn = region_map(team.country, values, 2015).outlines["features"]
    points = {one["id"]: {tuple(p) for p in one["geometry"]["coordinates"][0][0]} for one in drawn}
    east = max(x for x, _y in points["R00"])
    border = {(x, y) for x, y in points["R00"] if x == east}
    assert len(border) > 10
    assert border <= points["R10"]
