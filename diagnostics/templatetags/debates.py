"""Where sources disagree, on sheets, in handbooks and on the page of a study one floor below."""

from typing import Any

from django import template

from diagnostics import debates

register = template.Library()
register.filter("debate_source", debates.source)


@register.inclusion_tag("diagnostics/debate_of_study.html")
def social_capital() -> dict[str, Any]:
    """What the sources of the newest published instrument say of social capital."""
    version, theme = debates.social_capital() or (None, None)
    return {"version": version, "theme": theme}
