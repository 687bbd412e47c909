"""The command: what it prints, and one sentence with the place for what is wrong."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "index.yaml"
ROWS = "unit,a,b,c\nA,1,3,1\nB,2,-,-\nC,3,-,1\n"
SPECIFICATION = """\
code: rows
data: rows.csv
indicators: [{code: a}, {code: b}, {code: c}]
aggregate: {availability: 2/3}
"""


def run(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("build_index", str(path), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS)
    path = tmp_path / "rows.yaml"
    path.write_text(SPECIFICATION)
    return path


def test_json(file: Path) -> None:
    found = json.loads(run(file, "--json"))
    assert found["tables"]["data"]["B"] == {"a": 2.0, "b": None, "c": None}
    assert found["tables"]["aggregate"]["A"]["index"] == pytest.approx(5 / 3)
    assert found["scores"] == [
        {"unit": "C", "score": 2.0, "rank": 1},
        {"unit": "A", "score": pytest.approx(5 / 3), "rank": 2},
        {"unit": "B", "score": None, "rank": None},
    ]
    assert found["weights"]["a"] == {
        "parent": "index", "weight": 1.0, "share": 1 / 3, "in_index": 1 / 3,
    }  # fmt: skip
    assert found["uncertainty"] is None


def test_words(file: Path) -> None:
    text = run(file)
    assert "index: missing for B: too little data." in text
    for step in ("denominate", "screen", "impute", "treat", "normalise", "weigh", "aggregate"):
        assert f"\n{step}\n" in text


def test_the_example_of_the_documents() -> None:
    found = json.loads(run(EXAMPLE, "--json"))
    assert found["scores"][0]["rank"] == 1
    assert {row["what"] for row in found["uncertainty"]["effects"]} == {
        "normalise.method", "aggregate.method", "weights",
    }  # fmt: skip
    assert len(found["remove_one"]) == len(found["indicators"]) + len(found["aggregates"]) - 1
    assert "re-runs" in run(EXAMPLE)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2/3", "9", "aggregate.availability[0]: Expected a share"),
        ("rows.csv", "none.csv", "data: none.csv cannot be read: No such file"),
        ("{code: c}", "{code: d}", '"d" is no column of rows.csv'),
        ("code: rows", "code rows", "cannot be used"),
    ],
)
def test_faults(file: Path, old: str, new: str, words: str) -> None:
    file.write_text(SPECIFICATION.replace(old, new))
    with pytest.raises(CommandError, match=words.replace("[", r"\[")):
        run(file)


def test_figures_that_are_not_text(file: Path) -> None:
    (file.parent / "rows.csv").write_bytes(b"unit,a\nA,\xff\n")
    with pytest.raises(CommandError, match="row 2: not UTF-8"):
        run(file)
