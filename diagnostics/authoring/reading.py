"""Reading an instrument file (design.md section 3) with every fault at its place."""

from dataclasses import dataclass
from pathlib import Path as FilePath

from countries.content.faults import ERROR, ContentFault, Fault, Finding, shown
from countries.content.reading import faults_of, length_fault, text_of
from countries.content.tree import read_tree
from diagnostics.scoring.instrument import Instrument

from .checks import findings_in
from .shape import read_shape, without_echoes


class InstrumentFault(ContentFault):
    """An instrument file that cannot be used."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file holds: the instrument unless a fault is an error, and all faults by line."""

    instrument: Instrument | None
    faults: tuple[Fault, ...]


def read_instrument(path: FilePath | str) -> Instrument:
    """The instrument of a YAML file. Raises InstrumentFault with all faults, warnings too."""
    return _sound(examine(path), str(path))


def read_instrument_text(text: str, name: str) -> Instrument:
    """The instrument of a YAML text; `name` is what a message calls it. Raises InstrumentFault."""
    return _sound(examine_text(text), name)


def examine(path: FilePath | str) -> Examined:
    """The instrument of a YAML file together with its faults; raises nothing."""
    text, fault = text_of(path)
    return Examined(None, (fault,)) if fault else examine_text(text)


def examine_text(text: str) -> Examined:
    """The instrument of a YAML text together with its faults; raises nothing."""
    if fault := length_fault(text.encode(errors="replace")):
        return Examined(None, (fault,))
    tree = read_tree(text)
    findings = list(tree.findings)
    if not tree.whole:
        return Examined(None, faults_of(findings, tree.lines))
    if not isinstance(tree.data, dict):
        message = f"Expected the keys of an instrument, found {shown(tree.data)}."
        findings += without_echoes([Finding((), message)], findings)
        return Examined(None, faults_of(findings, tree.lines))
    sheet, misfits = read_shape(tree.data)
    findings += without_echoes(misfits, findings)
    findings += without_echoes(findings_in(sheet), [*tree.findings, *misfits])
    sound = all(finding.severity != ERROR for finding in findings)
    return Examined(sheet.build() if sound else None, faults_of(findings, tree.lines))


def _sound(examined: Examined, name: str) -> Instrument:
    if examined.instrument is None:
        raise InstrumentFault(name, examined.faults)
    return examined.instrument
