"""The API of the registry of clusters; the same rules as the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from clusters import queries
from clusters.models import Cluster, ClusterFigure


def in_words(cluster: Cluster, said: Any) -> Any:
    """What is said of the cluster, its texts in the reader's language."""
    match said:
        case str():
            return cluster.told(said)
        case dict():
            return {key: in_words(cluster, value) for key, value in said.items()}
        case list():
            return [in_words(cluster, value) for value in said]
    return said


class ClusterSerializer(serializers.ModelSerializer):
    """An entry of the registry; `kind` is what the guided test makes of it.

    Texts of an entry of a document are in the reader's language.
    """

    is_fictional = serializers.BooleanField(source="country.is_fictional")
    kind = serializers.CharField(source="verdict.kind")
    regions = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = Cluster
        fields = [
            "id", "code", "country", "name", "place", "regions", "latitude", "longitude",
            "point_of", "industry", "national_code", "products", "formation", "history", "kind",
            "told_phase", "document", "document_place", "is_fictional",
        ]  # fmt: skip

    def to_representation(self, cluster: Cluster) -> Any:
        return in_words(cluster, super().to_representation(cluster))


class ClusterFigureSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClusterFigure
        fields = ["measure", "value", "unit", "year", "source"]


class WholeClusterSerializer(ClusterSerializer):
    """Likewise; `test` are the answers by question, `grounds` on what those of a document rest."""

    figures = ClusterFigureSerializer(many=True)
    reasons = serializers.ListField(child=serializers.CharField(), source="verdict.reasons")
    test = serializers.DictField(child=serializers.CharField())
    grounds = serializers.DictField(child=serializers.CharField())

    class Meta(ClusterSerializer.Meta):
        fields = [
            *ClusterSerializer.Meta.fields, "reasons", "test", "grounds", "told_phase_ground",
            "figures",
        ]  # fmt: skip


class ClustersView(APIView):
    """The registry, of all countries or one."""

    @extend_schema(
        parameters=[
            OpenApiParameter("country", str, description="ISO 3166-1 alpha-3"),
            OpenApiParameter("region", str, description="the name of a region"),
        ],
        responses=ClusterSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found = queries.registry().prefetch_related("regions")
        if region := request.query_params.get("region"):
            found = found.filter(regions__name=region.replace("\0", ""))
        if country := request.query_params.get("country"):
            found = found.filter(country__in=[country.replace("\0", "")])
        return Response(
            ClusterSerializer(found.distinct().order_by("country", "name"), many=True).data
        )


class ClusterView(APIView):
    """One entry of the registry with its figures and what the guided test says."""

    @extend_schema(responses=WholeClusterSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = visible(queries.registry().prefetch_related("figures"), pk=pk)
        return Response(WholeClusterSerializer(found).data)
