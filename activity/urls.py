from django.urls import path

from activity import views

app_name = "activity"

urlpatterns = [
    path("notifications/", views.notices, name="notices"),
    path("notifications/choices/", views.notice_choices, name="notice_choices"),
    path("notifications/<int:pk>/", views.notice, name="notice"),
]
