"""Whole rounds, from file to result, against the method in its plainest words (literal.py).

Every kind of instrument and sheet: 3 to 7 levels, groups with and without weights, weights 0, core
items, one sheet or many, with and without an agreed one, blanks, unknowns, not applicable.
"""

import csv
import io

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.scoring.instrument import Group, Instrument, Item, Theme
from diagnostics.scoring.rounds import score_round
from diagnostics.scoring.sheets_csv import read_sheets

from . import literal
from .builders import PANELS

WEIGHTS = st.sampled_from([0.0, 1.0, 1.0, 1.0, 2.0, 0.5, 3.0])


@st.composite
def themes(draw, code):
    count = draw(st.integers(1, 6))
    groups = {}
    if draw(st.booleans()):
        weighted = draw(st.booleans())
        names = ["a", "b", "c"][: draw(st.integers(1, 3))]
        groups = {
            g: draw(st.sampled_from([1.0, 2.0, 0.5, 0.0])) if weighted else None for g in names
        }
    core = draw(st.sets(st.integers(0, count - 1), max_size=2))
    items = [
        {
            "code": f"{code}.i{at}",
            "group": draw(st.sampled_from(sorted(groups))) if groups else "",
            "weight": draw(st.sampled_from([1.0, 2.0])) if at in core else draw(WEIGHTS),
            "core": at in core,
            "effort": draw(st.sampled_from([1.0, 1.0, 2.0, 0.5])),
        }
        for at in range(count)
    ]
    return {"code": code, "groups": groups, "items": items}


@st.composite
def whole_rounds(draw):
    levels = draw(st.integers(3, 7))
    instrument = {
        "levels": levels,
        "pass_mark": draw(st.sampled_from([0.75, 0.75, 0.5, 0.8, 1.0])),
        "completeness": draw(st.sampled_from([0.7, 0.5, 0.1])),
        "themes": [draw(themes(code)) for code in ("t", "u")[: draw(st.integers(1, 2))]],
    }
    codes = [item["code"] for theme in instrument["themes"] for item in theme["items"]]
    likely = st.integers(0, levels - 1).map(lambda at: ["yes"] * at + ["no"] * (levels - 1 - at))
    anything = st.lists(
        st.sampled_from(["yes", "yes", "partly", "no", "unknown", ""]),
        min_size=levels - 1,
        max_size=levels - 1,
    )
    rung = st.integers(1, levels - 1).map(lambda at: ["yes"] * at + [""] * (levels - 1 - at))
    count = draw(st.sampled_from([0, 1, 3, 5, 6, 9]))
    sheets = [(f"s{at}", draw(st.sampled_from(PANELS))) for at in range(count)]
    kinds = ["likely"] * draw(st.sampled_from([1, 4, 8])) + ["anything", "rung", "away", "absent"]
    if not sheets or draw(st.booleans()):
        sheets.append(("agreed", ""))
    rows = []
    for name, panel in sheets:
        for code in codes:
            kind = draw(st.sampled_from(kinds))
            if kind == "away":
                rows.append((name, panel, code, "not_applicable", [""] * (levels - 1)))
            elif kind != "absent":
                answers = draw({"likely": likely, "rung": rung, "anything": anything}[kind])
                rows.append((name, panel, code, "answered", answers))
    return instrument, rows


def built(instrument):
    def item(one):
        statements = tuple(f"{one['code']} {step}" for step in range(2, instrument["levels"] + 1))
        return Item(title=one["code"], statements=statements, **one)

    return Instrument(
        code="any",
        version="1",
        title="Any",
        subject="country",
        levels=instrument["levels"],
        level_names=tuple(map(str, range(instrument["levels"]))),
        pass_mark=instrument["pass_mark"],
        completeness=instrument["completeness"],
        themes=tuple(
            Theme(
                code=theme["code"],
                title=theme["code"],
                items=tuple(map(item, theme["items"])),
                groups=tuple(Group(code, code, w) for code, w in theme["groups"].items()),
            )
            for theme in instrument["themes"]
        ),
    )


def as_csv(instrument, rows):
    out = io.StringIO()
    write = csv.writer(out).writerow
    steps = [f"s{step}" for step in range(2, instrument["levels"] + 1)]
    write(["sheet", "panel", "item", "status", *steps])
    for sheet, panel, item, status, answers in rows:
        write([sheet, panel, item, status, *answers])
    return out.getvalue().encode()


def alpha(units, top):
    units = [values for values in units if len(values) >= 2]
    if len(units) < 2 or len({value for values in units for value in values}) == 1:
        return None
    width = max(map(len, units))
    data = np.full((width, len(units)), np.nan)
    for at, values in enumerate(units):
        data[: len(values), at] = values
    return krippendorff.alpha(
        data, level_of_measurement="ordinal", value_domain=list(range(1, top + 1))
    )


@settings(max_examples=300)
@given(whole_rounds())
def test_a_round_is_scored_as_the_method_words_it(case):
    instrument, rows = case
    if not rows:
        return
    plain = built(instrument)
    found = score_round(plain, read_sheets(as_csv(instrument, rows), plain), draws=0)
    answers = literal.scored_answers(instrument, rows)
    for theme, result in zip(instrument["themes"], found["themes"], strict=True):
        wanted = literal.theme_result(instrument, theme, answers)
        chosen = wanted.pop("cheapest_set")
        for key, value in wanted.items():
            if isinstance(value, float | dict):
                assert result[key] == pytest.approx(value, abs=1e-9), key
            else:
                assert result[key] == value, key
        if chosen is None:
            assert result["cheapest_set"] is None
        else:
            assert result["cheapest_set"]["items"] == chosen["items"]
            assert result["cheapest_set"]["cost"] == pytest.approx(chosen["cost"], abs=1e-9)
        assert [one["item"] for one in result["contested"]] == literal.contested(theme, rows)
        carrying = {item["code"] for item in theme["items"] if item["weight"] > 0}
        units = [
            list(levels.values())
            for code, levels in literal.known_levels(theme, rows).items()
            if code in carrying
        ]
        told = result["agreement"]
        assert (told["exact"], told["within_one"]) == pytest.approx(literal.pairs(units))
        expected = alpha(units, instrument["levels"])
        assert told["alpha"] == (None if expected is None else pytest.approx(expected))
        if told["units"] >= 2:
            assert told["ac2"] == pytest.approx(literal.ac2(units, instrument["levels"]))
