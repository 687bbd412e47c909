"""Texts that a spreadsheet would take for formulas, and the mark that keeps them texts."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text of a cell so that no spreadsheet computes it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text of a cell as it was before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
