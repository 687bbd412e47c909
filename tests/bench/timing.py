"""Timing two things by turns, so that whatever slows the machine slows both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

WARMING = 5


@dataclass(frozen=True)
class Ratio:
    """Medians of A and B in milliseconds; A through B as median, lower and upper quartile."""

    a: float
    b: float
    times: float
    low: float
    high: float


def compared(a: Callable[[], object], b: Callable[[], object], rounds: int) -> Ratio:
    """Run `a` and `b` by turns, changing who is first, `rounds` times after some warming up."""
    for _ in range(WARMING):
        a(), b()
    pairs = []
    for at in range(rounds):
        if at % 2:
            pairs.append((_ms(a), _ms(b)))
        else:
            pairs.append((_ms(b), _ms(a))[::-1])
    of_a, of_b = zip(*pairs, strict=True)
    low, middle, high = quantiles([x / y for x, y in pairs], n=4)
    return Ratio(median(of_a), median(of_b), middle, low, high)


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)
