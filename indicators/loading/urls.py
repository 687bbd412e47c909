from django.urls import path

from indicators.loading import dataset_views, decision_views, import_views

app_name = "loading"

urlpatterns = [
    path("datasets/", dataset_views.datasets, name="datasets"),
    path("new-dataset/", dataset_views.dataset_new, name="dataset_new"),
    path("datasets/<str:code>/", dataset_views.dataset, name="dataset"),
    path("datasets/<str:code>/describe/", dataset_views.dataset_describe, name="dataset_describe"),
    path("datasets/<str:code>/upload/", dataset_views.upload, name="upload"),
    path("imports/<int:pk>/", import_views.imported, name="import"),
    path("imports/<int:pk>/layout/", import_views.layout, name="layout"),
    path("imports/<int:pk>/countries/", decision_views.countries, name="countries"),
    path("imports/<int:pk>/indicators/", decision_views.indicators, name="indicators"),
    path("imports/<int:pk>/describe/", import_views.describe, name="describe"),
    path("imports/<int:pk>/check/", import_views.check, name="check"),
    path("imports/<int:pk>/commit/", import_views.commit, name="commit"),
    path("imports/<int:pk>/undo/", import_views.undo, name="undo"),
    path("imports/<int:pk>/discard/", import_views.discard, name="discard"),
    path("imports/<int:pk>/recipe/", import_views.keep_recipe, name="recipe"),
    path("imports/<int:pk>/file/", import_views.file, name="file"),
    path("imports/<int:pk>/marked/", import_views.marked, name="marked"),
]
