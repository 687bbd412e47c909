"""The addresses of clusters for programs, under /api/."""

from django.urls import path

from clusters import api, employment_api, linkage_api, position_api, region_api, study_api
from clusters.studies.shapes import PlanLineRowSerializer, ProblemRowSerializer, SwotRowSerializer

ROWS = {  # of a study: by part the names of the addresses of all and of one, and what is sent
    "swot": ("study_swot", "study_swot_row", SwotRowSerializer),
    "problems": ("study_problems", "study_problem", ProblemRowSerializer),
    "lines": ("study_lines", "study_line", PlanLineRowSerializer),
}

urlpatterns = [
    path("clusters/", api.ClustersView.as_view(), name="clusters"),
    path("countries/<str:code>/clusters/", api.ClusterEnterView.as_view(), name="cluster_enter"),
    path("clusters/<int:pk>/", api.ClusterView.as_view(), name="cluster"),
    path("clusters/<int:pk>/test/", api.ClusterTestView.as_view(), name="cluster_test"),
    path("clusters/<int:pk>/figures/", api.ClusterFiguresView.as_view(), name="cluster_figures"),
    path(
        "clusters/<int:pk>/figures/<int:figure>/remove/",
        api.ClusterFigureRemoveView.as_view(),
        name="cluster_figure_remove",
    ),
    path(
        "clusters/<int:pk>/invitations/",
        api.ClusterInvitationsView.as_view(),
        name="cluster_invitations",
    ),
    path("countries/<str:code>/regions/", region_api.RegionsView.as_view(), name="regions"),
    path(
        "countries/<str:code>/regions/outlines/",
        region_api.OutlinesView.as_view(),
        name="region_outlines",
    ),
    path("regions/<int:pk>/", region_api.RegionView.as_view(), name="region"),
    path("regions/<int:pk>/remove/", region_api.RegionRemoveView.as_view(), name="region_remove"),
    path(
        "countries/<str:code>/size-structure/",
        position_api.SizeStructuresView.as_view(),
        name="size_structures",
    ),
    path(
        "countries/<str:code>/size-structure/<int:pk>/remove/",
        position_api.SizeStructureRemoveView.as_view(),
        name="size_structure_remove",
    ),
    path("clusters/<int:pk>/position/", position_api.PositionView.as_view(), name="position"),
    path("employment/", employment_api.EmploymentTablesView.as_view(), name="employment_tables"),
    path("employment/<int:pk>/", employment_api.EmploymentTableView.as_view(), name="employment"),
    path(
        "employment/<int:pk>/file/",
        employment_api.EmploymentFileView.as_view(),
        name="employment_file",
    ),
    path(
        "employment/<int:pk>/discard/",
        employment_api.EmploymentDiscardView.as_view(),
        name="employment_discard",
    ),
    path(
        "employment/<int:pk>/cells/",
        employment_api.EmploymentCellsView.as_view(),
        name="employment_cells",
    ),
    path(
        "employment/<int:pk>/regions/",
        employment_api.EmploymentRegionsView.as_view(),
        name="employment_regions",
    ),
    path(
        "employment/<int:pk>/industries/",
        employment_api.EmploymentIndustriesView.as_view(),
        name="employment_industries",
    ),
    path(
        "employment/<int:pk>/candidates/",
        employment_api.EmploymentCandidatesView.as_view(),
        name="employment_candidates",
    ),
    path("clusters/<int:pk>/linkages/", linkage_api.LinkagesView.as_view(), name="linkages"),
    path("linkages/<int:pk>/", linkage_api.NetworkView.as_view(), name="network"),
    path("linkages/<int:pk>/remove/", linkage_api.SurveyRemoveView.as_view(), name="survey_remove"),
    path("linkages/<int:pk>/actors/", linkage_api.ActorsView.as_view(), name="actors"),
    path(
        "linkages/<int:pk>/actors/rename/",
        linkage_api.ActorRenameView.as_view(),
        name="rename_actor",
    ),
    path(
        "linkages/<int:pk>/actors/<int:surveyed>/remove/",
        linkage_api.SurveyedRemoveView.as_view(),
        name="remove_actor",
    ),
    path("linkages/<int:pk>/ties/", linkage_api.TiesView.as_view(), name="ties"),
    path(
        "linkages/<int:pk>/ties/<int:tie>/remove/",
        linkage_api.TieRemoveView.as_view(),
        name="remove_tie",
    ),
    path("clusters/<int:pk>/studies/", study_api.StudyBeginView.as_view(), name="study_begin"),
    path("studies/", study_api.StudiesView.as_view(), name="studies"),
    path("studies/<int:pk>/", study_api.StudyView.as_view(), name="study"),
    path("studies/<int:pk>/evidence/", study_api.EvidenceView.as_view(), name="study_evidence"),
    *(
        path(
            f"studies/<int:pk>/{part}/",
            study_api.StudyRowsView.as_view(serializer_class=kind),
            name=name,
        )
        for part, (name, _one, kind) in ROWS.items()
    ),
    *(
        path(
            f"studies/<int:pk>/{part}/<int:row>/",
            study_api.StudyRowView.as_view(serializer_class=kind),
            name=name,
        )
        for part, (_all, name, kind) in ROWS.items()
    ),
    path(
        "studies/<int:pk>/<slug:part>/<int:row>/remove/",
        study_api.RowRemoveView.as_view(),
        name="study_remove",
    ),
    path(
        "studies/<int:pk>/steps/<slug:step>/", study_api.StudyStepView.as_view(), name="study_step"
    ),
    path(
        "studies/<int:pk>/comments/", study_api.StudyCommentsView.as_view(), name="study_comments"
    ),
    path(
        "studies/<int:pk>/comments/<int:comment>/answer/",
        study_api.StudyCommentAnswerView.as_view(),
        name="study_comment_answer",
    ),
    path("studies/<int:pk>/values/", study_api.StudyValuesView.as_view(), name="study_values"),
    path(
        "studies/<int:pk>/values/<int:value>/correct/",
        study_api.StudyCorrectionView.as_view(),
        name="study_correction",
    ),
    path("studies/<int:pk>/lessons/", study_api.StudyLessonsView.as_view(), name="study_lessons"),
    path(
        "studies/<int:pk>/judgement/",
        study_api.StudyJudgementView.as_view(),
        name="study_judgement",
    ),
]
