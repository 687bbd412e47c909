"""Each broken specification or file of figures gets a sentence at its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.indices.figures import FiguresFault, read_csv
from indicators.indices.reading import SpecificationFault, read_specification_text

from . import made

SOUND = """\
code: small
title: A small index
data: {file: figures.csv, unit: country}
indicators:
  - {code: a, parent: low, weight: 2, goalposts: [0, 10]}
  - {code: b, parent: low, direction: -1}
  - {code: c, parent: top}
aggregates:
  - {code: low, parent: top}
  - {code: top, title: The index}
screen: {availability: 2/3}
impute: {method: group_mean, group: region}
treat: {winsorise: 5}
normalise: {method: min_max, range: [1, 100]}
aggregate: {method: arithmetic, availability: 0.5}
uncertainty:
  runs: 100
  sobol: 64
  vary:
    - {what: normalise.method, among: [min_max, z_score]}
    - {what: weights, by: 0.25}
"""

BROKEN = [
    ("code: small\n", "", "code", ["missing", "specification needs it"]),
    ("title: A", "titel: x\ntitle: A", "titel", ["key of the specification", 'mean "title"?']),
    ("weight: 2", "weight: two", "indicators[0].weight", ["Expected a number", '"two"']),
    ("weight: 2", "weight: -2", "indicators[0].weight", ["from 0"]),
    ("direction: -1", "direction: 2", "indicators[1].direction", ["1 or -1"]),
    ("{code: c", "{code: a", "indicators[2].code", ["taken by indicators[0]"]),
    ("{code: c, parent: top}", "{code: c}", "indicators[2].parent", ["missing"]),
    ("{code: c, parent: top}", "{code: c, parent: tip}", "indicators[2].parent", ['mean "top"?']),
    ("{code: low, parent: top}", "{code: low}", "aggregates[1].parent", ["Only one"]),
    ("{code: top,", "{code: top, parent: low,", "aggregates", ["must have no parent"]),
    ("[0, 10]", "[10, 0]", "indicators[0].goalposts", ["lower one first"]),
    ("method: min_max, range", "method: goalposts, range", "indicators[1].goalposts", ["missing"]),
    ("method: min_max,", "method: minmaks,", "normalise.method", ['mean "min_max"?']),
    ("[1, 100]", "[1]", "normalise.range", ["two numbers"]),
    (", group: region", "", "impute.group", ["missing"]),
    ("group_mean", "kriging", "impute.method", ["mean, median"]),
    ("winsorise: 5", "winsorise: -1", "treat.winsorise", ["from 0"]),
    ("availability: 0.5", "availability: 50", "aggregate.availability[0]", ["share from 0 to 1"]),
    ("method: arithmetic", "method: mode", "aggregate.method[0]", ["known mean"]),
    ("sobol: 64", "sobol: 60", "uncertainty.sobol", ["power of two"]),
    ("runs: 100", "runs: 0", "uncertainty.runs", ["from 1"]),
    ("what: weights, by: 0.25", "what: weights", "uncertainty.vary[1]", ["among", "by"]),
    ("by: 0.25", "by: 2", "uncertainty.vary[1].by", ["at most 1"]),
    ("z_score]", "zz]", "uncertainty.vary[0].among[1]", ["way to normalise"]),
    ("what: normalise.method", "what: normalize", "uncertainty.vary[0].what", ['"normalise"?']),
    ("file: figures.csv, ", "", "data", ['"file" or a "dataset"']),
    ("normalise: {method: min_max, range: [1, 100]}\n", "", "indicators[1].direction",
     ["no step normalises"]),
    ("title: A", "title: : A", "", ["Not readable as YAML"]),
]  # fmt: skip


def test_the_sound_one_is_read() -> None:
    found = read_specification_text(SOUND, "small.yaml")
    assert found.screen.availability == pytest.approx(2 / 3)
    assert found.data.file == "figures.csv"
    assert found.aggregate.method == ["arithmetic"]


@pytest.mark.parametrize(("old", "new", "path", "words"), BROKEN)
def test_faults(old: str, new: str, path: str, words: list[str]) -> None:
    assert SOUND.count(old) == 1
    with pytest.raises(SpecificationFault) as refusal:
        read_specification_text(SOUND.replace(old, new), "small.yaml")
    (fault,) = [one for one in refusal.value.faults if one.path == path]
    assert all(word in fault.message for word in words), fault.message


def test_short_forms() -> None:
    short = made.specification(screen=0.5, impute="mean", normalise="Z-score", treat=False)
    assert (short.screen.availability, short.impute.method) == (0.5, "mean")
    assert (short.normalise.method, short.treat) == ("z_score", None)


@given(st.text(max_size=60), st.integers(0, len(SOUND)))
def test_no_text_crashes_it(text: str, at: int) -> None:
    with suppress(SpecificationFault):
        read_specification_text(SOUND[:at] + text + SOUND[at:], "x")


def read(text: str, **settings: object) -> dict[str, list[float]]:
    found = read_csv(text, "f.csv", made.specification("ab", **settings))
    return {u: found.values[-1, at].tolist() for at, u in enumerate(found.units)}


@pytest.mark.parametrize(
    "text",
    [
        "country,a,b\nX,1,2.5\nY,3,1000\n",
        "country;a;b\r\nX;1;2,5\r\nY;3;1 000\r\n",
        "country\tb\ta\nX\t2,5\t1\nY\t1000\t3",
        'country,note,a,b\nX,"a, b",1,2.5\nY,"two\nlines",3,"1,000"\n',
        "country,indicator,value\nX,a,1\nX,b,2.5\nY,a,3\nY,b,1000\nY,other,x\n",
        "year,country,b,a\n2001,X,7,7\n2002,X,2.5,1\n2002,Y,1e3,3\n",
    ],
)
def test_layouts_of_figures(text: str) -> None:
    assert read(text) == {"X": [1.0, 2.5], "Y": [3.0, 1000.0]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,a,b\nX,1,x\n", "f.csv, row 2, column b: expected a number or nothing, found the"),
        ("country,a,b\nX,1,1e999\n", "too large"),
        ("country,a,B\nX,1,2\n", '"b" is no column of f.csv'),
        ("country,a,b\nX,1,2\nX,1,2\n", "row 3: X stands in row 2 already"),
        ("country,a,b\nX,1,2,3\n", "row 2: 4 cells under 3 columns"),
        ("country,a,a,b\nX,1,2,3\n", '"a" stands twice'),
        ("country,a,b\n,1,2\n", 'row 2: the column "country" is empty'),
        ("country,indicator,value\nX,a,1\nX,a,2\n", "row 3: a second value of a for X"),
        ("country,a,b\n", "no rows"),
        ("", "no rows"),
        ('country,a,b\nX,"1"2,3\n', "not readable as CSV"),
    ],
)
def test_faults_of_figures(text: str, words: str) -> None:
    with pytest.raises(FiguresFault) as refusal:
        read(text)
    assert words in str(refusal.value)


def test_the_period_that_is_asked_for() -> None:
    text = "country,year,a,b\nX,2001,1,2\nX,2002,3,4\n"
    assert read(text, data={"file": "f.csv", "period": 2001}) == {"X": [1.0, 2.0]}
    with pytest.raises(FiguresFault, match="no figures of the period"):
        read(text, data={"file": "f.csv", "period": 2009})
    found = read_csv(text, "f.csv", made.specification("ab"))
    assert found.notes == ("No period is named: the newest, 2002, is used.",)


def test_groups_come_from_a_column() -> None:
    impute = {"method": "group_mean", "group": "region"}
    text = "country,region,a,b\nX,east,1,2\nY,east,..,4\n"
    found = read_csv(text, "f.csv", made.specification("ab", impute=impute))
    assert found.groups == {"region": ("east", "east")}
    with pytest.raises(FiguresFault, match='"region" is no column'):
        read_csv("country,a,b\nX,1,2\n", "f.csv", made.specification("ab", impute=impute))
