"""The state of a job, for the one who asked for it."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from activity.models import Job
from activity.queries import jobs_visible_to


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
