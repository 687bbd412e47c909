"""Marks that say "there is no value"."""

MARKS = frozenset(
    {
        *("", ".", "..", "...", "…", "-", "--", "–", "—", ":", "/", "x", "*", "**", "?"),
        *("na", "n/a", "n.a.", "n.a", "#n/a", "n/d", "nd", "n.d.", "null", "none", "nil", "m"),
        *("no data", "not available", "missing", "(na)", "нет данных", "н/д", "...*", "no value"),
        *("non disponible", "s.o.", "không có", "#na", "<na>", "s/o", "l", "z", "…*", "⋯"),
    }
)
"""In lower case and without spaces around; whatever stands here is missing, never 0."""

CONFIDENTIAL = frozenset({"c", "(c)", ": c", ":c", "conf", "conf.", "confidential", "suppressed"})
"""Marks of a value that exists but is kept secret: missing, with the flag `c`."""
