"""Reading the library of experience: what documents report of programmes, each with its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from countries.content.faults import ContentFault, Fault, Finding, Path, shown, unknown
from countries.content.reading import faults_of, text_of
from countries.content.shapes import misfit
from countries.content.tree import read_tree

from .references import ADDRESSEES, PATHWAYS

TOPICS = ["business_environment", "bds", "finance", "technology", "clusters"]
KINDS = ["programme", "measure", "policy", "institution", "case", "plan", "lesson"]
STAGES = range(1, 6)

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class LibraryFault(ContentFault):
    """A file of the library that cannot be used."""


@dataclass(frozen=True, slots=True)
class Known:
    """The codes of documents, countries (ISO alpha-3) and clusters that entries may name."""

    documents: Collection[str]
    countries: Collection[str]
    clusters: Collection[str] = ()


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Entry(_Shape):
    """One experience in our own words; `place` is where in the document it stands.

    `themes` and `stages` say for whom it is worth reading: they, the addressees and the pathway are
    our reading. No country means that the document speaks of none in particular. `clusters` are
    entries of the registry that the same document, or another, describes.
    """

    code: str
    title: str
    kind: str
    countries: list[str]
    themes: list[str]
    stages: list[int]
    addressees: list[str]
    pathway: str
    text: str
    place: str
    outcome: str = ""
    clusters: list[str] = []


class Shelf(_Shape):
    """The entries from one document."""

    document: str
    entries: list[Entry]


class Told(_Shape):
    """The words of an entry in another language."""

    title: str
    text: str
    place: str
    outcome: str = ""


class Translation(_Shape):
    """A shelf in another language, by the codes of its entries; what is not there stays English."""

    document: str
    language: str
    reviewed_by: str | None
    entries: dict[str, Told]


_File = TypeVar("_File", Shelf, Translation)


def read_library(paths: Iterable[FilePath], known: Known) -> list[Shelf]:
    """The shelves of these files. Raises LibraryFault with every fault of the first bad file."""
    shelves: list[Shelf] = []
    taken: dict[str, str] = {}
    for path in paths:
        shelves.append(_read(path, known, taken))
        taken |= {entry.code: path.name for entry in shelves[-1].entries}
    return shelves


def read_translations(paths: Iterable[FilePath], shelves: Iterable[Shelf]) -> list[Translation]:
    """The translations in these files of what stands on the shelves.

    Raises LibraryFault with every fault of the first bad file.
    """
    known = {shelf.document: {e.code: e for e in shelf.entries} for shelf in shelves}
    translations = []
    for path in paths:
        translation, lines = _shaped(path, Translation)
        if faults := faults_of(_mistold(translation, known), lines):
            raise LibraryFault(path.name, faults)
        translations.append(translation)
    return translations


def _read(path: FilePath, known: Known, taken: dict[str, str]) -> Shelf:
    shelf, lines = _shaped(path, Shelf)
    if faults := faults_of(_findings(shelf, known, taken), lines):
        raise LibraryFault(path.name, faults)
    return shelf


def _shaped(path: FilePath, shape: type[_File]) -> tuple[_File, dict[Path, int]]:
    """The file as this shape, and the line of each part of it."""
    text, fault = text_of(path)
    if fault:
        raise LibraryFault(path.name, [fault])
    tree = read_tree(text)
    faults = faults_of(tree.findings, tree.lines)
    if not faults and not isinstance(tree.data, dict):
        message = f'Expected the keys "document" and "entries", found {shown(tree.data)}.'
        faults = (Fault("", 1, message),)
    if faults:
        raise LibraryFault(path.name, faults)
    try:
        return shape.model_validate(tree.data), tree.lines
    except ValidationError as refusal:
        part = Entry if shape is Shelf else Told

        def keys_at(at: Path) -> tuple[str, list[str]]:
            name, mapping = ("entry", part) if at[:1] == ("entries",) else ("file", shape)
            return name, list(mapping.model_fields)

        findings = [misfit(error, keys_at) for error in refusal.errors(include_url=False)]
        raise LibraryFault(path.name, faults_of(findings, tree.lines)) from None


def _mistold(
    translation: Translation, known: Mapping[str, Mapping[str, Entry]]
) -> Iterator[Finding]:
    """What a translation has otherwise than the English shelf."""
    if translation.document not in known:
        yield Finding(("document",), unknown("shelf", translation.document, sorted(known)))
        return
    entries = known[translation.document]
    for code, told in translation.entries.items():
        path: Path = ("entries", code)
        if code not in entries:
            yield Finding(path, unknown("entry of the shelf", code, list(entries)))
            continue
        for key in ("title", "text", "place", "outcome"):
            has, is_told = bool(getattr(entries[code], key)), bool(getattr(told, key).strip())
            if has and not is_told:
                yield Finding((*path, key), "Expected a text, found none.")
            elif is_told and not has:
                yield Finding((*path, key), "The English entry has no such text.")


def _findings(shelf: Shelf, known: Known, taken: dict[str, str]) -> Iterator[Finding]:
    if shelf.document not in known.documents:
        message = unknown("document", shelf.document, sorted(known.documents))
        yield Finding(("document",), message)
    before: dict[str, str] = dict(taken)
    for at, entry in enumerate(shelf.entries):
        path: Path = ("entries", at)
        if not _CODE.fullmatch(entry.code):
            message = f'"{entry.code}" is no code; use small letters, digits and single dashes.'
            yield Finding((*path, "code"), message)
        if entry.code in before:
            message = f'"{entry.code}" is the code of another entry, in {before[entry.code]}.'
            yield Finding((*path, "code"), message)
        before[entry.code] = "this file"
        for key in ("title", "text", "place"):
            if not getattr(entry, key).strip():
                yield Finding((*path, key), "Expected a text, found an empty one.")
        yield from _words(path, entry, known)


def _words(path: Path, entry: Entry, known: Known) -> Iterator[Finding]:
    if entry.kind not in KINDS:
        yield Finding((*path, "kind"), unknown("kind of entry", entry.kind, KINDS))
    if entry.pathway and entry.pathway not in PATHWAYS:
        yield Finding((*path, "pathway"), unknown("pathway", entry.pathway, PATHWAYS))
    lists: list[tuple[str, str, list[Any], Collection[Any]]] = [
        ("themes", "theme of the library", entry.themes, TOPICS),
        ("addressees", "addressee", entry.addressees, ADDRESSEES),
        ("stages", "stage", entry.stages, STAGES),
    ]
    for key, what, values, allowed in lists:
        if not values:
            yield Finding((*path, key), f"Expected at least one {what}.")
        yield from _members((*path, key), what, values, allowed)
    yield from _members((*path, "countries"), "country", entry.countries, known.countries)
    yield from _members((*path, "clusters"), "cluster", entry.clusters, known.clusters)


def _members(
    path: Path, what: str, values: list[Any], allowed: Collection[Any]
) -> Iterator[Finding]:
    for at, value in enumerate(values):
        if value in values[:at]:
            yield Finding((*path, at), f"{value} stands here twice.")
        elif value not in allowed:
            # Two hundred countries are no help in a sentence; the nearest one is.
            yield Finding((*path, at), unknown(what, str(value), [str(one) for one in allowed]))
