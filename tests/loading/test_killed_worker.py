"""A real worker killed in the middle of a commit: nothing is half, and the job is done once."""

import pytest
from django.urls import reverse

from activity import jobs
from activity.models import Event, Job
from indicators.models import CurrentValue, Import, Indicator, Observation
from tests.activity.test_real_workers import LEASE
from tests.conftest import until
from tests.loading.conftest import TIDY
from tests.locks import locked, somebody_waits_for


@pytest.fixture
def surroundings(settings) -> dict[str, str]:
    """A short lease here, and what gives a worker the same and the files of this test."""
    settings.JOB_LEASE_SECONDS = LEASE
    return {
        "STAGES_JOB_LEASE_SECONDS": str(LEASE),
        "STAGES_MEDIA_DIR": str(settings.MEDIA_ROOT),
    }


def test_a_commit_whose_worker_is_killed_is_done_once_by_the_next(
    transactional_db, client, give, start_worker, surroundings
):
    imported = give(TIDY)
    with locked("indicators_observation"):
        client.post(reverse("loading:commit", args=[imported.pk]))
        worker = start_worker(**surroundings)
        until(lambda: somebody_waits_for("indicators_observation"))
        worker.kill()
    imported.refresh_from_db()
    assert imported.state == Import.State.CHECKED
    assert not Indicator.objects.exists()
    assert not Observation.objects.exists()
    assert not Event.objects.filter(kind="import.committed").exists()

    def taken_back() -> bool:
        jobs.look_after()
        job = Job.objects.get(kind="commit import")
        return (job.state, job.attempt) == (Job.State.QUEUED, 1)

    until(taken_back)
    start_worker(**surroundings)
    until(lambda: Import.objects.get().state == Import.State.COMMITTED)
    until(lambda: Job.objects.get(kind="commit import").state == Job.State.SUCCEEDED)
    assert Job.objects.get(kind="commit import").attempt == 2
    assert Observation.objects.count() == CurrentValue.objects.count() == 2
    assert Event.objects.filter(kind="import.committed").count() == 1
