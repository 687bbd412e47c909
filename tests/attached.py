"""Attaches the test run to the local servers before Django reads its settings.

Named by `-p tests.attached` in pyproject.toml: a conftest.py would come too late.
"""

import atexit
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from config.local_process import LocalServerError
from config.local_servers import attached


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    servers = ExitStack()
    atexit.register(servers.close)
    try:
        servers.enter_context(attached())
    except LocalServerError as error:
        raise pytest.UsageError(str(error)) from None
    return (yield)
