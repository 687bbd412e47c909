"""What README and docs/ say is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.settings import env
from diagnostics.authoring.reading import examine
from diagnostics.scoring.rounds import score_round
from diagnostics.scoring.sheets_csv import read_sheets

DOCS = Path(settings.BASE_DIR, "docs")
PAGES = [Path(settings.BASE_DIR, "README.md"), *sorted(DOCS.rglob("*.md"))]
EXAMPLES = DOCS / "examples"
TOPS = ("accounts", "activity", "clusters", "config", "countries", "diagnostics", "indicators",
        "reports", "tests")  # fmt: skip


def test_deploy_names_every_setting_and_no_other():
    named = set(re.findall(r"\b(?:STAGES_[A-Z_]+|DATABASE_URL|REDIS_URL)\b",
                           (DOCS / "deploy.md").read_text()))  # fmt: skip
    known = {name for name in env.known if not name.endswith("_FILE")}
    assert named - {"STAGES_"} == known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_every_section_that_is_cited_is_there():
    named = re.findall(r"^## (\d+)\. ", (DOCS / "method.md").read_text(), re.MULTILINE)
    assert named == [str(number) for number in range(1, len(named) + 1)]
    code = [one for top in TOPS for one in Path(settings.BASE_DIR, top).rglob("*.py")]
    for file in (*code, *PAGES):
        text = " ".join(file.read_text().split())
        for first, last in re.findall(r"method\.md,? sections? (\d+)(?: to (\d+))?", text):
            assert {first, last or first} <= {*named}, file
        cited = re.findall(r"\bdocs/([a-z-]+\.md)", text)
        assert [one for one in cited if not (DOCS / one).exists()] == [], file


def test_decisions_are_numbered_one_by_one_as_their_titles_say():
    files = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(1, len(files) + 1))
    for number, file in zip(numbers, files, strict=True):
        assert file.read_text().startswith(f"# {number}. "), file.name


def test_the_example_of_the_instrument_format_has_no_fault():
    assert examine(EXAMPLES / "small.yaml").faults == ()


def test_the_example_of_an_edition_fits_its_parent():
    parent = examine(EXAMPLES / "small.yaml").instrument
    found = examine(EXAMPLES / "small-edition.yaml", parent)
    assert found.instrument is not None
    assert len(found.instrument.items()) == len(parent.items()) + 1


def test_the_sheet_worked_by_hand_is_scored_as_it_says():
    instrument = examine(EXAMPLES / "small.yaml").instrument
    sheets = read_sheets((EXAMPLES / "sheets.csv").read_bytes(), instrument)
    (theme,) = score_round(instrument, sheets)["themes"]
    assert [item["answers"] for item in theme["items"]] == [
        ["yes", "yes", "no"],
        ["yes", "yes", "partly"],
        ["yes", "unknown", ""],
        ["yes", "no", "no"],
    ]
    assert [(item["level"], item["score"]) for item in theme["items"]] == [
        (3, 3.0),
        (3, 3.5),
        (2, 2.0),
        (2, 2.0),
    ]
    assert (theme["completeness"], theme["knowledge"]) == (1.0, 0.75)
    assert theme["coverage"] == {"2": 1.0, "3": 0.5, "4": 0.0}
    assert (theme["stage"], theme["needs"], theme["bounds"]) == (2, "3 of 4", [2, 3])
    assert theme["starred"] is True
    assert theme["position"] == pytest.approx(2 + 0.5 / 0.75, abs=1e-9)
    assert theme["mean_level"] == pytest.approx(2.625, abs=1e-9)
    assert theme["cheapest_set"]["items"] == ["finance.bookkeeping"]
    assert theme["cheapest_set"]["cost"] == 1
    assert [step["item"] for step in theme["find_out_first"]] == ["finance.bookkeeping"]
