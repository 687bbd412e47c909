"""The API of a country's regions; the same rules as the pages."""

from typing import Any

from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import require, visible
from clusters import actions, queries
from clusters.views.regions import KEEPERS
from countries.models import Country, Region


class RegionSerializer(serializers.ModelSerializer):
    """A region; `clusters` counts those of the registry in it."""

    clusters = serializers.IntegerField(source="held", read_only=True)

    class Meta:
        model = Region
        fields = ["id", "country", "name", "code", "outline_source", "clusters"]
        read_only_fields = ["country", "outline_source"]


class RegionsView(APIView):
    """The regions of a country; posting enters one without an outline."""

    @extend_schema(responses=RegionSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        country = visible(Country.objects.all(), code=code)
        return Response(RegionSerializer(_counted().filter(country=country), many=True).data)

    @extend_schema(request=RegionSerializer, responses={201: RegionSerializer})
    def post(self, request: Request, code: str) -> Response:
        country = visible(Country.objects.all(), code=code)
        _refuse_others(request, country)
        made = actions.add_region(country=country, by=request.user, **_said(request))
        return Response(_one(made), status.HTTP_201_CREATED)


class RegionView(APIView):
    """Give a region another name or code."""

    @extend_schema(request=RegionSerializer, responses=RegionSerializer)
    def put(self, request: Request, pk: int) -> Response:
        region = visible(Region.objects.select_related("country"), pk=pk)
        _refuse_others(request, region.country)
        said = {"name": region.name, "code": region.code} | _said(request)
        return Response(_one(actions.change_region(region=region, by=request.user, **said)))


class RegionRemoveView(APIView):
    """Take a region out while nothing refers to it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        region = visible(Region.objects.select_related("country"), pk=pk)
        _refuse_others(request, region.country)
        actions.remove_region(region=region, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _refuse_others(request: Request, country: Country) -> None:
    require(queries.keeps_country(request.user, country), KEEPERS)


def _said(request: Request) -> dict[str, Any]:
    sent = RegionSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def _counted() -> Any:
    return Region.objects.defer("outline").annotate(held=Count("clusters")).order_by("name")


def _one(region: Region) -> Any:
    return RegionSerializer(_counted().get(pk=region.pk)).data
