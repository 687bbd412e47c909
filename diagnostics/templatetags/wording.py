"""Sentences of scoring in the reader's language."""

from django import template

from countries.wording import worded
from diagnostics.wording import code_words

register = template.Library()
register.filter(code_words)
register.filter(worded)
