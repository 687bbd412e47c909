"""The API of rounds and their sheets: which there are, practice, and the steps of a sheet."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse
from rest_framework.views import APIView

from accounts.doors import require, visible
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.steps import possible
from countries.models import Country
from diagnostics import actions, lives, queries
from diagnostics.models import Round, Sheet


class RoundSerializer(serializers.ModelSerializer):
    """`provenance` and `label` say what its answers are."""

    instrument = serializers.CharField(source="instrument_version.code")
    version = serializers.CharField(source="instrument_version.version")
    state = serializers.CharField()

    class Meta:
        model = Round
        fields = [
            "id", "title", "country", "cluster", "instrument", "version", "period_start",
            "period_end", "due_on", "state", "provenance", "label",
        ]  # fmt: skip


class SheetInRoundSerializer(serializers.ModelSerializer):
    organisation_name = serializers.CharField(
        source="organisation.name", default=None, allow_null=True
    )
    state = serializers.CharField()

    class Meta:
        model = Sheet
        fields = ["id", "organisation", "organisation_name", "panel", "themes", "state",
                  "submission", "submitted_at"]  # fmt: skip


class RoundInFullSerializer(RoundSerializer):
    """`steps` are those that the state allows; `sheets` those whose answers the person may read."""

    steps = serializers.SerializerMethodField()
    sheets = serializers.SerializerMethodField()

    class Meta(RoundSerializer.Meta):
        fields = [*RoundSerializer.Meta.fields, "steps", "sheets"]

    def get_steps(self, round: Round) -> list[str]:
        return [one.code for one in possible(round, lives.ROUND)]

    @extend_schema_field(SheetInRoundSerializer(many=True))
    def get_sheets(self, round: Round) -> list[dict]:
        sheets = queries.sheets_visible_to(self.context["user"]).filter(round=round)
        return SheetInRoundSerializer(sheets, many=True).data


class SheetStepSerializer(serializers.Serializer):
    """Opening a sheet again asks for a reason."""

    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class SheetStateSerializer(serializers.Serializer):
    state = serializers.CharField()
    submission = serializers.IntegerField()


class RoundsView(APIView):
    """The rounds of the countries and clusters in which the person has a part, newest first."""

    @extend_schema(responses=RoundSerializer(many=True))
    def get(self, request: Request) -> ApiResponse:
        return ApiResponse(RoundSerializer(queries.rounds_visible_to(request.user), many=True).data)


class RoundView(APIView):
    """One round with its sheets."""

    @extend_schema(responses=RoundInFullSerializer)
    def get(self, request: Request, pk: int) -> ApiResponse:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        return ApiResponse(RoundInFullSerializer(round, context={"user": request.user}).data)


class PracticeView(APIView):
    """Open a round for learning: marked so, and kept out of everything published."""

    @extend_schema(request=None, responses={201: RoundSerializer})
    def post(self, request: Request, code: str) -> ApiResponse:
        country = visible(Country.objects.all(), code=code)
        require(
            countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=country.pk).exists(),
            _("Only a coordinator of the country starts a practice round."),
        )
        made = actions.start_practice(country=country, by=request.user)
        return ApiResponse(RoundSerializer(made).data, status=status.HTTP_201_CREATED)


class SheetStepView(APIView):
    """Submit a sheet, or open it again with a reason."""

    @extend_schema(request=SheetStepSerializer, responses=SheetStateSerializer)
    def post(self, request: Request, pk: int, step: str) -> ApiResponse:
        sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
        sent = SheetStepSerializer(data=request.data)
        match step:
            case "submit":
                require(
                    queries.fills(request.user, sheet),
                    _("Only members of the organisation submit its sheet."),
                )
                actions.submit_sheet(sheet=sheet, by=request.user)
            case "reopen":
                require(
                    queries.runs(request.user, sheet.round_id),
                    _("Only a coordinator of the country opens a sheet again."),
                )
                sent.is_valid(raise_exception=True)
                reason = sent.validated_data["reason"]
                actions.reopen_sheet(sheet=sheet, reason=reason, by=request.user)
            case _unknown:
                raise Http404
        sheet.refresh_from_db()
        return ApiResponse(SheetStateSerializer(sheet).data)
