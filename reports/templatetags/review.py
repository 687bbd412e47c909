"""What reviewers said on a part of the report, at that part, for those who take part."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("reports/remarks_here.html", takes_context=True)
def remarks(context: dict[str, Any], anchor: str) -> dict[str, Any]:
    """The comments on the part; nothing for a reader who has no part in the review."""
    review = context.get("review")
    return {
        "review": review,
        "report": context["report"],
        "anchor": anchor,
        "said": review.by_anchor.get(anchor, []) if review else [],
    }
