"""Sentences of scoring in the reader's language."""

from django import template

from countries.references import named, with_names
from countries.wording import colon, worded
from diagnostics.wording import code_words

register = template.Library()
register.filter(code_words)
register.filter(worded)
register.filter("document_name", named)
register.filter(with_names)
register.simple_tag(colon)
