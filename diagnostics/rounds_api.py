"""The API of rounds and their sheets: which there are, practice, and the steps of a sheet."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import require, visible
from accounts.models import Organisation
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.calls import CallView, CountryField, Nothing, given
from activity.steps import possible
from clusters.models import Cluster
from countries.models import Country
from diagnostics import actions, lives, queries
from diagnostics.models import InstrumentVersion, Round, Sheet
from diagnostics.models.rounds import Panel


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


class SheetAskedSerializer(serializers.Serializer):
    """One organisation's sheet: in which panel it answers, and which themes."""

    organisation = serializers.PrimaryKeyRelatedField(queryset=Organisation.objects.all())
    panel = serializers.ChoiceField([one for one in Panel.choices if one[0] != Panel.AGREED])
    themes = serializers.ListField(child=serializers.CharField(max_length=100), max_length=100)


class RoundPlannedSerializer(serializers.Serializer):
    """`instrument_version` is published; `cluster` only where the instrument is about one."""

    country = CountryField()
    cluster = serializers.PrimaryKeyRelatedField(
        queryset=Cluster.objects.all(), allow_null=True, default=None
    )
    instrument_version = serializers.PrimaryKeyRelatedField(
        queryset=InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED)
    )
    title = serializers.CharField(max_length=200)
    period_start = serializers.DateField()
    period_end = serializers.DateField()
    due_on = serializers.DateField(allow_null=True, default=None)
    sheets = SheetAskedSerializer(many=True)


class SheetStepSerializer(serializers.Serializer):
    """Opening a sheet again asks for a reason."""

    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class SheetStateSerializer(serializers.Serializer):
    state = serializers.CharField()
    submission = serializers.IntegerField()


class RoundsView(CallView):
    """The rounds of the countries and clusters in which the person has a part, newest first."""

    @extend_schema(responses=RoundSerializer(many=True))
    def get(self, request: Request) -> ApiResponse:
        return ApiResponse(RoundSerializer(queries.rounds_visible_to(request.user), many=True).data)

    @extend_schema(request=RoundPlannedSerializer, responses={201: RoundSerializer})
    def post(self, request: Request) -> ApiResponse:
        """Plan a round: what it is about, its period, and which organisation answers what."""
        countries = countries_allowing(request.user, Permission.ROUND_RUN)
        require(countries.exists(), _("Only a coordinator plans rounds."))
        said = given(request, RoundPlannedSerializer)
        require(
            countries.filter(pk=said["country"].pk).exists(),
            _("Only a coordinator of the country plans its rounds."),
        )
        period = said.pop("period_start"), said.pop("period_end")
        sheets = [(one["organisation"], one["panel"], one["themes"]) for one in said.pop("sheets")]
        planned = actions.plan_round(period=period, sheets=sheets, by=request.user, **said)
        return ApiResponse(RoundSerializer(planned).data, status=status.HTTP_201_CREATED)


class RoundView(CallView):
    """One round with its sheets."""

    @extend_schema(responses=RoundInFullSerializer)
    def get(self, request: Request, pk: int) -> ApiResponse:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        return ApiResponse(RoundInFullSerializer(round, context={"user": request.user}).data)


class PracticeView(CallView):
    """Open a round for learning: marked so, and kept out of everything published."""

    @extend_schema(request=None, responses={201: RoundSerializer})
    def post(self, request: Request, code: str) -> ApiResponse:
        country = visible(Country.objects.all(), code=code)
        require(
            countries_allowing(request.user, Permission.ROUND_RUN).filter(pk=country.pk).exists(),
            _("Only a coordinator of the country starts a practice round."),
        )
        given(request, Nothing)
        made = actions.start_practice(country=country, by=request.user)
        return ApiResponse(RoundSerializer(made).data, status=status.HTTP_201_CREATED)


class SheetStepView(CallView):
    """Submit a sheet, or open it again with a reason; a firm's profile needs none."""

    @extend_schema(request=SheetStepSerializer, responses=SheetStateSerializer)
    def post(self, request: Request, pk: int, step: str) -> ApiResponse:
        sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
        match step:
            case "submit":
                require(
                    queries.fills(request.user, sheet),
                    _("Only members of the organisation submit its sheet."),
                )
                given(request, Nothing)
                actions.submit_sheet(sheet=sheet, by=request.user)
            case "reopen":
                require(
                    queries.reopens(request.user, sheet),
                    _("Only a coordinator of the country opens a sheet again."),
                )
                said = given(request, SheetStepSerializer)
                actions.reopen_sheet(sheet=sheet, by=request.user, **said)
            case _unknown:
                raise Http404
        sheet.refresh_from_db()
        return ApiResponse(SheetStateSerializer(sheet).data)
