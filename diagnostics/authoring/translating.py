"""An instrument in another language: a file of its words, held against the instrument.

The file has the codes of the instrument as keys and no numbers. The same English text has the same
translation wherever it stands, so that editions and results that repeat a text are translated too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any

from countries.content.faults import (
    ERROR,
    WARNING,
    ContentFault,
    Fault,
    Finding,
    Path,
    shown,
    unknown,
)
from countries.content.reading import faults_of, text_of
from countries.content.tree import read_tree
from diagnostics.scoring.instrument import Instrument, Item

from .canonical import from_data, to_data

HEAD = ("instrument", "version", "language", "reviewed_by")

Words = Mapping[str, str]  # English text: the same in the language


@dataclass(frozen=True, slots=True)
class Translation:
    """`content` is the file as it stands; its hash covers the reviewer, too."""

    content: dict[str, Any]

    @property
    def language(self) -> str:
        return str(self.content["language"])

    @property
    def reviewed_by(self) -> str:
        return str(self.content["reviewed_by"] or "")

    @property
    def sha256(self) -> str:
        """SHA-256 (64 hexadecimal digits) of the content as JSON with sorted keys, in UTF-8."""
        text = json.dumps(self.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def of_whom(path: FilePath) -> tuple[str, str]:
    """Code and version of the instrument a file translates; blank where it does not say."""
    text, _fault = text_of(path)
    data = read_tree(text).data
    found = data if isinstance(data, dict) else {}
    return str(found.get("instrument", "")), str(found.get("version", ""))


def read_translation(path: FilePath, instrument: Instrument) -> Translation:
    """The translation in a file. Raises ContentFault with all faults where one is an error."""
    translation, faults = examine_translation(path, instrument)
    if translation is None:
        raise ContentFault(str(path), faults)
    return translation


def examine_translation(
    path: FilePath, instrument: Instrument
) -> tuple[Translation | None, tuple[Fault, ...]]:
    """The translation in a file, unless a fault is an error, and all faults; raises nothing.

    A text the instrument does not have is an error, one that is missing a warning.
    """
    text, fault = text_of(path)
    if fault:
        return None, (fault,)
    tree = read_tree(text)
    findings = list(tree.findings)
    if tree.whole:
        findings += _findings(tree.data, instrument)
    sound = tree.whole and all(finding.severity != ERROR for finding in findings)
    found = Translation(tree.data) if sound and isinstance(tree.data, dict) else None
    return found, faults_of(findings, tree.lines)


def words(translation: Mapping[str, Any], instrument: Instrument) -> dict[str, str]:
    """Every English text of the instrument that the content translates."""
    return dict(_pairs(texts_of(instrument), translation))


def said(value: Any, words: Words) -> Any:
    """Plain data with each text that is one of the instrument's in the other language."""
    match value:
        case str():
            return words.get(value, value)
        case list():
            return [said(part, words) for part in value]
        case dict():
            return {key: said(part, words) for key, part in value.items()}
        case _:
            return value


def in_words(instrument: Instrument, words: Words) -> Instrument:
    """The instrument with its texts in the other language; codes and numbers stay."""
    return from_data(said(to_data(instrument), words)) if words else instrument


def texts_of(instrument: Instrument) -> dict[str, Any]:
    """The English texts in the form of a translation's file."""
    groups = {f"{t.code}.{g.code}": g.title for t in instrument.themes for g in t.groups}
    rules = {r.code: _filled(advice=r.advice, because=r.because) for r in instrument.mix_rules}
    return _filled(
        title=instrument.title,
        intro=instrument.intro,
        level_names=list(instrument.level_names),
        themes={t.code: _filled(title=t.title, intro=t.intro) for t in instrument.themes},
        groups=groups,
        items={code: _item(item) for code, item in instrument.items().items()},
        approaches={approach.code: approach.text for approach in instrument.approaches},
        mix_rules=rules,
    )


def _item(item: Item) -> dict[str, Any]:
    return _filled(
        title=item.title,
        question=item.question,
        statements={str(level): text for level, text in item.steps.items()},
        evidence=item.evidence,
        core_because=item.core_because,
        indicators={bound.code: bound.why for bound in item.indicators},
    )


def _filled(**texts: Any) -> dict[str, Any]:
    return {key: text for key, text in texts.items() if text}


def _pairs(english: Any, other: Any) -> Iterator[tuple[str, str]]:
    match english, other:
        case str(), str() if other:
            yield english, other
        case list(), list():
            for one, its in zip(english, other, strict=False):
                yield from _pairs(one, its)
        case dict(), Mapping():
            for key, one in english.items():
                yield from _pairs(one, other.get(key))


def _findings(data: object, instrument: Instrument) -> Iterator[Finding]:
    if not isinstance(data, dict):
        yield Finding((), f"Expected the keys of a translation, found {shown(data)}.")
        return
    for key, expected in (("instrument", instrument.code), ("version", instrument.version)):
        if data.get(key) != expected:
            yield Finding((key,), f'Expected "{expected}", found {shown(data.get(key))}.')
    if not isinstance(data.get("language"), str):
        yield Finding(("language",), f"Expected a language, found {shown(data.get('language'))}.")
    if not isinstance(data.get("reviewed_by", 0), str | None):
        yield Finding(("reviewed_by",), "Expected the name of who reviewed it, or null.")
    texts = {key: text for key, text in data.items() if key not in HEAD}
    yield from _differences(texts_of(instrument), texts, ())


def _differences(english: Any, other: object, path: Path) -> Iterator[Finding]:
    """Where the texts of a file are not those the instrument has."""
    if isinstance(english, str):
        if not isinstance(other, str) or not other.strip():
            yield Finding(path, f"Expected a text, found {shown(other)}.")
    elif isinstance(english, list):
        if not isinstance(other, list) or len(other) != len(english):
            yield Finding(path, f"Expected a list of {len(english)} texts, found {shown(other)}.")
            return
        for at, (one, its) in enumerate(zip(english, other, strict=True)):
            yield from _differences(one, its, (*path, at))
    elif not isinstance(other, dict):
        yield Finding(path, f"Expected a group of keys, found {shown(other)}.")
    else:
        for key in other:
            if key not in english:
                message = unknown("text of the instrument", str(key), list(english))
                yield Finding((*path, key), message)
        for key, one in english.items():
            if key in other:
                yield from _differences(one, other[key], (*path, key))
            else:
                message = "Is not translated; it is shown in English."
                yield Finding((*path, key), message, WARNING)
