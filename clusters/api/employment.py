"""The API of maps of employment: tables, their cells, indices and candidates, page by page."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.api import JobSerializer
from activity.calls import CallView, CountryField, given
from activity.models import Job
from activity.revised_api import RevisedSerializer, RevisedView, StaleSerializer
from clusters import actions, doors, queries
from clusters.api.registry import ClusterSerializer
from clusters.employment import maps
from clusters.employment.rows import candidates, with_reasons
from clusters.models import EmploymentTable
from indicators.imports_api import FaultSerializer, SentenceField
from indicators.sending import PageAsked, PageSerializer, key_of, mark_of, sent


class EmploymentTableSerializer(serializers.ModelSerializer):
    """A table of employment, as its office gave it."""

    state = serializers.CharField(read_only=True)  # waiting, faulty, mapped
    is_fictional = serializers.BooleanField(source="country.is_fictional")

    class Meta:
        model = EmploymentTable
        fields = ["id", "country", "title", "source", "absent_is_zero", "state", "is_fictional",
                  "revision"]  # fmt: skip


class EmploymentYearSerializer(serializers.Serializer):
    """A year with what its cells need for a star; null where no employment is known."""

    year = serializers.IntegerField()
    cells = serializers.IntegerField()
    suppressed = serializers.IntegerField()
    size = serializers.FloatField(allow_null=True)
    specialisation = serializers.FloatField(allow_null=True)
    focus = serializers.FloatField(allow_null=True)


class EmploymentWholeTableSerializer(EmploymentTableSerializer):
    """`told` is what was noticed in the file; `faults` are the first of `fault_count`, which only
    a table has that could not be mapped; `job` is the newest one about it.
    """

    file = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    years = EmploymentYearSerializer(many=True)
    told = serializers.ListField(child=SentenceField())
    faults = FaultSerializer(many=True)
    job = serializers.SerializerMethodField()

    class Meta(EmploymentTableSerializer.Meta):
        fields = [
            *EmploymentTableSerializer.Meta.fields, "file", "sha256", "years", "told", "faults",
            "fault_count", "job",
        ]  # fmt: skip

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, table: EmploymentTable) -> Any:
        job = Job.objects.filter(topic=table.topic).first()
        return JobSerializer(job).data if job else None


class EmploymentGivenSerializer(serializers.Serializer):
    """A file as the page takes it, with the sizes of plants where they are known."""

    file = serializers.FileField()
    plants = serializers.FileField(required=False)
    absent_is_zero = serializers.BooleanField(default=False)


class EmploymentNewSerializer(EmploymentGivenSerializer):
    country = CountryField()
    title = serializers.CharField(max_length=200)
    source = serializers.CharField(max_length=300)


class EmploymentTitleSerializer(RevisedSerializer, serializers.ModelSerializer):
    class Meta:
        model = EmploymentTable
        fields = ["title", "source", "revision"]


class EmploymentDiscardSerializer(serializers.Serializer):
    """Why it goes: needed where the table is mapped."""

    because = serializers.CharField(max_length=500, default="", allow_blank=True)


class EmploymentCellSerializer(serializers.Serializer):
    """One region and industry of a year; null where it cannot be computed, with the reason."""

    region = serializers.CharField()
    industry = serializers.CharField()
    year = serializers.IntegerField()
    employment = serializers.FloatField(allow_null=True)
    establishments = serializers.FloatField(allow_null=True)
    lq = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    litzenberger_sternberg = serializers.FloatField(allow_null=True)
    litzenberger_sternberg_reason = serializers.CharField(allow_null=True)
    share_of_industry = serializers.FloatField(allow_null=True)
    share_of_region = serializers.FloatField(allow_null=True)
    stars = serializers.IntegerField()
    star_size = serializers.BooleanField()
    star_specialisation = serializers.BooleanField()
    star_focus = serializers.BooleanField()
    small = serializers.BooleanField(help_text="Fewer than five workers expected: with care.")
    cells_left_out = serializers.IntegerField(help_text="Suppressed cells its totals lack.")
    compared_with = serializers.IntegerField(allow_null=True, help_text="Year of the changes.")
    employment_change = serializers.FloatField(allow_null=True)
    lq_change = serializers.FloatField(allow_null=True)


class EmploymentPlaceSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    employment = serializers.FloatField(allow_null=True)
    suppressed = serializers.IntegerField()
    absent = serializers.IntegerField(help_text="Rows that are not in the file.")
    cells_left_out = serializers.IntegerField(
        allow_null=True,
        help_text="Suppressed cells its indices lack: its own, and of the whole compared with.",
    )
    krugman_reason = serializers.CharField(allow_null=True)


class EmploymentRegionSerializer(EmploymentPlaceSerializer):
    """A region of a year: how specialised it is, 0 to 2."""

    region = serializers.CharField()
    krugman_specialisation = serializers.FloatField(allow_null=True)


class EmploymentIndustrySerializer(EmploymentPlaceSerializer):
    """An industry of a year: how concentrated it is.

    Ellison and Glaeser's index needs the sizes of its plants.
    """

    industry = serializers.CharField()
    krugman_concentration = serializers.FloatField(allow_null=True)
    raw_concentration = serializers.FloatField(allow_null=True)
    plant_herfindahl = serializers.FloatField(allow_null=True)
    ellison_glaeser = serializers.FloatField(allow_null=True)
    ellison_glaeser_reason = serializers.CharField(allow_null=True)


class EmploymentCandidateSerializer(serializers.Serializer):
    """A candidate of a year, the newest where none is named; the names whole."""

    region = serializers.CharField(max_length=150)
    industry = serializers.CharField(max_length=300)
    year = serializers.IntegerField(required=False)


class EmploymentCellsPageSerializer(PageSerializer):
    results = EmploymentCellSerializer(many=True)


class EmploymentRegionsPageSerializer(PageSerializer):
    results = EmploymentRegionSerializer(many=True)


class EmploymentIndustriesPageSerializer(PageSerializer):
    results = EmploymentIndustrySerializer(many=True)


class TablesAsked(serializers.Serializer):
    country = CountryField(required=False)


class OfYear(PageAsked):
    year = serializers.IntegerField(
        required=False, help_text="The newest unless another of its years is named."
    )


class CellsAsked(OfYear):
    region = serializers.CharField(required=False, max_length=150, help_text="Its whole name.")
    industry = serializers.CharField(required=False, max_length=300, help_text="Its whole name.")


class EmploymentTablesView(CallView):
    """The tables of employment, of all countries or one; and adding one, which is then mapped."""

    parser_classes = [MultiPartParser]
    asks = TablesAsked

    @extend_schema(responses=EmploymentTableSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = queries.employment_tables_visible_to(request.user).filter(**self.asked)
        return Response(EmploymentTableSerializer(found, many=True).data)

    @extend_schema(request=EmploymentNewSerializer, responses={201: EmploymentWholeTableSerializer})
    def post(self, request: Request) -> Response:
        said = given(request, EmploymentNewSerializer)
        country = doors.kept_country(request.user, said.pop("country").pk, doors.OF_TABLES)
        made = actions.add_employment_table(
            country=country, upload=said.pop("file"), by=request.user, **said
        )
        return Response(EmploymentWholeTableSerializer(made).data, status.HTTP_201_CREATED)


class EmploymentTableView(RevisedView):
    """One table: how its reading stands, and its years; and its title and source said anew."""

    @extend_schema(responses=EmploymentWholeTableSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = visible(queries.employment_tables_visible_to(request.user), pk=pk)
        return Response(EmploymentWholeTableSerializer(found).data)

    @extend_schema(
        request=EmploymentTitleSerializer,
        responses={200: EmploymentWholeTableSerializer, 409: StaleSerializer},
    )
    def put(self, request: Request, pk: int) -> Response:
        table = doors.kept_table(request.user, pk)
        said = given(request, EmploymentTitleSerializer)
        made = actions.change_employment_table(table=table, by=request.user, **said)
        return Response(self.shown(made))

    def shown(self, stored: EmploymentTable) -> Any:
        return EmploymentWholeTableSerializer(stored).data


class EmploymentFileView(CallView):
    """Give another file for a table that could not be mapped."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request=EmploymentGivenSerializer, responses={202: EmploymentWholeTableSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        table = doors.kept_table(request.user, pk)
        said = given(request, EmploymentGivenSerializer)
        actions.give_employment_file(table=table, upload=said.pop("file"), by=request.user, **said)
        table.refresh_from_db()
        return Response(EmploymentWholeTableSerializer(table).data, status.HTTP_202_ACCEPTED)


class EmploymentDiscardView(CallView):
    """Remove a table, unless an entry of the registry or a study rests on it."""

    @extend_schema(request=EmploymentDiscardSerializer, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        table = doors.kept_table(request.user, pk)
        said = given(request, EmploymentDiscardSerializer)
        actions.discard_employment_table(table=table, by=request.user, **said)
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmploymentCellsView(CallView):
    """What is computed of each region and industry of a year."""

    asks = CellsAsked

    @extend_schema(responses=EmploymentCellsPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        table, asked = doors.mapped_table(request.user, pk), self.asked
        cells = maps.cells(table, _year(table, asked))
        for name in {"region", "industry"} & asked.keys():
            if asked[name] not in cells[name]:
                raise ValidationError(
                    {name: _("The table has no rows of “%(name)s” in that year.")
                     % {"name": asked[name]}}
                )  # fmt: skip
            cells = cells.filter(pl.col(name) == asked[name])
        return _page(request, asked, cells, EmploymentCellSerializer)


class EmploymentCandidatesView(CallView):
    """The cells of a year with a star and more than the country's share, most stars first."""

    asks = OfYear

    @extend_schema(responses=EmploymentCellsPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        table, asked = doors.mapped_table(request.user, pk), self.asked
        cells = maps.cells(table, _year(table, asked))
        return _page(request, asked, candidates(cells), EmploymentCellSerializer)

    @extend_schema(request=EmploymentCandidateSerializer, responses={201: ClusterSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Enter one of them in the registry."""
        table = doors.kept_map(request.user, pk)
        said = given(request, EmploymentCandidateSerializer)
        said["year"] = _year(table, said)
        made = actions.enter_candidate(table=table, by=request.user, **said)
        return Response(ClusterSerializer(made).data, status.HTTP_201_CREATED)


class EmploymentRegionsView(CallView):
    """The regions of a year, those with most people employed first."""

    asks = OfYear

    @extend_schema(responses=EmploymentRegionsPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        table, asked = doors.mapped_table(request.user, pk), self.asked
        rows = maps.regions(table, _year(table, asked))
        return _page(request, asked, rows, EmploymentRegionSerializer)


class EmploymentIndustriesView(CallView):
    """The industries of a year, those with most people employed first."""

    asks = OfYear

    @extend_schema(responses=EmploymentIndustriesPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        table, asked = doors.mapped_table(request.user, pk), self.asked
        rows = maps.industries(table, _year(table, asked))
        return _page(request, asked, rows, EmploymentIndustrySerializer)


def _year(table: EmploymentTable, asked: Mapping[str, Any]) -> int:
    """The year asked for, the newest where none is. Raises ValidationError (400) for no such."""
    years = [one.year for one in maps.years(table)]
    year: int = asked.get("year", years[-1])
    if year not in years:
        raise ValidationError(
            {"year": _("The table has no year %(year)s; expected one of: %(years)s.")
             % {"year": year, "years": ", ".join(map(str, years))}}
        )  # fmt: skip
    return year


def _page(
    request: Request, asked: dict[str, Any], rows: pl.DataFrame, kind: type[serializers.Serializer]
) -> Response:
    """A page of the rows; a table never changes, so that a row's place is its key."""
    first = key_of(asked["after"], int)[0] if "after" in asked else 0
    end = first + asked["limit"]
    shown = with_reasons(rows[first:end]).to_dicts()
    return sent(
        request, kind(shown, many=True).data, mark_of((end,)) if end < rows.height else None
    )
