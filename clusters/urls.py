from django.urls import path

from clusters import views

app_name = "clusters"

urlpatterns = [
    path("account/people/invite/cluster/", views.invite, name="invite"),
]
