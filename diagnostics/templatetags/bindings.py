"""The check items that an indicator bears on, for the indicator's page one floor below."""

from dataclasses import dataclass

from django import template

from diagnostics.models import InstrumentVersion

register = template.Library()


@dataclass(frozen=True)
class BoundItem:
    version: InstrumentVersion
    title: str
    anchor: str


@register.simple_tag
def bound_items(code: str) -> list[BoundItem]:
    """Items of published versions that bind the indicator with this code."""
    published = InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED).defer(
        "content"
    )  # most of a process's time it has read the instrument before
    return [
        BoundItem(version, item.title, item.code.replace(".", ""))
        for version in published
        for theme in version.instrument.themes
        for item in theme.items
        if any(bound.code == code for bound in item.indicators)
    ]
