"""The API of a round's plan and its measures: the same rules as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.calls import CallView, Nothing, given
from diagnostics import actions, lives, planned, queries
from diagnostics.actions.planning import Candidate
from diagnostics.measure_views import (
    donors_of,
    found_measure,
    reported_measure,
    written_measure,
)
from diagnostics.models import Measure, Plan, Round
from diagnostics.plan_shapes import (
    FundingSerializer,
    InterestSerializer,
    MeasureChangeSerializer,
    MeasureSerializer,
    MeasureWritingSerializer,
    OfferedSerializer,
    PickingSerializer,
    PlanJudgementSerializer,
    PlanSerializer,
    PlanStepSerializer,
    ProgressSerializer,
)
from diagnostics.plan_views import STEPS, may_write, written_plan


class PlanView(CallView):
    """The action plan of a round; posting begins it."""

    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request, pk: int) -> Response:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        return Response(_plan(request, visible(Plan.objects, round=round)))

    @extend_schema(request=None, responses={201: PlanSerializer})
    def post(self, request: Request, pk: int) -> Response:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        may_write(queries.runs(request.user, pk))
        given(request, Nothing)
        begun = actions.begin_plan(round=round, by=request.user)
        return Response(_plan(request, begun), status.HTTP_201_CREATED)


class PlanOfferedView(CallView):
    """What the round's road map offers; posting takes measures over from it."""

    @extend_schema(responses=OfferedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        plan = written_plan(request, pk)
        there = set(plan.measures.values_list("picked", flat=True))
        rows = [vars(one) | {"there": one.picked in there} for one in _offered(plan).values()]
        return Response(OfferedSerializer(rows, many=True).data)

    @extend_schema(request=PickingSerializer, responses={201: MeasureSerializer(many=True)})
    def post(self, request: Request, pk: int) -> Response:
        plan = written_plan(request, pk)
        chosen = given(request, PickingSerializer, offered=_offered(plan))["picked"]
        made = actions.pick_measures(plan=plan, candidates=chosen, by=request.user)
        stored = _stored().in_bulk([one.pk for one in made])
        told = MeasureSerializer(
            [stored[one.pk] for one in made], many=True, context=_names(request, plan.round)
        )
        return Response(told.data, status.HTTP_201_CREATED)


class MeasuresView(CallView):
    """Put a measure of the country's own into a draft plan."""

    @extend_schema(request=MeasureWritingSerializer, responses={201: MeasureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        plan = written_plan(request, pk)
        values = given(request, MeasureWritingSerializer, plan=plan)
        made = actions.add_measure(plan=plan, values=values, by=request.user)
        return Response(_measure(request, made), status.HTTP_201_CREATED)


class MeasureView(CallView):
    """One measure; putting changes it while its plan is a draft: what is not sent stays."""

    @extend_schema(responses=MeasureSerializer)
    def get(self, request: Request, pk: int) -> Response:
        found, _runs = found_measure(request, pk)
        return Response(_measure(request, found))

    @extend_schema(request=MeasureChangeSerializer, responses=MeasureSerializer)
    def put(self, request: Request, pk: int) -> Response:
        found = written_measure(request, pk)
        said = given(request, MeasureChangeSerializer, plan=found.plan)
        values = {"requires": found.requires.all()} | said
        actions.change_measure(measure=found, values=values, by=request.user)
        return Response(_measure(request, found))


class MeasureRemoveView(CallView):
    """Take a measure out of a draft plan."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        found = written_measure(request, pk)
        given(request, Nothing)
        actions.remove_measure(measure=found, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeasureProgressView(CallView):
    """Report how a measure of an agreed plan stands."""

    @extend_schema(request=ProgressSerializer, responses={201: MeasureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        found = reported_measure(request, pk)
        said = given(request, ProgressSerializer)
        actions.report_progress(measure=found, by=request.user, **said)
        return Response(_measure(request, found), status.HTTP_201_CREATED)


class MeasureFundingView(CallView):
    """Add a line of funding."""

    @extend_schema(request=FundingSerializer, responses={201: MeasureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        found = written_measure(request, pk)
        said = given(request, FundingSerializer)
        actions.add_funding(measure=found, by=request.user, **said)
        return Response(_measure(request, found), status.HTTP_201_CREATED)


class MeasureFundingRemoveView(CallView):
    """Take a line of funding out."""

    @extend_schema(request=None, responses=MeasureSerializer)
    def post(self, request: Request, pk: int, line: int) -> Response:
        found = written_measure(request, pk)
        given(request, Nothing)
        funding = visible(found.funding.select_related("measure__plan"), pk=line)
        actions.remove_funding(funding=funding, by=request.user)
        return Response(_measure(request, found))


class MeasureInterestView(CallView):
    """A donor would look at funding the measure."""

    @extend_schema(request=InterestSerializer, responses={201: MeasureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        found, _runs = found_measure(request, pk)
        said = given(request, InterestSerializer, own=donors_of(request, found))
        actions.mark_interest(measure=found, by=request.user, **{"text": "", **said})
        return Response(_measure(request, found), status.HTTP_201_CREATED)


class MeasureInterestWithdrawView(CallView):
    """Take an interest back."""

    @extend_schema(request=None, responses=MeasureSerializer)
    def post(self, request: Request, pk: int, line: int) -> Response:
        found, _runs = found_measure(request, pk)
        own = found.interests.filter(organisation__in=donors_of(request, found))
        given(request, Nothing)
        actions.withdraw_interest(interest=visible(own, pk=line), by=request.user)
        return Response(_measure(request, found))


class PlanStepView(CallView):
    """Take a step of the plan's life."""

    @extend_schema(request=PlanStepSerializer, responses=PlanSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        if step not in STEPS:
            raise Http404
        plan = written_plan(request, pk)
        said = given(request, PlanStepSerializer)
        reason = said if lives.PLAN[step].asks_reason else {}
        STEPS[step](plan=plan, by=request.user, **reason)
        return Response(_plan(request, plan))


class PlanJudgementView(CallView):
    """Say what an agreed plan came to, criterion by criterion; what is not sent stays."""

    @extend_schema(request=PlanJudgementSerializer, responses=PlanSerializer)
    def put(self, request: Request, pk: int) -> Response:
        plan = written_plan(request, pk)
        texts = given(request, PlanJudgementSerializer)["judgement"]
        actions.judge_plan(plan=plan, texts=texts, by=request.user)
        return Response(_plan(request, plan))


def _offered(plan: Plan) -> dict[str, Candidate]:
    offered = planned.candidates(plan.round)
    return {one.picked: one for _theme, held in offered for one in held}


def _plan(request: Request, plan: Plan) -> Any:
    """The plan as it is stored now."""
    rows = ("measures__owner", "measures__funding", "measures__notes", "measures__requires",
            "measures__interests__organisation")  # fmt: skip
    found = Plan.objects.select_related("round").prefetch_related(*rows).get(pk=plan.pk)
    return PlanSerializer(found, context=_names(request, found.round)).data


def _measure(request: Request, measure: Measure) -> Any:
    """The measure as it is stored now."""
    stored = _stored().get(pk=measure.pk)
    return MeasureSerializer(stored, context=_names(request, stored.plan.round)).data


def _stored() -> QuerySet[Measure]:
    """Measures with all that is told of them."""
    rows = ("funding", "notes", "requires", "interests__organisation")
    return Measure.objects.select_related("owner", "plan__round").prefetch_related(*rows)


def _names(request: Request, round: Round) -> dict[str, bool]:
    """Whether the person is told who is interested."""
    return {"names": queries.told_of_interest(request.user, round)}
