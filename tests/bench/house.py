"""A database of the bench's own on the local PostgreSQL, and the rounds that are measured in it."""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from itertools import cycle
from unittest.mock import patch

from django.db import connection

from accounts.models import User
from activity import jobs
from activity.models import Job
from diagnostics import actions
from diagnostics.models import Sheet
from reports.models import ReportVersion
from tests.factories import people, rounds

NAME = "stages_bench"
PANELS = ("government", "independent", "private")
# Stages differ and something blocks the next one, so that no part of a page stays empty.
ANSWERS = (("yes", "yes", "no"), ("yes", "partly"), ("yes", "unknown"), ("no",))


@contextmanager
def own_database() -> Iterator[None]:
    """Within the block the connection leads to a new, migrated database, dropped at the end."""
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    with redirect_stdout(StringIO()):  # told that a migration has made the cache's table already
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@dataclass(frozen=True)
class Subject:
    """What is measured for one number of items: a sheet open for answers, and a report."""

    items: int
    sheet: Sheet
    report: ReportVersion
    officer: User


def subject(items: int) -> Subject:
    """A round of one theme with so many items collecting answers, and another one reported on.

    Every item has an author, a comment and evidence: a query for each of them would show.
    """
    country = people.CountryFactory(code="XBA", is_fictional=True)
    raters = [people.OrganisationFactory(country=country) for _ in PANELS]
    officers = [people.officer(rater) for rater in raters]
    options = {
        "country": country,
        "instrument_version": rounds.version(code=f"bench-{items}", items=items),
        "sheets": [(r, p, ["money"]) for r, p in zip(raters, PANELS, strict=True)],
    }
    collecting, closing = rounds.RoundFactory(**options), rounds.RoundFactory(**options)
    with patch.object(jobs, "ring"):  # the worker of a `make run` beside us is not called
        for made in (collecting, closing):
            for sheet in made.sheets.all():
                _fill(sheet, officers[raters.index(sheet.organisation)])
        for sheet in closing.sheets.all():
            actions.submit_sheet(sheet=sheet, by=None)
        rounds.close(closing, by=None)
        while waiting := list(Job.objects.filter(state=Job.State.QUEUED)):
            for job in waiting:
                jobs.run(job.pk)
    return Subject(items, collecting.sheets.get(panel="government"), closing.reports.get(),
                   officers[0])  # fmt: skip


def _fill(sheet: Sheet, author: User) -> None:
    codes = sheet.responses.order_by("item__position").values_list("item__code", flat=True)
    for code, answers in zip(codes, cycle(ANSWERS), strict=False):
        evidence = [("Yearbook (invented)", "page 7", "Invented words.")]
        said = {"comment": "An invented comment.", "evidence": evidence}
        rounds.answer(sheet, code, *answers, by=author, **said)
