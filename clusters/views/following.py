"""A published study is followed: values, lessons, judgement, and the table of values."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activity import refusals
from activity.judging import JudgementForm
from activity.tables import csv_answer
from clusters import actions, doors
from clusters.models import Lesson, Study
from clusters.studies import following
from clusters.studies.forms import (
    CorrectionForm,
    LessonCorrectionForm,
    LessonForm,
    ReadingForm,
)
from clusters.views.studies import open_study, page_of


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the indicator of a line stands."""
    shown = doors.kept_study(request.user, pk)
    form = ReadingForm(request.POST, study=shown)
    return _keep(request, shown, actions.add_reading, reading_form=form)


@require_POST
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another value in the place of a wrong one."""
    shown = doors.kept_study(request.user, pk)
    form = CorrectionForm(request.POST, study=shown)
    return _keep(request, shown, actions.correct_reading, correction_form=form)


@require_POST
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a lesson."""
    shown = doors.kept_study(request.user, pk)
    form = LessonForm(request.POST, study=shown)
    return _keep(request, shown, partial(actions.add_lesson, study=shown), lesson_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_correction(request: HttpRequest, pk: int, lesson: int) -> HttpResponse:
    """Put another lesson in the place of a wrong one."""
    shown = doors.kept_study(request.user, pk)
    wrong = get_object_or_404(Lesson.objects.standing(), pk=lesson, study=shown)
    form = LessonCorrectionForm(request.POST or None, lesson=wrong)
    if request.method == "POST" and form.is_valid():
        with refusals.on_form(form):
            actions.correct_lesson(lesson=wrong, by=request.user, **form.cleaned_data)
            return redirect(shown)
    context = {"form": form, "study": shown, "title": _("Correct a lesson")}
    return render(request, "clusters/study_form.html", context)


def _keep(
    request: HttpRequest, shown: Study, action: Callable[..., object], **named: ModelForm
) -> HttpResponse:
    """Do the action with what the one form says; a form that does not fit comes back."""
    (form,) = named.values()
    if form.is_valid():
        with refusals.on_form(form):
            action(by=request.user, **form.cleaned_data)
            return redirect(shown)
    if shown.state not in Study.FOLLOWED:  # the page has no form that could come back
        messages.error(
            request, " ".join(form.non_field_errors()) or _("The study is not followed.")
        )
        return redirect(shown)
    return render(request, "clusters/study.html", page_of(request, shown, **named))


@require_http_methods(["GET", "HEAD", "POST"])
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what study and plan came to, criterion by criterion."""
    shown = doors.kept_study(request.user, pk)
    form = JudgementForm(request.POST or None, judgements=shown.judgements.all())
    if request.method == "POST" and form.is_valid():
        with refusals.on_page(request):
            actions.judge_study(study=shown, texts=form.cleaned_data, by=request.user)
        return redirect(shown)
    return render(request, "clusters/study_judgement.html", {"study": shown, "form": form})


@open_study(withdrawn=410)
def values_csv(request: HttpRequest, shown: Study) -> HttpResponse:
    """Every value of the plan's indicators as a table."""
    return csv_answer(
        f"study-{shown.pk}-values",
        following.COLUMNS,
        following.values(shown),
        is_fictional=shown.cluster.country.is_fictional,
    )
