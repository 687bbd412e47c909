"""The log: who asked what and how it went, in one line an event, without personal data.

A line names the request or job it belongs to. It holds no query string, no person and no value of
an address but numbers: an address may carry a token that opens a door. What looks like an e-mail
address is blanked, and so are the row contents that PostgreSQL adds to its errors.
"""

import json
import logging
import re
import secrets
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from activity import traces

log = logging.getLogger("stages.request")

ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
PERSONAL = (
    (re.compile(r"[^\s@<>'\"(),;:=]+@[^\s@<>'\"(),;:=]+\.[^\s@<>'\"(),;:=]+"), "[e-mail]"),
    (re.compile(r"^((?:DETAIL|CONTEXT): ).*$", re.MULTILINE), r"\1[left out]"),
)


def without_people(text: str) -> str:
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


class RequestLog:
    """Middleware, the outermost: gives the request its id and writes its line.

    An id in X-Request-ID is taken over if it looks like one; the answer carries it too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        name = given if ACCEPTED.fullmatch(given) else secrets.token_hex(16)
        request.trace_id = name
        begun = time.perf_counter()
        with traces.within(traces.request_id, name):
            response = self.get_response(request)
            facts = {
                "method": request.method,
                **route(request),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - begun) * 1000),
            }
            said = "%(method)s %(route)s %(status)s in %(milliseconds)s ms"
            log.info(said, facts, extra={"facts": facts})
        response["X-Request-ID"] = name
        return response


def route(request) -> dict[str, Any]:
    """The pattern of the address with its numbers: `{"route": "rounds/<int:pk>/", "pk": 3}`."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return {"route": "?"}
    numbers = {
        name: value if isinstance(value, int) else str(value)
        for name, value in match.kwargs.items()
        if isinstance(value, int | UUID)
    }
    return numbers | {"route": match.route or "/"}


class Marks(logging.Filter):
    """Puts request and job on the line, and Django's own words about a path without the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        # Django speaks of a refused request when it has left all middleware.
        record.request_id = traces.request_id.get() or getattr(request, "trace_id", "")
        record.job_id = traces.job_id.get()
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            known = route(request)["route"]
            record.args = tuple(known if arg == path else arg for arg in record.args)
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, then request_id, job_id, facts, error."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        for name in ("request_id", "job_id"):
            if value := getattr(record, name, ""):
                line[name] = value
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = without_people(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, production: bool, mail: bool) -> dict[str, Any]:
    """The `dictConfig` of every process: JSON lines in production, plain ones elsewhere."""
    handlers: dict[str, Any] = {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if production else "line",
            "filters": ["marks"],
        }
    }
    if mail:
        handlers["mail"] = {
            "class": "config.error_mail.ErrorMail",
            "level": "ERROR",
            "formatter": "json",
            "filters": ["marks"],
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": "config.logs.JsonLines"},
        },
        "filters": {"marks": {"()": "config.logs.Marks"}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            # Django's own handlers go: one mails the whole request, cookies and answers with it.
            "django": {"propagate": True, "handlers": []},
            "django.server": {"propagate": True, "handlers": []},
            # The request's own line has every 4xx; strangers ask for any host all day.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Every few seconds, and nothing new: the Job rows tell what was done.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }
