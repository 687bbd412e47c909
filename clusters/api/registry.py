"""The API of the registry of clusters; the same rules as the pages."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import mail
from accounts.doors import visible
from accounts.models import Organisation
from accounts.queries import organisations_managed_by
from accounts.roles import CLUSTER_ROLES
from activity.calls import CallView, CountryField, Nothing, given
from activity.revised_api import RevisedSerializer, RevisedView, StaleSerializer
from clusters import actions, doors, identity, queries
from clusters.models import Cluster, ClusterFigure
from countries.models import Region

MOST_REGIONS = 1_000  # of one entry


def in_words(cluster: Cluster, said: Any) -> Any:
    """What is said of the cluster, its texts in the reader's language."""
    match said:
        case str():
            return cluster.told(said)
        case dict():
            return {key: in_words(cluster, value) for key, value in said.items()}
        case list():
            return [in_words(cluster, value) for value in said]
    return said


class ClusterSerializer(serializers.ModelSerializer):
    """An entry of the registry; `kind` is what the guided test makes of it.

    Texts of an entry of a document are in the reader's language.
    """

    code = serializers.CharField(help_text="Of an entry of a document; else blank.")
    is_fictional = serializers.BooleanField(source="country.is_fictional")
    kind = serializers.CharField(source="verdict.kind")
    regions = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = Cluster
        fields = [
            "id", "code", "country", "name", "place", "regions", "latitude", "longitude",
            "point_of", "industry", "national_code", "products", "formation", "history", "kind",
            "told_phase", "document", "document_place", "is_fictional",
        ]  # fmt: skip

    def to_representation(self, cluster: Cluster) -> Any:
        return in_words(cluster, super().to_representation(cluster))


class ClusterFigureSerializer(serializers.ModelSerializer):
    """A figure with its source; without a year where the source names none."""

    class Meta:
        model = ClusterFigure
        fields = ["id", "measure", "value", "unit", "year", "source"]


class WholeClusterSerializer(ClusterSerializer):
    """Likewise; `test` are the answers by question, `grounds` on what those of a document rest.

    `verdict` and `reasons` are the same as `kind` in words.
    """

    figures = ClusterFigureSerializer(many=True)
    verdict = serializers.CharField(source="verdict.name")
    reasons = serializers.ListField(child=serializers.CharField(), source="verdict.reasons")
    test = serializers.DictField(child=serializers.CharField())
    grounds = serializers.DictField(child=serializers.CharField())

    class Meta(ClusterSerializer.Meta):
        fields = [
            *ClusterSerializer.Meta.fields, "verdict", "reasons", "test", "grounds",
            "told_phase_ground", "figures", "revision",
        ]  # fmt: skip


class ClustersAsked(serializers.Serializer):
    country = CountryField(required=False)
    region = serializers.CharField(
        required=False, max_length=150, help_text="The name of a region."
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if name := asked.get("region"):
            place = {"country": asked["country"]} if "country" in asked else {}
            asked["regions"] = named = Region.objects.filter(name=name, **place)
            if not named.exists():
                raise serializers.ValidationError({"region": _("No region has this name.")})
        return asked


class ClusterEntrySerializer(serializers.ModelSerializer):
    """What is written of an entry; regions by their names, the industry by its code of ISIC."""

    regions = serializers.ListField(
        child=serializers.CharField(max_length=150), max_length=MOST_REGIONS, required=False
    )

    class Meta:
        model = Cluster
        fields = [
            "name", "place", "regions", "latitude", "longitude", "point_of", "industry",
            "national_code", "products", "formation", "history",
        ]  # fmt: skip

    def validate_regions(self, names: list[str]) -> list[Region]:
        country = self.context["country"]
        found = {one.name: one for one in country.regions.defer("outline").filter(name__in=names)}
        if missing := [name for name in names if name not in found]:
            raise serializers.ValidationError(
                _("%(country)s has no region “%(name)s”.")
                % {"country": country, "name": missing[0]}
            )
        return list(found.values())


class ClusterChangeSerializer(RevisedSerializer, ClusterEntrySerializer):
    """Likewise; what is not sent stays."""

    class Meta(ClusterEntrySerializer.Meta):
        fields = [*ClusterEntrySerializer.Meta.fields, "revision"]
        extra_kwargs: ClassVar = {"name": {"required": False}}


class ClusterDiscardSerializer(serializers.Serializer):
    """Why the entry goes."""

    because = serializers.CharField(max_length=500)


class AnswersField(serializers.DictField):
    """Answers (yes, no, unknown) by the codes of questions or statements."""

    def __init__(self, codes: Collection[str], **options: Any) -> None:
        super().__init__(child=serializers.ChoiceField(identity.ANSWERS), **options)
        self.codes = codes

    def to_internal_value(self, data: Any) -> dict[str, str]:
        answers = super().to_internal_value(data)
        if strange := [code for code in answers if code not in self.codes]:
            raise serializers.ValidationError(
                _("Nothing is asked under the code “%(code)s”; expected: %(codes)s.")
                % {"code": strange[0][:60], "codes": ", ".join(self.codes)}
            )
        return answers


class ClusterAnswersSerializer(RevisedSerializer):
    """Answers of the guided test; a question that is left out is not known."""

    answers = AnswersField(identity.QUESTIONS)


class ClusterTestSerializer(ClusterAnswersSerializer):
    """The guided test that tells a cluster from what looks like it, with what it comes to."""

    questions = serializers.DictField(child=serializers.CharField())
    kind = serializers.CharField()
    verdict = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class ManagedOrganisation(serializers.PrimaryKeyRelatedField):
    """An organisation whose people one looks after."""

    def get_queryset(self) -> Any:
        return organisations_managed_by(self.context["by"])


class ClusterInvitationSerializer(serializers.Serializer):
    """To a role in the cluster, for an organisation whose people one looks after."""

    email = serializers.EmailField()
    role = serializers.ChoiceField([(role.code, role.title) for role in CLUSTER_ROLES])
    organisation = ManagedOrganisation(queryset=Organisation.objects.all())


class InvitedSerializer(serializers.Serializer):
    """`link` is for handing over where mail does not arrive; it works once."""

    link = serializers.CharField()


class ClustersView(CallView):
    """The registry, of all countries or one."""

    asks = ClustersAsked

    @extend_schema(responses=ClusterSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = queries.registry().prefetch_related("regions")
        if "region" in self.asked:
            found = found.filter(regions__in=self.asked["regions"])
        if "country" in self.asked:
            found = found.filter(country=self.asked["country"])
        return Response(
            ClusterSerializer(found.distinct().order_by("country", "name"), many=True).data
        )


class ClusterEnterView(CallView):
    """Enter a cluster or a candidate of the country."""

    @extend_schema(request=ClusterEntrySerializer, responses={201: WholeClusterSerializer})
    def post(self, request: Request, code: str) -> Response:
        country = doors.kept_country(request.user, code)
        said = given(request, ClusterEntrySerializer, country=country)
        made = actions.add_cluster(country=country, by=request.user, **said)
        return Response(_whole(made.pk), status.HTTP_201_CREATED)


class ClusterView(RevisedView):
    """One entry of the registry with its figures and what the guided test says."""

    @extend_schema(responses=WholeClusterSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_whole(pk))

    @extend_schema(
        request=ClusterChangeSerializer,
        responses={200: WholeClusterSerializer, 409: StaleSerializer},
    )
    def put(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        said = given(request, ClusterChangeSerializer, country=cluster.country)
        actions.change_cluster(cluster=cluster, by=request.user, **said)
        return Response(_whole(pk))

    def shown(self, stored: Cluster) -> Any:
        return _whole(stored.pk)


class ClusterDiscardView(CallView):
    """Take an entry out, unless a round, a survey, a study, a firm or a person rests on it."""

    @extend_schema(request=ClusterDiscardSerializer, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        cluster = doors.discardable_cluster(request.user, pk)
        said = given(request, ClusterDiscardSerializer)
        actions.discard_cluster(cluster=cluster, by=request.user, **said)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClusterTestView(RevisedView):
    """The guided test "is this a cluster?": its questions, the answers and the verdict."""

    @extend_schema(responses=ClusterTestSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_test(visible(queries.registry(), pk=pk)))

    @extend_schema(
        request=ClusterAnswersSerializer,
        responses={200: ClusterTestSerializer, 409: StaleSerializer},
    )
    def put(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        said = given(request, ClusterAnswersSerializer)
        said["test"] = dict.fromkeys(identity.QUESTIONS, "unknown") | said.pop("answers")
        return Response(_test(actions.change_cluster(cluster=cluster, by=request.user, **said)))

    def shown(self, stored: Cluster) -> Any:
        return _test(stored)


class ClusterFiguresView(CallView):
    """Add a figure: firms by size, employment, output, exports, each with its source."""

    @extend_schema(request=ClusterFigureSerializer, responses={201: ClusterFigureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        said = given(request, ClusterFigureSerializer)
        made = actions.add_figure(cluster=cluster, by=request.user, **said)
        return Response(ClusterFigureSerializer(made).data, status.HTTP_201_CREATED)


class ClusterFigureRemoveView(CallView):
    """Take a figure out; the record keeps what it said."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int, figure: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        given(request, Nothing)
        actions.remove_figure(figure=visible(cluster.figures.all(), pk=figure), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClusterInvitationsView(CallView):
    """Offer a role in the cluster."""

    @extend_schema(request=ClusterInvitationSerializer, responses={201: InvitedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = doors.staffed_cluster(request.user, pk)
        said = given(request, ClusterInvitationSerializer, by=request.user)
        invitation, token = actions.invite(cluster=cluster, by=request.user, **said)
        link = mail.send_invitation(request, invitation, token)
        return Response({"link": link}, status.HTTP_201_CREATED)


def _whole(pk: int) -> Any:
    """The entry as WholeClusterSerializer describes it."""
    found = queries.registry().prefetch_related("figures", "regions")
    return WholeClusterSerializer(visible(found, pk=pk)).data


def _test(cluster: Cluster) -> dict[str, Any]:
    """The test as ClusterTestSerializer describes it."""
    verdict = cluster.verdict
    return {
        "questions": identity.QUESTIONS,
        "answers": cluster.test,
        "kind": verdict.kind,
        "verdict": verdict.name,
        "reasons": verdict.reasons,
        "revision": cluster.revision,
    }
