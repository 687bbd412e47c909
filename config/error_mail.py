"""Errors by mail to STAGES_ADMINS: the log line, never the request's data."""

import json
import logging
import time
import traceback

from django.core.mail import mail_admins

REPEAT_SECONDS = 600  # the same fault is mailed once in this time

Fault = tuple[str, str, str]


class ErrorMail(logging.Handler):
    def __init__(self, level: int | str = logging.NOTSET) -> None:
        super().__init__(level)
        self.sent: dict[Fault, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        kind, now = fault(record), time.monotonic()
        if now - self.sent.get(kind, -REPEAT_SECONDS) < REPEAT_SECONDS:
            return
        self.sent[kind] = now
        try:
            line = json.loads(self.format(record))
            body = "\n".join(f"{name}: {value}" for name, value in line.items())
            subject = " ".join(part for part in (record.levelname, *kind[:2]) if part)
            mail_admins(subject, body, fail_silently=True)
        except Exception:
            self.handleError(record)


def fault(record: logging.LogRecord) -> Fault:
    """What makes two errors one: the logger, the kind of exception, the line that raised it."""
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is None:
        return record.name, "", str(record.msg)
    *_, last = traceback.extract_tb(trace) or [None]
    return record.name, kind.__name__, f"{last.filename}:{last.lineno}" if last else ""
