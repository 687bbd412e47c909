import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from diagnostics.management.commands.score_sheet import rounded

ROOT = Path(__file__).resolve().parent.parent.parent
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


STANDING = {
    "stage", "reason", "missing", "position", "progress", "mean_level", "completeness",
    "knowledge", "bounds", "starred", "needs", "needs_warning", "coverage", "pass_mark",
}  # fmt: skip
AGREEMENT = {
    "exact", "within_one", "alpha", "alpha_interval", "ac2", "ac2_se", "raters", "units",
    "reason", "interval_reason", "words",
}  # fmt: skip
KEYS = {
    "": {
        "instrument", "agreed_built", "panels", "agreement", "themes", "binding_themes", "spread",
        "spread_reason", "without_stage", "common", "common_reason", "change", "change_reason",
        "mix", "cannot_be_judged", "draws", "seed", "method_version",
    },
    "instrument": {
        "code", "version", "title", "subject", "rule", "levels", "pass_mark", "completeness",
        "edition_of",
    },
    "agreement": AGREEMENT,
    "themes": STANDING | {
        "code", "title", "staged", "blocked_by", "find_out_first", "held_by_core", "cheapest_set",
        "approaches", "horizons", "panels", "agreement", "contested", "gaps", "severity",
        "severity_reason", "rescoring", "rescoring_reason", "firm", "firm_because", "divergences",
        "groups", "items",
    },
    "themes.groups": STANDING | {"code", "title", "staged"},
    "themes.items": {
        "code", "title", "group", "core", "status", "level", "state", "score", "out_of_order",
        "weight", "answers", "panel_levels", "panel_level", "evidence",
    },
    "themes.agreement": AGREEMENT,
    "themes.contested": {"item", "why", "lowest", "highest", "panel_medians", "open"},
    "themes.gaps": {"knowledge", "government_independent"},
    "themes.gaps.knowledge": {"item", "unknown", "unanswered"},
    "themes.gaps.government_independent": {"item", "government", "independent", "gap"},
    "themes.severity": {
        "sheet", "panel", "effect", "shrunk", "shared_items", "mean_level", "adjusted",
    },
    "themes.blocked_by": {"item", "level", "statement", "answer"},
    "themes.find_out_first": {"item", "level", "statement", "answer"},
    "themes.cheapest_set": {"items", "cost", "statements"},
    "themes.cheapest_set.statements": {"item", "level", "statement", "answer"},
    "themes.approaches": {
        "code", "addressee", "text", "pathway", "category", "continues", "source",
    },
    "themes.horizons": {
        "years", "target", "items", "cost", "statements", "approaches", "prerequisites",
    },
    "themes.horizons.prerequisites": {"code", "advice", "because", "now", "then"},
    "themes.rescoring": {"measurement", "rules", "sources", "swing_items"},
    "themes.rescoring.measurement": {"counts", "shares", "modal", "interval_90"},
    "themes.rescoring.rules": {"counts", "shares", "modal", "interval_90"},
    "themes.rescoring.sources": {"sheets", "noise", "unknowns", "weights", "pass_mark"},
    "themes.rescoring.sources.noise": {"counts", "shares", "modal", "interval_90"},
    "themes.rescoring.swing_items": {"item", "down", "up"},
    "common": {
        "theme", "stage", "position", "reason", "national_stage", "national_position",
        "national_reason", "national_items",
    },
    "change": {
        "theme", "published", "comparable", "reason", "items", "share", "difference",
        "interval_90", "real", "words",
    },
    "mix": {"code", "when", "advice", "because", "source"},
    "cannot_be_judged": {"code", "when", "names"},
}  # fmt: skip


def at(found, path):
    """The objects at a path of keys, through lists."""
    if isinstance(found, list):
        return [inner for one in found for inner in at(one, path)]
    if found is None or not path:
        return [] if found is None else [found]
    key, _, rest = path.partition(".")
    return at(found[key], rest)


def test_every_key_is_there_and_no_other(tmp_path):
    """What stands in docs/instrument-format.md; a key that goes or comes breaks its readers."""
    parent, edition = tmp_path / "parent.yaml", tmp_path / "edition.yaml"
    text = "".join(ITEM.format(name=name) for name in ("fund", "bank", "bureau", "lease"))
    grouped = INSTRUMENT.replace(
        "    items:\n", "    groups: [{code: all, title: All}]\n    items:\n"
    ) + text.replace("        title:", "        group: all\n        title:")
    rest = """
approaches:
  - {code: fin-1, theme: finance, stage: 1, addressee: donors, text: Begin.,
     source: {tag: added, place: a}}
mix_rules:
  - {code: low, when: finance <= 2, advice: Begin., because: A reason.,
     source: {tag: added, place: a}}
  - {code: void, when: "void >= 1", advice: Begin., because: A reason.,
     source: {tag: added, place: a}}
"""
    void = """
  - code: void
    title: Void
    items:
""" + ITEM.format(name="x").replace("finance.", "void.")
    parent.write_text(grouped + void + rest)
    edition.write_text(
        parent.read_text().replace(
            "code: tiny", 'code: own\nedition_of: {code: tiny, version: "1.0"}'
        )
    )
    rows = [
        ("a,government", ("yes,yes", "yes,yes", "yes,no", "unknown,no")),
        ("b,independent", ("yes,yes", "no,no", "no,", "unknown,")),
        ("c,private", ("no,no", "yes,no", "no,no", "no,no")),
    ]
    names = ("fund", "bank", "bureau", "lease")
    sheets = tmp_path / "sheets.csv"
    sheets.write_text(
        HEADER
        + "".join(
            f"{who},finance.{name},answered,{given}\n"
            for who, answers in rows
            for name, given in zip(names, answers, strict=True)
        )
    )
    flags = ("--parent", str(parent), "--previous", str(sheets), "--draws", "50", "--json")
    result = json.loads(run(edition, sheets, *flags))
    for path, keys in KEYS.items():
        there = at(result, path)
        assert there, path
        for one in there:
            assert set(one) == keys, path
    assert result["instrument"]["edition_of"] == {"code": "tiny", "version": "1.0"}
    assert [one["real"] for one in result["change"]] == [False, None]


def test_every_key_is_documented():
    text = (ROOT / "docs" / "instrument-format.md").read_text()
    words = set(re.findall(r"[a-z0-9_]+", text[text.index("`--json` prints") :]))
    assert {key for keys in KEYS.values() for key in keys} - words == set()


def test_an_earlier_round_may_have_another_instrument(files, tmp_path):
    instrument, sheets = files
    older = tmp_path / "older.yaml"
    older.write_text(instrument.read_text().replace("finance.fund", "finance.pot"))
    then = tmp_path / "then.csv"
    then.write_text(sheets.read_text().replace("finance.fund", "finance.pot"))
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(
        instrument.read_text() + "renamed: [{code: finance.fund, was: finance.pot}]\n"
    )
    flags = ("--previous", str(then), "--previous-instrument", str(older), "--json")
    (finance,) = json.loads(run(renamed, sheets, *flags))["change"]
    # The unknown item is known in neither round.
    assert finance["items"] == ["finance.fund", "finance.bank", "finance.bureau"]
    assert (finance["difference"], finance["share"]) == (0.0, 0.75)
    (finance,) = json.loads(run(instrument, sheets, *flags))["change"]
    assert finance["items"] == ["finance.bank", "finance.bureau"]
    assert finance["comparable"] is None


def test_a_parent_must_be_the_parent(files):
    instrument, sheets = files
    with pytest.raises(CommandError, match="does not say that it is an edition"):
        run(instrument, sheets, "--parent", str(instrument))
    with pytest.raises(CommandError, match="needs --previous"):
        run(instrument, sheets, "--previous-instrument", str(instrument))


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
