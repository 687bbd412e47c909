from django.urls import path

from reports import (
    country_record_views,
    own_record,
    paper_views,
    plan_paper,
    review_views,
    sharing_views,
    sheet_paper,
    views,
)

app_name = "reports"

urlpatterns = [
    path("account/record.json", own_record.own_record, name="own_record"),
    path(
        "sheets/<int:pk>/paper/<slug:what>.<slug:form>", sheet_paper.sheet_paper, name="sheet_paper"
    ),
    path("studies/<int:pk>/paper.<slug:form>", paper_views.study_paper, name="study_paper"),
    path("studies/<int:pk>/making.json", paper_views.study_making, name="study_making"),
    path("studies/<int:pk>/make.<slug:form>", paper_views.study_make, name="study_make"),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/paper/", paper_views.choices, name="paper"),
    path("countries/<str:code>/record/", country_record_views.country, name="country_record"),
    path("records/<int:pk>/", country_record_views.download, name="record"),
    path("reports/", views.published, name="published"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/review/", review_views.review, name="review"),
    path("reports/<int:pk>/members/", review_views.members, name="members"),
    path("reports/<int:pk>/reply/", review_views.reply, name="reply"),
    path("reports/<int:pk>/steps/<slug:step>/", review_views.step, name="step"),
    path("reports/<int:pk>/links/", sharing_views.share, name="share"),
    path("remarks/<int:pk>/answer/", review_views.answer, name="remark_answer"),
    path("links/<int:pk>/revoke/", sharing_views.revoke, name="share_revoke"),
    path("shared/<str:token>/", sharing_views.shared, name="shared"),
    path("reports/<int:pk>/charts/<slug:chart>.csv", views.chart_csv, name="chart_csv"),
    path("reports/<int:pk>/plan/", views.plan, name="plan"),
    path("reports/<int:pk>/plan/schedule.csv", views.plan_schedule, name="plan_schedule"),
    path("reports/<int:pk>/plan/costing.xlsx", views.plan_costing, name="plan_costing"),
    path(
        "reports/<int:pk>/plan/paper.<slug:form>",
        plan_paper.public_plan_paper,
        name="public_plan_paper",
    ),
    path("rounds/<int:pk>/plan/paper.<slug:form>", plan_paper.plan_paper, name="plan_paper"),
    path("reports/<int:pk>/snapshot.json", views.snapshot, name="snapshot"),
    path(
        "reports/<int:pk>/files/<slug:audience>.<slug:form>",
        paper_views.download,
        name="download",
    ),
    path("reports/<int:pk>/making.json", paper_views.making, name="making"),
    path("reports/<int:pk>/make/<slug:audience>.<slug:form>", paper_views.make, name="make"),
]
