"""A chart's Plotly figure, for includes/chart.html."""

from django import template

from activity.figures import figure

register = template.Library()
register.filter("figure", figure)
