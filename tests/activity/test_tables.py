"""CSV that a spreadsheet opens safely."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from activity.formulas import DANGEROUS
from activity.tables import as_csv

CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none(),
)


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3)))
@example([["=1+1", "+1", "-1"], ["@SUM(A1)", "\t=1", "\r=1"], ["a,b", 'a"b', "a\nb"]])
def test_no_text_starts_a_formula_and_nothing_is_lost(rows):
    found = read(as_csv(["=a", "b", "c"], rows))
    assert found[0] == ["'=a", "b", "c"]
    for row, given_row in zip(found[1:], rows, strict=True):
        for cell, value in zip(row, given_row, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(DANGEROUS)
                assert value in (cell, cell.removeprefix("'"))
            else:
                assert cell == ("" if value is None else str(value))


def test_a_negative_number_stays_a_number():
    assert read(as_csv(["a"], [[-1.5]])) == [["a"], ["-1.5"]]
