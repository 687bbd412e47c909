"""A file through the jobs: checked, committed, undone; a refusal is kept in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activity import jobs
from indicators import actions
from indicators.models import CurrentValue, Import
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory

pytestmark = pytest.mark.django_db

TIDY = b"Country Code,Indicator Code,year,value\nLAO,A.B,2010,1.5\nLAO,A.B,2011,2.5\n"


def given(content: bytes, by) -> Import:
    file = SimpleUploadedFile("figures.csv", content)
    return actions.upload(dataset=DatasetFactory(), file=file, by=by)


def test_a_file_is_checked_committed_and_undone_by_workers(team, run_jobs):
    CountryFactory(code="LAO")
    by = team.administrator
    imported = given(TIDY, by)
    run_jobs()
    imported.refresh_from_db()
    assert (imported.state, imported.new, imported.rejected) == ("checked", 2, 0)
    assert not CurrentValue.objects.exists()
    jobs.queue("commit import", by=by, key="c", imported=imported.pk, by_id=by.pk, leave_out=False)
    run_jobs()
    assert sorted(CurrentValue.objects.values_list("value", flat=True)) == [1.5, 2.5]
    again = given(TIDY, by)
    assert actions.same_file(again.dataset, again.file) == imported
    jobs.queue("undo import", by=by, key="u", imported=imported.pk, by_id=by.pk, because="A trial.")
    run_jobs()
    assert not CurrentValue.objects.exists()


def test_a_file_that_is_no_table_keeps_its_sentence(team, run_jobs):
    imported = given(b"no,table\nhere,at all\n", team.administrator)
    run_jobs()
    imported.refresh_from_db()
    assert (imported.state, imported.rows.name) == ("uploaded", "")
    assert imported.faults[0]["message"]["says"][0].startswith("No table was recognised")
