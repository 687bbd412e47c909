"""Government against independent sheets of one report, item by item (method.md section 4)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Kind, Mark, Scale, Series
from countries.wording import colon


def parts(result: Mapping[str, Any]) -> list[Chart]:
    """A chart for each theme of which both panels know an item."""
    levels = result["instrument"]["levels"]
    charts = (_theme(theme, levels) for theme in result["themes"])
    return [chart for chart in charts if chart is not None]


def _theme(theme: Mapping[str, Any], levels: int) -> Chart | None:
    gaps = theme.get("gaps", {}).get("government_independent", [])
    if not gaps:
        return None
    titles = {item["code"]: item["title"] for item in theme["items"]}
    names = [titles[gap["item"]] for gap in gaps]
    return Chart(
        id=f"panels-{theme['code']}",
        kind=Kind.DOTS,
        title=f"{theme['title']}{colon()}{_finding(gaps)}",
        description="; ".join(
            _("%(item)s: government %(government)s, independent %(independent)s")
            % {**gap, "item": title}
            for title, gap in zip(names, gaps, strict=True)
        ),
        columns=[
            Column(_("Item")),
            Column(_("Government"), numeric=True),
            Column(_("Independent"), numeric=True),
            Column(_("Difference"), numeric=True),
        ],
        rows=[
            (title, gap["government"], gap["independent"], gap["gap"])
            for title, gap in zip(names, gaps, strict=True)
        ],
        categories=names,
        series=[
            Series(_("Government"), [gap["government"] for gap in gaps]),
            Series(_("Independent"), [gap["independent"] for gap in gaps], mark=Mark.OPEN),
        ],
        scale=Scale(0.7, levels + 0.3, step=1, title=_("Level")),
        note=_("The middle level of each panel. Where both marks lie on each other they agree."),
    )


def _finding(gaps: list[Mapping[str, Any]]) -> str:
    higher = sum(gap["gap"] > 0 for gap in gaps)
    lower = sum(gap["gap"] < 0 for gap in gaps)
    if not higher and not lower:
        return _("government and independent sheets agree on every item both know")
    said = ngettext(
        "of %(all)s item both know, government places %(higher)s higher and %(lower)s lower",
        "of %(all)s items both know, government places %(higher)s higher and %(lower)s lower",
        len(gaps),
    )
    return said % {"all": len(gaps), "higher": higher, "lower": lower}
