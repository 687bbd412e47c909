from django.urls import path

from indicators.composite import views

app_name = "indices"

urlpatterns = [
    path("indices/", views.indices, name="indices"),
    path("indices/<str:code>/", views.index, name="index"),
    path("indices/<str:code>/<slug:name>.csv", views.table_csv, name="table_csv"),
]
