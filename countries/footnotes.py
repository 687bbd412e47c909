"""Footnote marks behind names: "Lao PDR 2/", "Exports ¹"; files of the next year have others."""

import re

# A superscript close behind a unit of length is a power: km², m³.
_POWER = "".join(rf"(?<!\b{unit})" for unit in ("m", "km", "dm", "cm", "mm", "ft"))
_MARK = re.compile(
    rf"\s*(?:[*†‡§]+|{_POWER}[¹²³⁰-⁹]+|\((?:[a-z]|[0-9]{{1,2}})\)|"
    r"\[(?:[a-z]|[0-9]{1,2})\]|\s(?:[a-z]|[0-9]{1,2})/)$"
)


def without_mark(name: str) -> str:
    """The name without a footnote mark behind it; a name that is nothing else stays."""
    return _MARK.sub("", name) or name
