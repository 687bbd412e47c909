from django.urls import path

from indicators.explorer import views

app_name = "explorer"

urlpatterns = [
    path("indicators/", views.index, name="index"),
    path("indicators/compare/", views.compare, name="compare"),
    path("indicators/compare.csv", views.compare_csv, name="compare_csv"),
    path("indicators/<int:pk>/", views.indicator, name="indicator"),
    path("indicators/<int:pk>/lines.csv", views.lines_csv, name="lines_csv"),
    path("indicators/<int:pk>/ranking.csv", views.ranking_csv, name="ranking_csv"),
    path("countries/<str:code>/indicators/", views.country, name="country"),
    path("countries/<str:code>/indicators.csv", views.country_csv, name="country_csv"),
]
