"""The shapes of diagnostic studies in the API."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from activity import comments
from activity.judging import Criterion
from activity.models import Comment
from activity.revised_api import RevisedSerializer
from clusters.models import Lesson, PlanLine, Problem, Reading, Study, SwotLine
from clusters.studies import evidence
from clusters.studies.words import PRINCIPLES, TEXTS
from countries.models import Document


class StudySerializer(serializers.ModelSerializer):
    """A study in the list; `sha256` is over what it says, once it is published."""

    country = serializers.CharField(source="cluster.country_id")
    cluster_name = serializers.CharField(source="cluster")
    is_fictional = serializers.BooleanField(source="cluster.country.is_fictional")

    class Meta:
        model = Study
        fields = ["id", "country", "cluster", "cluster_name", "number", "state", "sha256",
                  "published_at", "withdrawn_at", "withdrawn_because", "is_fictional"]  # fmt: skip


class StudyWholeSerializer(StudySerializer):
    """`content` is what is hashed; `values` and `lessons` name lines by their `id` in it.

    `rows` has the numbers by which rows of a draft are changed, in the order of the content, and
    `revisions` which of each is stored. Of a withdrawn one `content` is null; `withdrawn_because`
    stands in its place.
    """

    content = serializers.DictField(allow_null=True)
    rows = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))
    revisions = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))
    values = serializers.ListField(child=serializers.DictField())
    lessons = serializers.ListField(child=serializers.DictField())
    judgement = serializers.DictField(child=serializers.CharField())
    steps = serializers.ListField(child=serializers.CharField())

    class Meta(StudySerializer.Meta):
        fields = [*StudySerializer.Meta.fields, "revision", "content", "rows", "revisions",
                  "values", "lessons", "judgement", "steps"]  # fmt: skip


class StudyTextsSerializer(RevisedSerializer, serializers.ModelSerializer):
    """Texts of a draft and answers to its design principles; what is not sent stays."""

    principles = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True), required=False
    )

    class Meta:
        model = Study
        fields = [*TEXTS, "principles", "revision"]

    def validate_principles(self, said: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(said) - set(PRINCIPLES)):
            raise serializers.ValidationError(
                _("There is no principle %(code)s.") % {"code": unknown[0]}
            )
        return said


class EvidenceOfferedSerializer(serializers.Serializer):
    """What a line of SWOT may rest on; `group` says of what kind it is."""

    group = serializers.CharField()
    key = serializers.CharField()
    evidence = serializers.CharField()


class SwotRowSerializer(RevisedSerializer, serializers.ModelSerializer):
    """A line; it rests on something on record (by its key), or on a document.

    `document` is the code of one known here, `title` names any other; `cited` is the place in it.
    """

    on_record = serializers.CharField(max_length=120, default="", allow_blank=True, write_only=True)
    document = serializers.PrimaryKeyRelatedField(
        queryset=Document.objects.all(), default=None, allow_null=True, write_only=True
    )
    title = serializers.CharField(max_length=300, default="", allow_blank=True, write_only=True)
    cited = serializers.CharField(max_length=190, default="", allow_blank=True, write_only=True)
    evidence = serializers.CharField(source="evidence_told", read_only=True)

    class Meta:
        model = SwotLine
        fields = ["id", "kind", "text", "on_record", "document", "title", "cited",
                  "evidence_key", "evidence", "revision"]  # fmt: skip
        read_only_fields = ["evidence_key"]

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        said = {"on_record": given.pop("on_record"), "document": given.pop("document"),
                "title": given.pop("title"), "place": given.pop("cited")}  # fmt: skip
        line, cluster = self.instance or SwotLine(), self.context["study"].cluster
        return given | evidence.pointed_to(line, cluster, **said)


class ProblemRowSerializer(RevisedSerializer, serializers.ModelSerializer):
    class Meta:
        model = Problem
        fields = ["id", "kind", "text", "action", "risk", "risk_text", "conditions", "revision"]


class PlanLineRowSerializer(RevisedSerializer, serializers.ModelSerializer):
    class Meta:
        model = PlanLine
        fields = ["id", "kind", "text", "owner", "start", "end", "cost", "currency", "payer",
                  "indicator", "baseline", "target", "revision"]  # fmt: skip


class LineField(serializers.PrimaryKeyRelatedField):
    """A line of the plan of the study that is followed."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(study=self.context["study"])


class StudyValueSerializer(serializers.ModelSerializer):
    """Where the indicator of a line stood on a day."""

    line = LineField(queryset=PlanLine.objects.all())

    class Meta:
        model = Reading
        fields = ["id", "line", "day", "value", "status", "source"]
        validators: ClassVar[list[Any]] = []  # the action says it in the page's words


class StudyCorrectionSerializer(serializers.ModelSerializer):
    """What is put in the place of a value of the same line and day."""

    corrects = serializers.IntegerField(source="replaces_id", read_only=True)

    class Meta:
        model = Reading
        fields = ["id", "value", "status", "source", "reason", "corrects"]
        extra_kwargs: ClassVar = {"reason": {"required": True}}


class LessonSerializer(serializers.ModelSerializer):
    """`author` is an organisation or a group: everybody reads it."""

    line = LineField(queryset=PlanLine.objects.all(), allow_null=True, default=None)

    class Meta:
        model = Lesson
        fields = ["id", "line", "day", "text", "author"]


class LessonCorrectionSerializer(LessonSerializer):
    """What is put in the place of a lesson, whole."""

    corrects = serializers.IntegerField(source="replaces_id", read_only=True)

    class Meta(LessonSerializer.Meta):
        fields = [*LessonSerializer.Meta.fields, "reason", "corrects"]
        extra_kwargs: ClassVar = {"reason": {"required": True}}


class StudyJudgementSerializer(serializers.Serializer):
    """A sentence by criterion; what is not sent stays."""

    judgement = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True)
    )

    def validate_judgement(self, said: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(said) - set(Criterion.values)):
            raise serializers.ValidationError(
                _("There is no criterion %(code)s.") % {"code": unknown[0]}
            )
        return said


class StudyStepSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class StudyCommentSerializer(serializers.ModelSerializer):
    text = serializers.CharField(max_length=comments.LONGEST)
    by_name = serializers.CharField(source="by.name", read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "text", "by_name", "at", "resolved_at"]
        read_only_fields = ["at", "resolved_at"]
