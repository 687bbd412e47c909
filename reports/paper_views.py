"""Files of a report: to download, to have made, and what a country puts on their covers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import require, visible
from accounts.models import User
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.models import Job
from clusters import queries
from clusters.models import Study
from clusters.views.studies import open_study
from countries.models import Country
from reports import actions, renditions, study_renditions
from reports.doors import of_report, open_to
from reports.forms import PaperForm
from reports.models import PaperChoices, Rendition, ReportVersion
from reports.rendering.document import Audience
from reports.renditions import Wanted

KINDS = {
    Rendition.Form.PDF: "application/pdf",
    Rendition.Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Rendition.Form.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Rendition.Form.BUNDLE: "application/zip",
}


@dataclass(frozen=True)
class Download:
    """One file in the download box: there, being made, failed, or to be asked for."""

    title: str
    address: str  # where it is had
    make: str  # where it is asked for
    ready: Rendition | None
    job: Job | None
    own: bool  # the person asked for it and may follow the work

    @property
    def failed(self) -> str:
        return self.job.message if self.job and self.job.state == Job.State.FAILED else ""

    @property
    def under_way(self) -> bool:
        return self.job is not None and not self.job.is_over


def downloads(report: ReportVersion, user: User | AnonymousUser) -> list[Download]:
    """Every file of the report in the reader's language, with its state; three queries."""
    choices = PaperChoices.of(report.round.country_id)
    language = get_language() or "en"
    keys = {
        renditions.job_key(wanted, choices): wanted
        for wanted in renditions.offered(report, language)
    }
    newest = _newest(renditions.topic(report), keys)
    made = list(report.renditions.filter(language=language))
    return [
        _download(
            _title(wanted),
            "reports:download",
            [report.pk, wanted.audience, wanted.form],
            renditions.among(made, wanted, choices),
            newest.get(key),
            user,
        )
        for key, wanted in keys.items()
    ]


def study_downloads(study: Study, user: User | AnonymousUser) -> list[Download]:
    """Likewise of a cluster's study."""
    language = get_language() or "en"
    keys = {
        study_renditions.key_of(wanted): wanted
        for wanted in study_renditions.offered(study, language)
    }
    job_keys = map(study_renditions.job_key, keys)
    newest = _newest(study_renditions.topic(study), job_keys)
    made = {one.key: one for one in study.renditions.filter(key__in=keys)}
    return [
        _download(
            str(wanted.form.label),
            "reports:study_paper",
            [study.pk, wanted.form],
            made.get(key),
            newest.get(study_renditions.job_key(key)),
            user,
        )
        for key, wanted in keys.items()
    ]


def _download(
    title: str, address: str, args: list[Any], ready: Rendition | None, job: Job | None,
    user: User | AnonymousUser,
) -> Download:  # fmt: skip
    make = {"reports:download": "reports:make", "reports:study_paper": "reports:study_make"}
    return Download(
        title,
        reverse(address, args=args),
        reverse(make[address], args=args),
        ready,
        job,
        own=user.is_authenticated and job is not None and job.owner_id == user.pk,
    )


def _newest(topic: str, keys: Iterable[str]) -> dict[str, Job]:
    """The newest job of each key."""
    newest: dict[str, Job] = {}
    for job in Job.objects.filter(topic=topic, key__in=list(keys)):
        newest.setdefault(job.key, job)
    return newest


def _title(wanted: Wanted) -> str:
    form = wanted.form
    if form == Rendition.Form.EXCEL:
        return _("Annex of tables (Excel)")
    if form == Rendition.Form.BUNDLE:
        return _("Everything behind this report, to compute it again (ZIP)")
    titles = {
        Audience.MINISTER: _("Minister's two pages"),
        Audience.FULL: _("Full report"),
        Audience.DONOR: _("Donor annex"),
    }
    return f"{titles[wanted.audience]} ({form.label})"


def _wanted(report: ReportVersion, audience: str, form: str) -> Wanted:
    language = get_language() or "en"
    for wanted in renditions.offered(report, language):
        if (wanted.audience, wanted.form) == (audience, form):
            return wanted
    raise Http404


@of_report
def download(request: HttpRequest, shown: ReportVersion, audience: str, form: str) -> FileResponse:
    """The file, to be saved; not found until it is made."""
    wanted = _wanted(shown, audience, form)
    made = renditions.ready(wanted, PaperChoices.of(shown.round.country_id))
    if made is None:
        raise Http404
    return _sent(made, wanted.name)


def _sent(made: Rendition, name: str) -> FileResponse:
    response = FileResponse(made.content.open(), as_attachment=True, filename=name)
    response["Content-Type"] = KINDS[made.form]
    return response


@require_POST
def make(request: HttpRequest, pk: int, audience: str, form: str) -> HttpResponse:
    """Have the file made by a worker; asked twice, it is made once."""
    shown = open_to(request, pk)
    if shown is None:
        raise Http404
    if shown.state == ReportVersion.State.WITHDRAWN:
        return redirect(shown)
    renditions.ask_for(wanted=_wanted(shown, audience, form), by=request.user)
    return redirect(f"{shown.get_absolute_url()}#downloads")


@open_study(withdrawn=410)
def study_paper(request: HttpRequest, study: Study, form: str) -> HttpResponse:
    """A study's file, to be saved; not found until it is made."""
    wanted = _wanted_study(study, form)
    made = wanted.study.renditions.filter(key=study_renditions.key_of(wanted)).first()
    if made is None:
        raise Http404
    return _sent(made, wanted.name)


@require_POST
def study_make(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Have a study's file made by a worker; asked twice, it is made once."""
    wanted = _wanted_study(visible(queries.studies_visible_to(request.user), pk=pk), form)
    if wanted.study.state == Study.State.WITHDRAWN:
        return redirect(wanted.study)
    study_renditions.ask_for(wanted=wanted, by=request.user)
    return redirect(f"{wanted.study.get_absolute_url()}#downloads")


def _wanted_study(study: Study, form: str) -> study_renditions.Wanted:
    if form not in study_renditions.FORMS:
        raise Http404
    return study_renditions.Wanted(study, Rendition.Form(form), get_language() or "en")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, code: str) -> HttpResponse:
    """What a country puts on the cover of its reports, and which sections each audience gets."""
    country = visible(Country.objects.all(), code=code)
    require(
        countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=country.pk).exists(),
        _("Only a coordinator of the country chooses how its reports look."),
    )
    kept = PaperChoices.of(country.pk)
    form = PaperForm(request.POST or None, request.FILES or None, choices=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_paper(country=country, by=request.user, **form.chosen)
        except ValidationError as refusal:
            form.add_error("logo", refusal)
        else:
            messages.success(request, _("Kept. Files made from now on look so."))
            return redirect("reports:country", country.pk)
    return render(request, "reports/paper.html", {"country": country, "form": form, "kept": kept})
