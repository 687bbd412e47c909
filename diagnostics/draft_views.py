"""The life of a draft: begun as a copy or from a file, looked at, tried, published, discarded."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, require_recent_proof, visible
from accounts.refusals import Refused
from countries.content.faults import Fault
from countries.content.reading import text_of_bytes
from countries.wording import worded
from diagnostics import actions, instrument_queries, pages, queries
from diagnostics.authoring.reading import examine_text
from diagnostics.authoring.writing import yaml_text
from diagnostics.draft_forms import CopyForm, ImportForm
from diagnostics.drafts import Draft, outline
from diagnostics.models import InstrumentVersion, Round
from diagnostics.models.rounds import Panel
from diagnostics.scoring.instrument import Instrument
from diagnostics.scoring.trial import Tried, tried


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft as a copy; `?version=` is what the page proposes."""
    _require_author(request)
    initial = {"version": request.GET.get("version", "")}
    form = CopyForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.copy_instrument(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(draft)
    return render(request, "diagnostics/draft_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def draft_import(request: HttpRequest) -> HttpResponse:
    """Begin a draft with what a file says; a file with errors changes nothing."""
    _require_author(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        instrument, faults = _read(form.cleaned_data["file"].read())
        if instrument is not None:
            try:
                _require_for(request, instrument)
                draft = actions.import_draft(instrument=instrument, by=request.user)
            except ValidationError as refusal:
                form.add_error("file", refusal)
            else:
                return redirect(draft)
    return render(request, "diagnostics/draft_import.html", {"form": form, "faults": faults})


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft at a glance: its parts, what the checks say, and its next steps."""
    shown = _draft(request, pk)
    context = {"draft": shown, "version": shown.version, "outline": outline(shown)}
    return render(request, "diagnostics/draft.html", context)


@require_safe
def draft_preview(request: HttpRequest, pk: int, theme: str) -> HttpResponse:
    """A theme of the draft as an officer would find it on a sheet."""
    shown = _draft(request, pk)
    themes = {one.code: one for one in shown.instrument.themes}
    if theme not in themes:
        raise Http404
    context = {
        "draft": shown,
        "version": shown.version,
        "page": pages.blank_theme(themes[theme], shown.instrument.level_names),
        "answers": pages.ANSWERS,
        "writable": False,
    }
    return render(request, "diagnostics/draft_preview.html", context)


@require_safe
def draft_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft changes of the version it comes from, in words."""
    shown = _draft(request, pk)
    context = {"draft": shown, "version": shown.version}
    return render(request, "diagnostics/draft_difference.html", context)


@require_safe
def draft_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The stages of a past round before and with the draft; nothing is stored."""
    shown = _draft(request, pk)
    rounds = instrument_queries.rounds_to_try(request.user, shown.version)
    chosen, themes, refusal = None, [], ""
    if asked := request.GET.get("round", ""):
        if not asked.isdecimal() or len(asked) > 18:
            raise Http404
        chosen = visible(rounds, pk=int(asked))
        try:
            themes = _tried(shown, chosen)
        except ValueError as reason:
            refusal = worded(*reason.args)
    context = {
        "draft": shown,
        "version": shown.version,
        "rounds": rounds,
        "round": chosen,
        "themes": themes,
        "refusal": refusal,
    }
    return render(request, "diagnostics/draft_trial.html", context)


@require_safe
def draft_file(request: HttpRequest, pk: int) -> HttpResponse:
    return _as_file(_draft(request, pk).version)


@login_not_required
@require_safe
def instrument_file(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """A published version as its exchange form; anybody may read what is asked."""
    published = InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED)
    return _as_file(visible(published, code=code, version=version))


@require_POST
def draft_publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    require_recent_proof(request)
    try:
        published = actions.publish_draft(draft=shown.version, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(shown.version)
    messages.success(request, _("%(version)s is published.") % {"version": published})
    return redirect(published)


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    try:
        actions.discard_draft(draft=shown.version, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%(draft)s is discarded.") % {"draft": shown.version})
    return redirect("diagnostics:instruments")


def _draft(request: HttpRequest, pk: int) -> Draft:
    return Draft(visible(instrument_queries.drafts_visible_to(request.user), pk=pk))


def _require_author(request: HttpRequest) -> None:
    writes = instrument_queries.writes_instruments(request.user)
    require(writes, _("Only administrators and coordinators write instruments."))


def _require_for(request: HttpRequest, instrument: Instrument) -> None:
    """A coordinator brings in editions of the own country and nothing else."""
    if not instrument_queries.may_bring_in(request.user, instrument):
        raise Refused(_('The file has to be an edition of your country; say so in "country".'))


def _read(content: bytes) -> tuple[Instrument | None, tuple[Fault, ...]]:
    """The instrument of an uploaded file, held against its parent, or its faults."""
    text, fault = text_of_bytes(content)
    if fault is not None:
        return None, (fault,)
    alone = examine_text(text)
    parent = alone.instrument and instrument_queries.parent_of(alone.instrument)
    found = examine_text(text, parent) if parent else alone
    return found.instrument, found.faults


def _tried(draft: Draft, round: Round) -> list[Tried]:
    """Raises ValueError with a sentence where the draft cannot be scored on the round."""
    if draft.unscorable:
        wrong = draft.unscorable[0]
        raise ValueError(
            _("Mend the weights and marks first: %(place)s: %(message)s")
            % {"place": wrong.code, "message": wrong.message}
        )
    (agreed,) = queries.plain_sheets(round.sheets.filter(panel=Panel.AGREED))
    asked = round.instrument_version.instrument
    return tried(asked, draft.instrument, agreed)


def _as_file(version: InstrumentVersion) -> HttpResponse:
    name = f"{version.code}-{version.version}.yaml"
    return HttpResponse(
        yaml_text(version.instrument),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
