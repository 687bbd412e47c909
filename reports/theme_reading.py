"""One theme of a report in words; `reports.reading` reads the whole report."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart
from countries.wording import colon
from diagnostics.experience import address
from reports import doubt


@dataclass(frozen=True)
class SheetAnswer:
    """One sheet's answer to an item, with who gave it."""

    rater: str
    panel: str
    response: dict[str, Any]


class ThemeReading:
    """One theme of the report; `reading` is the `reports.reading.Reading` it belongs to.

    What the result has by itself is here under the same name; the first reports had no re-scorings.
    """

    def __init__(self, reading: Any, result: dict[str, Any], content: dict[str, Any]) -> None:
        self.reading, self.result, self.content = reading, result, content
        self.code: str = result["code"]
        self.title: str = result["title"]
        self.staged: bool = result["staged"]
        self.stage: int | None = result["stage"]
        self.position: float | None = result["position"]
        self.mean_level: float | None = result["mean_level"]
        self.completeness: float | None = result["completeness"]
        self.knowledge: float | None = result["knowledge"]
        self.bounds: list[int] | None = result["bounds"]
        self.needs: str | None = result["needs"]
        self.needs_warning: str | None = result["needs_warning"]
        self.starred: bool = result["starred"]
        self.firm: bool | None = result.get("firm")
        self.panels: dict[str, int] = result.get("panels", {})
        self.rescoring: dict[str, Any] | None = result.get("rescoring")
        self.agreement: dict[str, Any] = result["agreement"]
        self.approaches: list[dict[str, Any]] = result["approaches"] or []
        self.cheapest_set: dict[str, Any] = result["cheapest_set"] or {}
        self.groups: list[dict[str, Any]] = result["groups"]
        self.items: list[dict[str, Any]] = result["items"]
        self._titles = {item["code"]: item["title"] for item in self.items}
        self._content = {item["code"]: item for item in content["items"]}

    def titles_of(self, codes: list[str]) -> list[str]:
        return [self._titles[code] for code in codes]

    @property
    def next_stage(self) -> int | None:
        """The stage to work for; a phase has no way up, and so none."""
        stage, levels = self.stage, self.reading.levels
        return stage + 1 if stage and stage < levels and not self.reading.classifies else None

    @property
    def phase(self) -> str:
        """The name of the phase, where the instrument classifies; else empty."""
        if self.stage is None or not self.reading.classifies:
            return ""
        return self.reading.content["level_names"][self.stage - 1]

    def star(self, words: str) -> str:
        """The words with the star of a stage that unknowns have lowered; "" where none have."""
        return f"★ {words}" if self.starred and not self.reading.classifies else ""

    @property
    def sentence(self) -> str:
        """What a minister reads first."""
        facts = {"theme": self.title, "stage": self.stage, "needs": self.needs}
        if self.phase:
            facts["phase"] = self.phase
            facts["share"] = round(100 * self.result["coverage"][str(self.stage)])
            return (
                _(
                    "%(theme)s: %(phase)s; items that show its marks "
                    "carry %(share)s %% of the weight"
                )
                % facts
            )
        if self.stage is None:
            if self.bounds is None or self.reading.classifies:
                return f"{self.title}{colon()}{self.reason}"
            facts["low"], facts["high"] = self.bounds
            return (
                _(
                    "%(theme)s: not enough is known for a stage; "
                    "it lies somewhere from %(low)s to %(high)s"
                )
                % facts
            )
        if self.next_stage is None:
            return _("%(theme)s: stage %(stage)s, the highest") % facts
        have = sum((i["level"] or 0) >= self.next_stage and i["weight"] > 0 for i in self.items)
        return ngettext(
            "%(theme)s: stage %(stage)s; stage %(next)s needs %(needs)s items, "
            "%(have)s reaches it; held by %(held)s",
            "%(theme)s: stage %(stage)s; stage %(next)s needs %(needs)s items, "
            "%(have)s reach it; held by %(held)s",
            have,
        ) % (facts | {"next": self.next_stage, "have": have, "held": self._held_by})

    @property
    def _held_by(self) -> str:
        core = self.result["held_by_core"]
        codes = core or self.cheapest_set["items"]
        named = [_within_a_sentence(self._titles[code]) for code in codes[:2]]
        rest = len(codes) - len(named)
        if core:
            items = {"items": _(" and ").join(named)}
            held = ngettext("the core item %(items)s", "the core items %(items)s", len(core))
            return held % items
        if rest:
            more = ngettext("%(rest)s more item", "%(rest)s more items", rest) % {"rest": rest}
            return _("%(named)s and %(more)s") % {"named": ", ".join(named), "more": more}
        return _(" and ").join(named)

    @property
    def coverage_chart(self) -> Chart | None:
        return self._chart("coverage")

    @property
    def rescoring_chart(self) -> Chart | None:
        return self._chart("rescoring")

    @property
    def items_chart(self) -> Chart | None:
        return self._chart("items")

    def _chart(self, kind: str) -> Chart | None:
        return self.reading.all_charts.get(f"{kind}-{self.code}")

    @property
    def firmness(self) -> str:
        """Why the stage is firm or provisional, items by their titles."""
        return self._with_titles(self.result.get("firm_because"))

    @property
    def reason(self) -> str:
        """Why there is no stage, items by their titles."""
        return self._with_titles(self.result["reason"])

    def _with_titles(self, sentence: str | None) -> str:
        sentence = sentence or ""
        for code, title in sorted(self._titles.items(), reverse=True):
            sentence = sentence.replace(code, _within_a_sentence(title))
        return sentence

    @property
    def rules_counted(self) -> str:
        """How the stage stands up to other weights and pass marks."""
        if not self.rescoring:
            return ""
        classifies = self.reading.classifies
        return doubt.counted(self.rescoring["rules"], self.stage, classifies=classifies)

    @property
    def caution(self) -> str:
        """What a firm stage that rests on few sheets is worth."""
        return doubt.caution(self.panels) if self.firm else ""

    @property
    def drivers(self) -> list[dict[str, Any]]:
        return doubt.drivers(self.result, classifies=self.reading.classifies)

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
        swing = (self.rescoring or {}).get("swing_items", [])
        return [{**one, "title": self._titles[one["item"]]} for one in swing]

    @cached_property
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
        return address(self.code, [self.stage] if self.stage else [])

    @property
    def cheapest(self) -> list[dict[str, str]]:
        return self._named(self.cheapest_set.get("items", []))

    def _named(self, codes: list[str]) -> list[dict[str, str]]:
        return [{"item": code, "title": self._titles[code]} for code in codes]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What blocks the next stage, item by item, the cheapest set marked."""
        cheapest = set(self.cheapest_set.get("items", []))
        grouped: dict[str, list[dict[str, Any]]] = {}
        for step in self.result["blocked_by"]:
            grouped.setdefault(step["item"], []).append(step)
        return [
            {
                "item": self._item(code),
                "cheapest": code in cheapest,
                "effort": self._content[code]["effort"],
                "evidence": self._content[code]["evidence"],
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
        """What keeps the theme from a stage and is not among what to find out first."""
        asked = {(step["item"], step["level"]) for step in self.result["find_out_first"]}
        return [
            {**step, "title": self._titles[step["item"]]}
            for step in self.result["missing"]
            if (step["item"], step["level"]) not in asked
        ]

    @cached_property
    def items_on_page(self) -> list[dict[str, Any]]:
        """Each item with its statements, the agreed answers, and every sheet's."""
        return [
            {
                **item,
                "question": self._content[item["code"]]["question"],
                "source": self._content[item["code"]]["source"],
                "lines": [
                    (step, statement, answer)
                    for (step, statement), answer in zip(
                        self._content[item["code"]]["statements"].items(),
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
            for item in self.items
        ]

    def _testimonies(self, evidence: dict[str, Any]) -> list[dict[str, Any]]:
        """What indicators say, each value with its title, unit, period and source."""
        return [
            {**self.reading.observations.get(one["indicator"], {}), **one}
            for one in evidence.get("testimonies", [])
        ]

    def _item(self, code: str) -> dict[str, Any]:
        return next(item for item in self.items if item["code"] == code)


def anchor_of(item: str) -> str:
    """The place of an item on the report's page, by its code."""
    return item.replace(".", "")


def _within_a_sentence(title: str) -> str:
    """The title without its first capital; abbreviations such as SMEs stay as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
