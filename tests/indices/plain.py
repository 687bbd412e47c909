"""The chain of an index once more, in plain Python: lists and dicts, one value at a time."""

import math
from statistics import mean, median, stdev

Row = list[float | None]


def skewness(values: list[float]) -> float:
    n, m, s = len(values), mean(values), stdev(values)
    return n / ((n - 1) * (n - 2)) * sum((x - m) ** 3 for x in values) / s**3


def kurtosis(values: list[float]) -> float:
    n, m, s = len(values), mean(values), stdev(values)
    first = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
    return first * sum((x - m) ** 4 for x in values) / s**4 - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


def outlying(values: list[float]) -> bool:
    if len(values) < 4 or len(set(values)) == 1:
        return False
    return abs(skewness(values)) > 2 + 1e-9 and kurtosis(values) > 3.5 + 1e-9


def treated(values: list[float], most: int = 5) -> list[float]:
    worked, moved = list(values), set()
    while outlying(worked) and len(moved) < most:
        end = max(worked) if skewness(worked) >= 0 else min(worked)
        rest = [x for x in worked if x != end]
        nearest = max(rest) if skewness(worked) >= 0 else min(rest)
        for at, x in enumerate(worked):
            if x == end:
                worked[at] = nearest
                moved.add(at)
    if not outlying(worked):
        return worked
    side = 1 if skewness(values) >= 0 else -1
    turned = [side * x for x in values]
    low, high = min(turned), max(turned)
    return [side * math.log(x - low + 0.01 * (high - low)) for x in turned]


def there(column: Row) -> list[float]:
    return [x for x in column if x is not None]


def filled(column: Row, method: str) -> Row:
    fill = {"mean": mean, "median": median}[method](there(column))
    return [fill if x is None else x for x in column]


def treated_column(column: Row) -> Row:
    if not outlying(there(column)):
        return column
    worked = iter(treated(there(column)))
    return [None if x is None else next(worked) for x in column]


def scored(column: Row, direction: int, method: str) -> Row:
    turned = [None if x is None else direction * x for x in column]
    held = there(turned)
    low, high = min(held), max(held)
    if low == high and method != "percentile_rank":
        return [None] * len(column)

    def score(x: float) -> float:
        if method == "min_max":
            return (x - low) / (high - low)
        if method == "z_score":
            return (x - mean(held)) / stdev(held)
        return sum(other < x for other in held) / (len(held) - 1)

    return [None if x is None else score(x) for x in turned]


def weighted(values: Row, weights: list[float], method: str, needed: float) -> float | None:
    pairs = [(x, w) for x, w in zip(values, weights, strict=True) if x is not None]
    if not pairs or len(pairs) / len(values) < needed:
        return None
    total = sum(w for _x, w in pairs)
    if method == "geometric":
        return math.exp(sum(w * math.log(x) for x, w in pairs) / total)
    if method == "harmonic":
        return total / sum(w / x for x, w in pairs)
    return sum(w * x for x, w in pairs) / total


def rank(scores: Row) -> list[int | None]:
    held = there(scores)
    return [None if x is None else 1 + sum(y > x + 1e-9 for y in held) for x in scores]
