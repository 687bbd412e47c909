"""The kinds of long work; an app registers its own in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """How work of one kind is done.

    `compute(report, **arguments)` does the long part and writes nothing; `store(outcome,
    **arguments)` writes inside the transaction that ends the job and returns the job's result.
    `made(result)` is the address of what the work made, or "" for the page it was asked on.
    """

    title: str
    compute: Callable[..., Any]
    store: Callable[..., dict[str, Any]]
    made: Callable[[dict[str, Any]], str] = lambda result: ""


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def get(name: str) -> Kind:
    """The kind; raises LookupError for one nobody registered."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No job kind {name!r}.") from None
