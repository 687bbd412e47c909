"""Reading actors and ties: by line what does not fit, tab or comma."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.linkage_csv import read_actors, read_ties
from clusters.network import Kind
from clusters.table_rows import TableFault

KINDS = ["trade", "joint"]
ANSWERED = {"A": True, "B": True, "C": False}


def test_a_pasted_table_has_tabs_and_a_file_commas():
    tabs, commas = (f"name{c}kind{c}answered\nA, Ltd{c}Core{c}no\n" for c in "\t;")
    (found,) = read_actors(tabs.encode())
    assert (found.name, found.kind, found.inside, found.answered) == (
        "A, Ltd",
        Kind.CORE,
        None,
        False,
    )
    with pytest.raises(TableFault, match='the column "name" is missing'):
        read_actors(commas.encode())


def test_what_is_blank_in_a_tie_is_not_said():
    (found,) = read_ties(b"source,target,kind,strength,mutual\nA,C,trade,,\n", ANSWERED, KINDS)
    assert (found.strength, found.mutual, found.note) == (None, None, None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,firm", 'Line 2: the kind is "firm"; one of core, anchor'),
        (",core", "Line 2: the name is blank"),
        (
            "A,core\nA,buyer",
            'Line 3: the actor "A" stands here a second time; the first is on line 2',
        ),
        ("Alpha,core\nalpha,core", 'Line 3: "alpha" and "Alpha" differ in capitals or spaces only'),
        ("KNOWN  firm,core", 'Line 2: "KNOWN  firm" and "Known firm" differ in capitals'),
        ("A,core,x", "Line 2: the row has 3 cells; 2 are expected"),
        ("A" * 151 + ",core", "has 151 characters; at most 150"),
        ("", "Line 2: there are no rows"),
    ],
)
def test_faults_of_actors_have_their_line(rows, words):
    with pytest.raises(TableFault, match=words):
        read_actors(f"name,kind\n{rows}\n".encode(), {"Known firm"})


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,Z,trade,", 'Line 2: "Z" is not among the actors'),
        ("C,A,trade,", 'Line 2: "C" did not answer in this survey'),
        ("A,A,trade,", 'Line 2: "A" has a tie with itself'),
        ("A,B,love,", 'the kind is "love"; one of trade, joint'),
        ("A,B,trade,9", 'the strength is "9"; one of 1, 2, 3'),
        ("A,B,trade,\nA,B,trade,1", "Line 3: this tie stands here a second time"),
    ],
)
def test_faults_of_ties_have_their_line(rows, words):
    with pytest.raises(TableFault, match=words):
        read_ties(f"source,target,kind,strength\n{rows}\n".encode(), ANSWERED, KINDS)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_line(text):
    faults: tuple[str, ...] = ()
    found = []
    try:
        found = read_actors(f"name,kind\n{text}".encode(errors="replace"))
    except TableFault as fault:
        faults = fault.shown
    assert bool(found) != bool(faults)
    assert all(one.startswith("Line ") for one in faults)
