"""Attaches the test run to the local servers before Django reads its settings.

Named by `-p tests.attached` in pyproject.toml: a conftest.py would come too late.
"""

import atexit
import os
from collections.abc import Generator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from config.local_process import LocalServerError
from config.local_servers import attached

DATABASES = 16  # of a Redis that nobody configured


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    servers = ExitStack()
    atexit.register(servers.close)
    try:
        servers.enter_context(attached())
    except LocalServerError as error:
        raise pytest.UsageError(str(error)) from None
    if "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = with_own_number(os.environ["REDIS_URL"])
    return (yield)


def with_own_number(url: str) -> str:
    """The Redis address with a database for this test process alone.

    Else the workers of one test would take the jobs of another, or of `make run`, which uses 0.
    """
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return urlsplit(url)._replace(path=f"/{1 + int(process) % (DATABASES - 1)}").geturl()
