"""Thin wrappers: the work is in activity.jobs."""

from celery import shared_task

from activity import jobs


@shared_task
def run_job(job_id: str) -> None:
    jobs.run(job_id)


@shared_task
def look_after_jobs() -> None:
    jobs.look_after()
