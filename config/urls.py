"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from activity.api import (
    JobView,
    NotificationChoicesView,
    NotificationReadView,
    NotificationsView,
)
from config.documentation import DescriptionView, documentation
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
    FirmPersonEndView,
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
    path("clusters/<int:pk>/firms/", FirmsView.as_view(), name="firms"),
    path("clusters/<int:pk>/firms/together/", FirmsTogetherView.as_view(), name="firms_together"),
    path("firms/<int:pk>/", FirmView.as_view(), name="firm"),
    path("firms/<int:pk>/invitations/", FirmInvitationsView.as_view(), name="firm_invitations"),
    path("firms/<int:pk>/profiles/", FirmProfilesView.as_view(), name="firm_profiles"),
    path(
        "firms/<int:pk>/people/<int:membership>/end/",
        FirmPersonEndView.as_view(),
        name="firm_person_end",
    ),
    path("firms/<int:pk>/leave/", FirmLeaveView.as_view(), name="firm_leave"),
    path("", include("clusters.api.urls")),
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
    path("schema/", DescriptionView.as_view(), name="schema"),
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
