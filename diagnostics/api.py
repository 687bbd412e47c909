"""The API of sheets: thin views over the same actions and queries as the pages."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import require, visible
from activity import files
from activity.calls import CallView, given
from activity.models import File
from diagnostics import actions, queries
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.models import Response, Sheet
from diagnostics.scoring import levels


class EvidenceSerializer(serializers.Serializer):
    link = serializers.CharField(max_length=500, allow_blank=True)
    page = serializers.CharField(max_length=200, allow_blank=True, default="")
    quote = serializers.CharField(max_length=2000, allow_blank=True, default="")
    file = serializers.CharField(max_length=36, allow_blank=True, default="")


class ContentSerializer(serializers.Serializer):
    """One answer as it is sent: `revision` is the one the sender last saw."""

    revision = serializers.IntegerField(min_value=0)
    status = serializers.CharField(max_length=14)
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
    answers = serializers.ListField(
        child=serializers.CharField(max_length=7, allow_blank=True), max_length=6
    )
    made = serializers.ListField(
        child=serializers.CharField(max_length=7, allow_blank=True), max_length=6
    )
    comment = serializers.CharField(max_length=5000, allow_blank=True, default="")
    evidence = EvidenceSerializer(many=True, default=list, max_length=20)


class SavedSerializer(ContentSerializer):
    """One answer as it is stored, with what follows from it."""

    item = serializers.CharField()
    level = serializers.IntegerField()  # of marks the earliest phase that is true, or 0
    state = serializers.CharField()
    out_of_order = serializers.BooleanField()
    saved_at = serializers.CharField(allow_null=True)
    saved_by = serializers.CharField(allow_null=True)
    provenance = serializers.CharField()  # assessment, coded or fictional: what the answers are
    label = serializers.CharField(allow_blank=True)


def stored(response: Response, sheet: Sheet, *, names: bool = True) -> dict:
    """What SavedSerializer describes; times in the country's time zone.

    Without `names` nobody is named: other organisations learn what is said, not by whom.
    """
    answers = response.value.answers
    marks = sheet.round.instrument_version.instrument.classifies
    zone = ZoneInfo(sheet.round.country.time_zone)
    at = response.changed_at and response.changed_at.astimezone(zone)
    return {
        "item": response.item.code,
        "revision": response.revision,
        **Content.of(response).as_data(),
        "level": levels.level(answers, marks),
        "state": str(levels.state(answers, marks)),
        "out_of_order": not marks and levels.out_of_order(answers),
        "saved_at": date_format(at, "TIME_FORMAT") if at else None,
        "saved_by": str(response.changed_by) if names and response.changed_by else None,
        "provenance": sheet.round.provenance,
        "label": sheet.round.label,
    }


class SheetView(CallView):
    """All answers of a sheet."""

    @extend_schema(responses=SavedSerializer(many=True))
    def get(self, request: Request, pk: int) -> ApiResponse:
        sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
        names = queries.fills(request.user, sheet) or queries.runs(request.user, sheet.round_id)
        responses = queries.responses_of(sheet)
        return ApiResponse([stored(one, sheet, names=names) for one in responses])


class ResponseView(CallView):
    """Save one answer. 409 with the stored answer when somebody else saved since."""

    @extend_schema(
        request=ContentSerializer, responses={200: SavedSerializer, 409: SavedSerializer}
    )
    def put(self, request: Request, pk: int, item: str) -> ApiResponse:
        # Nearly all who send may fill; only for the others does it take a second, dearer look.
        filled = queries.sheets_filled_by(request.user).filter(pk=pk).first()
        sheet = filled or visible(queries.sheets_visible_to(request.user), pk=pk)
        require(filled is not None, _("Only members of the organisation answer its sheet."))
        said = given(request, ContentSerializer)
        revision = said.pop("revision")
        said["evidence"] = [EvidenceRow(**row) for row in said["evidence"]]
        try:
            response = actions.save_response(
                sheet=sheet, item=item, content=Content(**said), revision=revision, by=request.user
            )
        except actions.Conflict as conflict:
            return ApiResponse(stored(conflict.response, sheet), status=status.HTTP_409_CONFLICT)
        except Response.DoesNotExist:
            raise NotFound(_("The sheet has no item %(item)s.") % {"item": item}) from None
        return ApiResponse(stored(response, sheet))


class FileSerializer(serializers.ModelSerializer):
    class Meta:
        model = File
        fields = ["id", "name", "content_type", "size"]


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField(allow_empty_file=True)  # an empty one is refused in words


class SheetFilesView(CallView):
    """Give a file that an answer of the sheet will cite as evidence."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: FileSerializer}
    )
    def post(self, request: Request, pk: int) -> ApiResponse:
        sheet = visible(queries.sheets_visible_to(request.user), pk=pk)
        may_fill = queries.fills(request.user, sheet)
        require(may_fill and sheet.is_open, _("Only members of the organisation answer its sheet."))
        kept = files.keep(given(request, UploadSerializer)["file"], by=request.user)
        return ApiResponse(FileSerializer(kept).data, status=status.HTTP_201_CREATED)
