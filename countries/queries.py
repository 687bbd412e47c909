"""Reference data as the pages show it."""

from collections import defaultdict
from dataclasses import dataclass

from countries.matching import Area, Gazetteer, folded
from countries.models import Alias, Country, KeyFigure


@dataclass(frozen=True)
class Series:
    """The figures of one label and unit, in the order of their document.

    `values` are (value as text, year or years or ""); `place` and `note` join those of the figures.
    """

    label: str
    unit: str
    values: list[tuple[str, str]]
    place: str
    note: str


def figures_by_label(country: Country) -> list[Series]:
    """The country's key figures, those of one label and unit together."""
    series: dict[tuple[str, str], list[KeyFigure]] = {}
    for figure in country.figures.all():
        series.setdefault((figure.label, figure.unit), []).append(figure)
    return [_series(label, unit, figures) for (label, unit), figures in series.items()]


def _series(label: str, unit: str, figures: list[KeyFigure]) -> Series:
    places = dict.fromkeys(f"{figure.document_id}, {figure.place}" for figure in figures)
    notes = dict.fromkeys(figure.note for figure in figures if figure.note)
    values = [(f"{figure.value.normalize():f}", figure.year) for figure in figures]
    return Series(label, unit, values, "; ".join(places), " ".join(notes))


def gazetteer(**which: object) -> Gazetteer:
    """Finds the countries and aggregates of the database by any of their codes and names.

    All of them, or those that `which`, a condition on Country, names.
    """
    codes: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for country, kind, text in Alias.objects.values_list("country_id", "kind", "text"):
        (codes if kind == Alias.Kind.CODE else names)[country].append(text)
    return Gazetteer(
        Area(
            code=area.code,
            name=area.name,
            codes=tuple(filter(None, [area.alpha_2, area.numeric, *codes[area.code]])),
            names=tuple(names[area.code]),
            is_aggregate=area.kind == Country.Kind.AGGREGATE,
        )
        for area in Country.areas.filter(**which)
    )


def names_of(country: Country) -> frozenset[str]:
    """Every name the country goes by, `folded`."""
    others = Alias.objects.filter(country=country, kind=Alias.Kind.NAME)
    return frozenset(map(folded, [country.name, *others.values_list("text", flat=True)]))
