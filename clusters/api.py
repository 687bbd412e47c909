"""The API of the registry of clusters; the same rules as the pages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from clusters import queries
from clusters.models import Cluster, ClusterFigure


class ClusterSerializer(serializers.ModelSerializer):
    """An entry of the registry; `kind` is what the guided test makes of it."""

    is_fictional = serializers.BooleanField(source="country.is_fictional")
    kind = serializers.CharField(source="verdict.kind")
    regions = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = Cluster
        fields = [
            "id", "country", "name", "place", "regions", "latitude", "longitude", "industry",
            "national_code", "products", "formation", "history", "kind", "document",
            "document_place", "is_fictional",
        ]  # fmt: skip


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
        fields = [*ClusterSerializer.Meta.fields, "reasons", "test", "grounds", "figures"]


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
