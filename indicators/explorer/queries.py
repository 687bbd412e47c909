"""What the explorer asks, each in one query that an index serves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Aggregate, Count, Exists, FloatField, OuterRef, Q, QuerySet

from countries.models import Alias, Country, GroupMember
from indicators.models import CurrentValue, Import, Indicator


class Median(Aggregate):
    """The middle value, between the two middle ones where the count is even."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Peers:
    """The median of other countries in one year, and over how many of them it is."""

    median: float
    count: int


def with_values() -> QuerySet[Indicator]:
    """The indicators that have a value, with their datasets."""
    values = CurrentValue.objects.filter(indicator=OuterRef("pk"))
    return Indicator.objects.filter(Exists(values)).select_related("dataset")


def search(words: str) -> QuerySet[Indicator]:
    """Indicators in whose title, code, topic or definition each of the words stands."""
    found = with_values()
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(topic__icontains=word)
            | Q(definition__icontains=word)
        )
    return found


def areas_called(words: str) -> QuerySet[Country]:
    """Countries and aggregates with this code or with these words in a name of theirs."""
    named = Alias.objects.filter(country=OuterRef("pk"), text__icontains=words)
    return Country.areas.filter(Q(name__icontains=words) | Q(code__iexact=words) | Exists(named))


def areas() -> Mapping[str, Country]:
    """Every country and aggregate by its code."""
    return {
        area.code: area
        for area in Country.areas.only(
            "code", "name", "alpha_2", "numeric", "kind", "grouping", "is_fictional"
        )
    }


def memberships() -> Mapping[str, Sequence[str]]:
    """By code of a group: the codes of its countries; fictional ones are nobody's peers."""
    found: dict[str, list[str]] = {}
    members = GroupMember.objects.exclude(country__is_fictional=True).order_by()
    for group, country in members.values_list("group_id", "country_id"):
        found.setdefault(group, []).append(country)
    return found


def breakdowns(indicator: Indicator) -> Sequence[str]:
    """The parts of a country that values are given for; "" is the whole of it."""
    rows = CurrentValue.objects.filter(indicator=indicator, value__isnull=False)
    return list(rows.order_by("breakdown").values_list("breakdown", flat=True).distinct())


def years(indicator: Indicator, breakdown: str) -> Mapping[int, int]:
    """By year, the newest first: how many countries, without aggregates, have a value."""
    rows = _values(breakdown, indicator=indicator, country__kind=Country.Kind.COUNTRY)
    counted = rows.values_list("year").annotate(Count("country", distinct=True))
    return dict(counted.order_by("-year"))


def of_year(indicator: Indicator, year: int, breakdown: str) -> Mapping[str, CurrentValue]:
    """By country: its value of the year; of quarters and months, the last."""
    rows = _values(breakdown, indicator=indicator, year=year)
    newest = rows.order_by("country_id", "frequency", "-period").distinct("country_id")
    return {row.country_id: row for row in newest}


def medians_by_year(
    indicator: Indicator, countries: Iterable[str], breakdown: str
) -> Mapping[int, Peers]:
    """By year: the median of these countries' yearly values."""
    rows = _values(breakdown, indicator=indicator, country__in=list(countries), frequency="A")
    found = rows.order_by().values_list("year").annotate(middle=Median("value"), n=Count("value"))
    return {year: Peers(median, count) for year, median, count in found}


def lines(
    indicators: Iterable[Indicator], countries: Iterable[str], breakdown: str = ""
) -> Mapping[int, Mapping[str, Sequence[CurrentValue]]]:
    """By indicator id and country: values over time, oldest first, each of the same frequency.

    The longest periods win: a series that has yearly values is shown by year.
    """
    rows = _values(breakdown, indicator__in=list(indicators), country__in=list(countries)).order_by(
        "indicator_id", "country_id", "frequency", "period"
    )
    found: dict[int, dict[str, list[CurrentValue]]] = {}
    for row in rows:
        line = found.setdefault(row.indicator_id, {}).setdefault(row.country_id, [])
        if not line or line[0].frequency == row.frequency:
            line.append(row)
    return found


def of_country(area: Country) -> QuerySet[Indicator]:
    """The indicators that have a value for the country or aggregate, by topic."""
    values = _values("", indicator=OuterRef("pk"), country=area)
    return (
        Indicator.objects.filter(Exists(values))
        .select_related("dataset")
        .order_by("topic", "title", "pk")
    )


def peers_of(newest: Iterable[CurrentValue], peers: Iterable[str]) -> Mapping[int, Peers]:
    """By indicator id: the median of the peers' values in the year of each of these values.

    The same year for all, so that the median never sets an old value against a new one. A period
    begins with its year, and it is the period that stands in the index.
    """
    asked = {row.indicator_id: row.year for row in newest}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.indicator, percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value), count(*)
            FROM unnest(%s::int[], %s::int[]) AS asked(indicator, year)
            CROSS JOIN unnest(%s::text[]) AS peer(code)
            JOIN LATERAL (
                SELECT value FROM indicators_currentvalue
                WHERE country_id = peer.code AND indicator_id = asked.indicator
                  AND period >= asked.year::text AND period < (asked.year + 1)::text
                  AND breakdown = '' AND value IS NOT NULL
                ORDER BY frequency, period DESC LIMIT 1
            ) AS v ON true
            GROUP BY asked.indicator
            """,
            [list(asked), list(asked.values()), list(peers)],
        )
        return {indicator: Peers(median, count) for indicator, median, count in cursor.fetchall()}


def _values(breakdown: str, **conditions: object) -> QuerySet[CurrentValue]:
    """Values that are there, of whole countries ("") or of one part of each."""
    return CurrentValue.objects.filter(breakdown=breakdown, value__isnull=False, **conditions)


def origins(rows: Iterable[CurrentValue]) -> Mapping[int, Import]:
    """By id: the imports that brought these values, in one query."""
    found = Import.objects.filter(pk__in={row.origin_id for row in rows})
    return found.select_related("file").only("vintage", "uploaded_at", "file__name").in_bulk()
