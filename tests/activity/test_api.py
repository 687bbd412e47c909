"""The job as its owner sees it."""

import uuid

import pytest
from django.test import Client

from activity import jobs
from activity.models import Job

pytestmark = pytest.mark.django_db


def address(job: Job) -> str:
    return f"/api/jobs/{job.pk}/"


@pytest.fixture
def job(register, team) -> Job:
    register(made=lambda result: f"/made/{result['outcome']}/")
    return jobs.queue("trial", by=team.officer, key="trial 1")


def test_the_owner_sees_the_state_and_in_the_end_where_to_go(job, team, signed_in):
    client = signed_in(team.officer)
    shown = {"id": str(job.pk), "kind": "trial", "progress": 0, "message": ""}
    assert client.get(address(job)).json() == {
        **shown, "state": "queued", "attempt": 0, "next": ""
    }  # fmt: skip
    jobs.run(job.pk)
    assert client.get(address(job)).json() == {
        **shown, "state": "succeeded", "progress": 100, "attempt": 1, "next": "/made/42/"
    }  # fmt: skip


def test_a_failed_job_tells_why_and_leads_nowhere(job, team, signed_in):
    Job.objects.update(state=Job.State.FAILED, message="The sheet is empty.")
    shown = signed_in(team.officer).get(address(job)).json()
    assert (shown["state"], shown["message"], shown["next"]) == (
        "failed", "The sheet is empty.", ""
    )  # fmt: skip


@pytest.mark.parametrize("who", ["colleague", "stranger", "coordinator", "donor", "administrator"])
def test_nobody_else_finds_it(job, team, signed_in, who):
    response = signed_in(getattr(team, who)).get(address(job))
    assert response.status_code == 404
    assert set(response.json()) == {"error"}


def test_without_sign_in_the_api_says_401(job):
    response = Client().get(address(job))
    assert response.status_code == 401
    assert set(response.json()) == {"error"}


def test_a_job_that_never_was_is_not_found(team, signed_in):
    assert signed_in(team.officer).get(f"/api/jobs/{uuid.uuid4()}/").status_code == 404


def test_the_work_of_the_system_belongs_to_nobody(register, team, signed_in):
    register()
    job = jobs.queue("trial", by=None, key="trial 2")
    assert signed_in(team.administrator).get(address(job)).status_code == 404
