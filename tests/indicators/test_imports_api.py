"""A file by the API from upload to undoing, by the rules of the commands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import tokens
from indicators import actions
from indicators.models import CurrentValue, Import
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory

pytestmark = pytest.mark.django_db

TIDY = "Country Code,Indicator Code,year,value\nLAO,A.B,2010,1.5\nLAO,A.B,2011,2.5\n"
WRONG = TIDY + "LAO,A.B,2012,many\n"


class Program:
    """A program with the token of an administrator."""

    def __init__(self, by) -> None:
        self.headers = {"Authorization": f"Bearer {tokens.make(name='A loader', by=by)}"}

    def get(self, address: str) -> dict:
        response = Client().get(address, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    def post(self, address: str, data: dict, *, status: int = 202) -> dict:
        response = Client().post(
            address, data, content_type="application/json", headers=self.headers
        )
        assert response.status_code == status, response.text
        return response.json()

    def upload(self, text: str, *, status: int = 201, **fields: object) -> dict:
        file = SimpleUploadedFile("figures.csv", text.encode())
        response = Client().post(
            "/api/datasets/figures/imports/", {"file": file, **fields}, headers=self.headers
        )
        assert response.status_code == status, response.text
        return response.json()


@pytest.fixture
def program(team) -> Program:
    CountryFactory(code="LAO")
    DatasetFactory(code="figures")
    return Program(team.administrator)


def test_a_program_uploads_reads_the_check_commits_and_undoes(program, run_jobs):
    given = program.upload(TIDY, vintage="2021")
    address = f"/api/imports/{given['id']}/"
    assert (given["state"], given["new"], given["job"]["state"]) == ("uploaded", None, "queued")
    run_jobs()
    checked = program.get(address)
    assert [checked[name] for name in ("state", "new", "changed", "same", "rejected", "vintage")] \
        == ["checked", 2, 0, 0, 0, "2021"]  # fmt: skip
    assert (checked["faults"], checked["job"]["state"]) == ([], "succeeded")
    assert checked["samples"]["new"][0]["value"] == 1.5
    assert not CurrentValue.objects.exists()
    assert program.post(f"{address}commit/", {})["job"]["kind"] == "commit import"
    run_jobs()
    assert CurrentValue.objects.count() == 2
    assert program.upload(TIDY)["loaded_before"] == given["id"]
    program.post(f"{address}undo/", {"because": "A trial."})
    run_jobs()
    undone = program.get(address)
    assert (undone["state"], undone["undone_because"]) == ("undone", "A trial.")
    assert not CurrentValue.objects.exists()


def test_every_wrong_cell_has_its_place_and_stops_the_commit(program, run_jobs):
    given = program.upload(WRONG)
    run_jobs()
    address = f"/api/imports/{given['id']}/"
    checked = program.get(address)
    assert (checked["new"], checked["rejected"]) == (2, 1)
    (fault,) = checked["faults"]
    assert (fault["severity"], fault["row"], fault["column"], fault["found"]) == (
        "error", 4, "value", "many",
    )  # fmt: skip
    refused = program.post(f"{address}commit/", {}, status=400)
    assert refused["error"].startswith("The file has errors")
    program.post(f"{address}commit/", {"leave_out": True})
    run_jobs()
    assert CurrentValue.objects.count() == 2


def test_a_layout_is_corrected_and_a_kept_one_used_again(program, run_jobs):
    given = program.upload("Country Code,Indicator Code,year,value\nLAO,A.B,2010,1;5\n")
    run_jobs()
    address = f"/api/imports/{given['id']}/"
    checked = program.get(address)
    assert checked["rejected"] == 1
    layout = checked["layout"]["layout"] | {"missing": ["1;5"]}
    again = program.post(f"{address}correct/", {"layout": layout, "indicators": {"A.B": "A.C"}})
    assert again["state"] == "uploaded"
    run_jobs()
    assert program.get(address)["rejected"] == 0
    actions.keep_recipe(imported=Import.objects.get(), name="yearly", by=None)
    assert program.upload(TIDY, recipe="yearly")["layout"]["indicators"] == {"A.B": "A.C"}
    assert "error" in program.upload(TIDY, recipe="another", status=404)


@pytest.mark.parametrize("layout", [{"kind": 3}, {"nothing": "known"}, {"sheets": [1]}])
def test_what_is_no_layout_is_refused_in_words(program, run_jobs, layout):
    address = f"/api/imports/{program.upload(TIDY)['id']}/correct/"
    run_jobs()
    assert "error" in program.post(address, {"layout": layout}, status=400)


def test_imports_are_listed_the_newest_first_page_by_page(program):
    DatasetFactory(code="other")
    ids = [program.upload(TIDY)["id"] for _ in range(3)]
    first = program.get("/api/imports/?limit=2&dataset=figures")
    assert [one["id"] for one in first["results"]] == [ids[2], ids[1]]
    second = program.get(first["next"])
    assert ([one["id"] for one in second["results"]], second["next"]) == ([ids[0]], None)
    assert program.get("/api/imports/?dataset=other")["results"] == []


def test_work_under_way_is_waited_for_and_a_reason_asked(program, run_jobs):
    address = f"/api/imports/{program.upload(TIDY)['id']}/"
    refused = program.post(f"{address}commit/", {}, status=400)
    assert refused["error"].startswith("Work on this file is under way")
    run_jobs()
    assert "error" in program.post(f"{address}undo/", {"because": "Why not."}, status=400)
    assert "fields" in program.post(f"{address}undo/", {}, status=400)
    assert program.upload("", status=400)["error"] == "The file is empty."


def test_a_name_that_is_no_country_is_offered_with_what_it_may_be_and_decided(program, run_jobs):
    named = "Country,Indicator Code,year,value\nCountri LAO,A.B,2010,1.5\nLAO,A.B,2011,2\n"
    address = f"/api/imports/{program.upload(named)['id']}/"
    run_jobs()
    (name,) = program.get(address)["undecided"]
    assert (name["found"], name["values"]) == ("Countri LAO", 1)
    program.post(f"{address}correct/", {"countries": {name["found"]: "LAO"}})
    run_jobs()
    decided = program.get(address)
    assert (decided["undecided"], decided["rejected"], decided["new"]) == ([], 0, 2)
