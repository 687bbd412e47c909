"""The test run itself: no process of it shares its broker with another, or with `make run`."""

import pytest
from django.conf import settings

from tests.attached import with_own_number


def numbers(monkeypatch: pytest.MonkeyPatch, *processes: str) -> list[str]:
    addresses = []
    for process in processes:
        monkeypatch.setenv("PYTEST_XDIST_WORKER", process)
        addresses.append(with_own_number("redis://:secret@127.0.0.1:6379/0"))
    return addresses


def test_every_process_has_a_broker_of_its_own(monkeypatch):
    assert numbers(monkeypatch, "gw0", "gw1", "gw14") == [
        "redis://:secret@127.0.0.1:6379/1",
        "redis://:secret@127.0.0.1:6379/2",
        "redis://:secret@127.0.0.1:6379/15",
    ]


def test_the_broker_of_make_run_is_left_alone():
    assert not settings.REDIS_URL.endswith("/0")
    assert settings.CELERY_BROKER_URL == settings.REDIS_URL
