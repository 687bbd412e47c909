"""Indicators of a round's country as a second witness beside its sheets (method.md section 5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from countries.models import Country, GroupMember
from diagnostics.models import Round
from diagnostics.scoring.instrument import IndicatorBinding, Item
from diagnostics.scoring.witness import Evidence, Observation, diverges, evidence
from indicators.queries import Value, newest_values

FEWEST_PEERS = 3


@dataclass(frozen=True)
class Heard:
    """The newest value of each bound indicator for the round's country, by code.

    `end_year` is the year in which the round ends, never today's; None for a round that is not
    about a country, of which no indicator speaks.
    """

    end_year: int | None
    values: Mapping[str, Value]

    @property
    def observations(self) -> list[Observation]:
        return [
            Observation(one.code, one.year, one.value, one.source) for one in self.values.values()
        ]

    def as_data(self) -> list[dict[str, Any]]:
        """What a snapshot copies: every value with its indicator, period and import."""
        return [asdict(value) for value in self.values.values()]


@dataclass(frozen=True)
class Witness:
    """One indicator bound to an item: its marks by level, newest value, and peers' median."""

    binding: IndicatorBinding
    value: Value | None
    level: int | None
    peers: float | None
    peer_count: int

    @property
    def marks(self) -> list[tuple[int, str]]:
        """Each level from 2 with what the value must be for it."""
        match self.binding.better:
            case "higher":
                words = [_("at least %s") % floatformat(at, -2) for at in self.binding.thresholds]
            case "lower":
                words = [_("at most %s") % floatformat(at, -2) for at in self.binding.thresholds]
            case _:
                words = [
                    _("%(low)s to %(high)s")
                    % {"low": floatformat(low, -2), "high": floatformat(high, -2)}
                    for low, high in self.binding.ranges
                ]
        return list(enumerate(words, start=2))


@dataclass(frozen=True)
class ItemWitnesses:
    """What the indicators say of one item; `level` is None where none has a value."""

    evidence: Evidence
    witnesses: list[Witness]

    @property
    def level(self) -> int | None:
        return self.evidence.level

    def diverges_from(self, agreed: int) -> bool:
        """Whether it lies two or more levels from what is agreed."""
        return diverges(agreed, self.evidence)


def heard(round: Round) -> Heard:
    """Read the current values once, of the years that the instrument lets count."""
    instrument = round.instrument_version.instrument
    if instrument.subject != "country":
        return Heard(None, {})
    by_country = _by_country(round, instrument.items().values(), [])
    return Heard(round.period_end.year, _of(round.country_id, by_country))


def on_page(round: Round, theme: str = "") -> dict[str, ItemWitnesses]:
    """The witnesses of each item, of one theme or of all, that has any bound, with peers' medians.

    Peers are the other countries of the World Bank region, where three of them have a value.
    """
    instrument = round.instrument_version.instrument
    themes = [one for one in instrument.themes if theme in ("", one.code)]
    items = (item for one in themes for item in one.items)
    bound = [item for item in items if item.indicators]
    if not bound or instrument.subject != "country":
        return {}
    peers = _peers(round.country)
    by_country = _by_country(round, bound, peers)
    own = Heard(round.period_end.year, _of(round.country_id, by_country))
    given = own.observations
    found = {}
    for item in bound:
        said = evidence(
            item,
            given,
            end_year=round.period_end.year,
            max_age_years=instrument.max_age_years,
        )
        levels = {one.indicator: one.level for one in said.testimonies}
        found[item.code] = ItemWitnesses(
            said,
            [
                Witness(
                    binding,
                    own.values[binding.code] if binding.code in levels else None,
                    levels.get(binding.code),
                    *_middle(by_country.get(binding.code, {}), peers),
                )
                for binding in item.indicators
            ],
        )
    return found


def _of(country: str, by_country: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    return {code: rows[country] for code, rows in by_country.items() if country in rows}


def _by_country(
    round: Round, items: Iterable[Item], peers: Collection[str]
) -> Mapping[str, Mapping[str, Value]]:
    end = round.period_end.year
    return newest_values(
        {binding.code for item in items for binding in item.indicators},
        [round.country_id, *peers],
        first_year=end - round.instrument_version.instrument.max_age_years,
        last_year=end,
    )


def _peers(country: Country) -> set[str]:
    region = GroupMember.objects.filter(
        country=country, group__grouping=Country.Grouping.BANK_REGION
    )
    return set(
        GroupMember.objects.filter(group__in=region.values("group"))
        .exclude(country=country)
        .values_list("country", flat=True)
    )


def _middle(rows: Mapping[str, Value], peers: Collection[str]) -> tuple[float | None, int]:
    values = [row.value for country, row in rows.items() if country in peers]
    return (median(values) if len(values) >= FEWEST_PEERS else None, len(values))
