"""Who gets what at every address but those of the tables (tests/doors/test_tables.py).

Statuses stand in the order of scene.ROLES:
anonymous, stranger, officer, colleague, coordinator, donor, administrator, assessor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from activity import comments
from clusters import identity, position
from diagnostics.authoring import canonical
from diagnostics.plan_views import STEPS as PLAN_STEPS
from diagnostics.views import STEPS
from reports.review_views import STEPS as REPORT_STEPS
from tests.doors.scene import EMPLOYMENT, PDF, SIZES, Scene

EVERYBODY = "200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200"
NO_METHOD = "302 405 405 405 405 405 405 405"  # the page is read only
LOADERS = "302 403 403 403 403 403 200 403"
NOBODY = "404 404 404 404 404 404 404 404"
NEVER = "405 405 405 405 405 405 405 405"  # likewise, and open to all
IN_COUNTRY = "302 404 200 200 200 200 404 200"
API_LOADERS = "401 403 403 403 403 403 200 403"
API_SIGNED_IN = "401 200 200 200 200 200 200 200"
NEVER_BY_PROGRAM = "401 405 405 405 405 405 405 405"
MANAGERS = "302 403 403 403 200 403 200 403"
CLUSTER_KEEPERS = "302 403 403 200 200 403 403 403"
API_READERS = "401 200 200 200 200 200 200 200"
API_INSIDE = "401 404 200 200 200 200 404 200"
API_KEEPS = "401 404 403 200 200 403 404 403"
KEEPS = "302 404 403 302 302 403 404 403"  # a part of a cluster that only members see
AWAY = "302 302 302 302 302 302 302 302"  # to another step of signing in
NOT_SET_UP = "302 404 404 404 404 404 404 404"  # for those who have a second factor
ITS_SHEET = "302 404 200 200 200 404 404 404"
COORDINATOR_READS = "302 404 403 403 200 403 404 403"
COORDINATOR_WRITES = "302 404 403 403 302 403 404 403"
DONOR_WRITES = "302 404 403 403 403 302 404 403"
NOT_THERE = "302 404 404 404 404 404 404 404"
API_NEVER = "401 405 405 405 405 405 405 405"

AUTHORS = "302 403 403 403 200 403 200 403"
ITS_EDITION = "302 404 404 404 200 404 200 404"
STUDY_READERS = "302 404 200 200 200 200 404 200"  # in review
KEEPS_STUDY = "302 404 403 200 200 403 404 403"
KEEPS_STUDY_WRITES = "302 404 403 302 302 403 404 403"

OUTLINES = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    b'{"name": "North"}, "geometry": {"type": "Polygon", "coordinates": '
    b"[[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}"
)

ANSWER = {
    "revision": 0,
    "status": "answered",
    "answers": ["yes", "", "", ""],
    "made": ["single", "", "", ""],
}

CAPABILITY = {
    **dict.fromkeys([*position.PRODUCT_MARKS, *position.PROCESS_MARKS], "yes"),
    "year": 2024,
    "source": "Visits",
}

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


def nothing(scene: Scene) -> Sequence[object]:
    return ()


@dataclass(frozen=True)
class Door:
    """`get` and `write` are the statuses of each role for GET and for the method that writes."""

    name: str
    get: str
    write: str
    args: Callable[[Scene], Sequence[object]] = nothing
    method: str = "post"
    data: Callable[[Scene], Any] = field(default=lambda scene: {})
    query: Callable[[Scene], str] = field(default=lambda scene: "")
    json: bool = False  # what is posted is sent as JSON


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


def _public(scene: Scene) -> tuple[str, str, int]:
    report = scene.published
    name = slugify(f"{report.round.title} {report.round_id}")
    return (report.round.country_id, name, report.number)


DOORS = [
    Door("home", SIGNED_IN, NO_METHOD),
    Door("healthz", "", NEVER),
    Door("system", "302 403 403 403 403 403 200 403", NO_METHOD),
    Door("documentation", EVERYBODY, NEVER),
    Door("privacy", EVERYBODY, NEVER),
    Door("diagnostics:instruments", EVERYBODY, NEVER),
    Door("diagnostics:handbook", EVERYBODY, NEVER, _version),
    Door(
        "diagnostics:soundness",
        "302 403 403 403 403 403 200 403",
        NO_METHOD,
        _version,
    ),
    Door("diagnostics:provenance", EVERYBODY, NEVER, _version),
    Door("reports:plan", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door("reports:plan", NOT_THERE, NEVER, lambda s: [s.draft.pk]),
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
    Door("api:plan", "401 404 200 200 200 200 404 200", API_NEVER, lambda s: [s.closed.pk]),
    Door("diagnostics:measure", IN_COUNTRY, NO_METHOD, lambda s: [s.measure.pk]),
    Door(
        "diagnostics:measure_change",
        COORDINATOR_READS,
        COORDINATOR_WRITES,
        lambda s: [s.measure.pk],
        data=lambda s: {"title": "Write the law", "theme": "money", "horizon": 1},
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
    Door("api:library", EVERYBODY, NEVER),
    Door("diagnostics:instrument_file", EVERYBODY, NEVER, _version),
    Door(
        "diagnostics:draft_new",
        AUTHORS,
        AUTHORS.replace("200", "302"),
        data=lambda s: {"version": s.round.instrument_version_id, "country": "LAO"},
    ),
    Door(
        "diagnostics:draft_import",
        AUTHORS,
        AUTHORS,
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
    *(
        Door(
            name,
            NO_METHOD,
            ITS_EDITION.replace("200", "302"),
            lambda s, rest=rest: [s.edition.pk, *rest],
            data=lambda s: {"title": "Own"},
        )
        for name, *rest in (
            ("diagnostics:draft_item_new", "money"),
            ("diagnostics:draft_approach_new", "money", 2),
            ("diagnostics:draft_rule_new",),
            ("diagnostics:draft_part_remove", "rule", "rule-1"),
            ("diagnostics:draft_move", "money.item_1", "down"),
            ("diagnostics:draft_publish",),
            ("diagnostics:draft_discard",),
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
    Door("reports:own_record", SIGNED_IN, NO_METHOD),
    Door("reports:sheet_paper", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk, "blank", "pdf"]),
    Door("diagnostics:sheet_form", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk]),
    Door(
        "api:filled_files",
        NEVER_BY_PROGRAM,
        "401 404 400 400 403 404 404 404",
        lambda s: [s.sheet.pk],
        data=lambda s: {"file": ContentFile(PDF, "law.pdf")},
    ),
    Door(
        "api:filled",
        "401 404 200 200 404 404 404 404",
        "401 404 200 200 404 404 404 404",
        lambda s: [s.filled.pk],
        json=True,
    ),
    Door(
        "diagnostics:filled",
        "302 404 200 200 404 404 404 404",
        "302 404 302 302 404 404 404 404",
        lambda s: [s.filled.pk],
    ),
    Door("activity:notices", SIGNED_IN, AWAY),
    Door(
        "activity:notice",
        "302 404 302 404 404 404 404 404",
        NO_METHOD,
        lambda s: [s.assignment.person.notifications.first().pk],
    ),
    Door("activity:notice_choices", SIGNED_IN, SIGNED_IN),
    Door("diagnostics:file", ITS_SHEET, NO_METHOD, lambda s: [s.file.pk]),
    Door("clusters:country", SIGNED_IN, NO_METHOD, lambda s: ["LAO"]),
    Door("clusters:country_csv", SIGNED_IN, NO_METHOD, lambda s: ["LAO"]),
    Door(
        "clusters:new",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: {"name": "Potters"},
    ),
    Door(
        "clusters:employment_tables",
        SIGNED_IN,
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: {
            "title": "Later",
            "source": "An office",
            "upload": ContentFile(EMPLOYMENT, "later.csv"),
        },
    ),
    Door(
        "clusters:regions",
        SIGNED_IN,
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: {
            "source": "An office",
            "name_property": "name",
            "upload": ContentFile(OUTLINES, "regions.json"),
        },
    ),
    Door("clusters:employment", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door("clusters:employment_csv", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door(
        "clusters:candidate",
        NO_METHOD,
        "302 403 403 403 302 403 403 403",
        lambda s: [s.employment.pk],
    ),
    Door("clusters:cluster", SIGNED_IN, NO_METHOD, lambda s: [s.cluster.pk]),
    Door(
        "clusters:change",
        CLUSTER_KEEPERS,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"name": "Weavers"},
    ),
    Door(
        "clusters:test",
        CLUSTER_KEEPERS,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: dict.fromkeys(identity.QUESTIONS, "yes"),
    ),
    Door(
        "clusters:figure_add",
        NO_METHOD,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"measure": "firms", "value": 1, "unit": "firms", "source": "A survey"},
    ),
    Door(
        "clusters:figure_remove",
        NO_METHOD,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk, s.cluster.figures.get().pk],
    ),
    Door(
        "clusters:study_begin",
        NO_METHOD,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
    ),
    Door("clusters:study", STUDY_READERS, NEVER, lambda s: [s.study.pk]),
    Door("reports:study_paper", STUDY_READERS, NEVER, lambda s: [s.study.pk, "docx"]),
    Door(
        "clusters:study_write",
        KEEPS_STUDY,
        KEEPS_STUDY_WRITES,
        lambda s: [s.study.pk],
        data=lambda s: {"vision": "Dry timber"},
    ),
    Door(
        "clusters:study_row_add",
        KEEPS_STUDY,
        KEEPS_STUDY_WRITES,
        lambda s: [s.study.pk, "swot"],
        data=lambda s: {"kind": "threat", "text": "Wet timber", "cited": "A survey, page 2"},
    ),
    Door(
        "clusters:study_row",
        KEEPS_STUDY,
        KEEPS_STUDY_WRITES,
        lambda s: [s.study.pk, "swot", s.study.swot.get().pk],
        data=lambda s: {"kind": "threat", "text": "Wet timber", "cited": "A survey, page 2"},
    ),
    Door(
        "clusters:study_remove",
        NO_METHOD,
        KEEPS_STUDY_WRITES,
        lambda s: [s.study.pk, "swot", s.study.swot.get().pk],
    ),
    Door("clusters:study_step", NO_METHOD, KEEPS_STUDY_WRITES, lambda s: [s.study.pk, "send"]),
    Door(
        "clusters:study_comment",
        NO_METHOD,
        "302 404 302 302 302 302 404 302",
        lambda s: [s.study.pk],
        data=lambda s: {"text": "Who pays?"},
    ),
    Door(
        "clusters:study_answer",
        NO_METHOD,
        KEEPS_STUDY_WRITES,
        lambda s: [s.study.pk, comments.on(s.study.topic).get().pk],
        data=lambda s: {"text": "The members."},
    ),
    Door("clusters:study_reading", NO_METHOD, KEEPS_STUDY, lambda s: [s.study.pk]),
    Door(
        "clusters:position",
        SIGNED_IN,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: CAPABILITY,
    ),
    Door(
        "clusters:size_structure",
        SIGNED_IN,
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: SIZES | {"year": 2011},
    ),
    Door("clusters:size_csv", SIGNED_IN, NO_METHOD, lambda s: ["LAO"]),
    Door(
        "clusters:size_remove",
        NO_METHOD,
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO", s.sizes.pk],
    ),
    Door(
        "clusters:linkages",
        IN_COUNTRY,
        KEEPS,
        lambda s: [s.cluster.pk],
        data=lambda s: {"title": "Later", "date": "2025-01-01", "source": "A survey"},
    ),
    Door("clusters:network", IN_COUNTRY, NO_METHOD, lambda s: [s.survey.pk]),
    Door("clusters:network_csv", IN_COUNTRY, NO_METHOD, lambda s: [s.survey.pk, "network"]),
    Door(
        "clusters:enter_linkages",
        KEEPS.replace("302", "200").replace("200", "302", 1),
        KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"what": "actors", "actors-pasted": "name,kind\nD,buyer"},
    ),
    Door(
        "clusters:remove_actor",
        NO_METHOD,
        KEEPS,
        lambda s: [s.survey.pk, s.survey.surveyed.get(actor__name="C").pk],
    ),
    Door(
        "clusters:remove_tie",
        NO_METHOD,
        KEEPS,
        lambda s: [s.survey.pk, s.survey.ties.get().pk],
    ),
    Door("api:clusters", API_READERS, API_NEVER),
    Door("api:cluster", API_READERS, API_NEVER, lambda s: [s.cluster.pk]),
    Door("api:employment", API_READERS, API_NEVER, lambda s: [s.employment.pk]),
    Door("api:linkages", API_INSIDE, API_NEVER, lambda s: [s.cluster.pk]),
    Door("api:network", API_INSIDE, API_NEVER, lambda s: [s.survey.pk]),
    Door(
        "api:actors",
        API_NEVER,
        API_KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"table": "name,kind\nD,buyer"},
        json=True,
    ),
    Door(
        "api:ties",
        API_NEVER,
        API_KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"table": "source,target,kind\nB,A,trade"},
        json=True,
    ),
    Door("round", IN_COUNTRY, NO_METHOD, lambda s: [s.round.pk]),
    Door("reports:country", SIGNED_IN, NO_METHOD, lambda s: ["LAO"]),
    Door("reports:published", EVERYBODY, NEVER),
    Door("reports:report", IN_COUNTRY, NEVER, lambda s: [s.draft.pk]),
    Door("reports:chart_csv", IN_COUNTRY, NEVER, lambda s: [s.draft.pk, "profile"]),
    Door("reports:snapshot", IN_COUNTRY, NEVER, lambda s: [s.draft.pk]),
    Door("reports:download", IN_COUNTRY, NEVER, lambda s: [s.draft.pk, "minister", "pdf"]),
    Door(
        "reports:make",
        NO_METHOD,
        "302 404 302 302 302 302 404 302",
        lambda s: [s.draft.pk, "full", "pdf"],
    ),
    Door(
        "reports:make",
        NO_METHOD,
        "302 302 302 302 302 302 302 302",
        lambda s: [s.published.pk, "full", "pdf"],
    ),
    Door(
        "reports:paper",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: {"minister": ["summary"], "full": ["summary"], "donor": ["summary"]},
    ),
    Door(
        "reports:country_record",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
    ),
    Door("reports:record", NOT_THERE, NO_METHOD, lambda s: [0]),
    Door(
        "reports:review",
        IN_COUNTRY,
        "302 404 200 200 403 200 404 200",  # the form again: no organisation is chosen
        lambda s: [s.reviewed.pk],
        data=lambda s: {"anchor": "money", "organisation": 0, "text": "Why?"},
    ),
    Door("reports:members", IN_COUNTRY, NO_METHOD, lambda s: [s.published.pk]),
    Door(
        "reports:reply",
        NO_METHOD,
        "302 404 403 403 403 403 404 403",
        lambda s: [s.reviewed.pk],
        data=lambda s: {"text": "We disagree."},
    ),
    *(
        Door(
            "reports:step",
            NO_METHOD,
            "302 404 403 403 302 403 404 403",
            lambda s, step=step: [s.reviewed.pk, step],
            data=lambda s: {"reason": "A mistake."},
        )
        for step in REPORT_STEPS
    ),
    Door(
        "reports:step",
        NO_METHOD,
        "302 404 404 404 404 404 404 404",
        lambda s: [s.draft.pk, "no-such-step"],
    ),
    Door(
        "reports:share",
        NO_METHOD,
        "302 404 403 403 200 403 404 403",
        lambda s: [s.draft.pk],
        data=lambda s: {"reader": "A bank", "days": 7},
    ),
    Door(
        "reports:share_revoke", NO_METHOD, "302 404 403 403 302 403 404 403", lambda s: [s.link.pk]
    ),
    Door("reports:shared", NOBODY, NEVER, lambda s: ["no-such-link"]),
    Door(
        "reports:remark_answer",
        NO_METHOD,
        "302 404 403 403 302 403 404 403",
        lambda s: [s.remark.pk],
    ),
    Door("accounts:naming", SIGNED_IN, AWAY),
    Door("accounts:language", EVERYBODY, AWAY, data=lambda s: {"language": "en"}),
    Door(
        "api:remarks",
        "401 404 200 200 200 200 404 200",
        "401 404 403 403 403 201 404 403",
        lambda s: [s.reviewed.pk],
        data=lambda s: {
            "anchor": "money",
            "organisation": s.remark.organisation_id,
            "text": "Why?",
        },
        json=True,
    ),
    Door(
        "api:remark_answer",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.remark.pk],
        data=lambda s: {"verdict": "declined", "answer": "It was read."},
        json=True,
    ),
    Door(
        "api:report_reply",
        NEVER_BY_PROGRAM,
        "401 404 403 403 403 403 404 403",
        lambda s: [s.reviewed.pk],
        method="put",
        data=lambda s: {"organisation": s.sheet.organisation_id, "text": "We disagree."},
    ),
    Door(
        "api:report_step",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.draft.pk, "ask_review"],
        json=True,
    ),
    Door(
        "api:share_links",
        "401 404 403 403 200 403 404 403",
        "401 404 403 403 201 403 404 403",
        lambda s: [s.draft.pk],
        data=lambda s: {"reader": "A bank", "days": 7},
        json=True,
    ),
    Door(
        "api:share_revoke",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.link.pk],
    ),
    Door("reports:report", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door("reports:chart_csv", EVERYBODY, NEVER, lambda s: [s.published.pk, "profile"]),
    Door("reports:snapshot", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door("comparing:countries", EVERYBODY, NEVER),
    Door("comparing:countries_csv", EVERYBODY, NEVER, lambda s: ["theme-money"]),
    Door("comparing:rounds", EVERYBODY, NEVER, lambda s: ["LAO"]),
    Door("comparing:rounds_csv", EVERYBODY, NEVER, lambda s: ["LAO", "theme-money"]),
    Door("comparing:panels", IN_COUNTRY, NEVER, lambda s: [s.draft.pk]),
    Door("comparing:panels", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    # The scene has no independent sheets.
    Door("comparing:panels_csv", NOBODY, NEVER, lambda s: [s.published.pk, "panels-money"]),
    Door("public:start", EVERYBODY, NEVER),
    Door("public:json", EVERYBODY, NEVER),
    Door("public:csv", EVERYBODY, NEVER),
    Door("public:feed", EVERYBODY, NEVER),
    Door("public:sitemap", EVERYBODY, NEVER),
    Door("public:robots", EVERYBODY, NEVER),
    Door("public:country", EVERYBODY, NEVER, lambda s: [s.published.round.country_id]),
    *(
        Door(
            name,
            EVERYBODY,
            NEVER,
            _public,
        )
        for name in ("public:version", "public:snapshot")
    ),
    Door("explorer:index", EVERYBODY, NEVER),
    Door("explorer:indicator", EVERYBODY, NEVER, lambda s: [s.indicator.pk]),
    Door("explorer:lines_csv", EVERYBODY, NEVER, lambda s: [s.indicator.pk]),
    Door("explorer:ranking_csv", EVERYBODY, NEVER, lambda s: [s.indicator.pk]),
    Door("explorer:country", EVERYBODY, NEVER, lambda s: [s.round.country_id]),
    Door("explorer:country_csv", EVERYBODY, NEVER, lambda s: [s.round.country_id]),
    Door("explorer:compare", EVERYBODY, NEVER),
    Door("explorer:compare_csv", EVERYBODY, NEVER),
    Door("indices:indices", EVERYBODY, "302 403 403 403 403 403 200 403"),
    Door("indices:index", EVERYBODY, NEVER, lambda s: [s.index.code]),
    Door("indices:table_csv", EVERYBODY, NEVER, lambda s: [s.index.code, "log"]),
    Door("loading:datasets", LOADERS, NO_METHOD),
    Door("loading:dataset_new", LOADERS, LOADERS),
    Door("loading:dataset", LOADERS, NO_METHOD, lambda s: [s.imported.dataset_id]),
    Door("loading:dataset", LOADERS.replace("200", "404"), NO_METHOD, lambda s: ["no-dataset"]),
    Door("loading:dataset_describe", LOADERS, LOADERS, lambda s: [s.imported.dataset_id]),
    Door("loading:upload", LOADERS, LOADERS, lambda s: [s.imported.dataset_id]),
    Door("loading:import", LOADERS, NO_METHOD, lambda s: [s.imported.pk]),
    Door("loading:layout", LOADERS, LOADERS, lambda s: [s.imported.pk]),
    Door("loading:countries", LOADERS, LOADERS.replace("200", "302"), lambda s: [s.imported.pk]),
    Door("loading:indicators", LOADERS, LOADERS.replace("200", "302"), lambda s: [s.imported.pk]),
    *(
        Door(f"loading:{step}", NO_METHOD, LOADERS.replace("200", "302"), lambda s: [s.imported.pk])
        for step in ("describe", "check", "commit", "undo", "discard", "recipe")
    ),
    Door("loading:file", LOADERS, NO_METHOD, lambda s: [s.imported.pk]),
    Door("loading:marked", LOADERS, NO_METHOD, lambda s: [s.imported.pk]),
    Door("reports:download", EVERYBODY, NEVER, lambda s: [s.published.pk, "minister", "pdf"]),
    Door("accounts:people", MANAGERS, NO_METHOD),
    Door("accounts:person", MANAGERS, MANAGERS, lambda s: [s.people["colleague"].pk]),
    Door("accounts:invite", MANAGERS, MANAGERS),
    Door("accounts:organisation_new", MANAGERS, MANAGERS),
    Door(
        "accounts:membership_end",
        NO_METHOD,
        "302 403 403 403 302 403 302 403",
        lambda s: ["country", s.people["colleague"].memberships.get().pk],
    ),
    Door(
        "accounts:membership_end",
        NO_METHOD,
        "302 403 403 403 302 403 302 403",
        lambda s: ["cluster", s.people["colleague"].cluster_memberships.get().pk],
    ),
    Door(
        "accounts:second_factor_remove",
        NO_METHOD,
        "302 403 403 403 403 403 302 403",
        lambda s: [s.people["colleague"].pk],
    ),
    Door("clusters:invite", MANAGERS, MANAGERS),
    Door(
        "accounts:invitation_withdraw",
        NO_METHOD,
        "302 403 403 403 302 403 302 403",
        lambda s: [s.invitation.pk],
    ),
    Door("accounts:invitation", NOBODY, NOBODY, lambda s: ["no-such-invitation"]),
    Door("accounts:signin", EVERYBODY, EVERYBODY),
    Door("accounts:signout", NO_METHOD, "302 302 302 302 302 302 302 302"),
    Door("accounts:password_change", SIGNED_IN, SIGNED_IN),
    Door("accounts:password_reset", EVERYBODY, EVERYBODY),
    Door("accounts:password_reset_sent", EVERYBODY, NEVER),
    Door("accounts:password_reset_confirm", EVERYBODY, EVERYBODY, lambda s: ["MQ", "no-token"]),
    Door(
        "api:job",
        "401 404 200 404 404 404 404 404",
        "401 405 405 405 405 405 405 405",
        lambda s: [s.job.pk],
    ),
    Door(
        "api:round_step",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.planned.pk, "open"],
        json=True,
    ),
    Door(
        "api:settlement",
        "401 404 200 200 200 200 404 200",
        NEVER_BY_PROGRAM,
        lambda s: [s.settling.pk],
    ),
    Door(
        "api:decision",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        method="put",
        data=lambda s: {
            "decision": "settle",
            "revision": 0,
            "reason": "Read together.",
            "answers": ["yes", "", "", ""],
        },
    ),
    Door(
        "api:objections",
        "401 404 200 200 200 200 404 200",
        "401 404 201 201 403 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: {
            "organisation": s.sheet.organisation_id,
            "about": "answer",
            "text": "We object.",
        },
        json=True,
    ),
    Door(
        "api:objection_answer",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 403 404 403",
        lambda s: [s.objection.pk],
        data=lambda s: {"accepted": True, "reason": "It was read."},
        json=True,
    ),
    Door(
        "api:history",
        "401 404 403 403 200 403 404 403",
        NEVER_BY_PROGRAM,
        lambda s: [s.settling.pk],
    ),
    Door(
        "api:notifications",
        "401 200 200 200 200 200 200 200",
        "401 204 204 204 204 204 204 204",
    ),
    Door(
        "api:sheet",
        "401 404 200 200 200 404 404 404",
        "401 405 405 405 405 405 405 405",
        lambda s: [s.sheet.pk],
    ),
    Door(
        "api:sheet_files",
        "401 405 405 405 405 405 405 405",
        "401 404 201 201 403 404 404 404",
        lambda s: [s.sheet.pk],
        data=lambda s: {"file": ContentFile(PDF, "law.pdf")},
    ),
    Door(
        "api:response",
        "401 405 405 405 405 405 405 405",
        "401 404 200 200 403 404 404 404",
        lambda s: [s.sheet.pk, "money.item_1"],
        method="put",
        data=lambda s: ANSWER,
    ),
    Door("api:notification_choices", API_SIGNED_IN, API_SIGNED_IN, method="put"),
    Door(
        "api:notification_read",
        NEVER_BY_PROGRAM,
        "401 404 204 404 404 404 404 404",
        lambda s: [s.assignment.person.notifications.first().pk],
    ),
    Door("api:rounds", API_SIGNED_IN, NEVER_BY_PROGRAM),
    Door("api:round", "401 404 200 200 200 200 404 200", NEVER_BY_PROGRAM, lambda s: [s.round.pk]),
    Door(
        "api:practice",
        NEVER_BY_PROGRAM,
        "401 403 403 403 201 403 403 403",
        lambda s: [s.round.country_id],
    ),
    Door("api:owed", API_SIGNED_IN, NEVER_BY_PROGRAM),
    Door(
        "api:assignments",
        "401 404 403 403 200 404 404 404",
        "401 404 403 403 201 404 404 404",
        lambda s: [s.sheet.pk],
        data=lambda s: {"person": s.people["officer"].pk, "themes": ["money"]},
        json=True,
    ),
    Door(
        "api:assignment_end",
        NEVER_BY_PROGRAM,
        "401 404 403 403 204 404 404 404",
        lambda s: [s.assignment.pk],
    ),
    Door(
        "api:sheet_step",
        NEVER_BY_PROGRAM,
        "401 404 200 200 403 404 404 404",
        lambda s: [s.sheet.pk, "submit"],
        json=True,
    ),
    Door(
        "api:sheet_step",
        NEVER_BY_PROGRAM,
        "401 404 403 403 200 404 404 404",
        lambda s: [s.submitted.pk, "reopen"],
        data=lambda s: {"reason": "A page was missing."},
        json=True,
    ),
    Door(
        "api:sheet_comments",
        "401 404 200 200 200 404 404 404",
        "401 404 201 201 201 404 404 404",
        lambda s: [s.sheet.pk, "money.item_1"],
        data=lambda s: {"text": "Which year?"},
        json=True,
    ),
    Door(
        "api:sheet_comment_resolve",
        NEVER_BY_PROGRAM,
        "401 404 200 200 200 404 404 404",
        lambda s: [s.sheet.pk, "money.item_1", s.said_on_sheet.pk],
    ),
    Door(
        "api:settlement_comments",
        "401 404 200 200 200 403 404 403",
        "401 404 201 201 201 403 404 403",
        lambda s: [s.settling.pk, "money.item_1"],
        data=lambda s: {"text": "Which year?"},
        json=True,
    ),
    Door(
        "api:settlement_comment_resolve",
        NEVER_BY_PROGRAM,
        "401 404 200 200 200 403 404 403",
        lambda s: [s.settling.pk, "money.item_1", s.said_on_settlement.pk],
    ),
    Door("api:reports", EVERYBODY, NEVER),
    Door(
        "api:report_result",
        "401 404 200 200 200 200 404 200",
        NEVER,
        lambda s: [s.draft.pk],
    ),
    Door("api:report_result", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door(
        "api:round_result",
        "401 404 200 200 200 200 404 200",
        NEVER,
        lambda s: [s.draft.round_id],
    ),
    Door(
        "api:drafts",
        "401 200 200 200 200 200 200 200",
        "401 403 403 403 400 403 400 403",
        data=lambda s: {"content": {}},
        json=True,
    ),
    Door(
        "api:draft",
        "401 404 404 404 200 404 200 404",
        "401 404 404 404 409 404 409 404",
        lambda s: [s.edition.pk],
        method="put",
        data=lambda s: {"content": canonical.to_data(s.edition.instrument), "sha256": "0"},
    ),
    Door("api:schema", EVERYBODY, NEVER),
    Door(
        "api:datasets",
        EVERYBODY,
        "401 403 403 403 403 403 201 403",
        data=lambda s: {"code": "new", "title": "A new one"},
        json=True,
    ),
    Door(
        "api:dataset",
        EVERYBODY,
        "401 403 403 403 403 403 200 403",
        lambda s: [s.indicator.dataset_id],
        method="put",
        data=lambda s: {"title": "Said anew"},
    ),
    Door(
        "api:upload",
        NEVER_BY_PROGRAM,
        "401 403 403 403 403 403 201 403",
        lambda s: [s.indicator.dataset_id],
        data=lambda s: {"file": ContentFile(b"Country,year,value", "figures.csv")},
    ),
    Door("api:imports", API_LOADERS, NEVER_BY_PROGRAM),
    Door("api:import", API_LOADERS, NEVER_BY_PROGRAM, lambda s: [s.waiting_import.pk]),
    Door(
        "api:import_correct",
        NEVER_BY_PROGRAM,
        "401 403 403 403 403 403 202 403",
        lambda s: [s.waiting_import.pk],
        json=True,
    ),
    Door(
        "api:import_commit",
        NEVER_BY_PROGRAM,
        "401 403 403 403 403 403 202 403",
        lambda s: [s.waiting_import.pk],
        json=True,
    ),
    Door(
        "api:import_undo",
        NEVER_BY_PROGRAM,
        "401 403 403 403 403 403 202 403",
        lambda s: [s.loaded_import.pk],
        data=lambda s: {"because": "The unit was wrong."},
        json=True,
    ),
    Door("api:indicators", EVERYBODY, NEVER_BY_PROGRAM),
    Door("api:indicator", EVERYBODY, NEVER_BY_PROGRAM, lambda s: [s.indicator.pk]),
    Door("api:observations", EVERYBODY, NEVER_BY_PROGRAM),
    Door("accounts:tokens", SIGNED_IN, SIGNED_IN, data=lambda s: {"name": "A program"}),
    Door(
        "accounts:token_take_back",
        NO_METHOD,
        "302 404 302 404 404 404 404 404",
        lambda s: [s.token.pk],
    ),
    Door("accounts:session", "401 200 200 200 200 200 200 200", "401 200 200 200 200 200 200 200"),
    Door("account_login", EVERYBODY, EVERYBODY),
    Door("mfa_authenticate", "", AWAY),
    Door("account_reauthenticate", SIGNED_IN, SIGNED_IN),
    Door("mfa_reauthenticate", AWAY, AWAY),
    Door("mfa_index", SIGNED_IN, NO_METHOD),
    Door("mfa_activate_totp", SIGNED_IN, SIGNED_IN),
    Door("mfa_deactivate_totp", NOT_SET_UP, NOT_SET_UP),
    Door("mfa_view_recovery_codes", NOT_SET_UP, NO_METHOD),
    Door("mfa_generate_recovery_codes", SIGNED_IN, SIGNED_IN),
    Door("mfa_download_recovery_codes", NOT_SET_UP, NO_METHOD),
]
