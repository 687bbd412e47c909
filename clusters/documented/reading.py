"""Reading the clusters that documents describe, each with its place in the document."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from pydantic import BaseModel, ConfigDict, ValidationError

from countries.content.faults import ContentFault, Fault, Finding, Path, unknown
from countries.content.reading import faults_of, text_of
from countries.content.shapes import misfit
from countries.content.tree import read_tree


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that entries may name: documents, countries (alpha-3), divisions of ISIC Rev. 4.

    `measures` are the kinds of figures, `formations` the types of clusters, `questions` those of
    the guided test and `answers` what may be answered.
    """

    documents: Collection[str]
    countries: Collection[str]
    industries: Collection[str]
    measures: Collection[str]
    formations: Collection[str]
    questions: Collection[str]
    answers: Collection[str]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Figure(_Shape):
    """A figure in `unit`; no year where the document names none."""

    measure: str
    value: float
    unit: str
    year: int | None
    source: str


class Answer(_Shape):
    """An answer of the guided test: what the document says, in our words, and where in it."""

    answer: str
    says: str
    place: str


class Entry(_Shape):
    """One cluster in our own words; `document_place` is where in the document it stands.

    The point is the town's, from general knowledge. `test` answers a question of the guided test
    only where the document does, and so `formation`.
    """

    country: str
    name: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    products: str
    industry: str
    formation: str = ""
    history: str
    figures: list[Figure] = []
    test: dict[str, Answer] = {}
    document: str
    document_place: str

    @property
    def answers(self) -> dict[str, str]:
        return {question: one.answer for question, one in self.test.items()}

    @property
    def grounds(self) -> dict[str, str]:
        return {question: f"{one.says} ({one.place})" for question, one in self.test.items()}


class _File(_Shape):
    clusters: list[Entry]


def read_clusters(path: FilePath, known: Known) -> list[Entry]:
    """The entries of the file. Raises ContentFault with every fault found."""
    text, fault = text_of(path)
    if fault:
        raise ContentFault(path.name, [fault])
    tree = read_tree(text)
    if tree.findings:
        raise ContentFault(path.name, faults_of(tree.findings, tree.lines))
    if not isinstance(tree.data, dict):
        raise ContentFault(path.name, [Fault("", 1, 'Expected the key "clusters".')])
    try:
        entries = _File.model_validate(tree.data).clusters
    except ValidationError as refusal:
        findings = [misfit(error, _keys_at) for error in refusal.errors(include_url=False)]
        raise ContentFault(path.name, faults_of(findings, tree.lines)) from None
    if faults := faults_of(_findings(entries, known), tree.lines):
        raise ContentFault(path.name, faults)
    return entries


def _keys_at(path: Path) -> tuple[str, list[str]]:
    shapes: dict[int, tuple[str, type[_Shape]]] = {0: ("file", _File), 2: ("cluster", Entry)}
    within: tuple[str, type[_Shape]] = ("figure", Figure)
    if "test" in path:
        within = ("answer", Answer)
    name, shape = shapes.get(len(path), within)
    return name, list(shape.model_fields)


def _findings(entries: list[Entry], known: Known) -> Iterator[Finding]:
    taken: set[tuple[str, str]] = set()
    for at, entry in enumerate(entries):
        path: Path = ("clusters", at)
        for key in ("name", "products", "history", "document_place"):
            if not getattr(entry, key):
                yield Finding((*path, key), "Expected a text, found an empty one.")
        if (entry.country, entry.name) in taken:
            yield Finding((*path, "name"), f"{entry.country} has this cluster twice.")
        taken.add((entry.country, entry.name))
        yield from _word((*path, "country"), "country", entry.country, known.countries)
        yield from _word((*path, "industry"), "division of ISIC", entry.industry, known.industries)
        yield from _word((*path, "document"), "document", entry.document, known.documents)
        yield from _word((*path, "formation"), "type", entry.formation, known.formations)
        for question, one in entry.test.items():
            at_test: Path = (*path, "test", question)
            yield from _word(at_test, "question of the test", question, known.questions)
            yield from _word((*at_test, "answer"), "answer", one.answer, known.answers)
            for key in ("says", "place"):
                if not getattr(one, key):
                    yield Finding((*at_test, key), "Expected a text, found an empty one.")
        for number, figure in enumerate(entry.figures):
            place = (*path, "figures", number, "measure")
            yield from _word(place, "figure", figure.measure, known.measures)


def _word(path: Path, what: str, value: str, allowed: Collection[str]) -> Iterator[Finding]:
    if value not in allowed:
        yield Finding(path, unknown(what, value, sorted(allowed)))
