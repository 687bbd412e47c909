"""Thresholds from a loaded dataset, looked at before a draft takes them (method.md section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from countries.models import Country
from diagnostics.scoring.calibration import Calibrated, calibrate
from diagnostics.scoring.instrument import IndicatorBinding, Instrument, Item
from diagnostics.scoring.witness import evidence_level
from indicators.models import Dataset, Indicator
from indicators.queries import values_by_indicator


@dataclass(frozen=True)
class Row:
    """One bound indicator: its thresholds before and after, and the countries behind.

    `levels` has each level with the countries that the thresholds to come put there, and their
    values, the lowest first.
    """

    item: Item
    binding: IndicatorBinding
    title: str
    told: Calibrated
    levels: list[tuple[int, list[tuple[str, float]]]]


@dataclass(frozen=True)
class Calibration:
    """An instrument as the dataset would have it; `changes` is how many bindings it changes."""

    instrument: Instrument
    told: list[Calibrated]
    values: Mapping[str, Mapping[str, float]]

    @property
    def changes(self) -> int:
        return sum(1 for one in self.told if one.after)

    def rows(self) -> list[Row]:
        """Every binding in the order of the instrument; two queries."""
        names = dict(Country.objects.values_list("code", "name"))
        titles = dict(Indicator.objects.filter(code__in=self.values).values_list("code", "title"))
        told = iter(self.told)
        return [
            Row(item, bound, titles.get(bound.code, bound.code), next(told),
                self._levels(bound, names))
            for theme in self.instrument.themes
            for item in theme.items
            for bound in item.indicators
        ]  # fmt: skip

    def _levels(
        self, bound: IndicatorBinding, names: Mapping[str, str]
    ) -> list[tuple[int, list[tuple[str, float]]]]:
        levels: dict[int, list[tuple[str, float]]] = {}
        of = self.values.get(bound.code, {})
        for country, value in sorted(of.items(), key=lambda one: one[1]):
            at = evidence_level(bound, value)
            levels.setdefault(at, []).append((names.get(country, country), value))
        return sorted(levels.items())


def calibrated(instrument: Instrument, dataset: Dataset, year: int) -> Calibration:
    """The instrument with thresholds from the dataset's quantiles; nothing is stored.

    Counted is each country's newest value of the years from `year` back as far as the instrument
    takes indicators.
    """
    values = values_by_indicator(
        dataset, first_year=year - instrument.max_age_years, last_year=year
    )
    found = {code: list(of.values()) for code, of in values.items()}
    drafted, told = calibrate(instrument, found, version=instrument.version)
    return Calibration(drafted, told, values)
