"""The pages on which a sheet is taken away, to fill elsewhere, and given back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import require, visible
from diagnostics import queries
from diagnostics.actions import Conflict
from diagnostics.fieldwork import actions
from diagnostics.fieldwork.said import open_items
from diagnostics.fieldwork.workbook import workbook
from diagnostics.fieldwork.xlsform import form
from diagnostics.models import FilledFile, Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GiveBackForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The filled file"), allow_empty_file=True, max_length=200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest, pk: int) -> HttpResponse:
    """Every form in which the sheet can be taken away; posting gives a filled one back."""
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    may_fill = queries.fills(request.user, sheet)
    back = GiveBackForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(may_fill, _("Only members of the organisation answer its sheet."))
        if back.is_valid():
            try:
                given = actions.give_back(
                    sheet=sheet, upload=back.cleaned_data["file"], by=request.user
                )
            except ValidationError as refusal:
                back.add_error("file", refusal)
            else:
                return redirect(given)
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "form": back,
        "may_fill": may_fill,
        "given": sheet.filled.select_related("file", "by") if may_fill else [],
    }
    return render(request, "diagnostics/offline.html", context)


@require_safe
def take_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as a workbook, with what is answered; open to fill for who may fill it."""
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    writable = sheet.is_open and queries.fills(request.user, sheet)
    may = open_items(sheet, request.user) if writable else set()
    return download(workbook(sheet, queries.responses_of(sheet), may), sheet, "xlsx", XLSX)


@require_safe
def take_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as an XLSForm, asking what the person may answer; all of it for other readers."""
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    responses = queries.responses_of(sheet)
    return download(form(sheet, responses, open_items(sheet, request.user)), sheet, "xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def filled(request: HttpRequest, pk: int) -> HttpResponse:
    """What a filled file would change; posting saves it."""
    mine = FilledFile.objects.filter(sheet__in=queries.sheets_filled_by(request.user))
    given = visible(
        mine.select_related("sheet__round__country", "sheet__organisation", "file"), pk=pk
    )
    which = request.POST.get("which", request.GET.get("which", ""))
    which = int(which) if which.isdecimal() and len(which) < 6 else None
    if request.method == "POST":
        try:
            saved = actions.save_filled(
                filled=given, by=request.user, which=which, **chosen(request.POST)
            )
        except Conflict as conflict:
            item = conflict.response.item.code
            title = given.sheet.round.instrument_version.told.items()[item].title
            message = _(
                "“%(item)s” was answered elsewhere just now; nothing was saved. Look again."
            )
            messages.error(request, message % {"item": title})
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            message = ngettext("%(count)s item was saved.", "%(count)s items were saved.", saved)
            messages.success(request, message % {"count": saved})
            return redirect(given.sheet)
    found, submissions = actions.plan_of(given, request.user, which)
    context = {
        "filled": given,
        "sheet": given.sheet,
        "round": given.sheet.round,
        "plan": found,
        "which": len(submissions) - 1 if which is None else which,
        "submissions": submissions,
    }
    return render(request, "diagnostics/filled.html", context)


def chosen(posted: dict) -> dict:
    """Which answers a person chose where both changed: `choice-ITEM` is file or stored."""
    sent = {k.removeprefix("choice-"): v for k, v in posted.items() if k.startswith("choice-")}
    seen = {item: posted.get(f"seen-{item}", "") for item in sent}
    return {
        "mine": {
            item: int(seen[item])
            for item, choice in sent.items()
            if choice == "file" and seen[item].isdecimal() and len(seen[item]) < 10
        },
        "kept": {item for item, choice in sent.items() if choice == "stored"},
    }


def download(content: bytes, sheet: Sheet, ending: str, kind: str) -> HttpResponse:
    """A file to be saved, named after the round and the organisation."""
    response = HttpResponse(content, content_type=kind)
    name = slugify(f"{sheet.round.title} {sheet}") or f"sheet-{sheet.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
