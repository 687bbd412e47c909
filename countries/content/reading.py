"""Reading a file of content: its text within bounds, and its findings as faults with lines."""

from collections.abc import Iterable
from pathlib import Path as FilePath

from .faults import ERROR, Fault, Finding, Path, line_of, path_text
from .sentences import _, ngettext

MOST_BYTES = 2_000_000
MOST_FAULTS = 500


def text_of(path: FilePath | str) -> tuple[str, Fault | None]:
    """The text of a UTF-8 file of at most `MOST_BYTES`, or the fault that says why not."""
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        return "", Fault("", 1, _("The file cannot be read: %(reason)s.", reason=reason))
    return text_of_bytes(content)


def text_of_bytes(content: bytes) -> tuple[str, Fault | None]:
    """The text of what a UTF-8 file of at most `MOST_BYTES` holds, or the fault."""
    if too_long := length_fault(content):
        return "", too_long
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return "", Fault("", line, _("The file is not UTF-8 text; save it as UTF-8."))


def length_fault(content: bytes) -> Fault | None:
    """What is wrong with the length of a file, if anything."""
    if len(content) <= MOST_BYTES:
        return None
    most = MOST_BYTES // 1_000_000
    return Fault("", 1, _("The file is longer than %(most)s MB; none of ours is.", most=most))


def faults_of(findings: Iterable[Finding], lines: dict[Path, int]) -> tuple[Fault, ...]:
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
        last = ngettext(
            "%(n)s more fault is not shown; mend these first.",
            "%(n)s more faults are not shown; mend these first.",
            more,
        )
        faults[MOST_FAULTS:] = [Fault("", faults[MOST_FAULTS].line, last, faults[0].severity)]
    return tuple(sorted(faults, key=lambda fault: fault.line))
