"""The API of a country's regions; the same rules as the pages."""

from typing import Any, ClassVar

from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.calls import CallView, Nothing, given
from activity.revised_api import RevisedSerializer, RevisedView, StaleSerializer
from clusters import actions, doors
from countries.models import Country, Region


class RegionSerializer(serializers.ModelSerializer):
    """A region; `clusters` counts those of the registry in it."""

    clusters = serializers.IntegerField(source="held", read_only=True)

    class Meta:
        model = Region
        fields = ["id", "country", "name", "code", "outline_source", "clusters", "revision"]
        read_only_fields = ["country", "outline_source", "revision"]


class RegionChangeSerializer(RevisedSerializer, RegionSerializer):
    """Likewise; what is not sent stays."""

    class Meta(RegionSerializer.Meta):
        extra_kwargs: ClassVar = {"name": {"required": False}}


class OutlinesSerializer(serializers.Serializer):
    """A GeoJSON file of polygons, and the property that has the names of the regions."""

    source = serializers.CharField(max_length=200)
    name_property = serializers.CharField(max_length=60, default="name")
    file = serializers.FileField(allow_empty_file=True)  # an empty one is refused in words


class OutlinedSerializer(serializers.Serializer):
    """How many outlines are stored, and the names of regions that were not there before."""

    outlined = serializers.IntegerField()
    added = serializers.ListField(child=serializers.CharField())


class RegionsView(CallView):
    """The regions of a country; posting enters one without an outline."""

    @extend_schema(responses=RegionSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        country = visible(Country.objects.all(), code=code)
        return Response(RegionSerializer(_counted().filter(country=country), many=True).data)

    @extend_schema(request=RegionSerializer, responses={201: RegionSerializer})
    def post(self, request: Request, code: str) -> Response:
        country = doors.kept_country(request.user, code, doors.OF_REGIONS)
        said = given(request, RegionSerializer)
        made = actions.add_region(country=country, by=request.user, **said)
        return Response(_one(made), status.HTTP_201_CREATED)


class OutlinesView(CallView):
    """Give regions their outlines; those that are not there yet are entered."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=OutlinesSerializer, responses=OutlinedSerializer)
    def post(self, request: Request, code: str) -> Response:
        country = doors.kept_country(request.user, code, doors.OF_REGIONS)
        said = given(request, OutlinesSerializer)
        content = said.pop("file").read()
        count, added = actions.set_outlines(
            country=country, content=content, by=request.user, **said
        )
        return Response({"outlined": count, "added": added})


class RegionView(RevisedView):
    """Give a region another name or code."""

    @extend_schema(
        request=RegionChangeSerializer, responses={200: RegionSerializer, 409: StaleSerializer}
    )
    def put(self, request: Request, pk: int) -> Response:
        region = doors.kept_region(request.user, pk)
        said = given(request, RegionChangeSerializer)
        return Response(_one(actions.change_region(region=region, by=request.user, **said)))

    def shown(self, stored: Region) -> Any:
        return _one(stored)


class RegionRemoveView(CallView):
    """Take a region out while nothing refers to it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        region = doors.kept_region(request.user, pk)
        given(request, Nothing)
        actions.remove_region(region=region, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _counted() -> Any:
    return Region.objects.defer("outline").annotate(held=Count("clusters")).order_by("name")


def _one(region: Region) -> Any:
    return RegionSerializer(_counted().get(pk=region.pk)).data
