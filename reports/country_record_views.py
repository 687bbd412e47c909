"""The country's own record: to be asked for and taken away by those who run its rounds."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import require, visible
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity import events
from activity.models import Job
from countries.models import Country
from reports import country_record
from reports.models import CountryRecord


@require_http_methods(["GET", "HEAD", "POST"])
def country(request: HttpRequest, code: str) -> HttpResponse:
    """The records there are; posting has a new one made."""
    shown = visible(Country.objects.all(), code=code)
    require(
        countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=shown.pk).exists(),
        _("Only a coordinator of the country takes its record away."),
    )
    if request.method == "POST":
        country_record.ask_for(country=shown, by=request.user)
        return redirect("reports:country_record", shown.pk)
    newest = Job.objects.filter(topic=country_record.topic(shown)).first()
    context = {
        "country": shown,
        "records": CountryRecord.objects.filter(
            country=shown, made_at__gte=country_record.oldest()
        ),
        "job": newest if newest and newest.state != Job.State.SUCCEEDED else None,
        "own": bool(newest) and newest.owner_id == request.user.pk,
        "days": country_record.settings.KEEP_RECORDS_DAYS,
    }
    return render(request, "reports/country_record.html", context)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The ZIP; that it was taken away, and by whom, is recorded."""
    theirs = countries_allowing(request.user, Permission.ROUND_RUN)
    records = CountryRecord.objects.filter(country__in=theirs, made_at__gte=country_record.oldest())
    record = visible(records, pk=pk)
    if request.method == "GET":
        events.record(
            "record.taken", by=request.user, topic=record.country_id, country=record.country,
            sha256=record.sha256,
        )  # fmt: skip
    name = f"record-{record.country_id}-{record.made_at:%Y-%m-%d}.zip".lower()
    return FileResponse(
        record.content.open(), as_attachment=True, filename=name, content_type="application/zip"
    )
