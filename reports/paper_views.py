"""Files of a report: to download, to have made, and what a country puts on their covers."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import require, visible
from accounts.models import User
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.models import Job
from countries.models import Country
from reports import actions, renditions
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

    wanted: Wanted
    ready: Rendition | None
    job: Job | None
    own: bool  # the person asked for it and may follow the work

    @property
    def title(self) -> str:
        form = self.wanted.form
        if form == Rendition.Form.EXCEL:
            return _("Annex of tables (Excel)")
        if form == Rendition.Form.BUNDLE:
            return _("Everything behind this report, to compute it again (ZIP)")
        titles = {
            Audience.MINISTER: _("Minister's two pages"),
            Audience.FULL: _("Full report"),
            Audience.DONOR: _("Donor annex"),
        }
        return f"{titles[self.wanted.audience]} ({form.label})"

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
    newest: dict[str, Job] = {}
    for job in Job.objects.filter(topic=renditions.topic(report), key__in=keys):
        newest.setdefault(job.key, job)
    made = list(report.renditions.filter(language=language))
    return [
        Download(
            wanted,
            renditions.among(made, wanted, choices),
            newest.get(key),
            own=key in newest and newest[key].owner_id == user.pk,
        )
        for key, wanted in keys.items()
    ]


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
    response = FileResponse(made.content.open(), as_attachment=True, filename=wanted.name)
    response["Content-Type"] = KINDS[wanted.form]
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
