"""Where employment concentrates: quotients, indices and stars (method.md section 11).

Everything is computed year by year on the cells of a long table, one for each region, industry and
year. A suppressed cell is missing, never 0: it is left out of every total, and whatever rests on
such a total says how many cells it lacks.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clusters.unplaced import is_unplaced

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]

TOP_SHARE = 0.10  # the cells that get a star: the top tenth of the year
SMALL_EXPECTED = 5.0  # workers: below it a quotient swings with every single one


@dataclass(frozen=True, slots=True)
class Employment:
    """A long table of employment. `region`, `industry` and `year` hold, for each of n cells, the
    place in the list of that name; no triple stands there twice.

    `employment` and `establishments` have n entries, NaN where suppressed or not given; `area` and
    `population` one for each year and region, shape (years, regions), NaN where not given.
    `plant_herfindahl` maps (industry, year), as places, to the Herfindahl index of plant sizes.
    """

    regions: tuple[str, ...]
    industries: tuple[str, ...]
    years: tuple[int, ...]
    region: Whole
    industry: Whole
    year: Whole
    employment: Reals
    establishments: Reals
    area: Reals
    population: Reals
    plant_herfindahl: Mapping[tuple[int, int], float]

    @property
    def placed(self) -> Marks:
        """For each cell whether it is of a region and an industry, not of "not stated"."""
        regions, industries = (
            np.array([not is_unplaced(name) for name in names], dtype=bool)
            for names in (self.regions, self.industries)
        )
        found: Marks = regions[self.region] & industries[self.industry]
        return found


@dataclass(frozen=True, slots=True)
class Cells:
    """What is found for each cell, n entries each, NaN where it cannot be computed.

    `lacking` counts the suppressed cells that the totals of the cell's region and of its industry
    leave out; `small` marks quotients that rest on fewer than 5 expected workers. Changes are
    against `previous`, the cell of the same region and industry in the year loaded before, or -1.
    """

    lq: Reals
    litzenberger_sternberg: Reals
    share_of_industry: Reals
    share_of_region: Reals
    star_size: Marks
    star_specialisation: Marks
    star_focus: Marks
    small: Marks
    lacking: Whole
    previous: Whole
    employment_change: Reals
    lq_change: Reals

    @property
    def stars(self) -> Whole:
        """0 to 3 for each cell."""
        return (
            self.star_size.astype(np.int64)
            + self.star_specialisation.astype(np.int64)
            + self.star_focus.astype(np.int64)
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """What is found for regions or industries, shape (years, places), NaN where undefined.

    `absent` counts the industries of the year for which a region has no row, or the regions for
    which an industry has none. What such a row would hold is unknown, so the indices that compare
    whole distributions are undefined there; `completed` is for tables that leave out zeros.
    `employment` is the sum of what is known, NaN where nothing is.
    `krugman` is the specialisation of a region, or the concentration of an industry, 0 to 2.
    `lacking` counts the suppressed cells that the indices leave out: the place's own, and those in
    the totals of the whole that it is compared with.
    """

    employment: Reals
    suppressed: Whole
    absent: Whole
    lacking: Whole
    krugman: Reals


@dataclass(frozen=True, slots=True)
class IndustryTotals(Totals):
    """What is found for industries besides: the raw concentration G, and Ellison and Glaeser's."""

    raw_concentration: Reals
    ellison_glaeser: Reals


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a cell needs for its stars in one year; NaN in a year without known cells."""

    size: float
    specialisation: float
    focus: float


@dataclass(frozen=True, slots=True)
class Mapped:
    """The whole map of a table; `thresholds` in the order of its years."""

    cells: Cells
    regions: Totals
    industries: IndustryTotals
    thresholds: tuple[Thresholds, ...]


def mapped(table: Employment, *, top_share: float = TOP_SHARE) -> Mapped:
    """Return quotients, indices, stars and changes of a table (method.md section 11).

    Raises ValueError when `top_share` is not between 0 and 1.
    """
    if not 0 < top_share < 1:
        raise ValueError(f"The top share is {top_share}; a number between 0 and 1 is expected.")
    known = ~np.isnan(table.employment)
    workers = np.where(known, table.employment, 0.0)
    in_region = _Sums(table.year, table.region, len(table.years), len(table.regions))
    in_industry = _Sums(table.year, table.industry, len(table.years), len(table.industries))
    region_total, industry_total = in_region.of(workers), in_industry.of(workers)
    total = region_total.sum(axis=1)[table.year]
    with np.errstate(divide="ignore", invalid="ignore"):
        of_industry = table.employment / in_industry.at(industry_total)
        of_region = table.employment / in_region.at(region_total)
        lq = of_industry / (in_region.at(region_total) / total)
        expected = in_region.at(region_total) * in_industry.at(industry_total) / total
    lq = _finite(lq)
    thresholds, stars = _stars(table, lq, of_region, top_share)
    previous = _previous(table)
    suppressed_in_region = in_region.of(~known)
    suppressed_in_industry = in_industry.of(~known)
    raw, gamma = _ellison_glaeser(table, known, workers, in_region, in_industry)
    absent_in_region, absent_in_industry = _absent(in_region, in_industry)
    return Mapped(
        cells=Cells(
            lq=lq,
            litzenberger_sternberg=_litzenberger_sternberg(table, in_region, in_industry),
            share_of_industry=_finite(of_industry),
            share_of_region=_finite(of_region),
            star_size=stars[0],
            star_specialisation=stars[1],
            star_focus=stars[2],
            small=known & (expected < SMALL_EXPECTED),
            lacking=(
                in_region.at(suppressed_in_region)
                + in_industry.at(suppressed_in_industry)
                - ~known  # the cell itself stands in both
            ).astype(np.int64),
            previous=previous,
            employment_change=_change(table.employment, previous),
            lq_change=_change(lq, previous),
        ),
        regions=Totals(
            employment=_where_any(region_total, in_region.of(known)),
            suppressed=suppressed_in_region.astype(np.int64),
            absent=absent_in_region,
            lacking=_lacking(known, in_region, in_industry),
            krugman=_whole(_krugman(known, workers, in_region, in_industry), absent_in_region),
        ),
        industries=IndustryTotals(
            employment=_where_any(industry_total, in_industry.of(known)),
            suppressed=suppressed_in_industry.astype(np.int64),
            absent=absent_in_industry,
            lacking=_lacking(known, in_industry, in_region),
            krugman=_whole(_krugman(known, workers, in_industry, in_region), absent_in_industry),
            raw_concentration=_whole(raw, absent_in_industry),
            ellison_glaeser=_whole(gamma, absent_in_industry),
        ),
        thresholds=thresholds,
    )


def completed(table: Employment) -> Employment:
    """The table of an office that leaves out zeros: every pair of a region and an industry of a
    year has a cell, the added ones with no workers and no firms, after those of the file.
    """
    regions, industries = len(table.regions), len(table.industries)
    there = np.zeros((len(table.years), regions, industries), dtype=bool)
    there[table.year, table.region, table.industry] = True
    pairs = there.any(axis=2, keepdims=True) & there.any(axis=1, keepdims=True)
    year, region, industry = np.nonzero(pairs & ~there)
    nothing = np.zeros(len(year))
    return replace(
        table,
        region=np.concatenate([table.region, region]),
        industry=np.concatenate([table.industry, industry]),
        year=np.concatenate([table.year, year]),
        employment=np.concatenate([table.employment, nothing]),
        establishments=np.concatenate([table.establishments, nothing]),
    )


class _Sums:
    """Sums of cell values by year and place, and back from the sums to the cells."""

    def __init__(self, year: Whole, place: Whole, years: int, places: int) -> None:
        self.shape = (years, places)
        self.key = year * places + place

    def of(self, values: Reals | Marks) -> Reals:
        """Shape (years, places): the sum of the values of n cells."""
        sums = np.bincount(
            self.key, weights=values.astype(np.float64), minlength=self.shape[0] * self.shape[1]
        )
        return sums.astype(np.float64).reshape(self.shape)

    def at(self, sums: Reals) -> Reals:
        """The sum that each of the n cells belongs to."""
        found: Reals = sums.ravel()[self.key]
        return found


def _finite(values: Reals) -> Reals:
    return np.where(np.isfinite(values), values, np.nan)


def _absent(in_region: _Sums, in_industry: _Sums) -> tuple[Whole, Whole]:
    """For each region, and for each industry, how many of the other have no row in the year."""
    rows = np.ones(len(in_region.key))
    of_region, of_industry = in_region.of(rows), in_industry.of(rows)
    regions = (of_region > 0).sum(axis=1, keepdims=True)
    industries = (of_industry > 0).sum(axis=1, keepdims=True)
    return (
        np.where(of_region > 0, industries - of_region, 0).astype(np.int64),
        np.where(of_industry > 0, regions - of_industry, 0).astype(np.int64),
    )


def _where_any(totals: Reals, known: Reals) -> Reals:
    return np.where(known > 0, totals, np.nan)


def _whole(values: Reals, absent: Whole) -> Reals:
    return np.where(absent > 0, np.nan, values)


def _lacking(known: Marks, here: _Sums, across: _Sums) -> Whole:
    """The suppressed cells of a place, and of the totals across that its known cells stand in."""
    of_whole = np.where(known, across.at(across.of(~known)), 0.0)
    return (here.of(~known) + here.of(of_whole)).astype(np.int64)


def _litzenberger_sternberg(table: Employment, in_region: _Sums, in_industry: _Sums) -> Reals:
    """e_ij b_ij a p / (e_i b_i a_j p_j), a and p over the regions that the year has; without the
    area of every one of them there is no a.
    """
    counted = ~np.isnan(table.employment) & ~np.isnan(table.establishments)
    workers = in_industry.at(in_industry.of(np.where(counted, table.employment, 0.0)))
    firms = in_industry.at(in_industry.of(np.where(counted, table.establishments, 0.0)))
    here = (table.year, table.region)
    occurs = in_region.of(np.ones(len(table.region))) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        area, population = (
            np.where(occurs, values, 0).sum(axis=1)[table.year] / values[here]
            for values in (table.area, table.population)
        )
        share = table.employment * table.establishments / (workers * firms)
        return _finite(share * area * population)


def _krugman(known: Marks, workers: Reals, here: _Sums, across: _Sums) -> Reals:
    """Sum of absolute differences between the shares here and those of the whole.

    Both are shares of the same known cells, so that a suppressed one is no difference.
    """
    whole = np.where(known, across.at(across.of(workers)), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own_share = workers / here.at(here.of(workers))
        whole_share = whole / here.at(here.of(whole))
    differences = here.of(np.where(known, np.abs(own_share - whole_share), 0.0))
    return np.where(here.of(workers) > 0, differences, np.nan)


def _ellison_glaeser(
    table: Employment, known: Marks, workers: Reals, in_region: _Sums, in_industry: _Sums
) -> tuple[Reals, Reals]:
    """G = sum (s - x)^2 of each industry and year, and gamma where plant sizes are known."""
    region = np.where(known, in_region.at(in_region.of(workers)), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        s = workers / in_industry.at(in_industry.of(workers))
        x = region / in_industry.at(in_industry.of(region))
    there = in_industry.of(workers) > 0
    raw = np.where(there, in_industry.of(np.where(known, (s - x) ** 2, 0.0)), np.nan)
    spread = 1 - in_industry.of(np.where(known, x**2, 0.0))
    plants = np.full(raw.shape, np.nan)
    for (industry, year), value in table.plant_herfindahl.items():
        plants[year, industry] = value
    with np.errstate(divide="ignore", invalid="ignore"):
        return raw, _finite((raw - spread * plants) / (spread * (1 - plants)))


def _stars(
    table: Employment, lq: Reals, of_region: Reals, top_share: float
) -> tuple[tuple[Thresholds, ...], list[Marks]]:
    """Thresholds of each year and the marks for size, specialisation and focus.

    A threshold is the value that the top share of the year's cells with employment reaches (a tenth
    of 69 cells are 7); a quotient must be above 1 as well, or it is no specialisation. Cells of no
    region or no industry have no stars, and the others' do not depend on them.
    """
    judged = (table.employment > 0) & table.placed
    measures = (table.employment, lq, of_region)
    marks = [np.zeros(len(lq), dtype=bool) for _ in measures]
    thresholds = []
    order = np.argsort(table.year, kind="stable")
    ends = np.searchsorted(table.year[order], np.arange(len(table.years)), side="right")
    for cells in np.split(order, ends[:-1]):
        cells = cells[judged[cells]]
        top = math.ceil(round(cells.size * top_share, 9))  # 0.1 of 30 is a little above 3
        found = []
        for measure, mark in zip(measures, marks, strict=True):
            values = measure[cells]
            found.append(float(np.partition(values, -top)[-top]) if top else np.nan)
            mark[cells] = values >= found[-1]
        thresholds.append(Thresholds(*found))
    marks[1] &= lq > 1
    return tuple(thresholds), marks


def _previous(table: Employment) -> Whole:
    """The place of each cell's predecessor: same region and industry, the year loaded before."""
    series = table.region * len(table.industries) + table.industry
    order = np.lexsort((table.year, series))
    follows = np.zeros(len(order), dtype=bool)
    follows[1:] = np.diff(series[order]) == 0
    previous = np.full(len(order), -1, dtype=np.int64)
    previous[order[follows]] = order[np.flatnonzero(follows) - 1]
    return previous


def _change(values: Reals, previous: Whole) -> Reals:
    return np.where(previous >= 0, values - values[previous], np.nan)
