"""Pages that compare, for everybody: on published reports, and on drafts the person may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.doors import visible
from activity.charts import Chart
from countries.models import Country
from diagnostics.models import Round
from reports.comparing import over_time, panels, side_by_side
from reports.comparing.choosing import Subject, chosen, readable, with_results
from reports.comparing.parts import Part, csv
from reports.doors import of_report
from reports.files import chart_table
from reports.models import ReportVersion
from reports.reading import Reading


@dataclass(frozen=True)
class OnPage:
    """A part with the address of its CSV."""

    part: Part
    csv_url: str

    @property
    def is_chart(self) -> bool:
        return isinstance(self.part, Chart)


@login_not_required
@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Countries side by side, on the newest report of each."""
    choice = chosen(request.GET, request.user)
    shown = [
        OnPage(part, reverse("comparing:countries_csv", args=[part.id]) + choice.address)
        for part in side_by_side.parts(choice)
    ]
    context = {
        "choice": choice,
        "charts": [one for one in shown if one.is_chart],
        "tables": [one for one in shown if not one.is_chart],
        "groupings": Country.Grouping.choices,
    }
    return render(request, "comparing/countries.html", context)


@login_not_required
@require_safe
def countries_csv(request: HttpRequest, part: str) -> HttpResponse:
    choice = chosen(request.GET, request.user)
    return _file(side_by_side.parts(choice), part, choice.shown, _("comparison"))


@login_not_required
@require_safe
def rounds(request: HttpRequest, code: str) -> HttpResponse:
    """The rounds of one country over time; of one kind of answers, one family of instruments."""
    country, kinds, shown = _rounds(request, code)
    address = "?" + request.GET.urlencode()
    found = [
        OnPage(part, reverse("comparing:rounds_csv", args=[country.pk, part.id]) + address)
        for part in (over_time.parts(shown) if shown else [])
    ]
    context = {
        "country": country,
        "rounds": shown,
        "kinds": kinds,
        "drafts": bool(request.GET.get("drafts")) and request.user.is_authenticated,
        "charts": [one for one in found if one.is_chart],
        "tables": [one for one in found if not one.is_chart],
    }
    return render(request, "comparing/rounds.html", context)


@login_not_required
@require_safe
def rounds_csv(request: HttpRequest, code: str, part: str) -> HttpResponse:
    country, _kinds, shown = _rounds(request, code)
    found = over_time.parts(shown) if shown else []
    return _file(found, part, shown, _("%(country)s over time") % {"country": country})


@of_report
def of_panels(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """Government against independent sheets of one report."""
    reading = Reading(shown)
    found = [
        OnPage(chart, reverse("comparing:panels_csv", args=[shown.pk, chart.id]))
        for chart in panels.parts(reading.result)
    ]
    context = {"report": shown, "reading": reading, "charts": found}
    return render(request, "comparing/panels.html", context)


@of_report
def panels_csv(request: HttpRequest, shown: ReportVersion, chart: str) -> HttpResponse:
    for found in panels.parts(Reading(shown).result):
        if found.id == chart:
            return _answer(chart_table(shown, found), f"{shown.round.title} {chart}")
    raise Http404


def _rounds(
    request: HttpRequest, code: str
) -> tuple[Country, list[tuple[str, str, bool]], list[Subject]]:
    """The country, the kinds of rounds it has (address, words, whether chosen), and those chosen.

    A kind is what the answers are and the family of the instrument: rounds of two kinds are never
    put on one line.
    """
    country = visible(Country.objects.all(), code=code)
    drafts = bool(request.GET.get("drafts")) and request.user.is_authenticated
    own = [one for one in readable(request.user, drafts=drafts) if one.country == country.pk]
    kinds = sorted({(one.provenance, one.family) for one in own})
    asked = (request.GET.get("of", ""), request.GET.get("instrument", ""))
    sizes = {kind: sum((one.provenance, one.family) == kind for one in own) for kind in kinds}
    kind = asked if asked in kinds else max(kinds, key=lambda one: sizes[one], default=None)
    chosen_rounds = [one for one in own if (one.provenance, one.family) == kind]
    offered = [
        (
            f"?of={one[0]}&instrument={one[1]}" + ("&drafts=1" if drafts else ""),
            f"{Round.Provenance(one[0]).label}, {one[1]}",
            one == kind,
        )
        for one in kinds
    ]
    ordered = sorted(chosen_rounds, key=lambda one: (one.period_end, one.pk))
    return country, offered, with_results(ordered)


def _file(
    parts: Sequence[Part], wanted: str, subjects: Sequence[Subject], name: str
) -> HttpResponse:
    for part in parts:
        if part.id == wanted:
            return _answer(csv(part, subjects), f"{name} {wanted}")
    raise Http404


def _answer(table: str, name: str) -> HttpResponse:
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response
