"""A report read in a language: the snapshot's numbers put in words, nothing computed anew."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext

from accounts.languages import SOURCE, reviewer
from activity.charts import Chart
from activity.judging import Criterion
from countries import names
from countries.wording import words_of
from diagnostics.authoring.translating import said
from diagnostics.models.instruments import InstrumentTranslation, joined
from diagnostics.models.plans import Status
from diagnostics.scoring.instrument import Rule
from reports import charts, doubt
from reports.models import Reply, ReportVersion
from reports.theme_reading import SheetAnswer, ThemeReading


def reviewed(translations: Iterable[InstrumentTranslation]) -> str:
    """Who reviewed the language of now and these translations; "" in the original language."""
    language = get_language() or SOURCE
    if language == SOURCE:
        return ""
    people = [reviewer(language), *(one.reviewed_by for one in translations)]
    if not all(people):
        return pgettext("of a translation", "not yet reviewed by a named speaker")
    return pgettext("of a translation", "reviewed by %s") % ", ".join(dict.fromkeys(people))


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
        result = self.snapshot["result"]
        self._in_language = joined(self.translations) | words_of(result)
        self.result: dict[str, Any] = said(result, self._in_language)
        self.levels: int = self.result["instrument"]["levels"]
        # Reports made while every instrument was a ladder do not say so.
        self.classifies: bool = self.result["instrument"].get("rule") == Rule.CLASSIFY
        self.content: dict[str, Any] = said(
            self.snapshot["instrument"]["content"], self._in_language
        )
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
        return reviewed(self.translations)

    @property
    def title(self) -> str:
        cluster = self.snapshot["subject"]["cluster"]
        return self.report.round.cluster.told(cluster["name"]) if cluster else self.country

    @property
    def country(self) -> str:
        country = self.snapshot["subject"]["country"]
        return names.country(country["name"], country["code"])

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
        return PlanReading(said(plan, self._in_language)) if plan else None

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
    def unjudged(self) -> list[str]:
        """What rules on how themes stand together would advise, were a stage they read there."""
        waiting = {rule["code"] for rule in self.result["cannot_be_judged"]}
        return [
            rule["advice"] for rule in self.content.get("mix_rules", []) if rule["code"] in waiting
        ]

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
        return charts.of_report(self.result, self.content["level_names"])

    @property
    def profile_chart(self) -> Chart | None:
        return self.all_charts.get("profile")

    def answers_to(self, code: str) -> list[SheetAnswer]:
        """What each sheet says of one item."""
        return [
            SheetAnswer(sheet["organisation"], sheet["panel"], sheet["responses"][code])
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
