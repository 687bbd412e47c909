"""Sentences of scoring in the reader's language."""

from django import template

from diagnostics.wording import worded

register = template.Library()
register.filter(worded)
