"""Small instruments and sheets for the tests of scoring. Statements read "<item> <level>"."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from countries.content.sentences import Sentence
from diagnostics.scoring.instrument import (
    Answer,
    Instrument,
    Item,
    ItemAnswers,
    Sheet,
    Status,
    Theme,
)
from diagnostics.scoring.stages import Tally, tally

LETTERS = {
    "y": Answer.YES,
    "p": Answer.PARTLY,
    "n": Answer.NO,
    "?": Answer.UNKNOWN,
    "_": Answer.BLANK,
}


def answers(letters: str) -> tuple[Answer, ...]:
    """`yp?_` is yes, partly, unknown, blank from statement 2 upwards."""
    return tuple(LETTERS[letter] for letter in letters)


def response(letters: str, levels: int = 5) -> ItemAnswers:
    """One item's answers; `x` alone is an item that is not applicable."""
    if letters == "x":
        return ItemAnswers(answers("_" * (levels - 1)), Status.NOT_APPLICABLE)
    return ItemAnswers(answers(letters))


def item(code: str, levels: int = 5, **fields: Any) -> Item:
    statements = tuple(f"{code} {step}" for step in range(2, levels + 1))
    return Item(code=code, title=code.title(), statements=statements, **fields)


def items(count: int, levels: int = 5, **fields: Any) -> tuple[Item, ...]:
    """Items i0, i1, ... alike in everything."""
    return tuple(item(f"i{number}", levels, **fields) for number in range(count))


def instrument(*themes: Theme, levels: int = 5, **fields: Any) -> Instrument:
    return Instrument(
        code="test",
        version="1.0",
        title="Test instrument",
        subject="country",
        levels=levels,
        level_names=tuple(f"Level {step}" for step in range(1, levels + 1)),
        themes=themes,
        **fields,
    )


def theme(code: str, members: Sequence[Item], **fields: Any) -> Theme:
    return Theme(code=code, title=code.title(), items=tuple(members), **fields)


def sheet(
    letters: Mapping[str, str] | Sequence[str],
    name: str = "agreed",
    panel: str = "agreed",
    themes: tuple[str, ...] | None = None,
    levels: int = 5,
) -> Sheet:
    """A sheet from letters by item code, or for i0, i1, ... in order."""
    if not isinstance(letters, Mapping):
        letters = {f"i{number}": text for number, text in enumerate(letters)}
    responses = {code: response(text, levels) for code, text in letters.items()}
    return Sheet(name=name, panel=panel, responses=responses, themes=themes)


def counted(
    members: Sequence[Item], letters: Mapping[str, str] | Sequence[str], **fields: Any
) -> Tally:
    """The tally of one theme without groups; `fields` are those of the instrument."""
    whole = instrument(theme("t", members), **fields)
    return tally(whole, tuple(members), (), sheet(letters))


def reaching(level: int, levels: int = 5) -> str:
    """The letters of an item at a level: yes up to it, then no."""
    return "y" * (level - 1) + "n" * (levels - level)


PANELS = ("government", "independent", "private")


@st.composite
def rated(
    draw: st.DrawFn, *, most_items: int = 6, most_sheets: int = 7, levels: int = 5
) -> tuple[Instrument, list[Sheet]]:
    """An instrument of one theme and the sheets of several raters, with every kind of answer."""
    members = draw(filled(st.just("n" * (levels - 1)), most=most_items))[0]
    members = tuple(item(one.code, levels, weight=one.weight, core=one.core) for one in members)
    letters = st.text("ypn?_", min_size=levels - 1, max_size=levels - 1) | st.just("x")
    letters |= st.integers(1, levels).map(lambda at: reaching(at, levels))
    sheets = [
        sheet(
            draw(st.lists(letters, min_size=len(members), max_size=len(members))),
            name=f"s{at}",
            panel=draw(st.sampled_from(PANELS)),
            levels=levels,
        )
        for at in range(draw(st.integers(1, most_sheets)))
    ]
    return instrument(theme("t", members), levels=levels), sheets


full_letters = st.text("ypn?", min_size=4, max_size=4)
"""One item's four answers, none of them blank."""

any_letters = st.text("ypn?_", min_size=4, max_size=4)

weights = st.sampled_from([0.5, 1.0, 1.0, 1.0, 2.0, 1 / 3, 1 / 16, 0.1])


@st.composite
def filled(
    draw: st.DrawFn,
    letters: st.SearchStrategy[str] = any_letters,
    *,
    most: int = 8,
    efforts: st.SearchStrategy[float] = st.just(1.0),  # noqa: B008
) -> tuple[tuple[Item, ...], list[str]]:
    """Items of drawn weight, at most two of them core, and the letters of their answers."""
    count = draw(st.integers(1, most))
    core = draw(st.sets(st.integers(0, count - 1), max_size=2))
    members = tuple(
        item(
            f"i{number}",
            weight=draw(weights),
            core=number in core,
            effort=draw(efforts),
        )
        for number in range(count)
    )
    return members, draw(st.lists(letters, min_size=count, max_size=count))


def plain(value):
    if isinstance(value, dict):
        return all(type(key) is str and plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    return value is None or type(value) in (str, Sentence, int, float, bool)
