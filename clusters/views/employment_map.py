"""What is computed of a table of employment, as pages and as CSV."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.doors import visible
from activity.models import Job
from activity.tables import csv_answer
from clusters import doors, queries
from clusters.employment import maps
from clusters.employment.ranking import ranking
from clusters.employment.region_map import region_map, values_of
from clusters.employment.rows import candidates as candidates_of
from clusters.employment.sections import sections_of
from clusters.forms import EmploymentFileForm
from clusters.models import Cluster, EmploymentTable
from clusters.models.registry import candidate_name
from countries.content.sentences import sentence_of
from countries.models import Industry
from countries.wording import worded
from indicators.loading.words import of_fault

CANDIDATES = 25  # on a page
PLACES = 50  # regions or industries with their indices on a page
HEAT_ROWS, HEAT_COLUMNS = 30, 12
SUGGESTED = 200  # industries offered to be mapped
NAMED = 12  # regions that the registry does not know
TOLD_OF = ("litzenberger_sternberg", "employment_change", "cells_left_out", "small")
MEASURES = {
    "lq": gettext_lazy("Location quotient"),
    "litzenberger_sternberg": gettext_lazy("Litzenberger-Sternberg"),
    "lq_change": gettext_lazy("Change of the quotient since the year before"),
    "employment_change": gettext_lazy("Change of people employed since the year before"),
}


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One year of a table: candidates, ranking, map; or how its reading stands."""
    shown = visible(queries.employment_tables_visible_to(request.user), pk=pk)
    if not shown.is_mapped:
        return _not_mapped(request, shown)
    context = _context(request, shown)
    year = context["year"].year
    cells, regions = maps.cells(shown, year), maps.regions(shown, year)
    industries = maps.industries(shown, year)["industry"]
    asked = request.GET.get("industry", "").strip()
    mapped = next((name for name in industries if name.lower() == asked.lower()), "")
    candidates = candidates_of(cells)
    page = _page(request, maps.searched(candidates, context["q"]), CANDIDATES)
    entered = _entered(shown, page)
    unknown = maps.unknown_regions(shown, regions["region"])
    context |= {
        "candidates": [(cell, entered.get((cell["region"], cell["industry"]))) for cell in page],
        "told_of": [name for name in TOLD_OF if candidates[name].cast(bool).any()],
        "page": page,
        "found": candidates.height,
        "alone": regions.height == 1 or len(industries) == 1,
        "chart": ranking(cells, year),
        "region_map": region_map(shown.country, values_of(regions, cells, mapped), year, mapped),
        "mapped": mapped,
        "not_there": asked if asked and not mapped else "",
        "suggested": industries.head(SUGGESTED),
        "unknown": unknown[:NAMED],
        "unknown_count": len(unknown),
    }
    return render(request, "clusters/employment.html", context)


@require_safe
def quotients(request: HttpRequest, pk: int) -> HttpResponse:
    """The heat table of a year, a piece at a time: the largest industries and regions first."""
    shown = doors.mapped_table(request.user, pk)
    context = _context(request, shown)
    year = context["year"].year
    rows = maps.industries(shown, year)
    sections = sections_of(rows["industry"])
    section = request.GET.get("section", "")
    if section not in sections.values():
        section = ""
    measure = request.GET.get("measure", "")
    measure = measure if measure in MEASURES else "lq"
    region = request.GET.get("region", "")
    chosen = maps.searched(maps.in_sections(rows, sections, section), context["q"])
    page = _page(request, chosen.select("industry"), HEAT_ROWS)
    across = _page(
        request,
        maps.searched(maps.regions(shown, year).select("region"), region),
        HEAT_COLUMNS,
        "across",
    )
    context |= {
        "heat": maps.heat(
            maps.cells(shown, year),
            [one["region"] for one in across],
            [one["industry"] for one in page],
            measure,
        ),
        "page": page,
        "across": across,
        "measure": measure,
        "measures": MEASURES.items(),
        "digits": "0g" if measure == "employment_change" else "2g",
        "region": region,
        "section": section,
        "sections": Industry.objects.filter(code__in=set(sections.values())),
    }
    return render(request, "clusters/employment_quotients.html", context)


@require_safe
def industries(request: HttpRequest, pk: int) -> HttpResponse:
    """The industries of a year by how concentrated they are."""
    shown = doors.mapped_table(request.user, pk)
    context = _context(request, shown)
    rows = maps.by_concentration(maps.industries(shown, context["year"].year))
    page = _page(request, maps.searched(rows, context["q"]), PLACES)
    context |= {
        "page": page,
        "industries": [one | {"localised": maps.localised(one["ellison_glaeser"])} for one in page],
        "sized": rows["plant_herfindahl"].count(),
    }
    return render(request, "clusters/employment_industries.html", context)


@require_safe
def regions(request: HttpRequest, pk: int) -> HttpResponse:
    """The regions of a year by how specialised they are."""
    shown = doors.mapped_table(request.user, pk)
    context = _context(request, shown)
    rows = maps.by_specialisation(maps.regions(shown, context["year"].year))
    context["page"] = _page(request, maps.searched(rows, context["q"]), PLACES)
    return render(request, "clusters/employment_regions.html", context)


@require_safe
def part_csv(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """A table of a page as CSV, whole: `cells` of every year, the others of one."""
    shown = doors.mapped_table(request.user, pk)
    context = _context(request, shown)
    year = context["year"].year
    if part == "cells":
        frames = (maps.cells(shown, one.year) for one in context["years"])
    elif part in PARTS:
        frames = iter([PARTS[part](shown, year, request.GET.get("industry", ""))])
    else:
        raise Http404
    first = next(frames)
    return csv_answer(
        slugify(f"{shown.country.pk} {shown.title} {part} {'' if part == 'cells' else year}"),
        first.columns,
        (row for frame in chain([first], frames) for row in frame.iter_rows()),
        is_fictional=shown.country.is_fictional,
        answer=StreamingHttpResponse,
    )


PARTS = {
    "candidates": lambda table, year, _: candidates_of(maps.cells(table, year)),
    "ranking": lambda table, year, _: maps.ranked(maps.cells(table, year)),
    "industries": lambda table, year, _: maps.by_concentration(maps.industries(table, year)),
    "regions": lambda table, year, _: maps.by_specialisation(maps.regions(table, year)),
    "map": lambda table, year, industry: values_of(
        maps.regions(table, year), maps.cells(table, year), industry
    ),
}


def _not_mapped(request: HttpRequest, table: EmploymentTable) -> HttpResponse:
    """Whether the file is being read, or what is wrong with it."""
    job = Job.objects.filter(topic=table.topic).first()
    page = Paginator(table.faults, PLACES).get_page(request.GET.get("page"))
    page.object_list = [of_fault(one) for one in page.object_list]
    context = {
        "table": table,
        "country": table.country,
        "job": job,
        "under_way": bool(job and not job.is_over),
        "follows": bool(job and job.owner_id == request.user.pk),
        "page": page,
        "form": EmploymentFileForm(
            initial={"absent_is_zero": "zero" if table.absent_is_zero else ""}
        ),
    }
    return render(request, "clusters/employment_unmapped.html", context)


def _context(request: HttpRequest, shown: EmploymentTable) -> dict[str, Any]:
    """What each page of a table has."""
    year = maps.year_of(shown, request.GET.get("year", ""))
    return {
        "table": shown,
        "country": shown.country,
        "years": maps.years(shown),
        "keeps": queries.keeps_country(request.user, shown.country),
        "told": [worded(sentence_of(one)) for one in shown.told],
        "year": year,
        "at_year": f"?year={year.year}",
        "q": request.GET.get("q", "").strip()[: maps.LONGEST_SEARCH],
    }


class _Rows:
    """The rows of a frame by place, turned into Python only where they are shown."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __len__(self) -> int:
        return self.frame.height

    def __getitem__(self, at: slice) -> list[dict[str, Any]]:
        return self.frame[at].to_dicts()


def _page(request: HttpRequest, rows: pl.DataFrame, size: int, name: str = "page") -> Any:
    return Paginator(_Rows(rows), size).get_page(request.GET.get(name))


def _entered(table: EmploymentTable, cells: Iterable[maps.Row]) -> dict[tuple[str, str], Cluster]:
    """By region and industry the entry that was made of such a cell, or that has its name."""
    pairs = [(cell["region"], cell["industry"]) for cell in cells]
    names = {candidate_name(industry, region): (region, industry) for region, industry in pairs}
    of_cell = Q(table__isnull=False, table_region__in=[region for region, _industry in pairs])
    of_name = Q(table=None, name__in=names)
    return {
        (one.table_region, one.table_industry) if one.table_id else names[one.name]: one
        for one in table.country.clusters.filter(of_cell | of_name)
    }
