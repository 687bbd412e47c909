"""The charts of a report (`activity.charts`): each finding with its numbers."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart, Column, Kind, Mark, Scale, Series, Threshold, rounded
from activity.templatetags.numbers import number
from diagnostics.scoring.instrument import Rule

MARKS = {
    "known": Mark.FULL,
    "partly": Mark.HALF,
    "unknown": Mark.OPEN,
    "unanswered": Mark.CROSS,
}


def profile(result: dict[str, Any]) -> Chart | None:
    """Positions of the themes that have a stage, lowest marked; None where fewer than two have."""
    themes = [theme for theme in result["themes"] if theme["position"] is not None]
    if len(themes) < 2:
        return None
    levels = result["instrument"]["levels"]
    binding = [theme["title"] for theme in themes if theme["code"] in result["binding_themes"]]
    rows = [
        (theme["title"], theme["stage"], rounded(theme["position"], 2), theme["needs"])
        for theme in themes
    ]
    title = _("%(themes)s stands lowest") if len(binding) == 1 else _("%(themes)s stand lowest")
    return Chart(
        id="profile",
        kind=Kind.BARS,
        title=title % {"themes": ", ".join(binding)},
        description="; ".join(
            _("%(theme)s: stage %(stage)s, position %(position)s")
            % {"theme": row[0], "stage": row[1], "position": row[2]}
            for row in rows
        ),
        columns=[
            Column(_("Theme")),
            Column(_("Stage"), numeric=True),
            Column(_("Position"), numeric=True),
            Column(_("Needs for a stage")),
        ],
        rows=rows,
        categories=[theme["title"] for theme in themes],
        series=[
            Series(
                name=_("Position"),
                values=[theme["position"] for theme in themes],
                labels=[_("stage %s") % theme["stage"] for theme in themes],
            )
        ],
        scale=Scale(1, levels, step=1, title=_("Position")),
        note=_("From the lowest to the highest position it is %(spread)s.")
        % {"spread": number(rounded(result["spread"], 2))},
    )


def coverage(theme: dict[str, Any], levels: int) -> Chart | None:
    """Share of the weight at or above each level, against the mark; None where none applies."""
    if theme["coverage"] is None or theme["needs"] is None:
        return None
    steps = [str(level) for level in range(2, levels + 1)]
    shares = [theme["coverage"][step] for step in steps]
    at_least = [
        sum((item["level"] or 0) >= int(step) and item["weight"] > 0 for item in theme["items"])
        for step in steps
    ]
    counted = sum(item["weight"] > 0 for item in theme["items"])
    labels = [_("Level %s or higher") % step for step in steps]
    marks = [_("reached") if _passes(s, theme["pass_mark"]) else _("not reached") for s in shares]
    mark = 100 * theme["pass_mark"]
    return Chart(
        id=f"coverage-{theme['code']}",
        kind=Kind.COLUMNS,
        title=_coverage_title(theme, levels, at_least, counted),
        description="; ".join(
            _("%(label)s: %(count)s of %(all)s items, %(share).0f %% of the weight")
            % {"label": label, "count": count, "all": counted, "share": 100 * share}
            for label, count, share in zip(labels, at_least, shares, strict=True)
        ),
        columns=[
            Column(_("Level")),
            Column(_("Items"), numeric=True),
            Column(_("Share of weight, %"), numeric=True),
            Column(_("Pass mark, %"), numeric=True),
            Column(_("Mark")),
        ],
        rows=[
            (label, count, rounded(100 * share, 1), rounded(mark, 1), word)
            for label, count, share, word in zip(labels, at_least, shares, marks, strict=True)
        ],
        categories=[_("%s +") % step for step in steps],
        series=[
            Series(
                name=_("Share of weight, %"),
                values=[100 * share for share in shares],
                labels=[_("%(n)s of %(all)s") % {"n": n, "all": counted} for n in at_least],
                tones=[_tone(int(step)) for step in steps],
            )
        ],
        scale=Scale(0, 108, step=25, unit=" %"),
        axis=_("Level or higher"),
        threshold=Threshold(mark, _("pass mark: %s") % theme["needs"]),
    )


def evidence(theme: dict[str, Any], names: Sequence[str]) -> Chart | None:
    """Share of the weight that shows the marks of each phase, by the phases' names; None where no
    item counts.
    """
    if theme["coverage"] is None:
        return None
    shares = {int(phase): share for phase, share in theme["coverage"].items()}
    rows = [(names[phase - 1], rounded(100 * share, 1)) for phase, share in shares.items()]
    stage = theme["stage"]
    title = _("%(theme)s: %(phase)s shows most of its marks")
    if stage is None:
        title = _("%(theme)s: too little is known for a phase")
        if theme["knowledge"] == 1 and not any(shares.values()):
            title = _("%(theme)s: no mark of any phase is true")
    return Chart(
        id=f"coverage-{theme['code']}",
        kind=Kind.BARS,
        title=title % {"theme": theme["title"], "phase": stage and names[stage - 1]},
        description="; ".join(
            _("%(phase)s: %(share)s %% of the weight") % {"phase": phase, "share": number(share)}
            for phase, share in rows
        ),
        columns=[Column(_("Phase")), Column(_("Share of weight, %"), numeric=True)],
        rows=rows,
        categories=[phase for phase, _share in rows],
        series=[
            Series(
                name=_("Share of weight, %"),
                values=[100 * share for share in shares.values()],
                labels=[f"{rounded(100 * share, 0):.0f} %" for share in shares.values()],
                tones=[_tone(phase) for phase in shares],
            )
        ],
        scale=Scale(0, 108, step=25, unit=" %"),
    )


def items(theme: dict[str, Any], levels: int) -> Chart | None:
    """Every applicable item at its level, its mark telling known, partly and unknown apart."""
    shown = [item for item in theme["items"] if item["level"] is not None]
    if all(item["state"] == "unanswered" for item in shown):
        return None
    words = {
        "known": _("known"),
        "partly": _("next statement partly true"),
        "unknown": _("held by an unknown"),
        "unanswered": _("not answered"),
    }
    states = [_mark(item) for item in shown]
    return Chart(
        id=f"items-{theme['code']}",
        kind=Kind.DOTS,
        title=_levels_title(shown),
        description="; ".join(
            _("%(item)s: level %(level)s, %(state)s")
            % {"item": item["title"], "level": item["level"], "state": words[state]}
            for item, state in zip(shown, states, strict=True)
        ),
        columns=[
            Column(_("Item")),
            Column(_("Level"), numeric=True),
            Column(_("What holds it there")),
        ],
        rows=[
            (item["title"], item["level"], words[state])
            for item, state in zip(shown, states, strict=True)
        ],
        categories=[item["title"] for item in shown],
        series=[
            Series(
                name=words[state],
                values=[
                    item["level"] if its == state else None
                    for item, its in zip(shown, states, strict=True)
                ],
                mark=mark,
            )
            for state, mark in MARKS.items()
            if state in states
        ],
        scale=Scale(0.7, levels + 0.3, step=1, title=_("Level")),
    )


def rescoring(theme: dict[str, Any], levels: int, draws: int, *, classifies: bool) -> Chart | None:
    """Share of the re-scorings that give each stage, or phase where the instrument `classifies`, by
    both lines; None where there are none.
    """
    if not theme.get("rescoring"):
        return None
    lines = [
        (_("Measurement"), theme["rescoring"]["measurement"]),
        (_("Rule robustness"), theme["rescoring"]["rules"]),
    ]
    stages = [str(stage) for stage in range(1, levels + 1)]
    published = str(theme["stage"])
    called = _("phase %s") if classifies else _("stage %s")
    rows = [
        (name, int(stage), line["counts"][stage], rounded(100 * line["shares"][stage], 1))
        for name, line in lines
        for stage in stages
    ]
    return Chart(
        id=f"rescoring-{theme['code']}",
        kind=Kind.SHARES,
        title=(
            _("%(theme)s: phase %(stage)s in %(count)s of %(draws)s re-scorings")
            if classifies
            else _("%(theme)s: stage %(stage)s in %(count)s of %(draws)s re-scorings")
        )
        % {
            "theme": theme["title"],
            "stage": published,
            "count": intcomma(lines[0][1]["counts"][published]),
            "draws": intcomma(draws),
        },
        description="; ".join(
            _("%(line)s: %(stage)s in %(count)s") % {"line": n, "stage": called % s, "count": c}
            for n, s, c, _share in rows
            if c
        ),
        columns=[
            Column(_("Line")),
            Column(_("Phase") if classifies else _("Stage"), numeric=True),
            Column(_("Re-scorings"), numeric=True),
            Column(_("Share, %"), numeric=True),
        ],
        rows=rows,
        note=_(
            "Measurement: other sheets of the same panels, noise, unknowns answered either way. "
            "Rule robustness: the same with other weights and pass marks."
        ),
        categories=[name for name, _line in lines],
        series=[
            Series(
                name=called % stage,
                values=[100 * line["shares"][stage] for _name, line in lines],
                labels=[
                    called % stage if line["shares"][stage] >= 0.08 else "" for _name, line in lines
                ],
                tones=[_tone(int(stage))],
            )
            for stage in stages
            if any(line["shares"][stage] for _name, line in lines)
        ],
        scale=Scale(0, 100, step=20, unit=" %"),
    )


def of_report(result: dict[str, Any], names: Sequence[str]) -> dict[str, Chart]:
    """Every chart of a report by its id; `names` are those of the instrument's levels."""
    levels = result["instrument"]["levels"]
    classifies = result["instrument"].get("rule") == Rule.CLASSIFY
    charts = [profile(result)]
    for theme in result["themes"]:
        charts.append(rescoring(theme, levels, result.get("draws", 0), classifies=classifies))
        if classifies:
            charts.append(evidence(theme, names))
        else:
            charts += [coverage(theme, levels), items(theme, levels)]
    return {chart.id: chart for chart in charts if chart is not None}


def _levels_title(shown: Sequence[dict[str, Any]]) -> str:
    """Where the items stand that are known; how many are not."""
    at = Counter(item["level"] for item in shown if item["state"] == "known")
    unknown = len(shown) - at.total()
    if not at:
        return ngettext("The only item is not known", "None of %(n)s items is known", unknown) % {
            "n": unknown
        }
    lowest, most = min(at), max(at, key=lambda level: (at[level], -level))
    title = ngettext(
        "%(count)s item stands at level %(level)s",
        "%(count)s items stand at level %(level)s",
        at[lowest],
    ) % {"count": at[lowest], "level": lowest}
    if most != lowest:
        title += _(", most at level %s") % most
    if unknown:
        title += ngettext("; %(n)s item is not known", "; %(n)s items are not known", unknown) % {
            "n": unknown
        }
    return title


def _mark(item: dict[str, Any]) -> str:
    half = item["score"] is not None and item["score"] != item["level"]
    return "partly" if item["state"] == "known" and half else item["state"]


def _tone(level: int) -> str:
    return f"level-{min(level, 5)}"


def _passes(share: float, mark: float) -> bool:
    return share >= mark - 1e-9


def _coverage_title(
    theme: dict[str, Any], levels: int, at_least: Sequence[int], counted: int
) -> str:
    facts = {"theme": theme["title"], "needs": theme["needs"], "all": counted}
    if theme["stage"] is None:
        return _("%(theme)s: too little is known for a stage") % facts
    if theme["stage"] == levels:
        return _("%(theme)s: the highest stage is reached") % facts
    facts["level"] = theme["stage"] + 1
    if theme["held_by_core"]:
        core = [item["title"] for item in theme["items"] if item["code"] in theme["held_by_core"]]
        facts["core"] = ", ".join(core)
        return (
            _("%(theme)s: enough items reach level %(level)s, but not the core one: %(core)s")
            % facts
        )
    facts["count"] = at_least[theme["stage"] - 1]
    return (
        ngettext(
            "%(theme)s: %(count)s of %(all)s items reaches level %(level)s; "
            "stage %(level)s needs %(needs)s",
            "%(theme)s: %(count)s of %(all)s items reach level %(level)s; "
            "stage %(level)s needs %(needs)s",
            facts["count"],
        )
        % facts
    )
