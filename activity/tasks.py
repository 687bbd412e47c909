"""Thin wrappers: the work is in activity.jobs and activity.cleaning."""

import logging

from celery import shared_task

from activity import cleaning, heartbeats, jobs, notices, traces

log = logging.getLogger(__name__)


@shared_task
def run_job(job_id: str) -> None:
    with traces.within(traces.job_id, job_id):
        log.info("Job taken up.")
        jobs.run(job_id)
        log.info("Job left.")


@shared_task
def look_after_jobs() -> None:
    heartbeats.record(heartbeats.WORKER)
    jobs.look_after()


@shared_task
def clean_up() -> None:
    log.info("Cleaned up: %s.", cleaning.clean_up())


@shared_task
def send_notices() -> None:
    notices.send_waiting()


@shared_task
def send_digests() -> None:
    notices.send_digests()
