"""The state of a job, for the one who asked for it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from activity import notices
from activity.models import Job, Notification
from activity.queries import jobs_visible_to, notices_of


class JobSerializer(serializers.ModelSerializer):
    """`next` is the address of what the work made, once it is done."""

    next = serializers.CharField(source="made", read_only=True)

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "progress", "message", "attempt", "next"]


class JobView(APIView):
    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, pk: str) -> Response:
        return Response(JobSerializer(visible(jobs_visible_to(request.user), pk=pk)).data)


class NotificationSerializer(serializers.ModelSerializer):
    """`text` is the notification in words; `url` where it leads."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "kind", "text", "url", "at", "read_at"]

    def get_text(self, notification: Notification) -> str:
        return notices.in_words(notification)


class NotificationsView(APIView):
    """The newest notifications of the person; posting marks all as read."""

    @extend_schema(responses=NotificationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(NotificationSerializer(notices_of(request.user)[:100], many=True).data)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        notices_of(request.user).filter(read_at=None).update(read_at=timezone.now())
        return Response(status=204)
