"""How sure a theme's stage is, as sentences for a report; nothing is computed anew."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEW_SHEETS = 2
"""Up to so many sheets in a panel the re-scorings promise more than they keep: docs/certainty.md"""


def counted(line: dict[str, Any], stage: int, *, classifies: bool) -> str:
    """How many re-scorings of one kind give the stage: "stage 2 in 8,120 of 10,000"; or the phase,
    where the instrument `classifies`.
    """
    said = _("stage %(stage)s in %(count)s of %(draws)s")
    if classifies:
        said = _("phase %(stage)s in %(count)s of %(draws)s")
    return said % {
        "stage": stage,
        "count": intcomma(line["counts"][str(stage)]),
        "draws": intcomma(sum(line["counts"].values())),
    }


def drivers(theme: dict[str, Any], *, classifies: bool) -> list[dict[str, Any]]:
    """Each source of doubt let loose alone: what it is, how often the stage stays (in words and as
    a share of re-scorings), the interval."""
    names = {
        "sheets": _("other sheets of the same panels"),
        "noise": _("raters a little severe or lenient"),
        "unknowns": _("unknowns answered either way"),
        "weights": _("other weights"),
        "pass_mark": _("another pass mark"),
    }
    found = (theme.get("rescoring") or {}).get("sources", {})
    return [
        {
            "name": name,
            "counted": counted(line, theme["stage"], classifies=classifies),
            "share": line["counts"][str(theme["stage"])] / sum(line["counts"].values()),
            "interval": line["interval_90"],
        }
        for name, line in ((name, found[code]) for code, name in names.items() if code in found)
    ]


def caution(panels: dict[str, int]) -> str:
    """What to bear in mind where some panel has one sheet or two; empty where none has."""
    fewest = min(panels.values(), default=0)
    if not 0 < fewest <= FEW_SHEETS:
        return ""
    return ngettext(
        "Some panel has only %(n)s sheet; with one or two the re-scorings see too little of the "
        "doubt. Read firm as unshaken by what was varied, not as certain.",
        "Some panel has only %(n)s sheets; with one or two the re-scorings see too little of the "
        "doubt. Read firm as unshaken by what was varied, not as certain.",
        fewest,
    ) % {"n": fewest}


def change_caution(*rounds: dict[str, int]) -> str:
    """The same for a change that is called real; `rounds` are the sheets in each panel of each."""
    fewest = min((count for panels in rounds for count in panels.values()), default=0)
    if not 0 < fewest <= FEW_SHEETS:
        return ""
    return ngettext(
        "Some panel had no more than %(n)s sheet. In trials with so few, a change was called real "
        "in a quarter to a third of the comparisons where nothing had changed. Take it as a reason "
        "to look, not as a finding.",
        "Some panel had no more than %(n)s sheets. In trials with so few, a change was called real "
        "in a quarter to a third of the comparisons where nothing had changed. Take it as a reason "
        "to look, not as a finding.",
        fewest,
    ) % {"n": fewest}
