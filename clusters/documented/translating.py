"""Reading the clusters of documents in another language, by the codes of their entries."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath

from clusters.documented.reading import Entry, Said, Shape, shaped
from countries.content.faults import ContentFault, Finding, Path, unknown
from countries.content.reading import faults_of

TEXTS = ("name", "place", "products", "history", "document_place")


class ToldFigure(Shape):
    unit: str
    source: str


class Told(Shape):
    """The texts of an entry in another language, as many as it has in English."""

    name: str
    place: str = ""
    products: str
    history: str
    phase: Said | None = None
    figures: list[ToldFigure] = []
    test: dict[str, Said] = {}
    document_place: str


class Translation(Shape):
    """The entries in a language; `reviewed_by` names who stands by it, once somebody does."""

    language: str
    reviewed_by: str | None
    clusters: dict[str, Told]


def read_translation(path: FilePath, entries: Sequence[Entry]) -> Translation:
    """The file, which tells entries whole. Raises ContentFault with every fault found."""
    translation, lines = shaped(path, Translation, _keys_at)
    by_code = {entry.code: entry for entry in entries}
    if faults := faults_of(_mistold(translation, by_code), lines):
        raise ContentFault(path.name, faults)
    return translation


def words(entry: Entry, told: Told) -> dict[str, str]:
    """The texts of the entry, as the registry keeps them, with what each is in the language."""
    pairs = [(getattr(entry, key), getattr(told, key)) for key in TEXTS]
    pairs += [(one.ground, told.test[question].ground) for question, one in entry.test.items()]
    if entry.phase and told.phase:
        pairs.append((entry.phase.ground, told.phase.ground))
    for figure, told_figure in zip(entry.figures, told.figures, strict=True):
        pairs += [(figure.unit, told_figure.unit), (figure.source, told_figure.source)]
    return {english: text for english, text in pairs if english}


def _mistold(translation: Translation, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """What a translation has otherwise than the English entries."""
    for code, told in translation.clusters.items():
        path: Path = ("clusters", code)
        if code not in entries:
            yield Finding(path, unknown("code of an entry", code, list(entries)))
            continue
        entry = entries[code]
        for key in TEXTS:
            yield from _both((*path, key), getattr(entry, key), getattr(told, key).strip())
        yield from _both((*path, "phase"), entry.phase, told.phase)
        for question in entry.test.keys() | told.test.keys():
            at: Path = (*path, "test", question)
            yield from _both(at, entry.test.get(question), told.test.get(question))
        if len(entry.figures) != len(told.figures):
            count = len(entry.figures)
            message = f"The English entry has {count} figures, found {len(told.figures)}."
            yield Finding((*path, "figures"), message)


def _both(path: Path, english: object, told: object) -> Iterator[Finding]:
    if english and not told:
        yield Finding(path, "Expected a text, found none.")
    elif told and not english:
        yield Finding(path, "The English entry has no such text.")


def _keys_at(path: Path) -> tuple[str, list[str]]:
    shapes: dict[int, tuple[str, type[Shape]]] = {0: ("file", Translation), 2: ("entry", Told)}
    figure = ("figure", ToldFigure)
    within = figure if "figures" in path else ("answer", Said)
    name, shape = shapes.get(len(path), within)
    return name, list(shape.model_fields)
