"""One theme of a report in words; `reports.reading` reads the whole report."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.charts import Chart
from diagnostics.experience import address
from reports import doubt


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
    """One theme of the report; `reading` is the `reports.reading.Reading` it belongs to."""

    def __init__(self, reading: Any, result: dict[str, Any], content: dict[str, Any]) -> None:
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
        facts = {"theme": result["title"], "stage": result["stage"], "needs": result["needs"]}
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
                return f"{result['title']}: {self.reason}"
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
        return self._with_titles(self.result.get("firm_because"))

    @property
    def reason(self) -> str:
        """Why there is no stage, items by their titles."""
        return self._with_titles(self.result["reason"])

    def _with_titles(self, words: str | None) -> str:
        words = words or ""
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
        """What keeps the theme from a stage and is not among what to find out first."""
        asked = {(step["item"], step["level"]) for step in self.result["find_out_first"]}
        return [
            {**step, "title": self._titles[step["item"]]}
            for step in self.result["missing"]
            if (step["item"], step["level"]) not in asked
        ]

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


def _within_a_sentence(title: str) -> str:
    """The title without its first capital; abbreviations such as SMEs stay as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
