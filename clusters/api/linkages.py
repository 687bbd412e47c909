"""The API of linkages: surveys of who deals with whom; the same rules as the pages."""

from dataclasses import asdict
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.calls import CallView, Nothing, given
from activity.revised_api import RevisedSerializer, RevisedView, StaleSerializer
from clusters import actions, doors, queries
from clusters.forms import TableForm
from clusters.linkages import changes, words
from clusters.models import Actor, LinkageSurvey, Tie
from clusters.network import Form


class SurveySerializer(serializers.ModelSerializer):
    is_fictional = serializers.BooleanField(source="cluster.country.is_fictional")

    class Meta:
        model = LinkageSurvey
        fields = ["id", "cluster", "title", "date", "source", "is_fictional", "revision"]


class SurveyEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = LinkageSurvey
        fields = ["title", "date", "source"]


class SurveyChangeSerializer(RevisedSerializer, SurveyEntrySerializer):
    class Meta(SurveyEntrySerializer.Meta):
        fields = [*SurveyEntrySerializer.Meta.fields, "revision"]


class ActorOfSurvey(serializers.SlugRelatedField):
    """An actor of the survey by its name."""

    def get_queryset(self) -> Any:
        return self.context["survey"].actors.all()


class RenameSerializer(RevisedSerializer):
    """An actor of the survey, and its new name."""

    actor = ActorOfSurvey("name", queryset=Actor.objects.all())
    name = serializers.CharField(max_length=150)


class SurveyedSerializer(serializers.Serializer):
    """An actor of the survey; `out_degree` is null where it did not answer, every measure while
    no tie is told of.

    `revision` is that of its name.
    """

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Actor.Kind.choices)
    inside = serializers.BooleanField()
    answered = serializers.BooleanField()
    in_degree = serializers.IntegerField(allow_null=True)
    out_degree = serializers.IntegerField(allow_null=True)
    gives_to = serializers.IntegerField(allow_null=True)
    takes_from = serializers.IntegerField(allow_null=True)
    betweenness = serializers.FloatField(allow_null=True)
    broker = serializers.BooleanField(allow_null=True)
    component = serializers.IntegerField(allow_null=True)
    revision = serializers.IntegerField()


class TieSerializer(serializers.ModelSerializer):
    """A tie as `source` told it: `direction` (gives, takes, both) is what `source` does."""

    source = serializers.CharField(source="source.name")
    target = serializers.CharField(source="target.name")

    class Meta:
        model = Tie
        fields = ["id", "source", "target", "kind", "strength", "direction", "since", "note"]


class KindSerializer(serializers.Serializer):
    """How many actors of a kind there are; `dealing` is null while no tie is told of."""

    kind = serializers.CharField()
    actors = serializers.IntegerField()
    inside = serializers.IntegerField()
    answered = serializers.IntegerField()
    dealing = serializers.IntegerField(allow_null=True)


class TieChangeSerializer(serializers.Serializer):
    """A tie that appeared, vanished or changed, in words of the page."""

    source = serializers.CharField()
    target = serializers.CharField()
    kind = serializers.CharField()
    direction = serializers.CharField(allow_blank=True)
    since = serializers.CharField(allow_blank=True)
    change = serializers.CharField()


class NetworkAsked(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        told = "Another survey of the cluster, from which `changes` are told."
        return {"with": serializers.IntegerField(required=False, help_text=told)}


class NetworkSerializer(SurveySerializer):
    """A survey with its actors, ties and measures; a share is null with nothing to divide by.

    Classes are core, business, institutions, among_institutions; the form is scattered, vertical,
    network or organised, or null where too few answered to tell; `form_in_words` says why. `actors`
    and `ties` are null for who does not read which firms deal with which, `changes` too, and where
    no survey is named to compare with.
    """

    response_rate = serializers.FloatField(allow_null=True)
    density = serializers.FloatField(allow_null=True)
    reciprocity = serializers.FloatField(allow_null=True)
    both_ways = serializers.FloatField(allow_null=True)
    components = serializers.ListField(child=serializers.IntegerField())
    leaving = serializers.FloatField(allow_null=True)
    ties_by_class = serializers.DictField(child=serializers.IntegerField())
    missing_classes = serializers.ListField(child=serializers.CharField())
    unknown_classes = serializers.ListField(child=serializers.CharField())
    form = serializers.CharField(allow_null=True)
    form_in_words = serializers.CharField()
    kinds = KindSerializer(many=True)
    actors = SurveyedSerializer(many=True, allow_null=True)
    ties = TieSerializer(many=True, allow_null=True)
    changes = TieChangeSerializer(many=True, allow_null=True)

    class Meta(SurveySerializer.Meta):
        fields = [
            *SurveySerializer.Meta.fields, "response_rate", "density", "reciprocity",
            "both_ways", "components", "leaving", "ties_by_class", "missing_classes",
            "unknown_classes", "form", "form_in_words", "kinds", "actors", "ties",
            "changes",
        ]  # fmt: skip


class TableSerializer(serializers.Serializer):
    """A `table` as it would be pasted (a line of columns, then the rows), or a `file` of at most
    5 MB (CSV, XLSX, XLS or ODS)."""

    table = serializers.CharField(max_length=5_000_000, trim_whitespace=False, required=False)
    file = serializers.FileField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = TableForm({"pasted": attrs.get("table", "")}, {"upload": attrs.get("file")})
        if not form.is_valid():
            raise serializers.ValidationError([*chain.from_iterable(form.errors.values())])
        return {"table": form.table()}


class EnteredSerializer(serializers.Serializer):
    """How many rows were entered, and what was noticed in the table."""

    entered = serializers.IntegerField()
    told = serializers.ListField(child=serializers.CharField())


class LinkagesView(CallView):
    """The surveys of a cluster's linkages; members of the cluster and of its country read them."""

    @extend_schema(responses=SurveySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        cluster = visible(queries.clusters_inside(request.user), pk=pk)
        found = queries.linkage_surveys_visible_to(request.user).filter(cluster=cluster)
        return Response(SurveySerializer(found, many=True).data)

    @extend_schema(request=SurveyEntrySerializer, responses={201: SurveySerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_inside(request.user, pk)
        said = given(request, SurveyEntrySerializer)
        made = actions.add_linkage_survey(cluster=cluster, by=request.user, **said)
        return Response(SurveySerializer(made).data, status.HTTP_201_CREATED)


class NetworkView(RevisedView):
    """One survey: its actors and ties, and the measures of their network."""

    asks = NetworkAsked

    @extend_schema(responses=NetworkSerializer)
    def get(self, request: Request, pk: int) -> Response:
        survey = visible(queries.linkage_surveys_visible_to(request.user), pk=pk)
        other = self._other(survey)
        names = queries.reads_names(request.user, survey.cluster)
        return Response(_as_data(survey, other, names=names))

    def _other(self, survey: LinkageSurvey) -> LinkageSurvey | None:
        if "with" not in self.asked:
            return None
        others = survey.cluster.linkage_surveys.exclude(pk=survey.pk)
        found = others.filter(pk=self.asked["with"]).first()
        if found is None:
            numbers = ", ".join(str(pk) for pk in others.values_list("pk", flat=True))
            told = _("The cluster has no other survey %(number)s; expected one of: %(numbers)s.")
            facts = {"number": self.asked["with"], "numbers": numbers or "–"}
            raise ValidationError({"with": told % facts})
        return found

    @extend_schema(
        request=SurveyChangeSerializer, responses={200: SurveySerializer, 409: StaleSerializer}
    )
    def put(self, request: Request, pk: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        said = given(request, SurveyChangeSerializer)
        made = actions.change_linkage_survey(survey=survey, by=request.user, **said)
        return Response(self.shown(made))

    def shown(self, stored: LinkageSurvey) -> Any:
        return SurveySerializer(stored).data


class SurveyRemoveView(CallView):
    """Delete a survey with its ties, unless a study rests on it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        given(request, Nothing)
        actions.remove_linkage_survey(survey=survey, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ActorRenameView(RevisedView):
    """Call an actor otherwise, in all surveys of its cluster."""

    @extend_schema(
        request=RenameSerializer, responses={200: RenameSerializer, 409: StaleSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        said = given(request, RenameSerializer, survey=survey)
        return Response(self.shown(actions.rename_actor(by=request.user, **said)))

    def shown(self, stored: Actor) -> Any:
        return {"actor": stored.name, "name": stored.name, "revision": stored.revision}


class SurveyedRemoveView(CallView):
    """Take an actor out of a survey while none of its ties names it."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int, surveyed: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        given(request, Nothing)
        found = visible(survey.surveyed.all(), pk=surveyed)
        actions.remove_surveyed(surveyed=found, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TieRemoveView(CallView):
    """Take a tie out of a survey."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int, tie: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        given(request, Nothing)
        actions.remove_tie(tie=visible(survey.ties.all(), pk=tie), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class _EnterView(CallView):
    """Enter a table whole, or refuse it with every fault and its place."""

    enter: Any
    parser_classes = [*CallView.parser_classes, MultiPartParser]

    @extend_schema(request=TableSerializer, responses=EnteredSerializer)
    def post(self, request: Request, pk: int) -> Response:
        survey = doors.kept_survey(request.user, pk)
        table = given(request, TableSerializer)["table"]
        made = self.enter(survey=survey, table=table, by=request.user)
        return Response({"entered": made.count, "told": made.told}, status.HTTP_200_OK)


class ActorsView(_EnterView):
    """Enter actors: columns name, kind and, where known, inside, answered."""

    enter = staticmethod(actions.enter_actors)


class TiesView(_EnterView):
    """Enter ties: columns source, target, kind and, where known, strength,
    direction, since, note."""

    enter = staticmethod(actions.enter_ties)


def _as_data(survey: LinkageSurvey, other: LinkageSurvey | None, *, names: bool) -> dict[str, Any]:
    """The survey as NetworkSerializer describes it; actors and ties with `names` only."""
    found = words.found(survey)
    turned = changes.changes(found, words.found(other)) if other and names else None
    measured = asdict(found.measures)
    actors = [
        one | {"id": row.pk, "name": row.actor.name, "kind": row.kind, "inside": row.inside,
               "answered": row.answered, "revision": row.actor.revision}
        for one, row in zip(measured["actors"], found.surveyed, strict=True)
    ]  # fmt: skip
    return (
        SurveySerializer(survey).data
        | measured
        | {
            "form": found.measures.form if isinstance(found.measures.form, Form) else None,
            "form_in_words": found.form,
            "kinds": KindSerializer(words.by_kind(found), many=True).data,
            "actors": SurveyedSerializer(actors, many=True).data if names else None,
            "ties": TieSerializer(found.ties, many=True).data if names else None,
            "changes": turned
            and [dict(zip(TieChangeSerializer().fields, row, strict=True)) for row in turned.rows],
        }
    )
