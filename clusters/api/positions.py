"""The API of positions, and of employment by size of firm: the same rules as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from accounts.models import User
from activity.calls import CallView, Nothing, given
from clusters import actions, doors, position, queries
from clusters.api.registry import AnswersField
from clusters.models import Cluster, SizeStructure
from clusters.positions import standing
from clusters.positions.history import Dated, history
from countries.models import Country

STATEMENTS = [*position.PRODUCT_MARKS, *position.PROCESS_MARKS]


class PositionAnswersSerializer(serializers.Serializer):
    """The answers by the codes of the statements, with the year and who looked."""

    answers = AnswersField(STATEMENTS)
    year = serializers.IntegerField(min_value=1800, max_value=2200)
    source = serializers.CharField(max_length=300)


class DatedSerializer(serializers.Serializer):
    """Where it stood in a year; `entered_by` is told to who keeps the cluster, else empty.

    One that other answers for the same year replaced does not stand. `id` is that of answers that
    were entered, null where only exports were.
    """

    id = serializers.IntegerField(source="answers.pk", allow_null=True, default=None)
    year = serializers.IntegerField()
    product = serializers.BooleanField(source="at.product", allow_null=True)
    process = serializers.BooleanField(source="at.process", allow_null=True)
    mode = serializers.CharField(source="at.mode", allow_null=True)
    export_share = serializers.FloatField(source="exported.share", allow_null=True, default=None)
    exports = serializers.BooleanField(source="at.exports", allow_null=True)
    quadrant = serializers.CharField(source="at.quadrant", allow_null=True)
    source = serializers.CharField()
    entered_at = serializers.DateTimeField(source="answers.at", allow_null=True, default=None)
    entered_by = serializers.SerializerMethodField()
    stands = serializers.BooleanField()

    def get_entered_by(self, dated: Dated) -> str:
        return dated.entered_by if self.context["names"] else ""


class PositionSerializer(serializers.Serializer):
    """Where the cluster stands; null is not known. Codes are explained on the page.

    `history` has every position that was entered, the newest first.
    """

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
    history = DatedSerializer(many=True)


class SizeStructureSerializer(serializers.ModelSerializer):
    """Shares of employment in percent, micro firms left out, and the pattern they make.

    `pattern`: missing_middle, dominant_large, balanced or mostly_small.
    """

    pattern = serializers.CharField(read_only=True)

    class Meta:
        model = SizeStructure
        fields = ["id", "year", "coverage", "small", "medium", "large", "source", "pattern"]


class PositionView(CallView):
    """The position of a cluster; putting answers what it is read from."""

    @extend_schema(responses=PositionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_position(visible(queries.registry(), pk=pk), request.user))

    @extend_schema(request=PositionAnswersSerializer, responses=PositionSerializer)
    def put(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        said = given(request, PositionAnswersSerializer)
        actions.answer_capability(cluster=cluster, by=request.user, **said)
        return Response(_position(cluster, request.user))


class PositionRemoveView(CallView):
    """Take answers out that were entered wrongly; the newest that remain stand."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int, answers: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        given(request, Nothing)
        wrong = visible(cluster.capabilities.all(), pk=answers)
        actions.remove_capability(answers=wrong, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SizeStructuresView(CallView):
    """Employment by size of firm in a country, by year; posting adds one."""

    @extend_schema(responses=SizeStructureSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        country = visible(Country.objects.all(), code=code)
        return Response(SizeStructureSerializer(country.size_structures.all(), many=True).data)

    @extend_schema(request=SizeStructureSerializer, responses={201: SizeStructureSerializer})
    def post(self, request: Request, code: str) -> Response:
        country = doors.kept_country(request.user, code, doors.OF_SIZES)
        said = given(request, SizeStructureSerializer)
        made = actions.add_size_structure(country=country, by=request.user, **said)
        return Response(SizeStructureSerializer(made).data, status.HTTP_201_CREATED)


class SizeStructureRemoveView(CallView):
    """Take a year's shares out; the record keeps what they said."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, code: str, pk: int) -> Response:
        country = doors.kept_country(request.user, code, doors.OF_SIZES)
        given(request, Nothing)
        shares = visible(country.size_structures.all(), pk=pk)
        actions.remove_size_structure(shares=shares, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _position(cluster: Cluster, user: User) -> dict[str, Any]:
    """The cluster's position as PositionSerializer describes it."""
    shown = standing.Standing(cluster)
    at, kept = shown.at, shown.kept
    names = {"names": queries.keeps(user, cluster)}
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
        "history": DatedSerializer(history(cluster), many=True, context=names).data,
    }
