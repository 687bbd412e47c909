from django.urls import path

from reports import paper_views, sheet_paper, views

app_name = "reports"

urlpatterns = [
    path(
        "sheets/<int:pk>/paper/<slug:what>.<slug:form>", sheet_paper.sheet_paper, name="sheet_paper"
    ),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/paper/", paper_views.choices, name="paper"),
    path("reports/", views.published, name="published"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/charts/<slug:chart>.csv", views.chart_csv, name="chart_csv"),
    path("reports/<int:pk>/plan/", views.plan, name="plan"),
    path("reports/<int:pk>/snapshot.json", views.snapshot, name="snapshot"),
    path(
        "reports/<int:pk>/files/<slug:audience>.<slug:form>",
        paper_views.download,
        name="download",
    ),
    path("reports/<int:pk>/make/<slug:audience>.<slug:form>", paper_views.make, name="make"),
]
