"""The charts of a report: valid figures, findings as titles, the same numbers as a table."""

import csv
import io
from dataclasses import replace

import pytest
from plotly.graph_objects import Figure

from activity.figures import figure
from diagnostics.scoring.instrument import Answer, ItemAnswers, Sheet, Status
from diagnostics.scoring.rounds import score_round
from reports import charts
from tests.factories.rounds import small_instrument


def result(levels: int = 5, **themes: list[list[str]]) -> dict:
    """The scoring of one agreed sheet; each theme's items in order, the others blank."""
    instrument = small_instrument(levels=levels)
    responses = {
        f"{theme}.item_{n}": ItemAnswers(
            tuple(Answer(a) for a in [*given, *[""] * (levels - 1 - len(given))])
        )
        for theme, items in themes.items()
        for n, given in enumerate(items, start=1)
    }
    return score_round(instrument, [Sheet("agreed", "agreed", responses)])


def theme(scored: dict, code: str = "money") -> dict:
    return next(one for one in scored["themes"] if one["code"] == code)


TOP = [["yes"] * 4] * 4
TWO = [["yes", "no"]] * 4
MIXED = [["yes", "yes", "no"], ["yes", "partly"], ["no"], ["yes", "unknown"]]
SCORED = {
    "mixed": {"money": MIXED, "advice": TWO},
    "the highest stage": {"money": TOP, "advice": TOP},
    "one theme blank": {"money": MIXED},
    "all unknown": {"money": [["unknown"]] * 4, "advice": TWO},
    "some blank": {"money": [["yes", "no"], ["no"], ["yes", "no"], []], "advice": TWO},
}


def drawn(scored):
    return charts.of_report(scored, [f"Level {n}" for n in range(1, 8)])


@pytest.mark.parametrize("themes", SCORED.values(), ids=SCORED)
def test_every_chart_is_a_valid_figure_with_table_title_and_text(themes):
    found = drawn(result(**themes))
    assert found
    for key, chart in found.items():
        assert chart.id == key
        assert Figure(figure(chart)).data
        assert chart.title
        assert chart.description
        assert chart.rows
        assert all(len(row) == len(chart.columns) for row in chart.rows)


@pytest.mark.parametrize("levels", [3, 7])
def test_charts_of_other_scales_are_valid_too(levels):
    items = [["yes"] * (levels - 2) + ["no"]] * 4
    found = drawn(result(levels=levels, money=items, advice=items))
    assert set(found) == {
        "profile", "coverage-money", "rescoring-money", "items-money",
        "coverage-advice", "rescoring-advice", "items-advice",
    }  # fmt: skip
    for chart in found.values():
        Figure(figure(chart))
    assert len(found["coverage-money"].rows) == levels - 1


def test_without_answers_there_is_nothing_to_draw():
    assert charts.items(theme(result()), 5) is None
    assert charts.profile(result()) is None


def test_one_theme_with_a_stage_makes_no_profile():
    assert charts.profile(result(money=TWO)) is None


def test_where_nothing_applies_there_is_no_coverage():
    instrument = small_instrument()
    none = ItemAnswers((Answer.BLANK,) * 4, Status.NOT_APPLICABLE)
    responses = {item.code: none for item in instrument.themes[0].items}
    scored = score_round(instrument, [Sheet("agreed", "agreed", responses)])
    assert charts.coverage(theme(scored), 5) is None


def test_the_profile_says_which_theme_stands_lowest():
    one = charts.profile(result(money=TWO, advice=TOP))
    assert one.title == "Money stands lowest"
    both = charts.profile(result(money=TWO, advice=TWO))
    assert both.title == "Money, Advice stand lowest"
    assert [row[:2] for row in one.rows] == [("Money", 2), ("Advice", 5)]


def test_the_bars_of_the_profile_end_at_the_positions_of_the_table():
    scored = result(money=MIXED, advice=TWO)
    (bars,) = figure(charts.profile(scored))["data"]
    ends = dict(zip(bars["y"], (bars["base"] + x for x in bars["x"]), strict=True))
    assert ends == {one["title"]: pytest.approx(one["position"]) for one in scored["themes"]}


@pytest.mark.parametrize(
    ("items", "title"),
    [
        (MIXED, "Money: 1 of 4 items reaches level 3; stage 3 needs 3 of 4"),
        (TOP, "Money: the highest stage is reached"),
        ([["unknown"]] * 4, "Money: too little is known for a stage"),
    ],
)
def test_the_coverage_says_what_the_next_stage_needs(items, title):
    assert charts.coverage(theme(result(money=items)), 5).title == title


def test_the_coverage_counts_items_at_or_above_each_level():
    chart = charts.coverage(theme(result(money=MIXED)), 5)
    assert [tuple(row) for row in chart.rows] == [
        ("Level 2 or higher", 3, 75.0, 75.0, "reached"),
        ("Level 3 or higher", 1, 25.0, 75.0, "not reached"),
        ("Level 4 or higher", 0, 0.0, 75.0, "not reached"),
        ("Level 5 or higher", 0, 0.0, 75.0, "not reached"),
    ]
    assert figure(chart)["data"][0]["y"] == [75.0, 25.0, 0.0, 0.0]


def test_the_items_stand_at_their_levels_each_kind_with_its_own_mark():
    chart = charts.items(theme(result(money=MIXED)), 5)
    assert [tuple(row) for row in chart.rows] == [
        ("Money item 1", 3, "known"),
        ("Money item 2", 2, "next statement partly true"),
        ("Money item 3", 1, "known"),
        ("Money item 4", 2, "held by an unknown"),
    ]
    assert chart.title == "1 item stands at level 1; 1 item is not known"
    symbols = [trace["marker"]["symbol"] for trace in figure(chart)["data"]]
    assert len(set(symbols)) == len(symbols) == 3
    drawn = {
        title: level
        for trace in figure(chart)["data"]
        for title, level in zip(trace["y"], trace["x"], strict=True)
    }
    assert drawn == {row[0]: row[1] for row in chart.rows}


def test_items_all_alike_have_the_short_title():
    assert charts.items(theme(result(money=TWO)), 5).title == "4 items stand at level 2"


def test_a_title_with_a_percent_sign_survives():
    instrument = small_instrument()
    money = replace(instrument.themes[0], title="100 % money")
    instrument = replace(instrument, themes=(money, instrument.themes[1]))
    answers = ItemAnswers((Answer.YES, Answer.NO, Answer.NO, Answer.NO))
    responses = dict.fromkeys(instrument.items(), answers)
    scored = score_round(instrument, [Sheet("agreed", "agreed", responses)])
    titles = [chart.title for chart in drawn(scored).values()]
    assert "100 % money, Advice stand lowest" in titles


@pytest.mark.django_db
def test_the_csv_holds_the_rows_of_the_table_and_what_they_are(report_on, signed_in, team):
    report = report_on(["yes", "no"], provenance="fictional", label="=practice; invented")
    response = signed_in(team.officer).get(f"/reports/{report.pk}/charts/coverage-money.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="round-' in response["Content-Disposition"]
    text = response.content.decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[0][-1] == "label"
    assert {row[-1] for row in rows[1:]} == {"'=practice; invented"}
    assert rows[1][:-1] == ["Level 2 or higher", "4", "100.0", "75.0", "reached"]


@pytest.mark.django_db
def test_a_chart_that_is_not_there_is_not_found(report_on, signed_in, team):
    report = report_on(["yes", "no"])
    client = signed_in(team.officer)
    assert client.get(f"/reports/{report.pk}/charts/nothing.csv").status_code == 404


def test_the_title_of_the_re_scorings_counts_them():
    chart = drawn(result(money=[["yes", "no"]] * 4, advice=TWO))["rescoring-money"]
    assert chart.title.startswith("Money: stage 2 in ")
    assert chart.title.endswith(" of 10,000 re-scorings")
    assert sum(row[2] for row in chart.rows) == 2 * 10_000


def test_a_core_item_that_holds_a_theme_back_is_in_the_title():
    theme = result(money=[["yes", "yes", "no"]] * 4, advice=TWO)["themes"][0]
    theme["held_by_core"] = [theme["items"][0]["code"]]
    title = charts.coverage(theme, 5).title
    assert (
        title
        == f"Money: enough items reach level 4, but not the core one: {theme['items'][0]['title']}"
    )
