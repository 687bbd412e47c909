"""The pages of clusters."""

from django.core.files.base import ContentFile

from activity import comments
from clusters import identity, position
from tests.doors.door import (
    ATTENDS,
    CLUSTER_KEEPERS,
    IN_COUNTRY,
    KEEPS,
    KEEPS_STUDY,
    MANAGERS,
    NEVER,
    NO_METHOD,
    NOT_THERE,
    SIGNED_IN,
    Door,
)
from tests.doors.scene import EMPLOYMENT, SIZES

OUTLINES = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    b'{"name": "North"}, "geometry": {"type": "Polygon", "coordinates": '
    b"[[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}"
)

CAPABILITY = {
    **dict.fromkeys([*position.PRODUCT_MARKS, *position.PROCESS_MARKS], "yes"),
    "year": 2024,
    "source": "Visits",
}

DOORS = [
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
    Door("clusters:regions_csv", SIGNED_IN, NO_METHOD, lambda s: ["LAO"]),
    Door(
        "clusters:region_new",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: ["LAO"],
        data=lambda s: {"name": "East"},
    ),
    Door(
        "clusters:region_change",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: [s.region.pk],
        data=lambda s: {"name": "South-west"},
    ),
    Door(
        "clusters:region_remove",
        NO_METHOD,
        "302 403 403 403 302 403 403 403",
        lambda s: [s.region.pk],
    ),
    Door("clusters:employment", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door(
        "clusters:employment_file",
        NO_METHOD,
        "302 403 403 403 302 403 403 403",
        lambda s: [s.employment.pk],
        data=lambda s: {"upload": ContentFile(EMPLOYMENT, "again.csv")},
    ),
    Door(
        "clusters:employment_discard",
        NO_METHOD,
        "302 403 403 403 200 403 403 403",  # a mapped one needs a reason
        lambda s: [s.employment.pk],
    ),
    Door(
        "clusters:employment_change",
        "302 403 403 403 200 403 403 403",
        "302 403 403 403 302 403 403 403",
        lambda s: [s.employment.pk],
        data=lambda s: {"title": "Work", "source": "An office"},
    ),
    Door(
        "clusters:employment_given",
        "302 403 403 403 200 403 403 403",
        NO_METHOD,
        lambda s: [s.employment.pk],
    ),
    Door(
        "clusters:employment_plants",  # it came without
        "302 403 403 403 404 403 403 403",
        NO_METHOD,
        lambda s: [s.employment.pk],
    ),
    Door(
        "clusters:employment_marked",  # it has no faults
        "302 403 403 403 404 403 403 403",
        NO_METHOD,
        lambda s: [s.employment.pk],
    ),
    Door("clusters:employment_quotients", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door("clusters:employment_industries", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door("clusters:employment_regions", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk]),
    Door("clusters:employment_csv", SIGNED_IN, NO_METHOD, lambda s: [s.employment.pk, "cells"]),
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
        "clusters:discard",
        NO_METHOD,
        "302 403 403 403 200 403 403 403",  # people and rounds rest on it
        lambda s: [s.cluster.pk],
        data=lambda s: {"because": "A wrong click"},
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
    Door("clusters:study", IN_COUNTRY, NEVER, lambda s: [s.study.pk]),
    Door(
        "clusters:study_write",
        KEEPS_STUDY,
        KEEPS_STUDY,  # in review nothing is written: what was typed comes back
        lambda s: [s.study.pk],
        data=lambda s: {"revision": 0, "vision": "Dry timber"},
    ),
    Door(
        "clusters:study_row_add",
        KEEPS_STUDY,
        KEEPS_STUDY,
        lambda s: [s.study.pk, "swot"],
        data=lambda s: {
            "kind": "threat",
            "text": "Wet timber",
            "title": "A survey",
            "cited": "page 2",
        },
    ),
    Door(
        "clusters:study_row",
        KEEPS_STUDY,
        KEEPS_STUDY,
        lambda s: [s.study.pk, "swot", s.study.swot.get().pk],
        data=lambda s: {
            "kind": "threat",
            "text": "Wet timber",
            "title": "A survey",
            "cited": "page 2",
        },
    ),
    Door(
        "clusters:study_remove",
        NO_METHOD,
        KEEPS,
        lambda s: [s.study.pk, "swot", s.study.swot.get().pk],
    ),
    Door("clusters:study_step", NO_METHOD, KEEPS, lambda s: [s.study.pk, "send"]),
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
        KEEPS,
        lambda s: [s.study.pk, comments.on(s.study.topic).get().pk],
        data=lambda s: {"text": "The members."},
    ),
    Door("clusters:study_reading", NO_METHOD, KEEPS, lambda s: [s.study.pk]),
    Door("clusters:study_correction", NO_METHOD, KEEPS, lambda s: [s.study.pk]),
    Door("clusters:study_chart", NOT_THERE, NEVER, lambda s: [s.study.pk, "no-such-chart"]),
    Door("clusters:study_values", IN_COUNTRY, NEVER, lambda s: [s.study.pk]),
    Door("clusters:study_lesson", NO_METHOD, KEEPS, lambda s: [s.study.pk]),
    Door(
        "clusters:study_lesson_correction",
        KEEPS_STUDY.replace("200", "404"),  # there is no lesson of a draft
        KEEPS_STUDY.replace("200", "404"),
        lambda s: [s.study.pk, 0],
    ),
    Door(
        "clusters:study_judgement",
        KEEPS_STUDY,
        KEEPS,
        lambda s: [s.study.pk],
        data=lambda s: {"impact": "Dry timber."},
    ),
    Door(
        "clusters:position",
        SIGNED_IN,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: CAPABILITY,
    ),
    Door(
        "clusters:position_remove",
        NO_METHOD,
        CLUSTER_KEEPERS.replace("200", "302"),
        lambda s: [s.cluster.pk, s.answers.pk],
    ),
    Door("clusters:position_csv", SIGNED_IN, NO_METHOD, lambda s: [s.cluster.pk]),
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
    Door(
        "clusters:network_csv",
        "302 404 403 200 200 403 404 403",
        NO_METHOD,
        lambda s: [s.survey.pk, "network"],
    ),
    Door(
        "clusters:survey_change",
        KEEPS.replace("302", "200").replace("200", "302", 1),
        KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"title": "Renamed", "date": "2025-01-01", "source": "A survey"},
    ),
    Door(
        "clusters:survey_remove",
        KEEPS.replace("302", "200").replace("200", "302", 1),
        KEEPS,
        lambda s: [s.survey.pk],
    ),
    Door(
        "clusters:change_actor",
        KEEPS.replace("302", "200").replace("200", "302", 1),
        KEEPS,
        lambda s: [s.survey.pk, s.survey.surveyed.get(actor__name="C").pk],
        data=lambda s: {"kind": "buyer"},
    ),
    Door(
        "clusters:rename_actor",
        KEEPS.replace("302", "200").replace("200", "302", 1),
        KEEPS,
        lambda s: [s.survey.pk, s.survey.surveyed.get(actor__name="C").pk],
        data=lambda s: {"name": "C, Ltd"},
    ),
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
    Door("clusters:invite", MANAGERS, MANAGERS),
    Door(
        "diagnostics:firms",
        ATTENDS,
        ATTENDS.replace("200", "302"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"name": "Later Ltd", "size": "small", "role": "core"},
    ),
    Door("diagnostics:firms_csv", ATTENDS, NO_METHOD, lambda s: [s.cluster.pk]),
    Door("diagnostics:firm", ATTENDS, NO_METHOD, lambda s: [s.firm.pk]),
    Door("diagnostics:firm_csv", ATTENDS, NO_METHOD, lambda s: [s.firm.pk]),
    Door(
        "diagnostics:firm_change",
        ATTENDS,
        ATTENDS.replace("200", "302"),
        lambda s: [s.firm.pk],
        data=lambda s: {"name": "Weaver Ltd", "size": "medium", "role": "core"},
    ),
    Door("diagnostics:firm_begin", NO_METHOD, ATTENDS.replace("200", "302"), lambda s: [s.firm.pk]),
    Door(
        "diagnostics:firm_invite",
        NO_METHOD,
        ATTENDS,
        lambda s: [s.firm.pk],
        data=lambda s: {"email": "owner@example.org"},
    ),
    Door(
        "diagnostics:firm_person_end",
        NO_METHOD,
        ATTENDS.replace("200", "302"),
        lambda s: [s.firm.pk, s.firm.memberships.get().pk],
    ),
    Door("diagnostics:firm_leave", ATTENDS, ATTENDS.replace("200", "302"), lambda s: [s.firm.pk]),
]
