"""The pages on which the raters' differences are settled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, visible
from activity import comments
from diagnostics import actions, pages, queries, settlement
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.discussing import settlement_topic
from diagnostics.forms import DecisionForm, DissentForm, EvidenceFormSet, ObjectionForm
from diagnostics.models import Evidence, Response, Round, Settlement, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.scoring.instrument import Status
from diagnostics.witnesses import on_page

ONLY_COORDINATORS = gettext_lazy("Only a coordinator of the country settles items.")


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """All items with what is agreed so far, contested ones first."""
    round, agreed = _round(request, pk)
    context = {
        "round": round,
        "board": settlement.board(round, agreed, on_page(round)),
        "runs": queries.runs(request.user, pk),
        "dissents": settlement.dissents_by_item(agreed),
    }
    return render(request, "diagnostics/settlement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One item: everybody's answers, comments and evidence, and the decision."""
    round, agreed = _round(request, pk)
    found = settlement.board(round, agreed, on_page(round))
    try:
        before, shown, after = found.around(code)
    except KeyError:
        raise Http404 from None
    runs = queries.runs(request.user, pk)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        require(runs, ONLY_COORDINATORS)
    form = DecisionForm(
        posted, steps=round.instrument_version.instrument.steps, initial=_as_form(shown)
    )
    stored = [
        {"link": row.link, "page": row.page, "quote": row.quote, "file": row.file_id or ""}
        for row in shown.response.evidence.all()
    ]
    evidence = EvidenceFormSet(posted, initial=stored, prefix="evidence")
    conflict = None
    if posted is not None and form.is_valid() and evidence.is_valid():
        try:
            _decide(round, code, form, evidence, by=request.user)
        except actions.Conflict as found_conflict:
            conflict = found_conflict.response.settlements.select_related("by").first()
            # Sent again, what the person chose now knowingly replaces what is stored.
            posted = posted.copy()
            posted["revision"] = found_conflict.response.revision
            form = DecisionForm(posted, steps=round.instrument_version.instrument.steps)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(item)s is decided.") % {"item": shown.item.title})
            done = form.cleaned_data["decision"] in (DecisionForm.SETTLE, DecisionForm.WAIVE)
            following = found.next_pending(code) if done else None
            target = following.item.code if following else code
            return redirect("diagnostics:settlement_item", pk, target)
    said = _answers(request, round, code)
    context = {
        "round": round,
        "board": found,
        "shown": shown,
        "before": before,
        "after": after,
        "next_pending": found.next_pending(code),
        "runs": runs,
        "writable": runs and round.state == Round.State.SETTLING,
        "form": form,
        "evidence": evidence,
        "conflict": conflict,
        "rungs": _rungs(shown, form, said),
        "answers": pages.ANSWERS,
        "said": [(one, *settlement.standing(one, shown.item)) for one in said],
        "decisions": shown.response.settlements.select_related("by"),
        "dissents": shown.response.dissents.filter(withdrawn_at=None).select_related(
            "organisation", "by"
        ),
        "dissent_form": _dissent_form(request, round),
        "objections": round.objections.filter(item__code=code).select_related("organisation"),
        "objection_form": _objection_form(request, round),
        "discusses": queries.discusses(request.user, round),
        "comments": comments.on(settlement_topic(round, code)),
        "member": queries.sheets_visible_to(request.user).filter(round=round).exists(),
    }
    status = 409 if conflict else 200
    return render(request, "diagnostics/settlement_item.html", context, status=status)


@require_POST
def dissent(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Record that an organisation holds otherwise, or (`withdraw`) no longer does."""
    round, _agreed = _round(request, pk)
    form = _dissent_form(request, round, request.POST)
    require(form is not None, _("Only members of an organisation that submitted a sheet dissent."))
    back = redirect("diagnostics:settlement_item", pk, code)
    withdraws = "withdraw" in request.POST
    if withdraws:
        form.fields["text"].required = False
    if not form.is_valid():
        messages.error(request, _("Say which organisation holds what, and why."))
        return back
    given = form.cleaned_data
    try:
        if withdraws:
            actions.withdraw_dissent(
                round=round, item=code, organisation=given["organisation"], by=request.user
            )
        else:
            actions.dissent(
                round=round,
                item=code,
                organisation=given["organisation"],
                text=given["text"],
                named=given.get("named", False),
                by=request.user,
            )
    except Response.DoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back


def _round(request: HttpRequest, pk: int) -> tuple[Round, Sheet]:
    """A round that is or was settled, with its agreed sheet; 403 while it still collects."""
    round = visible(queries.rounds_visible_to(request.user), pk=pk)
    require(
        round.state in queries.SETTLED_STATES,
        _("What is agreed can be seen once collecting has ended."),
    )
    return round, round.sheets.get(panel=Panel.AGREED)


def _decide(round: Round, code: str, form: DecisionForm, evidence: Any, **by: Any) -> Settlement:
    """Take the decision of valid forms. Raises as the actions do."""
    given = form.cleaned_data
    common = {
        "round": round,
        "item": code,
        "reason": given["reason"],
        "revision": given["revision"],
        **by,
    }
    match given["decision"]:
        case DecisionForm.WAIVE:
            return actions.waive_item(**common)
        case DecisionForm.TAKE_BACK:
            return actions.take_back_item(**common)
        case DecisionForm.REOPEN:
            return actions.reopen_item(**common)
    status = Status.NOT_APPLICABLE if given["applies_not"] else Status.ANSWERED
    rows = [
        EvidenceRow(*(row.get(name, "") for name in EvidenceRow._fields))
        for row in evidence.cleaned_data
    ]
    content = Content(answers=form.answers(), made=[], status=str(status), evidence=rows)
    return actions.settle_item(content=content, **common)


def _as_form(shown: settlement.ToSettle) -> dict[str, Any]:
    response = shown.response
    given = zip(shown.item.steps, response.answers, strict=True)
    answers = {f"answer_{step}": answer for step, answer in given}
    away = response.status == Status.NOT_APPLICABLE
    return {"revision": response.revision, "applies_not": away, **answers}


def _answers(request: HttpRequest, round: Round, code: str) -> list[Response]:
    """What the submitted sheets say of the item, as far as this person may read them."""
    sheets = queries.sheets_visible_to(request.user).filter(
        round=round, state=Sheet.State.SUBMITTED
    )
    return list(
        Response.objects.filter(sheet__in=sheets, item__code=code)
        .select_related("sheet__organisation", "item")
        .prefetch_related(Prefetch("evidence", Evidence.objects.select_related("file")))
        .order_by("sheet__panel", "sheet")
    )


def _rungs(
    shown: settlement.ToSettle, form: DecisionForm, said: list[Response]
) -> list[dict[str, Any]]:
    """The ladder: each level's text, what the form holds, and who says what of the statement.

    The marks of phases are no ladder: the lowest rung is missing, and each is current that is true.
    """
    held = [str(form[name].value() or "") for name in form.statements]
    level = next((n for n, answer in enumerate(held, start=1) if answer != "yes"), len(held) + 1)
    lowest = {"level": 1, "text": _("None of the statements below is true yet."), "said": []}
    rungs = [] if shown.item.marks else [lowest]
    for place, (step, text) in enumerate(shown.item.steps.items()):
        votes: dict[str, list[str]] = {}
        for response in said:
            away = response.status == Status.NOT_APPLICABLE
            answer = "not_applicable" if away else response.answers[place]
            votes.setdefault(answer, []).append(str(response.sheet.organisation))
        order = ["yes", "partly", "unknown", "no", "", "not_applicable"]
        rungs.append(
            {
                "level": step,
                "text": text,
                "answer": held[place],
                "name": form.statements[place],
                "said": [(answer, votes[answer]) for answer in order if answer in votes],
            }
        )
    for rung in rungs:
        rung["is_current"] = (
            rung["answer"] == "yes"
            if shown.item.marks
            else rung["level"] == level and (any(held) or level > 1)
        )
    return rungs


def _objection_form(request: HttpRequest, round: Round) -> ObjectionForm | None:
    organisations = queries.organisations_objecting(request.user, round)
    return (
        ObjectionForm(organisations=organisations, auto_id="objection_%s")
        if organisations
        else None
    )


def _dissent_form(request: HttpRequest, round: Round, data: Any = None) -> DissentForm | None:
    """None for who speaks for no organisation that may dissent."""
    organisations = queries.organisations_dissenting(request.user, round)
    if not organisations.exists():
        return None
    own = not queries.runs(request.user, round.pk)
    return DissentForm(data, organisations=organisations, own=own, auto_id="dissent_%s")
