from django.urls import path

from clusters import views

app_name = "clusters"

urlpatterns = [
    path("account/people/<int:pk>/cluster-role/", views.role_new, name="role_new"),
]
