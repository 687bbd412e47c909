"""Reference data as the pages show it."""

from dataclasses import dataclass

from countries.models import Country, KeyFigure


@dataclass(frozen=True)
class Series:
    """The figures of one label and unit, in the order of their document."""

    label: str
    unit: str
    figures: list[KeyFigure]

    @property
    def places(self) -> str:
        return "; ".join(dict.fromkeys(f"{f.document_id}, {f.place}" for f in self.figures))

    @property
    def notes(self) -> str:
        return " ".join(dict.fromkeys(f.note for f in self.figures if f.note))


def figures_by_label(country: Country) -> list[Series]:
    """The country's key figures, those of one label and unit together."""
    series: dict[tuple[str, str], list[KeyFigure]] = {}
    for figure in country.figures.all():
        series.setdefault((figure.label, figure.unit), []).append(figure)
    return [Series(label, unit, figures) for (label, unit), figures in series.items()]
