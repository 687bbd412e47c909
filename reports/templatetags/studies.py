"""What the page of a cluster's study shows that this floor knows: its files, how to cite it."""

from typing import Any

from django import template

from clusters.models import Study
from clusters.studies.pages import StudyOnPage
from reports.paper_views import study_downloads
from reports.public.listing import address_of
from reports.study_paper import plan_schedule

register = template.Library()


@register.inclusion_tag("reports/cite_study.html", takes_context=True)
def cite_study(context: dict[str, Any], study: Study) -> dict[str, Any]:
    """How to name a published study so that others find the very same."""
    return {"study": study, "address": address_of(study), "request": context.get("request")}


@register.inclusion_tag("includes/downloads.html", takes_context=True)
def study_files(context: dict[str, Any], study: Study) -> dict[str, Any]:
    """The study's files, each there, being made, or to be asked for."""
    user, address = context["user"], address_of(study)
    data_url = f"{address}content.json" if address else ""
    return {
        "downloads": study_downloads(study), "data_url": data_url, "user": user,
        "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.simple_tag
def study_address(study: Study) -> str:
    """Where a published study stays; empty before."""
    return address_of(study)


@register.inclusion_tag("reports/study_schedule.html")
def study_schedule(page: StudyOnPage) -> dict[str, Any]:
    """When the lines of the plan run, as on paper."""
    return {"schedule": plan_schedule(page)}
