"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from activity.api import (
    JobView,
    NotificationChoicesView,
    NotificationReadView,
    NotificationsView,
)
from clusters.api import ClustersView, ClusterView
from clusters.employment_api import (
    EmploymentCandidatesView,
    EmploymentCellsView,
    EmploymentDiscardView,
    EmploymentFileView,
    EmploymentIndustriesView,
    EmploymentRegionsView,
    EmploymentTablesView,
    EmploymentTableView,
)
from clusters.linkage_api import (
    ActorRenameView,
    ActorsView,
    LinkagesView,
    NetworkView,
    SurveyRemoveView,
    TiesView,
)
from clusters.position_api import PositionView
from clusters.region_api import RegionRemoveView, RegionsView, RegionView
from clusters.study_api import (
    EvidenceView,
    PlanLineRowsView,
    PlanLineRowView,
    ProblemRowsView,
    ProblemRowView,
    RowRemoveView,
    StudiesView,
    StudyBeginView,
    StudyCommentAnswerView,
    StudyCommentsView,
    StudyCorrectionView,
    StudyJudgementView,
    StudyLessonsView,
    StudyStepView,
    StudyValuesView,
    StudyView,
    SwotRowsView,
    SwotRowView,
)
from config.documentation import documentation
from config.health import healthz, system
from config.privacy import privacy
from diagnostics.api import ResponseView, SheetFilesView, SheetView
from diagnostics.assignments_api import AssignmentEndView, AssignmentsView, OwedView
from diagnostics.discussing_api import (
    SettlementCommentResolveView,
    SettlementCommentsView,
    SheetCommentResolveView,
    SheetCommentsView,
)
from diagnostics.draft_api import DraftsView, DraftView
from diagnostics.fieldwork_api import FilledView, GiveBackView
from diagnostics.firms.api import (
    FirmInvitationsView,
    FirmLeaveView,
    FirmProfilesView,
    FirmsTogetherView,
    FirmsView,
    FirmView,
)
from diagnostics.library_views import LibraryView
from diagnostics.plan_api import (
    MeasureFundingRemoveView,
    MeasureFundingView,
    MeasureInterestView,
    MeasureInterestWithdrawView,
    MeasureProgressView,
    MeasureRemoveView,
    MeasuresView,
    MeasureView,
    PlanJudgementView,
    PlanOfferedView,
    PlanStepView,
    PlanView,
)
from diagnostics.rounds_api import PracticeView, RoundsView, RoundView, SheetStepView
from diagnostics.settlement_api import (
    DecisionView,
    DissentView,
    DissentWithdrawView,
    HistoryView,
    ObjectionAnswerView,
    ObjectionsView,
    SettlementView,
    StepView,
)
from indicators.api import (
    DatasetsView,
    DatasetView,
    IndicatorsView,
    IndicatorView,
    ObservationsView,
)
from indicators.imports_api import (
    CommitView,
    CorrectView,
    ImportsView,
    ImportView,
    UndoView,
    UploadView,
)
from reports.api import ReportResultView, ReportsView, RoundResultView
from reports.files_api import ReportFilesView, ReportFileView
from reports.review_api import (
    RemarkAnswerView,
    RemarksView,
    ReportReplyView,
    ReportStepView,
    ShareLinksView,
    ShareRevokeView,
)
from reports.views import home, round

api = [
    path("jobs/<uuid:pk>/", JobView.as_view(), name="job"),
    path("notifications/", NotificationsView.as_view(), name="notifications"),
    path("notifications/choices/", NotificationChoicesView.as_view(), name="notification_choices"),
    path("notifications/<int:pk>/read/", NotificationReadView.as_view(), name="notification_read"),
    path("rounds/", RoundsView.as_view(), name="rounds"),
    path("rounds/<int:pk>/", RoundView.as_view(), name="round"),
    path("countries/<str:code>/practice/", PracticeView.as_view(), name="practice"),
    path("assignments/", OwedView.as_view(), name="owed"),
    path("assignments/<int:pk>/end/", AssignmentEndView.as_view(), name="assignment_end"),
    path("sheets/<int:pk>/assignments/", AssignmentsView.as_view(), name="assignments"),
    path("sheets/<int:pk>/steps/<slug:step>/", SheetStepView.as_view(), name="sheet_step"),
    path(
        "sheets/<int:pk>/items/<str:item>/comments/",
        SheetCommentsView.as_view(),
        name="sheet_comments",
    ),
    path(
        "sheets/<int:pk>/items/<str:item>/comments/<int:comment>/resolve/",
        SheetCommentResolveView.as_view(),
        name="sheet_comment_resolve",
    ),
    path("sheets/<int:pk>/", SheetView.as_view(), name="sheet"),
    path("sheets/<int:pk>/files/", SheetFilesView.as_view(), name="sheet_files"),
    path("sheets/<int:pk>/filled/", GiveBackView.as_view(), name="filled_files"),
    path("filled/<int:pk>/", FilledView.as_view(), name="filled"),
    path("sheets/<int:pk>/items/<str:item>/", ResponseView.as_view(), name="response"),
    path("rounds/<int:pk>/steps/<slug:step>/", StepView.as_view(), name="round_step"),
    path("rounds/<int:pk>/settlement/", SettlementView.as_view(), name="settlement"),
    path("rounds/<int:pk>/settlement/<str:item>/", DecisionView.as_view(), name="decision"),
    path("rounds/<int:pk>/settlement/<str:item>/dissent/", DissentView.as_view(), name="dissent"),
    path(
        "rounds/<int:pk>/settlement/<str:item>/dissent/withdraw/",
        DissentWithdrawView.as_view(),
        name="dissent_withdraw",
    ),
    path(
        "rounds/<int:pk>/settlement/<str:item>/objections/",
        ObjectionsView.as_view(),
        name="objections",
    ),
    path(
        "rounds/<int:pk>/settlement/<str:item>/comments/",
        SettlementCommentsView.as_view(),
        name="settlement_comments",
    ),
    path(
        "rounds/<int:pk>/settlement/<str:item>/comments/<int:comment>/resolve/",
        SettlementCommentResolveView.as_view(),
        name="settlement_comment_resolve",
    ),
    path("objections/<int:pk>/answer/", ObjectionAnswerView.as_view(), name="objection_answer"),
    path("rounds/<int:pk>/history/", HistoryView.as_view(), name="history"),
    path("datasets/", DatasetsView.as_view(), name="datasets"),
    path("datasets/<str:code>/", DatasetView.as_view(), name="dataset"),
    path("datasets/<str:code>/imports/", UploadView.as_view(), name="upload"),
    path("imports/", ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>/", ImportView.as_view(), name="import"),
    path("imports/<int:pk>/correct/", CorrectView.as_view(), name="import_correct"),
    path("imports/<int:pk>/commit/", CommitView.as_view(), name="import_commit"),
    path("imports/<int:pk>/undo/", UndoView.as_view(), name="import_undo"),
    path("indicators/", IndicatorsView.as_view(), name="indicators"),
    path("indicators/<int:pk>/", IndicatorView.as_view(), name="indicator"),
    path("observations/", ObservationsView.as_view(), name="observations"),
    path("clusters/", ClustersView.as_view(), name="clusters"),
    path("clusters/<int:pk>/", ClusterView.as_view(), name="cluster"),
    path("clusters/<int:pk>/linkages/", LinkagesView.as_view(), name="linkages"),
    path("clusters/<int:pk>/firms/", FirmsView.as_view(), name="firms"),
    path("clusters/<int:pk>/firms/together/", FirmsTogetherView.as_view(), name="firms_together"),
    path("firms/<int:pk>/", FirmView.as_view(), name="firm"),
    path("firms/<int:pk>/invitations/", FirmInvitationsView.as_view(), name="firm_invitations"),
    path("firms/<int:pk>/profiles/", FirmProfilesView.as_view(), name="firm_profiles"),
    path("firms/<int:pk>/leave/", FirmLeaveView.as_view(), name="firm_leave"),
    path("countries/<str:code>/regions/", RegionsView.as_view(), name="regions"),
    path("regions/<int:pk>/", RegionView.as_view(), name="region"),
    path("regions/<int:pk>/remove/", RegionRemoveView.as_view(), name="region_remove"),
    path("employment/", EmploymentTablesView.as_view(), name="employment_tables"),
    path("employment/<int:pk>/", EmploymentTableView.as_view(), name="employment"),
    path("employment/<int:pk>/file/", EmploymentFileView.as_view(), name="employment_file"),
    path(
        "employment/<int:pk>/discard/", EmploymentDiscardView.as_view(), name="employment_discard"
    ),
    path("employment/<int:pk>/cells/", EmploymentCellsView.as_view(), name="employment_cells"),
    path(
        "employment/<int:pk>/regions/",
        EmploymentRegionsView.as_view(),
        name="employment_regions",
    ),
    path(
        "employment/<int:pk>/industries/",
        EmploymentIndustriesView.as_view(),
        name="employment_industries",
    ),
    path(
        "employment/<int:pk>/candidates/",
        EmploymentCandidatesView.as_view(),
        name="employment_candidates",
    ),
    path("linkages/<int:pk>/", NetworkView.as_view(), name="network"),
    path("linkages/<int:pk>/remove/", SurveyRemoveView.as_view(), name="survey_remove"),
    path("linkages/<int:pk>/actors/", ActorsView.as_view(), name="actors"),
    path("linkages/<int:pk>/actors/rename/", ActorRenameView.as_view(), name="rename_actor"),
    path("linkages/<int:pk>/ties/", TiesView.as_view(), name="ties"),
    path("clusters/<int:pk>/position/", PositionView.as_view(), name="position"),
    path("clusters/<int:pk>/studies/", StudyBeginView.as_view(), name="study_begin"),
    path("studies/", StudiesView.as_view(), name="studies"),
    path("studies/<int:pk>/", StudyView.as_view(), name="study"),
    path("studies/<int:pk>/evidence/", EvidenceView.as_view(), name="study_evidence"),
    path("studies/<int:pk>/swot/", SwotRowsView.as_view(), name="study_swot"),
    path("studies/<int:pk>/swot/<int:row>/", SwotRowView.as_view(), name="study_swot_row"),
    path("studies/<int:pk>/problems/", ProblemRowsView.as_view(), name="study_problems"),
    path("studies/<int:pk>/problems/<int:row>/", ProblemRowView.as_view(), name="study_problem"),
    path("studies/<int:pk>/lines/", PlanLineRowsView.as_view(), name="study_lines"),
    path("studies/<int:pk>/lines/<int:row>/", PlanLineRowView.as_view(), name="study_line"),
    path(
        "studies/<int:pk>/<slug:part>/<int:row>/remove/",
        RowRemoveView.as_view(),
        name="study_remove",
    ),
    path("studies/<int:pk>/steps/<slug:step>/", StudyStepView.as_view(), name="study_step"),
    path("studies/<int:pk>/comments/", StudyCommentsView.as_view(), name="study_comments"),
    path(
        "studies/<int:pk>/comments/<int:comment>/answer/",
        StudyCommentAnswerView.as_view(),
        name="study_comment_answer",
    ),
    path("studies/<int:pk>/values/", StudyValuesView.as_view(), name="study_values"),
    path(
        "studies/<int:pk>/values/<int:value>/correct/",
        StudyCorrectionView.as_view(),
        name="study_correction",
    ),
    path("studies/<int:pk>/lessons/", StudyLessonsView.as_view(), name="study_lessons"),
    path("studies/<int:pk>/judgement/", StudyJudgementView.as_view(), name="study_judgement"),
    path("library/", LibraryView.as_view(), name="library"),
    path("reports/", ReportsView.as_view(), name="reports"),
    path("reports/<int:pk>/files/", ReportFilesView.as_view(), name="report_files"),
    path(
        "reports/<int:pk>/files/<slug:language>/<slug:audience>.<slug:form>",
        ReportFileView.as_view(),
        name="report_file",
    ),
    path("reports/<int:pk>/result/", ReportResultView.as_view(), name="report_result"),
    path("rounds/<int:pk>/plan/", PlanView.as_view(), name="plan"),
    path("rounds/<int:pk>/plan/offered/", PlanOfferedView.as_view(), name="plan_offered"),
    path("rounds/<int:pk>/plan/measures/", MeasuresView.as_view(), name="measures"),
    path("rounds/<int:pk>/plan/steps/<slug:step>/", PlanStepView.as_view(), name="plan_step"),
    path("rounds/<int:pk>/plan/judgement/", PlanJudgementView.as_view(), name="plan_judgement"),
    path("measures/<int:pk>/", MeasureView.as_view(), name="measure"),
    path("measures/<int:pk>/remove/", MeasureRemoveView.as_view(), name="measure_remove"),
    path("measures/<int:pk>/progress/", MeasureProgressView.as_view(), name="measure_progress"),
    path("measures/<int:pk>/funding/", MeasureFundingView.as_view(), name="measure_funding"),
    path(
        "measures/<int:pk>/funding/<int:line>/remove/",
        MeasureFundingRemoveView.as_view(),
        name="measure_funding_remove",
    ),
    path("measures/<int:pk>/interest/", MeasureInterestView.as_view(), name="measure_interest"),
    path(
        "measures/<int:pk>/interest/<int:line>/withdraw/",
        MeasureInterestWithdrawView.as_view(),
        name="measure_interest_withdraw",
    ),
    path("reports/<int:pk>/remarks/", RemarksView.as_view(), name="remarks"),
    path("remarks/<int:pk>/answer/", RemarkAnswerView.as_view(), name="remark_answer"),
    path("reports/<int:pk>/reply/", ReportReplyView.as_view(), name="report_reply"),
    path("reports/<int:pk>/steps/<slug:step>/", ReportStepView.as_view(), name="report_step"),
    path("reports/<int:pk>/links/", ShareLinksView.as_view(), name="share_links"),
    path("links/<int:pk>/revoke/", ShareRevokeView.as_view(), name="share_revoke"),
    path("rounds/<int:pk>/result/", RoundResultView.as_view(), name="round_result"),
    path("drafts/", DraftsView.as_view(), name="drafts"),
    path("drafts/<int:pk>/", DraftView.as_view(), name="draft"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("system/", system, name="system"),
    path("privacy/", privacy, name="privacy"),
    path("documentation/api/", documentation, name="documentation"),
    path("", include("activity.urls")),
    path("", include("diagnostics.urls")),
    path("rounds/<int:pk>/", round, name="round"),
    path("", include("reports.urls")),
    path("", include("reports.comparing.urls")),
    path("", include("reports.public.urls")),
    path("", include("clusters.urls")),
    path("", include("indicators.explorer.urls")),
    path("", include("indicators.composite.urls")),
    path("", include("indicators.loading.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("accounts.allauth_urls")),
    path("api/", include((api, "api"))),
    path("tables/", admin.site.urls),
]

handler500 = "config.errors.server_error"
