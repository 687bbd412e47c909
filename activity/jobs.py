"""Long work that survives a killed worker, a lost broker and a paused process.

The Job row is the truth. Queuing writes it in the caller's transaction and rings the broker after
commit; a ring that is lost is repeated by beat. A worker claims the row under a new attempt number,
beats its heart from a thread while computing, and stores the outcome in one transaction that first
checks that the attempt is still its own. So whatever dies or wakes late, a result is written once.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity import heartbeats, kinds
from activity.models import Job

log = logging.getLogger(__name__)

ATTEMPTS = 3


class JobRefused(Exception):
    """The work cannot be done and trying again would not help; the text says why."""


class Superseded(Exception):
    """Another attempt has taken this job over; what this one found must not be written."""


def queue(kind: str, *, by: User | None, key: str, topic: str = "", **arguments: Any) -> Job:
    """Queue work in the caller's transaction and ring after commit.

    `key` names exactly this work (what is done to which state of what): while a job with it is
    waiting or running, that job is returned instead of a second one. Raises LookupError on a
    kind that nobody registered.
    """
    kinds.get(kind)
    under_way = Job.objects.filter(key=key, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    job = None
    while job is None:  # again where the job that was in the way has ended meanwhile
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind, key=key, topic=topic, arguments=arguments, owner=by
                )
        except IntegrityError:
            job = under_way.first()
    transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id: Any) -> None:
    """Tell the workers; a broker that is down costs only time, beat rings again."""
    try:
        current_app.send_task("activity.tasks.run_job", args=[str(job_id)], retry=False)
    except Exception as error:  # whatever the broker's client raises, the row is saved
        log.warning("Could not ring for job %s: %s", job_id, error)


def run(job_id: Any) -> None:
    """Claim the job and do it; does nothing when it is not waiting (rung twice, already done)."""
    claimed = _claim(job_id)
    if claimed is None:
        return
    job, attempt = claimed, claimed.attempt
    kind = kinds.get(job.kind)
    try:
        with _heartbeat(job.pk, attempt):
            outcome = kind.compute(_reporter(job.pk, attempt), **job.arguments)
        with transaction.atomic():
            _still_ours(job.pk, attempt)
            result = kind.store(outcome, **job.arguments)
            _update(
                job.pk,
                attempt,
                state=Job.State.SUCCEEDED,
                progress=100,
                message="",
                result=result,
                ended_at=timezone.now(),
            )
    except Superseded:
        log.warning("Job %s attempt %s was taken over; its outcome is dropped.", job.pk, attempt)
    except JobRefused as refusal:
        _update(
            job.pk, attempt, state=Job.State.FAILED, message=str(refusal), ended_at=timezone.now()
        )
    except Exception:
        log.exception("Job %s (%s) attempt %s failed.", job.pk, job.kind, attempt)
        _give_back(job.pk, attempt)


def look_after() -> None:
    """What beat does: take jobs from workers that died, and ring again for those that wait."""
    now = timezone.now()
    dead = Job.objects.filter(
        state=Job.State.RUNNING,
        heartbeat_at__lt=now - timedelta(seconds=settings.JOB_LEASE_SECONDS),
    )
    with transaction.atomic():
        # A locked row is one whose result is being written: waiting for it would stop this watch.
        for job in dead.select_for_update(skip_locked=True):
            log.warning("Job %s attempt %s has no heartbeat.", job.pk, job.attempt)
            _give_back(job.pk, job.attempt)
    waiting = Job.objects.filter(
        state=Job.State.QUEUED,
        rung_at__lt=now - timedelta(seconds=settings.JOB_RING_AGAIN_SECONDS),
    )
    for job in waiting:
        Job.objects.filter(pk=job.pk).update(rung_at=now)
        ring(job.pk)


def _claim(job_id: Any) -> Job | None:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(pk=job_id, state=Job.State.QUEUED)
            .first()
        )
        if job is None:
            return None
        job.state, job.attempt = Job.State.RUNNING, job.attempt + 1
        job.progress, job.heartbeat_at = 0, timezone.now()
        job.save(update_fields=["state", "attempt", "progress", "heartbeat_at"])
        return job


def _update(job_id: Any, attempt: int, **fields: Any) -> bool:
    """Change the row only while this attempt is the running one."""
    running = Job.objects.filter(pk=job_id, attempt=attempt, state=Job.State.RUNNING)
    return running.update(**fields) == 1


def _still_ours(job_id: Any, attempt: int) -> None:
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.attempt != attempt or job.state != Job.State.RUNNING:
        raise Superseded


def _give_back(job_id: Any, attempt: int) -> None:
    if attempt >= ATTEMPTS:
        _update(
            job_id,
            attempt,
            state=Job.State.FAILED,
            ended_at=timezone.now(),
            message=_("This did not succeed in three attempts. The log names the cause."),
        )
    elif _update(job_id, attempt, state=Job.State.QUEUED, rung_at=timezone.now()):
        transaction.on_commit(lambda: ring(job_id))


def _reporter(job_id: Any, attempt: int) -> Callable[[int, str], None]:
    """A function (percent, message) that shows progress, and stops work that was taken over."""

    def report(percent: int, message: str) -> None:
        fields = {"progress": percent, "message": message, "heartbeat_at": timezone.now()}
        if not _update(job_id, attempt, **fields):
            raise Superseded

    return report


@contextmanager
def _heartbeat(job_id: Any, attempt: int) -> Iterator[None]:
    done = threading.Event()

    def beat() -> None:
        while not done.wait(settings.JOB_LEASE_SECONDS / 4):
            try:
                if not _update(job_id, attempt, heartbeat_at=timezone.now()):
                    break
                heartbeats.record(heartbeats.WORKER)
            except Exception as error:  # the database may be restarting; the next beat tries again
                log.warning("No heartbeat for job %s: %s", job_id, error)
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat {job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
