"""The pages of instruments, rounds, sheets, settlement and plans."""

from django.core.files.base import ContentFile

from diagnostics.plan_views import STEPS as PLAN_STEPS
from diagnostics.views import STEPS
from tests.doors.door import (
    COORDINATOR_READS,
    COORDINATOR_WRITES,
    DONOR_WRITES,
    EVERYBODY,
    IN_COUNTRY,
    ITS_EDITION,
    ITS_SHEET,
    MANAGERS,
    NEVER,
    NO_METHOD,
    NOT_THERE,
    Door,
)
from tests.doors.scene import PDF, Scene

DECISION = {
    "decision": "settle",
    "revision": 0,
    "reason": "The law was read together.",
    "answer_2": "yes",
    "evidence-TOTAL_FORMS": 0,
    "evidence-INITIAL_FORMS": 0,
}

# From which round of the scene each step is taken.
STEPS_FROM = {
    "open": "planned",
    "end_collecting": "collected",
    "collect_again": "settling",
    "close": "settling",
    "archive": "closed",
    "unarchive": "planned",  # refused there, in words
}


def _plan(scene: Scene) -> dict[str, object]:
    organisation = scene.sheet.organisation_id
    return {
        "title": "Next",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        f"panel_{organisation}": "government",
        f"themes_{organisation}": ["money"],
    }


def _version(scene: Scene) -> tuple[str, str]:
    return (scene.round.instrument_version.code, scene.round.instrument_version.version)


DOORS = [
    Door("diagnostics:instruments", EVERYBODY, NEVER),
    Door("diagnostics:handbook", EVERYBODY, NEVER, _version),
    Door(
        "diagnostics:soundness",
        "302 403 403 403 403 403 200 403",
        NO_METHOD,
        _version,
    ),
    Door("diagnostics:provenance", EVERYBODY, NEVER, _version),
    Door("diagnostics:plan", IN_COUNTRY, COORDINATOR_WRITES, lambda s: [s.closed.pk]),
    Door(
        "diagnostics:plan_choose",
        COORDINATOR_READS,
        COORDINATOR_WRITES,
        lambda s: [s.closed.pk],
        data=lambda s: {"picked": "money.item_1/3"},
    ),
    Door(
        "diagnostics:measure_new",
        COORDINATOR_READS,
        COORDINATOR_WRITES,
        lambda s: [s.closed.pk],
        data=lambda s: {"title": "Another", "theme": "money", "horizon": 5},
    ),
    *(
        Door(
            "diagnostics:plan_step",
            NO_METHOD,
            COORDINATOR_WRITES,
            lambda s, step=step: [s.closed.pk, step],
        )
        for step in PLAN_STEPS
    ),
    Door("diagnostics:plan_step", NO_METHOD, NOT_THERE, lambda s: [s.closed.pk, "no-such-step"]),
    Door(
        "diagnostics:plan_judgement",
        COORDINATOR_READS,
        COORDINATOR_WRITES,
        lambda s: [s.closed.pk],
        data=lambda s: {"impact": "Many firms."},
    ),
    Door("diagnostics:plan_schedule", IN_COUNTRY, NO_METHOD, lambda s: [s.closed.pk]),
    Door("diagnostics:plan_costing", IN_COUNTRY, NO_METHOD, lambda s: [s.closed.pk]),
    Door("diagnostics:measure", IN_COUNTRY, NO_METHOD, lambda s: [s.measure.pk]),
    Door(
        "diagnostics:measure_change",
        COORDINATOR_READS,
        COORDINATOR_WRITES,
        lambda s: [s.measure.pk],
        data=lambda s: {
            "title": "Write the law",
            "theme": "money",
            "horizon": 1,
            "cost": 100,
            "currency": "USD",
            "price_year": 2026,
        },
    ),
    Door("diagnostics:measure_remove", NO_METHOD, COORDINATOR_WRITES, lambda s: [s.measure.pk]),
    Door(
        "diagnostics:measure_progress",
        NO_METHOD,
        "302 404 302 302 302 403 404 403",
        lambda s: [s.agreed_measure.pk],
        data=lambda s: {"status": "under_way", "text": "A draft is written."},
    ),
    Door(
        "diagnostics:measure_fund",
        NO_METHOD,
        COORDINATOR_WRITES,
        lambda s: [s.measure.pk],
        data=lambda s: {"source": "budget", "funder": "The state", "amount": 5},
    ),
    Door(
        "diagnostics:measure_unfund",
        NO_METHOD,
        COORDINATOR_WRITES,
        lambda s: [s.measure.pk, s.funding.pk],
    ),
    Door(
        "diagnostics:measure_interest",
        NO_METHOD,
        DONOR_WRITES,
        lambda s: [s.agreed_measure.pk],
        data=lambda s: {"organisation": s.interest.organisation_id},
    ),
    Door(
        "diagnostics:measure_withdraw",
        NO_METHOD,
        DONOR_WRITES,
        lambda s: [s.measure.pk, s.interest.pk],
    ),
    Door("diagnostics:library", EVERYBODY, NEVER),
    Door("diagnostics:experience", EVERYBODY, NEVER, lambda s: ["a-lesson"]),
    Door("diagnostics:instrument_file", EVERYBODY, NEVER, _version),
    Door(
        "diagnostics:draft_new",
        MANAGERS,
        MANAGERS.replace("200", "302"),
        data=lambda s: {"version": s.round.instrument_version_id, "country": "LAO"},
    ),
    Door(
        "diagnostics:draft_import",
        MANAGERS,
        MANAGERS,
        data=lambda s: {"file": ContentFile(b"no: instrument", "x.yaml")},
    ),
    Door("diagnostics:draft", ITS_EDITION, NO_METHOD, lambda s: [s.edition.pk]),
    Door(
        "diagnostics:draft",
        "302 404 404 404 404 404 200 404",
        NO_METHOD,
        lambda s: [s.next_version.pk],
    ),
    Door("diagnostics:draft_difference", ITS_EDITION, NO_METHOD, lambda s: [s.edition.pk]),
    Door("diagnostics:draft_trial", ITS_EDITION, NO_METHOD, lambda s: [s.edition.pk]),
    Door("diagnostics:draft_calibrate", ITS_EDITION, ITS_EDITION, lambda s: [s.edition.pk]),
    Door(
        "diagnostics:draft_trial",
        "302 404 404 404 200 404 404 404",
        NO_METHOD,
        lambda s: [s.edition.pk],
        query=lambda s: f"?round={s.closed.pk}",
    ),
    Door("diagnostics:draft_file", ITS_EDITION, NO_METHOD, lambda s: [s.edition.pk]),
    Door("diagnostics:draft_preview", ITS_EDITION, NO_METHOD, lambda s: [s.edition.pk, "money"]),
    *(
        Door(
            "diagnostics:draft_part",
            ITS_EDITION,
            ITS_EDITION.replace("200", told),
            lambda s, kind=kind, code=code: [s.edition.pk, kind, code],
        )
        for kind, code, told in (
            ("head", "head", "200"),  # 200: told what to mend
            ("theme", "money", "409"),  # 409: said without its revision
            ("item", "money.item_1", "200"),
            ("approach", "m-1", "200"),
            ("rule", "rule-1", "200"),
        )
    ),
    Door(
        "diagnostics:round_new",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        data=_plan,
        query=lambda s: f"?country=LAO&instrument={s.round.instrument_version_id}",
    ),
    Door(
        "diagnostics:practice_start",
        NO_METHOD,
        "302 403 403 403 302 403 403 403",
        lambda s: [s.round.country_id],
    ),
    *(
        Door(
            "diagnostics:round_step",
            NO_METHOD,
            "302 404 403 403 302 403 404 403",
            lambda s, step=step: [getattr(s, STEPS_FROM[step]).pk, step],
        )
        for step in STEPS
    ),
    Door(
        "diagnostics:round_step",
        NO_METHOD,
        "302 404 404 404 404 404 404 404",
        lambda s: [s.planned.pk, "no-such-step"],
    ),
    Door("diagnostics:settlement", IN_COUNTRY, NO_METHOD, lambda s: [s.settling.pk]),
    Door(
        "diagnostics:settlement",
        "302 404 403 403 403 403 404 403",
        NO_METHOD,
        lambda s: [s.round.pk],
    ),
    Door(
        "diagnostics:settlement_item",
        IN_COUNTRY,
        "302 404 403 403 302 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: DECISION,
    ),
    Door(
        "diagnostics:settlement_item",
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
        lambda s: [s.settling.pk, "no.such_item"],
        data=lambda s: DECISION,
    ),
    Door(
        "diagnostics:dissent",
        NO_METHOD,
        "302 404 302 302 302 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: {"organisation": s.sheet.organisation_id, "text": "We hold 3."},
    ),
    Door(
        "diagnostics:round_answers",
        "302 404 403 403 200 403 404 403",
        NO_METHOD,
        lambda s: [s.submitted.round_id],
    ),
    Door("diagnostics:sheet", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk]),
    Door("diagnostics:sheet_theme", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk, "money"]),
    Door(
        "diagnostics:sheet_submit",
        NO_METHOD,
        "302 404 302 302 403 404 404 404",
        lambda s: [s.sheet.pk],
    ),
    Door(
        "diagnostics:sheet_reopen",
        NO_METHOD,
        "302 404 403 403 302 404 404 404",
        lambda s: [s.submitted.pk],
        data=lambda s: {"reason": "A mistake."},
    ),
    Door(
        "diagnostics:history",
        "302 404 403 403 200 403 404 403",
        NO_METHOD,
        lambda s: [s.settling.pk],
    ),
    Door(
        "diagnostics:history_csv",
        "302 404 403 403 200 403 404 403",
        NO_METHOD,
        lambda s: [s.settling.pk],
    ),
    Door(
        "diagnostics:object_to",
        NO_METHOD,
        "302 404 302 302 403 302 404 302",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: {"organisation": 0, "about": "answer", "text": "We object."},
    ),
    Door(
        "diagnostics:objection_answer",
        NO_METHOD,
        "302 404 403 403 302 403 404 403",
        lambda s: [s.objection.pk],
        data=lambda s: {"verdict": "refused", "reason": "It was read."},
    ),
    Door(
        "diagnostics:settlement_discussion",
        "302 404 200 200 200 403 404 403",
        "302 404 302 302 302 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: {"text": "Which year?"},
    ),
    Door(
        "diagnostics:sheet_discussion",
        "302 404 200 200 200 404 404 404",
        "302 404 302 302 302 404 404 404",
        lambda s: [s.sheet.pk, "money.item_1"],
        data=lambda s: {"text": "Which year?"},
    ),
    Door(
        "diagnostics:assignments",
        "302 404 403 403 200 404 404 404",
        "302 404 403 403 302 404 404 404",
        lambda s: [s.sheet.pk],
        data=lambda s: {"person": s.people["officer"].pk, "themes": ["money"]},
    ),
    Door(
        "diagnostics:assignment_end",
        NO_METHOD,
        "302 404 403 403 302 404 404 404",
        lambda s: [s.assignment.pk],
    ),
    Door(
        "diagnostics:offline",
        ITS_SHEET,
        "302 404 200 200 403 404 404 404",
        lambda s: [s.sheet.pk],
        data=lambda s: {"file": ContentFile(PDF, "law.pdf")},
    ),
    Door("diagnostics:sheet_workbook", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk]),
    Door("diagnostics:sheet_form", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk]),
    Door(
        "diagnostics:filled",
        "302 404 200 200 404 404 404 404",
        "302 404 302 302 404 404 404 404",
        lambda s: [s.filled.pk],
    ),
    Door("diagnostics:file", ITS_SHEET, NO_METHOD, lambda s: [s.file.pk]),
]
