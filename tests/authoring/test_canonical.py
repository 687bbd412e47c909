"""The canonical form: nothing is lost, equal instruments have one hash, any change another."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.authoring.canonical import canonical_json, from_data, scoring_sha256, to_data
from diagnostics.authoring.reading import read_instrument_text
from diagnostics.scoring.instrument import (
    Approach,
    EditionOf,
    Group,
    IndicatorBinding,
    Instrument,
    Item,
    MixRule,
    Renamed,
    Source,
    Theme,
)

from .small import TEXT, edited

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-(10**9), 10**9)


def some(values: st.SearchStrategy, most: int = 2) -> st.SearchStrategy[tuple]:
    return st.lists(values, max_size=most).map(tuple)


sources = st.none() | st.builds(Source, texts, texts, texts, texts)
indicators = st.builds(
    IndicatorBinding,
    texts,
    texts,
    texts,
    some(numbers),
    some(st.tuples(numbers, numbers)),
    st.none() | st.tuples(whole, whole),
)
items = st.builds(
    Item,
    code=texts,
    title=texts,
    statements=some(texts, 10),
    group=texts,
    weight=numbers,
    core=st.booleans(),
    effort=numbers,
    question=texts,
    evidence=texts,
    core_because=texts,
    weight_because=texts,
    source=sources,
    indicators=some(indicators),
)
themes = st.builds(
    Theme,
    texts,
    texts,
    some(items),
    some(st.builds(Group, texts, texts, st.none() | numbers)),
    st.booleans(),
    texts,
)
instruments = st.builds(
    Instrument,
    code=texts,
    version=texts,
    title=texts,
    subject=texts,
    levels=whole,
    level_names=some(texts),
    themes=some(themes),
    pass_mark=numbers,
    completeness=numbers,
    max_age_years=whole,
    rule=texts,
    approaches=some(
        st.builds(Approach, texts, texts, whole, texts, texts, texts, texts, some(texts), sources)
    ),
    mix_rules=some(st.builds(MixRule, texts, texts, texts, texts, sources)),
    intro=texts,
    renamed=some(st.builds(Renamed, texts, texts)),
    edition_of=st.none() | st.builds(EditionOf, texts, texts),
)


@given(instruments)
def test_round_trip(instrument: Instrument) -> None:
    assert from_data(to_data(instrument)) == instrument


@given(instruments)
def test_round_trip_through_json(instrument: Instrument) -> None:
    text = canonical_json(instrument)
    again = from_data(json.loads(text))
    assert again == instrument
    assert canonical_json(again) == text


def small() -> Instrument:
    return read_instrument_text(TEXT, "small")


def test_the_canonical_text() -> None:
    text = canonical_json(small())
    assert text.startswith('{"approaches":[{"addressee":"government","code":"fin-1-1",')
    assert "\n" not in text
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert '"statements":{"2":"A leasing law is in force.","3":' in text
    assert "é" in canonical_json(replace(small(), title="Café"))


def test_a_canonical_file_is_an_instrument_file() -> None:
    """JSON is YAML, so what the database holds can be exported, edited and read again."""
    assert read_instrument_text(canonical_json(small()), "export") == small()


def test_the_hash_is_stable() -> None:
    """A change of this number means that every stored hash no longer fits its instrument."""
    assert scoring_sha256(small()) == (
        "28a7fc1fd3dda983110ea21b12714b27eded0780c2aada094f97a17de03929f7"
    )


@pytest.mark.parametrize(
    "edit",
    [
        ("# A fictional", "# Another"),
        ("weight: 2\n", "weight: 2.0\n"),
        ("title: Small sheet", 'title: "Small sheet"'),
        ("pass_mark: 0.75\n", ""),
        ("[[0, 12]", "[[-0.0, 12]"),
    ],
)
def test_how_it_is_written_does_not_change_the_hash(edit: tuple[str, str]) -> None:
    other = read_instrument_text(edited(edit), "other")
    assert scoring_sha256(other) == scoring_sha256(small())


@pytest.mark.parametrize(
    "edit",
    [
        ("Small sheet", "Smaller sheet"),
        ("weight: 2\n", "weight: 3\n"),
        ("pass_mark: 0.75", "pass_mark: 0.76"),
        ("The register.", "The registers."),
        ("Open bank loans", "Open all loans"),
        ("subject:", 'edition_of: {code: big, version: "1.0"}\nsubject:'),
        ("subject:", "renamed: [{code: finance.loans, was: finance.credit}]\nsubject:"),
    ],
)
def test_every_part_of_the_file_counts(edit: tuple[str, str]) -> None:
    other = read_instrument_text(edited(edit), "other")
    assert scoring_sha256(other) != scoring_sha256(small())


def test_an_instrument_built_by_hand_has_the_same_hash() -> None:
    by_hand = replace(small(), pass_mark=1)
    assert scoring_sha256(by_hand) == scoring_sha256(replace(small(), pass_mark=1.0))


@pytest.mark.parametrize("data", [{}, {"code": 1}, to_data(small()) | {"extra": ""}])
def test_data_of_another_shape_are_refused(data: dict) -> None:
    with pytest.raises(ValueError, match="validation error"):
        from_data(data)
