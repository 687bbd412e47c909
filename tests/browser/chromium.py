"""The real browser, as the tests and the bench start it."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def path() -> str | None:
    """STAGES_CHROMIUM or, where it is not set, the first browser found; None without one."""
    named = os.environ.get("STAGES_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)
