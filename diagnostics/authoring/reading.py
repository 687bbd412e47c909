"""Reading an instrument file (design.md section 3) with every fault at its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath

from diagnostics.scoring.instrument import Instrument

from .checks import findings_in
from .faults import ERROR, Fault, Finding, InstrumentFault, Path, line_of, path_text, shown
from .shape import read_shape, without_echoes
from .tree import read_tree

MOST_BYTES = 2_000_000
MOST_FAULTS = 500


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
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        return _refused(f"The file cannot be read: {reason}.")
    if len(content) > MOST_BYTES:
        return _too_long()
    try:
        return examine_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return _refused("The file is not UTF-8 text; save it as UTF-8.", line)


def examine_text(text: str) -> Examined:
    """The instrument of a YAML text together with its faults; raises nothing."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        return _too_long()
    tree = read_tree(text)
    findings = list(tree.findings)
    if not tree.whole:
        return Examined(None, _faults(findings, tree.lines))
    if not isinstance(tree.data, dict):
        message = f"Expected the keys of an instrument, found {shown(tree.data)}."
        findings += without_echoes([Finding((), message)], findings)
        return Examined(None, _faults(findings, tree.lines))
    sheet, misfits = read_shape(tree.data)
    findings += without_echoes(misfits, findings)
    findings += without_echoes(findings_in(sheet), [*tree.findings, *misfits])
    sound = all(finding.severity != ERROR for finding in findings)
    return Examined(sheet.build() if sound else None, _faults(findings, tree.lines))


def _sound(examined: Examined, name: str) -> Instrument:
    if examined.instrument is None:
        raise InstrumentFault(name, examined.faults)
    return examined.instrument


def _faults(findings: Iterable[Finding], lines: dict[Path, int]) -> tuple[Fault, ...]:
    """The findings with their lines, in the order of the file; a flood of them is cut off."""
    faults = [
        Fault(
            path_text(finding.path),
            finding.line or line_of(finding.path, lines),
            finding.message,
            finding.severity,
        )
        for finding in findings
    ]
    # Errors first, so that a flood of warnings cannot push one out of the list.
    faults.sort(key=lambda fault: (fault.severity != ERROR, fault.line))
    if (more := len(faults) - MOST_FAULTS) > 0:
        last = f"{more} more faults are not shown; mend these first."
        faults[MOST_FAULTS:] = [Fault("", faults[MOST_FAULTS].line, last, faults[0].severity)]
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _refused(message: str, line: int = 1) -> Examined:
    return Examined(None, (Fault("", line, message),))


def _too_long() -> Examined:
    return _refused(f"The file is longer than {MOST_BYTES // 1_000_000} MB; no instrument is.")
