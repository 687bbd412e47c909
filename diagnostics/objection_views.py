"""Filing an objection to an item, and answering it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.doors import require, visible
from accounts.queries import memberships_allowing
from accounts.roles import Permission
from diagnostics import actions, queries
from diagnostics.actions.responses import EvidenceRow
from diagnostics.forms import AnswerForm, ObjectionForm
from diagnostics.models import Item, Objection


@require_POST
def object_to(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """File an objection for an organisation of the person's."""
    round = visible(queries.settling_visible_to(request.user), pk=pk)
    organisations = queries.organisations_objecting(request.user, round)
    require(
        organisations.exists(),
        _("Only donors and ministries object; who settles the round does not."),
    )
    form = ObjectionForm(request.POST, organisations=organisations)
    back = redirect("diagnostics:settlement_item", pk, code)
    if not form.is_valid():
        messages.error(request, _("Say for which organisation, to what you object, and why."))
        return back
    given = form.cleaned_data
    try:
        actions.file_objection(
            round=round,
            item=code,
            organisation=given["organisation"],
            about=given["about"],
            text=given["text"],
            evidence=EvidenceRow(given["link"], given["page"], given["quote"]),
            by=request.user,
        )
    except Item.DoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The objection is filed; the coordinators are told."))
    return back


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse: what is agreed by the coordinator, wording by who edits instruments."""
    objection = visible(queries.objections_visible_to(request.user), pk=pk)
    version = objection.round.instrument_version
    if objection.about == Objection.About.WORDING:
        allowed = memberships_allowing(request.user, Permission.INSTRUMENT_EDIT).exists()
        back = redirect("diagnostics:soundness", version.code, version.version)
    else:
        allowed = queries.runs(request.user, objection.round_id)
        back = redirect("diagnostics:settlement_item", objection.round_id, objection.item.code)
    require(
        allowed,
        _("Only the coordinator answers objections; those to wording, who edits instruments."),
    )
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Accept or refuse the objection, and say why."))
        return back
    try:
        actions.answer_objection(
            objection=objection,
            accepted=form.cleaned_data["verdict"] == Objection.State.ACCEPTED,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back
