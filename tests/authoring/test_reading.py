"""Reading files and texts: what comes out, where faults stand, and that nothing crashes it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.content import reading
from countries.content.faults import path_text
from diagnostics.authoring.canonical import from_data, to_data
from diagnostics.authoring.reading import (
    InstrumentFault,
    examine_text,
    read_instrument,
    read_instrument_text,
)
from diagnostics.scoring.instrument import Instrument

from .small import FILE, TEXT, edited, faults_of


def read(text: str) -> Instrument:
    return read_instrument_text(text, "small")


def test_the_values_of_the_file() -> None:
    instrument = read_instrument(FILE)
    assert (instrument.code, instrument.version, instrument.levels) == ("small-sheet", "1.0", 3)
    assert instrument.level_names == ("Absent", "Begun", "In use")
    loans = instrument.items()["finance.loans"]
    assert (loans.weight, loans.core, loans.effort, loans.group) == (2.0, True, 2.0, "banks")
    assert loans.statements == (
        "A dated decision opens bank loans to small firms.",
        "At least 30 % of small firms hold a bank loan, says the enterprise survey.",
    )
    share, spread = loans.indicators
    assert share.thresholds == (10.0, 30.0)
    assert (spread.ranges, spread.years) == (((0.0, 12.0), (2.0, 8.0)), (2004, 2020))
    assert [theme.staged for theme in instrument.themes] == [True, True, False]
    assert instrument.approaches[1].continues == ("fin-1-1",)


@pytest.mark.parametrize("word", ["no", "NO", "Yes", "off", "2007-01-01", "0x1F", "12:30:00", "n"])
def test_words_other_readers_turn_into_values_stay_text(word: str) -> None:
    assert read(edited(("Small sheet", word))).title == word


def test_statements_in_any_order_and_quoting() -> None:
    law = "{2: A leasing law is in force., 3: A leasing firm works outside the capital.}"
    turned = "{'3': A leasing firm works outside the capital., 2: A leasing law is in force.}"
    assert read(edited((law, turned))) == read(TEXT)


def test_folded_and_plain_texts_are_the_same() -> None:
    folded = edited(("title: Small sheet", "title: >\n  Small\n  sheet"))
    assert read(folded) == read(TEXT)


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("# A", "\ufeff# A")])
def test_line_ends_and_byte_order_mark_do_not_matter(change: tuple[str, str], tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_bytes(TEXT.replace(*change).encode())
    assert read_instrument(path) == read(TEXT)


def test_all_faults_come_together_in_the_order_of_the_file() -> None:
    text = edited(
        ("title: Small sheet", "titel: Small sheet"),
        ("levels: 3", "levels: &three 3"),
        ("pass_mark: 0.75", "pass_mark: much"),
        ("effort: 2", "effort: 0"),
        ("[10, 30]", "[10, much]"),
        ("A guarantee fund is founded by law.", "A good guarantee fund is founded."),
        ("stage: 2", "stage: 9"),
        ("finance <= 1", "finances <= 1"),
    )
    faults = faults_of(text)
    assert [fault.path for fault in faults] == [
        "title",
        "titel",
        "levels",
        "pass_mark",
        "themes[0].items[0].effort",
        "themes[0].items[0].indicators[0].thresholds[1]",
        "themes[0].items[1].statements.2",
        "approaches[1].stage",
        "mix_rules[0].when",
    ]
    lines = [fault.line for fault in faults]
    assert lines == sorted(lines)
    with pytest.raises(InstrumentFault) as caught:
        read(text)
    assert list(caught.value.faults) == faults
    assert str(caught.value).startswith("small cannot be used.\nline 2: error: title: ")


def test_one_slip_in_a_theme_does_not_accuse_what_refers_to_it() -> None:
    faults = faults_of(edited(("- code: finance\n", "- code: [finance]\n")))
    assert [fault.path for fault in faults] == ["themes[0].code"]


def test_a_third_core_item() -> None:
    reason = "core: true, core_because: Nothing holds without it, "
    text = edited(
        *((f"policy.{code}, group", f"policy.{code}, {reason}group") for code in ("law", "plan"))
    )
    assert faults_of(text) == []
    text = text.replace("policy.data, group", f"policy.data, {reason}group")
    (fault,) = faults_of(text)
    assert fault.path == "themes[1].items[3].core"
    assert "3 core items; 2 are the most" in fault.message


@pytest.mark.parametrize(
    ("edit", "path", "words"),
    [
        (("statements: {2: A law on", "statements: {2: A law and a rule on"),
         "themes[1].items[0].statements.2", '"and"'),
        ((", question: Is there a law?", ""), "themes[1].items[0].question", "question"),
        ((", evidence: The plan.", ""), "themes[1].items[2].evidence", "evidence"),
        (("because: Decisions without delivery., ", ""), "mix_rules[0].because", "reason"),
        (("title: Law,", "title: Law, core_because: None.,"),
         "themes[1].items[0].core_because", "no effect"),
        (("title: Law,", "title: Law, weight: 0, weight_because: Shown only.,"),
         "themes[1].items", "3 items that count"),
        (
            ("        weight_because: Lending reaches the most firms.\n", ""),
            "themes[0].items[0].weight",
            "weight_because",
        ),
    ],
)  # fmt: skip
def test_doubts_are_warnings_and_the_file_is_read(
    edit: tuple[str, str], path: str, words: str
) -> None:
    text = edited(edit)
    (fault,) = faults_of(text)
    assert (fault.path, fault.severity) == (path, "warning")
    assert words in fault.message
    assert isinstance(read(text), Instrument)


def test_multiples_of_four_matter_only_to_three_quarters() -> None:
    weightless = ("title: Law,", "title: Law, weight: 0, weight_because: Shown only.,")
    assert faults_of(edited(("pass_mark: 0.75", "pass_mark: 0.8"), weightless)) == []


def test_where_marks_classify_each_phase_has_one_and_nothing_builds_on_it() -> None:
    faults = faults_of(edited(("rule: ladder", "rule: classify")))
    found = {fault.path.rpartition(".")[2]: fault.message for fault in faults}
    assert found["1"] == "The statement of level 1 is missing."
    assert found["core"] == "Marks of phases have no level a core item could hold."


def test_the_phase_of_a_cluster_is_read_with_its_marks() -> None:
    instrument = read_instrument("diagnostics/instruments/cluster-phase-1.0.yaml")
    assert instrument.classifies
    assert all(list(item.steps) == [1, 2, 3] for item in instrument.items().values())
    assert from_data(to_data(instrument)) == instrument


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 2, "empty"),
        (b"- a\n- b\n", 1, "found a list"),
        (b"hello", 1, 'found the text "hello"'),
        (b"code: a\ntitle: caf\xe9\n", 2, "not UTF-8"),
        ("code: a".encode("utf-16"), 1, "not UTF-8"),
        (b"a: " + b"x" * reading.MOST_BYTES, 1, "longer than 2 MB"),
        (b"[" * 100_000, 1, "20 deep"),
        (b"{a: " * 10_000, 1, "20 deep"),
        (b"a: &a [x]\nb: &b [*a, *a]\n", 1, "Anchors"),
    ],
    ids=["empty", "comment", "list", "text", "latin-1", "utf-16", "long", "deep", "deep2", "bomb"],
)
def test_files_that_are_no_instrument(
    content: bytes, line: int, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    with pytest.raises(InstrumentFault) as caught:
        read_instrument(path)
    fault = caught.value.faults[0]
    assert (fault.severity, fault.line) == ("error", line)
    assert words in fault.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, "nul\0"):
        with pytest.raises(InstrumentFault, match="cannot be read"):
            read_instrument(path)


def test_a_flood_of_faults_is_cut_and_says_so() -> None:
    text = TEXT + "".join(f"key{number}: 1\n" for number in range(2000))
    faults = faults_of(text)
    assert len(faults) == reading.MOST_FAULTS + 1
    assert "1,500 more faults are not shown" in faults[-1].message


def test_paths_as_people_write_them() -> None:
    assert path_text(("themes", 0, "items", 3, "statements", "4")) == (
        "themes[0].items[3].statements.4"
    )
    assert path_text(()) == ""


def survives(text: str) -> None:
    examined = examine_text(text)
    errors = [fault for fault in examined.faults if fault.severity == "error"]
    assert (examined.instrument is None) == bool(errors)
    for fault in examined.faults:
        assert fault.line >= 1
        assert fault.message
    if examined.instrument is None:
        with pytest.raises(InstrumentFault):
            read(text)
    else:
        assert read(text) == examined.instrument


@given(st.text())
def test_random_text(text: str) -> None:
    survives(text)


@given(st.text(alphabet=list("abc:-#[]{}&*!|>'\"%@`,?~01 \n\t\\x.é\u2028\x85"), max_size=60))
def test_random_yaml_signs(text: str) -> None:
    survives(text)


SNIPPETS = st.sampled_from(
    [
        *("~", "[]", "{}", "[x]", "{x: y}", "0", "-1", "1e999", "-0.0", ".nan", "true", '""', "|"),
        *("*x", "&x a", "!!int 1", "? ", "- ", ": ", "'", '"', "\n", "\t", '"\\ud800"', "9" * 400),
        *('"\\U00110000"', "%YAML 1.1", "%TAG ! !", "---", "...", "<<: {}", "#", "\x00", "\ud800"),
    ]
)


@given(st.data())
def test_random_mutations(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        text = text[:start] + data.draw(SNIPPETS | st.text(max_size=5)) + text[end:]
    survives(text)


@given(st.data())
def test_random_values(data: st.DataObject) -> None:
    """Whole values swapped for others, which stays YAML and so reaches the checks."""
    lines = TEXT.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(": ")
        lines[at] = key + colon + data.draw(SNIPPETS)
    survives("\n".join(lines))
