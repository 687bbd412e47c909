"""Whether the rubric itself is sound (method.md section 9).

Only rows whose statements were all answered singly are looked at: a click on a rung fills the
steps below it and would make any scale look perfect. `partly` counts as not yes; a row with an
unknown or a blank is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring.instrument import Answer
from diagnostics.scoring.levels import level

Numbers = NDArray[np.float64]
Table = NDArray[np.bool_]

SINGLE = "single"
FEWEST_COUNTRIES = 10
FEWEST_PAIRS = 3

NO_ROWS = _("No item was answered statement by statement.")
ALL_ALIKE = _("no variation")


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet's answers to one item; `made` says for each statement "rung" or "single"."""

    sheet: str
    item: str
    answers: tuple[Answer, ...]
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scalogram:
    """How far the answers of a theme form a ladder; None where undefined, with the `reason`.

    `reproducibility` is Guttman's 1 - errors / answers. Errors are counted by Goodenough and
    Edwards: each row against the perfect ladder with as many yes, every cell that differs. Beside
    it `marginal`, the least it can be with these shares of yes, and `scalability`, the part of
    the way from there to 1. `loevinger_h` compares the pairs of statements answered against
    their order of popularity with those expected by chance. `rows` are sheet x item.
    """

    rows: int
    errors: int
    reproducibility: float | None
    marginal: float | None
    scalability: float | None
    loevinger_h: float | None
    reason: Sentence | None


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The rows of an item in which the statement of `level` is yes above one that is not."""

    item: str
    level: int
    rows: int
    out_of_order: int
    rate: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation over `pairs`; None with the `reason`, a `warning` where they are few."""

    value: float | None
    pairs: int
    reason: Sentence | None = None
    warning: Sentence | None = None


def single_rows(rows: Iterable[Row]) -> list[Row]:
    """Return the rows whose every statement was answered singly with yes, partly or no."""
    told = (Answer.YES, Answer.PARTLY, Answer.NO)
    return [
        row
        for row in rows
        if all(made == SINGLE for made in row.made)
        and all(answer in told for answer in row.answers)
    ]


def scalogram(rows: Iterable[Row]) -> Scalogram:
    """Return the scale coefficients of one theme's rows; all rows have as many statements."""
    single = single_rows(rows)
    if not single:
        return Scalogram(0, 0, None, None, None, None, NO_ROWS)
    table = np.array([[answer == Answer.YES for answer in row.answers] for row in single])
    errors = guttman_errors(table)
    reproducibility = 1 - errors / table.size
    popularity = table.mean(axis=0)
    marginal = float(np.maximum(popularity, 1 - popularity).mean())
    varied = marginal < 1
    h = loevinger_h(table)
    return Scalogram(
        rows=len(table),
        errors=errors,
        reproducibility=reproducibility,
        marginal=marginal,
        scalability=(reproducibility - marginal) / (1 - marginal) if varied else None,
        loevinger_h=h,
        reason=None if varied and h is not None else ALL_ALIKE,
    )


def guttman_errors(table: Table) -> int:
    """Return the cells, rows x levels, that differ from the ladder with as many yes in the row."""
    perfect = np.arange(table.shape[1]) < table.sum(axis=1)[:, None]
    return int((table != perfect).sum())


def loevinger_h(table: Table) -> float | None:
    """Return Loevinger's H: 1 - errors / errors expected by chance, over pairs of statements.

    An error is a yes to the less popular statement of a pair with none to the more popular one;
    by chance the two are independent. None without variation, when none is expected.
    """
    ordered = table[:, np.argsort(-table.mean(axis=0), kind="stable")].astype(np.float64)
    share = ordered.mean(axis=0)
    above = np.triu(np.ones((len(share), len(share)), dtype=bool), k=1)
    observed = ((1 - ordered).T @ ordered)[above].sum()
    expected = len(table) * np.outer(1 - share, share)[above].sum()
    return None if expected < 1e-9 else float(1 - observed / expected)


def out_of_order_rates(rows: Iterable[Row]) -> list[OutOfOrder]:
    """Return, for every item and level, how often its statement is yes above one that is not."""
    by_item: dict[str, list[Row]] = {}
    for row in single_rows(rows):
        by_item.setdefault(row.item, []).append(row)
    found = []
    for item, members in by_item.items():
        for place in range(len(members[0].answers)):
            count = sum(
                row.answers[place] == Answer.YES and level(row.answers) <= place for row in members
            )
            found.append(OutOfOrder(item, place + 2, len(members), count, count / len(members)))
    return found


def item_total(rows: Iterable[Row]) -> dict[str, Correlation]:
    """Return for each item the correlation of its level with the mean level of the sheet's others.

    Over the sheets that answered the item and at least one other item of the theme singly.
    """
    levels: dict[str, dict[str, int]] = {}
    for row in single_rows(rows):
        levels.setdefault(row.item, {})[row.sheet] = level(row.answers)
    sums: dict[str, tuple[int, int]] = {}
    for by_sheet in levels.values():
        for sheet, found in by_sheet.items():
            total, count = sums.get(sheet, (0, 0))
            sums[sheet] = total + found, count + 1
    correlations = {}
    for item, by_sheet in levels.items():
        pairs = [
            (found, (sums[sheet][0] - found) / (sums[sheet][1] - 1))
            for sheet, found in by_sheet.items()
            if sums[sheet][1] > 1
        ]
        correlations[item] = _pearson([one for one, _ in pairs], [rest for _, rest in pairs])
    return correlations


def rank_correlation(stages: Sequence[float], values: Sequence[float]) -> Correlation:
    """Return Spearman's rank correlation of stages with an indicator, one pair a country.

    Ties share the mean rank. Below 10 countries the result carries a warning. Raises ValueError
    for lists of different lengths.
    """
    if len(stages) != len(values):
        raise ValueError(f"There are {len(stages)} stages and {len(values)} values.")
    found = _pearson(_ranks(stages), _ranks(values))
    if found.pairs >= FEWEST_COUNTRIES:
        return found
    warning = ngettext(
        "This rests on %(n)s country; below %(fewest)s a rank correlation says next to nothing.",
        "This rests on %(n)s countries; below %(fewest)s a rank correlation says next to nothing.",
        found.pairs,
        fewest=FEWEST_COUNTRIES,
    )
    return Correlation(found.value, found.pairs, found.reason, warning)


def _ranks(values: Sequence[float]) -> list[float]:
    _distinct, places, counts = np.unique(
        np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True
    )
    middles = counts.cumsum() - (counts - 1) / 2
    return [float(rank) for rank in middles[places]]


def _pearson(first: Sequence[float], second: Sequence[float]) -> Correlation:
    pairs = len(first)
    if pairs < FEWEST_PAIRS:
        few = ngettext(
            "Fewer than %(n)s pair of values.", "Fewer than %(n)s pairs of values.", FEWEST_PAIRS
        )
        return Correlation(None, pairs, few)
    if len(set(first)) == 1 or len(set(second)) == 1:
        return Correlation(None, pairs, ALL_ALIKE)
    return Correlation(float(np.corrcoef(first, second)[0, 1]), pairs)
