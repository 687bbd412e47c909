"""Queuing work: in the caller's transaction, once a key, whatever the broker does."""

import socket
from collections.abc import Iterator

import pytest
from celery import Celery
from celery import current_app as current
from django.db import transaction

from activity import jobs
from activity.models import Event, Job
from config.celery import app
from diagnostics import actions
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(LookupError, match="No job kind 'vanish'"):
        jobs.queue("vanish", by=None, key="vanish 1")
    assert not Job.objects.exists()


def test_the_bell_is_rung_after_commit_only(trial, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = trial(item=7)
        assert rung == []
    assert rung == [job.pk]
    assert (job.state, job.attempt, job.arguments) == (Job.State.QUEUED, 0, {"item": 7})


@pytest.mark.django_db(transaction=True)
def test_work_queued_in_an_undone_transaction_is_neither_kept_nor_rung(trial, rung):
    with transaction.atomic():
        trial()
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert rung == []


@pytest.mark.parametrize("state", [Job.State.QUEUED, Job.State.RUNNING])
def test_the_same_work_is_under_way_once(trial, state):
    job = trial()
    Job.objects.update(state=state)
    assert trial() == job
    assert Job.objects.count() == 1


@pytest.mark.parametrize("state", [Job.State.SUCCEEDED, Job.State.FAILED])
def test_work_that_is_over_may_be_asked_for_again(trial, state):
    job = trial()
    Job.objects.update(state=state)
    assert trial() != job


def test_what_was_done_before_in_the_transaction_survives_a_second_asking(trial):
    trial()
    with transaction.atomic():
        country = people.CountryFactory(code="VNM")
        trial()
    country.refresh_from_db()


@pytest.fixture(params=["refuses", "never answers"])
def broken_broker(request, settings) -> Iterator[None]:
    """Our Celery settings with a broker that is down or that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        if request.param == "refuses":
            server.close()
        other = Celery("other")
        other.config_from_object("django.conf:settings", namespace="CELERY")
        assert current.main == "other"
        yield
        other.close()
        app.set_current()


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_what_was_done_is_saved_all_the_same(broken_broker, caplog):
    organisation = people.OrganisationFactory()
    sheet = rounds.sheet_of(organisation)
    actions.submit_sheet(sheet=sheet, by=None)
    (job,) = Job.objects.all()
    assert f"Could not ring for job {job.pk}" in caplog.text
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert job.state == Job.State.QUEUED
    assert Event.objects.filter(kind="sheet.submitted").exists()


@pytest.mark.parametrize("broken_broker", ["refuses"], indirect=True)
@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_beat_looks_after_the_jobs_all_the_same(
    broken_broker, trial, settings, caplog
):
    settings.JOB_RING_AGAIN_SECONDS = 0
    job = trial()
    caplog.clear()
    jobs.look_after()
    assert f"Could not ring for job {job.pk}" in caplog.text
