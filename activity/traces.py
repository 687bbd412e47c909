"""What ties log lines together: the request and the job during which they were written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
job_id: ContextVar[str] = ContextVar("job_id", default="")


@contextmanager
def within(variable: ContextVar[str], value: str) -> Iterator[None]:
    """Within the block every log line of this thread carries the value."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
