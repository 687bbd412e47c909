from django.urls import path

from reports.comparing import views

app_name = "comparing"

urlpatterns = [
    path("compare/", views.countries, name="countries"),
    path("compare/<slug:part>.csv", views.countries_csv, name="countries_csv"),
    path("compare/over-time/<str:code>/", views.rounds, name="rounds"),
    path("compare/over-time/<str:code>/<slug:part>.csv", views.rounds_csv, name="rounds_csv"),
    path("reports/<int:pk>/panels/", views.of_panels, name="panels"),
    path("reports/<int:pk>/panels/<slug:chart>.csv", views.panels_csv, name="panels_csv"),
]
