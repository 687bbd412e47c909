"""The addresses of clusters for programs, under /api/."""

from django.urls import path

from clusters.api import employment, linkages, positions, regions, registry, studies
from clusters.studies.shapes import PlanLineRowSerializer, ProblemRowSerializer, SwotRowSerializer

ROWS = {  # of a study: by part the names of the addresses of all and of one, and what is sent
    "swot": ("study_swot", "study_swot_row", SwotRowSerializer),
    "problems": ("study_problems", "study_problem", ProblemRowSerializer),
    "lines": ("study_lines", "study_line", PlanLineRowSerializer),
}

urlpatterns = [
    path("clusters/", registry.ClustersView.as_view(), name="clusters"),
    path(
        "countries/<str:code>/clusters/", registry.ClusterEnterView.as_view(), name="cluster_enter"
    ),
    path("clusters/<int:pk>/", registry.ClusterView.as_view(), name="cluster"),
    path(
        "clusters/<int:pk>/discard/", registry.ClusterDiscardView.as_view(), name="cluster_discard"
    ),
    path("clusters/<int:pk>/test/", registry.ClusterTestView.as_view(), name="cluster_test"),
    path(
        "clusters/<int:pk>/figures/", registry.ClusterFiguresView.as_view(), name="cluster_figures"
    ),
    path(
        "clusters/<int:pk>/figures/<int:figure>/remove/",
        registry.ClusterFigureRemoveView.as_view(),
        name="cluster_figure_remove",
    ),
    path(
        "clusters/<int:pk>/invitations/",
        registry.ClusterInvitationsView.as_view(),
        name="cluster_invitations",
    ),
    path("countries/<str:code>/regions/", regions.RegionsView.as_view(), name="regions"),
    path(
        "countries/<str:code>/regions/outlines/",
        regions.OutlinesView.as_view(),
        name="region_outlines",
    ),
    path("regions/<int:pk>/", regions.RegionView.as_view(), name="region"),
    path("regions/<int:pk>/remove/", regions.RegionRemoveView.as_view(), name="region_remove"),
    path(
        "countries/<str:code>/size-structure/",
        positions.SizeStructuresView.as_view(),
        name="size_structures",
    ),
    path(
        "countries/<str:code>/size-structure/<int:pk>/remove/",
        positions.SizeStructureRemoveView.as_view(),
        name="size_structure_remove",
    ),
    path("clusters/<int:pk>/position/", positions.PositionView.as_view(), name="position"),
    path(
        "clusters/<int:pk>/position/<int:answers>/remove/",
        positions.PositionRemoveView.as_view(),
        name="position_remove",
    ),
    path("employment/", employment.EmploymentTablesView.as_view(), name="employment_tables"),
    path("employment/<int:pk>/", employment.EmploymentTableView.as_view(), name="employment"),
    path(
        "employment/<int:pk>/file/",
        employment.EmploymentFileView.as_view(),
        name="employment_file",
    ),
    path(
        "employment/<int:pk>/discard/",
        employment.EmploymentDiscardView.as_view(),
        name="employment_discard",
    ),
    path(
        "employment/<int:pk>/cells/",
        employment.EmploymentCellsView.as_view(),
        name="employment_cells",
    ),
    path(
        "employment/<int:pk>/regions/",
        employment.EmploymentRegionsView.as_view(),
        name="employment_regions",
    ),
    path(
        "employment/<int:pk>/industries/",
        employment.EmploymentIndustriesView.as_view(),
        name="employment_industries",
    ),
    path(
        "employment/<int:pk>/candidates/",
        employment.EmploymentCandidatesView.as_view(),
        name="employment_candidates",
    ),
    path("clusters/<int:pk>/linkages/", linkages.LinkagesView.as_view(), name="linkages"),
    path("linkages/<int:pk>/", linkages.NetworkView.as_view(), name="network"),
    path("linkages/<int:pk>/remove/", linkages.SurveyRemoveView.as_view(), name="survey_remove"),
    path("linkages/<int:pk>/actors/", linkages.ActorsView.as_view(), name="actors"),
    path(
        "linkages/<int:pk>/actors/rename/",
        linkages.ActorRenameView.as_view(),
        name="rename_actor",
    ),
    path(
        "linkages/<int:pk>/actors/<int:surveyed>/remove/",
        linkages.SurveyedRemoveView.as_view(),
        name="remove_actor",
    ),
    path("linkages/<int:pk>/ties/", linkages.TiesView.as_view(), name="ties"),
    path(
        "linkages/<int:pk>/ties/<int:tie>/remove/",
        linkages.TieRemoveView.as_view(),
        name="remove_tie",
    ),
    path("clusters/<int:pk>/studies/", studies.StudyBeginView.as_view(), name="study_begin"),
    path("studies/", studies.StudiesView.as_view(), name="studies"),
    path("studies/<int:pk>/", studies.StudyView.as_view(), name="study"),
    path("studies/<int:pk>/evidence/", studies.EvidenceView.as_view(), name="study_evidence"),
    *(
        path(
            f"studies/<int:pk>/{part}/",
            studies.StudyRowsView.as_view(serializer_class=kind),
            name=name,
        )
        for part, (name, _one, kind) in ROWS.items()
    ),
    *(
        path(
            f"studies/<int:pk>/{part}/<int:row>/",
            studies.StudyRowView.as_view(serializer_class=kind),
            name=name,
        )
        for part, (_all, name, kind) in ROWS.items()
    ),
    path(
        "studies/<int:pk>/<slug:part>/<int:row>/remove/",
        studies.RowRemoveView.as_view(),
        name="study_remove",
    ),
    path("studies/<int:pk>/steps/<slug:step>/", studies.StudyStepView.as_view(), name="study_step"),
    path("studies/<int:pk>/comments/", studies.StudyCommentsView.as_view(), name="study_comments"),
    path(
        "studies/<int:pk>/comments/<int:comment>/answer/",
        studies.StudyCommentAnswerView.as_view(),
        name="study_comment_answer",
    ),
    path("studies/<int:pk>/values/", studies.StudyValuesView.as_view(), name="study_values"),
    path(
        "studies/<int:pk>/values/<int:value>/correct/",
        studies.StudyCorrectionView.as_view(),
        name="study_correction",
    ),
    path("studies/<int:pk>/lessons/", studies.StudyLessonsView.as_view(), name="study_lessons"),
    path(
        "studies/<int:pk>/lessons/<int:lesson>/correct/",
        studies.LessonCorrectionView.as_view(),
        name="study_lesson_correction",
    ),
    path(
        "studies/<int:pk>/judgement/",
        studies.StudyJudgementView.as_view(),
        name="study_judgement",
    ),
]
