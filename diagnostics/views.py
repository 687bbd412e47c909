"""The pages of rounds and sheets."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, require_recent_proof, visible
from accounts.queries import countries_allowing, memberships_allowing
from accounts.roles import Permission
from activity import comments, files
from activity.queries import jobs_visible_to
from countries.models import Country, Document
from diagnostics import actions, instrument_queries, lives, pages, queries
from diagnostics.comparing import compared
from diagnostics.forms import ChooseForm, PlanForm, ReasonForm
from diagnostics.handbook import counts, sourced
from diagnostics.models import InstrumentVersion, Objection, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.rubric import soundness
from diagnostics.witnesses import heard, on_page

STEPS = {
    "open": actions.open_round,
    "end_collecting": actions.end_collecting,
    "collect_again": actions.collect_again,
    "close": actions.close_round,
    "archive": actions.archive_round,
    "unarchive": actions.unarchive_round,
}  # an item is reopened on its own page


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Plan a round in two steps: what it is about, then its period and sheets."""
    countries = countries_allowing(request.user, Permission.ROUND_RUN)
    require(countries.exists(), _("Only a coordinator plans rounds."))
    choose = ChooseForm(request.GET or None, countries=countries)
    if not choose.is_valid():
        return render(request, "diagnostics/round_choose.html", {"form": choose})
    country, version = choose.cleaned_data["country"], choose.cleaned_data["instrument"]
    about = {"cluster": request.GET.get("cluster")}
    form = PlanForm(request.POST or None, country=country, version=version, initial=about)
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan_round(
                country=country,
                cluster=form.cleaned_data.get("cluster"),
                instrument_version=version,
                title=form.cleaned_data["title"],
                period=(form.cleaned_data["period_start"], form.cleaned_data["period_end"]),
                due_on=form.cleaned_data["due_on"],
                sheets=form.sheets(),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(planned)
    context = {"form": form, "country": country, "version": version}
    return render(request, "diagnostics/round_plan.html", context)


@require_POST
def practice_start(request: HttpRequest, code: str) -> HttpResponse:
    """Open a round for learning, in one click."""
    country = visible(Country.objects.all(), code=code)
    require(
        countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=country.pk).exists(),
        _("Only a coordinator of the country starts a practice round."),
    )
    try:
        return redirect(actions.start_practice(country=country, by=request.user))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("reports:country", country.pk)


@require_POST
def round_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the round's life (diagnostics.lives)."""
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    require(
        queries.runs(request.user, pk),
        _("Only a coordinator of the country leads a round from step to step."),
    )
    if lives.ROUND[step].asks_proof:
        require_recent_proof(request)
    given = {"reason": request.POST.get("reason", "")} if lives.ROUND[step].asks_reason else {}
    return _attempt(request, round, STEPS[step], round=round, by=request.user, **given)


@require_safe
def round_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The submitted sheets side by side, for who runs the round."""
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    require(
        queries.runs(request.user, pk),
        _("Only a coordinator of the country sees all sheets side by side."),
    )
    submitted = round.sheets.filter(state=Sheet.State.SUBMITTED).exclude(panel=Panel.AGREED)
    sheets = list(submitted.select_related("organisation").order_by("pk"))
    instrument = round.instrument_version.told
    themes = compared(instrument, sheets, heard(round)) if sheets else []
    context = {"round": round, "sheets": sheets, "themes": themes}
    return render(request, "diagnostics/round_answers.html", context)


@require_safe
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet's themes with their progress, what is missing, and its provisional profile."""
    sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
    themes = pages.themes_of(sheet, queries.responses_of(sheet))
    may_fill = queries.fills(request.user, sheet)
    runs = queries.runs(request.user, sheet.round_id)
    last = queries.last_round(sheet.round)
    scoring = sheet.scorings.filter(submission=sheet.submission).first()
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "themes": themes,
        "no_longer_asked": queries.no_longer_asked(last, sheet.round) if last else [],
        "last_round": last,
        "missing": sum(len(theme.missing) for theme in themes),
        "may_fill": may_fill,
        "runs": runs,
        "reopens": queries.reopens(request.user, sheet),
        "names": may_fill or runs,  # other organisations learn what is said, not by which officer
        "scoring": scoring,
        "result": scoring and sheet.round.instrument_version.said(scoring.result),
        "job": jobs_visible_to(request.user)
        .filter(key=f"score {sheet.pk} {sheet.submission}")
        .first(),
        "reason_form": ReasonForm(),
    }
    return render(request, "diagnostics/sheet_detail.html", context)


@require_safe
def sheet_theme(request: HttpRequest, pk: int, theme: str) -> HttpResponse:
    """The check-sheet of one theme: the page officers work on."""
    sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
    last_round, last = queries.last_time(sheet.round)
    responses = queries.responses_of(sheet)
    shown = pages.themes_of(sheet, responses, last, on_page(sheet.round, theme))
    by_code = {one.theme.code: one for one in shown}
    require(theme in by_code, _("This theme is not assigned to this sheet."))
    order = list(by_code)
    position = order.index(theme)
    may_fill = queries.fills(request.user, sheet)
    said = comments.by_topic(f"sheet {sheet.pk} ")
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "themes": shown,
        "page": by_code[theme],
        "answers": pages.ANSWERS,
        "last_round": last_round,
        "writable": sheet.is_open and may_fill,
        "names": may_fill or queries.runs(request.user, sheet.round_id),
        "still_asked": queries.still_asked(last_round, sheet.round) if last_round else set(),
        "assigned": queries.items_assigned(request.user, sheet),
        "rows": [(one, said.get(one.item.code, [])) for one in by_code[theme].items],
        "next_theme": by_code[order[position + 1]].theme if position + 1 < len(order) else None,
    }
    return render(request, "diagnostics/sheet_theme.html", context)


@require_safe
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """An evidence file."""
    return files.as_it_came(visible(queries.files_visible_to(request.user), pk=pk))


@require_POST
def sheet_submit(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
    require(
        queries.fills(request.user, sheet), _("Only members of the organisation submit its sheet.")
    )
    return _attempt(request, sheet, actions.submit_sheet, sheet=sheet, by=request.user)


@require_POST
def sheet_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
    require(
        queries.reopens(request.user, sheet),
        _("Only a coordinator of the country opens a sheet again."),
    )
    reason = request.POST.get("reason", "")
    return _attempt(
        request, sheet, actions.reopen_sheet, sheet=sheet, reason=reason, by=request.user
    )


@login_not_required
@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The published instruments; anybody may read what is asked."""
    known = request.user.is_authenticated
    context = {
        "versions": _published().select_related("country"),
        "edits": known and memberships_allowing(request.user, Permission.INSTRUMENT_EDIT).exists(),
        "copied": set(instrument_queries.copied_by(request.user).values_list("pk", flat=True))
        if known and instrument_queries.writes_instruments(request.user)
        else set(),
        "drafts": instrument_queries.drafts_visible_to(request.user) if known else (),
    }
    return render(request, "diagnostics/instruments.html", context)


@login_not_required
@require_safe
def handbook(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """One instrument for a reader, whole; printed, it is the handbook."""
    shown = visible(_published(), code=code, version=version)
    told = shown.told
    by_theme = {
        theme.code: [a for a in told.approaches if a.theme == theme.code] for theme in told.themes
    }
    context = {"version": shown, "instrument": told, "approaches": by_theme}
    return render(request, "diagnostics/handbook.html", context)


@login_not_required
@require_safe
def provenance(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """What of the instrument is the source's and what is ours."""
    shown = visible(_published(), code=code, version=version)
    rows = sourced(shown.told)
    context = {
        "version": shown,
        "rows": rows,
        "counts": counts(rows),
        "documents": Document.objects.all(),
    }
    return render(request, "diagnostics/provenance.html", context)


@require_safe
def rubric_soundness(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """How well the instrument's statements form a ladder, for those who edit instruments."""
    edits = memberships_allowing(request.user, Permission.INSTRUMENT_EDIT).exists()
    require(edits, _("Only administrators see how sound a rubric is."))
    shown = visible(_published(), code=code, version=version)
    of = request.GET.get("of", Round.Provenance.ASSESSMENT)
    choices = [one for one in Round.Provenance.choices if one[0] != Round.Provenance.PRACTICE]
    if of not in dict(choices):
        raise Http404
    context = {
        "version": shown,
        "of": of,
        "choices": choices,
        "themes": soundness(shown, provenance=of),
        "objections": queries.objections_visible_to(request.user).filter(
            about=Objection.About.WORDING, round__instrument_version=shown
        ),
    }
    return render(request, "diagnostics/soundness.html", context)


def _published() -> QuerySet[InstrumentVersion]:
    return InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED)


def _attempt(request: HttpRequest, back_to, action, **arguments) -> HttpResponse:
    """Do the action and return to the page of `back_to`; a refusal is told there."""
    try:
        action(**arguments)
    except actions.StillOpen as refusal:
        messages.error(request, _open_items(back_to, refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(back_to)


def _open_items(round: Round, refusal: actions.StillOpen) -> str:
    """The refusal with a link to each item."""
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse("diagnostics:settlement_item", args=[round.pk, one.item.code]), one.item.title)
            for one in refusal.items
        ),
    )
    return format_html(
        "{} {}", _("Decide these items, and answer the objections to them, first:"), links
    )
