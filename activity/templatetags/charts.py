"""A chart's Plotly figure, for includes/chart.html."""

from typing import Any

from django import template
from django.utils.formats import get_format

from activity import figures
from activity.charts import Chart

register = template.Library()


@register.filter
def figure(chart: Chart) -> dict[str, Any]:
    """The figure, told the reader's marks: not every locale of plotly.js knows them."""
    drawn = figures.figure(chart)
    marks = get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR")
    return drawn | {"layout": drawn["layout"] | {"separators": marks}}
