#!/usr/bin/env python
"""Django's commands. Those that need a database find one running, and leave none behind."""

import os
import re
import signal
import sys
from contextlib import nullcontext

# Commands that read files only. What is missing here merely starts servers it does not need.
WITHOUT_SERVERS = {
    "build_index",
    "check",
    "check_instrument",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "map_clusters",
    "rerun",
    "score_sheet",
    "spectacular",
    "startapp",
    "version",
}


def needs_servers(arguments: list[str]) -> bool:
    """Whether the command line (without the program) needs PostgreSQL and Redis."""
    if not arguments or not {"--help", "-h", "--version"}.isdisjoint(arguments):
        return False
    if any(word.startswith("--database") for word in arguments):
        return True
    if arguments[0] == "build_index":
        return any(names_dataset(word) for word in arguments[1:])
    return arguments[0] not in WITHOUT_SERVERS


def names_dataset(path: str) -> bool:
    """Whether the specification of an index takes its figures from the database."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return bool(
                re.search(r"^\s*(data\s*:\s*\{.*)?\bdataset\s*:", file.read(), re.MULTILINE)
            )
    except (OSError, ValueError):
        return False  # the command says what is wrong with it


def leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        from config.local_process import LocalServerError
        from config.local_servers import attached
    except ModuleNotFoundError as error:
        sys.exit(
            f"The Python module {error.name} is missing. Run `make setup` once, "
            "then use `.venv/bin/python manage.py`."
        )
    for number in (signal.SIGTERM, signal.SIGHUP):  # ended politely, the servers are left politely
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)
    try:
        with attached() if needs_servers(sys.argv[1:]) else nullcontext():
            execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, LocalServerError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
