"""Heartbeats, and the watch that takes jobs from the dead and rings again."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from activity import jobs
from activity.models import Job
from tests.conftest import until

pytestmark = pytest.mark.django_db(transaction=True)


def running(job: Job, *, silent_for: float, attempt: int = 1) -> None:
    beat = timezone.now() - timedelta(seconds=silent_for)
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, attempt=attempt, heartbeat_at=beat
    )


def test_a_job_without_heartbeat_goes_back_and_is_rung(trial, rung, settings):
    job = trial()
    rung.clear()
    running(job, silent_for=settings.JOB_LEASE_SECONDS + 1)
    jobs.look_after()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.State.QUEUED, 1)
    assert rung == [job.pk]
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.State.SUCCEEDED, 2)


def test_a_job_with_a_fresh_heartbeat_is_left_alone(trial, rung, settings):
    job = trial()
    rung.clear()
    running(job, silent_for=settings.JOB_LEASE_SECONDS / 2)
    jobs.look_after()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert rung == []


def test_a_job_whose_third_worker_died_has_failed(trial, rung, settings):
    job = trial()
    rung.clear()
    running(job, silent_for=settings.JOB_LEASE_SECONDS + 1, attempt=3)
    jobs.look_after()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "three attempts" in job.message
    assert rung == []


def test_a_waiting_job_is_rung_again_but_not_at_every_look(trial, rung, settings):
    job = trial()
    rung.clear()
    jobs.look_after()
    assert rung == []
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_RING_AGAIN_SECONDS + 1)
    Job.objects.update(rung_at=long_ago)
    jobs.look_after()
    jobs.look_after()
    assert rung == [job.pk]


def test_a_job_that_is_over_is_not_looked_after(trial, rung):
    job = trial()
    jobs.run(job.pk)
    rung.clear()
    Job.objects.update(heartbeat_at=job.created_at - timedelta(days=1), rung_at=job.created_at)
    jobs.look_after()
    assert rung == []
    assert Job.objects.get().state == Job.State.SUCCEEDED


def test_long_work_keeps_its_job_by_its_heartbeat(trial, rung, settings):
    settings.JOB_LEASE_SECONDS = 2
    seen = []

    def compute(report):
        running(Job.objects.get(), silent_for=60)
        until(lambda: Job.objects.get().heartbeat_at > timezone.now() - timedelta(seconds=2))
        jobs.look_after()
        seen.append(Job.objects.get().state)

    job = trial(compute)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert seen == [Job.State.RUNNING]
    assert (job.state, job.attempt) == (Job.State.SUCCEEDED, 1)


def test_the_heart_stops_with_the_work(trial, rung):
    job = trial(lambda report: None)
    jobs.run(job.pk)
    assert not [thread for thread in threading.enumerate() if str(job.pk) in thread.name]


def test_the_watch_does_not_wait_for_a_worker_that_stands_still_while_writing(
    trial, rung, settings
):
    job = trial()
    running(job, silent_for=settings.JOB_LEASE_SECONDS + 1)

    def look() -> None:
        jobs.look_after()
        connection.close()

    with transaction.atomic():
        Job.objects.select_for_update().get(pk=job.pk)
        watch = threading.Thread(target=look)
        watch.start()
        watch.join(timeout=30)
        assert not watch.is_alive()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    jobs.look_after()
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
