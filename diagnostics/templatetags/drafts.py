"""What the checks say of a field, looked up by its name."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(found: Mapping[str, Any], name: str) -> Any:
    """The entry of a mapping under a name that only the page knows; nothing where there is none."""
    return found.get(name, ())
