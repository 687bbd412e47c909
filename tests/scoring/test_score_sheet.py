import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from diagnostics.management.commands.score_sheet import rounded

INSTRUMENT = """
code: tiny
version: "1.0"
title: A tiny instrument, fictional
subject: country
rule: ladder
levels: 3
level_names: [None yet, Begun, Done]
pass_mark: 0.75
completeness: 0.70
themes:
  - code: finance
    title: Finance
    items:
"""
ITEM = """
      - code: finance.{name}
        title: Item {name}
        question: Is there a {name}?
        statements: {{2: A {name} is decided., 3: A {name} is paid for.}}
        evidence: The published decision.
        source: {{tag: added, document: fictional-1, place: page 1, because: A test needs it.}}
"""
HEADER = "sheet,panel,item,status,s2,s3\n"
# Levels 3, 2, 2 and 1 (unknown): C(2) = 3/4, the mark, so stage 2; C(3) = 1/4.
SHEET = """agreed,,finance.fund,answered,yes,yes
agreed,,finance.bank,answered,yes,no
agreed,,finance.bureau,answered,yes,no
agreed,,finance.lease,answered,unknown,no
"""


@pytest.fixture
def files(tmp_path):
    instrument, sheets = tmp_path / "tiny.yaml", tmp_path / "sheets.csv"
    names = ("fund", "bank", "bureau", "lease")
    instrument.write_text(INSTRUMENT + "".join(ITEM.format(name=name) for name in names))
    sheets.write_text(HEADER + SHEET)
    return instrument, sheets


def run(instrument, sheets, *flags):
    out = StringIO()
    call_command(
        "score_sheet", "--instrument", str(instrument), "--sheets", str(sheets), *flags, stdout=out
    )
    return out.getvalue()


def test_json(files):
    result = json.loads(run(*files, "--json"))
    (finance,) = result["themes"]
    assert (finance["stage"], finance["needs"]) == (2, "3 of 4")
    assert finance["position"] == pytest.approx(2 + 1 / 3)
    assert finance["cheapest_set"]["items"] == ["finance.bank", "finance.bureau"]
    assert [step["item"] for step in finance["find_out_first"]] == ["finance.lease"]


def test_draws_and_seed(files):
    result = json.loads(run(*files, "--json", "--draws", "200", "--seed", "5"))
    assert (result["draws"], result["seed"]) == (200, 5)
    (finance,) = result["themes"]
    assert sum(finance["rescoring"]["measurement"]["counts"].values()) == 200
    assert json.loads(run(*files, "--json"))["draws"] == 10_000
    quick = json.loads(run(*files, "--json", "--draws", "0"))["themes"][0]
    assert quick["rescoring"] is None


@pytest.mark.parametrize("flags", [("--draws", "-1"), ("--draws", "many"), ("--seed", "1.5")])
def test_draws_and_seed_are_whole_numbers(files, flags):
    with pytest.raises(CommandError, match="is not a whole number from 0"):
        run(*files, f"{flags[0]}={flags[1]}")


def test_severity_is_for_whoever_holds_the_sheets(files):
    instrument, sheets = files
    rows = [
        f"{name},{panel},finance.{item},answered,{answers}\n"
        for name, panel, answers in (("a", "private", "yes,yes"), ("b", "government", "yes,no"))
        for item in ("fund", "bank")
    ]
    sheets.write_text(HEADER + "".join(rows))
    (finance,) = json.loads(run(instrument, sheets, "--json"))["themes"]
    assert [(row["sheet"], row["effect"]) for row in finance["severity"]] == [
        ("a", pytest.approx(0.5)),
        ("b", pytest.approx(-0.5)),
    ]
    assert finance["severity_reason"] is None


def test_words(files):
    text = run(*files)
    assert "Finance: stage 2 of 3\n  position 2.33, mean level 2.0, needs 3 of 4 items" in text
    assert "\n  Provisional: " in text
    assert "0 sheets where 3 are needed" in text
    assert "cheapest way to stage 3: finance.bank, finance.bureau\n  at a cost of 2" in text
    assert "finance.lease 2: A lease is decided. (unknown)" in text
    assert "Binding: finance. Spread: 0.00." in text


def test_words_without_a_stage(files):
    instrument, sheets = files
    sheets.write_text(HEADER + "a,private,finance.fund,answered,yes,yes\n")
    text = run(instrument, sheets)
    assert "No agreed sheet was given: scored is the majority of the sheets." in text
    assert "Finance: no stage. Insufficient: answered items carry 25 %" in text
    assert "between stage 1 and stage 3" in text


def test_bad_input_leaves_standard_output_empty(files, tmp_path):
    instrument, sheets = files
    bad_sheets = tmp_path / "bad.csv"
    bad_sheets.write_text(HEADER + "a,private,finance.nothing,answered,yes,yes\n")
    bad_instrument = tmp_path / "bad.yaml"
    bad_instrument.write_text("code: tiny\n")
    for one, other, sentence in [
        (instrument, bad_sheets, 'bad.csv cannot be used.\nLine 2: the item "finance.nothing"'),
        (bad_instrument, sheets, "bad.yaml cannot be used"),
        (tmp_path / "none.yaml", sheets, "none.yaml cannot be used"),
        (instrument, tmp_path / "none.csv", "none.csv cannot be read: No such file"),
        (instrument, tmp_path, "cannot be read: Is a directory"),
    ]:
        out = StringIO()
        with pytest.raises(CommandError, match=sentence) as caught:
            call_command(
                "score_sheet",
                f"--instrument={one}",
                f"--sheets={other}",
                "--json",
                stdout=out,
            )
        assert out.getvalue() == ""
        assert caught.value.returncode == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.25, "2.3"), (2.2499999999999996, "2.3"), (2.35, "2.4"), (2.249, "2.2"), (3.0, "3.0")],
)
def test_rounded_half_up(value, shown):
    assert rounded(value, 1) == shown
