"""A national edition is held against its parent: every departure at its place."""

import pytest

from diagnostics.authoring.reading import examine_text, read_instrument, read_instrument_text
from diagnostics.scoring.instrument import EditionOf

from .small import FILE, TEXT, edited, line_with

OWN = (
    "code: small-sheet\n",
    'code: small-abroad\nedition_of: {code: small-sheet, version: "1.0"}\n',
)
EXTRA = (
    "  - code: policy\n",
    "      - {code: finance.boats, group: funds, title: Boats, question: Can a boat be bought on "
    "credit?, statements: {2: A decision names boats., 3: A register counts boats.}, "
    "evidence: The decision., source: {tag: added, place: own}}\n  - code: policy\n",
)
PARENT = read_instrument(FILE)


def test_an_edition_may_add_items_and_reword_examples() -> None:
    text = edited(OWN, EXTRA, ("Can a small firm borrow?", "Can a fisher borrow?"))
    found = examine_text(text, PARENT)
    assert found.instrument is not None
    assert found.instrument.edition_of == EditionOf("small-sheet", "1.0")
    assert "finance.boats" in found.instrument.items()
    assert [fault.severity for fault in found.faults] == ["warning"]  # five items that count


@pytest.mark.parametrize(
    ("edit", "path", "on_line", "words"),
    [
        (("pass_mark: 0.75", "pass_mark: 0.5"), "pass_mark", "pass_mark", "its parent has 0.75"),
        (
            ("A guarantee fund is founded by law.", "A guarantee fund is founded."),
            "themes[0].items[1].statements",
            "{2: A guarantee fund is founded.,",
            "changes the statements of the common item finance.guarantees",
        ),
        (
            ("weight: 2\n        weight_because", "weight: 3\n        weight_because"),
            "themes[0].items[0].weight",
            "weight: 3",
            "changes the weight of the common item finance.loans",
        ),
        (
            ("title: Banks, weight: 2", "title: Banks, weight: 3"),
            "themes[0].groups[0].weight",
            "title: Banks, weight: 3",
            "changes the weight of the group finance.banks",
        ),
        (("code: policy.law", "code: policy.act"), "themes[1].items", "items:\n      - {code: pol",
         "lacks the common item policy.law"),
        (('small-sheet, version: "1.0"', 'small-sheet, version: "2.0"'), "edition_of",
         "edition_of", "is an edition of small-sheet 2.0; the parent given is small-sheet 1.0"),
    ],
)  # fmt: skip
def test_a_departure_is_told_at_its_place(edit, path, on_line, words) -> None:
    text = edited(OWN, edit)
    found = examine_text(text, PARENT)
    assert found.instrument is None
    (error,) = [fault for fault in found.faults if fault.severity == "error"]
    assert (error.path, error.line) == (path, line_with(text, on_line))
    assert words in error.message


def test_an_edition_is_no_parent() -> None:
    edition = read_instrument_text(edited(OWN), "edition")
    text = edited(
        (
            "code: small-sheet\n",
            'code: small-city\nedition_of: {code: small-abroad, version: "1.0"}\n',
        )
    )
    (error,) = examine_text(text, edition).faults
    assert "is itself an edition; name small-sheet 1.0" in error.message
    (error,) = examine_text(TEXT, PARENT).faults
    assert "does not say that it is an edition" in error.message


def test_alone_it_is_told_that_it_was_not_compared() -> None:
    found = examine_text(edited(OWN))
    assert found.instrument is not None
    (warning,) = found.faults
    assert (warning.path, warning.severity) == ("edition_of", "warning")
    assert "Not compared with small-sheet 1.0" in warning.message
