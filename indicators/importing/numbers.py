"""How a file writes its numbers: the decimal sign and the thousands sign."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

SPACES = " \u00a0\u202f\u2009\u2007"
_SPACE = f"[{SPACES}]"
APOSTROPHES = "'’ʼ"
_GROUPED = re.compile(rf"[+-]?[0-9]{{1,3}}((?:{_SPACE}|[{APOSTROPHES}])[0-9]{{3}})+([.,][0-9]+)?")
_SIGNED = re.compile(r"[+-]?[0-9]*(?:[.,][0-9]+)+(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Style:
    """The two signs; `unclear` is a number that could be read either way, where nothing decides."""

    decimal: str = "."
    thousands: str = ""
    unclear: str = ""


def style_of(texts: Iterable[str], *, comma_is_delimiter: bool) -> Style:
    """The style most of the texts need. A lone `1,234` decides nothing by itself."""
    votes = {".": 0, ",": 0}
    groups: dict[str, int] = {}
    lone: dict[str, str] = {}
    for text in texts:
        text = text.strip(SPACES + "%").replace("−", "-")
        if match := _GROUPED.fullmatch(text):
            sign = " " if match[1][0] in SPACES else "'"
            groups[sign] = groups.get(sign, 0) + 1
            if match[2]:
                votes[match[2][0]] += 1
        elif _SIGNED.fullmatch(text):
            _vote(text, votes, groups, lone)
    decimal = "," if votes[","] > votes["."] else "."
    other = "." if decimal == "," else ","
    decided = votes["."] + votes[","] > 0
    if not decided and groups:
        # Grouping by spaces settles nothing about the decimal sign, by the other sign it does.
        for sign in ",.":
            if sign in groups:
                decimal, other, decided = ("." if sign == "," else ","), sign, True
    unclear = ""
    if not decided and "," in lone and "." not in lone:
        unclear = lone[","]
        if not comma_is_delimiter and not groups:
            decimal = ","
        else:
            groups[","] = 1
    elif not decided and "." in lone and "," not in lone:
        # Three decimals everywhere, and always a point: a decimal sign unless a person says else.
        unclear = lone["."]
    elif decided and other in lone:
        groups.setdefault(other, 1)
    groups.pop(decimal, None)
    thousands = max(groups, key=lambda sign: groups[sign], default="")
    return Style(decimal, thousands, unclear)


def _vote(text: str, votes: dict[str, int], groups: dict[str, int], lone: dict[str, str]) -> None:
    signs = [sign for sign in text if sign in ".,"]
    if len(set(signs)) == 2:
        votes[signs[-1]] += 1
        groups[signs[0]] = groups.get(signs[0], 0) + 1
    elif len(signs) > 1:
        groups[signs[0]] = groups.get(signs[0], 0) + 1
    else:
        before, after = re.split("[.,]", text.lstrip("+-"))
        if len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0":
            lone.setdefault(signs[0], text)
        else:
            votes[signs[0]] += 1


def numbers(text: pl.Expr, decimal: str, thousands: str) -> pl.Expr:
    """The texts as numbers in this style, null where they are none; never infinite, never NaN."""
    point, group = re.escape(decimal), _group(thousands)
    whole = f"(?:[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)" if group else "[0-9]+"
    pattern = rf"^[+-]?(?:{whole}(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?$"
    plain = text
    if group:
        plain = plain.str.replace_all(group, "")
    if decimal != ".":
        plain = plain.str.replace(decimal, ".", literal=True)
    number = pl.when(text.str.contains(pattern)).then(plain).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _group(thousands: str) -> str:
    if not thousands:
        return ""
    if thousands in SPACES:
        return _SPACE
    return f"[{APOSTROPHES}]" if thousands in APOSTROPHES else re.escape(thousands)
