"""Where clusters stand by the newest reports about them that a reader may see."""

from typing import Any

from django import template

from clusters.models import Cluster
from reports import queries

register = template.Library()


@register.inclusion_tag("reports/cluster_stands.html", takes_context=True)
def cluster_stands(context: dict[str, Any], cluster: Cluster) -> dict[str, Any]:
    """The newest report on each instrument, phases before stages."""
    return {"readings": queries.readings_of_cluster(context["user"], cluster)}
