"""The API of drafts, by the same rules as their pages; publishing, which asks for the password, is
done on the page.
"""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import require, visible
from accounts.refusals import Stale
from activity.calls import CallView, given
from diagnostics import actions, instrument_queries
from diagnostics.authoring import canonical
from diagnostics.authoring.reading import Examined, examine_data
from diagnostics.drafts import Draft
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.instrument import Instrument


class PlacedFaultSerializer(serializers.Serializer):
    path = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    severity = serializers.CharField()


class DraftFaultsSerializer(serializers.Serializer):
    """Why nothing was kept; `faults` are those of a content that could be read."""

    error = serializers.CharField()
    faults = PlacedFaultSerializer(many=True, required=False)


class DraftContentSerializer(serializers.Serializer):
    """`content` has the keys of docs/instrument-format.md."""

    content = serializers.JSONField()


class DraftWriteSerializer(DraftContentSerializer):
    """`sha256` is that of the draft as the sender last saw it."""

    sha256 = serializers.CharField(max_length=64)


class DraftSerializer(serializers.ModelSerializer):
    country = serializers.CharField(source="country_id", allow_null=True)

    class Meta:
        model = InstrumentVersion
        fields = ["id", "code", "version", "title", "subject", "country", "sha256", "changed_at"]
        read_only_fields = fields


class WholeDraftSerializer(DraftSerializer):
    """With its content, in the order of the file, and how many errors are left."""

    content = serializers.SerializerMethodField()
    errors = serializers.SerializerMethodField()

    class Meta(DraftSerializer.Meta):
        fields = [*DraftSerializer.Meta.fields, "content", "errors"]
        read_only_fields = fields

    def get_content(self, draft: InstrumentVersion) -> dict[str, Any]:
        return canonical.to_data(draft.instrument)

    def get_errors(self, draft: InstrumentVersion) -> int:
        return len(Draft(draft).errors)


class DraftConflictSerializer(WholeDraftSerializer):
    """What is stored, because it changed since it was last seen."""

    error = serializers.CharField(read_only=True)

    class Meta(WholeDraftSerializer.Meta):
        fields = ["error", *WholeDraftSerializer.Meta.fields]
        read_only_fields = fields


class DraftsView(CallView):
    """The drafts the person writes; a new one is begun with whole, sound content."""

    @extend_schema(responses=DraftSerializer(many=True))
    def get(self, request: Request) -> Response:
        drafts = instrument_queries.drafts_visible_to(request.user)
        return Response(DraftSerializer(drafts, many=True).data)

    @extend_schema(
        request=DraftContentSerializer,
        responses={201: WholeDraftSerializer, 400: DraftFaultsSerializer},
    )
    def post(self, request: Request) -> Response:
        require(
            instrument_queries.writes_instruments(request.user),
            _("Only administrators and coordinators write instruments."),
        )
        found = _examined(given(request, DraftContentSerializer)["content"])
        if found.instrument is None:
            return _refused(found)
        require(
            instrument_queries.may_bring_in(request.user, found.instrument),
            _("Only editions of your own country can be brought in."),
        )
        draft = actions.import_draft(instrument=found.instrument, by=request.user)
        return Response(WholeDraftSerializer(draft).data, status=status.HTTP_201_CREATED)


class DraftView(CallView):
    """One draft, read and written as a whole. 409 with the stored one where it changed since."""

    @extend_schema(responses=WholeDraftSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(WholeDraftSerializer(_draft(request, pk)).data)

    @extend_schema(
        request=DraftWriteSerializer,
        responses={
            200: WholeDraftSerializer,
            400: DraftFaultsSerializer,
            409: DraftConflictSerializer,
        },
    )
    def put(self, request: Request, pk: int) -> Response:
        draft = _draft(request, pk)
        said = given(request, DraftWriteSerializer)
        found = _examined(said["content"])
        if found.instrument is None:
            return _refused(found)
        try:
            saved = actions.save_draft(
                draft=draft, instrument=found.instrument, sha256=said["sha256"], by=request.user
            )
        except Stale as stale:
            stored = WholeDraftSerializer(stale.stored).data
            return Response({"error": stale.sentence} | stored, status=status.HTTP_409_CONFLICT)
        return Response(WholeDraftSerializer(saved).data)


def _draft(request: Request, pk: int) -> InstrumentVersion:
    return visible(instrument_queries.drafts_visible_to(request.user), pk=pk)


def _examined(content: Any) -> Examined:
    """The content held against its parent, where it is an edition."""
    alone = examine_data(content)
    parent: Instrument | None = alone.instrument and instrument_queries.parent_of(alone.instrument)
    return examine_data(content, parent) if parent else alone


def _refused(found: Examined) -> Response:
    faults = [
        {"path": one.path, "message": one.message, "severity": one.severity} for one in found.faults
    ]
    error = _("The content has to be mended; nothing is kept.")
    return Response({"error": error, "faults": faults}, status=status.HTTP_400_BAD_REQUEST)
