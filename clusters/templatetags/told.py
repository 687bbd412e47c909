"""Texts of a documented cluster in the language of the page."""

from django import template

from clusters.models import Cluster

register = template.Library()


@register.filter
def told(cluster: Cluster, text: str) -> str:
    """A text of the entry in the language of the page."""
    return cluster.told(text)
