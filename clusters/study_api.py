"""The API of diagnostic studies: the same rules as the pages."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import require, visible
from accounts.sessions import proved_lately
from activity import comments
from activity.steps import possible
from clusters import actions, queries
from clusters.models import PlanLine, Problem, Reading, Study, SwotLine
from clusters.studies import evidence, lives
from clusters.studies.following import whole
from clusters.studies.shapes import (
    EvidenceOfferedSerializer,
    LessonSerializer,
    PlanLineRowSerializer,
    ProblemRowSerializer,
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
from clusters.views.registry import KEEPERS
from clusters.views.studies import INSIDERS, require_step


class StudiesView(APIView):
    """Published studies for everybody, and those that the person may read before."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        parameters=[OpenApiParameter("country", str), OpenApiParameter("cluster", str)],
        responses=StudySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found = queries.studies_visible_to(request.user).defer("snapshot")
        if country := request.query_params.get("country", "").replace("\0", ""):
            found = found.filter(cluster__country=country)
        if cluster := request.query_params.get("cluster", "")[:9]:
            number = int(cluster) if cluster.isascii() and cluster.isdigit() else 0
            found = found.filter(cluster=number)
        return Response(StudySerializer(found, many=True).data)


class StudyBeginView(APIView):
    """Begin a cluster's next study."""

    @extend_schema(request=None, responses={201: StudyWholeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        cluster = visible(queries.registry(), pk=pk)
        require(queries.keeps(request.user, cluster), KEEPERS)
        study = actions.begin_study(cluster=cluster, by=request.user)
        return Response(_whole(study), status.HTTP_201_CREATED)


class StudyView(APIView):
    """A study with all it says and what became of it; putting writes texts of a draft."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=StudyWholeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found = queries.studies_visible_to(request.user)
        if not request.user.is_authenticated and not found.filter(pk=pk).exists():
            raise NotAuthenticated
        return Response(_whole(visible(found, pk=pk)))

    @extend_schema(request=StudyTextsSerializer, responses=StudyWholeSerializer)
    def put(self, request: Request, pk: int) -> Response:
        study = _kept(request, pk)
        said = _given(StudyTextsSerializer, request)
        principles = study.principles | said.pop("principles", {})
        study = actions.write_study(study=study, texts=said, principles=principles, by=request.user)
        return Response(_whole(study))


class EvidenceView(APIView):
    """What lines of SWOT may rest on, with the keys to name it by."""

    @extend_schema(responses=EvidenceOfferedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        offered = evidence.offered(_kept(request, pk).cluster)
        return Response([{"key": key, "evidence": words} for key, words in offered.items()])


class _Rows(APIView):
    """Add a row to a draft."""

    serializer: type[serializers.ModelSerializer]

    def post(self, request: Request, pk: int) -> Response:
        study = _kept(request, pk)
        given = _given(self.serializer, request, context={"study": study})
        made = self.serializer.Meta.model(**given)
        actions.keep_row(study=study, row=made, by=request.user)
        return Response(self.serializer(made).data, status.HTTP_201_CREATED)


class _Row(APIView):
    """Write a row of a draft anew."""

    serializer: type[serializers.ModelSerializer]

    def put(self, request: Request, pk: int, row: int) -> Response:
        study = _kept(request, pk)
        kept = visible(self.serializer.Meta.model.objects.filter(study=study), pk=row)
        given = _given(self.serializer, request, instance=kept, context={"study": study})
        for name, value in given.items():
            setattr(kept, name, value)
        actions.keep_row(study=study, row=kept, by=request.user)
        return Response(self.serializer(kept).data)


def _of(serializer: type[serializers.ModelSerializer], method: str, code: int) -> Any:
    """Describes what a view of rows takes and gives."""
    described = extend_schema(request=serializer, responses={code: serializer})
    return extend_schema_view(**{method: described})


@_of(SwotRowSerializer, "post", 201)
class SwotRowsView(_Rows):
    """Add a line of SWOT to a draft."""

    serializer = SwotRowSerializer


@_of(SwotRowSerializer, "put", 200)
class SwotRowView(_Row):
    """Write a line of SWOT of a draft anew."""

    serializer = SwotRowSerializer


@_of(ProblemRowSerializer, "post", 201)
class ProblemRowsView(_Rows):
    """Add a problem with its joint action to a draft."""

    serializer = ProblemRowSerializer


@_of(ProblemRowSerializer, "put", 200)
class ProblemRowView(_Row):
    """Write a problem of a draft anew."""

    serializer = ProblemRowSerializer


@_of(PlanLineRowSerializer, "post", 201)
class PlanLineRowsView(_Rows):
    """Add a line to the plan of a draft."""

    serializer = PlanLineRowSerializer


@_of(PlanLineRowSerializer, "put", 200)
class PlanLineRowView(_Row):
    """Write a line of a draft's plan anew."""

    serializer = PlanLineRowSerializer


class RowRemoveView(APIView):
    """Take a row out of a draft."""

    models: ClassVar = {"swot": SwotLine, "problems": Problem, "lines": PlanLine}

    @extend_schema(request=None, responses=StudyWholeSerializer)
    def post(self, request: Request, pk: int, part: str, row: int) -> Response:
        if part not in self.models:
            raise Http404
        study = _kept(request, pk)
        kept = visible(self.models[part].objects.filter(study=study), pk=row)
        actions.remove_row(row=kept, by=request.user)
        return Response(_whole(study))


class StudyStepView(APIView):
    """Take a step of the study's life."""

    @extend_schema(request=StudyStepSerializer, responses=StudyWholeSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        study = visible(queries.studies_visible_to(request.user), pk=pk)
        if step not in lives.STEPS:
            raise Http404
        require_step(request.user, study, lives.STEPS[step])
        proof = not lives.STEPS[step].asks_proof or proved_lately(request)
        require(proof, _("Only after a fresh sign-in is this done; sign in again."))
        said = _given(StudyStepSerializer, request)
        return Response(
            _whole(actions.take_study_step(study=study, step=step, by=request.user, **said))
        )


class StudyCommentsView(APIView):
    """The comments on a study, for those inside; posting adds one while it is in review."""

    @extend_schema(responses=StudyCommentSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        study = self._inside(request, pk)
        return Response(StudyCommentSerializer(comments.on(study.topic), many=True).data)

    @extend_schema(request=StudyCommentSerializer, responses={201: StudyCommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = self._inside(request, pk)
        text = _given(StudyCommentSerializer, request)["text"]
        made = actions.comment_study(study=study, text=text, by=request.user)
        return Response(StudyCommentSerializer(made).data, status.HTTP_201_CREATED)

    def _inside(self, request: Request, pk: int) -> Study:
        study = visible(queries.studies_visible_to(request.user), pk=pk)
        inside = queries.clusters_inside(request.user).filter(pk=study.cluster_id)
        require(inside.exists(), INSIDERS)
        return study


class StudyCommentAnswerView(APIView):
    """Answer a comment; it is dealt with then."""

    @extend_schema(request=StudyCommentSerializer, responses=StudyCommentSerializer(many=True))
    def post(self, request: Request, pk: int, comment: int) -> Response:
        study = _kept(request, pk)
        said = visible(comments.on(study.topic), pk=comment)
        text = _given(StudyCommentSerializer, request)["text"]
        actions.answer_comment(study=study, comment=said, text=text, by=request.user)
        return Response(StudyCommentSerializer(comments.on(study.topic), many=True).data)


class StudyValuesView(APIView):
    """Say where the indicator of a line of a published plan stands."""

    @extend_schema(request=StudyValueSerializer, responses={201: StudyValueSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = _kept(request, pk)
        said = _given(StudyValueSerializer, request, context={"study": study})
        made = actions.add_reading(by=request.user, **said)
        return Response(StudyValueSerializer(made).data, status.HTTP_201_CREATED)


class StudyCorrectionView(APIView):
    """Put another value in the place of one of the plan's, with a reason; both are kept."""

    @extend_schema(request=StudyCorrectionSerializer, responses={201: StudyCorrectionSerializer})
    def post(self, request: Request, pk: int, value: int) -> Response:
        study = _kept(request, pk)
        reading = visible(Reading.objects.filter(line__study=study), pk=value)
        said = _given(StudyCorrectionSerializer, request)
        made = actions.correct_reading(reading=reading, by=request.user, **said)
        return Response(StudyCorrectionSerializer(made).data, status.HTTP_201_CREATED)


class StudyLessonsView(APIView):
    """Write a lesson of a published study down."""

    @extend_schema(request=LessonSerializer, responses={201: LessonSerializer})
    def post(self, request: Request, pk: int) -> Response:
        study = _kept(request, pk)
        said = _given(LessonSerializer, request, context={"study": study})
        made = actions.add_lesson(study=study, by=request.user, **said)
        return Response(LessonSerializer(made).data, status.HTTP_201_CREATED)


class StudyJudgementView(APIView):
    """Judge a published study and its plan by UNCTAD's criteria."""

    @extend_schema(request=StudyJudgementSerializer, responses=StudyJudgementSerializer)
    def put(self, request: Request, pk: int) -> Response:
        study = _kept(request, pk)
        texts = _given(StudyJudgementSerializer, request)["judgement"]
        actions.judge_study(study=study, texts=texts, by=request.user)
        return Response({"judgement": whole(study)["judgement"]})


def _given(serializer: type[serializers.BaseSerializer], request: Request, **options: Any) -> Any:
    sent = serializer(data=request.data, **options)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def _kept(request: Request, pk: int) -> Study:
    """A study of a cluster the person keeps: 404 to who may not read it, 403 to who only may."""
    study = visible(queries.studies_visible_to(request.user), pk=pk)
    require(queries.keeps(request.user, study.cluster), KEEPERS)
    return study


def _whole(study: Study) -> dict[str, Any]:
    """The study as StudyWholeSerializer describes it."""
    parts = {"swot": study.swot, "problems": study.problems, "lines": study.lines}
    drafted = study.snapshot is None
    rows = {name: list(kept.values_list("pk", flat=True)) for name, kept in parts.items()}
    steps = [step.code for step in possible(study, lives.STEPS)]
    said = StudySerializer(study).data | whole(study)
    return said | {"rows": rows if drafted else {}, "steps": steps}
