"""Reading an instrument file (docs/instrument-format.md) with every fault at its place."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath

from countries.content.faults import ERROR, WARNING, ContentFault, Fault, Finding, shown
from countries.content.reading import faults_of, length_fault, text_of
from countries.content.tree import Tree, read_tree
from diagnostics.scoring.editions import departures
from diagnostics.scoring.instrument import Instrument

from .canonical import to_data
from .checks import findings_in
from .shape import InstrumentShape, read_shape, without_echoes


class InstrumentFault(ContentFault):
    """An instrument file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file holds: the instrument unless a fault is an error, and all faults by line."""

    instrument: Instrument | None
    faults: tuple[Fault, ...]


def read_instrument(path: FilePath | str, parent: Instrument | None = None) -> Instrument:
    """The instrument of a YAML file. Raises InstrumentFault with all faults, warnings too."""
    return _sound(examine(path, parent), str(path))


def read_instrument_text(text: str, name: str) -> Instrument:
    """The instrument of a YAML text; `name` is what a message calls it. Raises InstrumentFault."""
    return _sound(examine_text(text), name)


def examine(path: FilePath | str, parent: Instrument | None = None) -> Examined:
    """The instrument of a YAML file together with its faults; raises nothing.

    With `parent` the file is held against it as a national edition of it.
    """
    text, fault = text_of(path)
    return Examined(None, (fault,)) if fault else examine_text(text, parent)


def examine_text(text: str, parent: Instrument | None = None) -> Examined:
    """The instrument of a YAML text together with its faults, as `examine` does."""
    if fault := length_fault(text.encode(errors="replace")):
        return Examined(None, (fault,))
    tree = read_tree(text)
    if not tree.whole:
        return Examined(None, faults_of(tree.findings, tree.lines))
    return _judged(tree, parent)


def examine_data(data: object, parent: Instrument | None = None) -> Examined:
    """The instrument of data with the keys of the file (from JSON, say) together with its faults.

    The data are read as the file that says them, so that all its bounds hold.
    """
    return examine_text(json.dumps(data, ensure_ascii=True), parent)


def _judged(tree: Tree, parent: Instrument | None) -> Examined:
    findings = list(tree.findings)
    if not isinstance(tree.data, dict):
        message = f"Expected the keys of an instrument, found {shown(tree.data)}."
        findings += without_echoes([Finding((), message)], findings)
        return Examined(None, faults_of(findings, tree.lines))
    sheet, misfits = read_shape(tree.data)
    findings += without_echoes(misfits, findings)
    findings += without_echoes(findings_in(sheet), [*tree.findings, *misfits])
    if _has_error(findings):
        return Examined(None, faults_of(findings, tree.lines))
    built: Instrument = sheet.build()
    findings += _against_parent(built, parent)
    return Examined(None if _has_error(findings) else built, faults_of(findings, tree.lines))


def findings_of(instrument: Instrument, parent: Instrument | None = None) -> list[Finding]:
    """What is wrong or doubtful in an instrument that is being written: what its file would get."""
    sheet = InstrumentShape.model_validate(to_data(instrument))
    return [*findings_in(sheet), *_against_parent(instrument, parent)]


def _against_parent(built: Instrument, parent: Instrument | None) -> list[Finding]:
    if parent is not None:
        return [Finding(path, message) for path, message in departures(built, parent)]
    if built.edition_of is None:
        return []
    message = f"Not compared with {built.edition_of}, of which it says to be an edition."
    return [Finding(("edition_of",), message, WARNING)]


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == ERROR for finding in findings)


def _sound(examined: Examined, name: str) -> Instrument:
    if examined.instrument is None:
        raise InstrumentFault(name, examined.faults)
    return examined.instrument
