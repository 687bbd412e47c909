"""The diagnostic study of a cluster: read, written, reviewed, published."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import require_recent_proof
from activity import comments, refusals
from activity.tables import csv_answer
from clusters import actions, doors, queries
from clusters.models import PlanLine, Problem, Study, SwotLine
from clusters.studies import lives, pages, words
from clusters.studies.evidence import Readers
from clusters.studies.forms import (
    CorrectionForm,
    LessonForm,
    PlanLineForm,
    ProblemForm,
    ReadingForm,
    StudyForm,
    SwotForm,
)

View = Callable[..., HttpResponse]
PARTS = {
    "swot": (SwotLine, SwotForm, gettext_lazy("Line of SWOT")),
    "problems": (Problem, ProblemForm, gettext_lazy("Problem and joint action")),
    "lines": (PlanLine, PlanLineForm, gettext_lazy("Line of the plan")),
}


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a cluster's next study."""
    cluster = doors.kept_cluster(request.user, pk)
    with refusals.on_page(request):
        made = actions.begin_study(cluster=cluster, by=request.user)
        if made.number > 1:
            messages.success(
                request,
                _("It begins as a copy of study %(number)s. Lines of its plan that are done or "
                  "dropped stay there; the others begin where they were last measured.")
                % {"number": made.number - 1},
            )  # fmt: skip
        return redirect("clusters:study_write", made.pk)
    return redirect(cluster)


def open_study(*, withdrawn: int) -> Callable[[View], View]:
    """For views of a study that is anybody's once published, else after signing in.

    In the place of a withdrawn one they answer with the notice and the status `withdrawn`.
    """

    def door(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def inner(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
            shown = queries.studies_visible_to(request.user).filter(pk=pk).first()
            if shown is None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if shown is None:
                raise Http404
            if shown.state == Study.State.WITHDRAWN:
                return notice(request, shown, status=withdrawn)
            return view(request, shown, **rest)

        return inner

    return door


def notice(request: HttpRequest, shown: Study, *, status: int) -> HttpResponse:
    """What stands in the place of a withdrawn study."""
    context = {"study": shown, "valid": queries.valid_study(shown)}
    return render(request, "clusters/study_withdrawn.html", context, status=status)


@open_study(withdrawn=200)
def study(request: HttpRequest, shown: Study) -> HttpResponse:
    """The study as a document."""
    return render(request, "clusters/study.html", page_of(request, shown))


@open_study(withdrawn=410)
def chart_csv(request: HttpRequest, shown: Study, chart: str) -> HttpResponse:
    """The numbers behind a drawing of what was measured or of what the plan costs."""
    page = pages.StudyOnPage(shown)
    found = {one.id: one for one in (*page.measured, *page.plan_charts)}.get(chart)
    if found is None:
        raise Http404
    return csv_answer(
        f"study-{shown.pk}-{chart}",
        [column.label for column in found.columns],
        found.rows,
        is_fictional=shown.cluster.country.is_fictional,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts of a draft."""
    shown = doors.kept_study(request.user, pk)
    form = StudyForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form, StudyForm):
            return redirect(actions.write_study(study=shown, by=request.user, **form.values()))
    send = lives.STEPS["send"]
    context = {
        "form": form, "study": shown, "steps": [send, lives.STEPS["approve"]],
        "lacking": lives.lacking(shown, send),
    }  # fmt: skip
    return render(request, "clusters/study_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, part: str, row: int | None = None) -> HttpResponse:
    """Add or change a row of a draft."""
    if part not in PARTS:
        raise Http404
    shown = doors.kept_study(request.user, pk)
    model, form_class, title = PARTS[part]
    kept = get_object_or_404(model, pk=row, study=shown) if row else model(study=shown)
    form_of = partial(form_class, study=shown) if part == "swot" else form_class
    form = form_of(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        changed, read = form.save(commit=False), form.cleaned_data.get("revision")
        with refusals.on_form(form, form_of):
            actions.keep_row(study=shown, row=changed, revision=read, by=request.user)
            return redirect(shown)
    context = {
        "form": form, "study": shown, "title": title,
        "typology": pages.typology() if part == "problems" else [],
        "source": words.PROBLEMS_SOURCE.whole,
    }  # fmt: skip
    return render(request, "clusters/study_form.html", context)


@require_POST
def row_remove(request: HttpRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Take a row out of a draft."""
    if part not in PARTS:
        raise Http404
    shown = doors.kept_study(request.user, pk)
    kept = get_object_or_404(PARTS[part][0], pk=row, study=shown)
    with refusals.on_page(request):
        actions.remove_row(row=kept, by=request.user)
    return redirect(shown)


@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the study's life."""
    if step not in lives.STEPS:
        raise Http404
    shown = doors.study_for_step(request.user, pk, lives.STEPS[step])
    if lives.STEPS[step].asks_proof:
        require_recent_proof(request)
    reason = request.POST.get("reason", "")
    with refusals.on_page(request):
        actions.take_study_step(study=shown, step=step, reason=reason, by=request.user)
    return redirect(shown)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a study in review."""
    shown = doors.discussed_study(request.user, pk)
    text = request.POST.get("text", "")
    with refusals.on_page(request):
        actions.comment_study(study=shown, text=text, by=request.user)
    return redirect(shown)


@require_POST
def answer(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Answer a comment."""
    shown = doors.kept_study(request.user, pk)
    said = get_object_or_404(comments.on(shown.topic), pk=comment)
    text = request.POST.get("text", "")
    with refusals.on_page(request):
        actions.answer_comment(study=shown, comment=said, text=text, by=request.user)
    return redirect(shown)


def page_of(request: HttpRequest, shown: Study, **forms: Any) -> dict[str, Any]:
    """What the study's template is given; `forms` are those that did not fit and come back."""
    user = request.user
    known = user.is_authenticated
    keeps = known and queries.keeps(user, shown.cluster)
    follows = keeps and shown.state in Study.FOLLOWED
    if follows:
        forms = {"reading_form": ReadingForm(study=shown), "lesson_form": LessonForm(study=shown),
                 "correction_form": CorrectionForm(study=shown)} | forms  # fmt: skip
    sent_it = known and not lives.another(shown, user)
    inside = known and queries.clusters_inside(user).filter(pk=shown.cluster_id).exists()
    reader = Readers.INSIDE if inside else Readers.SIGNED_IN if known else Readers.ANYBODY
    return {
        "study": shown,
        "page": pages.StudyOnPage(shown, reader, follows=follows),
        "writes": keeps and shown.state == Study.State.DRAFT,
        "keeps": keeps,
        "follows": follows,
        "comments": comments.on(shown.topic) if inside else [],
        "may_comment": inside and shown.state == Study.State.REVIEW,
        "steps": lives.open_to(user, shown) if known else [],
        "sent_it": sent_it,
        "valid": queries.valid_study(shown) if shown.state == Study.State.SUPERSEDED else None,
        **forms,
    }
