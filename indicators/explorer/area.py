"""One country over its indicators, as its page and its file show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from countries.models import Country
from indicators.explorer import queries
from indicators.explorer.charts import sparkline
from indicators.explorer.queries import Peers
from indicators.explorer.selection import Selection
from indicators.explorer.words import change, shown
from indicators.models import CurrentValue, Import, Indicator

SPAN = 20  # years that a sparkline covers at most
AGO = 5  # years over which a change is told


@dataclass(frozen=True)
class Line:
    """One indicator of a country: `past` are its values over time, the newest last.

    `origin` is the import that brought the newest.
    """

    indicator: Indicator
    past: Sequence[CurrentValue]
    origin: Import
    peers: Peers | None

    @property
    def newest(self) -> CurrentValue:
        return self.past[-1]

    @property
    def value(self) -> str:
        return shown(self.newest.value)

    @property
    def median(self) -> str:
        return shown(self.peers.median) if self.peers else ""

    @property
    def spark(self) -> str:
        return sparkline([row.value for row in self.past]) if len(self.past) > 1 else ""

    @cached_property
    def before(self) -> CurrentValue | None:
        """The value AGO years before the newest or, failing that, the next older one."""
        older = [row for row in self.past if row.year <= self.newest.year - AGO]
        return older[-1] if older else None

    @property
    def moved(self) -> str:
        return change(self.newest.value - self.before.value) if self.before else ""


@dataclass(frozen=True)
class OneArea:
    """Peers are the chosen countries, else those of the chosen group, else of the sub-region."""

    area: Country
    choice: Selection
    areas: Mapping[str, Country]
    groups: Mapping[str, Sequence[str]]

    @property
    def group(self) -> str:
        """The code of the group whose countries are the peers; empty where they are chosen."""
        if self.choice.countries:
            return ""
        own = (code for code, members in self.groups.items() if self.area.code in members)
        sub = Country.Grouping.UN_SUBREGION
        return self.choice.group or next((c for c in own if self.areas[c].grouping == sub), "")

    @property
    def peers(self) -> list[str]:
        codes = self.choice.countries or self.groups.get(self.group, ())
        return [code for code in codes if code != self.area.code]

    def lines(self, indicators: Iterable[Indicator]) -> list[Line]:
        """Those indicators with their values; three queries."""
        indicators = list(indicators)
        past = queries.lines(indicators, [self.area.code])
        rows = {pk: found[self.area.code] for pk, found in past.items()}
        peers = queries.peers_of((row[-1] for row in rows.values()), self.peers)
        origins = queries.origins(row[-1] for row in rows.values())
        return [
            Line(one, row[-SPAN:], origins[row[-1].origin_id], peers.get(one.pk))
            for one in indicators
            if (row := rows.get(one.pk))
        ]
