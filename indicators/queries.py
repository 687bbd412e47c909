"""What readers ask of the current values. Each function is one query, whatever it is asked about.

A fictional dataset holds fictional countries only and any other holds none (`models.Dataset`), so
values of one indicator are all real or all invented. One code may stand in several datasets; what
is asked by code gets the newest value whichever dataset it is in, and says which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet

from accounts.models import User
from accounts.queries import memberships_allowing
from accounts.roles import Permission
from countries.models import Country
from indicators.models import CurrentValue, Dataset, Indicator


@dataclass(frozen=True)
class Value:
    """One current value with its provenance; `import_id` is what a snapshot cites."""

    code: str
    title: str
    country: str
    value: float
    unit: str
    year: int
    period: str
    flag: str
    note: str
    standard_error: float | None
    sample_size: int | None
    import_id: int
    vintage: str
    indicator_id: int
    dataset: str
    dataset_title: str
    dataset_note: str
    source: str
    licence: str
    is_fictional: bool


@dataclass(frozen=True)
class Coverage:
    """How far an indicator reaches: values that are not missing, countries, first and last year."""

    values: int
    countries: int
    first_year: int
    last_year: int


def newest_values(
    codes: Iterable[str], countries: Iterable[str], *, first_year: int, last_year: int
) -> Mapping[str, Mapping[str, Value]]:
    """By indicator code and country: the newest value in those years, both included.

    method.md section 5: `last_year` is the year in which a round ends, `first_year` that less the
    instrument's `max_age_years`. Missing values, and those of a part of the country (a breakdown),
    do not count.
    """
    found = (
        CurrentValue.objects.filter(
            indicator__code__in=set(codes),
            country__in=set(countries),
            year__range=(first_year, last_year),
            value__isnull=False,
            breakdown="",
        )
        .order_by(
            "indicator__code",
            "country_id",
            "-year",
            "frequency",  # "A" comes first: of one year, the value of the whole of it
            "-period",
            "-origin__committed_at",
        )
        .distinct("indicator__code", "country_id")
    )
    values: dict[str, dict[str, Value]] = {}
    for row in _with_provenance(found):
        values.setdefault(row.indicator.code, {})[row.country_id] = _value(row)
    return values


def values_by_indicator(
    dataset: Dataset, *, first_year: int, last_year: int
) -> dict[str, dict[str, float]]:
    """By indicator and country code: the newest value in those years, both included."""
    found = (
        CurrentValue.objects.filter(
            indicator__dataset=dataset,
            country__kind=Country.Kind.COUNTRY,
            year__range=(first_year, last_year),
            value__isnull=False,
            breakdown="",
        )
        .order_by("indicator_id", "country_id", "-year", "frequency", "-period")
        .distinct("indicator_id", "country_id")
        .values_list("indicator__code", "country_id", "value")
    )
    values: dict[str, dict[str, float]] = {}
    for code, country, value in found:
        values.setdefault(code, {})[country] = value
    return values


def series(
    indicator: Indicator, countries: Iterable[str] | None = None
) -> Mapping[str, list[CurrentValue]]:
    """The indicator's values over time by country, oldest first; of all countries if none given."""
    rows = CurrentValue.objects.filter(indicator=indicator, breakdown="")
    if countries is not None:
        rows = rows.filter(country__in=set(countries))
    found: dict[str, list[CurrentValue]] = {}
    for row in rows.order_by("country_id", "year", "period"):
        found.setdefault(row.country_id, []).append(row)
    return found


def coverage(indicators: Iterable[Indicator]) -> Mapping[int, Coverage]:
    """By indicator id; an indicator without a value is not in it."""
    rows = (
        CurrentValue.objects.filter(indicator__in=list(indicators), value__isnull=False)
        .order_by()
        .values_list("indicator_id")
        .annotate(Count("value"), Count("country", distinct=True), Min("year"), Max("year"))
    )
    return {indicator: Coverage(*facts) for indicator, *facts in rows}


def may_load(user: User) -> bool:
    """Whether the person loads datasets: these are about all countries, so the role must be too."""
    return memberships_allowing(user, Permission.DATASET_LOAD).filter(country=None).exists()


def _with_provenance(rows: QuerySet[CurrentValue]) -> QuerySet[CurrentValue]:
    return rows.select_related("indicator__dataset", "origin")


def _value(row: CurrentValue) -> Value:
    indicator, dataset = row.indicator, row.indicator.dataset
    return Value(
        code=indicator.code,
        title=indicator.title,
        country=row.country_id,
        value=row.value,
        unit=row.unit or indicator.unit,
        year=row.year,
        period=row.period,
        flag=row.flag,
        note=row.note,
        standard_error=row.standard_error,
        sample_size=row.sample_size,
        import_id=row.origin_id,
        vintage=row.origin.vintage,
        indicator_id=indicator.pk,
        dataset=dataset.code,
        dataset_title=dataset.title,
        dataset_note=dataset.note,
        source=indicator.source or dataset.publisher,
        licence=indicator.licence or dataset.licence,
        is_fictional=dataset.is_fictional,
    )
