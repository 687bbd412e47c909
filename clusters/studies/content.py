"""A study as plain data: what its page and its paper draw, and what is hashed at publication."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.languages import SOURCE
from clusters.models import Cluster, Study, SwotLine
from clusters.studies import evidence
from clusters.studies.about import about
from clusters.studies.drawings import drawn
from clusters.studies.words import PRINCIPLES, TEXTS, wording

CONTENT_VERSION = 4
LANGUAGES = [code for code, _its_name in settings.LANGUAGES]


def content(study: Study, languages: Sequence[str] = LANGUAGES) -> dict[str, Any]:
    """What the study says: as approved, else as it stands.

    With it go what the cluster is, drawings, the words around it and what its lines point to in the
    languages, so that those do not change either.
    """
    if study.snapshot is not None:
        return study.snapshot
    cluster = study.cluster
    lines = [{"id": one.pk, "kind": one.kind, "text": one.text, "owner": one.owner,
              "start": one.start.isoformat(), "end": one.end.isoformat(),
              "cost": f"{one.cost:.2f}", "currency": one.currency, "payer": one.payer,
              "indicator": one.indicator, "baseline": f"{one.baseline.normalize():f}",
              "target": f"{one.target.normalize():f}"} for one in study.lines.all()]  # fmt: skip
    told, words, charts = {}, {}, {}
    for language in languages:
        with translation.override(language):
            told[language] = about(study)
            words[language], charts[language] = wording(), drawn(cluster, lines)
    return {
        "version": CONTENT_VERSION,
        "cluster": {"id": cluster.pk, "name": cluster.name, "country": cluster.country_id,
                    "fictional": cluster.country.is_fictional},
        "number": study.number,
        "about": told,
        "texts": {name: getattr(study, name) for name in TEXTS},
        "swot": [{"kind": one.kind, "text": one.text, "key": one.evidence_key,
                  **_evidence(one, cluster, languages)} for one in study.swot.all()],
        "problems": [{"kind": one.kind, "text": one.text, "action": one.action, "risk": one.risk,
                      "risk_text": one.risk_text, "conditions": one.conditions}
                     for one in study.problems.all()],
        "lines": lines,
        "principles": {code: study.principles.get(code, "") for code in PRINCIPLES},
        "words": words,
        "charts": charts,
    }  # fmt: skip


def _evidence(line: SwotLine, cluster: Cluster, languages: Sequence[str]) -> dict[str, Any]:
    """What the line points to, as it is by now; as it was stored what is gone or only cited."""
    words = line.evidence_words | evidence.told(cluster, line.evidence_key, languages)
    return {"evidence": words.get(SOURCE, line.evidence), "evidence_words": words}


def in_language(held: dict[str, Any], language: str) -> Any:
    """Words, charts or the cluster of a content in a language, else in that of the source."""
    return held.get(language) or held.get(SOURCE)


def digest(said: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
