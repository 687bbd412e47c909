"""The API of diagnostic studies: the same rules as the pages."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import require, visible
from accounts.sessions import proved_lately
from activity import comments
from activity.calls import CallSchema, CallView, CountryField, Nothing, given
from activity.revised_api import RevisedView, StaleSerializer
from activity.steps import possible
from clusters import actions, doors, queries
from clusters.models import Cluster, PlanLine, Problem, Reading, Study, SwotLine
from clusters.studies import evidence, lives
from clusters.studies.following import whole
from clusters.studies.shapes import (
    EvidenceOfferedSerializer,
    LessonCorrectionSerializer,
    LessonSerializer,
    StudyCommentSerializer,
    StudyCorrectionSerializer,
    StudyJudgementSerializer,
    StudySerializer,
    StudyStepSerializer,
    StudyTextsSerializer,
    StudyValueSerializer,
    StudyWholeSerializer,
    SwotRowSerializer,
)


class StudiesAsked(serializers.Serializer):
    country = CountryField(required=False, source="cluster__country")
    cluster = serializers.PrimaryKeyRelatedField(queryset=Cluster.objects.all(), required=False)


class StudiesView(CallView):
    """Published studies for everybody, and those that the person may read before."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    asks = StudiesAsked

    @extend_schema(responses=StudySerializer(many=True))
    def get(self, request: Request) -> Response:
        found = queries.studies_visible_to(request.user).defer("snapshot").filter(**self.asked)
        return Response(StudySerializer(found, many=True).data)


class StudyBeginView(CallView):
    """Begin a cluster's next study."""

    @extend_schema(request=None, responses={201: StudyWholeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = doors.kept_cluster(request.user, pk)
        given(request, Nothing)
        study = actions.begin_study(cluster=cluster, by=request.user)
        return Response(_whole(study), status.HTTP_201_CREATED)


class StudyView(RevisedView):
    """A study with all it says and what became of it; putting writes texts of a draft."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=StudyWholeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = queries.studies_visible_to(request.user)
        if not request.user.is_authenticated and not found.filter(pk=pk).exists():
            raise NotAuthenticated
        return Response(_whole(visible(found, pk=pk)))

    @extend_schema(
        request=StudyTextsSerializer, responses={200: StudyWholeSerializer, 409: StaleSerializer}
    )
    def put(self, request: Request, pk: int) -> Response:
        study = doors.kept_study(request.user, pk)
        said = given(request, StudyTextsSerializer)
        rest = {"principles": said.pop("principles", {}), "revision": said.pop("revision", None)}
        study = actions.write_study(study=study, texts=said, by=request.user, **rest)
        return Response(_whole(study))

    def shown(self, stored: Study) -> Any:
        return _whole(stored)


class EvidenceView(CallView):
    """What lines of SWOT may rest on, with the keys to name it by."""

    @extend_schema(responses=EvidenceOfferedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        groups = evidence.grouped(doors.kept_study(request.user, pk).cluster)
        return Response(
            [
                {"group": group, "key": key, "evidence": words}
                for group, kept in groups.items()
                for key, words in kept.items()
            ]
        )


class RowSchema(CallSchema):
    """Describes a row as what is sent and what is answered."""

    def get_response_serializers(self) -> Any:
        row = super().get_response_serializers()
        return {201: row} if self.method == "POST" else {200: row, 409: StaleSerializer}


class StudyRowsView(CallView):
    """Add a row to a draft."""

    schema = RowSchema()
    serializer_class: type[serializers.ModelSerializer] = SwotRowSerializer

    def post(self, request: Request, pk: int) -> Response:
        study = doors.kept_study(request.user, pk)
        made = self.serializer_class.Meta.model()
        return Response(_kept_row(self, study, made), status.HTTP_201_CREATED)


class StudyRowView(RevisedView):
    """Write a row of a draft anew."""

    schema = RowSchema()
    serializer_class: type[serializers.ModelSerializer] = SwotRowSerializer

    def put(self, request: Request, pk: int, row: int) -> Response:
        study = doors.kept_study(request.user, pk)
        kept = visible(self.serializer_class.Meta.model.objects.filter(study=study), pk=row)
        return Response(_kept_row(self, study, kept))

    def shown(self, stored: Any) -> Any:
        return self.serializer_class(stored).data


class RowRemoveView(CallView):
    """Take a row out of a draft."""

    models: ClassVar = {"swot": SwotLine, "problems": Problem, "lines": PlanLine}

    @extend_schema(request=None, responses=StudyWholeSerializer)
    def post(self, request: Request, pk: int, part: str, row: int) -> Response:
        if part not in self.models:
            raise Http404
        study = doors.kept_study(request.user, pk)
        given(request, Nothing)
        kept = visible(self.models[part].objects.filter(study=study), pk=row)
        actions.remove_row(row=kept, by=request.user)
        return Response(_whole(study))


class StudyStepView(CallView):
    """Take a step of the study's life."""

    @extend_schema(request=StudyStepSerializer, responses=StudyWholeSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        if step not in lives.STEPS:
            raise Http404
        study = doors.study_for_step(request.user, pk, lives.STEPS[step])
        proof = not lives.STEPS[step].asks_proof or proved_lately(request)
        require(proof, _("Only after a fresh sign-in is this done; sign in again."))
        said = given(request, StudyStepSerializer)
        return Response(
            _whole(actions.take_study_step(study=study, step=step, by=request.user, **said))
        )


class StudyCommentsView(CallView):
    """The comments on a study, for those inside; posting adds one while it is in review."""

    @extend_schema(responses=StudyCommentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        study = doors.discussed_study(request.user, pk)
        return Response(StudyCommentSerializer(comments.on(study.topic), many=True).data)

    @extend_schema(request=StudyCommentSerializer, responses={201: StudyCommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = doors.discussed_study(request.user, pk)
        text = given(request, StudyCommentSerializer)["text"]
        made = actions.comment_study(study=study, text=text, by=request.user)
        return Response(StudyCommentSerializer(made).data, status.HTTP_201_CREATED)


class StudyCommentAnswerView(CallView):
    """Answer a comment; it is dealt with then."""

    @extend_schema(request=StudyCommentSerializer, responses=StudyCommentSerializer(many=True))
    def post(self, request: Request, pk: int, comment: int) -> Response:
        study = doors.kept_study(request.user, pk)
        said = visible(comments.on(study.topic), pk=comment)
        text = given(request, StudyCommentSerializer)["text"]
        actions.answer_comment(study=study, comment=said, text=text, by=request.user)
        return Response(StudyCommentSerializer(comments.on(study.topic), many=True).data)


class StudyValuesView(CallView):
    """Say where the indicator of a line of a published plan stands."""

    @extend_schema(request=StudyValueSerializer, responses={201: StudyValueSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = doors.kept_study(request.user, pk)
        said = given(request, StudyValueSerializer, study=study)
        made = actions.add_reading(by=request.user, **said)
        return Response(StudyValueSerializer(made).data, status.HTTP_201_CREATED)


class StudyCorrectionView(CallView):
    """Put another value in the place of one of the plan's, with a reason; both are kept."""

    @extend_schema(request=StudyCorrectionSerializer, responses={201: StudyCorrectionSerializer})
    def post(self, request: Request, pk: int, value: int) -> Response:
        study = doors.kept_study(request.user, pk)
        reading = visible(Reading.objects.filter(line__study=study), pk=value)
        said = given(request, StudyCorrectionSerializer)
        made = actions.correct_reading(reading=reading, by=request.user, **said)
        return Response(StudyCorrectionSerializer(made).data, status.HTTP_201_CREATED)


class StudyLessonsView(CallView):
    """Write a lesson of a published study down."""

    @extend_schema(request=LessonSerializer, responses={201: LessonSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = doors.kept_study(request.user, pk)
        said = given(request, LessonSerializer, study=study)
        made = actions.add_lesson(study=study, by=request.user, **said)
        return Response(LessonSerializer(made).data, status.HTTP_201_CREATED)


class LessonCorrectionView(CallView):
    """Put another lesson in the place of one, with a reason; both are kept."""

    @extend_schema(request=LessonCorrectionSerializer, responses={201: LessonCorrectionSerializer})
    def post(self, request: Request, pk: int, lesson: int) -> Response:
        study = doors.kept_study(request.user, pk)
        wrong = visible(study.lessons.all(), pk=lesson)
        said = given(request, LessonCorrectionSerializer, study=study)
        made = actions.correct_lesson(lesson=wrong, by=request.user, **said)
        return Response(LessonCorrectionSerializer(made).data, status.HTTP_201_CREATED)


class StudyJudgementView(CallView):
    """Judge a published study and its plan by UNCTAD's criteria."""

    @extend_schema(request=StudyJudgementSerializer, responses=StudyJudgementSerializer)
    def put(self, request: Request, pk: int) -> Response:
        study = doors.kept_study(request.user, pk)
        texts = given(request, StudyJudgementSerializer)["judgement"]
        actions.judge_study(study=study, texts=texts, by=request.user)
        return Response({"judgement": whole(study)["judgement"]})


def _kept_row(view: StudyRowsView | StudyRowView, study: Study, row: Any) -> Any:
    """The row with what was sent written on it."""
    said = given(view.request, view.serializer_class, row=row, study=study)
    read = said.pop("revision", None)
    for name, value in said.items():
        setattr(row, name, value)
    actions.keep_row(study=study, row=row, revision=read, by=view.request.user)
    return view.serializer_class(row).data


def _whole(study: Study) -> dict[str, Any]:
    """The study as StudyWholeSerializer describes it."""
    parts = {"swot": study.swot, "problems": study.problems, "lines": study.lines}
    drafted = study.snapshot is None
    rows, revisions = (
        {name: list(kept.values_list(what, flat=True)) for name, kept in parts.items()}
        for what in ("pk", "revision")
    )
    steps = [step.code for step in possible(study, lives.STEPS)]
    said = StudySerializer(study).data | whole(study)
    return said | {
        "revision": study.revision,
        "rows": rows if drafted else {},
        "revisions": revisions if drafted else {},
        "steps": steps,
    }
