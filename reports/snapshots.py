"""The snapshot of a scored round: all its report shows, so that nothing moves under a reader."""

from dataclasses import asdict
from typing import Any

from django.conf import settings

from countries.models import Document
from countries.queries import figures_by_label
from diagnostics.models import InstrumentVersion, Plan, Round, Scoring, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.planned import outcome
from diagnostics.queries import last_round, responses_of
from diagnostics.settlement import annex
from reports.bundles.gathering import sha256_of, snapshot_text

SCHEMA = 1


def build(scoring: Scoring) -> dict[str, Any]:
    """All that the report of the round of this scoring shows, as plain JSON types.

    Keys: schema, subject, profile (the country's definitions and figures), documents (citations),
    round, instrument (with its whole content,
    and the hashes of its translations), sheets and agreed (answers by item code), settlement
    (decisions and dissents, no person named), last_plan (diagnostics.planned.outcome of the plan
    that followed from the last round, or None), result (diagnostics.scoring, with `observations`,
    the indicator values that were heard, and `change`), method_version, code_version.
    """
    round = Round.objects.select_related("country", "cluster", "instrument_version").get(
        pk=scoring.sheet.round_id
    )
    version = round.instrument_version
    sheets = round.sheets.filter(state=Sheet.State.SUBMITTED).select_related("organisation")
    coded = round.provenance == Round.Provenance.CODED
    answers = [_sheet(sheet, remarks=coded) for sheet in sheets.order_by("pk")]
    (agreed,) = [sheet for sheet in answers if sheet["panel"] == Panel.AGREED]
    return {
        "schema": SCHEMA,
        "subject": {
            "country": {
                "code": round.country.code,
                "name": round.country.name,
                "time_zone": round.country.time_zone,
                "is_fictional": round.country.is_fictional,
            },
            "cluster": round.cluster and {"name": round.cluster.name, "place": round.cluster.place},
        },
        "profile": _profile(round),
        "documents": {document.code: document.citation for document in Document.objects.all()},
        "round": {
            "title": round.title,
            "period": [round.period_start.isoformat(), round.period_end.isoformat()],
            "provenance": round.provenance,
            "label": round.label,
            "closed_at": round.closed_at.isoformat() if round.closed_at else None,
        },
        "instrument": {
            "code": version.code,
            "version": version.version,
            "sha256": version.sha256,
            "content": version.content,
            "translations": _translations(version),
        },
        "sheets": [sheet for sheet in answers if sheet["panel"] != Panel.AGREED],
        "agreed": agreed,
        "settlement": annex(round),
        "last_plan": _last_plan(round),
        "result": scoring.result,
        "method_version": scoring.method_version,
        "code_version": settings.CODE_VERSION,
    }


def _translations(version: InstrumentVersion) -> dict[str, list[str]]:
    """The hashes of the translations a reader gets, by language; of edition and parent."""
    return {
        language: [one.sha256 for one in version.translations_in(language)]
        for language, _name in settings.LANGUAGES
        if language != "en"
    }


def _last_plan(round: Round) -> dict[str, Any] | None:
    """What became of the plan of the last round; a draft was never a plan."""
    before = last_round(round)
    plan = Plan.objects.filter(round=before).exclude(state=Plan.State.DRAFT).first()
    return outcome(plan) if plan else None


def sha256(snapshot: dict[str, Any]) -> str:
    """Hash of the snapshot's canonical JSON."""
    return sha256_of(snapshot_text(snapshot))


def _profile(round: Round) -> dict[str, Any] | None:
    """What the law calls an SME and the key figures; a report on a cluster has neither."""
    if round.cluster_id is not None:
        return None
    definitions = round.country.definitions.values(
        "size",
        "sector",
        "employees",
        "assets",
        "turnover",
        "other",
        "law",
        "year",
        "document_id",
        "place",
    )
    return {
        "definitions": list(definitions),
        "definitions_note": round.country.definitions_note,
        "figures": [asdict(series) for series in figures_by_label(round.country)],
    }


def _sheet(sheet: Sheet, *, remarks: bool) -> dict[str, Any]:
    """One sheet's answers; what raters remark beside them is public of coded rounds alone."""
    return {
        "organisation": sheet.organisation.name if sheet.organisation else None,
        "panel": sheet.panel,
        "themes": sheet.themes,
        "submission": sheet.submission,
        "responses": {
            response.item.code: {
                "status": response.status,
                "reason": response.reason,
                "answers": response.answers,
                "made": response.made,
                "comment": response.comment if remarks else "",
                "evidence": [
                    {"link": row.link, "page": row.page, "quote": row.quote}
                    for row in response.evidence.all()
                ],
            }
            for response in responses_of(sheet)
        },
    }
