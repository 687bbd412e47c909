"""How texts name the documents they rest on: in passing by author and year, and whole."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise

from countries.content.tree import read_tree

DOCUMENTS = Path(__file__).resolve().parent / "documents.yaml"


@dataclass(frozen=True)
class Reference:
    """A place in a document, by its code in documents.yaml: "Yang et al. 2006, figure 1"."""

    document: str
    place: str | Promise

    def __str__(self) -> str:
        return f"{named(self.document)}, {self.place}"

    @property
    def whole(self) -> str:
        """Author or organisation, year, title and the place."""
        return f"{documents()[self.document]['citation']}, {self.place}"


@cache
def documents() -> Mapping[str, Mapping[str, str]]:
    """Name and citation of each document that comes with the product, by its code."""
    tree = read_tree(DOCUMENTS.read_text(encoding="utf-8"))
    if tree.findings:
        raise ValueError(f"{DOCUMENTS.name}: {tree.findings[0]}")
    return tree.data


def named(code: str) -> str:
    """What a document is called in passing; one that somebody else added, by its code."""
    return documents()[code]["name"] if code in documents() else code


def with_names(text: str) -> str:
    """A text with the documents in it called by name, not by code."""
    return _codes().sub(lambda code: named(code[0]), text)


@cache
def _codes() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, documents()))})\b")


def cited(references: Iterable[Reference]) -> list[tuple[str, str]]:
    """Names and whole citations of the documents, each once, by name."""
    codes = {one.document for one in references}
    return sorted((named(code), documents()[code]["citation"]) for code in codes)
