"""The figures typed from the source documents: readable like any file, and of one mind."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from countries.content.tree import read_tree
from countries.shipped import gazetteer
from indicators.importing import Reference, check, read

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "indicators" / "figures"
FILES = sorted(FIGURES.glob("*.csv"))
REFERENCE = Reference(places=gazetteer())
LABELS = {
    "ISO 9001 certifications": "iso_9001",
    "High-technology exports in manufactured exports": "high_tech_exports",
    "Research and development expenditure in GDP": "rd_expenditure",
    "Patent applications by residents": "resident_patents",
    "Share of residents in patent applications": "resident_patent_share",
}


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def yaml(path: Path) -> object:
    tree = read_tree(path.read_text(encoding="utf-8"))
    assert not tree.findings
    return tree.data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_like_any_other_without_a_fault(path: Path) -> None:
    checked = check(read(path), REFERENCE)
    found = checked.observations.to_dicts()
    assert [str(fault) for fault in checked.faults] == []
    expected = Counter(
        (row["country code"], row["indicator code"], row["year"], float(row["value"]))
        for row in rows(path)
    )
    assert expected == Counter(
        (row["country"], row["indicator"], row["period"], row["value"]) for row in found
    )
    assert {row["breakdown"] == "" for row in found} == {True, False}
    assert all(row["unit"] and row["note"] for row in found)


def test_every_dataset_is_of_a_document_and_has_its_file() -> None:
    documents = yaml(ROOT / "countries" / "documents.yaml")
    datasets = {one["code"]: one for one in yaml(FIGURES / "datasets.yaml")}
    assert datasets.keys() <= documents.keys()
    assert {path.stem for path in FILES} == datasets.keys() - {"adbi-2007"}


def test_one_code_has_one_name_and_one_unit() -> None:
    for path in FILES:
        pairs = {(r["indicator code"], r["indicator name"], r["unit"]) for r in rows(path)}
        assert len(pairs) == len({code for code, _name, _unit in pairs})


def test_the_profiles_of_countries_say_the_same() -> None:
    typed = {
        (row["country code"], row["indicator code"], row["year"]): float(row["value"])
        for row in rows(FIGURES / "sato-asean.csv")
    }
    compared = 0
    for path in sorted((ROOT / "countries" / "profiles").glob("*.yaml")):
        profile = yaml(path)
        for figure in profile["figures"]:
            if figure["document"] == "sato-asean" and figure["label"] in LABELS:
                key = (profile["code"], LABELS[figure["label"]], str(figure["year"]))
                assert typed[key] == figure["value"], key
                compared += 1
    assert compared > 20


def test_totals_of_the_document_are_the_sums_of_its_rows() -> None:
    members = {"BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM"}
    for year in ("2000", "2010"):
        values = {
            row["country code"]: float(row["value"])
            for row in rows(FIGURES / "sato-asean.csv")
            if row["indicator code"] == "iso_9001" and row["year"] == year
        }
        assert sum(values[code] for code in members) == values["ASN"]
