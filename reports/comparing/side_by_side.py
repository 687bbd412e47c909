"""Countries side by side: each theme a small chart of its own, then items, indicators, groups."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activity.charts import Chart, Column, Kind, Scale, Series, rounded
from countries.models import Country
from countries.wording import colon
from reports.comparing.choosing import Choice, Subject
from reports.comparing.parts import Part, Table

APART = 2  # levels, as in contested items
NAMED = 4  # as many countries as a title names one by one


def parts(choice: Choice) -> list[Part]:
    """Every part of the comparison; none where there is nothing to compare."""
    subjects = choice.shown
    if not subjects:
        return []
    themes = _themes(subjects)
    found: list[Part] = [_profile(theme, subjects) for theme in themes if theme["staged"]]
    found += [table for theme in themes if (table := _items(theme, subjects)) is not None]
    found += [
        table for table in (_indicators(subjects), _peers(themes, choice)) if table is not None
    ]
    return found


def _themes(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """The themes of any of the instruments, in the order of the first that has them."""
    found: dict[str, dict[str, Any]] = {}
    for one in subjects:
        for theme in one.result["themes"]:
            found.setdefault(theme["code"], theme)
    return list(found.values())


def _profile(theme: dict[str, Any], subjects: Sequence[Subject]) -> Part:
    """One theme: the position of each country, those without a stage named; a table if all are."""
    places = [one.place(theme["code"]) for one in subjects]
    levels = max(one.result["instrument"]["levels"] for one in subjects)
    words = [_("stage %s") % stage if stage else _("no stage") for stage, _position in places]
    title = f"{theme['title']}{colon()}{_finding(subjects, [stage for stage, _at in places])}"
    columns = [
        Column(_("Country")),
        Column(_("Stage"), numeric=True),
        Column(_("Position"), numeric=True),
        Column(_("How sure")),
        Column(_("Period until")),
        Column(_("Instrument")),
    ]
    rows = [
        (
            one.heading,
            stage or "–",
            "–" if position is None else rounded(position, 2),
            _sure(one, theme["code"]),
            one.period_end,
            one.instrument,
        )
        for one, (stage, position) in zip(subjects, places, strict=True)
    ]
    if not any(stage for stage, _position in places):
        return Table(f"theme-{theme['code']}", title, columns, rows)
    return Chart(
        id=f"theme-{theme['code']}",
        kind=Kind.BARS,
        title=title,
        description="; ".join(
            f"{one.heading}{colon()}{word}" for one, word in zip(subjects, words, strict=True)
        ),
        columns=columns,
        rows=rows,
        categories=[one.heading for one in subjects],
        series=[
            Series(
                name=_("Position"), values=[position for _stage, position in places], labels=words
            )
        ],
        scale=Scale(1, levels, step=1, title=_("Position")),
        note=_("Bars begin at 1, the lowest stage."),
    )


def _sure(subject: Subject, code: str) -> str:
    theme = subject.theme(code)
    if theme is None:
        return "–"
    if subject.is_on_common_items(code):
        return _("not said: the stage on common items is not re-scored")
    if theme["stage"] is None:
        between = {"low": theme["bounds"][0], "high": theme["bounds"][1]} if theme["bounds"] else {}
        return _("between %(low)s and %(high)s") % between if between else str(theme["reason"])
    return pgettext("of a stage", "firm") if theme.get("firm") else _("provisional")


def _finding(subjects: Sequence[Subject], stages: Sequence[int | None]) -> str:
    """Who stands where, by stage: by name where there are few."""
    groups = []
    for stage in [*sorted({one for one in stages if one}), None]:
        names = [s.heading for s, its in zip(subjects, stages, strict=True) if its == stage]
        if not names:
            continue
        where = _("at stage %s") % stage if stage else _("without a stage")
        few = len(subjects) <= NAMED
        who = (
            _(" and ").join(filter(None, [", ".join(names[:-1]), names[-1]]))
            if few
            else ngettext("%(n)s country", "%(n)s countries", len(names)) % {"n": len(names)}
        )
        groups.append(f"{who} {where}")
    return ", ".join(groups)


def _items(theme: dict[str, Any], subjects: Sequence[Subject]) -> Table | None:
    """Every item of one theme: the agreed level in each country."""
    titles: dict[str, str] = {}
    levels: list[dict[str, dict[str, Any]]] = []
    for one in subjects:
        found = one.theme(theme["code"])
        items = {item["code"]: item for item in found["items"]} if found else {}
        levels.append(items)
        for code, item in items.items():
            titles.setdefault(code, item["title"])
    rows = [
        (title, *(_level(items.get(code)) for items in levels)) for code, title in titles.items()
    ]
    known = [[cell for cell in row[1:] if isinstance(cell, int)] for row in rows]
    if not any(item["level"] and _begun(item) for items in levels for item in items.values()):
        return None
    apart = sum(max(row) - min(row) >= APART for row in known if row)
    facts = {"theme": theme["title"], "n": apart, "all": len(rows)}
    title = ngettext(
        "%(theme)s: %(n)s of %(all)s items stands two levels or more apart",
        "%(theme)s: %(n)s of %(all)s items stand two levels or more apart",
        apart,
    )
    return Table(
        id=f"items-{theme['code']}",
        title=(title if len(subjects) > 1 else _("%(theme)s: the agreed level of each item"))
        % facts,
        columns=[Column(_("Item")), *(Column(one.heading) for one in subjects)],
        rows=[(title, *map(str, cells)) for title, *cells in rows],
    )


def _level(item: dict[str, Any] | None) -> int | str:
    if item is None:
        return _("not asked")
    if item["level"] is None:
        return _("not applicable")
    if item["state"] == "known":
        return int(item["level"])
    if _begun(item):
        return _("at least %s") % item["level"]
    return _("unknown") if item["state"] == "unknown" else _("not answered")


def _begun(item: dict[str, Any]) -> bool:
    """Whether anything is known of the item: its level, or that it is not the lowest."""
    return item["state"] == "known" or (item["level"] or 0) > 1


def _indicators(subjects: Sequence[Subject]) -> Table | None:
    """The values that were heard beside the sheets, each with its year."""
    values = [
        {one["code"]: one for one in subject.result.get("observations", [])} for subject in subjects
    ]
    known = {code: one for found in values for code, one in found.items()}
    if not known:
        return None
    whole = sum(all(code in found for found in values) for code in known)
    title = ngettext(
        "%(n)s of %(all)s indicators has a value for every country",
        "%(n)s of %(all)s indicators have a value for every country",
        whole,
    )
    return Table(
        id="indicators",
        title=title % {"n": whole, "all": len(known)},
        columns=[
            Column(_("Indicator")),
            Column(_("Unit")),
            *(Column(one.heading, numeric=True) for one in subjects),
            Column(_("Source")),
        ],
        rows=[
            (one["title"], one["unit"], *(_value(found.get(code)) for found in values),
             one["source"] or one["dataset_title"])
            for code, one in sorted(known.items(), key=lambda pair: pair[1]["title"])
        ],
        note=_("The newest value that each report heard, as it copied it, with its year."),
    )  # fmt: skip


def _value(one: dict[str, Any] | None) -> str:
    return f"{one['value']:.6g} ({one['year']})" if one else "–"


def _peers(themes: Sequence[dict[str, Any]], choice: Choice) -> Table | None:
    """In each group of countries, how many stand at which stage: counted, never averaged."""
    staged = [theme for theme in themes if theme["staged"]]
    rows = list(_peer_rows(staged, choice))
    if not rows:
        return None
    title = ngettext("%(n)s group of countries", "%(n)s groups of countries", len(rows))
    kind = Country.Grouping(choice.grouping).label
    return Table(
        id="groups",
        title=f"{title % {'n': len(rows)}}, {kind}",
        columns=[
            Column(_("Group")),
            Column(_("Countries"), numeric=True),
            *(Column(theme["title"]) for theme in staged),
        ],
        rows=rows,
        note=_("How many countries stand at each stage. Stages are counted and never averaged."),
    )


def _peer_rows(themes: Sequence[dict[str, Any]], choice: Choice) -> Iterator[Sequence[object]]:
    for group in choice.peer_groups:
        members = [
            one
            for one in choice.matching
            if group.code in {found.code for found in choice.groups[one.country]}
        ]
        if members:
            yield (group.name, len(members), *(_counts(theme, members) for theme in themes))


def _counts(theme: dict[str, Any], members: Sequence[Subject]) -> str:
    stages = [one.place(theme["code"])[0] for one in members]
    counted = [
        _("stage %(stage)s: %(n)s") % {"stage": stage, "n": stages.count(stage)}
        for stage in sorted({one for one in stages if one})
    ]
    without = stages.count(None)
    return ", ".join(counted + ([_("no stage: %s") % without] if without else []))
