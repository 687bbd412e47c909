"""Sentences of scoring in the reader's language."""

from django import template

from countries.wording import worded

register = template.Library()
register.filter(worded)
