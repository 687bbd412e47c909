"""The explorer's pages and files. Anybody may read them: the indicators are of public sources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity.tables import csv_answer
from countries.models import Country
from indicators.explorer import charts, queries
from indicators.explorer.area import OneArea
from indicators.explorer.one import OneIndicator
from indicators.explorer.selection import Selection, chosen
from indicators.explorer.words import shown
from indicators.models import CurrentValue, Import, Indicator
from indicators.queries import coverage, may_load

PAGE = 40
COMPARED = 6  # as many indicators as stand side by side
FOUND = 8  # countries that a search names at most


@dataclass(frozen=True)
class Explorer:
    """What every page needs: the choice of its address, and what there is to choose from."""

    choice: Selection
    areas: Mapping[str, Country]
    groups: Mapping[str, Sequence[str]]

    def named(self, codes: Iterable[str]) -> list[Country]:
        return [self.areas[code] for code in codes]

    @property
    def countries(self) -> list[tuple[Country, str]]:
        """Those chosen, each with the address without it."""
        return [(a, self.choice.without_country(a.code)) for a in self.named(self.choice.countries)]

    @property
    def offered(self) -> list[tuple[Country, str]]:
        """What was meant perhaps, each with the address that takes it."""
        return [(a, self.choice.with_country(a.code)) for a in self.named(self.choice.offered)]

    @property
    def peers(self) -> list[tuple[str, list[Country]]]:
        """The groups by what they have in common, each list by name."""
        groups = sorted(self.named(self.groups), key=str)
        kinds = [
            (kind.label, [g for g in groups if g.grouping == kind]) for kind in Country.Grouping
        ]
        return [(label, found) for label, found in kinds if found]

    @property
    def hidden(self) -> list[tuple[str, object]]:
        """What the form of the choice sends along: all it has no field for."""
        return self.choice.hidden("peers", "year", "breakdown")

    @property
    def hidden_all(self) -> list[tuple[str, object]]:
        return self.choice.hidden()

    @property
    def suggestions(self) -> list[Country]:
        return sorted(self.areas.values(), key=str)


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everybody; a country written into its form is put into its address."""

    @login_not_required
    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, **rest: object) -> HttpResponse:
        areas, groups = queries.areas(), queries.memberships()
        peers = {code: members for code, members in groups.items() if areas[code].grouping}
        choice = chosen(request.GET, areas, peers)
        if choice.is_new:
            return HttpResponseRedirect(request.path + choice.address())
        return view(request, Explorer(choice, areas, peers), **rest)

    return inner


@_public
def index(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Indicators by topic, and search over indicators and countries."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = queries.search(words)
    topics = found.order_by("topic").values_list("topic").annotate(Count("pk"))
    if explorer.choice.topic:
        found = found.filter(topic=explorer.choice.topic)
    context = {
        "explorer": explorer,
        "words": words,
        "topics": topics,
        "page": _page(request, found.order_by("topic", "title", "pk")),
        "called": queries.areas_called(words)[:FOUND] if words else [],
    }
    return render(request, "explorer/index.html", context)


@_public
def indicator(request: HttpRequest, explorer: Explorer, pk: int) -> HttpResponse:
    """One indicator: what it is, over time, in a year's ranking and on the map."""
    one = _one(explorer, pk)
    places = {place.code for place in one.places}
    context = {
        "explorer": explorer,
        "one": one,
        "coverage": coverage([one.indicator]).get(pk),
        "charts": [
            (heading, chart, reverse(f"explorer:{file}", args=[pk]) + explorer.choice.address())
            for heading, chart, file in (
                (_("Over time"), one.lines(), "lines_csv"),
                (_("Ranking of %(year)s") % {"year": one.year}, one.ranking(), "ranking_csv"),
                (_("On the map"), one.world(), "ranking_csv"),
            )
            if chart
        ],
        "compare": explorer.choice.address(indicator=[pk], country=one.drawn, year=None, peers=""),
        "loads": request.user.is_authenticated and may_load(request.user),
        "without": [a for a in explorer.named(explorer.choice.countries) if a.code not in places],
    }
    return render(request, "explorer/indicator.html", context)


@_public
def lines_csv(request: HttpRequest, explorer: Explorer, pk: int) -> HttpResponse:
    """The values over time of the countries drawn, one a row."""
    one = _one(explorer, pk)
    rows = [row for code in one.drawn for row in one.rows.get(code, [])]
    return _csv(one.indicator.code, _tidied([(one.indicator, row) for row in rows], explorer))


@_public
def ranking_csv(request: HttpRequest, explorer: Explorer, pk: int) -> HttpResponse:
    """The year's values, in the order of the ranking."""
    one = _one(explorer, pk)
    rows = _tidied([(one.indicator, place.row) for place in one.places], explorer)
    return _csv(f"{one.indicator.code} {one.year}", rows)


@_public
def country(request: HttpRequest, explorer: Explorer, code: str) -> HttpResponse:
    """A country's or an aggregate's newest values beside its peers'."""
    one = _area(explorer, code)
    found = queries.of_country(one.area)
    topics = found.order_by("topic").values_list("topic").annotate(Count("pk"))
    if explorer.choice.topic:
        found = found.filter(topic=explorer.choice.topic)
    page = _page(request, found)
    context = {
        "explorer": explorer,
        "one": one,
        "page": page,
        "lines": one.lines(page.object_list),
        "topics": topics,
        "peers": explorer.named(one.peers),
        "group": explorer.areas.get(one.group),
    }
    return render(request, "explorer/country.html", context)


@_public
def country_csv(request: HttpRequest, explorer: Explorer, code: str) -> HttpResponse:
    """Every newest value of the country, with its peers' median of the same year."""
    one = _area(explorer, code)
    lines = one.lines(queries.of_country(one.area))
    tidy = _tidied([(line.indicator, line.newest) for line in lines], explorer)
    rows = [
        row
        | {
            "peers_median": line.peers.median if line.peers else None,
            "peers_count": line.peers.count if line.peers else 0,
        }
        for row, line in zip(tidy, lines, strict=True)
    ]
    return _csv(f"{code} indicators", rows)


@_public
def compare(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    """Several indicators and countries: a table of the newest values, and one chart each."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    compared = _compared(explorer)
    past = queries.lines(compared, explorer.choice.countries)
    kept = [indicator.pk for indicator in compared]
    newest = {
        (pk, code): rows[-1] for pk, by_code in past.items() for code, rows in by_code.items()
    }
    origins = queries.origins(newest.values())
    context = {
        "explorer": explorer,
        "words": words,
        "found": [
            (one, explorer.choice.address(indicator=[*kept, one.pk]))
            for one in (queries.search(words).exclude(pk__in=kept)[:PAGE] if words else [])
        ],
        "compared": [
            (one, explorer.choice.address(indicator=[pk for pk in kept if pk != one.pk]))
            for one in compared
        ],
        "rows": [
            (area, [_cell(newest.get((one.pk, area.code)), origins) for one in compared])
            for area in explorer.named(explorer.choice.countries)
        ],
        "charts": [chart for one in compared if (chart := _small(explorer, one, past))],
    }
    return render(request, "explorer/compare.html", context)


@_public
def compare_csv(request: HttpRequest, explorer: Explorer) -> HttpResponse:
    compared = _compared(explorer)
    past = queries.lines(compared, explorer.choice.countries)
    values = [
        (one, row)
        for one in compared
        for code in explorer.choice.countries
        for row in past.get(one.pk, {}).get(code, [])
    ]
    return _csv("comparison", _tidied(values, explorer))


def _one(explorer: Explorer, pk: int) -> OneIndicator:
    found = get_object_or_404(Indicator.objects.select_related("dataset"), pk=pk)
    return OneIndicator(found, explorer.choice, explorer.areas, explorer.groups)


def _area(explorer: Explorer, code: str) -> OneArea:
    if code not in explorer.areas:
        raise Http404
    return OneArea(explorer.areas[code], explorer.choice, explorer.areas, explorer.groups)


def _compared(explorer: Explorer) -> list[Indicator]:
    found = Indicator.objects.select_related("dataset").in_bulk(explorer.choice.indicators)
    return [found[pk] for pk in explorer.choice.indicators if pk in found][:COMPARED]


def _cell(row: CurrentValue | None, origins: Mapping[int, Import]) -> Mapping[str, object] | None:
    return row and {"row": row, "text": shown(row.value), "origin": origins[row.origin_id]}


def _small(
    explorer: Explorer, one: Indicator, past: Mapping[int, Mapping[str, Sequence[CurrentValue]]]
) -> charts.Chart | None:
    series = {
        str(area): {row.period: row.value for row in past.get(one.pk, {}).get(area.code, ())}
        for area in explorer.named(explorer.choice.countries)
    }
    return charts.lines(one, series, id=f"indicator-{one.pk}", title=one.title)


def _page(request: HttpRequest, rows: object) -> object:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _tidied(
    values: Sequence[tuple[Indicator, CurrentValue]], explorer: Explorer
) -> list[dict[str, object]]:
    origins = queries.origins(row for _indicator, row in values)
    return [_tidy(one, row, explorer, origins[row.origin_id]) for one, row in values]


def _tidy(
    indicator: Indicator, row: CurrentValue, explorer: Explorer, origin: Import
) -> dict[str, object]:
    """One value as a row that stands for itself: with unit, source and licence."""
    dataset = indicator.dataset
    return {
        "country": row.country_id,
        "country_name": explorer.areas[row.country_id].name,
        "indicator": indicator.code,
        "indicator_title": indicator.title,
        "period": row.period,
        "breakdown": row.breakdown,
        "value": row.value,
        "unit": row.unit or indicator.unit,
        "flag": row.flag,
        "note": row.note,
        "dataset": dataset.code,
        "vintage": origin.issue,
        "import": origin.pk,
        "source": indicator.source or dataset.publisher,
        "licence": indicator.licence or dataset.licence,
        "invented": "yes" if dataset.is_fictional else "",
    }


def _csv(name: str, rows: Sequence[Mapping[str, object]]) -> HttpResponse:
    columns = list(rows[0]) if rows else ["no values"]
    return csv_answer(slugify(name) or "values", columns, [list(row.values()) for row in rows])
