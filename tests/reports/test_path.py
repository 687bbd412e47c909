"""The walking path without a browser: answers, scoring, report."""

import pytest
from django.db import DatabaseError, transaction

from activity.models import Job
from reports import snapshots
from reports.models import ReportVersion
from tests.factories import rounds

pytestmark = pytest.mark.django_db


def test_closing_a_round_leads_to_a_report(run_jobs):
    closed = rounds.closed_round()
    jobs = run_jobs()
    assert {job.state for job in jobs} == {Job.State.SUCCEEDED}
    (report,) = ReportVersion.objects.all()
    assert report.round == closed
    assert [theme["stage"] for theme in report.snapshot["result"]["themes"]] == [2, 2]
    assert report.sha256 == snapshots.sha256(report.snapshot)


def test_a_report_version_never_changes(run_jobs):
    rounds.closed_round()
    run_jobs()
    report = ReportVersion.objects.get()
    report.snapshot = {}
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        report.save()
