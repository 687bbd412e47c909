"""The pages on which a draft is written, one part a page; each saves by itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import visible
from accounts.refusals import Stale
from diagnostics import actions, instrument_queries
from diagnostics.authoring import editing
from diagnostics.authoring.editing import Kind, Part
from diagnostics.draft_forms import FORMS, NewItemForm, PartForm
from diagnostics.drafts import Draft, outline
from diagnostics.models import InstrumentVersion

REMOVABLE = (Kind.ITEM, Kind.APPROACH, Kind.RULE)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Write one part. A request that accepts JSON alone is answered with what the checks say."""
    draft = _opened(request, pk)
    stored = _part(draft, kind, code)
    form = _form(request.POST if request.method == "POST" else None, draft, Kind(kind), stored)
    revision = editing.revision(stored)
    stale = None
    if form.is_bound and form.is_valid():
        try:
            saved = actions.save_part(
                draft=draft.version,
                kind=Kind(kind),
                part=form.made(),
                revision=request.POST.get("revision", ""),
                by=request.user,
            )
        except Stale as refusal:
            # Sent again, what is written here knowingly replaces what is stored.
            stale = refusal
        except LookupError:
            raise Http404 from None
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if not _wants_json(request):
                messages.success(request, _("Saved."))
                return redirect("diagnostics:draft_part", pk, kind, code)
            draft = Draft(saved)
            revision = editing.revision(_part(draft, kind, code))
    if _wants_json(request):
        return _told(form, draft, Kind(kind), code, revision, stale)
    context = {
        "draft": draft,
        "version": draft.version,
        "kind": kind,
        "code": code,
        "part": stored,
        "form": form,
        "revision": revision,
        "conflict": _differing(form) if stale else None,
        "findings": draft.findings_at(Kind(kind), code),
        "common": draft.common(Kind(kind), code) is not None,
        "outline": outline(draft, code),
        **draft.around(Kind(kind), code),
    }
    status = 409 if stale else 200
    return render(request, f"diagnostics/draft_{kind}.html", context, status=status)


@require_POST
def item_new(request: HttpRequest, pk: int, theme: str) -> HttpResponse:
    draft = _opened(request, pk)
    form = NewItemForm(request.POST)
    try:
        code = actions.add_item(
            draft=draft.version,
            theme=theme,
            title=form.cleaned_data["title"] if form.is_valid() else "",
            group=form.cleaned_data.get("group", ""),
            by=request.user,
        )
    except LookupError:
        raise Http404 from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("diagnostics:draft_part", pk, Kind.THEME, theme)
    return redirect("diagnostics:draft_part", pk, Kind.ITEM, code)


@require_POST
def approach_new(request: HttpRequest, pk: int, theme: str, stage: int) -> HttpResponse:
    draft = _opened(request, pk)
    if theme not in editing.parts(draft.instrument, Kind.THEME):
        raise Http404
    if not 1 <= stage <= draft.instrument.levels:
        raise Http404
    code = actions.add_approach(draft=draft.version, theme=theme, stage=stage, by=request.user)
    return redirect("diagnostics:draft_part", pk, Kind.APPROACH, code)


@require_POST
def rule_new(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _opened(request, pk)
    code = actions.add_rule(draft=draft.version, by=request.user)
    return redirect("diagnostics:draft_part", pk, Kind.RULE, code)


@require_POST
def part_remove(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    draft = _opened(request, pk)
    removed = _part(draft, kind, code)
    if Kind(kind) not in REMOVABLE:
        raise Http404
    try:
        actions.remove_part(draft=draft.version, part=removed, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("diagnostics:draft_part", pk, kind, code)
    messages.success(request, _("“%(name)s” is taken out.") % {"name": draft.name(removed)})
    return redirect(draft.version)


@require_POST
def item_move(request: HttpRequest, pk: int, code: str, to: str) -> HttpResponse:
    """Move an item one place `up` or `down` in its theme."""
    draft = _opened(request, pk)
    item = _part(draft, Kind.ITEM, code)
    if to not in ("up", "down"):
        raise Http404
    places = 1 if to == "down" else -1
    actions.move_item(draft=draft.version, code=item.code, places=places, by=request.user)
    return redirect("diagnostics:draft_part", pk, Kind.THEME, draft.theme_of(code).code)


def _opened(request: HttpRequest, pk: int) -> Draft:
    version: InstrumentVersion = visible(instrument_queries.drafts_visible_to(request.user), pk=pk)
    return Draft(version)


def _part(draft: Draft, kind: str, code: str) -> Any:
    try:
        return editing.parts(draft.instrument, Kind(kind))[code]
    except (ValueError, KeyError):
        raise Http404 from None


def _form(data: Any, draft: Draft, kind: Kind, part: Part) -> PartForm:
    code = editing.HEAD_CODE if kind == Kind.HEAD else part.code
    return FORMS[kind](
        data, part=part, instrument=draft.instrument, common=draft.common(kind, code)
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.method == "POST" and not request.accepts("text/html")


def _told(
    form: PartForm, draft: Draft, kind: Kind, code: str, revision: str, stale: Stale | None
) -> JsonResponse:
    """What became of a save: the findings of this part, or why nothing was saved."""
    if stale:
        return JsonResponse({"error": stale.sentence}, status=409)
    if form.errors:
        wrong = [
            {"field": field, "severity": "error", "message": " ".join(map(str, found))}
            for field, found in form.errors.items()
        ]
        error = _("Not saved: mend what is marked.")
        return JsonResponse({"error": error, "findings": wrong}, status=400)
    found = [
        {"field": one.field, "severity": one.severity, "message": one.message}
        for one in draft.placed
        if (one.kind, one.code) == (kind, code)
    ]
    at = date_format(timezone.localtime(), "TIME_FORMAT")
    stored = _form(None, draft, kind, _part(draft, kind, code))
    return JsonResponse(
        {
            "revision": revision,
            "saved": _("Saved %(at)s") % {"at": at},
            "findings": found,
            # A row that is gone moves those below it, so the page has to be drawn anew.
            "redraw": not form.fields.keys() <= stored.fields.keys(),
        }
    )


def _differing(form: PartForm) -> list[tuple[Any, str]]:
    """The fields that the person left other than they are stored, with what is stored."""
    return [
        (form[name], str(form.get_initial_for_field(field, name) or ""))
        for name, field in form.fields.items()
        if name in form.changed_data
    ]
