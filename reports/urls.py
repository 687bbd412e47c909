from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("countries/<str:code>/", views.country, name="country"),
    path("reports/", views.published, name="published"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/charts/<slug:chart>.csv", views.chart_csv, name="chart_csv"),
    path("reports/<int:pk>/snapshot.json", views.snapshot, name="snapshot"),
]
