"""What does not fit the shape of a file, in a sentence: pydantic's refusals as findings."""

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from .faults import Finding, Path, shown, unknown

EXPECTED: dict[str, tuple[str, Any]] = {
    "string_type": ("text", ""),
    "int_type": ("a whole number", 0),
    "float_type": ("a number", 0.0),
    "finite_number": ("a finite number", 0.0),
    "bool_type": ("true or false", False),
    "list_type": ("a list", []),
    "dict_type": ("a group of keys", {}),
    "model_type": ("a group of keys", {}),
}
"""What each refusal of a strict model asks for, and an empty value of that kind."""


def misfit(error: ErrorDetails, mapping_at: Callable[[Path], tuple[str, list[str]]]) -> Finding:
    """The finding of a refusal; `mapping_at` tells the name and the keys of the mapping there."""
    path: Path = error["loc"]
    if error["type"] == "missing":
        name, _keys = mapping_at(path[:-1])
        return Finding(path, f'"{path[-1]}" is missing; the {name} needs it.')
    if error["type"] == "extra_forbidden":
        name, keys = mapping_at(path[:-1])
        return Finding(path, unknown(f"key of the {name}", str(path[-1]), keys))
    expected, _empty = EXPECTED[error["type"]]
    found = error["input"]
    message = f"Expected {expected}, found {shown(found)}."
    if expected == "text" and isinstance(found, bool | int | float):
        message += " Put it in quotes."
    return Finding(path, message)
