"""Files of a report: to download, to have made, and what a country puts on their covers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import require, visible
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

    @property
    def failed(self) -> str:
        return self.job.message if self.job and self.job.state == Job.State.FAILED else ""

    @property
    def under_way(self) -> bool:
        return self.job is not None and not self.job.is_over


@dataclass(frozen=True)
class Downloads:
    """The files of a report or study in one language; where work on them stands, at `follow` too.

    Its progress and message are those of a job, so that a page follows it as one (js/job.js).
    """

    files: Sequence[Download]
    follow: str

    @property
    def working(self) -> list[Job]:
        return [one.job for one in self.files if one.job and one.under_way]

    @property
    def progress(self) -> int:
        """Percent done, over all that are being made."""
        done = [job.progress for job in self.working]
        return sum(done) // len(done) if done else 100

    @property
    def message(self) -> str:
        n = len(self.working)
        return ngettext("%(n)s file is being made.", "%(n)s files are being made.", n) % {"n": n}

    def as_data(self) -> dict[str, Any]:
        state = Job.State.RUNNING if self.working else Job.State.SUCCEEDED
        return {"state": state, "progress": self.progress, "message": self.message, "next": ""}


def downloads(report: ReportVersion) -> Downloads:
    """Every file of the report in the reader's language, with its state; three queries."""
    return Downloads(
        [
            Download(
                _title(wanted),
                reverse("reports:download", args=[report.pk, wanted.audience, wanted.form]),
                reverse("reports:make", args=[report.pk, wanted.audience, wanted.form]),
                made,
                job,
            )
            for wanted, made, job in renditions.states(report, get_language() or "en")
        ],
        reverse("reports:making", args=[report.pk]),
    )


def study_downloads(study: Study) -> Downloads:
    """Likewise of a cluster's study."""
    keys = study_renditions.keyed(study, get_language() or "en")
    job_keys = map(study_renditions.job_key, keys)
    newest = renditions.newest_jobs(study_renditions.topic(study), job_keys)
    made = {one.key: one for one in study.renditions.filter(key__in=keys)}
    return Downloads(
        [
            Download(
                str(wanted.form.label),
                reverse("reports:study_paper", args=[study.pk, wanted.form]),
                reverse("reports:study_make", args=[study.pk, wanted.form]),
                made.get(key),
                newest.get(study_renditions.job_key(key)),
            )
            for key, wanted in keys.items()
        ],
        reverse("reports:study_making", args=[study.pk]),
    )


@of_report
def making(request: HttpRequest, shown: ReportVersion) -> JsonResponse:
    """How far the files are that are being made, for whoever may read the report."""
    return JsonResponse(downloads(shown).as_data())


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
    return sent_file(made, wanted.name)


def sent_file(made: Rendition, name: str) -> FileResponse:
    """The file, to be saved; it is small enough to be read at once."""
    with made.content.open() as file:
        response = FileResponse(io.BytesIO(file.read()), as_attachment=True, filename=name)
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
    return sent_file(made, wanted.name)


@open_study(withdrawn=410)
def study_making(request: HttpRequest, study: Study) -> JsonResponse:
    """How far a study's files are that are being made, for whoever may read it."""
    return JsonResponse(study_downloads(study).as_data())


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
