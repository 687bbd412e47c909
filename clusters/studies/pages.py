"""What the page of a study shows, drawn from its content alone but for what follows publication."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language

from activity.charts import Chart
from clusters.models import Lesson, Problem, Reading, Study
from clusters.studies import costs, evidence, following
from clusters.studies.content import content, in_language
from clusters.studies.drawings import chart_of
from clusters.studies.evidence import Readers
from clusters.studies.words import (
    HEADINGS,
    PARTS,
    PROBLEMS,
    STRATEGIES,
    ProblemKind,
    wording,
)


def typology() -> list[tuple[str, ProblemKind]]:
    """The five kinds of problems, each with what firms do about it together."""
    return [(label, PROBLEMS[code]) for code, label in Problem.Kind.choices]


@dataclass(frozen=True)
class Part:
    """A part of a study; `text` is all of one that is a text alone, None of the others."""

    code: str
    title: str
    text: str | None


class StudyOnPage:
    """The study in the reader's words; texts are as they were written.

    What lines point to is linked as far as this `reader` may follow; who `follows` the plan adds
    lessons and a judgement, and sees their place before there is any.
    """

    def __init__(
        self, study: Study, reader: Readers = Readers.ANYBODY, *, follows: bool = False
    ) -> None:
        self.study = study
        self.reader = reader
        self.follows = follows
        language = self.language = get_language() or settings.LANGUAGE_CODE
        self.content = content(study, [language])
        self.drafted = study.snapshot is None
        # The first studies hold neither words nor charts, nor what the cluster is.
        self.about = in_language(self.content.get("about", {}), language) or {}
        self.country = self.about.get("country") or str(study.cluster.country)
        words = in_language(self.content.get("words", {}), language) or wording()
        self.words = {group: dict(pairs) for group, pairs in words.items()}
        charts = in_language(self.content.get("charts", {}), language) or {}
        self.measured = [chart_of(kept) for kept in charts.get("measured", [])]
        self.plan_charts = [chart_of(kept) for kept in charts.get("plan", [])]
        self.cluster_name = study.cluster.told(self.content["cluster"]["name"])
        texts = self.content["texts"]
        self.strategies = self._named(texts, STRATEGIES)
        self.donors = texts["donors"]
        said = self.content["principles"]
        self.principles = [
            (text, said.get(code, "")) for code, text in self.words["principles"].items()
        ]

    @property
    def parts(self) -> list[Part]:
        """The parts that there are, in the order of page and paper."""
        titles = {**HEADINGS, **self.words["texts"], **self.words["headings"]}
        empty = {
            "cluster": not self.about,
            "measured": not self.measured,
            "lessons": not (self.lessons or self.follows),
            "judged": not (self.judgements or self.follows),
        }
        texts = self.content["texts"]
        return [
            Part(code, capfirst(titles[code]), texts.get(code))
            for code in PARTS
            if not empty.get(code)
        ]

    @property
    def swot(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The four kinds with their lines."""
        cluster = self.content["cluster"]["id"]
        lines = [
            one
            | {
                "address": evidence.address(one["key"], cluster, self.reader),
                "evidence": one.get("evidence_words", {}).get(self.language) or one["evidence"],
            }
            for one in self._rows("swot", self.study.swot)
        ]
        return [(label, [one for one in lines if one["kind"] == code])
                for code, label in self.words["swot"].items()]  # fmt: skip

    @property
    def problems(self) -> list[dict[str, Any]]:
        kinds, risks = self.words["problems"], self.words["risks"]
        return [one | {"kind": kinds[one["kind"]], "risk": risks[one["risk"]]}
                for one in self._rows("problems", self.study.problems)]  # fmt: skip

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The plan's lines, with the charts of their values and corrections once published."""
        kinds = self.words["lines"]
        lines = [
            one | {"kind": kinds[one["kind"]], "start": date.fromisoformat(one["start"]),
                   "end": date.fromisoformat(one["end"]), "cost": Decimal(one["cost"])}
            for one in self._rows("lines", self.study.lines)
        ]  # fmt: skip
        measured: dict[int, list[Reading]] = {}
        for reading in following.readings_of(self.study):
            measured.setdefault(reading.line_id, []).append(reading)
        return [one | _followed(one, measured.get(one["id"], [])) for one in lines]

    @property
    def total_cost(self) -> str:
        return costs.total(self.lines)

    @property
    def charts(self) -> list[Chart]:
        values = [one["chart"] for one in self.lines if one["chart"]]
        return [*self.measured, *self.plan_charts, *values]

    @property
    def schedule_title(self) -> str:
        """The finding of the schedule."""
        first = min(one["start"] for one in self.lines).year
        last = max(one["end"] for one in self.lines).year
        return f"{self.words['headings']['schedule']}: {first}–{last}"

    @cached_property
    def lessons(self) -> list[tuple[Lesson, list[str]]]:
        return following.lessons_of(self.study)

    @cached_property
    def judgements(self) -> list[tuple[str, str]]:
        """Every criterion with its sentence; none before the first is said."""
        said = {one.criterion: one.text for one in self.study.judgements.all()}
        names = self.words["criteria"]
        return [(name, said.get(code, "")) for code, name in names.items()] if said else []

    def _rows(self, name: str, kept: Any) -> list[dict[str, Any]]:
        """The rows of the content; of a draft with the key by which they are changed."""
        if not self.drafted:
            return self.content[name]
        keys = kept.values_list("pk", flat=True)
        return [one | {"row": pk} for one, pk in zip(self.content[name], keys, strict=True)]

    def _named(self, texts: dict[str, str], names: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(self.words["texts"][name], texts[name]) for name in names]


def _followed(line: dict[str, Any], measured: list[Reading]) -> dict[str, Any]:
    standing = [one for one in measured if one.stands]
    corrections = [(following.correction(one), one.by) for one in measured if one.replaces]
    return {"chart": following.chart(line, standing), "corrections": corrections}
