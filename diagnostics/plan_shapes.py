"""A plan and its measures as the API tells and takes them."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organisation
from activity.steps import possible
from clusters.studies.shapes import StudyJudgementSerializer
from diagnostics import lives
from diagnostics.actions.planning import Candidate
from diagnostics.models import Funding, Interest, Measure, Plan, ProgressNote
from diagnostics.planned import status_of


class FundingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Funding
        fields = ["id", "source", "funder", "amount"]


class ProgressSerializer(serializers.ModelSerializer):
    class Meta:
        model = ProgressNote
        fields = ["status", "text", "value", "at"]
        read_only_fields = ["at"]


class InterestSerializer(serializers.ModelSerializer):
    """What a donor would fund; no promise."""

    organisation_name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Interest
        fields = ["id", "organisation", "organisation_name", "text", "at"]
        read_only_fields = ["at"]

    def validate_organisation(self, organisation: Organisation) -> Organisation:
        if organisation not in self.context["own"]:
            raise serializers.ValidationError(
                _("Only for your own organisation do you say something.")
            )
        return organisation


class MeasureSerializer(serializers.ModelSerializer):
    """`status` is that of the newest note; `requires` has the numbers of measures; `interests` are
    told to coordinators and donors only."""

    status = serializers.SerializerMethodField()
    owner_name = serializers.CharField(source="owner.name", default=None, allow_null=True)
    funding = FundingSerializer(many=True)
    notes = ProgressSerializer(many=True)
    interests = serializers.SerializerMethodField()

    class Meta:
        model = Measure
        fields = [
            "id", "theme", "horizon", "picked", "title", "text", "owner", "owner_name", "addressee",
            "pathway", "start", "end", "cost", "currency", "price_year", "cost_source", "indicator",
            "baseline", "target", "risk", "condition", "requires", "status", "funding", "notes",
            "interests",
        ]  # fmt: skip

    def get_status(self, measure: Measure) -> str:
        return status_of(measure)

    @extend_schema_field(InterestSerializer(many=True))
    def get_interests(self, measure: Measure) -> Any:
        if not self.context["names"]:
            return []
        marked = [one for one in measure.interests.all() if one.withdrawn_at is None]
        return InterestSerializer(marked, many=True).data


class MeasureWritingSerializer(serializers.ModelSerializer):
    """A measure as it is sent; whether its values fit together is for the action to say."""

    class Meta:
        model = Measure
        fields = [
            "title", "text", "theme", "horizon", "owner", "addressee", "pathway", "start", "end",
            "cost", "currency", "price_year", "cost_source", "indicator", "baseline", "target",
            "risk", "condition", "requires",
        ]  # fmt: skip

    def get_fields(self) -> Any:
        fields = super().get_fields()
        if plan := self.context.get("plan"):  # none where only the schema is read
            here = Organisation.objects.filter(country=plan.round.country_id)
            fields["owner"].queryset = here
            fields["requires"].child_relation.queryset = plan.measures.all()
        return fields


class MeasureChangeSerializer(MeasureWritingSerializer):
    """A measure as it is written anew; what is not sent stays."""

    class Meta(MeasureWritingSerializer.Meta):
        extra_kwargs: ClassVar = {
            name: {"required": False} for name in ("title", "theme", "horizon")
        }


class OfferedSerializer(serializers.Serializer):
    """What the road map offers; `there` says that the plan has it."""

    picked = serializers.CharField()
    theme = serializers.CharField()
    horizon = serializers.IntegerField()
    title = serializers.CharField()
    addressee = serializers.CharField(allow_blank=True)
    pathway = serializers.CharField(allow_blank=True)
    there = serializers.BooleanField()


class PickingSerializer(serializers.Serializer):
    """By the keys under which they are offered."""

    picked = serializers.ListField(child=serializers.CharField(max_length=110), max_length=500)

    def validate_picked(self, codes: list[str]) -> list[Candidate]:
        offered = self.context["offered"]
        if unknown := [code for code in codes if code not in offered]:
            raise serializers.ValidationError(
                _("The road map offers no “%(code)s”.") % {"code": unknown[0]}
            )
        return [offered[code] for code in codes]


class PlanStepSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class PlanJudgementSerializer(StudyJudgementSerializer):
    """As of a study."""


class PlanSerializer(serializers.ModelSerializer):
    """`provenance` and `label` say whether what the plan follows from is real; `steps` are those
    its state allows."""

    provenance = serializers.CharField(source="round.provenance")
    label = serializers.CharField(source="round.label")
    steps = serializers.SerializerMethodField()
    measures = MeasureSerializer(many=True)
    judgements = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = ["round", "state", "provenance", "label", "steps", "measures", "judgements"]

    def get_steps(self, plan: Plan) -> list[str]:
        return [step.code for step in possible(plan, lives.PLAN)]

    def get_judgements(self, plan: Plan) -> dict[str, str]:
        return dict(plan.judgements.values_list("criterion", "text"))
