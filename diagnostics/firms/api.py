"""The API of member firms; the same rules as the pages. Answers are saved at their sheet."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import mail
from accounts.doors import visible
from activity.calls import CallView, Nothing, given
from activity.revised_api import RevisedSerializer, RevisedView, StaleSerializer
from clusters.actions import invite_to_firm
from clusters.api.registry import InvitedSerializer
from clusters.doors import attended_firm
from clusters.models import Firm
from clusters.queries import clusters_attended_by, firms_visible_to, people_reading
from countries.models import Industry
from diagnostics.firms import actions
from diagnostics.firms.profiles import (
    Row,
    earlier_profiles_of,
    newer_version,
    newest_version,
    profile_of,
    profiles_of,
    rows,
)
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
    revision = serializers.IntegerField()


class FirmEntrySerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    size = serializers.ChoiceField(Firm.Size.choices)
    role = serializers.ChoiceField(Firm.ROLES)
    industry = serializers.PrimaryKeyRelatedField(
        queryset=Industry.objects.all(), allow_null=True, required=False
    )


class FirmChangeSerializer(RevisedSerializer, FirmEntrySerializer):
    """Likewise; an industry that is not sent stays."""


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


class FirmPersonSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField(source="user")


class FirmProfileSerializer(FirmSerializer):
    """With its profile beside the others, the sheets of earlier ones, and who reads them all.

    `people` answer for the firm, `readers` are they and the cluster's agents.
    """

    rows = OwnFirmRowSerializer(many=True)
    earlier = serializers.ListField(child=serializers.IntegerField())
    people = FirmPersonSerializer(many=True)
    readers = serializers.ListField(child=serializers.CharField())


class FirmsTogetherSerializer(serializers.Serializer):
    """What is told of all firms of a cluster together."""

    instrument = serializers.CharField(allow_null=True)
    is_fictional = serializers.BooleanField()
    rows = FirmRowSerializer(many=True)


class FirmInvitationSerializer(serializers.Serializer):
    email = serializers.EmailField()


class FirmsView(CallView):
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
        said = given(request, FirmEntrySerializer)
        made = actions.enter_firm(cluster=cluster, by=request.user, **said)
        return Response(_as_data(profile_of(made), newest_version()), status.HTTP_201_CREATED)


class FirmsTogetherView(CallView):
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


class FirmView(RevisedView):
    """One firm with its profile beside the cluster's quartiles."""

    @extend_schema(responses=FirmProfileSerializer)
    def get(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        sheet = profile_of(firm)
        compared: list[Row] = rows(firm.cluster, sheet.round.instrument_version, sheet)
        found = _as_data(sheet, newest_version()) | {
            "rows": compared,
            "earlier": [one.pk for one in earlier_profiles_of(firm)],
            "people": firm.memberships.select_related("user"),
            "readers": people_reading(firm),
        }
        return Response(FirmProfileSerializer(found).data)

    @extend_schema(
        request=FirmChangeSerializer, responses={200: FirmSerializer, 409: StaleSerializer}
    )
    def put(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        said = {"industry": firm.industry} | given(request, FirmChangeSerializer)
        return Response(self.shown(actions.change_firm(firm=firm, by=request.user, **said)))

    def shown(self, stored: Firm) -> Any:
        return FirmSerializer(_as_data(profile_of(stored), newest_version())).data


class FirmProfilesView(CallView):
    """Begin a profile by the newest instrument; the one before stays."""

    @extend_schema(request=None, responses={201: FirmSerializer})
    def post(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        given(request, Nothing)
        sheet = actions.begin_profile(firm=firm, by=request.user)
        return Response(
            FirmSerializer(_as_data(sheet, newest_version())).data, status.HTTP_201_CREATED
        )


class FirmInvitationsView(CallView):
    """Invite somebody to answer for the firm."""

    @extend_schema(request=FirmInvitationSerializer, responses={201: InvitedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        firm = attended_firm(request.user, pk)
        said = given(request, FirmInvitationSerializer)
        invitation, token = invite_to_firm(firm=firm, by=request.user, **said)
        link = mail.send_invitation(request, invitation, token)
        return Response({"link": link}, status.HTTP_201_CREATED)


class FirmPersonEndView(CallView):
    """Somebody no longer answers for the firm."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int, membership: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        given(request, Nothing)
        ended = visible(firm.memberships.all(), pk=membership)
        actions.end_firm_membership(membership=ended, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FirmLeaveView(CallView):
    """Leave the cluster; the profile is deleted with everything about it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        firm = visible(firms_visible_to(request.user), pk=pk)
        given(request, Nothing)
        actions.leave(firm=firm, by=request.user)
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
        "revision": firm.revision,
    }
