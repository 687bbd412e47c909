"""Reading actors and ties: by line what does not fit, tab or comma."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.linkage_csv import TieWords, read_actors, read_ties
from clusters.network import Kind
from clusters.table_rows import TableFault

KINDS = {kind.value: kind.value for kind in Kind} | {"fournisseur": "supplier"}
WORDS = TieWords(
    {"trade": "trade", "joint": "joint", "achete et vend": "trade"},
    {"1": "1", "2": "2", "3": "3"},
    {"gives": "gives", "takes": "takes", "both": "both"},
)
ANSWERED = {"A": True, "B": True, "C": False, "Mill One": True}


def actors_of(table: bytes, known=()):
    return read_actors(table, KINDS, known)


def ties_of(table: bytes):
    return read_ties(table, ANSWERED, WORDS, date(2024, 5, 31))


def test_a_pasted_table_has_tabs_and_a_file_commas():
    tabs, commas = (f"name{c}kind{c}answered\nA, Ltd{c}Core{c}no\n" for c in "\t;")
    (found,) = actors_of(tabs.encode())
    assert (found.name, found.kind, found.inside, found.answered) == (
        "A, Ltd",
        Kind.CORE,
        None,
        False,
    )
    with pytest.raises(TableFault, match='the column "name" is missing'):
        actors_of(commas.encode())


def test_what_is_blank_in_a_tie_is_not_said():
    (found,) = ties_of(b"source,target,kind,strength,direction,since\nA,C,trade,,,\n")
    assert (found.strength, found.direction, found.since, found.note) == (None, None, None, None)


def test_a_tie_says_who_gives_and_since_when():
    table = b"source,target,kind,direction,since\nA,C,trade,Takes,2019-03\nB,C,joint,both,2024\n"
    found = ties_of(table)
    assert [(tie.direction, tie.since) for tie in found] == [("takes", "2019-03"), ("both", "2024")]


def test_kinds_and_answers_are_read_as_other_languages_write_them():
    (actor,) = actors_of("name,kind,answered\nA,Fournisseur,Không\n".encode())
    assert (actor.kind, actor.answered) == (Kind.SUPPLIER, False)
    (tie,) = ties_of("source,target,kind\nA,B,Achète et vend\n".encode())
    assert tie.kind == "trade"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,firm", 'Line 2: kind is "firm"; one of core, anchor'),
        (",core", "Line 2: name is blank"),
        (
            "A,core\nA,buyer",
            'Line 3: the actor "A" stands here a second time; the first is on line 2',
        ),
        ("Alpha,core\nalpha,core", 'Line 3: "alpha" and "Alpha" differ in capitals or spaces only'),
        ("KNOWN  firm,core", 'Line 2: "KNOWN  firm" and "Known firm" differ in capitals'),
        ("A,core,x", "Line 2: the row has 3 cells; 2 are expected"),
        ("A" * 151 + ",core", "has 151 characters; at most 150"),
        ("", "Line 2: there are no rows"),
        ("A\u202eB,core", r"Line 2: name has a character that is not seen \(U\+202E\)"),
    ],
)
def test_faults_of_actors_have_their_line(rows, words):
    with pytest.raises(TableFault, match=words):
        actors_of(f"name,kind\n{rows}\n".encode(), {"Known firm"})


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,Z,trade,", 'Line 2: "Z" is not among the actors'),
        ("C,A,trade,", 'Line 2: "C" did not answer in this survey'),
        ("A,A,trade,", 'Line 2: "A" has a tie with itself'),
        ("A,B,love,", 'kind is "love"; one of trade, joint'),
        ("A,B,trade,9", 'strength is "9"; one of 1, 2, 3'),
        ("A,B,trade,\nA,B,trade,1", "Line 3: this tie stands here a second time"),
        ("A,mill  one,trade,", 'it stands there as "Mill One"'),
    ],
)
def test_faults_of_ties_have_their_line(rows, words):
    with pytest.raises(TableFault, match=words):
        ties_of(f"source,target,kind,strength\n{rows}\n".encode())


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("sells,", 'Line 2: direction is "sells"; one of gives, takes, both'),
        (",May 2019", 'since is "May 2019"; a year, a month or a day'),
        (",2019-13", 'since is "2019-13"; a year'),
        (",2024-06", "since 2024-06, after the survey's date"),
    ],
)
def test_faults_of_direction_and_beginning_have_their_line(cells, words):
    with pytest.raises(TableFault, match=words):
        ties_of(f"source,target,kind,direction,since\nA,B,trade,{cells}\n".encode())


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_line(text):
    faults: tuple[str, ...] = ()
    found = []
    try:
        found = actors_of(f"name,kind\n{text}".encode(errors="replace"))
    except TableFault as fault:
        faults = fault.shown
    assert bool(found) != bool(faults)
    assert all(one.startswith("Line ") for one in faults)
