"""The API of clusters: registry, linkages; the same rules as the pages."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import require, visible
from clusters import actions, linkages, queries
from clusters.models import Actor, Cluster, ClusterFigure, LinkageSurvey, Tie
from clusters.network import Form
from clusters.views.registry import KEEPERS


class ClusterSerializer(serializers.ModelSerializer):
    """An entry of the registry; `kind` is what the guided test makes of it."""

    is_fictional = serializers.BooleanField(source="country.is_fictional")
    kind = serializers.CharField(source="verdict.kind")

    class Meta:
        model = Cluster
        fields = [
            "id", "country", "name", "place", "latitude", "longitude", "industry",
            "national_code", "products", "formation", "history", "kind", "document",
            "document_place", "is_fictional",
        ]  # fmt: skip


class ClusterFigureSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClusterFigure
        fields = ["measure", "value", "unit", "year", "source"]


class WholeClusterSerializer(ClusterSerializer):
    figures = ClusterFigureSerializer(many=True)
    reasons = serializers.ListField(child=serializers.CharField(), source="verdict.reasons")

    class Meta(ClusterSerializer.Meta):
        fields = [*ClusterSerializer.Meta.fields, "reasons", "figures"]


class SurveySerializer(serializers.ModelSerializer):
    is_fictional = serializers.BooleanField(source="cluster.country.is_fictional")

    class Meta:
        model = LinkageSurvey
        fields = ["id", "cluster", "title", "date", "source", "is_fictional"]


class SurveyedSerializer(serializers.Serializer):
    """An actor of the survey; `out_degree` is null where it did not answer."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(Actor.Kind.choices)
    inside = serializers.BooleanField()
    answered = serializers.BooleanField()
    in_degree = serializers.IntegerField()
    out_degree = serializers.IntegerField(allow_null=True)
    betweenness = serializers.FloatField()
    broker = serializers.BooleanField()
    component = serializers.IntegerField()


class TieSerializer(serializers.ModelSerializer):
    source = serializers.CharField(source="source.name")
    target = serializers.CharField(source="target.name")

    class Meta:
        model = Tie
        fields = ["source", "target", "kind", "strength", "mutual", "note"]


class NetworkSerializer(SurveySerializer):
    """A survey with its actors, ties and measures; a share is null with nothing to divide by.

    Classes are core, business, institutions, among_institutions; the form is scattered, vertical,
    network or organised, or null where too few answered to tell; `form_in_words` says why.
    """

    response_rate = serializers.FloatField(allow_null=True)
    density = serializers.FloatField(allow_null=True)
    reciprocity = serializers.FloatField(allow_null=True)
    components = serializers.ListField(child=serializers.IntegerField())
    leaving = serializers.FloatField(allow_null=True)
    ties_by_class = serializers.DictField(child=serializers.IntegerField())
    missing_classes = serializers.ListField(child=serializers.CharField())
    unknown_classes = serializers.ListField(child=serializers.CharField())
    form = serializers.CharField(allow_null=True)
    form_in_words = serializers.CharField()
    actors = SurveyedSerializer(many=True)
    ties = TieSerializer(many=True)

    class Meta(SurveySerializer.Meta):
        fields = [
            *SurveySerializer.Meta.fields, "response_rate", "density", "reciprocity",
            "components", "leaving", "ties_by_class", "missing_classes", "unknown_classes", "form",
            "form_in_words", "actors", "ties",
        ]  # fmt: skip


class TableSerializer(serializers.Serializer):
    """A table as it would be pasted: a line of columns, then the rows, by commas or tabs."""

    table = serializers.CharField(max_length=5_000_000, trim_whitespace=False)


class EnteredSerializer(serializers.Serializer):
    entered = serializers.IntegerField()


class ClustersView(APIView):
    """The registry, of all countries or one."""

    @extend_schema(
        parameters=[OpenApiParameter("country", str, description="ISO 3166-1 alpha-3")],
        responses=ClusterSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found = queries.registry()
        if country := request.query_params.get("country"):
            found = found.filter(country__in=[country.replace("\0", "")])
        return Response(ClusterSerializer(found.order_by("country", "name"), many=True).data)


class ClusterView(APIView):
    """One entry of the registry with its figures and what the guided test says."""

    @extend_schema(responses=WholeClusterSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = visible(queries.registry().prefetch_related("figures"), pk=pk)
        return Response(WholeClusterSerializer(found).data)


class LinkagesView(APIView):
    """The surveys of a cluster's linkages; members of the cluster and of its country read them."""

    @extend_schema(responses=SurveySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        cluster = visible(queries.clusters_inside(request.user), pk=pk)
        found = queries.linkage_surveys_visible_to(request.user).filter(cluster=cluster)
        return Response(SurveySerializer(found, many=True).data)


class NetworkView(APIView):
    """One survey: its actors and ties, and the measures of their network."""

    @extend_schema(responses=NetworkSerializer)
    def get(self, request: Request, pk: int) -> Response:
        survey = visible(queries.linkage_surveys_visible_to(request.user), pk=pk)
        return Response(_as_data(survey))


class _EnterView(APIView):
    """Enter a table whole, or refuse it with every fault by line."""

    enter: Any

    @extend_schema(request=TableSerializer, responses=EnteredSerializer)
    def post(self, request: Request, pk: int) -> Response:
        survey = visible(queries.linkage_surveys_visible_to(request.user), pk=pk)
        require(queries.keeps(request.user, survey.cluster), KEEPERS)
        sent = TableSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        table = sent.validated_data["table"].encode(errors="replace")
        count = self.enter(survey=survey, table=table, by=request.user)
        return Response({"entered": count}, status.HTTP_200_OK)


class ActorsView(_EnterView):
    """Enter actors: columns name, kind and, where known, inside, answered."""

    enter = staticmethod(actions.enter_actors)


class TiesView(_EnterView):
    """Enter ties: columns source, target, kind and, where known, strength, mutual, note."""

    enter = staticmethod(actions.enter_ties)


def _as_data(survey: LinkageSurvey) -> dict[str, Any]:
    found = linkages.found(survey)
    measured = asdict(found.measures)
    actors = [
        one | {"name": row.actor.name, "kind": row.kind, "inside": row.inside,
               "answered": row.answered}
        for one, row in zip(measured["actors"], found.surveyed, strict=True)
    ]  # fmt: skip
    return (
        SurveySerializer(survey).data
        | measured
        | {
            "form": found.measures.form if isinstance(found.measures.form, Form) else None,
            "form_in_words": found.form,
            "actors": SurveyedSerializer(actors, many=True).data,
            "ties": TieSerializer(found.ties, many=True).data,
        }
    )
