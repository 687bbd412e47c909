"""Reading the clusters that documents describe, each with its place in the document."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from countries.content.faults import ContentFault, Fault, Finding, Path, unknown
from countries.content.reading import faults_of, text_of
from countries.content.shapes import misfit
from countries.content.tree import read_tree

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that entries may name: documents, countries (alpha-3), industries (ISIC
    Rev. 4, below its sections).

    `measures` are the kinds of figures, `formations` the types of clusters, `points` what a point
    may be of, `phases` those of a cluster, `questions` those of the guided test and `answers` what
    may be answered.
    """

    documents: Collection[str]
    countries: Collection[str]
    industries: Collection[str]
    measures: Collection[str]
    formations: Collection[str]
    points: Collection[str]
    phases: Collection[str]
    questions: Collection[str]
    answers: Collection[str]


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Figure(Shape):
    """A figure in `unit`; no year where the document names none."""

    measure: str
    value: float
    unit: str
    year: int | None
    source: str


class Said(Shape):
    """What the document says, in our words, and where in it."""

    says: str
    place: str

    @property
    def ground(self) -> str:
        return f"{self.says} [{self.place}]"


class Answer(Said):
    """An answer of the guided test."""

    answer: str


class Phase(Said):
    """The phase in which the document saw the cluster."""

    phase: str


class Entry(Shape):
    """One cluster in our own words; `document_place` is where in the document it stands.

    No place means that the document names the country only. The point is from general knowledge,
    `point_of` says of what. `test` answers a question of the guided test only where the document
    does, and so `formation` and `phase`. `code` is what translations and higher floors name it by.
    """

    code: str
    country: str
    name: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    point_of: str = ""
    products: str
    industry: str
    formation: str = ""
    history: str
    phase: Phase | None = None
    figures: list[Figure] = []
    test: dict[str, Answer] = {}
    document: str
    document_place: str

    @property
    def answers(self) -> dict[str, str]:
        return {question: one.answer for question, one in self.test.items()}

    @property
    def grounds(self) -> dict[str, str]:
        return {question: one.ground for question, one in self.test.items()}


class _File(Shape):
    clusters: list[Entry]


_Whole = TypeVar("_Whole", bound=Shape)


def read_clusters(path: FilePath, known: Known) -> list[Entry]:
    """The entries of the file. Raises ContentFault with every fault found."""
    file, lines = shaped(path, _File, _keys_at)
    if faults := faults_of(_findings(file.clusters, known), lines):
        raise ContentFault(path.name, faults)
    return file.clusters


def shaped(
    path: FilePath, shape: type[_Whole], keys_at: Callable[[Path], tuple[str, list[str]]]
) -> tuple[_Whole, dict[Path, int]]:
    """The file as this shape, and the line of each part of it. Raises ContentFault."""
    text, fault = text_of(path)
    if fault:
        raise ContentFault(path.name, [fault])
    tree = read_tree(text)
    if tree.findings:
        raise ContentFault(path.name, faults_of(tree.findings, tree.lines))
    if not isinstance(tree.data, dict):
        raise ContentFault(path.name, [Fault("", 1, 'Expected the key "clusters".')])
    try:
        return shape.model_validate(tree.data), tree.lines
    except ValidationError as refusal:
        findings = [misfit(error, keys_at) for error in refusal.errors(include_url=False)]
        raise ContentFault(path.name, faults_of(findings, tree.lines)) from None


def _keys_at(path: Path) -> tuple[str, list[str]]:
    shapes: dict[int, tuple[str, type[Shape]]] = {0: ("file", _File), 2: ("cluster", Entry)}
    within: dict[str, tuple[str, type[Shape]]]
    within = {"test": ("answer", Answer), "phase": ("phase", Phase)}
    part = str(path[2]) if len(path) > 2 else ""
    name, shape = shapes.get(len(path), within.get(part, ("figure", Figure)))
    return name, list(shape.model_fields)


def _findings(entries: list[Entry], known: Known) -> Iterator[Finding]:
    taken: set[tuple[str, str]] = set()
    codes: set[str] = set()
    for at, entry in enumerate(entries):
        path: Path = ("clusters", at)
        if not _CODE.fullmatch(entry.code):
            message = f'"{entry.code}" is no code; use small letters, digits and single dashes.'
            yield Finding((*path, "code"), message)
        if entry.code in codes:
            yield Finding((*path, "code"), f'"{entry.code}" is the code of another entry.')
        codes.add(entry.code)
        for key in ("name", "products", "history", "document_place"):
            if not getattr(entry, key):
                yield Finding((*path, key), "Expected a text, found an empty one.")
        if (entry.country, entry.name) in taken:
            yield Finding((*path, "name"), f"{entry.country} has this cluster twice.")
        taken.add((entry.country, entry.name))
        yield from _word((*path, "country"), "country", entry.country, known.countries)
        yield from _word((*path, "industry"), "division, group or class of ISIC",
                         entry.industry, known.industries)  # fmt: skip
        yield from _word((*path, "document"), "document", entry.document, known.documents)
        yield from _word((*path, "formation"), "type", entry.formation, known.formations)
        yield from _placed(path, entry, known)
        if entry.phase:
            at_phase: Path = (*path, "phase")
            yield from _word((*at_phase, "phase"), "phase", entry.phase.phase, known.phases)
            yield from _said(at_phase, entry.phase)
        for question, one in entry.test.items():
            at_test: Path = (*path, "test", question)
            yield from _word(at_test, "question of the test", question, known.questions)
            yield from _word((*at_test, "answer"), "answer", one.answer, known.answers)
            yield from _said(at_test, one)
        for number, figure in enumerate(entry.figures):
            place = (*path, "figures", number, "measure")
            yield from _word(place, "figure", figure.measure, known.measures)


def _placed(path: Path, entry: Entry, known: Known) -> Iterator[Finding]:
    """A place has a point, and a point says of what it is."""
    pointed = [entry.latitude is not None, entry.longitude is not None, bool(entry.point_of)]
    if any(one != bool(entry.place) for one in pointed):
        message = "A place needs latitude, longitude and point_of; without a place there is none."
        yield Finding((*path, "place"), message)
    elif entry.place:
        yield from _word((*path, "point_of"), "kind of point", entry.point_of, known.points)


def _said(path: Path, one: Said) -> Iterator[Finding]:
    for key in ("says", "place"):
        if not getattr(one, key):
            yield Finding((*path, key), "Expected a text, found an empty one.")


def _word(path: Path, what: str, value: str, allowed: Collection[str]) -> Iterator[Finding]:
    if value not in allowed:
        yield Finding(path, unknown(what, value, sorted(allowed)))
