"""Reading actors and ties, as any table is read: what does not fit is told with its place."""

import io
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.network import Kind
from clusters.reading.linkages import TieWords, read_actors, read_ties
from clusters.reading.wrong_cells import WrongCells
from indicators.importing import Refused
from tests.reading.test_ods import cell, ods, row

KINDS = {kind.value: kind.value for kind in Kind} | {"fournisseur": "supplier"}
WORDS = TieWords(
    {"trade": "trade", "joint": "joint", "achete et vend": "trade"},
    {"1": "1", "2": "2", "3": "3"},
    {"gives": "gives", "takes": "takes", "both": "both"},
)
ANSWERED = {"A": True, "B": True, "C": False, "Mill One": True}


def actors_of(table: bytes, known=(), told_of_ties=()):
    return read_actors(table, KINDS, known, told_of_ties)[0]


def ties_of(table: bytes):
    return read_ties(table, ANSWERED, WORDS, date(2024, 5, 31))[0]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding_is_read(sign, encoding):
    rows = [["answered", "name", "kind"], ["no", "Forge Élan", "Core"], ["", "Café Zoé", "buyer"]]
    (first, second) = actors_of("\n".join(map(sign.join, rows)).encode(encoding))
    assert (first.name, first.kind, first.inside, first.answered) == (
        "Forge Élan", Kind.CORE, None, False,
    )  # fmt: skip
    assert (second.name, second.answered) == ("Café Zoé", None)


def test_an_open_document_sheet_is_read(tmp_path):
    cells = [["kind", "name"], ["core", "A"], ["buyer", "B"]]
    rows = "".join(row("".join(map(cell, one))) for one in cells)
    found = actors_of(ods(tmp_path, rows).read_bytes())
    assert [(one.name, one.kind) for one in found] == [("A", Kind.CORE), ("B", Kind.BUYER)]


def test_a_workbook_has_actors_and_ties_on_their_sheets():
    sheets = {
        "Notes": pd.DataFrame({"a": ["Asked in May"]}),
        "Участники": pd.DataFrame(
            {"Название": ["A", "B"], "Вид": ["core", "buyer"], "Внутри": [True, "нет"]}
        ),
        "Связи": pd.DataFrame(
            {"Кто сообщил": ["A"], "О ком": ["B"], "Вид": ["trade"], "Сила": [3],
             "С какого времени": [date(2019, 5, 31)], "Примечание": ["a list"]}
        ),
    }  # fmt: skip
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False, startrow=1)
    actors, told = read_actors(book.getvalue(), KINDS)
    assert [(one.name, one.inside) for one in actors] == [("A", True), ("B", False)]
    assert 'The sheet "Notes" holds no table of values' in str(told[0].message)
    (tie,) = ties_of(book.getvalue())
    assert (tie.source, tie.target, tie.strength, tie.since, tie.note) == (
        "A", "B", 3, "2019-05-31", "a list",
    )  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "acteur;sorte;à l'intérieur;a répondu", "tên;loại;bên trong;đã trả lời",
        "actor;tipo;dentro;respondió", "主体;类型;集群内;是否回答", "主體;類型;聚落內;是否回答",
        "الاسم;النوع;داخل;أجاب", "ชื่อ;ประเภท;ภายใน;ตอบแล้ว", "ຊື່;ປະເພດ;ພາຍໃນ;ໄດ້ຕອບ",
        "ឈ្មោះ;ប្រភេទ;ខាងក្នុង;បានឆ្លើយ", "нэр;төрөл;дотор;хариулсан", "nama;jenis;di dalam;menjawab",
    ],
)  # fmt: skip
def test_headers_may_be_in_other_languages(header):
    (actor,) = actors_of(f"{header}\nA;core;no;yes\n".encode())
    assert actor.inside is False
    assert actor.answered is True


def test_what_is_blank_in_a_tie_is_not_said():
    (found,) = ties_of(b"source,target,kind,strength,direction,since\nA,C,trade,,-,\n")
    assert (found.strength, found.direction, found.since, found.note) == (None, None, None, None)


def test_a_tie_says_who_gives_and_since_when():
    table = "source,target,kind,direction,since\nA,C,trade,Takes,2019-03\nB,C,joint,both,mai 2023\n"
    found = ties_of(table.encode())
    assert [(tie.direction, tie.since) for tie in found] == [
        ("takes", "2019-03"), ("both", "2023-05"),
    ]  # fmt: skip


def test_kinds_and_answers_are_read_as_other_languages_write_them():
    (actor,) = actors_of("name,kind,answered\nA,Fournisseur,Không\n".encode())
    assert (actor.kind, actor.answered) == (Kind.SUPPLIER, False)
    (tie,) = ties_of("source,target,kind\nA,B,Achète et vend\n".encode())
    assert tie.kind == "trade"


def test_everything_wrong_is_told_at_once():
    with pytest.raises(WrongCells) as wrong:
        actors_of(b"name,kind,answered\nA,firm,maybe\n,core,no\nB,core,no\n", told_of_ties=["B"])
    assert [(one.row, one.column, one.code) for one in wrong.value.shown] == [
        (2, "kind", "word_unknown"), (2, "answered", "truth_unclear"), (3, "name", "cell_blank"),
        (4, "answered", "answered_told"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,firm", 'row 2, column kind: "firm" is none .* Expected: one of core, anchor'),
        (",core", "row 2, column name: Nothing stands here. Expected: a name"),
        (
            "A,core\nA,buyer",
            'row 3, column name: The actor "A" stands in row 2, column name already',
        ),
        ("Alpha,core\nalpha,core", 'row 3, .* "alpha" differs only in capitals from .* "Alpha"'),
        (
            "KNOWN  firm,core",
            'row 2, .* "KNOWN firm" differs only in capitals from .* "Known firm"',
        ),
        ("A,core,x", 'row 2, column C: The row has more cells than the header: "x"'),
        ("A" * 151 + ",core", "row 2, .* Expected: at most 150 characters"),
        ("A\u202eB,core", r"row 2, column name: .* a character that is not seen \(U\+202E\)"),
    ],
)
def test_faults_of_actors_have_their_place(rows, words):
    with pytest.raises(WrongCells, match=words):
        actors_of(f"name,kind\n{rows}\n".encode(), {"Known firm"})


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,Z,trade,", 'row 2, column target: "Z" is not among the actors'),
        ("C,A,trade,", 'row 2, column source: "C" did not answer in this survey'),
        ("A,A,trade,", 'row 2, column target: "A" has a tie with itself'),
        ("A,B,love,", 'column kind: "love" is none .* Expected: one of trade, joint'),
        ("A,B,trade,9", 'column strength: "9" is none .* Expected: one of 1, 2, 3'),
        ("A,B,trade,\nA,B,trade,1", 'row 3, .* This tie of "A" stands in row 2, column source'),
        ("A,mill  one,trade,", 'Expected: the name as it stands there: "Mill One"'),
    ],
)
def test_faults_of_ties_have_their_place(rows, words):
    with pytest.raises(WrongCells, match=words):
        ties_of(f"source,target,kind,strength\n{rows}\n".encode())


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("sells,", 'column direction: "sells" is none .* one of gives, takes, both'),
        (",spring", 'column since: "spring" is no year, month or day'),
        (",2019-13", 'column since: "2019-13" is no year'),
        (",2024-06", 'column since: "2024-06" is after .* Expected: a beginning until 2024-05-31'),
    ],
)
def test_faults_of_direction_and_beginning_have_their_place(cells, words):
    with pytest.raises(WrongCells, match=words):
        ties_of(f"source,target,kind,direction,since\nA,B,trade,{cells}\n".encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"name,kind\n", "There are no rows below the columns"),
        (b"%PDF-1.7", "a PDF document"),
        (b"firm,size\nA,3\n", "none of the first rows names the columns name, kind"),
        (b"name,size\nA,3\n", "row 1 comes nearest to a header but does not name kind"),
        (b"name,kind\n" + b"A,core\n" * 800_000, "6 MB; at most 5 MB"),
    ],
)
def test_what_is_no_such_table_is_refused_in_one_sentence(content, words):
    with pytest.raises(Refused, match=words):
        actors_of(content)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text):
    assert outcome_of(f"name,kind\n{text}".encode(errors="replace"))


def outcome_of(content: bytes) -> list:
    """The actors, or what is wrong with each cell, or the one sentence."""
    try:
        return actors_of(content)
    except WrongCells as wrong:
        return [one for one in wrong.shown if one.row >= 2 and one.column]
    except Refused as refusal:
        return [refusal.sentence]
