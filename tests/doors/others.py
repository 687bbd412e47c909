"""The pages of people, indicators, reports and of the house."""

from django.utils.text import slugify

from reports.review_views import STEPS as REPORT_STEPS
from tests.doors.door import (
    AWAY,
    EVERYBODY,
    IN_COUNTRY,
    ITS_EDITION,
    ITS_SHEET,
    LOADERS,
    MANAGERS,
    NEVER,
    NO_METHOD,
    NOBODY,
    NOT_THERE,
    SIGNED_IN,
    Door,
)
from tests.doors.scene import Scene


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
    Door("reports:plan", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door("reports:plan", NOT_THERE, NEVER, lambda s: [s.draft.pk]),
    *(
        Door(f"reports:plan_{name}", answer, NEVER, report)
        for name in ("schedule", "costing")
        for answer, report in (
            (EVERYBODY, lambda s: [s.published.pk]),
            (NOT_THERE, lambda s: [s.draft.pk]),
        )
    ),
    Door("reports:public_plan_paper", EVERYBODY, NEVER, lambda s: [s.published.pk, "docx"]),
    Door("reports:public_plan_paper", NOT_THERE, NEVER, lambda s: [s.draft.pk, "docx"]),
    Door("reports:plan_paper", IN_COUNTRY, NO_METHOD, lambda s: [s.closed.pk, "docx"]),
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
    Door("reports:own_record", SIGNED_IN, NO_METHOD),
    Door("reports:sheet_paper", ITS_SHEET, NO_METHOD, lambda s: [s.sheet.pk, "blank", "pdf"]),
    Door("activity:notices", SIGNED_IN, AWAY),
    Door(
        "activity:notice",
        "302 404 302 404 404 404 404 404",
        NO_METHOD,
        lambda s: [s.assignment.person.notifications.first().pk],
    ),
    Door("activity:notice_choices", SIGNED_IN, SIGNED_IN),
    Door("reports:making", IN_COUNTRY, NEVER, lambda s: [s.draft.pk]),
    Door("reports:making", EVERYBODY, NEVER, lambda s: [s.published.pk]),
    Door("reports:study_making", IN_COUNTRY, NEVER, lambda s: [s.study.pk]),
    Door("reports:study_paper", IN_COUNTRY, NEVER, lambda s: [s.study.pk, "docx"]),
    Door(
        "reports:study_make",
        NO_METHOD,
        "302 404 302 302 302 302 404 302",
        lambda s: [s.study.pk, "docx"],
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
    Door("accounts:guide", NO_METHOD, AWAY),
    Door("accounts:language", EVERYBODY, AWAY, data=lambda s: {"language": "en"}),
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
    Door("public:studies_csv", EVERYBODY, NEVER),
    *(
        Door(
            name,
            NOBODY,  # it is in review
            NEVER,
            lambda s: ["LAO", f"x-{s.cluster.pk}", s.study.number],
        )
        for name in ("public:study", "public:study_content")
    ),
    Door("public:feed", EVERYBODY, NEVER),
    Door("public:rss", EVERYBODY, NEVER),
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
    Door("mfa_deactivate_totp", NOT_THERE, NOT_THERE),
    Door("mfa_view_recovery_codes", NOT_THERE, NO_METHOD),
    Door("mfa_generate_recovery_codes", SIGNED_IN, SIGNED_IN),
    Door("mfa_download_recovery_codes", NOT_THERE, NO_METHOD),
]
