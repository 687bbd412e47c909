"""One indicator over countries and time, as its page and its files show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from activity.charts import Chart
from countries.models import Country
from indicators.explorer import charts, queries
from indicators.explorer.charts import Ranked
from indicators.explorer.selection import Selection
from indicators.models import CurrentValue, Import, Indicator

ENOUGH = 0.5  # a year counts as covered with this share of the best covered year's countries


@dataclass(frozen=True)
class OneIndicator:
    """`groups` are the countries of each group. Properties ask the database once each."""

    indicator: Indicator
    choice: Selection
    areas: Mapping[str, Country]
    groups: Mapping[str, Sequence[str]]

    @cached_property
    def breakdowns(self) -> Sequence[str]:
        return queries.breakdowns(self.indicator)

    @property
    def breakdown(self) -> str:
        """The chosen part, else the whole country or, where no value is of one, the first part."""
        if self.choice.breakdown in self.breakdowns:
            return self.choice.breakdown
        return next(iter(self.breakdowns), "")

    @cached_property
    def years(self) -> Mapping[int, int]:
        return queries.years(self.indicator, self.breakdown)

    @cached_property
    def year(self) -> int | None:
        """The chosen year, else the newest with values of many countries."""
        if self.choice.year in self.years:
            return self.choice.year
        needed = ENOUGH * max(self.years.values(), default=0)
        return next((year for year, count in self.years.items() if count >= needed), None)

    @cached_property
    def places(self) -> list[Ranked]:
        """The ranking of the year among the peers, or among all countries; the chosen are in it."""
        if self.year is None:
            return []
        among = set(self.areas)
        if self.choice.group:
            among = {*self.groups[self.choice.group], *self.choice.countries}
        names = {
            code: str(area)
            for code, area in self.areas.items()
            if code in among and area.kind == Country.Kind.COUNTRY
        }
        rows = queries.of_year(self.indicator, self.year, self.breakdown)
        return charts.ranked(self.indicator, rows, names)

    @cached_property
    def drawn(self) -> Sequence[str]:
        """The chosen countries; without any, the first, the middle and the last of the ranking."""
        if self.choice.countries or not self.places:
            return self.choice.countries
        ends = [self.places[0], self.places[len(self.places) // 2], self.places[-1]]
        return list(dict.fromkeys(place.code for place in ends))

    @cached_property
    def rows(self) -> Mapping[str, Sequence[CurrentValue]]:
        """The values over time of the countries drawn."""
        found = queries.lines([self.indicator], self.drawn, self.breakdown)
        return found.get(self.indicator.pk, {})

    @cached_property
    def origins(self) -> Mapping[int, Import]:
        """The imports behind the values shown, by id."""
        drawn = [row for rows in self.rows.values() for row in rows]
        return queries.origins([*drawn, *(place.row for place in self.places)])

    def lines(self) -> Chart | None:
        series = {
            self.areas[code].name: {row.period: row.value for row in self.rows.get(code, ())}
            for code in self.drawn
        }
        median = {self.peers_name: self._medians()} if self.choice.group else {}
        return charts.lines(self.indicator, series, beside=median)

    def ranking(self) -> Chart | None:
        return charts.ranking(
            self.indicator, self.places, self.year, self.choice.countries, self.origins
        )

    def world(self) -> Chart | None:
        return charts.world(self.indicator, self.places, self.year)

    @property
    def peers_name(self) -> str:
        return charts.median_of(self.areas[self.choice.group].name)

    def _medians(self) -> Mapping[str, float]:
        """By year, where enough of the peers have a value: few would make it jump."""
        peers = self.groups[self.choice.group]
        found = queries.medians_by_year(self.indicator, peers, self.breakdown)
        needed = ENOUGH * max((peers.count for peers in found.values()), default=0)
        return {str(y): peers.median for y, peers in sorted(found.items()) if peers.count >= needed}
