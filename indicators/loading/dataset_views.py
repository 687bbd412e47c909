"""The pages of datasets: what there is, a new one, one with its imports, a file for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import visible
from accounts.refusals import Refused
from activity.queries import told
from indicators import actions
from indicators.loading import queries
from indicators.loading.doors import for_loaders
from indicators.loading.forms import DatasetForm, NewDatasetForm, UploadForm
from indicators.models import Dataset, Import

OPEN = (Import.State.UPLOADED, Import.State.CHECKED)


@require_safe
@for_loaders
def datasets(request: HttpRequest) -> HttpResponse:
    """Every dataset, and the files that wait to be loaded."""
    waiting = Import.objects.filter(state__in=OPEN).select_related("dataset", "file", "uploaded_by")
    context = {"datasets": queries.datasets(), "waiting": waiting}
    return render(request, "loading/datasets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def dataset_new(request: HttpRequest) -> HttpResponse:
    form = NewDatasetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.save_dataset(dataset=Dataset(), by=request.user, **form.cleaned_data)
        messages.success(request, _("The dataset is there; now give it a file."))
        return redirect("loading:upload", made.code)
    return render(request, "loading/dataset_form.html", {"form": form})


@require_safe
@for_loaders
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: what is said of it, its imports, what happened."""
    found = visible(Dataset.objects.all(), code=code)
    context = {
        "dataset": found,
        "imports": queries.imports_of(found),
        "indicators": found.indicators.all()[:12],
        "indicator_count": found.indicators.count(),
        "values": queries.values_in(found),
        "events": told(found.topic),
    }
    return render(request, "loading/dataset.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def dataset_describe(request: HttpRequest, code: str) -> HttpResponse:
    found = visible(Dataset.objects.all(), code=code)
    form = DatasetForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_dataset(dataset=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("What is said of the dataset is kept."))
        return redirect(found)
    return render(request, "loading/dataset_form.html", {"form": form, "dataset": found})


@require_http_methods(["GET", "HEAD", "POST"])
@for_loaders
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Give a file; its page then follows the check."""
    found = visible(Dataset.objects.all(), code=code)
    form = UploadForm(request.POST or None, request.FILES or None, dataset=found)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.upload(dataset=found, by=request.user, **form.cleaned_data))
        except Refused as refusal:
            form.add_error("file", refusal)
    return render(request, "loading/upload.html", {"form": form, "dataset": found})
