"""Home, a country's page, and reports."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts import memberships
from accounts.doors import visible
from accounts.queries import administers_everywhere, countries_allowing, memberships_allowing
from accounts.roles import FirmOwner, Permission
from activity.queries import jobs_visible_to, told
from activity.steps import possible
from clusters.queries import (
    clusters_attended_by,
    firms_visible_to,
    studies_under_way,
    studies_visible_to,
)
from clusters.studies import lives as study_lives
from clusters.studies.following import values_due, with_plans
from countries.models import Country, CountryFact
from countries.queries import figures_by_label
from diagnostics import assignments, lives
from diagnostics import queries as diagnostics
from diagnostics.models import Round
from diagnostics.plan_views import costing_file, schedule_file
from diagnostics.planned import PlanOnPage
from reports import queries
from reports.doors import of_report, page_of_report
from reports.files import chart_table, data
from reports.guides import first_steps
from reports.models import ReportVersion
from reports.paper_views import downloads
from reports.reading import Reading
from reports.rendering.sections import on_page
from reports.reviewing import review_for, waiting_for

MOST_REGISTRIES = 5  # on the home page; the list of countries leads to the others


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this person has to do next."""
    user = request.user
    # An agent may fill the profiles of all firms of the cluster; they wait on its own page.
    own = Q(round__firm=None) | Q(round__firm__in=user.firm_memberships.values("firm"))
    sheets = diagnostics.with_counts(diagnostics.sheets_filled_by(user).filter(own))
    held = memberships.of([user])[user.pk]
    firms = firms_visible_to(user).filter(memberships__user=user)
    roles = [membership.role for _kind, membership in held]
    if firms:
        roles.append(FirmOwner.code)
    context = {
        "memberships": held,
        "firms": firms,
        "clusters": clusters_attended_by(user),
        "first_steps": first_steps(user, roles),
        "administers": administers_everywhere(user),
        "owed": assignments.of_person(user),
        "to_fill": sheets.filter(round__state=Round.State.COLLECTING).exclude(state="submitted"),
        "submitted": sheets.filter(state="submitted", round__state=Round.State.COLLECTING),
        "to_run": diagnostics.with_sheet_counts(
            diagnostics.rounds_run_by(user).exclude(
                state__in=[Round.State.CLOSED, Round.State.ARCHIVED]
            )
        ),
        "measures": diagnostics.measures_answered_for(user),
        "plans": diagnostics.plans_to_fund(user),
        "reviews": waiting_for(user),
        "studies": [(one, study_lives.open_to(user, one)) for one in studies_under_way(user)[:10]],
        "reports": queries.reports_visible_to(user).defer("snapshot")[:10],
        "countries": queries.countries_at_work(user),
        "values_due": values_due(user),
        "registries": queries.countries_at_work(user).filter(
            pk__in=countries_allowing(user, Permission.CLUSTER_KEEP)
        )[:MOST_REGISTRIES],
        "manages_people": memberships_allowing(user, Permission.PEOPLE_MANAGE).exists(),
        "plans_rounds": countries_allowing(user, Permission.ROUND_RUN).exists(),
    }
    return render(request, "reports/home.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """One country: its rounds, clusters and reports, as far as this person may see them."""
    shown = visible(Country.objects.all(), code=code)
    facts = shown.facts.select_related("document")
    context = {
        "country": shown,
        "definitions": shown.definitions.select_related("document"),
        "figures": figures_by_label(shown),
        "institutions": facts.filter(kind=CountryFact.Kind.INSTITUTION),
        "laws": facts.filter(kind=CountryFact.Kind.LAW),
        "constraints": facts.filter(kind=CountryFact.Kind.CONSTRAINT),
        "rounds": diagnostics.rounds_visible_to(request.user).filter(country=shown),
        "published": queries.published_of(shown),
        "drafts": queries.reports_of_members(request.user)
        .filter(round__country=shown)
        .exclude(state__in=queries.PUBLIC)
        .defer("snapshot"),
        "clusters": queries.clusters_with_phases(request.user, shown),
        "studies": with_plans(studies_visible_to(request.user).filter(cluster__country=shown)),
        "runs": countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=shown.pk).exists(),
    }
    return render(request, "reports/country.html", context)


@require_safe
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its sheets, work under way, reports and, for who runs it, what happened."""
    shown = visible(diagnostics.rounds_visible_to(request.user), pk=pk)
    runs = diagnostics.runs(request.user, pk)
    sheets = diagnostics.sheets_visible_to(request.user).filter(round=shown)
    context = {
        "round": shown,
        "runs": runs,
        "sheets": diagnostics.with_counts(sheets),
        "jobs": jobs_visible_to(request.user).filter(topic=shown.topic)[:5],
        "reports": queries.reports_visible_to(request.user).filter(round=shown),
        "events": told(shown.topic, most=10) if runs else [],
        "owed": assignments.of_round(shown) if runs else [],
        "agreed_stands": shown.state in diagnostics.SETTLED_STATES,
        "steps": possible(shown, lives.ROUND) if runs else [],
    }
    return render(request, "reports/round.html", context)


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    reports = queries.reports_visible_to(request.user).filter(state__in=queries.PUBLIC)
    return render(request, "reports/published.html", {"reports": reports})


@page_of_report
def report(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """The report page, drawn from its snapshot alone; nobody keeps it while files are made."""
    reading, files = Reading(shown), downloads(shown)
    context = {
        "report": shown,
        "reading": reading,
        "sections": on_page(reading),
        "downloads": files,
        "plan": queries.public_plan(shown),
        "review": review_for(shown, request.user),
        "newer": queries.newest_published(shown.round_id)
        if shown.state == ReportVersion.State.SUPERSEDED
        else None,
        "withdrawn_before": queries.withdrawn_before(shown),
    }
    response = render(request, "reports/report.html", context)
    if files.working:
        patch_cache_control(response, max_age=0)
    return response


@of_report
def plan(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """The public edition of the action plan, for anybody once the report is published."""
    found = _public_plan(shown)
    context = {"report": shown, "plan": found.plan, "shown": found, "public": True}
    return render(request, "reports/plan.html", context)


@of_report
def plan_schedule(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """The schedule of that edition as a table."""
    return schedule_file(_public_plan(shown))


@of_report
def plan_costing(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """What it costs as a workbook, without who pays and who estimated."""
    return costing_file(_public_plan(shown), public=True)


def _public_plan(shown: ReportVersion) -> PlanOnPage:
    found = queries.public_plan(shown)
    if found is None:
        raise Http404
    return PlanOnPage(found)


@of_report
def chart_csv(request: HttpRequest, shown: ReportVersion, chart: str) -> HttpResponse:
    """The numbers behind one chart, read as the page reads them."""
    found = Reading(shown).all_charts.get(chart)
    if found is None:
        raise Http404
    table = chart_table(shown, found)
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    name = slugify(f"{shown.round.title} v{shown.number} {chart}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@of_report
def snapshot(request: HttpRequest, shown: ReportVersion) -> HttpResponse:
    """Everything behind the report, with its hash."""
    return HttpResponse(data(shown), content_type="application/json")
