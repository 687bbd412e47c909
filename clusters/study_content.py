"""A study as plain data: what its page and its paper draw, and what is hashed at publication."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.languages import SOURCE
from activity.judging import Criterion
from clusters import study_words
from clusters.models import PlanLine, Problem, Study, SwotLine
from clusters.study_words import PRINCIPLES

SECTIONS = ("production_system", "linkages", "institutions", "framework")
STRATEGIES = ("initiation", "formation", "innovation")
TEXTS = (*SECTIONS, "vision", *STRATEGIES, "donors")
CONTENT_VERSION = 2


def content(study: Study) -> dict[str, Any]:
    """What the study says: as approved, else as it stands.

    With it go the words around it in every language, so that those do not change either.
    """
    if study.snapshot is not None:
        return study.snapshot
    cluster = study.cluster
    return {
        "version": CONTENT_VERSION,
        "cluster": {"id": cluster.pk, "name": cluster.name, "country": cluster.country_id,
                    "fictional": cluster.country.is_fictional},
        "number": study.number,
        "texts": {name: getattr(study, name) for name in TEXTS},
        "swot": [{"kind": one.kind, "text": one.text, "key": one.evidence_key,
                  "evidence": one.evidence} for one in study.swot.all()],
        "problems": [{"kind": one.kind, "text": one.text, "action": one.action, "risk": one.risk,
                      "risk_text": one.risk_text, "conditions": one.conditions}
                     for one in study.problems.all()],
        "lines": [{"id": one.pk, "kind": one.kind, "text": one.text, "owner": one.owner,
                   "start": one.start.isoformat(), "end": one.end.isoformat(),
                   "cost": f"{one.cost:.2f}", "currency": one.currency, "payer": one.payer,
                   "indicator": one.indicator, "baseline": f"{one.baseline.normalize():f}",
                   "target": f"{one.target.normalize():f}"} for one in study.lines.all()],
        "principles": {code: study.principles.get(code, "") for code in PRINCIPLES},
        "words": {language: wording(language) for language, _its_name in settings.LANGUAGES},
    }  # fmt: skip


def wording(language: str) -> dict[str, dict[str, str]]:
    """Our words around what a study says, by group and code."""
    groups = {
        "texts": {name: Study._meta.get_field(name).verbose_name for name in TEXTS},
        "headings": study_words.HEADINGS,
        "labels": study_words.LABELS,
        "swot": dict(SwotLine.Kind.choices),
        "problems": dict(Problem.Kind.choices),
        "risks": dict(Problem.Risk.choices),
        "lines": dict(PlanLine.Kind.choices),
        "principles": PRINCIPLES,
        "criteria": dict(Criterion.choices),
        "sources": {
            "principles": study_words.PRINCIPLES_SOURCE,
            "criteria": study_words.CRITERIA_SOURCE,
            "strategies": study_words.STRATEGIES_SOURCE,
        },
    }
    with translation.override(language):
        return {
            group: {code: str(words) for code, words in named.items()}
            for group, named in groups.items()
        }


def words_of(said: dict[str, Any], language: str) -> dict[str, dict[str, str]]:
    """The words that a content holds for a language; the first ones held none."""
    held = said.get("words") or {language: wording(language)}
    return held.get(language) or held[SOURCE]


def digest(said: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
