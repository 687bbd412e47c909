"""The API of statistics: datasets, their indicators, what is current of them.

Anybody reads it, as the explorer's pages (decision 24).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import require, visible
from activity.calls import CallView, given
from countries.models import Country
from indicators import actions, queries
from indicators.importing.periods import YEAR, Period, period_of
from indicators.models import CurrentValue, Dataset, Indicator
from indicators.sending import (
    CSVRenderer,
    PageAsked,
    PageSerializer,
    SDMXRenderer,
    key_of,
    mark_of,
    page_of,
    sent,
)


class DescriptionSerializer(serializers.ModelSerializer):
    """What is said of a dataset; its code and whether it is invented are said once, at first."""

    class Meta:
        model = Dataset
        fields = ["title", "publisher", "licence", "address", "note"]


class DatasetSerializer(DescriptionSerializer):
    class Meta(DescriptionSerializer.Meta):
        fields = ["code", *DescriptionSerializer.Meta.fields, "is_fictional"]


class CoverageSerializer(serializers.Serializer):
    values = serializers.IntegerField()
    countries = serializers.IntegerField()
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()


class IndicatorSerializer(serializers.ModelSerializer):
    """One series of a dataset; source and licence are the dataset's where it has none of its own.

    `is_fictional`: its values are invented.
    """

    source = serializers.SerializerMethodField()
    licence = serializers.SerializerMethodField()
    better = serializers.CharField()  # higher, lower or blank
    is_fictional = serializers.BooleanField(source="dataset.is_fictional")

    class Meta:
        model = Indicator
        fields = [
            "id", "dataset", "code", "title", "definition", "unit", "source", "licence", "topic",
            "better", "minimum", "maximum", "is_fictional",
        ]  # fmt: skip

    def get_source(self, indicator: Indicator) -> str:
        return indicator.source or indicator.dataset.publisher

    def get_licence(self, indicator: Indicator) -> str:
        return indicator.licence or indicator.dataset.licence


class CoveredIndicatorSerializer(IndicatorSerializer):
    """`coverage` is null where no value is there."""

    coverage = serializers.SerializerMethodField()

    class Meta(IndicatorSerializer.Meta):
        fields = [*IndicatorSerializer.Meta.fields, "coverage"]

    @extend_schema_field(CoverageSerializer(allow_null=True))
    def get_coverage(self, indicator: Indicator) -> dict[str, int] | None:
        found = queries.coverage([indicator]).get(indicator.pk)
        return asdict(found) if found else None


class ObservationSerializer(serializers.Serializer):
    """One current value; null is missing, never 0. `import` is the load that brought it."""

    dataset = serializers.CharField()
    indicator = serializers.CharField()
    country = serializers.CharField()
    period = serializers.CharField()
    frequency = serializers.CharField()
    breakdown = serializers.CharField(allow_blank=True)
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    flag = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    standard_error = serializers.FloatField(allow_null=True)
    sample_size = serializers.IntegerField(allow_null=True)
    vintage = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    licence = serializers.CharField(allow_blank=True)
    is_fictional = serializers.BooleanField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), "import": serializers.IntegerField()}


class IndicatorsPageSerializer(PageSerializer):
    results = IndicatorSerializer(many=True)


class ObservationsPageSerializer(PageSerializer):
    results = ObservationSerializer(many=True)


class IndicatorsAsked(PageAsked):
    dataset = serializers.CharField(required=False, max_length=60, help_text="Code.")
    code = serializers.CharField(required=False, max_length=200)


class ObservationsAsked(PageAsked):
    dataset = serializers.CharField(required=False, max_length=60, help_text="Code.")
    indicator = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=200,
        help_text="Codes; repeat the name for several.",
    )  # fmt: skip
    country = serializers.ListField(
        child=serializers.CharField(max_length=3), required=False, max_length=300,
        help_text="ISO codes of three letters; repeat the name for several.",
    )  # fmt: skip
    start = serializers.CharField(
        required=False, max_length=10,
        help_text="First period: 2015 with all its parts; 2015-Q3 or 2015-07 of that length only.",
    )  # fmt: skip
    end = serializers.CharField(required=False, max_length=10, help_text="Last period, likewise.")
    breakdown = serializers.CharField(
        required=False, allow_blank=True, max_length=300,
        help_text="Part of the country, such as SEX=F; blank for the whole only.",
    )  # fmt: skip


class DatasetsView(CallView):
    """Every dataset; posting describes a new one."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=DatasetSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(DatasetSerializer(Dataset.objects.all(), many=True).data)

    @extend_schema(request=DatasetSerializer, responses={201: DatasetSerializer})
    def post(self, request: Request) -> Response:
        require_loader(request)
        said = given(request, DatasetSerializer)
        made = actions.save_dataset(dataset=Dataset(code=said["code"]), by=request.user, **said)
        return Response(DatasetSerializer(made).data, status=status.HTTP_201_CREATED)


class DatasetView(CallView):
    """One dataset; putting describes it anew."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=DatasetSerializer)
    def get(self, request: Request, code: str) -> Response:
        return Response(DatasetSerializer(visible(Dataset.objects.all(), pk=code)).data)

    @extend_schema(request=DescriptionSerializer, responses=DatasetSerializer)
    def put(self, request: Request, code: str) -> Response:
        dataset = visible(Dataset.objects.all(), pk=code)
        require_loader(request)
        said = given(request, DescriptionSerializer)
        actions.save_dataset(dataset=dataset, by=request.user, **said)
        return Response(DatasetSerializer(dataset).data)


class IndicatorsView(CallView):
    """Indicators in the order in which they came, page by page."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    asks = IndicatorsAsked

    @extend_schema(operation_id="indicators_list", responses=IndicatorsPageSerializer)
    def get(self, request: Request) -> Response:
        asked = self.asked
        found = Indicator.objects.select_related("dataset").order_by("pk")
        if dataset := asked.get("dataset"):
            found = found.filter(dataset=dataset)
        if code := asked.get("code"):
            found = found.filter(code=code)
        if mark := asked.get("after"):
            found = found.filter(pk__gt=key_of(mark, int)[0])
        rows, following = page_of(found, asked["limit"])
        results = IndicatorSerializer(rows, many=True).data
        return sent(request, results, mark_of((rows[-1].pk,)) if following else None)


class IndicatorView(CallView):
    """One indicator, with how far its values reach."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=CoveredIndicatorSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = visible(Indicator.objects.select_related("dataset"), pk=pk)
        return Response(CoveredIndicatorSerializer(found).data)


class ObservationsView(CallView):
    """Current values by dataset, indicator, country and period, page by page.

    The next page's address is in `next` and, for CSV too, in the header `Link`.
    """

    permission_classes = [IsAuthenticatedOrReadOnly]
    renderer_classes = [JSONRenderer, CSVRenderer, SDMXRenderer]
    asks = ObservationsAsked

    @extend_schema(
        responses={
            (200, JSONRenderer.media_type): ObservationsPageSerializer,
            (200, CSVRenderer.media_type): OpenApiTypes.STR,
            (200, SDMXRenderer.media_type): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request) -> Response:
        asked = self.asked
        rows, following = page_of(_observations(asked), asked["limit"])
        mark = None
        if following:
            last = rows[-1]
            mark = mark_of(tuple(last[name] for name in KEY))
        return sent(request, _with_provenance(rows), mark)


KEY = ("indicator_id", "country_id", "period", "breakdown")
SAID = ("frequency", "value", "unit", "flag", "note", "standard_error", "sample_size")


def _observations(asked: Mapping[str, Any]) -> QuerySet[CurrentValue, dict[str, Any]]:
    """What is asked for, as rows of names and values in the order of the key."""
    found = CurrentValue.objects.order_by("pk")
    if {"dataset", "indicator"} & asked.keys():
        found = found.filter(indicator__in=_indicators(asked))
    if countries := asked.get("country"):
        _refuse_unknown(Country.areas, "code", countries, _("There is no country %(code)s."))
        found = found.filter(country__in=countries)
    if "breakdown" in asked:
        found = found.filter(breakdown=asked["breakdown"])
    start, end = (_period(asked.get(name)) for name in ("start", "end"))
    finer = {one.frequency for one in (start, end) if one and one.frequency != YEAR}
    if len(finer) > 1:
        raise ParseError(_("The first and the last period are not of the same length."))
    if finer:
        found = found.filter(frequency=finer.pop())
    if start:
        named = {"year": start.year} if start.frequency == YEAR else {"period": start.text}
        found = found.filter(**{f"{name}__gte": least for name, least in named.items()})
    if end:
        named = {"year": end.year} if end.frequency == YEAR else {"period": end.text}
        found = found.filter(**{f"{name}__lte": most for name, most in named.items()})
    if mark := asked.get("after"):
        found = found.filter(pk__gt=key_of(mark, int, str, str, str))
    return found.values(*KEY, *SAID, load=F("origin_id"), vintage=F("origin__vintage"))


def _indicators(asked: Mapping[str, Any]) -> list[int]:
    """The ids of the indicators asked for. Raises ParseError (400) where there is none."""
    found = Indicator.objects.all()
    if dataset := asked.get("dataset"):
        _refuse_unknown(Dataset.objects, "code", [dataset], _("There is no dataset %(code)s."))
        found = found.filter(dataset=dataset)
    if codes := asked.get("indicator"):
        _refuse_unknown(found, "code", codes, _("There is no indicator %(code)s here."))
        found = found.filter(code__in=codes)
    return list(found.order_by().values_list("pk", flat=True))


def _refuse_unknown(rows: Any, field: str, asked: Iterable[str], sentence: str) -> None:
    known = set(rows.filter(**{f"{field}__in": asked}).values_list(field, flat=True))
    for code in asked:
        if code not in known:
            raise ParseError(sentence % {"code": code})


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    period = period_of(text)
    if period is None or period.text != text:
        raise ParseError(
            _("“%(text)s” is no period: write 2015, 2015-S1, 2015-Q3, 2015-07 or 2015-07-31.")
            % {"text": text}
        )
    return period


def _with_provenance(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as `ObservationSerializer` describes them."""
    ids = {row["indicator_id"] for row in rows}
    indicators = Indicator.objects.select_related("dataset").in_bulk(ids)
    results = []
    for row in rows:
        indicator = indicators[row["indicator_id"]]
        dataset = indicator.dataset
        results.append(
            {
                "dataset": dataset.code,
                "indicator": indicator.code,
                "country": row["country_id"],
                "period": row["period"],
                "frequency": row["frequency"],
                "breakdown": row["breakdown"],
                "value": row["value"],
                "unit": row["unit"] or indicator.unit,
                "flag": row["flag"],
                "note": row["note"],
                "standard_error": row["standard_error"],
                "sample_size": row["sample_size"],
                "import": row["load"],
                "vintage": row["vintage"],
                "source": indicator.source or dataset.publisher,
                "licence": indicator.licence or dataset.licence,
                "is_fictional": dataset.is_fictional,
            }
        )
    return results


def require_loader(request: Request) -> None:
    loads = queries.may_load(request.user)
    require(loads, _("Only administrators of all countries load datasets."))
