"""Reading the file of an index with every fault at its place (docs/index-format.md)."""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from countries.content.faults import ContentFault, Finding, Path, shown
from countries.content.reading import faults_of, length_fault, text_of
from countries.content.sentences import _
from countries.content.shapes import misfit
from countries.content.tree import read_tree

from .checks import alternative_findings, findings_in
from .specification import PARTS, SHORT, Alternative, Specification, written_out


class SpecificationFault(ContentFault):
    """The file of an index that cannot be used."""


def read_specification(path: FilePath | str) -> Specification:
    """The index of a YAML file. Raises SpecificationFault with all faults."""
    text, fault = text_of(path)
    if fault:
        raise SpecificationFault(str(path), [fault])
    return read_specification_text(text, str(path))


def read_specification_text(text: str, name: str) -> Specification:
    """The index of a YAML text; `name` is what a message calls it. Raises SpecificationFault."""
    if fault := length_fault(text.encode(errors="replace")):
        raise SpecificationFault(name, [fault])
    tree = read_tree(text)
    findings = list(tree.findings)
    specification = None
    if tree.whole and not findings:
        if isinstance(tree.data, dict):
            specification, findings = examine(tree.data)
        else:
            findings = [
                Finding(
                    (), _("Expected the keys of an index, found %(found)s.", found=shown(tree.data))
                )
            ]
    if specification is None:
        raise SpecificationFault(name, faults_of(findings, tree.lines))
    return specification


def examine(data: dict[str, Any]) -> tuple[Specification | None, list[Finding]]:
    """The specification of a file's data, or what is wrong with it."""
    specification, findings = _fitted(written_out(data))
    if specification is None:
        return None, findings
    findings = [*findings_in(specification), *alternative_findings(specification)]
    if not findings:
        findings = list(_among_findings(specification))
    return (None if findings else specification), findings


def varied(
    specification: Specification, changes: Sequence[tuple[Alternative, object]]
) -> tuple[Specification | None, list[Finding]]:
    """The specification with alternatives in the place of its settings, or what is wrong then."""
    data = specification.model_dump(exclude={"uncertainty"}, exclude_none=True)
    for alternative, value in changes:
        step, _dot, key = alternative.what.partition(".")
        if not key and step in SHORT and value not in (None, False, "none"):
            key = SHORT[step]
        if key:
            data[step] = (data.get(step) or {}) | {key: value}
        else:
            data[step] = value
    made, findings = _fitted(written_out(data))
    if made is not None:
        findings = list(findings_in(made))
    return (None if findings else made), findings


def _among_findings(specification: Specification) -> list[Finding]:
    """What is wrong with each alternative taken alone."""
    vary = specification.uncertainty.vary if specification.uncertainty else []
    findings: list[Finding] = []
    for at, one in enumerate(vary):
        for number, value in enumerate(one.among):
            _made, wrong = varied(specification, [(one, value)])
            path: Path = ("uncertainty", "vary", at, "among", number)
            findings += [Finding(path, finding.message) for finding in wrong[:1]]
    return findings


def _fitted(data: dict[str, Any]) -> tuple[Specification | None, list[Finding]]:
    try:
        return Specification.model_validate(data), []
    except ValidationError as refusal:
        return None, [misfit(error, _keys_at) for error in refusal.errors(include_url=False)]


def _keys_at(path: Path) -> tuple[str, list[str]]:
    names = [step for step in path if isinstance(step, str)]
    name, part = PARTS[names[-1] if names else ""]
    return name, list(part.model_fields)
