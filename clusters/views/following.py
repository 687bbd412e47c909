"""A published study is followed: values, lessons, judgement, and the table of values."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.judging import JudgementForm
from activity.tables import as_csv
from clusters import actions, following, queries
from clusters.study_forms import LessonForm, ReadingForm
from clusters.views.studies import attempt, kept_study, page_of


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the indicator of a line stands; a form that does not fit comes back."""
    shown = kept_study(request, pk)
    form = ReadingForm(request.POST, study=shown)
    if form.is_valid():
        try:
            actions.add_reading(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect(shown)
    return render(request, "clusters/study.html", page_of(request, shown, reading_form=form))


@require_POST
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a lesson; a form that does not fit comes back."""
    shown = kept_study(request, pk)
    form = LessonForm(request.POST, study=shown)
    if form.is_valid():
        return attempt(request, shown, actions.add_lesson, study=shown, **form.cleaned_data)
    return render(request, "clusters/study.html", page_of(request, shown, lesson_form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what study and plan came to, criterion by criterion."""
    shown = kept_study(request, pk)
    form = JudgementForm(request.POST or None, judgements=shown.judgements.all())
    if request.method == "POST" and form.is_valid():
        return attempt(request, shown, actions.judge_study, study=shown, texts=form.cleaned_data)
    return render(request, "clusters/study_judgement.html", {"study": shown, "form": form})


@login_not_required
@require_safe
def values_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every value of the plan's indicators as a table: anybody's once published."""
    shown = queries.studies_visible_to(request.user).filter(pk=pk).first()
    if shown is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    columns, rows = following.COLUMNS, following.values(shown)
    if shown.cluster.country.is_fictional:
        columns, rows = [*columns, "label"], [[*row, _("fictional country")] for row in rows]
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="study-{shown.pk}-values.csv"'
    return response
