"""Statistics of columns with missing values (NaN), without a warning for empty columns."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TIE = 1e-12
"""Values closer than this share of their size are equal: the order of a sum moves it so much."""


def mean(values: Floats) -> Floats:
    """The mean of what is there in each column; NaN where nothing is."""
    count = (~np.isnan(values)).sum(axis=0)
    return _divided(np.nansum(values, axis=0), count)


def deviation(values: Floats) -> Floats:
    """The standard deviation of each column, with n - 1; NaN below two values."""
    count = (~np.isnan(values)).sum(axis=0)
    squares = np.nansum((values - mean(values)) ** 2, axis=0)
    return np.sqrt(_divided(squares, count - 1.0))


def median(values: Floats) -> Floats:
    """The median of what is there in each column; NaN where nothing is."""
    ordered = np.sort(values, axis=0)  # NaN sorts last
    count = (~np.isnan(values)).sum(axis=0)
    columns = np.arange(values.shape[1])
    low = ordered[np.maximum((count - 1) // 2, 0), columns]
    return np.asarray((low + ordered[np.minimum(count // 2, len(values) - 1), columns]) / 2)


def lowest(values: Floats) -> Floats:
    """The smallest value of each column; NaN where nothing is."""
    return np.asarray(np.fmin.reduce(values, axis=0))


def highest(values: Floats) -> Floats:
    """The largest value of each column; NaN where nothing is."""
    return np.asarray(np.fmax.reduce(values, axis=0))


def spread(values: Floats) -> Floats:
    """Highest less lowest of each column; 0 where they differ by rounding only."""
    high, low = highest(values), lowest(values)
    return np.where(high - low > TIE * np.maximum(np.abs(high), np.abs(low)), high - low, 0.0)


def shape_of(values: Floats) -> tuple[Floats, Floats]:
    """Sample skewness and excess kurtosis of each column (method.md section 10).

    NaN without spread, and below three values (skewness) or four (kurtosis).
    """
    there = ~np.isnan(values)
    n = there.sum(axis=0).astype(float)
    centre = _divided(np.where(there, values, 0.0).sum(axis=0), n)
    apart = np.where(there, values - centre, 0.0)
    squares = apart * apart
    s2 = _divided(squares.sum(axis=0), n - 1)
    skew = _divided(n * (squares * apart).sum(axis=0), (n - 1) * (n - 2) * s2 * np.sqrt(s2))
    fourths = n * (n + 1) * (squares * squares).sum(axis=0)
    flat = _divided(fourths, (n - 1) * (n - 2) * (n - 3) * s2 * s2)
    return skew, flat - _divided(3 * (n - 1) ** 2, (n - 2) * (n - 3))


def percentile_ranks(values: Floats) -> Floats:
    """The share of the others that are lower, in each column; NaN where there are no others."""
    below = (values[:, None, :] > values[None, :, :]).sum(axis=1).astype(float)
    others = (~np.isnan(values)).sum(axis=0) - 1.0
    return np.where(np.isnan(values), np.nan, _divided(below, others))


def ranks(scores: Floats) -> Floats:
    """Ranks along the last axis, highest score first; ties share the best, NaN has none."""
    margin = TIE * np.fmax.reduce(np.abs(scores), axis=-1, keepdims=True)
    better = scores[..., None, :] > (scores + margin)[..., :, None]
    return np.where(np.isnan(scores), np.nan, 1.0 + better.sum(axis=-1))


def _divided(above: Floats, below: Floats) -> Floats:
    """Above through below; NaN where below is not above 0."""
    known = below > 0
    return np.where(known, above / np.where(known, below, 1.0), np.nan)
