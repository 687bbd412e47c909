"""The API of reports: what a round found, through the same doors as the report's page."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from activity.calls import CallView
from diagnostics.results import RoundResultSerializer
from reports import queries
from reports.models import Reply, ReportVersion


class ReportSerializer(serializers.ModelSerializer):
    """One version; `provenance` and `label` say whether its answers are real."""

    title = serializers.CharField(source="round.title")
    country = serializers.CharField(source="round.country_id")
    cluster = serializers.CharField(source="round.cluster", default=None, allow_null=True)
    period_start = serializers.DateField(source="round.period_start")
    period_end = serializers.DateField(source="round.period_end")
    provenance = serializers.CharField(source="round.provenance")
    label = serializers.CharField(source="round.label")
    state = serializers.CharField()  # draft, in_review, approved, published, withdrawn, superseded
    superseded_by = serializers.SerializerMethodField()

    class Meta:
        model = ReportVersion
        fields = [
            "id", "title", "country", "cluster", "period_start", "period_end", "provenance",
            "label", "number", "state", "sha256", "published_at", "withdrawn_at",
            "withdrawn_because", "superseded_by",
        ]  # fmt: skip

    def get_superseded_by(self, report: ReportVersion) -> int | None:
        """The valid version's number in the address, of a superseded one."""
        if report.state != ReportVersion.State.SUPERSEDED:
            return None
        newer = queries.newest_published(report.round_id)
        return newer.pk if newer else None


class ReplySerializer(serializers.ModelSerializer):
    """What an assessed ministry replies; persons are never named."""

    organisation = serializers.CharField(source="organisation.name")

    class Meta:
        model = Reply
        fields = ["organisation", "text"]


class ReportResultSerializer(ReportSerializer):
    """`result` is null for a withdrawn version, of which the reason stands in its place."""

    result = RoundResultSerializer(source="snapshot.result", allow_null=True)
    replies = ReplySerializer(many=True)

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "result", "replies"]


class ReportsView(CallView):
    """The report versions this person may read: published ones, and drafts where invited."""

    permission_classes = [AllowAny]

    @extend_schema(responses=ReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        shown = queries.reports_visible_to(request.user).defer("snapshot")
        return Response(ReportSerializer(shown, many=True).data)


class ReportResultView(CallView):
    """One report version with its whole result, as its page shows it."""

    permission_classes = [AllowAny]

    @extend_schema(responses=ReportResultSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return self.told(request, pk=pk)

    def told(self, request: Request, **lookup: int) -> Response:
        """The newest version with this lookup that the person may read."""
        found = queries.reports_visible_to(request.user).filter(**lookup)
        shown = found.order_by("-number").first()
        if shown is None and not request.user.is_authenticated:
            raise NotAuthenticated
        if shown is None:
            raise Http404
        # The result goes out as it was stored: nothing moves under a reader.
        gone = shown.state == ReportVersion.State.WITHDRAWN
        replies = [] if gone else ReplySerializer(shown.replies.all(), many=True).data
        told = ReportSerializer(shown).data
        told |= {"result": None if gone else shown.snapshot["result"], "replies": replies}
        return Response(told)


class RoundResultView(ReportResultView):
    """What a closed round found: the newest report version that this person may read."""

    @extend_schema(operation_id="round_result_retrieve", responses=ReportResultSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return self.told(request, round=pk)
