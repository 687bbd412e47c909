"""Work made up for these tests, and the broker's bell."""

from collections.abc import Callable
from typing import Any

import pytest

from activity import jobs, kinds
from activity.models import Job


@pytest.fixture
def register(monkeypatch) -> Callable[..., None]:
    """Register a kind of work, `trial`, for one test; unless told, it computes and stores 42."""

    def add(
        compute: Callable[..., Any] = lambda report, **arguments: 42,
        store: Callable[..., dict[str, Any]] = lambda outcome, **arguments: {"outcome": outcome},
        **rest: Any,
    ) -> None:
        kind = kinds.Kind("A trial", compute, store, **rest)
        monkeypatch.setitem(kinds._kinds, "trial", kind)

    return add


@pytest.fixture
def trial(register) -> Callable[..., Job]:
    """Register the kind and queue one job of it."""

    def queue(*parts: Callable[..., Any], by=None, **arguments: Any) -> Job:
        register(*parts)
        return jobs.queue("trial", by=by, key="trial 1", **arguments)

    return queue


@pytest.fixture
def rung(monkeypatch) -> list[Any]:
    """The jobs for which the bell was rung; the broker hears none of it."""
    heard: list[Any] = []
    monkeypatch.setattr(jobs, "ring", heard.append)
    return heard
