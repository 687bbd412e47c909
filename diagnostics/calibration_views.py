"""The page on which a draft takes thresholds from a loaded dataset, after a look at them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.doors import visible
from accounts.refusals import Stale
from countries.wording import worded
from diagnostics import actions, instrument_queries
from diagnostics.calibrating import calibrated
from diagnostics.models import InstrumentVersion
from indicators.models import Dataset


class CalibrateForm(forms.Form):
    """A dataset that has indicators of the draft, and the last year that counts."""

    dataset = forms.ModelChoiceField(None, label=gettext_lazy("Dataset"), to_field_name="code")
    year = forms.IntegerField(
        label=gettext_lazy("Last year that counts"), min_value=1800, max_value=2150
    )

    def __init__(self, *args: object, draft: InstrumentVersion, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        items = draft.instrument.items().values()
        codes = {bound.code for item in items for bound in item.indicators}
        found = Dataset.objects.filter(indicators__code__in=codes).distinct()
        self.fields["dataset"].queryset = found.order_by("title")


@require_http_methods(["GET", "HEAD", "POST"])
def calibrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Thresholds before and after, with the countries behind; what is sent is taken over."""
    draft = visible(instrument_queries.drafts_visible_to(request.user), pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    form = CalibrateForm(given if "dataset" in given else None, draft=draft)
    found = rows = None
    if form.is_valid():
        found = calibrated(draft.instrument, **form.cleaned_data)
        rows = [(row, worded(row.told.reason)) for row in found.rows()]
        if request.method == "POST":
            try:
                sha256 = request.POST.get("sha256", "")
                actions.calibrate_draft(
                    draft=draft, sha256=sha256, by=request.user, **form.cleaned_data
                )
            except Stale:
                messages.error(request, _("Somebody changed the draft meanwhile; look again."))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("The draft has the new thresholds."))
                return redirect("diagnostics:draft_difference", pk)
    context = {"version": draft, "form": form, "found": found, "rows": rows}
    return render(request, "diagnostics/draft_calibrate.html", context)
