"""The API of the discussions of items: the same doors as the pages."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import visible
from accounts.models import User
from activity import comments
from activity.calls import CallView, Nothing, given
from activity.models import Comment
from diagnostics import discussing


class CommentSerializer(serializers.ModelSerializer):
    """What somebody said; `mentioned` are the people who were told, by their numbers."""

    text = serializers.CharField(max_length=comments.LONGEST)
    by_name = serializers.CharField(source="by.name", read_only=True)
    mentioned = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1),
        default=list,
        max_length=50,
        write_only=True,
    )

    class Meta:
        model = Comment
        fields = ["id", "text", "by", "by_name", "at", "mentions", "mentioned", "resolved_at"]
        read_only_fields = ["by", "at", "mentions", "resolved_at"]

    def validate_mentioned(self, numbers: list[int]) -> list[User]:
        people = [one for one in self.context["people"] if one.pk in numbers]
        if len(people) < len(set(numbers)):
            raise serializers.ValidationError(
                _("Somebody of these does not take part in the discussion.")
            )
        return people


class _Comments(CallView):
    """The comments on an item, oldest first; posting adds one."""

    find = staticmethod(discussing.of_sheet)

    @extend_schema(responses=CommentSerializer(many=True))
    def get(self, request: Request, pk: int, item: str) -> ApiResponse:
        found = self.find(request.user, pk, item)
        return ApiResponse(CommentSerializer(comments.on(found.topic), many=True).data)

    @extend_schema(request=CommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, pk: int, item: str) -> ApiResponse:
        found = self.find(request.user, pk, item)
        said = given(request, CommentSerializer, people=found.people)
        made = found.say(by=request.user, **said)
        return ApiResponse(CommentSerializer(made).data, status=status.HTTP_201_CREATED)


class SheetCommentsView(_Comments):
    """The discussion of an item inside one sheet; posting adds a comment."""


class SettlementCommentsView(_Comments):
    """The discussion of an item while differences are settled; posting adds a comment."""

    find = staticmethod(discussing.of_settlement)


class _Resolve(CallView):
    find = staticmethod(discussing.of_sheet)

    @extend_schema(request=None, responses=CommentSerializer)
    def post(self, request: Request, pk: int, item: str, comment: int) -> ApiResponse:
        found = self.find(request.user, pk, item)
        said = visible(comments.on(found.topic), pk=comment)
        given(request, Nothing)
        comments.resolve(comment=said, by=request.user)
        said.refresh_from_db()
        return ApiResponse(CommentSerializer(said).data)


class SheetCommentResolveView(_Resolve):
    """Mark a comment on an item of a sheet as dealt with; it stays readable."""


class SettlementCommentResolveView(_Resolve):
    """Mark a comment on an item in the settlement as dealt with; it stays readable."""

    find = staticmethod(discussing.of_settlement)
