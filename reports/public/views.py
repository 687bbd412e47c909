"""The public site: what is published, for visitors, news readers, programs and search engines."""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
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
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from accounts.doors import visible
from activity.tables import as_csv
from countries.models import Country
from diagnostics.models import Round
from reports import views as pages
from reports.models import ReportVersion
from reports.public.listing import COLUMNS, Row, as_data, published, rows

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
    context = {
        "newest": real[:NEWEST],
        "countries": list(_by_country(real)),
        "fictional": list(_by_country([one for one in valid if _is_fiction(one)])),
    }
    return render(request, "public/start.html", context)


@public
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of every report of one country, the withdrawn and superseded ones too."""
    shown = visible(Country.objects.all(), code=code)
    reports = [one for one in published() if one.round.country_id == shown.pk]
    if not reports:
        raise Http404
    return render(request, "public/country.html", {"country": shown, "reports": reports})


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
def as_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"reports": [as_data(row) for row in _rows(request)]})


@public
def as_table(request: HttpRequest) -> HttpResponse:
    table = as_csv(COLUMNS, [list(as_data(row).values()) for row in _rows(request)])
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reports.csv"'
    return response


@public
def feed(request: HttpRequest) -> HttpResponse:
    """News of published reports (Atom), the newest version first."""
    found = Atom1Feed(
        title=_("Published reports on stages of development of SMEs"),
        link=request.build_absolute_uri(reverse("public:start")),
        description="",
        feed_url=request.build_absolute_uri(reverse("public:feed")),
    )
    for row in sorted(_rows(request), key=lambda row: row.published_at, reverse=True):
        found.add_item(
            title=_("%(title)s, version %(version)s")
            % {"title": row.title, "version": row.version},
            link=row.address,
            description=" ".join(
                filter(None, [row.country_name, row.cluster, row.label, row.state])
            ),
            unique_id=row.address,
            pubdate=row.published_at,
            updateddate=row.published_at,
        )
    return HttpResponse(found.writeString("utf-8"), content_type=found.content_type)


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses that search engines may keep: what is valid now."""
    valid = [one for one in published() if one.state == ReportVersion.State.PUBLISHED]
    paths = [reverse("public:start"), reverse("comparing:countries"), reverse("explorer:index")]
    paths += [reverse("public:country", args=[c]) for c in {one.round.country_id for one in valid}]
    paths += [one.public_address for one in valid]
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
    key = round.rpartition("-")[2]
    if not (key.isascii() and key.isdigit() and len(key) < len("2147483647")):
        raise Http404
    return visible(published(), round=int(key), round__country=code, number=number)


def _rows(request: HttpRequest) -> list[Row]:
    return rows(published(), request.build_absolute_uri)


def _is_fiction(report: ReportVersion) -> bool:
    fiction = report.round.provenance == Round.Provenance.FICTIONAL
    return fiction or report.round.country.is_fictional


def _by_country(reports: list[ReportVersion]) -> Iterator[tuple[Country, int]]:
    """Each country with how many reports it has, by name."""
    ordered = sorted(reports, key=lambda one: one.round.country.name)
    for shown, found in groupby(ordered, key=lambda one: one.round.country):
        yield shown, len(list(found))
