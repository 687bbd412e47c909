"""The API of assignments: what a person owes, and who has which part of a sheet."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import require, visible
from accounts.models import User
from activity.calls import CallView, Nothing, given
from diagnostics import actions, assignments, queries
from diagnostics.models import Assignment, Sheet


class AssignmentSerializer(serializers.ModelSerializer):
    """A theme, or a single item of it, given to a person."""

    person_name = serializers.CharField(source="person.name", read_only=True)
    item = serializers.CharField(source="item.code", default=None, allow_null=True)

    class Meta:
        model = Assignment
        fields = ["id", "sheet", "person", "person_name", "theme", "item", "due_on", "at"]


class GiveSerializer(serializers.Serializer):
    """Themes and items (codes) for one person; what the person has already gets the new date."""

    person = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    themes = serializers.ListField(
        child=serializers.CharField(max_length=60), default=list, max_length=50
    )
    items = serializers.ListField(
        child=serializers.CharField(max_length=121), default=list, max_length=200
    )
    due_on = serializers.DateField(allow_null=True, default=None)

    def validate_person(self, number: int) -> User:
        filling = queries.people_filling([self.context["sheet"]])
        person: User | None = filling.filter(pk=number).first()
        if person is None:
            raise serializers.ValidationError(_("This is nobody who may fill the sheet."))
        return person


class OwedSerializer(serializers.Serializer):
    """The person's part of one sheet: codes of the items still open, and of those answered."""

    sheet = serializers.IntegerField(source="sheet.pk")
    round = serializers.IntegerField(source="sheet.round_id")
    open = serializers.SerializerMethodField()
    done = serializers.SerializerMethodField()
    next_due = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()

    def get_open(self, owed: assignments.Owed) -> list[str]:
        return sorted(owed.open)

    def get_done(self, owed: assignments.Owed) -> list[str]:
        return sorted(owed.done)


class OwedView(CallView):
    """What the person still owes in sheets that take answers, what is due first at the top."""

    @extend_schema(responses=OwedSerializer(many=True))
    def get(self, request: Request) -> ApiResponse:
        return ApiResponse(OwedSerializer(assignments.of_person(request.user), many=True).data)


class AssignmentsView(CallView):
    """Who has which part of a sheet; posting gives parts, and the person is told."""

    @extend_schema(responses=AssignmentSerializer(many=True))
    def get(self, request: Request, pk: int) -> ApiResponse:
        rows = _sheet(request, pk).assignments.select_related("person", "item")
        return ApiResponse(AssignmentSerializer(rows, many=True).data)

    @extend_schema(request=GiveSerializer, responses={201: AssignmentSerializer(many=True)})
    def post(self, request: Request, pk: int) -> ApiResponse:
        sheet = _sheet(request, pk)
        said = given(request, GiveSerializer, sheet=sheet)
        made = actions.assign(sheet=sheet, by=request.user, **said)
        return ApiResponse(
            AssignmentSerializer(made, many=True).data, status=status.HTTP_201_CREATED
        )


class AssignmentEndView(CallView):
    """Take a part away again."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> ApiResponse:
        sheets = queries.round_sheets_visible_to(request.user)
        rows = Assignment.objects.filter(sheet__in=sheets)
        found = visible(
            rows.select_related("sheet__round__country", "sheet__organisation", "person"), pk=pk
        )
        _require_coordinator(request, found.sheet)
        given(request, Nothing)
        actions.end_assignment(assignment=found, by=request.user)
        return ApiResponse(status=status.HTTP_204_NO_CONTENT)


def _sheet(request: Request, pk: int) -> Sheet:
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    _require_coordinator(request, sheet)
    return sheet


def _require_coordinator(request: Request, sheet: Sheet) -> None:
    require(
        queries.runs(request.user, sheet.round_id),
        _("Only a coordinator of the country assigns parts of a sheet."),
    )
