"""One job from claim to end: progress, refusal, failure, and attempts that were taken over."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from activity import jobs
from activity.models import Job
from tests.factories import people

pytestmark = pytest.mark.django_db


def fails(*args, **arguments):
    raise ZeroDivisionError("made to fail")


def test_a_job_is_computed_with_its_arguments_and_its_result_kept(trial):
    job = trial(lambda report, a, b: a * b, lambda outcome, **named: {"product": outcome}, a=6, b=7)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.progress) == (Job.State.SUCCEEDED, 1, 100)
    assert job.result == {"product": 42}
    assert job.ended_at
    assert job.is_over


def test_a_job_that_is_over_is_not_done_again_when_rung_twice(trial):
    done = []
    job = trial(lambda report: done.append(1))
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert done == [1]


def test_progress_is_seen_while_the_work_goes_on(trial):
    seen = []

    def compute(report):
        report(40, "Counting")
        seen.append(Job.objects.values_list("progress", "message", "state").get())

    job = trial(compute)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert seen == [(40, "Counting", "running")]
    assert (job.progress, job.message) == (100, "")


def test_progress_beyond_all_is_refused_by_the_database(trial):
    job = trial()
    with pytest.raises(IntegrityError, match="job_progress_is_a_share"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(progress=101)


@pytest.mark.parametrize("part", [0, 1])
def test_a_refusal_ends_the_job_with_its_sentence(trial, part):
    def refuse(*args):
        raise jobs.JobRefused("The sheet is empty.")

    parts = [lambda report: None, lambda outcome: {}]
    parts[part] = refuse
    job = trial(*parts)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, job.attempt) == (Job.State.FAILED, "The sheet is empty.", 1)
    assert job.ended_at


def test_work_that_breaks_is_tried_three_times_and_then_fails_with_a_sentence(
    trial, rung, caplog, django_capture_on_commit_callbacks
):
    job = trial(fails)
    with django_capture_on_commit_callbacks(execute=True):
        for attempt in (1, 2):
            jobs.run(job.pk)
            job.refresh_from_db()
            assert (job.state, job.attempt) == (Job.State.QUEUED, attempt)
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.State.FAILED, 3)
    assert job.message == "This did not succeed in three attempts. The log names the cause."
    assert "made to fail" in caplog.text
    assert rung == [job.pk, job.pk]
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.attempt == 3


def test_what_a_broken_store_wrote_is_undone(trial):
    def store(outcome):
        people.CountryFactory(code="VNM")
        fails()

    job = trial(lambda report: None, store)
    jobs.run(job.pk)
    assert not people.CountryFactory._meta.model.objects.exists()
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def take_over(job: Job) -> None:
    """What another worker does once this one was thought dead."""
    Job.objects.filter(pk=job.pk).update(attempt=2, progress=70, message="Theirs")


@pytest.fixture
def stored() -> list[object]:
    return []


def taken_over_in(part: str, job_of, stored: list[object]) -> Job:
    def compute(report):
        take_over(Job.objects.get())
        if part == "progress":
            report(50, "Ours")
        if part == "failure":
            fails()
        if part == "refusal":
            raise jobs.JobRefused("Ours")

    def store(outcome):
        stored.append(outcome)
        return {}

    job = job_of(compute, store)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("part", ["result", "progress", "failure", "refusal"])
def test_an_attempt_that_was_taken_over_writes_nothing_any_more(trial, stored, part):
    job = taken_over_in(part, trial, stored)
    assert stored == []
    assert (job.state, job.attempt, job.result) == (Job.State.RUNNING, 2, None)
    assert (job.progress, job.message) == (70, "Theirs")


@pytest.mark.parametrize("state", [Job.State.QUEUED, Job.State.SUCCEEDED, Job.State.FAILED])
def test_an_attempt_whose_job_was_taken_back_writes_nothing_either(trial, stored, state):
    def compute(report):
        Job.objects.update(state=state)

    job = trial(compute, lambda outcome: stored.append(outcome))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert stored == []
    assert (job.state, job.result) == (state, None)


def in_threads(count: int, work) -> None:
    """Do the work in threads that start together; fails when one of them waits for us."""
    gate = threading.Barrier(count)

    def one() -> None:
        try:
            gate.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_claim_at_the_same_time_one_does_the_job(trial, rung):
    done = []
    job = trial(lambda report: done.append(1))
    in_threads(4, lambda: jobs.run(job.pk))
    job.refresh_from_db()
    assert done == [1]
    assert (job.state, job.attempt) == (Job.State.SUCCEEDED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_worker_is_just_claiming_is_not_waited_for(trial, rung):
    done = []
    job = trial(lambda report: done.append(1))
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=job.pk)
        in_threads(1, lambda: jobs.run(job.pk))
    assert done == []
