"""The review of a report version: comments, answers, replies, steps, the members' edition."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require, require_recent_proof, visible
from accounts.roles import Permission
from reports import actions, editions, lives, queries
from reports.forms import PublishForm, RemarkForm, ReplyForm, ShareForm, VerdictForm
from reports.models import ReportVersion
from reports.parts import parts_of
from reports.reviewing import Review

STEPS = {
    "ask_review": actions.ask_for_review,
    "approve": actions.approve,
    "take_back": actions.take_back,
    "publish": actions.publish,
    "withdraw": actions.withdraw,
}


def of_members(request: HttpRequest, pk: int) -> ReportVersion:
    """The version for who has a part in the country's rounds; 404 for everybody else."""
    return visible(queries.reports_of_members(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the version stands, what was said and answered; posting adds a comment."""
    report = of_members(request, pk)
    if request.method != "POST":
        return page(request, report)
    own = queries.organisations_of(request.user, Permission.REPORT_REVIEW, report)
    require(own.exists(), _("Only reviewers of the country's reports comment on them."))
    form = RemarkForm(request.POST, parts=parts_of(report).values(), organisations=own)
    if form.is_valid():
        try:
            actions.remark(report=report, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your comment is filed; the coordinators are told."))
            return redirect("reports:review", pk)
    return page(request, report, remark_form=form)


def page(request: HttpRequest, report: ReportVersion, **context: Any) -> HttpResponse:
    """The page of a version's review, with a form or a link in the making."""
    shown = Review(report, request.user)
    if shown.may_remark and "remark_form" not in context:
        own = queries.organisations_of(request.user, Permission.REPORT_REVIEW, report)
        context["remark_form"] = RemarkForm(
            parts=parts_of(report).values(),
            organisations=own,
            initial={"anchor": request.GET.get("about")},
        )
    editable = report.state in (ReportVersion.State.DRAFT, ReportVersion.State.IN_REVIEW)
    replying = queries.organisations_replying(request.user, report)
    replies = list(report.replies.select_related("organisation"))
    if editable and replying.exists():
        written = [one for one in replies if one.organisation in replying]
        kept = {"text": written[0].text, "organisation": written[0].organisation} if written else {}
        context["reply_form"] = ReplyForm(organisations=replying, initial=kept)
    if shown.runs:
        links = report.links.select_related("made_by").prefetch_related("openings__by")
        context |= {"links": links, "publish_form": PublishForm()}
        context.setdefault("share_form", ShareForm())
    answering = [
        (one, VerdictForm(remark=one) if shown.runs and one in shown.open else None)
        for one in shown.remarks
    ]
    context |= {
        "report": report,
        "round": report.round,
        "review": shown,
        "remarks": answering,
        "replies": replies,
        "needed": lives.APPROVALS,
    }
    return render(request, "reports/review.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator's answer to a comment."""
    remark = visible(queries.remarks_visible_to(request.user), pk=pk)
    require_coordinator(request, remark.report)
    form = VerdictForm(request.POST, remark=remark)
    back = redirect("reports:review", remark.report_id)
    if not form.is_valid():
        messages.error(request, _("Accept, decline or say that it was changed, and say why."))
        return back
    try:
        actions.answer_remark(remark=remark, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply of an assessed ministry, printed with the report."""
    report = of_members(request, pk)
    own = queries.organisations_replying(request.user, report)
    require(own.exists(), _("Only members of an assessed ministry write its reply."))
    form = ReplyForm(request.POST, organisations=own)
    if not form.is_valid():
        messages.error(request, _("Say for which ministry you reply, in 5,000 characters."))
        return redirect("reports:review", pk)
    try:
        actions.reply(report=report, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kept; it is printed with the report."))
    return redirect("reports:review", pk)


@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the version's life (reports.lives)."""
    report = of_members(request, pk)
    if step not in STEPS:
        raise Http404
    require_step(request, report, step)
    if lives.REPORT[step].asks_proof:
        require_recent_proof(request)
    form = PublishForm(request.POST)
    given: dict[str, str | date | None] = {}
    if lives.REPORT[step].asks_reason:
        given["reason"] = request.POST.get("reason", "")
    if step == "publish":
        if not form.is_valid():
            messages.error(request, _("Give the day as year, month and day, such as 2026-03-31."))
            return redirect("reports:review", pk)
        given["on"] = form.cleaned_data["on"]
    try:
        STEPS[step](report=report, by=request.user, **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("reports:review", pk)


@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """What only the members' edition has: names of those who agreed, comments and answers."""
    report = of_members(request, pk)
    context = {
        "report": report,
        "round": report.round,
        "review": Review(report, request.user),
        "items": editions.decided(report),
    }
    return render(request, "reports/members.html", context)


def require_step(request: HttpRequest, report: ReportVersion, step: str) -> None:
    """Raise PermissionDenied for who may not take the step."""
    if lives.REPORT[step].permission == Permission.REPORT_APPROVE:
        allowed = queries.may(request.user, Permission.REPORT_APPROVE, report)
        require(allowed, _("Only approvers and coordinators of the country approve its reports."))
    else:
        require_coordinator(request, report)


def require_coordinator(request: HttpRequest, report: ReportVersion) -> None:
    """Raise PermissionDenied for who does not run the country's rounds."""
    allowed = queries.may(request.user, Permission.ROUND_RUN, report)
    require(allowed, _("Only a coordinator of the country does this with its reports."))
