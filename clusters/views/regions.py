"""The regions of a country and their outlines."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.doors import require, visible
from accounts.queries import countries_allowing
from accounts.roles import Permission
from clusters import actions
from clusters.forms import OutlinesForm
from countries.models import Country


@require_http_methods(["GET", "HEAD", "POST"])
def of_country(request: HttpRequest, code: str) -> HttpResponse:
    """The country's regions, and the form to give them outlines."""
    country = visible(Country.objects.all(), code=code)
    keeps = countries_allowing(request.user, Permission.CLUSTER_KEEP).filter(pk=country.pk).exists()
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(keeps, _("Only the country's coordinators give outlines."))
        if form.is_valid():
            upload, said = form.cleaned_data.pop("upload"), form.cleaned_data
            try:
                count = actions.set_outlines(
                    country=country, content=upload.read(), by=request.user, **said
                )
            except ValidationError as error:
                form.add_error("upload", error)
            else:
                told = ngettext("%(n)s outline is stored.", "%(n)s outlines are stored.", count)
                messages.success(request, told % {"n": count})
                return redirect("clusters:regions", country.pk)
    context = {
        "country": country,
        "regions": country.regions.defer("outline"),
        "form": form if keeps else None,
    }
    return render(request, "clusters/regions.html", context)
