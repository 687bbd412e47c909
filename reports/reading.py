"""A report as its page shows it: the snapshot's numbers put in words, nothing computed anew."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.languages import SOURCE, reviewer
from activity.charts import Chart
from diagnostics.authoring.translating import said
from diagnostics.experience import address
from diagnostics.models.instruments import InstrumentTranslation, joined
from diagnostics.models.plans import Criterion, Status
from diagnostics.scoring.instrument import Rule
from reports import charts, doubt
from reports.models import Reply, ReportVersion


@dataclass(frozen=True)
class ChartOnPage:
    chart: Chart
    csv_url: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.chart, name)


@dataclass(frozen=True)
class AnswerOnPage:
    """One sheet's (or the agreed) answer to an item, with who gave it."""

    rater: str
    panel: str
    response: dict[str, Any]


class ThemeReading:
    """One theme of the report."""

    def __init__(self, reading: "Reading", result: dict[str, Any], content: dict[str, Any]) -> None:
        self.reading, self.result, self.content = reading, result, content
        self._titles = {item["code"]: item["title"] for item in result["items"]}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.result[name]
        except KeyError:
            raise AttributeError(name) from None

    def titles_of(self, codes: list[str]) -> list[str]:
        return [self._titles[code] for code in codes]

    @property
    def needs(self) -> str | None:
        """How many items the pass mark takes, of how many, in the reader's language."""
        if self.result["needs"] is None:
            return None
        needed, counted = self.result["needs"].split(" of ")
        return _("%(n)s of %(all)s") % {"n": needed, "all": counted}

    @property
    def next_stage(self) -> int | None:
        """The stage to work for; a phase has no way up, and so none."""
        stage, levels = self.result["stage"], self.reading.levels
        return stage + 1 if stage and stage < levels and not self.reading.classifies else None

    @property
    def phase(self) -> str:
        """The name of the phase, where the instrument classifies; else empty."""
        stage = self.result["stage"]
        named = self.reading.classifies and stage is not None
        return self.reading.content["level_names"][stage - 1] if named else ""

    @property
    def sentence(self) -> str:
        """What a minister reads first."""
        result = self.result
        facts = {"theme": result["title"], "stage": result["stage"], "needs": self.needs}
        if self.phase:
            facts["phase"] = self.phase
            facts["share"] = round(100 * result["coverage"][str(result["stage"])])
            return (
                _(
                    "%(theme)s: %(phase)s; items that show its marks "
                    "carry %(share)s %% of the weight"
                )
                % facts
            )
        if result["stage"] is None:
            if result["bounds"] is None or self.reading.classifies:
                return f"{result['title']}: {result['reason']}"
            facts["low"], facts["high"] = result["bounds"]
            return (
                _(
                    "%(theme)s: not enough is known for a stage; "
                    "it lies somewhere from %(low)s to %(high)s"
                )
                % facts
            )
        if self.next_stage is None:
            return _("%(theme)s: stage %(stage)s, the highest") % facts
        facts["next"] = self.next_stage
        facts["have"] = sum(
            (i["level"] or 0) >= self.next_stage and i["weight"] > 0 for i in result["items"]
        )
        facts["held"] = self._held_by
        return (
            _(
                "%(theme)s: stage %(stage)s; stage %(next)s needs %(needs)s items, "
                "%(have)s reach it; held by %(held)s"
            )
            % facts
        )

    @property
    def _held_by(self) -> str:
        codes = self.result["held_by_core"] or self.result["cheapest_set"]["items"]
        named = [_within_a_sentence(self._titles[code]) for code in codes[:2]]
        rest = len(codes) - len(named)
        if rest:
            more = ngettext("%(rest)s more item", "%(rest)s more items", rest) % {"rest": rest}
            return _("%(named)s and %(more)s") % {"named": ", ".join(named), "more": more}
        return _(" and ").join(named)

    @property
    def coverage_chart(self) -> ChartOnPage | None:
        return self._chart("coverage")

    @property
    def rescoring_chart(self) -> ChartOnPage | None:
        return self._chart("rescoring")

    @property
    def items_chart(self) -> ChartOnPage | None:
        return self._chart("items")

    def _chart(self, kind: str) -> ChartOnPage | None:
        key = f"{kind}-{self.result['code']}"
        return self.reading.chart(key) if key in self.reading.all_charts else None

    @property
    def firmness(self) -> str:
        """Why the stage is firm or provisional, items by their titles."""
        words = self.result.get("firm_because") or ""
        for code, title in sorted(self._titles.items(), reverse=True):
            words = words.replace(code, _within_a_sentence(title))
        return words

    @property
    def rules_words(self) -> str:
        """How the stage stands up to other weights and pass marks."""
        found = self.result.get("rescoring")
        return doubt.counted(found["rules"], self.result["stage"]) if found else ""

    @property
    def caution(self) -> str:
        """What a firm stage that rests on few sheets is worth."""
        return doubt.caution(self.result.get("panels", {})) if self.result.get("firm") else ""

    @property
    def drivers(self) -> list[dict[str, Any]]:
        return doubt.drivers(self.result)

    @property
    def contested_items(self) -> list[dict[str, Any]]:
        return [
            {**one, "title": self._titles[one["item"]]} for one in self.result.get("contested", [])
        ]

    @property
    def panel_gaps(self) -> list[dict[str, Any]]:
        """Items that government and independent sheets place at different levels."""
        gaps = self.result.get("gaps", {}).get("government_independent", [])
        return [{**gap, "title": self._titles[gap["item"]]} for gap in gaps if gap["gap"]]

    @property
    def objections(self) -> list[dict[str, Any]]:
        """Those to what is agreed on the theme's items."""
        filed = self.reading.settlement.get("objections", {})
        return [one for code in self._titles for one in filed.get(code, [])]

    @property
    def objections_accepted(self) -> int:
        return sum(one["state"] == "accepted" for one in self.objections)

    @property
    def knowledge_gaps(self) -> list[dict[str, Any]]:
        """Items that some sheet does not know or did not answer."""
        gaps = self.result.get("gaps", {}).get("knowledge", [])
        return [{**gap, "title": self._titles[gap["item"]]} for gap in gaps]

    @property
    def swing_items(self) -> list[dict[str, Any]]:
        swing = (self.result.get("rescoring") or {}).get("swing_items", [])
        return [{**one, "title": self._titles[one["item"]]} for one in swing]

    @property
    def divergent_items(self) -> list[dict[str, Any]]:
        """Items that indicators place two or more levels off, with what these say."""
        return [
            {**one, "title": self._titles[one["item"]], "testimonies": self._testimonies(one)}
            for one in self.result.get("divergences", [])
        ]

    @property
    def plans(self) -> list[dict[str, Any]]:
        """The horizons: within one year and within five, with what to raise."""
        return [
            {**plan, "raised": self._named(plan["items"])}
            for plan in self.result.get("horizons") or []
        ]

    @property
    def library(self) -> str:
        """The page of the library for this theme and stage: what others did from there."""
        return address(self.result["code"], [self.result["stage"]] if self.stage else [])

    @property
    def cheapest(self) -> list[dict[str, str]]:
        return self._named((self.result["cheapest_set"] or {}).get("items", []))

    def _named(self, codes: list[str]) -> list[dict[str, str]]:
        return [{"item": code, "title": self._titles[code]} for code in codes]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What blocks the next stage, item by item, the cheapest set marked."""
        cheapest = set((self.result["cheapest_set"] or {}).get("items", []))
        grouped: dict[str, list[dict[str, Any]]] = {}
        for step in self.result["blocked_by"]:
            grouped.setdefault(step["item"], []).append(step)
        return [
            {
                "item": self._item(code),
                "cheapest": code in cheapest,
                "effort": self._content(code)["effort"],
                "evidence": self._content(code)["evidence"],
                "statements": steps,
            }
            for code, steps in grouped.items()
        ]

    @property
    def find_out(self) -> list[dict[str, Any]]:
        return [
            {**step, "title": self._titles[step["item"]]} for step in self.result["find_out_first"]
        ]

    @property
    def missing_items(self) -> list[dict[str, Any]]:
        return [{**step, "title": self._titles[step["item"]]} for step in self.result["missing"]]

    @property
    def items_on_page(self) -> list[dict[str, Any]]:
        """Each item with its statements, the agreed answers, and every sheet's."""
        return [
            {
                **item,
                "anchor": item["code"].replace(".", "-"),
                "question": self._content(item["code"])["question"],
                "source": self._content(item["code"])["source"],
                "lines": [
                    (step, statement, answer)
                    for (step, statement), answer in zip(
                        self._content(item["code"])["statements"].items(),
                        item["answers"],
                        strict=True,
                    )
                ],
                "agreed": self.reading.snapshot["agreed"]["responses"].get(item["code"]),
                "testimonies": self._testimonies(item.get("evidence") or {}),
                "sheets": self.reading.answers_to(item["code"]),
                "decision": self.reading.settlement["decisions"].get(item["code"]),
                "dissents": self.reading.settlement["dissents"].get(item["code"], []),
                "objections": self.reading.settlement.get("objections", {}).get(item["code"], []),
            }
            for item in self.result["items"]
        ]

    def _testimonies(self, evidence: dict[str, Any]) -> list[dict[str, Any]]:
        """What indicators say, each value with its title, unit, period and source."""
        return [
            {**self.reading.observations.get(one["indicator"], {}), **one}
            for one in evidence.get("testimonies", [])
        ]

    def _item(self, code: str) -> dict[str, Any]:
        return next(item for item in self.result["items"] if item["code"] == code)

    def _content(self, code: str) -> dict[str, Any]:
        return next(item for item in self.content["items"] if item["code"] == code)


class PlanReading:
    """What became of the plan of the last round, from the snapshot."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.round: str = plan["round"]
        self.measures = [
            {
                **one,
                "status_name": str(Status(one["status"]).label),
                "reported": f"{one['text']} ({one['value']})" if one["value"] else one["text"],
            }
            for one in plan["measures"]
        ]
        self.judgements = [
            (str(Criterion(one["criterion"]).label), one["text"]) for one in plan["judgements"]
        ]

    @property
    def told(self) -> str:
        done = sum(one["status"] == Status.DONE for one in self.measures)
        return ngettext(
            "%(n)s measure was planned after “%(round)s”; done: %(done)s.",
            "%(n)s measures were planned after “%(round)s”; done: %(done)s.",
            len(self.measures),
        ) % {"n": len(self.measures), "round": self.round, "done": done}


class Reading:
    """A whole report."""

    def __init__(self, report: ReportVersion) -> None:
        self.report = report
        self.snapshot: dict[str, Any] = report.snapshot
        words = joined(self.translations)
        self.result: dict[str, Any] = said(self.snapshot["result"], words)
        self.levels: int = self.result["instrument"]["levels"]
        # Reports made while every instrument was a ladder do not say so.
        self.classifies: bool = self.result["instrument"].get("rule") == Rule.CLASSIFY
        self.content: dict[str, Any] = said(self.snapshot["instrument"]["content"], words)
        # Reports made before settlement had its own place in the snapshot have none.
        self.settlement = self.snapshot.get("settlement") or {"decisions": {}, "dissents": {}}

    @cached_property
    def translations(self) -> list[InstrumentTranslation]:
        """What puts the instrument in the language of now: what the snapshot names.

        A snapshot made before there was a translation names none; then the newest is taken.
        """
        language = get_language() or SOURCE
        recorded = self.snapshot["instrument"].get("translations", {}).get(language)
        version = self.report.round.instrument_version
        return list(version.translations_in(language, recorded or None))

    @property
    def translated(self) -> str:
        """Who reviewed the language the report is read in; "" where it is the original."""
        language = get_language() or SOURCE
        if language == SOURCE:
            return ""
        names = [reviewer(language), *(one.reviewed_by for one in self.translations)]
        if not all(names):
            return _("not yet reviewed by a named speaker")
        return _("reviewed by %s") % ", ".join(dict.fromkeys(names))

    @property
    def title(self) -> str:
        subject = self.snapshot["subject"]
        return (subject["cluster"] or subject["country"])["name"]

    @property
    def period(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(day) for day in self.snapshot["round"]["period"])

    @property
    def closed_at(self) -> datetime | None:
        closed = self.snapshot["round"]["closed_at"]
        return datetime.fromisoformat(closed) if closed else None

    @property
    def provenance_kind(self) -> str:
        """Which ribbon the page wears: fictional, example, or none."""
        kinds = {"fictional": "fictional", "coded": "example", "assessment": ""}
        return kinds[self.snapshot["round"]["provenance"]]

    @cached_property
    def themes(self) -> list[ThemeReading]:
        """The themes some sheet was asked about, those with stages first."""
        asked = {theme for sheet in self.snapshot["sheets"] for theme in sheet["themes"]}
        content = {theme["code"]: theme for theme in self.content["themes"]}
        shown = [
            ThemeReading(self, theme, content[theme["code"]])
            for theme in self.result["themes"]
            if theme["code"] in asked
        ]
        return sorted(shown, key=lambda theme: not theme.staged)

    @cached_property
    def observations(self) -> dict[str, dict[str, Any]]:
        """The values that were heard as witnesses, by indicator code."""
        return {one["code"]: one for one in self.result.get("observations", [])}

    @property
    def changes(self) -> list[dict[str, Any]]:
        """Themes that had a stage in the last round or have one now, with both pairs."""
        change = self.result.get("change") or {"themes": []}
        titles = {theme["code"]: theme["title"] for theme in self.result["themes"]}
        return [
            {**one, "title": titles[one["theme"]]}
            for one in change["themes"]
            if any(one["published"]) or one["comparable"]
        ]

    @property
    def last_plan(self) -> PlanReading | None:
        """The plan that followed from the last round; older snapshots say nothing of one."""
        plan = self.snapshot.get("last_plan")
        return PlanReading(plan) if plan else None

    @property
    def change_caution(self) -> str:
        """What a change that is called real is worth where some panel has few sheets."""
        if not any(one["real"] for one in self.changes):
            return ""
        before = self.result["change"].get("panels", {})
        return doubt.change_caution(before, *(theme.panels for theme in self.themes if theme.stage))

    @property
    def first(self) -> list[ThemeReading]:
        """Which theme first: the binding ones, of the lowest position."""
        binding = self.result["binding_themes"]
        return [theme for theme in self.themes if theme.code in binding]

    @property
    def common(self) -> list[dict[str, Any]]:
        """Staged themes on common items beside all; none unless it is a national edition."""
        themes = {theme.code: theme for theme in self.themes if theme.staged}
        return [
            {**one, "title": themes[one["theme"]].title, "titles": titles}
            for one in self.result.get("common") or []
            if one["theme"] in themes
            for titles in [themes[one["theme"]].titles_of(one["national_items"])]
        ]

    @property
    def edition_of(self) -> str:
        return "{code} {version}".format(**self.content["edition_of"])

    @cached_property
    def all_charts(self) -> dict[str, Chart]:
        return charts.of_report(self.result)

    @property
    def profile_chart(self) -> ChartOnPage | None:
        return self.chart("profile") if "profile" in self.all_charts else None

    def chart(self, key: str) -> ChartOnPage:
        url = reverse("reports:chart_csv", args=[self.report.pk, key])
        return ChartOnPage(self.all_charts[key], url)

    def answers_to(self, code: str) -> list[AnswerOnPage]:
        """What each sheet says of one item."""
        return [
            AnswerOnPage(sheet["organisation"], sheet["panel"], sheet["responses"][code])
            for sheet in self.snapshot["sheets"]
            if code in sheet["responses"]
        ]

    @cached_property
    def replies(self) -> list[Reply]:
        """What the assessed ministries replied; written after the snapshot, kept once approved."""
        return list(self.report.replies.all())

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where the instrument's items rest, each document and place once."""
        found = {}
        for theme in self.themes:
            for item in theme.content["items"]:
                if source := item.get("source"):
                    found.setdefault((source["document"], source["place"]), source)
        return list(found.values())


def _within_a_sentence(title: str) -> str:
    """The title without its first capital; abbreviations such as SMEs stay as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
