"""Settings from the environment: every name known, every value checked, secrets from files too."""

import difflib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

PREFIX = "STAGES_"

T = TypeVar("T")


class Environment:
    """Reads settings and remembers which names exist, so that a misspelt one can be refused.

    `NAME_FILE` may stand for `NAME`: the value is then the file's text without the final line end.
    """

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self.values = values
        self.known: set[str] = {f"{PREFIX}CHROMIUM", f"{PREFIX}FORCE_NOBODY"}

    def text(self, name: str, default: str | None = None) -> str:
        self.known |= {name, f"{name}_FILE"}
        value, file = self.values.get(name), self.values.get(f"{name}_FILE")
        if value is not None and file is not None:
            raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
        if file is not None:
            try:
                value = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise ImproperlyConfigured(f"{name}_FILE names {file}: {error}.") from None
        if value is None or value == "":
            if default is None:
                raise ImproperlyConfigured(f"{name} is not set; docs/deploy.md says what it is.")
            return default
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
        return value

    def switch(self, name: str, default: bool) -> bool:
        return self.choice(name, ("yes", "no"), "yes" if default else "no") == "yes"

    def number(self, name: str, default: int, least: int = 0) -> int:
        return self._parsed(
            name, str(default), f"a whole number of at least {least}", _at_least(least)
        )

    def words(self, name: str, default: str | None = None) -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def _parsed(self, name: str, default: str, expected: str, parse: Callable[[str], T]) -> T:
        value = self.text(name, default)
        try:
            return parse(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name} must be {expected}, not {value!r}.") from None

    def refuse_unknown(self) -> None:
        """Raise on any STAGES_ name nobody asked for: a misspelt setting must not pass silently."""
        for name in sorted(self.values):
            if name.startswith(PREFIX) and name not in self.known:
                near = difflib.get_close_matches(name, self.known, 1)
                hint = f"; did you mean {near[0]}?" if near else "; docs/deploy.md lists them all."
                raise ImproperlyConfigured(f"{name} is not a setting{hint}")


def _at_least(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        number = int(value)
        if number < least:
            raise ValueError
        return number

    return parse
