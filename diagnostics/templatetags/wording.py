"""Sentences of scoring in the reader's language."""

from django import template

from countries.wording import code_words, worded

register = template.Library()
register.filter(code_words)
register.filter(worded)
