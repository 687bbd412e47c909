"""The API of a cluster's position: the same rules as the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import require, visible
from clusters import actions, queries
from clusters.identity import ANSWERS
from clusters.models import Cluster
from clusters.positions import standing
from clusters.views.registry import KEEPERS


class PositionAnswersSerializer(serializers.Serializer):
    """The answers by the codes of the statements, with the year and who looked."""

    answers = serializers.DictField(child=serializers.ChoiceField(ANSWERS))
    year = serializers.IntegerField(min_value=1800, max_value=2200)
    source = serializers.CharField(max_length=300)


class PositionSerializer(serializers.Serializer):
    """Where the cluster stands; null is not known. Codes are explained on the page."""

    answers = serializers.DictField(child=serializers.CharField())
    year = serializers.IntegerField(allow_null=True)
    source = serializers.CharField(allow_blank=True)
    product = serializers.BooleanField(allow_null=True)
    process = serializers.BooleanField(allow_null=True)
    export_share = serializers.FloatField(allow_null=True)
    exports = serializers.BooleanField(allow_null=True)
    mode = serializers.CharField(allow_null=True)
    strategy = serializers.CharField(allow_null=True)
    quadrant = serializers.CharField(allow_null=True)
    paths = serializers.ListField(child=serializers.CharField())


class PositionView(APIView):
    """The position of a cluster; putting answers what it is read from."""

    @extend_schema(responses=PositionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_position(visible(queries.registry(), pk=pk)))

    @extend_schema(request=PositionAnswersSerializer, responses=PositionSerializer)
    def put(self, request: Request, pk: int) -> Response:
        cluster = visible(queries.registry(), pk=pk)
        require(queries.keeps(request.user, cluster), KEEPERS)
        sent = PositionAnswersSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.answer_capability(cluster=cluster, by=request.user, **sent.validated_data)
        return Response(_position(visible(queries.registry(), pk=pk)))


def _position(cluster: Cluster) -> dict[str, Any]:
    """The cluster's position as PositionSerializer describes it."""
    shown = standing.Standing(cluster)
    at, kept = shown.at, shown.kept
    return {
        "answers": kept.answers if kept else {},
        "year": kept.year if kept else None,
        "source": kept.source if kept else "",
        "product": at.product,
        "process": at.process,
        "export_share": shown.exported.share if shown.exported else None,
        "exports": at.exports,
        "mode": at.mode,
        "strategy": at.strategy,
        "quadrant": at.quadrant,
        "paths": list(at.paths),
    }
