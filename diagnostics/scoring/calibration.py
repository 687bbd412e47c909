"""Thresholds of bound indicators from quantiles over countries (method.md section 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from countries.content.sentences import _, ngettext

from .instrument import IndicatorBinding, Instrument

FEWEST = 10
"""Countries below which quantiles say too little (method.md section 9 warns below as many)."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A binding before and after; `after` is empty where `reason` says why it stays as it is."""

    item: str
    indicator: str
    countries: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    reason: str = ""


def calibrate(
    instrument: Instrument, values: Mapping[str, Sequence[float]], *, version: str
) -> tuple[Instrument, list[Calibrated]]:
    """The instrument as a new version with thresholds at evenly spaced quantiles of `values`.

    `values` are one of each country, by indicator code; with L levels the thresholds of levels
    2..L are the quantiles 1/L..(L-1)/L (inverse distribution, so values that occur), turned round
    where lower is better. Ranges (`within`), discontinued series, indicators without values and
    those whose quantiles tie stay as they are.
    """
    told: list[Calibrated] = []

    def bound(item: str, binding: IndicatorBinding) -> IndicatorBinding:
        found = sorted(values.get(binding.code, ()))
        after, reason = _thresholds(binding, found, instrument.levels)
        told.append(Calibrated(item, binding.code, len(found), binding.thresholds, after, reason))
        return replace(binding, thresholds=after) if after else binding

    themes = tuple(
        replace(
            theme,
            items=tuple(
                replace(item, indicators=tuple(bound(item.code, one) for one in item.indicators))
                for item in theme.items
            ),
        )
        for theme in instrument.themes
    )
    return replace(instrument, version=version, themes=themes), told


def _thresholds(
    binding: IndicatorBinding, found: Sequence[float], levels: int
) -> tuple[tuple[float, ...], str]:
    if binding.better not in ("higher", "lower"):
        return (), _("It is judged by ranges, which quantiles do not give.")
    if binding.years is not None:
        return (), _("It is a discontinued series.")
    if not found:
        return (), _("The dataset has no value of it in these years.")
    if len(found) < FEWEST:
        return (), ngettext(
            "Fewer than %(n)s country has a value.",
            "Fewer than %(n)s countries have a value.",
            FEWEST,
        )
    rising = [found[ceil(step * len(found) / levels - 1e-9) - 1] for step in range(1, levels)]
    if len(set(rising)) < len(rising):
        return (), _("Too many countries share a value: its quantiles tie.")
    return tuple(rising if binding.better == "higher" else reversed(rising)), ""
