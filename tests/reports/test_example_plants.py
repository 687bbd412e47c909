"""The fictional country's sizes of plants: they fit its table, and Ellison and Glaeser's index of
them is what the definition gives by hand.
"""

import csv
from collections import Counter

import pytest

from clusters.mapping import mapped
from clusters.reading.employment import read_employment
from reports.examples_loading import EXAMPLES

TABLE, PLANTS = EXAMPLES / "exampland-employment.csv", EXAMPLES / "exampland-plants.csv"


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_plants_add_up_to_the_table():
    employed, firms, hidden = Counter(), Counter(), Counter()
    for row in rows(TABLE):
        key = row["industry"], row["year"]
        employed[key] += int(row["employment"] or 0)
        firms[key] += int(row["establishments"] or 0)
        hidden[key] += not row["employment"]
    in_plants, plants = Counter(), Counter()
    for row in rows(PLANTS):
        key, many = (row["industry"], row["year"]), int(row["establishments"])
        in_plants[key] += many * int(row["employment"])
        plants[key] += many
    assert in_plants.keys() == employed.keys()
    for key in employed:
        # A suppressed cell stands for three plants that the totals of the table lack.
        assert plants[key] - firms[key] == 3 * hidden[key]
        assert (in_plants[key] > employed[key]) == bool(hidden[key])
        assert hidden[key] or in_plants[key] == employed[key]


def test_the_index_of_furniture_in_2024_by_hand():
    table, _told = read_employment(TABLE, PLANTS)
    found = mapped(table).industries.ellison_glaeser[
        table.years.index(2024), table.industries.index("Furniture")
    ]
    cells = [row for row in rows(TABLE) if row["year"] == "2024" and row["employment"]]
    here = {
        row["region"]: int(row["employment"]) for row in cells if row["industry"] == "Furniture"
    }
    every = Counter()
    for row in cells:
        every[row["region"]] += int(row["employment"])
    s = [here[region] / sum(here.values()) for region in here]
    x = [every[region] / sum(every.values()) for region in here]
    g = sum((a - b) ** 2 for a, b in zip(s, x, strict=True))
    sizes = [(int(row["employment"]), int(row["establishments"])) for row in rows(PLANTS)
             if (row["industry"], row["year"]) == ("Furniture", "2024")]  # fmt: skip
    h = sum(many * size**2 for size, many in sizes) / sum(many * size for size, many in sizes) ** 2
    spread = 1 - sum(b**2 for b in x)
    assert found == pytest.approx((g - spread * h) / (spread * (1 - h)))
    assert round(found, 3) == 0.042  # between 0.02 and 0.05
