"""import_dataset and export_observations: what they print, load and refuse."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from countries.actions import load_areas
from countries.shipped import shipped
from indicators.models import CurrentValue, Dataset, Import, Observation

pytestmark = pytest.mark.django_db

WIDE = """Country Name,Country Code,Indicator Name,Indicator Code,2010,2011,2012
Viet Nam,VNM,Exports (% of GDP),EXP.ZS,0.1,1e-7,
Lao PDR,LAO,Exports (% of GDP),EXP.ZS,213042.263060477,,3
"""
TIDY = """Country Code,Indicator Code,Indicator Name,year,value
LAO,EXP.ZS,Exports (% of GDP),2010,213042.263060477
LAO,EXP.ZS,Exports (% of GDP),2012,3
VNM,EXP.ZS,Exports (% of GDP),2010,0.1
VNM,EXP.ZS,Exports (% of GDP),2011,0.0000001
"""
VALUES = {
    ("LAO", "2010"): 213042.263060477, ("LAO", "2012"): 3.0,
    ("VNM", "2010"): 0.1, ("VNM", "2011"): 1e-7,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _countries(db):
    three = [area for area in shipped() if area.code in ("LAO", "VNM", "KHM")]
    load_areas([replace(area, groups=()) for area in three])


@pytest.fixture
def load(tmp_path, capsys):
    """Import a text as a file; the JSON that is printed and the exit code."""

    def run(text: str, *options: str, dataset: str = "trade") -> tuple[dict, int]:
        path = tmp_path / "figures.csv"
        path.write_text(text, encoding="utf-8")
        out, code = io.StringIO(), 0
        try:
            call_command(
                "import_dataset", path, "--dataset", dataset, "--json", *options,
                stdout=out, stderr=io.StringIO(),
            )  # fmt: skip
        except SystemExit as left:
            code = left.code
        except CommandError:
            code = 1
        return json.loads(out.getvalue()), code

    return run


def counts(printed: dict) -> tuple[int, int, int, int]:
    return tuple(printed[name] for name in ("new", "changed", "same", "rejected"))


def exported(dataset: str = "trade") -> dict:
    out = io.StringIO()
    call_command("export_observations", "--dataset", dataset, "--json", stdout=out)
    rows = json.loads(out.getvalue())["observations"]
    assert all(row["indicator"] == "EXP.ZS" and row["flag"] == "" for row in rows)
    return {(row["country"], row["period"]): row["value"] for row in rows}


def test_two_layouts_of_the_same_values_are_the_same(load):
    assert counts(load(WIDE)[0]) == (4, 0, 0, 0)
    assert exported() == VALUES
    assert counts(load(TIDY)[0]) == (0, 0, 4, 0)
    assert counts(load(TIDY, dataset="other")[0]) == (4, 0, 0, 0)
    assert exported("other") == VALUES
    assert Observation.objects.count() == 8


def test_a_changed_file_says_what_changed(load):
    load(WIDE)
    printed, code = load(TIDY.replace(",3\n", ",3.5\n") + "KHM,EXP.ZS,,2010,7\n")
    assert (counts(printed), code) == ((1, 1, 3, 0), 0)
    assert exported() == VALUES | {("LAO", "2012"): 3.5, ("KHM", "2010"): 7.0}


def test_a_dry_run_counts_and_writes_nothing(load):
    printed, code = load(WIDE, "--dry-run")
    assert (counts(printed), code) == ((4, 0, 0, 0), 0)
    assert not Dataset.objects.exists()
    assert not Import.objects.exists()


WRONG = TIDY.replace(",0.1\n", ",n.k.\n").replace(
    "VNM,EXP.ZS,Exports (% of GDP),2011", "ZZQ,E,E,2011"
)


def test_a_file_with_errors_is_refused_as_a_whole_and_says_every_cell(load):
    printed, code = load(WRONG)
    assert (printed["rejected"], code) == (2, 1)
    places = [(error["row"], error["code"]) for error in printed["errors"]]
    assert places == [(4, "value_not_number"), (5, "country_unknown")]
    assert set(printed["errors"][0]) >= {"sheet", "row", "column", "code", "message"}
    assert not Dataset.objects.exists()
    assert not CurrentValue.objects.exists()


def test_the_right_rows_alone_are_loaded_when_told_to(load):
    printed, code = load(WRONG, "--leave-out-errors")
    assert (counts(printed), code) == ((2, 0, 0, 2), 0)
    assert exported() == {("LAO", "2010"): 213042.263060477, ("LAO", "2012"): 3.0}


@pytest.mark.parametrize("text", ["", "no,table\nhere,at all\n", "%PDF-1.7\n"])
def test_what_is_no_table_is_refused_in_one_sentence(load, text):
    printed, code = load(text)
    assert code == 1
    assert counts(printed) == (0, 0, 0, 0)
    (error,) = printed["errors"]
    assert error["code"] == "unreadable"
    assert error["message"].endswith(".")


def test_a_whole_dataset_takes_out_what_it_lacks(load):
    load(WIDE)
    printed, _ = load(TIDY.rsplit("VNM", 1)[0], "--complete")
    assert (counts(printed), printed["gone"]) == ((0, 0, 3, 0), 1)
    assert ("VNM", "2011") not in exported()


def test_odd_names_of_files_and_datasets_are_refused(tmp_path):
    with pytest.raises(CommandError, match="no file"):
        call_command("import_dataset", tmp_path / "none.csv", "--dataset", "trade")
    (tmp_path / "a.csv").write_text(TIDY)
    with pytest.raises(CommandError, match="no code of a dataset"):
        call_command("import_dataset", tmp_path / "a.csv", "--dataset", "../x")
    with pytest.raises(CommandError, match="There is no dataset"):
        call_command("export_observations", "--dataset", "none")


def test_the_export_as_csv_has_numbers_in_full_and_no_formulas(load):
    load(TIDY.replace("EXP.ZS", "=EXP"))
    out = io.StringIO()
    call_command("export_observations", "--dataset", "trade", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[:2] == [
        "country,indicator,period,value,flag,breakdown", "LAO,'=EXP,2010,213042.263060477,,",
    ]  # fmt: skip
    assert lines[-1] == "VNM,'=EXP,2011,1e-07,,"
    assert Path(Import.objects.get().file.content.path).read_text().startswith("Country Code")


def test_a_table_that_names_no_indicator_is_about_the_one_given(load):
    bare = "Country,2010,2011\nLaos,1,2\n"
    refused, code = load(bare, dataset="bare")
    assert (refused["errors"][0]["code"], code) == ("indicator_blank", 1)
    counts, code = load(bare, "--indicator", "X.1", dataset="bare")
    assert (counts["new"], code) == (2, 0)
    # Where the table says it, the table is right.
    load(TIDY, "--indicator", "X.1", dataset="said")
    assert not CurrentValue.objects.filter(
        indicator__dataset__code="said", indicator__code="X.1"
    ).exists()
