"""The API of imports: a file is uploaded, checked, committed and undone by the rules of the pages.

Checking, committing and undoing are jobs; each call gives the import with its newest job.
"""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.api import JobSerializer
from activity.calls import CallView, given
from activity.models import Job
from countries.content.sentences import sentence_of
from indicators import actions, importing
from indicators.api import require_loader
from indicators.checking import Correction
from indicators.models import Dataset, Import, Recipe
from indicators.sending import (
    PageAsked,
    PageSerializer,
    key_of,
    mark_of,
    page_of,
    sent,
)


class SentenceField(serializers.CharField):
    """A sentence as it is kept, in English."""

    def to_representation(self, value: Any) -> str:
        return str(sentence_of(value))


class FaultSerializer(serializers.Serializer):
    """One wrong or odd cell: its place as a spreadsheet shows it, what was found and expected."""

    severity = serializers.CharField()  # error or warning
    sheet = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    found = serializers.CharField(allow_blank=True)
    expected = SentenceField(allow_blank=True)
    message = SentenceField()


class UndecidedSerializer(serializers.Serializer):
    """A name that is not surely a country: codes it may be, the likeliest first, and its values."""

    found = serializers.CharField(allow_blank=True)
    offered = serializers.ListField(child=serializers.CharField())
    values = serializers.IntegerField()


class ImportSerializer(serializers.ModelSerializer):
    """An import with the counts of its check; they are null until it is checked."""

    file = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    state = serializers.CharField()  # uploaded, checked, committed, undone

    class Meta:
        model = Import
        fields = [
            "id", "dataset", "file", "sha256", "size", "vintage", "is_complete", "state", "number",
            "new", "changed", "same", "gone", "rejected", "uploaded_at", "committed_at",
            "undone_at", "undone_because",
        ]  # fmt: skip


class ImportResultSerializer(ImportSerializer):
    """An import with what its check told and found wrong, and the newest job about it.

    `layout` is how the file was read, in the shape in which it can be corrected; `loaded_before`
    the import that committed the very same file, if one did.
    """

    told = serializers.ListField(child=SentenceField())
    faults = FaultSerializer(many=True)
    undecided = UndecidedSerializer(many=True)
    layout = serializers.DictField(allow_null=True)
    samples = serializers.DictField()
    loaded_before = serializers.SerializerMethodField()
    job = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = [
            *ImportSerializer.Meta.fields,
            "told", "faults", "undecided", "layout", "samples", "loaded_before", "job",
        ]  # fmt: skip

    def get_loaded_before(self, imported: Import) -> int | None:
        earlier = actions.same_file(imported.dataset, imported.file)
        return earlier.pk if earlier else None

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, imported: Import) -> dict[str, Any] | None:
        newest = Job.objects.filter(topic=imported.topic).order_by("-created_at").first()
        return JobSerializer(newest).data if newest else None


class ImportsPageSerializer(PageSerializer):
    results = ImportSerializer(many=True)


class ImportsAsked(PageAsked):
    dataset = serializers.CharField(required=False, max_length=60, help_text="Code.")


class FileToLoadSerializer(serializers.Serializer):
    file = serializers.FileField(allow_empty_file=True)  # an empty one is refused in words
    vintage = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="As the publisher names it."
    )
    is_complete = serializers.BooleanField(
        default=False, help_text="What the file does not contain any more is then taken out."
    )
    recipe = serializers.CharField(
        required=False, max_length=100, help_text="Name of a layout kept for the dataset."
    )


class CorrectionSerializer(serializers.Serializer):
    """How the file is to be read; what a name stands for, or "" to leave its values out."""

    layout = serializers.DictField(default=None, allow_null=True)
    countries = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=3), default=dict
    )
    indicators = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=200), default=dict
    )


class CommitSerializer(serializers.Serializer):
    leave_out = serializers.BooleanField(
        default=False, help_text="Leave the values with errors out and load the others."
    )


class UndoSerializer(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class ImportsView(CallView):
    """Imports, the newest first, page by page."""

    asks = ImportsAsked

    @extend_schema(operation_id="imports_list", responses=ImportsPageSerializer)
    def get(self, request: Request) -> Response:
        require_loader(request)
        asked = self.asked
        found = Import.objects.select_related("file").order_by("-pk")
        if dataset := asked.get("dataset"):
            found = found.filter(dataset=dataset)
        if mark := asked.get("after"):
            found = found.filter(pk__lt=key_of(mark, int)[0])
        rows, following = page_of(found, asked["limit"])
        results = ImportSerializer(rows, many=True).data
        return sent(request, results, mark_of((rows[-1].pk,)) if following else None)


class UploadView(CallView):
    """Upload a file for a dataset; its check begins at once."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": FileToLoadSerializer},
        responses={201: ImportResultSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        dataset = visible(Dataset.objects.all(), pk=code)
        require_loader(request)
        said = given(request, FileToLoadSerializer)
        name = said.pop("recipe", None)
        recipe = visible(Recipe.objects.filter(dataset=dataset), name=name) if name else None
        imported = actions.upload(dataset=dataset, recipe=recipe, by=request.user, **said)
        return _answer(imported, status.HTTP_201_CREATED)


class ImportView(CallView):
    """One import with the result of its check."""

    @extend_schema(responses=ImportResultSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return _answer(_one(request, pk))


class CorrectView(CallView):
    """Have the file checked again under another layout or other meanings of its names."""

    @extend_schema(request=CorrectionSerializer, responses={202: ImportResultSerializer})
    def post(self, request: Request, pk: int) -> Response:
        imported = _one(request, pk)
        said = given(request, CorrectionSerializer)
        try:
            correction = Correction.of_data(said)
        except importing.Refused as refusal:
            raise ParseError(str(refusal)) from None
        corrected = actions.correct(imported=imported, correction=correction, by=request.user)
        return _answer(corrected, status.HTTP_202_ACCEPTED)


class CommitView(CallView):
    """Load what the check found right."""

    @extend_schema(request=CommitSerializer, responses={202: ImportResultSerializer})
    def post(self, request: Request, pk: int) -> Response:
        imported = _one(request, pk)
        said = given(request, CommitSerializer)
        actions.ask_commit(imported=imported, by=request.user, **said)
        return _answer(imported, status.HTTP_202_ACCEPTED)


class UndoView(CallView):
    """Take back everything the import did."""

    @extend_schema(request=UndoSerializer, responses={202: ImportResultSerializer})
    def post(self, request: Request, pk: int) -> Response:
        imported = _one(request, pk)
        said = given(request, UndoSerializer)
        actions.ask_undo(imported=imported, by=request.user, **said)
        return _answer(imported, status.HTTP_202_ACCEPTED)


def _one(request: Request, pk: int) -> Import:
    require_loader(request)
    return visible(Import.objects.select_related("file", "dataset"), pk=pk)


def _answer(imported: Import, code: int = status.HTTP_200_OK) -> Response:
    return Response(ImportResultSerializer(imported).data, status=code)
