"""Rows of two levels in one table, and names of nothing: who is counted, and how often."""

from pathlib import Path

import numpy as np
import pytest

from clusters.employment.rows import candidates, cell_rows
from clusters.mapping import mapped
from clusters.reading.employment import read_employment
from clusters.unplaced import is_unplaced
from indicators.importing import Refused

PARTS = {"01 Crops": 400, "02 Forestry": 100, "13 Textiles": 200, "31 Furniture": 90}
SECTIONS = {
    "A Agriculture": ["01 Crops", "02 Forestry"],
    "C Making": ["13 Textiles", "31 Furniture"],
}
SIZES = {"North": 1, "South": 3, "East": 7}


def nested(**otherwise):
    """Sections before their divisions in three regions; `otherwise` by "Region code"."""
    rows = []
    for region, size in SIZES.items():
        for section, parts in SECTIONS.items():
            figures = {section: sum(PARTS[one] for one in parts) * size}
            figures |= {one: PARTS[one] * size for one in parts}
            for name, figure in figures.items():
                figure = otherwise.get(f"{region} {name.split()[0]}", figure)
                if figure is not None:
                    rows.append(f"{region},{name},2022,{figure}")
    return rows


def read(tmp_path: Path, *rows: str, **options):
    path = tmp_path / "e.csv"
    path.write_text("\n".join(["region,industry,year,employment", *rows]), encoding="utf-8")
    table, told = read_employment(path, **options)
    return table, " ".join(str(one.message) for one in told)


def test_sections_beside_their_divisions_are_left_out_and_told(tmp_path):
    table, told = read(tmp_path, *nested())
    assert table.industries == tuple(PARTS)
    assert np.nansum(table.employment) == sum(PARTS.values()) * sum(SIZES.values())
    assert "left out so that nobody is counted twice: 6 (A Agriculture; C Making)" in told


def test_codes_within_codes_go_down_to_the_finest(tmp_path):
    rows = [
        f"{region},{name},2022,{n * size}"
        for region, size in SIZES.items()
        for name, n in (("10 Food", 30), ("107 Other food", 20), ("1071 Bread", 12),
                        ("1072 Sugar", 8), ("108 Feeds", 10), ("56 Meals", 5))
    ]  # fmt: skip
    table, _told = read(tmp_path, *rows)
    assert table.industries == ("1071 Bread", "1072 Sugar", "108 Feeds", "56 Meals")


def test_a_suppressed_part_may_be_what_is_lacking_but_nothing_may_be_too_much(tmp_path):
    table, told = read(tmp_path, *nested(**{"East 31": ""}))
    assert table.industries == tuple(PARTS)
    assert "A Agriculture; C Making" in told
    with pytest.raises(Refused, match=r"in East, 2022, it has 100 and they have 1,400 together"):
        read(tmp_path, *nested(**{"East C": 100, "East 31": ""}))


@pytest.mark.parametrize(
    "otherwise",
    [{"South C": 2000}, {"South C": 10}, {"South 13": None, "South 31": None}],
    ids=["more than its parts", "less than its parts", "without its parts"],
)
def test_parts_that_do_not_add_up_are_refused_with_the_place(tmp_path, otherwise):
    with pytest.raises(Refused, match=r"C Making stands beside parts of it .* in South, 2022"):
        read(tmp_path, *nested(**otherwise))


@pytest.mark.parametrize(
    "names",
    [[f"{n}" for n in range(120)], [f"I{n}" for n in range(1, 120)], ["10", "100", "101", "7"],
     ["A", "B", "1", "2"]],
    ids=["from 0", "with a letter", "some", "letters and numbers"],
)  # fmt: skip
def test_serial_numbers_are_no_codes(tmp_path, names):
    rows = [
        f"{region},{name},2022,{7 + at % 5}" for region in SIZES for at, name in enumerate(names)
    ]
    table, told = read(tmp_path, *rows)
    assert table.industries == tuple(names)
    assert "left out" not in told


def test_parts_that_are_not_in_the_file_are_nothing_where_zeros_are_left_out(tmp_path):
    rows = nested(**{"South 13": None, "South C": PARTS["31 Furniture"] * SIZES["South"]})
    table, told = read(tmp_path, *rows, absent_is_zero=True)
    assert "C Making" not in table.industries
    assert "A Agriculture; C Making" in told


def test_numbers_of_rows_are_no_codes(tmp_path):
    rows = [f"{region},{n} Trade{n},2022,{(7 + n**3) * size}" for region, size in SIZES.items()
            for n in range(1, 13)]  # fmt: skip
    table, told = read(tmp_path, *rows)
    assert len(table.industries) == 12
    assert "twice" not in told


@pytest.mark.parametrize("after", [False, True], ids=["before its parts", "after them"])
def test_a_group_beside_the_regions_that_add_up_to_it_is_told(tmp_path, after):
    groups = {"Laos North": {"Phongsaly": (200, 100), "Luang Namtha": (400, 250)},
              "Laos South": {"Champasak": (801, 400), "Attapeu": (1000, 507)}}  # fmt: skip
    order = []
    for group, parts in groups.items():
        total = tuple(map(sum, zip(*parts.values(), strict=True)))
        order += [*parts.items(), (group, total)] if after else [(group, total), *parts.items()]
    rows = [f"{region},{name},2022,{n}" for region, figures in order
            for name, n in zip(("x", "y"), figures, strict=True)]  # fmt: skip
    table, told = read(tmp_path, *rows)
    assert len(table.regions) == 6
    assert "Laos North (Phongsaly – Luang Namtha); Laos South (Champasak – Attapeu)" in told


def test_neighbours_that_do_not_add_up_are_not_told(tmp_path):
    rows = [f"{region},{name},2022,{n}" for region, figures in
            (("A", (60, 35)), ("B", (20, 15)), ("C", (40, 21)), ("D", (11, 90)))
            for name, n in zip(("x", "y"), figures, strict=True)]  # fmt: skip
    _table, told = read(tmp_path, *rows)
    assert "next to them" not in told


def test_rows_that_say_they_are_a_part_of_others_are_left_out(tmp_path):
    rows = ["A,x,2022,90", "A,of which: female,2022,40", "B,x,2022,30", "B,Of which women,2022,20"]
    table, told = read(tmp_path, *rows)
    assert table.industries == ("x",)
    assert "2 (of which: female; Of which women)" in told


def test_who_is_nowhere_stays_in_the_totals_but_is_no_candidate(tmp_path):
    rows = ["A,x,2022,400", "A,y,2022,100", "B,x,2022,100", "B,y,2022,395", "Abroad,x,2022,900",
            "B,99 Not stated,2022,700"]  # fmt: skip
    table, told = read(tmp_path, *rows)
    found = mapped(table)
    cells = cell_rows(table, found)
    assert found.industries.employment.sum() == 2595
    assert found.regions.employment[0, table.regions.index("B")] == 1195
    assert "Abroad; 99 Not stated" in told
    assert "(people: 1,600, rows: 2)" in told
    assert {*candidates(cells)["region"]} <= {"A", "B"}
    assert {*candidates(cells)["industry"]} <= {"x", "y"}
    unplaced = (cells["region"] == "Abroad") | (cells["industry"] == "99 Not stated")
    assert cells.filter(unplaced)["stars"].sum() == 0
    # A tenth of the four others is one cell, and the largest of them has the star.
    assert found.thresholds[0].size == 400


@pytest.mark.parametrize(
    ("name", "is_nowhere"),
    [("Not stated", True), ("не указано", True), ("Không xác định", True), ("À l'étranger", True),
     ("X Unknown", True), ("99. Unspecified", True), ("Other manufacturing", False),
     ("Unknown Soldier Street", False), ("A", False), ("", False)],
)  # fmt: skip
def test_names_of_nothing(name, is_nowhere):
    assert is_unplaced(name) == is_nowhere
