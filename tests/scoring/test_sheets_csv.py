import pytest

from diagnostics.scoring.instrument import ItemAnswers, Sheet, Status
from diagnostics.scoring.sheets_csv import SheetsFault, read_sheets

from .builders import answers, instrument, items, response, theme

WHOLE = instrument(theme("t", items(3)))
HEADER = "sheet,panel,item,status,s2,s3,s4,s5\n"


def faults(text, header=HEADER):
    content = text if isinstance(text, bytes) else (header + text).encode()
    with pytest.raises(SheetsFault) as caught:
        read_sheets(content, WHOLE)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return list(caught.value.faults)


def test_a_good_file():
    text = (
        "ministry,government,i0,answered,yes,partly,no,unknown\n"
        "bank,private,i0,not_applicable,,,,\n"
        "ministry,government,i1,answered,,,,\n"
        "agreed,,i0,answered,yes,,,\n"
    )
    assert read_sheets((HEADER + text).encode(), WHOLE) == [
        Sheet("ministry", "government", {"i0": response("ypn?"), "i1": response("____")}),
        Sheet("bank", "private", {"i0": ItemAnswers(answers("____"), Status.NOT_APPLICABLE)}),
        Sheet("agreed", "agreed", {"i0": response("y___")}),
    ]


def test_what_is_tolerated():
    text = (
        "\ufeff Sheet , ITEM,panel,status,s5,s4,s3,s2\r\n"
        ' "The ministry, trade", i0 , Government , Answered , NO , Partly,  "yes",Yes \r\n'
        ",,,,,,,\r\n"
        "\r\n"
        "Agreed,i1,Agreed,,,,,\r\n"
    )
    assert read_sheets(text.encode(), WHOLE) == [
        Sheet("The ministry, trade", "government", {"i0": response("yypn")}),
        Sheet("agreed", "agreed", {"i1": response("____")}),
    ]


def test_the_columns_follow_the_levels():
    three = instrument(theme("t", items(1, levels=3)), levels=3)
    content = b"sheet,panel,item,status,s2,s3\na,private,i0,answered,yes,no\n"
    assert read_sheets(content, three)[0].responses == {"i0": response("yn")}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "a,private,i9,answered,no,no,no,no",
            'Line 2: the item "i9" is not in the instrument test 1.0.',
        ),
        ("a,private,,answered,no,no,no,no", "Line 2: the item is blank."),
        (
            "a,private,i0,answered,no,ja,no,no",
            'Line 2: the answer "ja" in s3 is none of yes, partly, no, unknown or an empty cell.',
        ),
        (
            "a,private,i0,done,no,no,no,no",
            'Line 2: the status is "done"; expected answered or not_applicable.',
        ),
        (
            "a,private,i0,,no,no,no,no",
            "Line 2: the status is blank although there are answers; "
            "expected answered or not_applicable.",
        ),
        (
            "a,public,i0,answered,no,no,no,no",
            'Line 2: the panel "public" is unknown; expected government, independent or private '
            "(the sheet agreed may leave it blank).",
        ),
        (
            "a,agreed,i0,answered,no,no,no,no",
            'Line 2: the panel "agreed" is unknown; expected government, independent or private '
            "(the sheet agreed may leave it blank).",
        ),
        (",private,i0,answered,no,no,no,no", "Line 2: the name of the sheet is blank."),
        (
            "a,private,i0,not_applicable,no,,,",
            "Line 2: the item is not_applicable, so its answers must be blank.",
        ),
        ("a,private,i0,answered,no,no,no", "Line 2: the row has 7 cells; 8 are expected."),
        ("a,private,i0,answered,no,no,no,no,no", "Line 2: the row has 9 cells; 8 are expected."),
        (
            'a,private,i0,answered,"no"x,no,no,no',
            "Line 2: the row cannot be read as CSV (',' expected after '\"').",
        ),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(row, sentence):
    assert faults(row + "\n") == [sentence]


def test_duplicates_name_both_lines():
    row = "a,private,i0,answered,no,no,no,no\n"
    assert faults(row + "a,private,i1,answered,no,no,no,no\n" + row) == [
        'Line 4: the sheet "a" answers i0 a second time; the first is on line 2.'
    ]


def test_one_sheet_in_two_panels():
    text = "a,private,i0,answered,no,no,no,no\na,government,i1,answered,no,no,no,no\n"
    assert faults(text) == [
        'Line 3: the sheet "a" is in the panel government here and in the panel private on line 2.'
    ]


def test_lines_are_counted_through_quoted_line_breaks_and_empty_lines():
    text = '\n"a\nb",private,i0,answered,no,no,no,no\n\na,private,i9,answered,no,no,no,no\n'
    assert faults(text) == ['Line 6: the item "i9" is not in the instrument test 1.0.']


def test_all_faults_are_told_at_once():
    text = "a,nobody,i9,done,ja,no,no,no\na,private\n"
    assert [fault.split(":")[0] for fault in faults(text)] == ["Line 2"] * 4 + ["Line 3"]


def test_columns():
    expected = "the columns sheet,panel,item,status,s2,s3,s4,s5 are expected."
    assert faults(b"") == [
        "Line 1: the file is empty; the columns sheet,panel,item,status,s2,s3,s4,s5 are expected."
    ]
    assert faults("", "sheet,panel,item,status,s2,s3,s5,s6,s6\n") == [
        f'Line 1: the column "s4" is missing; {expected}',
        f'Line 1: the column "s6" is unknown; {expected}',
    ]
    assert faults("", HEADER.replace("s5", "s4,s5")) == [
        'Line 1: the column "s4" stands there 2 times.'
    ]
    assert faults("", HEADER.replace(",", ";")) == [
        "Line 1: the columns are separated by semicolons; commas are expected "
        "(sheet,panel,item,status,s2,s3,s4,s5)."
    ]
    assert faults("") == ["Line 2: there are no rows below the columns."]


def test_the_wrong_encoding_is_told_with_its_line():
    content = (HEADER + "ministère,private,i0,answered,no,no,no,no\n").encode("latin-1")
    assert faults(content) == ["Line 2: this is not UTF-8 text; save the file as CSV in UTF-8."]
    assert faults(HEADER.encode("utf-16")) == [
        "Line 1: this is not UTF-8 text; save the file as CSV in UTF-8."
    ]
