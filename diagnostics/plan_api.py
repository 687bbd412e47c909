"""The API of a plan: what its page shows, through the same door."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from diagnostics import queries
from diagnostics.models import Funding, Measure, Plan, ProgressNote
from diagnostics.planned import status_of


class FundingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Funding
        fields = ["source", "funder", "amount"]


class ProgressSerializer(serializers.ModelSerializer):
    class Meta:
        model = ProgressNote
        fields = ["status", "text", "value", "at"]


class MeasureSerializer(serializers.ModelSerializer):
    """`status` is that of the newest note; `requires` has the numbers of measures."""

    status = serializers.SerializerMethodField()
    owner = serializers.CharField(source="owner.name", default=None, allow_null=True)
    funding = FundingSerializer(many=True)
    notes = ProgressSerializer(many=True)

    class Meta:
        model = Measure
        fields = [
            "id", "theme", "horizon", "picked", "title", "text", "owner", "addressee", "pathway",
            "start", "end", "cost", "currency", "price_year", "cost_source", "indicator",
            "baseline", "target", "risk", "condition", "requires", "status", "funding", "notes",
        ]  # fmt: skip

    def get_status(self, measure: Measure) -> str:
        return status_of(measure)


class PlanSerializer(serializers.ModelSerializer):
    """`provenance` and `label` say whether what the plan follows from is real."""

    provenance = serializers.CharField(source="round.provenance")
    label = serializers.CharField(source="round.label")
    measures = MeasureSerializer(many=True)
    judgements = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = ["round", "state", "provenance", "label", "measures", "judgements"]

    def get_judgements(self, plan: Plan) -> dict[str, str]:
        return dict(plan.judgements.values_list("criterion", "text"))


class PlanView(APIView):
    """The action plan of a round."""

    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request, pk: int) -> Response:
        plans = Plan.objects.filter(round__in=queries.rounds_visible_to(request.user))
        rows = ("measures__owner", "measures__funding", "measures__notes", "measures__requires")
        found = visible(plans.select_related("round").prefetch_related(*rows), round=pk)
        return Response(PlanSerializer(found).data)
