"""The public site: what is published, for visitors, news readers, programs and search engines."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from accounts.doors import visible
from activity.tables import csv_answer
from clusters.models import Study
from clusters.studies.following import whole, with_plans
from clusters.views import studies as study_pages
from countries.models import Country
from diagnostics.models import Round
from reports import views as pages
from reports.models import ReportVersion
from reports.public.listing import (
    COLUMNS,
    STUDY_COLUMNS,
    Row,
    StudyRow,
    address_of,
    as_data,
    published,
    published_studies,
    rows,
    study_rows,
)
from reports.queries import clusters_with_phases

FRESH = 300  # seconds for which a page may be shown again without asking
NEWEST = 8
Page = Callable[..., HttpResponse]


def public(view: Page) -> Page:
    """A page for everybody, kept by caches for a while and asked for again by its ETag."""

    @login_not_required
    @require_safe
    @conditional_page
    @wraps(view)
    def inner(request: HttpRequest, **rest: object) -> HttpResponse:
        response = view(request, **rest)
        if not request.user.is_authenticated and response.status_code == 200:
            patch_cache_control(response, public=True, max_age=FRESH)
        return response

    return inner


@public
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what is published, and where to read on."""
    valid = [one for one in published() if one.state == ReportVersion.State.PUBLISHED]
    real = [one for one in valid if not _is_fiction(one)]
    studies = list(published_studies().filter(state=Study.State.PUBLISHED))
    real_studies = [one for one in studies if not one.cluster.country.is_fictional]
    invented = [one.round.country for one in valid if _is_fiction(one)]
    invented += [one.cluster.country for one in studies if one.cluster.country.is_fictional]
    context = {
        "newest": real[:NEWEST],
        "studies": [(one, address_of(one)) for one in real_studies[:NEWEST]],
        "countries": _counted(
            [one.round.country for one in real] + [one.cluster.country for one in real_studies]
        ),
        "fictional": _counted(invented),
    }
    return render(request, "public/start.html", context)


@public
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of every report of one country, the withdrawn and superseded ones too.

    Beside them its clusters with their phases, and likewise the studies of them.
    """
    shown = visible(Country.objects.all(), code=code)
    reports = [one for one in published() if one.round.country_id == shown.pk]
    studies = with_plans(published_studies().filter(cluster__country=shown))
    if not reports and not studies:
        raise Http404
    phases = clusters_with_phases(AnonymousUser(), shown)
    context = {
        "country": shown,
        "reports": reports,
        "studies": [(one, address_of(one)) for one in studies],
        "clusters": [one for one in phases if one.phase],
    }
    return render(request, "public/country.html", context)


@public
def version(request: HttpRequest, code: str, round: str, number: int) -> HttpResponse:
    """One version at the address that stays; a name that has changed leads to the one of now."""
    found = _at(code, round, number)
    if request.path != found.public_address:
        return HttpResponsePermanentRedirect(found.public_address)
    return pages.report(request, pk=found.pk)


@public
def snapshot(request: HttpRequest, code: str, round: str, number: int) -> HttpResponse:
    """Everything behind that version as JSON."""
    return pages.snapshot(request, pk=_at(code, round, number).pk)


@public
def study(request: HttpRequest, code: str, cluster: str, number: int) -> HttpResponse:
    """One study at the address that stays; a name that has changed leads to the one of now."""
    found = _study_at(code, cluster, number)
    if request.path != address_of(found):
        return HttpResponsePermanentRedirect(address_of(found))
    return study_pages.study(request, pk=found.pk)


@public
def study_content(request: HttpRequest, code: str, cluster: str, number: int) -> HttpResponse:
    """What the study says and what became of its plan, as JSON; of a withdrawn one the notice."""
    found = _study_at(code, cluster, number)
    if found.state == Study.State.WITHDRAWN:
        return study_pages.notice(request, found, status=410)
    return JsonResponse(whole(found))


@public
def as_json(request: HttpRequest) -> HttpResponse:
    rows = {"reports": _rows(request), "studies": _study_rows(request)}
    return JsonResponse({name: [as_data(row) for row in found] for name, found in rows.items()})


@public
def as_table(request: HttpRequest) -> HttpResponse:
    return _table("reports", COLUMNS, _rows(request))


@public
def studies_as_table(request: HttpRequest) -> HttpResponse:
    return _table("studies", STUDY_COLUMNS, _study_rows(request))


@public
def feed(request: HttpRequest, form: type[SyndicationFeed]) -> HttpResponse:
    """News of published reports and studies, withdrawals too, the newest first."""
    found = form(
        title=_("Published reports on stages of development of SMEs"),
        link=request.build_absolute_uri(reverse("public:start")),
        description="",
        feed_url=request.build_absolute_uri(),
    )
    entries = [
        (row, row.updated_at, _headline(row),
         [row.country_name, row.cluster, _(row.label), ReportVersion.State(row.state).label,
          row.withdrawn_because])
        for row in _rows(request)
    ] + [
        (row, row.updated_at, _study_headline(row),
         [row.country_name, row.label, Study.State(row.state).label, row.withdrawn_because])
        for row in _study_rows(request)
    ]  # fmt: skip
    for row, updated, title, told in sorted(entries, key=lambda one: one[1], reverse=True):
        found.add_item(
            title=title,
            link=row.address,
            description=" ".join(map(str, filter(None, told))),
            unique_id=row.address,
            pubdate=row.published_at,
            updateddate=updated,
        )
    return HttpResponse(found.writeString("utf-8"), content_type=found.content_type)


def _headline(row: Row) -> str:
    facts = {"title": row.title, "version": row.version}
    if row.state == ReportVersion.State.WITHDRAWN:
        return _("%(title)s, version %(version)s: withdrawn") % facts
    if row.state == ReportVersion.State.SUPERSEDED:
        return _("%(title)s, version %(version)s: superseded") % facts
    return _("%(title)s, version %(version)s") % facts


def _study_headline(row: StudyRow) -> str:
    facts = {"cluster": row.cluster, "number": row.number}
    if row.state == Study.State.WITHDRAWN:
        return _("%(cluster)s: diagnostic study %(number)s: withdrawn") % facts
    if row.state == Study.State.SUPERSEDED:
        return _("%(cluster)s: diagnostic study %(number)s: superseded") % facts
    return _("%(cluster)s: diagnostic study %(number)s") % facts


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses that search engines may keep: what is valid now."""
    valid = [one for one in published() if one.state == ReportVersion.State.PUBLISHED]
    paths = [reverse("public:start"), reverse("comparing:countries"), reverse("explorer:index")]
    studies = list(published_studies().filter(state=Study.State.PUBLISHED))
    countries = {one.round.country_id for one in valid} | {
        one.cluster.country_id for one in studies
    }
    paths += [reverse("public:country", args=[code]) for code in countries]
    paths += [one.public_address for one in valid] + [address_of(one) for one in studies]
    context = {"addresses": [request.build_absolute_uri(path) for path in sorted(paths)]}
    return render(request, "public/sitemap.xml", context, content_type="application/xml")


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/account/", "/api/", "/tables/", "/reports/")),
        f"Sitemap: {request.build_absolute_uri(reverse('public:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _at(code: str, round: str, number: int) -> ReportVersion:
    """The version of this address: the number at the end of the round's name is what counts."""
    return visible(published(), round=_key(round), round__country=code, number=number)


def _study_at(code: str, cluster: str, number: int) -> Study:
    """Likewise, by the number at the end of the cluster's name."""
    found = published_studies().filter(cluster__country=code)
    return visible(found, cluster=_key(cluster), number=number)


def _key(name: str) -> int:
    key = name.rpartition("-")[2]
    if not (key.isascii() and key.isdigit() and len(key) < len("2147483647")):
        raise Http404
    return int(key)


def _rows(request: HttpRequest) -> list[Row]:
    return rows(published(), request.build_absolute_uri)


def _study_rows(request: HttpRequest) -> list[StudyRow]:
    return study_rows(published_studies(), request.build_absolute_uri)


def _table(name: str, columns: list[str], found: Sequence[Row | StudyRow]) -> HttpResponse:
    return csv_answer(name, columns, [list(as_data(row).values()) for row in found])


def _is_fiction(report: ReportVersion) -> bool:
    fiction = report.round.provenance == Round.Provenance.FICTIONAL
    return fiction or report.round.country.is_fictional


def _counted(countries: list[Country]) -> list[tuple[Country, int]]:
    """Each country with how many publications it has, by name."""
    return sorted(Counter(countries).items(), key=lambda pair: pair[0].name)
