"""What a plan costs, who pays, and what is still open. Amounts are exact, never converted."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure; `cost` is None where nobody has estimated it. `funding` is by source; `begins`
    is the year in which it starts."""

    title: str
    theme: str
    horizon: int
    cost: Decimal | None
    currency: str = ""
    price_year: int | None = None
    funding: tuple[tuple[str, Decimal], ...] = ()
    begins: int | None = None

    @property
    def funded(self) -> Decimal:
        return sum((amount for _source, amount in self.funding), ZERO)

    @property
    def gap(self) -> Decimal | None:
        """What no source covers yet; None where the cost is not known."""
        return None if self.cost is None else max(self.cost - self.funded, ZERO)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum over measures of one `key`, which share a currency and a price year."""

    key: Hashable
    currency: str
    price_year: int | None
    measures: int
    cost: Decimal
    funded: Decimal

    @property
    def gap(self) -> Decimal:
        return self.cost - self.funded


def totals(lines: Iterable[Line], key: Callable[[Line], Hashable] = lambda line: "") -> list[Total]:
    """Sums by `key`, currency and price year, in order of first mention.

    Costs of another currency or of another year's prices are never added; measures without a
    cost are left out. Funding beyond a measure's cost fills no other gap.
    """
    grouped: dict[tuple[Hashable, str, int | None], list[Line]] = {}
    for line in lines:
        if line.cost is not None:
            grouped.setdefault((key(line), line.currency, line.price_year), []).append(line)
    return [
        Total(
            *group,
            measures=len(held),
            cost=sum((line.cost or ZERO for line in held), ZERO),
            funded=sum((min(line.funded, line.cost or ZERO) for line in held), ZERO),
        )
        for group, held in grouped.items()
    ]


def by_source(lines: Iterable[Line]) -> list[tuple[str, str, int | None, Decimal]]:
    """What each source pays, as (source, currency, price year, amount)."""
    paid: dict[tuple[str, str, int | None], Decimal] = {}
    for line in lines:
        for source, amount in line.funding:
            group = (source, line.currency, line.price_year)
            paid[group] = paid.get(group, ZERO) + amount
    return [(*group, amount) for group, amount in paid.items()]
