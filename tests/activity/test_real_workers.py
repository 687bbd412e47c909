"""Real workers on a real broker: killed or stopped in the middle of their work.

A table locked from another connection holds a worker at a known place.
"""

import signal

import pytest

from activity import jobs
from activity.models import Event, Job
from diagnostics import actions
from diagnostics.models import Round, Scoring
from reports.models import ReportVersion
from tests.conftest import People, until
from tests.factories import rounds
from tests.locks import locked, somebody_waits_for

State = Job.State
LEASE = 2


@pytest.fixture
def short_lease(settings) -> dict[str, str]:
    """A short lease here, and the environment that gives it to a worker."""
    settings.JOB_LEASE_SECONDS = LEASE
    return {"STAGES_JOB_LEASE_SECONDS": str(LEASE)}


@pytest.fixture
def scored_sheet(transactional_db, team: People, run_jobs) -> Round:
    """A round whose one sheet is submitted and scored, so that only the closing is left to do."""
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, ["yes", "no"])
    actions.submit_sheet(sheet=sheet, by=team.officer)
    run_jobs()
    return sheet.round


def state_of(kind: str) -> tuple[str, int]:
    """State and attempt of the newest job of a kind."""
    return Job.objects.filter(kind=kind).values_list("state", "attempt").first()


def look_after_until_taken_back(kind: str) -> None:
    def taken_back() -> bool:
        jobs.look_after()
        return state_of(kind) == (State.QUEUED, 1)

    until(taken_back)


def nothing_is_lost_or_double(round: Round) -> None:
    (scoring,) = Scoring.objects.filter(sheet__round=round, sheet__panel="agreed")
    (report,) = ReportVersion.objects.all()
    assert report.scoring == scoring
    assert [theme["stage"] for theme in report.snapshot["result"]["themes"]] == [2, 2]
    assert Event.objects.filter(kind="report.made").count() == 1
    assert sorted(Job.objects.values_list("kind", "state")) == [
        ("report", State.SUCCEEDED),
        ("score", State.SUCCEEDED),
        ("score", State.SUCCEEDED),
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("diagnostics_response", id="computing"),
        # Its result is written but not committed when the next step asks who submitted the sheet.
        pytest.param("accounts_user", id="storing"),
    ],
)
def test_the_job_of_a_killed_worker_is_done_once_by_the_next(
    scored_sheet, team, start_worker, short_lease, table
):
    rounds.close(scored_sheet, by=team.coordinator)
    with locked(table):
        worker = start_worker(**short_lease)
        until(lambda: somebody_waits_for(table))
        worker.kill()
        assert state_of("score") == (State.RUNNING, 1)
    assert not Scoring.objects.filter(sheet__panel="agreed").exists()
    assert not ReportVersion.objects.exists()

    look_after_until_taken_back("score")
    assert not Scoring.objects.filter(sheet__panel="agreed").exists()
    start_worker(**short_lease)
    until(ReportVersion.objects.exists)
    assert state_of("score") == (State.SUCCEEDED, 2)
    until(lambda: state_of("report") == (State.SUCCEEDED, 1))
    nothing_is_lost_or_double(scored_sheet)


def test_a_worker_that_stood_still_and_wakes_cannot_write_its_result(
    scored_sheet, team, start_worker, short_lease
):
    table = "diagnostics_evidence"  # read while the report is made, not while a sheet is scored
    rounds.close(scored_sheet, by=team.coordinator)
    with locked(table):
        stopped = start_worker(**short_lease)
        until(lambda: somebody_waits_for(table))
        assert state_of("report") == (State.RUNNING, 1)
        stopped.signal(signal.SIGSTOP)
        look_after_until_taken_back("report")
    start_worker(**short_lease)
    until(lambda: state_of("report") == (State.SUCCEEDED, 2))
    done = Job.objects.get(kind="report")

    stopped.signal(signal.SIGCONT)
    until(lambda: "attempt 1 was taken over" in stopped.log.read_text())
    again = Job.objects.get(kind="report")
    assert (again.result, again.ended_at) == (done.result, done.ended_at)
    nothing_is_lost_or_double(scored_sheet)
