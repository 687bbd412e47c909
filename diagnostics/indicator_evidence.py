"""What indicators and documents offer as evidence to the lines of a cluster's diagnostic study."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy

from activity.templatetags.numbers import number
from clusters.models import Cluster
from clusters.studies.evidence import CITED, ROW, Groups, Kind, Offered, Readers, under
from clusters.studies.evidence import register as register_kind
from diagnostics.models import InstrumentVersion
from indicators.models import Indicator
from indicators.queries import newest_values

FIRST_YEAR, LAST_YEAR = 1900, 2200  # an indicator's newest value, however old: its year is told


def register() -> None:
    """Tell the floor of clusters what this floor knows."""
    offer = under(gettext_lazy("Indicators of the country"), indicators)
    register_kind("indicator", Kind(f"(?P<pk>{ROW})", offer, _indicator, Readers.ANYBODY))
    register_kind(CITED, Kind(r"\S*", _nothing, _document, Readers.ANYBODY, stays=True))


def indicators(cluster: Cluster, **only: str) -> Offered:
    """The country's newest value of every indicator that an instrument knows."""
    country = cluster.country_id
    known = Indicator.objects.filter(code__in=set(bound()), **only)
    found = newest_values(
        known.values_list("code", flat=True), [country], first_year=FIRST_YEAR, last_year=LAST_YEAR
    )
    values = [of[country] for of in found.values() if country in of]
    for one in sorted(values, key=lambda value: value.title):
        value = f"{number(round(one.value, 3))} {one.unit}".strip()
        source = one.source or one.dataset_title
        yield f"indicator {one.indicator_id}", f"{one.title}: {value}, {one.year} ({source})"


def bound() -> Iterator[str]:
    """The codes of the indicators that published instruments know."""
    for version in InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED):
        for theme in version.instrument.themes:
            for item in theme.items:
                yield from (binding.code for binding in item.indicators)


def _indicator(_cluster: int, rest: Sequence[str]) -> str:
    return reverse("explorer:indicator", args=rest)


def _nothing(_cluster: Cluster) -> Groups:
    return ()


def _document(_cluster: int, rest: Sequence[str]) -> str:
    """What the library of experience holds of a document; of one only cited there is nothing."""
    return f"{reverse('diagnostics:library')}?document={rest[0]}" if rest else ""
