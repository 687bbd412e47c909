"""A study as plain data: what its page and its paper draw, and what is hashed at publication."""

import hashlib
import json
from typing import Any

from clusters.models import Study
from clusters.study_words import PRINCIPLES

SECTIONS = ("production_system", "linkages", "institutions", "framework")
STRATEGIES = ("initiation", "formation", "innovation")
CONTENT_VERSION = 1


def content(study: Study) -> dict[str, Any]:
    """What the study says: as published, else as it stands."""
    if study.snapshot is not None:
        return study.snapshot
    texts = (*SECTIONS, "vision", *STRATEGIES, "donors")
    cluster = study.cluster
    return {
        "version": CONTENT_VERSION,
        "cluster": {"id": cluster.pk, "name": cluster.name, "country": cluster.country_id,
                    "fictional": cluster.country.is_fictional},
        "number": study.number,
        "texts": {name: getattr(study, name) for name in texts},
        "swot": [{"kind": one.kind, "text": one.text, "key": one.evidence_key,
                  "evidence": one.evidence} for one in study.swot.all()],
        "problems": [{"kind": one.kind, "text": one.text, "action": one.action, "risk": one.risk,
                      "risk_text": one.risk_text, "conditions": one.conditions}
                     for one in study.problems.all()],
        "lines": [{"id": one.pk, "kind": one.kind, "text": one.text, "owner": one.owner,
                   "start": one.start.isoformat(), "end": one.end.isoformat(),
                   "cost": f"{one.cost:.2f}", "currency": one.currency,
                   "indicator": one.indicator, "baseline": f"{one.baseline.normalize():f}",
                   "target": f"{one.target.normalize():f}"} for one in study.lines.all()],
        "principles": {code: study.principles.get(code, "") for code in PRINCIPLES},
    }  # fmt: skip


def digest(said: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
