"""What is installed is what is declared: pinned, explained, complete, under a licence we may use.

Whether a package has a known weakness is not asked here: that takes the internet (`make audit`).
"""

import ast
import re
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = {"manage"} | {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
HEADING = "# needed by the above"

LICENCES = re.compile(r"\b(MIT|BSD|Apache|ISC|MPL|PSF\w*|Python Software Foundation|LGPL|Lesser)\b")
OTHER_LICENCES = {
    # One function calls it, on the server; our own formula gives the same in a property test.
    "krippendorff": "GPL-3.0-or-later",
}


def lines(file: str, *, chosen: bool) -> list[str]:
    """The lines of requirements that we chose ourselves, or those these need in turn."""
    above, below = (ROOT / file).read_text().split(HEADING)
    part = above if chosen else below
    return [line for line in part.splitlines() if line and not line.startswith(("#", "-r"))]


def parsed(line: str) -> Requirement:
    return Requirement(line.split(" #")[0])


@cache
def declared(file: str) -> dict[str, Requirement]:
    """Every requirement of a file by its canonical name."""
    both = lines(file, chosen=True) + lines(file, chosen=False)
    return {canonicalize_name(one.name): one for one in map(parsed, both)}


FILES = ["requirements.txt", "requirements-dev.txt"]
RUNTIME = declared("requirements.txt")
ALL = RUNTIME | declared("requirements-dev.txt")


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_is_pinned_and_declared_once(file):
    names = [canonicalize_name(parsed(line).name)
             for chosen in (True, False) for line in lines(file, chosen=chosen)]  # fmt: skip
    assert len(names) == len(set(names))
    assert [name for name, one in declared(file).items()
            if [pin.operator for pin in one.specifier] != ["=="]] == []  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_every_chosen_package_has_a_word_on_what_it_is_for(file):
    assert [line for line in lines(file, chosen=True) if " # " not in line] == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_what_is_installed_is_what_is_declared_with_all_it_needs(name):
    one = ALL[name]
    if one.marker and not one.marker.evaluate():
        return  # not for this machine
    installed = metadata.distribution(name)
    assert installed.version in one.specifier
    known = RUNTIME if name in RUNTIME else ALL
    for text in installed.requires or []:
        need = Requirement(text)
        if need.marker and not any(need.marker.evaluate({"extra": extra})
                                   for extra in one.extras or {""}):  # fmt: skip
            continue
        found = canonicalize_name(need.name)
        assert found in known, f"{name} needs {need}, which no line declares"
        assert need.specifier.contains(metadata.version(found), prereleases=True), need


def test_nothing_is_declared_that_nothing_needs():
    needed = {canonicalize_name(Requirement(text).name)
              for name in ALL for text in _requires(name)}  # fmt: skip
    below = [parsed(line).name for file in FILES for line in lines(file, chosen=False)]
    assert [name for name in below if canonicalize_name(name) not in needed] == []


@pytest.mark.parametrize("name", sorted(RUNTIME))
def test_the_licence_of_what_we_run_on_is_known_and_fits(name):
    about = metadata.metadata(name)
    classifiers = about.get_all("Classifier") or []
    words = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
    said = " ".join([*words, *(one for one in classifiers if one.startswith("License"))])
    if name in OTHER_LICENCES:
        assert OTHER_LICENCES[name] in said
    else:
        assert LICENCES.search(said), f"{name}: {said!r} is not among the licences we know"


def test_every_import_is_of_something_we_chose():
    """What only another package needs may go with that package's next version."""
    chosen = {canonicalize_name(parsed(line).name)
              for line in lines("requirements.txt", chosen=True)}  # fmt: skip
    providers = metadata.packages_distributions()
    faults = []
    for path in sorted(ROOT.rglob("*.py")):
        top = path.relative_to(ROOT).parts[0]
        if top.startswith(".") or top in ("var", "static"):
            continue
        allowed = set(ALL) if top == "tests" else chosen
        for module in sorted(_imported(path) - OURS - sys.stdlib_module_names):
            names = {canonicalize_name(name) for name in providers.get(module, [])}
            if not names & allowed:
                faults.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not faults, "\n".join(faults)


def _imported(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.split(".")[0])
    return modules


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []  # not for this machine
