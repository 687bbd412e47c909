"""What the fonts of paper can show: any other character would make the typesetter refuse the file.

PDF/UA-1 forbids text without a glyph, and people write what they like: emoji, Chinese, what a
terminal left behind.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent / "fonts"
BOX = "■"
DRAWN = "★"  # report.typ draws it
BYTE_ORDER_MARK = "\ufeff"  # a font may have it, PDF/UA-1 forbids it
MOST_NAMED = 40


def settable(value: Any) -> tuple[Any, list[str]]:
    """The value (plain JSON types) with texts that can be set, and the characters that cannot.

    A box stands for a character that no font has, a space for such a space; marks that are
    invisible and control characters go. A combining mark that no font has together with its letter
    is a box too.
    """
    lost: dict[str, None] = {}
    return _walked(value, lost), list(lost)


def told(lost: list[str]) -> str:
    """The sentence that says what could not be set; "" where all could."""
    if not lost:
        return ""
    codes = [f"U+{ord(character):04X}" for character in lost[:MOST_NAMED]]
    if len(lost) > MOST_NAMED:
        codes.append(_("%(n)s more") % {"n": len(lost) - MOST_NAMED})
    return _(
        "No font of this document has these characters; %(box)s stands for each: %(codes)s."
    ) % {"box": BOX, "codes": ", ".join(codes)}


def _walked(value: Any, lost: dict[str, None]) -> Any:
    if isinstance(value, str):
        plain = value.isascii() and value.isprintable()
        return value if plain else "".join(_set(value, lost))
    if isinstance(value, Mapping):
        return {key: _walked(one, lost) for key, one in value.items()}
    return [_walked(one, lost) for one in value] if isinstance(value, list | tuple) else value


def _set(text: str, lost: dict[str, None]) -> Iterator[str]:
    fonts = _fonts()
    able = 0  # the fonts that have the letter and its marks so far
    for character in text:
        kind, having = unicodedata.category(character), fonts.get(ord(character), 0)
        if character in "\n\t" or character == DRAWN:
            yield character
        elif kind == "Cc" or character == BYTE_ORDER_MARK:
            continue
        elif having and kind == "Cf":
            yield character
        elif having and (kind[0] != "M" or having & able):
            able = having & able if kind[0] == "M" else having
            yield character
        elif kind[0] == "Z":
            able = fonts[ord(" ")]
            yield " "
        elif kind != "Cf" and "VARIATION SELECTOR" not in unicodedata.name(character, ""):
            lost[character] = None
            able = fonts[ord(BOX)]
            yield BOX


@cache
def _fonts() -> dict[int, int]:
    """For each character (code point) the fonts that have it, one bit a font."""
    found: dict[int, int] = {}
    for at, path in enumerate(sorted(FONTS.glob("*.ttf"))):
        with TTFont(path, lazy=True) as font:
            for code in font.getBestCmap():
                found[code] = found.get(code, 0) | 1 << at
    return found
