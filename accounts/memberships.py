"""The kinds of membership: roles in a country are ours, higher floors register rows of their own.

A kind is a model with `user`, `role`, `organisation` and what the role holds in (`subject`), and
with two properties: `country`, whose people's managers give and take the role, and `place`, words.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Kind:
    """`subject` is the field the role holds in, `country` the lookup from a row to its country."""

    model: type[Model]
    subject: str
    country: str

    def rows(self) -> QuerySet:
        related = self.model._default_manager.select_related("organisation", self.country)
        return related.order_by("pk")

    def give_same(self, row: Any, *, to: Model) -> None:
        """The same role, organisation and subject to somebody else, once."""
        same = {name: getattr(row, name) for name in ("role", "organisation", self.subject)}
        self.model._default_manager.get_or_create(user=to, **same)


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def of(people: Iterable[Model]) -> dict[int, list[tuple[str, Any]]]:
    """Every membership of these people by the person's key, each with the name of its kind."""
    held = defaultdict(list)
    keys = [person.pk for person in people]
    for name, kind in _kinds.items():
        for row in kind.rows().filter(user__in=keys):
            held[row.user_id].append((name, row))
    return held
