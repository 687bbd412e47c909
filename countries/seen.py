"""What a name cannot bear, characters that are not seen, and when two names are one."""

from unicodedata import category

# Marks that turn the order of what follows them: a name with one would turn the words around it.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unseen(name: str) -> str:
    """The code of the first character that a name cannot bear (U+202E), or nothing."""
    odd = next((c for c in name if category(c) == "Cc" or c in TURNING), "")
    return f"U+{ord(odd):04X}" if odd else ""


def same_name(name: str) -> str:
    """A name without what must not tell two names apart: capitals and the number of spaces."""
    # The database takes İ for a capital i, which for Python is two letters.
    return " ".join(name.split()).replace("İ", "i").casefold()
