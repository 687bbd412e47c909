"""The API of a report version's review, steps and links: the same rules as the pages."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import require, visible
from accounts.models import Organisation
from accounts.roles import Permission
from accounts.sessions import proved_lately
from activity.calls import CallView, Nothing, given
from reports import actions, lives, queries
from reports.api import ReplySerializer
from reports.models import Remark, ReportVersion, ShareLink
from reports.review_views import STEPS, of_members, require_coordinator, require_step
from reports.reviewing import Review


class RemarkSerializer(serializers.ModelSerializer):
    """A comment on a part of a report (`anchor`), with its answer; persons are never named."""

    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    text = serializers.CharField(source="comment.text", max_length=5000)
    at = serializers.DateTimeField(source="comment.at", read_only=True)

    class Meta:
        model = Remark
        fields = [
            "id", "anchor", "about", "item", "organisation", "organisation_name", "text", "at",
            "verdict", "answer",
        ]  # fmt: skip
        read_only_fields = ["about", "item", "verdict", "answer"]


class VerdictSerializer(serializers.Serializer):
    verdict = serializers.ChoiceField(
        [one for one in Remark.Verdict.values if one != Remark.Verdict.OPEN]
    )
    answer = serializers.CharField(max_length=2000)
    reopen = serializers.BooleanField(default=False)


class ReplyToSerializer(serializers.Serializer):
    organisation = serializers.PrimaryKeyRelatedField(queryset=Organisation.objects.all())
    text = serializers.CharField(max_length=5000, allow_blank=True)


class ReportStepSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
    on = serializers.DateField(allow_null=True, default=None)


class ReportStateSerializer(serializers.Serializer):
    """Where the version is, and the steps this person may take."""

    state = serializers.CharField()
    publish_on = serializers.DateField(allow_null=True)
    steps = serializers.ListField(child=serializers.CharField())


class ShareSerializer(serializers.ModelSerializer):
    """A share link; `address` is there once, when it is made."""

    days = serializers.IntegerField(min_value=1, write_only=True)
    opened_at = serializers.SerializerMethodField()
    address = serializers.CharField(read_only=True, default=None, allow_null=True)

    class Meta:
        model = ShareLink
        fields = [
            "id", "reader", "days", "made_at", "expires_at", "revoked_at", "opened_at", "address",
        ]  # fmt: skip
        read_only_fields = ["made_at", "expires_at", "revoked_at"]

    def get_opened_at(self, link: ShareLink) -> list[str]:
        """When it was opened, the newest first."""
        return [opening.at.isoformat() for opening in link.openings.all()]


class RemarksView(CallView):
    """The comments on a version; posting files one while it is in review."""

    @extend_schema(responses=RemarkSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        report = of_members(request, pk)
        found = report.remarks.select_related("comment", "organisation")
        return Response(RemarkSerializer(found, many=True).data)

    @extend_schema(request=RemarkSerializer, responses={201: RemarkSerializer})
    def post(self, request: Request, pk: int) -> Response:
        report = of_members(request, pk)
        own = queries.organisations_of(request.user, Permission.REPORT_REVIEW, report)
        require(own.exists(), _("Only reviewers of the country's reports comment on them."))
        said = given(request, RemarkSerializer)
        _require_own(own, said["organisation"])
        said["text"] = said.pop("comment")["text"]
        filed = actions.remark(report=report, by=request.user, **said)
        return Response(RemarkSerializer(filed).data, status=status.HTTP_201_CREATED)


class RemarkAnswerView(CallView):
    """The coordinator's answer to a comment."""

    @extend_schema(request=VerdictSerializer, responses=RemarkSerializer)
    def post(self, request: Request, pk: int) -> Response:
        remark = visible(queries.remarks_visible_to(request.user), pk=pk)
        require_coordinator(request, remark.report)
        said = given(request, VerdictSerializer)
        done = actions.answer_remark(remark=remark, by=request.user, **said)
        return Response(RemarkSerializer(done).data)


class ReportReplyView(CallView):
    """The reply of an assessed ministry; an empty text takes it back."""

    @extend_schema(request=ReplyToSerializer, responses=ReplySerializer(many=True))
    def put(self, request: Request, pk: int) -> Response:
        report = of_members(request, pk)
        own = queries.organisations_replying(request.user, report)
        require(own.exists(), _("Only members of an assessed ministry write its reply."))
        said = given(request, ReplyToSerializer)
        _require_own(own, said["organisation"])
        actions.reply(report=report, by=request.user, **said)
        return Response(ReplySerializer(report.replies.all(), many=True).data)


class ReportStepView(CallView):
    """Take a step of the version's life."""

    @extend_schema(request=ReportStepSerializer, responses=ReportStateSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        report = of_members(request, pk)
        if step not in STEPS:
            raise Http404
        require_step(request, report, step)
        proof = not lives.REPORT[step].asks_proof or proved_lately(request)
        require(proof, _("Only after a fresh sign-in is this done; sign in again."))
        said = given(request, ReportStepSerializer)
        if not lives.REPORT[step].asks_reason:
            del said["reason"]
        if step != "publish":
            del said["on"]
        STEPS[step](report=report, by=request.user, **said)
        now = ReportVersion.objects.select_related("round__country").get(pk=pk)
        steps = [one.code for one in Review(now, request.user).steps]
        return Response({"state": now.state, "publish_on": now.publish_on, "steps": steps})


class ShareLinksView(CallView):
    """The share links of a version; posting makes one."""

    @extend_schema(responses=ShareSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        report = of_members(request, pk)
        require_coordinator(request, report)
        links = report.links.prefetch_related("openings")
        return Response(ShareSerializer(links, many=True).data)

    @extend_schema(request=ShareSerializer, responses={201: ShareSerializer})
    def post(self, request: Request, pk: int) -> Response:
        report = of_members(request, pk)
        require_coordinator(request, report)
        said = given(request, ShareSerializer)
        link, token = actions.share(report=report, by=request.user, **said)
        address = request.build_absolute_uri(reverse("reports:shared", args=[token]))
        made = ShareSerializer(link).data | {"address": address}
        return Response(made, status=status.HTTP_201_CREATED)


class ShareRevokeView(CallView):
    """Close a share link at once."""

    @extend_schema(request=None, responses=ShareSerializer)
    def post(self, request: Request, pk: int) -> Response:
        links = ShareLink.objects.filter(report__in=queries.reports_of_members(request.user))
        link = visible(links, pk=pk)
        require_coordinator(request, link.report)
        given(request, Nothing)
        actions.revoke_link(link=link, by=request.user)
        link.refresh_from_db()
        return Response(ShareSerializer(link).data)


def _require_own(own: Any, organisation: Organisation) -> None:
    mine = own.filter(pk=organisation.pk).exists()
    require(mine, _("Only for your own organisation do you say something."))
