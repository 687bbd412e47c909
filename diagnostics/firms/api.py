"""The API of member firms; the same rules as the pages. Answers are saved at their sheet."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import mail
from accounts.doors import require, visible
from clusters.actions import invite_to_firm
from clusters.models import Firm
from clusters.queries import clusters_attended_by, firms_visible_to
from countries.models import Industry
from diagnostics.firms import actions
from diagnostics.firms.profiles import (
    Row,
    newer_version,
    newest_version,
    profile_of,
    profiles_of,
    rows,
)
from diagnostics.firms.views import AGENTS
from diagnostics.models import InstrumentVersion, Sheet


class FirmSerializer(serializers.Serializer):
    """A member firm; `sheet` is where its profile is filled: draft, submitted or reopened.

    `newer_instrument` is not null where a new profile may be begun.
    """

    id = serializers.IntegerField()
    name = serializers.CharField(max_length=200)
    size = serializers.ChoiceField(Firm.Size.choices)
    role = serializers.ChoiceField(Firm.ROLES)
    industry = serializers.CharField(allow_null=True)
    cluster = serializers.IntegerField()
    sheet = serializers.IntegerField()
    state = serializers.CharField()
    instrument = serializers.CharField()
    newer_instrument = serializers.CharField(allow_null=True)
    is_fictional = serializers.BooleanField()


class FirmEntrySerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    size = serializers.ChoiceField(Firm.Size.choices)
    role = serializers.ChoiceField(Firm.ROLES)
    industry = serializers.PrimaryKeyRelatedField(
        queryset=Industry.objects.all(), allow_null=True, default=None
    )


class FirmRowSerializer(serializers.Serializer):
    """A theme (its stage) or item (its level); null is what is not told, or not handed in."""

    code = serializers.CharField()
    title = serializers.CharField()
    firms = serializers.IntegerField(allow_null=True)
    lower_quartile = serializers.IntegerField(allow_null=True, source="drawn.lower", default=None)
    median = serializers.IntegerField(allow_null=True, source="drawn.median", default=None)
    upper_quartile = serializers.IntegerField(allow_null=True, source="drawn.upper", default=None)


class OwnFirmRowSerializer(FirmRowSerializer):
    own = serializers.IntegerField(allow_null=True)


class FirmProfileSerializer(FirmSerializer):
    rows = OwnFirmRowSerializer(many=True)


class FirmsTogetherSerializer(serializers.Serializer):
    """What is told of all firms of a cluster together."""

    instrument = serializers.CharField(allow_null=True)
    is_fictional = serializers.BooleanField()
    rows = FirmRowSerializer(many=True)


class FirmInvitationSerializer(serializers.Serializer):
    email = serializers.EmailField()


class FirmInvitedSerializer(serializers.Serializer):
    """`link` is for handing over where mail does not arrive; it works once."""

    link = serializers.CharField()


class FirmsView(APIView):
    """The cluster's firms, for its agents; enter one."""

    @extend_schema(responses=FirmSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        cluster = visible(clusters_attended_by(request.user), pk=pk)
        newest = newest_version()
        firms = [_as_data(sheet, newest) for sheet in profiles_of(cluster)]
        return Response(FirmSerializer(firms, many=True).data)

    @extend_schema(request=FirmEntrySerializer, responses={201: FirmSerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = visible(clusters_attended_by(request.user), pk=pk)
        sent = FirmEntrySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = actions.enter_firm(cluster=cluster, by=request.user, **sent.validated_data)
        return Response(_as_data(profile_of(made), newest_version()), status.HTTP_201_CREATED)


class FirmsTogetherView(APIView):
    """All firms together, for the cluster's agents: never fewer than five."""

    @extend_schema(responses=FirmsTogetherSerializer)
    def get(self, request: Request, pk: int) -> Response:
        cluster = visible(clusters_attended_by(request.user), pk=pk)
        version = newest_version()
        found = {
            "instrument": str(version) if version else None,
            "is_fictional": cluster.country.is_fictional,
            "rows": rows(cluster, version) if version else [],
        }
        return Response(FirmsTogetherSerializer(found).data)


class FirmView(APIView):
    """One firm with its profile beside the cluster's quartiles."""

    @extend_schema(responses=FirmProfileSerializer)
    def get(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        sheet = profile_of(firm)
        compared: list[Row] = rows(firm.cluster, sheet.round.instrument_version, sheet)
        return Response(
            FirmProfileSerializer(_as_data(sheet, newest_version()) | {"rows": compared}).data
        )

    @extend_schema(request=FirmEntrySerializer, responses=FirmSerializer)
    def put(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        sent = FirmEntrySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        changed = actions.change_firm(firm=firm, by=request.user, **sent.validated_data)
        return Response(FirmSerializer(_as_data(profile_of(changed), newest_version())).data)


class FirmProfilesView(APIView):
    """Begin a profile by the newest instrument; the one before stays."""

    @extend_schema(request=None, responses={201: FirmSerializer})
    def post(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        sheet = actions.begin_profile(firm=firm, by=request.user)
        return Response(
            FirmSerializer(_as_data(sheet, newest_version())).data, status.HTTP_201_CREATED
        )


class FirmInvitationsView(APIView):
    """Invite somebody to answer for the firm."""

    @extend_schema(request=FirmInvitationSerializer, responses={201: FirmInvitedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        require(clusters_attended_by(request.user).filter(pk=firm.cluster_id).exists(), AGENTS)
        sent = FirmInvitationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        invitation, token = invite_to_firm(firm=firm, by=request.user, **sent.validated_data)
        link = mail.send_invitation(request, invitation, token)
        return Response({"link": link}, status.HTTP_201_CREATED)


class FirmLeaveView(APIView):
    """Leave the cluster; the profile is deleted with everything about it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        actions.leave(firm=visible(firms_visible_to(request.user), pk=pk), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _as_data(sheet: Sheet, newest: InstrumentVersion | None) -> dict[str, Any]:
    firm = sheet.round.firm
    newer = newer_version(sheet, newest)
    return {
        "id": firm.pk,
        "name": str(firm),
        "size": firm.size,
        "role": firm.role,
        "industry": firm.industry_id,
        "cluster": firm.cluster_id,
        "sheet": sheet.pk,
        "state": sheet.state,
        "instrument": str(sheet.round.instrument_version),
        "newer_instrument": str(newer) if newer else None,
        "is_fictional": sheet.round.country.is_fictional,
    }
