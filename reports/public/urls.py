from django.urls import path
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from reports.public import views

app_name = "public"

urlpatterns = [
    path("p/", views.start, name="start"),
    path("p/reports.json", views.as_json, name="json"),
    path("p/reports.csv", views.as_table, name="csv"),
    path("p/studies.csv", views.studies_as_table, name="studies_csv"),
    path("p/reports.atom", views.feed, {"form": Atom1Feed}, name="feed"),
    path("p/reports.rss", views.feed, {"form": Rss201rev2Feed}, name="rss"),
    path("p/<str:code>/", views.country, name="country"),
    path("p/<str:code>/<slug:round>/v<int:number>/", views.version, name="version"),
    path("p/<str:code>/<slug:round>/v<int:number>/snapshot.json", views.snapshot, name="snapshot"),
    path("p/<str:code>/<slug:cluster>/study-<int:number>/", views.study, name="study"),
    path(
        "p/<str:code>/<slug:cluster>/study-<int:number>/content.json",
        views.study_content,
        name="study_content",
    ),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
