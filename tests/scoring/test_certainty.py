from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diagnostics.scoring.certainty import (
    SOURCES,
    Certainty,
    Line,
    certainty,
    drawn_marks,
    firmness,
    interval_90,
    swing_items,
)
from diagnostics.scoring.panels import scored_sheet
from diagnostics.scoring.randomness import generator, place
from diagnostics.scoring.stages import stage_at, standing, standing_levels, tally

from . import reference
from .builders import (
    PANELS,
    any_letters,
    counted,
    filled,
    instrument,
    item,
    items,
    rated,
    reaching,
    sheet,
    theme,
)


def laid(whole, sheets):
    (only,) = whole.themes
    return tally(whole, only.items, only.groups, scored_sheet(whole, sheets)), only


def of_one_sheet(members, letters, draws=400, **fields):
    whole = instrument(theme("t", members), **fields)
    found, only = laid(whole, [sheet(letters)])
    return certainty(found, only, [], draws=draws, seed=1)


def check(whole, sheets, draws, seed, chunk):
    found, only = laid(whole, sheets)
    if not found.counted:
        return  # nothing applies, so there is nothing to re-score
    fast = certainty(found, only, sheets, draws=draws, seed=seed, chunk=chunk)
    slow = reference.certainty(found, only, sheets, draws, seed)
    lines = {"measurement": fast.measurement, "rules": fast.rules, **fast.sources}
    assert set(lines) == set(slow)
    for name, line in lines.items():
        stages = [stage for stage, _position in slow[name]]
        assert line.counts == tuple(stages.count(s) for s in range(1, whole.levels + 1)), name
        ordered = sorted(position for _stage, position in slow[name])
        ends = ordered[-(-draws * 5 // 100) - 1], ordered[-(-draws * 95 // 100) - 1]
        assert line.interval_90 == pytest.approx(ends, abs=1e-9), name
        assert line.modal == min(set(stages), key=lambda stage: (-stages.count(stage), stage))


@settings(max_examples=60)
@given(rated(), st.integers(1, 40), st.integers(0, 9), st.sampled_from([1, 7, 1000]))
def test_the_draws_are_those_of_the_slow_reference(drawn, draws, seed, chunk):
    check(*drawn, draws, seed, chunk)


@settings(max_examples=30)
@given(rated(), st.lists(any_letters | st.just("x"), min_size=6, max_size=6), st.integers(1, 40))
def test_and_so_with_a_settled_sheet_of_its_own(drawn, letters, draws):
    whole, sheets = drawn
    check(whole, [*sheets, sheet(letters[: len(whole.themes[0].items)])], draws, 1, 10)


@pytest.mark.parametrize("levels", [3, 4, 6, 7])
@settings(max_examples=10)
@given(data=st.data())
def test_and_so_on_scales_of_other_lengths(levels, data):
    check(*data.draw(rated(levels=levels)), 20, 1, 8)


def test_many_draws_against_the_reference():
    rng = np.random.default_rng(5)
    whole = instrument(theme("t", (*items(9), item("core", core=True), item("i10", weight=3))))
    sheets = [
        sheet(
            {
                one.code: "".join(rng.choice(list("yyyypn?"), size=4))
                for one in whole.themes[0].items
                if rng.random() < 0.8
            },
            name=f"s{at}",
            panel=PANELS[at % 3],
        )
        for at in range(7)
    ]
    check(whole, sheets, 2000, 3, 300)


@settings(max_examples=40)
@given(rated())
def test_the_same_seed_gives_the_same_result_whatever_the_chunks(drawn):
    found, only = laid(*drawn)
    assume(found.counted)
    first, *others = (
        certainty(found, only, drawn[1], draws=50, seed=1, chunk=chunk) for chunk in (1, 7, 50, 51)
    )
    assert all(same(other, first) for other in others)


def same(one: Certainty, other: Certainty) -> bool:
    """Counts equal, reals within 1e-9: what is promised of any machine and any chunk."""
    lines = [(getattr(one, name), getattr(other, name)) for name in ("measurement", "rules")] + [
        (one.sources[name], other.sources[name]) for name in one.sources
    ]
    return all(
        a.counts == b.counts and a.modal == b.modal
        and a.interval_90 == pytest.approx(b.interval_90, abs=1e-9)
        for a, b in lines
    )  # fmt: skip


@settings(max_examples=40)
@given(rated(), st.randoms(use_true_random=False))
def test_order_and_names_of_sheets_panels_and_levels_change_nothing(drawn, random):
    whole, sheets = drawn
    found, only = laid(whole, sheets)
    assume(found.counted)
    other_panels = dict(zip(PANELS, ("c", "a", "b"), strict=True))
    mixed = [
        replace(one, name=f"other {at}", panel=other_panels[one.panel])
        for at, one in enumerate(sheets)
    ]
    random.shuffle(mixed)
    assert certainty(found, only, sheets, draws=60, seed=1) == certainty(
        found, only, mixed, draws=60, seed=1
    )


def test_another_seed_or_theme_draws_otherwise():
    found, only = laid(instrument(theme("t", items(8))), [sheet([reaching(2)] * 8)])
    one = certainty(found, only, [], draws=200, seed=1)
    assert one != certainty(found, only, [], draws=200, seed=2)
    assert one != certainty(found, replace(only, code="u"), [], draws=200, seed=1)


def test_the_stream_is_pinned():
    # The first numbers of PCG64 on SeedSequence([1, CRC32("finance")]), the same on any machine.
    first = generator(1, "finance").random(2)
    again = reference.stream(1, "finance")
    assert first.tolist() == [again.random(), again.random()]


@settings(max_examples=30)
@given(filled(st.text("ypn", min_size=4, max_size=4)))
def test_with_nothing_to_vary_every_measurement_draw_is_the_published_stage(drawn):
    members, letters = drawn
    whole = instrument(theme("t", members))
    # Three alike sheets: resampling them changes nothing, and three ratings leave no noise.
    sheets = [sheet(letters, name=panel, panel=panel) for panel in PANELS]
    found, only = laid(whole, sheets)
    line = certainty(found, only, sheets, draws=30, seed=1).measurement
    published = standing(found)
    assert line.counts[published.stage - 1] == 30
    assert line.interval_90 == pytest.approx((published.position,) * 2, abs=1e-9)


def test_noise_spares_core_items_items_with_three_ratings_and_unknown_ones():
    def noise(members, letters):
        return of_one_sheet(members, letters).sources["noise"].counts

    assert noise(items(1, core=True), ["ynnn"]) == (0, 400, 0, 0, 0)
    assert noise(items(1), ["y?nn"]) == (0, 400, 0, 0, 0)
    assert noise(items(1), ["yn?n"]) != (0, 400, 0, 0, 0)  # known: the unknown decides nothing


def test_noise_has_the_shares_it_is_given():
    # A single item at 3: down (.2 + .1 + 0) / 3 = 0.1, up as often. C(3) centred is
    # 1 + 0.9 - 1 = below 0.75 only when the item fell; C(4) = drawn - 0.1.
    line = of_one_sheet(items(1), ["yynn"], draws=30_000).sources["noise"]
    down, still, up = (line.counts[at] / 30_000 for at in (1, 2, 3))
    assert (down, still, up) == pytest.approx((0.1, 0.8, 0.1), abs=0.01)


def test_unknowns_share_one_draw_of_their_share():
    # Two unknown statements: both yes with probability E(q^2) = 1/3, none as often.
    found = of_one_sheet(items(2), ["?nnn", "?nnn"], draws=30_000).sources["unknowns"]
    # C(2) is 0, 1/2 or 1, less its mean 1/2: only both reach 1/2 < 0.75, so the stage stays 1.
    assert found.counts == (30_000, 0, 0, 0, 0)
    assert found.interval_90 == pytest.approx((1.0, 1 + 0.5 / 0.75), abs=0.02)


def test_the_draws_centre_on_the_agreed_sheet():
    rng = np.random.default_rng(4)
    letters = [reaching(int(level)) for level in rng.integers(1, 6, size=20)]
    for name, line in of_one_sheet(items(20), letters, draws=4000).sources.items():
        assert line.modal == standing(counted(items(20), letters)).stage, name


def test_weights_and_pass_mark_move_the_rules_only():
    # Six of eight stand at 2, exactly the mark: half of the pass marks lie above it.
    found = of_one_sheet(items(8), ["ynnn"] * 6 + ["nnnn"] * 2, draws=4000)
    assert found.sources["pass_mark"].counts[0] == pytest.approx(2000, abs=150)
    assert 0 < found.sources["weights"].counts[0] < 4000
    assert found.sources["sheets"].counts == (0, 4000, 0, 0, 0)
    assert set(found.sources) == set(SOURCES)


def test_the_pass_mark_runs_from_65_to_85():
    assert drawn_marks(0.75, np.array([0.0, 0.5, 1.0])) == pytest.approx([0.65, 0.75, 0.85])
    assert drawn_marks(0.95, np.array([1.0])) == pytest.approx([1.0])
    assert drawn_marks(0.05, np.array([0.0])) == pytest.approx([0.01])


def test_the_quantiles_are_values_that_occur():
    assert [place(count, 5) for count in (1, 20, 21, 10_000)] == [0, 0, 1, 499]
    assert [place(count, 95) for count in (1, 20, 21, 10_000)] == [0, 18, 19, 9499]
    assert interval_90(np.arange(100.0)[::-1]) == (4.0, 94.0)


def test_what_cannot_be_drawn_is_refused():
    found, only = laid(instrument(theme("t", items(1))), [sheet(["ynnn"])])
    with pytest.raises(ValueError, match="number of draws"):
        certainty(found, only, [], draws=0, seed=1)
    with pytest.raises(ValueError, match="The seed"):
        certainty(found, only, [], draws=1, seed=-1)
    none, only = laid(instrument(theme("t", items(1))), [sheet(["x"])])
    with pytest.raises(ValueError, match="nothing to re-score"):
        certainty(none, only, [], draws=1, seed=1)


def test_swing_items_by_hand():
    # Six of eight at 2 pass; any of the six falling loses stage 2, no one rising gains stage 3.
    found = swing_items(counted(items(8), ["ynnn"] * 6 + ["nnnn"] * 2))
    assert [(one.item, one.down, one.up) for one in found] == [
        (f"i{at}", 1, None) for at in range(6)
    ]
    # Five of eight: any of the other three rising gains it.
    found = swing_items(counted(items(8), ["ynnn"] * 5 + ["nnnn"] * 3))
    assert [(one.item, one.down, one.up) for one in found] == [
        (f"i{at}", None, 2) for at in (5, 6, 7)
    ]


@given(filled())
def test_swing_items_one_by_one(drawn):
    found = counted(*drawn)
    levels = standing_levels(found)
    swinging = {one.item for one in swing_items(found)}
    for one in found.counted:
        moved = {
            stage_at(found, levels | {one.code: levels[one.code] + step})
            for step in (-1, 1)
            if 1 <= levels[one.code] + step <= 5
        }
        assert (one.code in swinging) == (moved - {stage_at(found, levels)} != set())


def line(*counts):
    return Line(counts, 1, (1.0, 1.0))


@pytest.mark.parametrize(
    ("counts", "panels", "pending", "firm", "because"),
    [
        (
            (0, 8000, 2000, 0, 0),
            {"government": 2, "private": 1},
            [],
            True,
            "Firm: in 8,000 of 10,000 re-scorings the stage is 2; 3 sheets from 2 panels, "
            "no contested item open.",
        ),
        (
            (0, 7999, 2001, 0, 0),
            {"government": 2, "private": 1},
            [],
            False,
            "Provisional: only in 7,999 of 10,000 re-scorings the stage is 2.",
        ),
        (
            (0, 9, 1, 0, 0),
            {"government": 1},
            ["i0", "i3"],
            False,
            "Provisional: 1 sheet where 3 are needed; sheets of 1 panel where 2 are needed; "
            "contested and not settled: i0, i3.",
        ),
    ],
)
def test_firm_or_provisional_with_the_reason(counts, panels, pending, firm, because):
    assert firmness(line(*counts), 2, panels, pending) == (firm, because)
