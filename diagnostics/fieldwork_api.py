"""The API of filled files: given back, looked at, saved; the same rules as the pages."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import require, visible
from activity.calls import CallView, given
from diagnostics import queries
from diagnostics.actions import Conflict
from diagnostics.api import UploadSerializer, stored
from diagnostics.fieldwork import actions
from diagnostics.models import FilledFile


class FilledChangeSerializer(serializers.Serializer):
    """One item the file would change; `conflict`: it was answered elsewhere meanwhile."""

    item = serializers.CharField()
    revision = serializers.IntegerField()
    conflict = serializers.BooleanField()
    stored = serializers.DictField()
    wanted = serializers.DictField()


class FilledSerializer(serializers.Serializer):
    """A filled file: what it would change now, by its last submission; what is wrong with it."""

    id = serializers.IntegerField()
    file = serializers.CharField()
    submissions = serializers.ListField(child=serializers.CharField(allow_blank=True))
    changes = FilledChangeSerializer(many=True)
    faults = serializers.ListField(child=serializers.CharField())
    provenance = serializers.CharField()
    label = serializers.CharField(allow_blank=True)


class SaveFilledSerializer(serializers.Serializer):
    """`mine`: for items answered meanwhile, the revision seen, where the file's answer stands;
    `kept`: those where the stored answer stays; `which`: the submission, from 0."""

    mine = serializers.DictField(child=serializers.IntegerField(min_value=0), default=dict)
    kept = serializers.ListField(child=serializers.CharField(max_length=100), default=list)
    which = serializers.IntegerField(min_value=0, max_value=99_999, default=None,
                                     allow_null=True)  # fmt: skip


class SavedItemsSerializer(serializers.Serializer):
    saved = serializers.IntegerField()


def _shown(filled: FilledFile, request: Request) -> dict:
    found, submissions = actions.plan_of(filled, request.user)
    return {
        "id": filled.pk,
        "file": filled.file.name,
        "submissions": [one.title for one in submissions],
        "changes": [
            {
                "item": one.code,
                "revision": one.response.revision,
                "conflict": one.conflict,
                "stored": one.stored.as_data(),
                "wanted": one.wanted.as_data(),
            }
            for one in found.changes
        ],
        "faults": [str(one) for one in found.faults],
        "provenance": filled.sheet.round.provenance,
        "label": filled.sheet.round.label,
    }


class GiveBackView(CallView):
    """Give back a filled workbook or submissions of the form; nothing is saved yet."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: FilledSerializer}
    )
    def post(self, request: Request, pk: int) -> ApiResponse:
        sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
        require(
            queries.fills(request.user, sheet),
            _("Only members of the organisation answer its sheet."),
        )
        upload = given(request, UploadSerializer)["file"]
        filled = actions.give_back(sheet=sheet, upload=upload, by=request.user)
        return ApiResponse(_shown(filled, request), status=status.HTTP_201_CREATED)


class FilledView(CallView):
    """What a filled file would change; posting saves it, all or nothing."""

    @extend_schema(responses=FilledSerializer)
    def get(self, request: Request, pk: int) -> ApiResponse:
        return ApiResponse(_shown(_filled(request, pk), request))

    @extend_schema(request=SaveFilledSerializer, responses={200: SavedItemsSerializer})
    def post(self, request: Request, pk: int) -> ApiResponse:
        filled = _filled(request, pk)
        said = given(request, SaveFilledSerializer)
        said["kept"] = set(said["kept"])
        try:
            saved = actions.save_filled(filled=filled, by=request.user, **said)
        except Conflict as conflict:
            answer = stored(conflict.response, filled.sheet)
            return ApiResponse(answer, status=status.HTTP_409_CONFLICT)
        return ApiResponse({"saved": saved})


def _filled(request: Request, pk: int) -> FilledFile:
    mine = FilledFile.objects.filter(sheet__in=queries.sheets_filled_by(request.user))
    return visible(mine.select_related("sheet__round__country", "file"), pk=pk)
