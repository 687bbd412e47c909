"""What the library of experience tells of a cluster, for the cluster's page one floor below."""

from typing import Any

from django import template

from clusters.models import Cluster
from diagnostics.experience import told

register = template.Library()


@register.inclusion_tag("diagnostics/library_of_cluster.html")
def library_of(cluster: Cluster) -> dict[str, Any]:
    """The entries about this cluster, by their titles in the language of the page."""
    entries = told().filter(clusters=cluster)
    return {"entries": sorted(entries, key=lambda entry: entry.told.title.casefold())}
