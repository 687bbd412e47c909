"""What does not fit the shape of a file, in a sentence: pydantic's refusals as findings."""

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from .faults import Finding, Path, shown, unknown
from .sentences import _

EXPECTED: dict[str, tuple[str, Any]] = {
    "string_type": (_("text"), ""),
    "int_type": (_("a whole number"), 0),
    "float_type": (_("a number"), 0.0),
    "finite_number": (_("a finite number"), 0.0),
    "bool_type": (_("true or false"), False),
    "list_type": (_("a list"), []),
    "dict_type": (_("a group of keys"), {}),
    "model_type": (_("a group of keys"), {}),
}
"""What each refusal of a strict model asks for, and an empty value of that kind."""


def misfit(error: ErrorDetails, mapping_at: Callable[[Path], tuple[str, list[str]]]) -> Finding:
    """The finding of a refusal; `mapping_at` tells the name and the keys of the mapping there."""
    path: Path = error["loc"]
    if error["type"] == "missing":
        name, _keys = mapping_at(path[:-1])
        return Finding(
            path, _('"%(key)s" is missing; the %(name)s needs it.', key=str(path[-1]), name=name)
        )
    if error["type"] == "extra_forbidden":
        name, keys = mapping_at(path[:-1])
        return Finding(path, unknown(_("key of the %(name)s", name=name), str(path[-1]), keys))
    expected, _empty = EXPECTED[error["type"]]
    found = error["input"]
    message = _("Expected %(expected)s, found %(found)s.", expected=expected, found=shown(found))
    if expected == "text" and isinstance(found, bool | int | float):
        message = _("%(message)s Put it in quotes.", message=message)
    return Finding(path, message)
