"""The addresses for programs about clusters."""

from django.core.files.base import ContentFile

from activity import comments
from tests.doors.clusters import OUTLINES
from tests.doors.door import (
    API_ATTENDS,
    API_INSIDE,
    API_KEEPS,
    API_SIGNED_IN,
    EVERYBODY,
    NEVER_BY_PROGRAM,
    Door,
)
from tests.doors.scene import EMPLOYMENT, SIZES

API_COORDINATORS = "401 403 403 403 200 403 403 403"
API_KEEPS_ENTRY = "401 403 403 200 200 403 403 403"  # everybody sees it
STUDY_NOT_DRAFT = API_KEEPS.replace("200", "400")  # it is in review

DOORS = [
    Door("api:clusters", API_SIGNED_IN, NEVER_BY_PROGRAM),
    Door(
        "api:cluster_enter",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "201"),
        lambda s: ["LAO"],
        data=lambda s: {"name": "Potters"},
        json=True,
    ),
    Door(
        "api:cluster",
        API_SIGNED_IN,
        API_KEEPS_ENTRY,
        lambda s: [s.cluster.pk],
        method="put",
        data=lambda s: {"products": "Cloth"},
        json=True,
    ),
    Door(
        "api:cluster_discard",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "400"),  # people and rounds rest on it
        lambda s: [s.cluster.pk],
        data=lambda s: {"because": "A wrong click"},
        json=True,
    ),
    Door(
        "api:cluster_test",
        API_SIGNED_IN,
        API_KEEPS_ENTRY,
        lambda s: [s.cluster.pk],
        method="put",
        data=lambda s: {"answers": {"near": "yes"}},
        json=True,
    ),
    Door(
        "api:cluster_figures",
        NEVER_BY_PROGRAM,
        API_KEEPS_ENTRY.replace("200", "201"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"measure": "firms", "value": 1, "unit": "firms", "source": "A survey"},
        json=True,
    ),
    Door(
        "api:cluster_figure_remove",
        NEVER_BY_PROGRAM,
        API_KEEPS_ENTRY.replace("200", "204"),
        lambda s: [s.cluster.pk, s.cluster.figures.get().pk],
        json=True,
    ),
    Door(
        "api:cluster_invitations",
        NEVER_BY_PROGRAM,
        "401 403 403 403 201 403 201 403",
        lambda s: [s.cluster.pk],
        data=lambda s: {
            "email": "agent@example.org",
            "role": "cluster_agent",
            "organisation": s.sheet.organisation_id,
        },
        json=True,
    ),
    Door(
        "api:size_structures",
        API_SIGNED_IN,
        API_COORDINATORS.replace("200", "201"),
        lambda s: ["LAO"],
        data=lambda s: SIZES | {"year": 2011},
        json=True,
    ),
    Door(
        "api:size_structure_remove",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "204"),
        lambda s: ["LAO", s.sizes.pk],
        json=True,
    ),
    Door(
        "api:region_outlines",
        NEVER_BY_PROGRAM,
        API_COORDINATORS,
        lambda s: ["LAO"],
        data=lambda s: {"source": "An office", "file": ContentFile(OUTLINES, "regions.json")},
    ),
    Door(
        "api:firm_person_end",
        NEVER_BY_PROGRAM,
        API_ATTENDS.replace("200", "204"),
        lambda s: [s.firm.pk, s.firm.memberships.get().pk],
        json=True,
    ),
    Door(
        "api:remove_actor",
        NEVER_BY_PROGRAM,
        API_KEEPS.replace("200", "204"),
        lambda s: [s.survey.pk, s.survey.surveyed.get(actor__name="C").pk],
        json=True,
    ),
    Door(
        "api:remove_tie",
        NEVER_BY_PROGRAM,
        API_KEEPS.replace("200", "204"),
        lambda s: [s.survey.pk, s.survey.ties.get().pk],
        json=True,
    ),
    Door(
        "api:firms",
        API_ATTENDS,
        API_ATTENDS.replace("200", "201"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"name": "Later Ltd", "size": "small", "role": "core"},
        json=True,
    ),
    Door("api:firms_together", API_ATTENDS, NEVER_BY_PROGRAM, lambda s: [s.cluster.pk]),
    Door(
        "api:firm",
        API_ATTENDS,
        API_ATTENDS,
        lambda s: [s.firm.pk],
        method="put",
        data=lambda s: {"name": "Weaver Ltd", "size": "medium", "role": "core"},
        json=True,
    ),
    Door(
        "api:firm_profiles",
        NEVER_BY_PROGRAM,
        API_ATTENDS.replace("200", "400"),  # its profile is by the newest instrument
        lambda s: [s.firm.pk],
        json=True,
    ),
    Door(
        "api:firm_invitations",
        NEVER_BY_PROGRAM,
        API_ATTENDS.replace("200", "201"),
        lambda s: [s.firm.pk],
        data=lambda s: {"email": "owner@example.org"},
        json=True,
    ),
    Door(
        "api:firm_leave",
        NEVER_BY_PROGRAM,
        API_ATTENDS.replace("200", "204"),
        lambda s: [s.firm.pk],
        json=True,
    ),
    Door(
        "api:position",
        API_SIGNED_IN,
        API_KEEPS_ENTRY,
        lambda s: [s.cluster.pk],
        method="put",
        data=lambda s: {"answers": {"own_design": "yes"}, "year": 2024, "source": "Visits"},
        json=True,
    ),
    Door(
        "api:position_remove",
        NEVER_BY_PROGRAM,
        API_KEEPS_ENTRY.replace("200", "204"),
        lambda s: [s.cluster.pk, s.answers.pk],
        json=True,
    ),
    Door(
        "api:study_begin",
        NEVER_BY_PROGRAM,
        API_KEEPS_ENTRY.replace("200", "400"),  # one is being written
        lambda s: [s.cluster.pk],
        json=True,
    ),
    Door("api:studies", EVERYBODY, NEVER_BY_PROGRAM),
    Door(
        "api:study",
        API_INSIDE,
        STUDY_NOT_DRAFT,
        lambda s: [s.study.pk],
        method="put",
        data=lambda s: {"vision": "Dry timber"},
        json=True,
    ),
    Door("api:study_evidence", API_KEEPS, NEVER_BY_PROGRAM, lambda s: [s.study.pk]),
    *(
        Door(
            f"api:{name}",
            NEVER_BY_PROGRAM,
            STUDY_NOT_DRAFT,
            lambda s, row=row: [s.study.pk, *([s.study.swot.get().pk] if row else [])],
            method="put" if row else "post",
            data=lambda s: {
                "kind": "threat",
                "text": "Wet timber",
                "title": "A survey",
                "cited": "page 2",
            },
            json=True,
        )
        for name, row in (("study_swot", False), ("study_swot_row", True))
    ),
    *(
        Door(f"api:{name}", NEVER_BY_PROGRAM, STUDY_NOT_DRAFT, lambda s: [s.study.pk], json=True)
        for name in ("study_problems", "study_lines", "study_values", "study_lessons")
    ),
    *(
        Door(
            f"api:{name}",
            NEVER_BY_PROGRAM,
            API_KEEPS.replace("200", "404"),  # there is no such row
            lambda s: [s.study.pk, 0],
            method="put",
            json=True,
        )
        for name in ("study_problem", "study_line")
    ),
    Door(
        "api:study_lesson_correction",
        NEVER_BY_PROGRAM,
        API_KEEPS.replace("200", "404"),  # there is no such lesson
        lambda s: [s.study.pk, 0],
        json=True,
    ),
    Door(
        "api:study_correction",
        NEVER_BY_PROGRAM,
        API_KEEPS.replace("200", "404"),  # there is no such value
        lambda s: [s.study.pk, 0],
        json=True,
    ),
    Door(
        "api:study_remove",
        NEVER_BY_PROGRAM,
        STUDY_NOT_DRAFT,
        lambda s: [s.study.pk, "swot", s.study.swot.get().pk],
        json=True,
    ),
    Door(
        "api:study_step",
        NEVER_BY_PROGRAM,
        API_KEEPS,
        lambda s: [s.study.pk, "take_back"],
        data=lambda s: {"reason": "A figure is wrong."},
        json=True,
    ),
    Door(
        "api:study_comments",
        API_INSIDE,
        API_INSIDE.replace("200", "201"),
        lambda s: [s.study.pk],
        data=lambda s: {"text": "Who pays?"},
        json=True,
    ),
    Door(
        "api:study_comment_answer",
        NEVER_BY_PROGRAM,
        API_KEEPS,
        lambda s: [s.study.pk, comments.on(s.study.topic).get().pk],
        data=lambda s: {"text": "The members."},
        json=True,
    ),
    Door(
        "api:study_judgement",
        NEVER_BY_PROGRAM,
        STUDY_NOT_DRAFT,
        lambda s: [s.study.pk],
        method="put",
        data=lambda s: {"judgement": {"impact": "Dry timber."}},
        json=True,
    ),
    Door(
        "api:employment_tables",
        API_SIGNED_IN,
        API_COORDINATORS.replace("200", "201"),
        data=lambda s: {
            "country": "LAO",
            "title": "Later",
            "source": "An office",
            "file": ContentFile(EMPLOYMENT, "later.csv"),
        },
    ),
    Door(
        "api:employment_file",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "400"),  # it is mapped
        lambda s: [s.employment.pk],
        data=lambda s: {"file": ContentFile(EMPLOYMENT, "again.csv")},
    ),
    Door(
        "api:employment_discard",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "400"),  # it is mapped and there is no reason
        lambda s: [s.employment.pk],
        data=lambda s: {"because": ""},
        json=True,
    ),
    Door(
        "api:employment",
        API_SIGNED_IN,
        API_COORDINATORS,
        lambda s: [s.employment.pk],
        method="put",
        data=lambda s: {"title": "Work", "source": "An office"},
        json=True,
    ),
    Door(
        "api:regions",
        API_SIGNED_IN,
        API_COORDINATORS.replace("200", "201"),
        lambda s: ["LAO"],
        data=lambda s: {"name": "East"},
        json=True,
    ),
    Door(
        "api:region",
        NEVER_BY_PROGRAM,
        API_COORDINATORS,
        lambda s: [s.region.pk],
        method="put",
        data=lambda s: {"name": "South-west"},
        json=True,
    ),
    Door(
        "api:region_remove",
        NEVER_BY_PROGRAM,
        API_COORDINATORS.replace("200", "204"),
        lambda s: [s.region.pk],
        json=True,
    ),
    Door("api:employment_cells", API_SIGNED_IN, NEVER_BY_PROGRAM, lambda s: [s.employment.pk]),
    Door("api:employment_regions", API_SIGNED_IN, NEVER_BY_PROGRAM, lambda s: [s.employment.pk]),
    Door("api:employment_industries", API_SIGNED_IN, NEVER_BY_PROGRAM, lambda s: [s.employment.pk]),
    Door(
        "api:employment_candidates",
        API_SIGNED_IN,
        API_COORDINATORS.replace("200", "400"),  # it has one region and so no candidate
        lambda s: [s.employment.pk],
        data=lambda s: {"region": "North", "industry": "Wood"},
        json=True,
    ),
    Door(
        "api:linkages",
        API_INSIDE,
        API_KEEPS.replace("200", "201"),
        lambda s: [s.cluster.pk],
        data=lambda s: {"title": "Later", "date": "2025-01-01", "source": "A survey"},
        json=True,
    ),
    Door(
        "api:network",
        API_INSIDE,
        API_KEEPS,
        lambda s: [s.survey.pk],
        method="put",
        data=lambda s: {"title": "Renamed", "date": "2025-01-01", "source": "A survey"},
        json=True,
    ),
    Door(
        "api:survey_remove",
        NEVER_BY_PROGRAM,
        API_KEEPS.replace("200", "204"),
        lambda s: [s.survey.pk],
        json=True,
    ),
    Door(
        "api:rename_actor",
        NEVER_BY_PROGRAM,
        API_KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"actor": "A", "name": "A, Ltd"},
        json=True,
    ),
    Door(
        "api:actors",
        NEVER_BY_PROGRAM,
        API_KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"table": "name,kind\nD,buyer"},
        json=True,
    ),
    Door(
        "api:ties",
        NEVER_BY_PROGRAM,
        API_KEEPS,
        lambda s: [s.survey.pk],
        data=lambda s: {"table": "source,target,kind\nB,A,trade"},
        json=True,
    ),
]
