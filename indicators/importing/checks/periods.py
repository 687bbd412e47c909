"""Every value has a period that can be: no dates as numbers, no years out of range."""

import json
from datetime import date

import polars as pl

from .. import layout as roles
from .. import messages
from ..faults import FAULT_SCHEMA, found_at
from ..periods import DAY, YEAR, Period, is_date_number, is_split_year, period_of
from .known import Checked, Known, decided, wrong_where

_ANSWERS = pl.Schema(
    {
        "period": pl.String,
        "frequency": pl.String,
        "_period": pl.String,
        "_frequency": pl.String,
        "_mark": pl.String,
        "_fault": pl.String,
        "_found": pl.String,
        "_expected": pl.String,
        "_facts": pl.String,
    }
)
_PAIR = ["period", "frequency"]
_FAULTS = (
    "period_blank",
    "period_unclear",
    "period_date_number",
    "period_out_of_range",
    "frequency_contradicted",
)
BUDDHIST = 543  # the years by which Thai, Lao and Khmer calendars are ahead
_FREQUENCIES = {"H": "S", "ANNUAL": "A", "QUARTERLY": "Q", "MONTHLY": "M", "B": "D", "Y": "A"}


def check(cells: pl.DataFrame, known: Known) -> Checked:
    """Replaces `period` and `frequency` by the canonical ones."""
    pairs = cells.select(_PAIR).unique(maintain_order=True).rows()
    yearly = dates_are_years([text for text, _ in pairs])
    if yearly:
        known.count("year_dates", pl.Series([yearly]))
    split = _are_split_years([text for text, _ in pairs])
    answers = [
        _unclear(text, given)
        if split and is_split_year(text)
        else _answer(text, given, bool(yearly), known)
        for text, given in pairs
    ]
    cells = decided(cells, _PAIR, answers, _ANSWERS)
    marked = cells.filter(pl.col("_mark") != "")
    if marked.height:
        known.count("footnote_periods", marked["_mark"])
    faults = []
    for fault in _FAULTS:
        of = cells.filter(pl.col("_fault") == fault)
        faults.append(
            found_at(
                known.once(of, roles.PERIOD),
                fault,
                column=known.column(roles.PERIOD),
                found="_found",
                expected=pl.col("_expected"),
                facts=pl.col("_facts"),
            )
        )
    cells = cells.with_columns(
        pl.col("_period").alias("period"),
        pl.col("_frequency").alias("frequency"),
        wrong_where(pl.col("_fault").is_not_null()),
    )
    own = [name for name in _ANSWERS if name.startswith("_")]
    return cells.drop(own), pl.concat([FAULT_SCHEMA.to_frame(), *faults])


def _answer(text: str, given: str, yearly: bool, known: Known) -> dict[str, object]:
    reference = known.reference
    answer: dict[str, object] = {"period": text, "frequency": given, "_found": text, "_mark": ""}
    if not text:
        return answer | {"_fault": "period_blank"}
    period = period_of(text)
    wanted = _FREQUENCIES.get(given.upper(), given.upper())
    if period and period.frequency == DAY and (yearly or wanted == YEAR):
        period = Period(str(period.year), YEAR, period.year)
    if period is None:
        if is_date_number(text):
            return answer | {"_fault": "period_date_number", **_date_of(text)}
        return answer | {"_fault": "period_unclear"}
    if not reference.first_year <= period.year <= reference.last_year:
        answer |= {"_fault": "period_out_of_range"}
        if reference.first_year <= (year := period.year - BUDDHIST) <= reference.last_year:
            facts = {"year": str(year), "number": str(period.year)}
            return answer | {"_expected": messages.BUDDHIST_YEAR, "_facts": json.dumps(facts)}
        years = {"first": str(reference.first_year), "last": str(reference.last_year)}
        return answer | {"_facts": json.dumps(years)}
    if wanted and wanted != period.frequency:
        return answer | {
            "_fault": "frequency_contradicted",
            "_found": f"{text}, {given}",
            "_facts": json.dumps({"frequency": period.frequency}),
        }
    return answer | {
        "_period": period.text,
        "_frequency": period.frequency,
        "_mark": period.mark,
    }


def _unclear(text: str, given: str) -> dict[str, object]:
    return {
        "period": text,
        "frequency": given,
        "_found": text,
        "_mark": "",
        "_fault": "period_unclear",
        "_expected": messages.ONE_YEAR,
    }


def _are_split_years(texts: list[str]) -> bool:
    """Whether 2009-10 among these is a year over two, not an October: a neighbour shows it."""
    return any(is_split_year(text) and period_of(text) is None for text in texts)


def _date_of(number: str) -> dict[str, str]:
    """What is expected instead of a date as a number: the year it stands for."""
    day = date.fromordinal(date(1899, 12, 30).toordinal() + int(number))
    facts = {"year": str(day.year), "number": number, "day": day.isoformat()}
    return {"_expected": messages.DATED_YEAR, "_facts": json.dumps(facts)}


def dates_are_years(texts: list[str]) -> str:
    """An example where all periods are the first, or all the last, day of a year; else ''."""
    periods = [period_of(text) for text in texts if text]
    days = [period.text for period in periods if period and period.frequency == DAY]
    ends = {day[4:] for day in days}
    only = len(days) == len(periods) and len(ends) == 1 and ends <= {"-01-01", "-12-31"}
    return days[0] if days and only else ""
