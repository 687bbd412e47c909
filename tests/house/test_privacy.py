"""What is kept about people for a while only, and the page that says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activity import cleaning
from activity.models import Event, Job, Notification
from diagnostics.models import ResponseChange
from reports.models import ShareLink, ShareOpening
from tests.reports.conftest import MIXED, report_on  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def test_what_has_its_time_goes_and_the_record_stays(report_on, team, settings):  # noqa: F811
    settings.KEEP_NOTICES_DAYS = settings.KEEP_OPENINGS_DAYS = settings.KEEP_JOBS_DAYS = 30
    report = report_on(MIXED)
    now = timezone.now()
    link = ShareLink.objects.create(
        report=report, reader="A bank", token_sha256="x", made_by=team.coordinator, expires_at=now
    )
    for age in (29, 31):
        at = now - timedelta(days=age)
        Notification.objects.create(to=team.officer, kind="report.made", url="/", at=at)
        ShareOpening.objects.create(link=link, at=at)
        Job.objects.create(kind="report", key=str(age), state=Job.State.FAILED, ended_at=at)
    waiting = Job.objects.create(kind="report", key="waiting", created_at=now - timedelta(days=99))
    kept = [model.objects.count() for model in (Event, ResponseChange)]
    removed = cleaning.clean_up()
    assert [removed[name] for name in ("notices", "openings", "jobs")] == [1, 1, 1]
    assert Job.objects.filter(pk=waiting.pk).exists()
    assert [model.objects.count() for model in (Event, ResponseChange)] == kept


def test_the_page_says_how_long_and_whom_to_ask(settings):
    settings.KEEP_NOTICES_DAYS = 77
    settings.PRIVACY_CONTACT = "the data officer, data@example.org"
    settings.PRIVACY_NOTICE = "By the law on data of <1999>."
    page = Client().get(reverse("privacy")).content.decode()
    for words in ("77 days", "data@example.org", "By the law on data of &lt;1999&gt;."):
        assert words in page
    assert f'href="{reverse("privacy")}"' in Client().get(reverse("public:start")).content.decode()
