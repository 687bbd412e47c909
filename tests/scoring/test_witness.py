import pytest

from diagnostics.scoring.instrument import IndicatorBinding
from diagnostics.scoring.witness import Observation, diverges, evidence, evidence_level

from .builders import item

BANKS = IndicatorBinding("BANKS", "higher", "", thresholds=(5, 15, 25, 35))
DAYS = IndicatorBinding("DAYS", "lower", "", thresholds=(60, 30, 15, 5))
RATE = IndicatorBinding("RATE", "within", "", ranges=((0, 20), (1, 15), (2, 10), (3, 6)))


def heard(*observations, bound=(BANKS,), end_year=2020, max_age_years=5):
    return evidence(
        item("i0", indicators=tuple(bound)),
        [Observation(*one) for one in observations],
        end_year=end_year,
        max_age_years=max_age_years,
    )


@pytest.mark.parametrize(
    ("binding", "value", "level"),
    [
        (BANKS, 4.9, 1),
        (BANKS, 5, 2),  # met on equality
        (BANKS, 34, 4),
        (BANKS, 35, 5),
        (DAYS, 61, 1),
        (DAYS, 60, 2),
        (DAYS, 5, 5),
        (RATE, -1, 1),
        (RATE, 0, 2),
        (RATE, 20, 2),
        (RATE, 4, 5),
        (RATE, 7, 4),
    ],
)
def test_thresholds_and_ranges(binding, value, level):
    assert evidence_level(binding, value) == level


def test_the_newest_within_the_years_of_the_round():
    found = heard(("BANKS", 2014, 40), ("BANKS", 2015, 20), ("BANKS", 2021, 1))
    (testimony,) = found.testimonies
    assert (testimony.year, testimony.value, testimony.level) == (2015, 20, 3)
    assert heard(("BANKS", 2014, 40), ("BANKS", 2021, 1)).level is None
    assert heard(("BANKS", 2019, 6, "made up"), ("BANKS", 2018, 40)).testimonies[0].source == (
        "made up"
    )


def test_several_indicators_speak_by_their_lower_median():
    both = heard(("BANKS", 2020, 40), ("DAYS", 2020, 20), bound=(BANKS, DAYS))
    assert [one.level for one in both.testimonies] == [5, 3]
    assert both.level == 3
    assert heard(("DAYS", 2020, 20), bound=(BANKS, DAYS)).level == 3


def test_a_discontinued_series_is_heard_in_rounds_of_its_years_only():
    ended = IndicatorBinding("BANKS", "higher", "", thresholds=(5, 15, 25, 35), years=(2005, 2019))
    assert heard(("BANKS", 2018, 20), bound=(ended,), end_year=2019).level == 3
    assert heard(("BANKS", 2018, 20), bound=(ended,), end_year=2020).level is None


def test_no_indicator_is_no_level():
    assert heard(("BANKS", 2020, 20), bound=()).level is None


@pytest.mark.parametrize(("agreed", "apart"), [(1, True), (2, False), (4, False), (5, True)])
def test_two_levels_apart_is_a_divergence(agreed, apart):
    assert diverges(agreed, heard(("BANKS", 2020, 20))) is apart
    assert not diverges(agreed, heard())


def test_what_cannot_be_heard_is_refused():
    with pytest.raises(ValueError, match="not a finite number"):
        heard(("BANKS", 2020, float("nan")))
    with pytest.raises(ValueError, match="two values of BANKS in 2020"):
        heard(("BANKS", 2020, 1), ("BANKS", 2020, 2))
    with pytest.raises(ValueError, match="expected higher, lower or within"):
        evidence_level(IndicatorBinding("BANKS", "best", ""), 1)
