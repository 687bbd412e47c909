"""The API of a round's life, settlement, objections and record: the same rules as the pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from accounts.doors import require, visible
from accounts.models import Organisation
from accounts.sessions import proved_lately
from activity.calls import CallView, given
from activity.steps import possible
from diagnostics import actions, history, lives, queries, settlement
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.api import EvidenceSerializer
from diagnostics.forms import DecisionForm
from diagnostics.models import Item, Objection, Response, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.scoring.instrument import Status
from diagnostics.views import STEPS


class RoundStepSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class RoundStateSerializer(serializers.Serializer):
    """Where the round is, and the steps its state allows."""

    state = serializers.CharField()
    steps = serializers.ListField(child=serializers.CharField())


class ItemDecisionSerializer(serializers.Serializer):
    """A decision as it is sent: `revision` is the one the sender last saw."""

    decision = serializers.ChoiceField(
        [DecisionForm.SETTLE, DecisionForm.WAIVE, DecisionForm.TAKE_BACK, DecisionForm.REOPEN]
    )
    revision = serializers.IntegerField(min_value=0)
    reason = serializers.CharField(max_length=2000)
    status = serializers.ChoiceField([str(one) for one in Status], default=str(Status.ANSWERED))
    answers = serializers.ListField(
        child=serializers.CharField(max_length=7, allow_blank=True), max_length=6, default=list
    )
    evidence = EvidenceSerializer(many=True, default=list, max_length=20)


class ToSettleSerializer(serializers.Serializer):
    """One item of the agreed sheet; `why` says why it is contested."""

    item = serializers.CharField()
    title = serializers.CharField()
    revision = serializers.IntegerField()
    status = serializers.CharField()
    answers = serializers.ListField(child=serializers.CharField(allow_blank=True))
    level = serializers.IntegerField(allow_null=True)
    panel_levels = serializers.DictField(child=serializers.IntegerField())
    why = serializers.ListField(child=serializers.CharField())
    decision = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    pending = serializers.BooleanField()


class ObjectionSerializer(serializers.ModelSerializer):
    """An objection with its answer; persons are never named."""

    item = serializers.CharField(source="item.code", read_only=True)
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Objection
        fields = [
            "id", "item", "organisation", "organisation_name", "about", "text", "link", "page",
            "quote", "at", "state", "answer",
        ]  # fmt: skip
        read_only_fields = ["at", "state", "answer"]


class AnswerSerializer(serializers.Serializer):
    accepted = serializers.BooleanField()
    reason = serializers.CharField(max_length=2000)


class EntrySerializer(serializers.Serializer):
    """One row of the record, in words."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    who = serializers.CharField()
    sheet = serializers.CharField(allow_blank=True)
    item = serializers.CharField(allow_blank=True)
    what = serializers.CharField()


class StepView(CallView):
    """Take a step of the round's life."""

    @extend_schema(request=RoundStepSerializer, responses=RoundStateSerializer)
    def post(self, request: Request, pk: int, step: str) -> ApiResponse:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        if step not in STEPS:
            raise Http404
        _require_coordinator(request, round)
        proof = not lives.ROUND[step].asks_proof or proved_lately(request)
        require(proof, _("Your sign-in is long ago; sign in again, then close the round."))
        said = given(request, RoundStepSerializer)
        reason = said if lives.ROUND[step].asks_reason else {}
        STEPS[step](round=round, by=request.user, **reason)
        round.refresh_from_db()
        steps = [one.code for one in possible(round, lives.ROUND)]
        return ApiResponse({"state": round.state, "steps": steps})


class HistoryAsked(serializers.Serializer):
    """What of the record is wanted."""

    kind = serializers.ChoiceField(list(history.KINDS), required=False)
    item = serializers.CharField(required=False, max_length=121, help_text="Code.")
    person = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="Whose doing it was."
    )
    before = serializers.DateTimeField(required=False, help_text="The time of the oldest read.")


class DissentingSerializer(serializers.Serializer):
    organisation = serializers.PrimaryKeyRelatedField(queryset=Organisation.objects.all())


class DissentSerializer(DissentingSerializer):
    """`named` is your own consent to stand by name in the members' edition."""

    text = serializers.CharField(max_length=2000)
    named = serializers.BooleanField(default=False)


class SettlementView(CallView):
    """What is agreed, item by item, contested items first."""

    @extend_schema(responses=ToSettleSerializer(many=True))
    def get(self, request: Request, pk: int) -> ApiResponse:
        round, agreed = _settling(request, pk)
        return ApiResponse([_as_data(one) for one in settlement.board(round, agreed).items])


class DecisionView(CallView):
    """Decide about one item. 409 with what is stored when somebody else decided since."""

    @extend_schema(
        request=ItemDecisionSerializer, responses={200: ToSettleSerializer, 409: ToSettleSerializer}
    )
    def put(self, request: Request, pk: int, item: str) -> ApiResponse:
        round, agreed = _settling(request, pk)
        _require_coordinator(request, round)
        said = given(request, ItemDecisionSerializer)
        answered = status.HTTP_200_OK
        try:
            _decide(request, round, item, said)
        except actions.Conflict:
            answered = status.HTTP_409_CONFLICT
        except Response.DoesNotExist:
            raise Http404 from None
        _before, shown, _after = settlement.board(round, agreed).around(item)
        return ApiResponse(_as_data(shown), status=answered)


class DissentView(CallView):
    """An organisation holds otherwise than is agreed; a second word replaces the first."""

    @extend_schema(request=DissentSerializer, responses={204: None})
    def post(self, request: Request, pk: int, item: str) -> ApiResponse:
        return _say(request, pk, item, DissentSerializer, actions.dissent)


class DissentWithdrawView(CallView):
    """An organisation holds otherwise no longer."""

    @extend_schema(request=DissentingSerializer, responses={204: None})
    def post(self, request: Request, pk: int, item: str) -> ApiResponse:
        return _say(request, pk, item, DissentingSerializer, actions.withdraw_dissent)


def _say(
    request: Request,
    pk: int,
    item: str,
    form: type[DissentingSerializer],
    action: Callable[..., Any],
) -> ApiResponse:
    """Say it for an organisation for which the person may."""
    round, _agreed = _settling(request, pk)
    may = queries.organisations_dissenting(request.user, round)
    require(may.exists(), _("Only members of an organisation that submitted a sheet dissent."))
    said = given(request, form)
    own = may.filter(pk=said["organisation"].pk)
    require(own.exists(), _("Only for your own organisation do you dissent."))
    try:
        action(round=round, item=item, by=request.user, **said)
    except Response.DoesNotExist:
        raise Http404 from None
    return ApiResponse(status=status.HTTP_204_NO_CONTENT)


class ObjectionsView(CallView):
    """The objections to an item; posting files one."""

    @extend_schema(responses=ObjectionSerializer(many=True))
    def get(self, request: Request, pk: int, item: str) -> ApiResponse:
        round, _agreed = _settling(request, pk)
        filed = round.objections.filter(item__code=item).select_related("item", "organisation")
        return ApiResponse(ObjectionSerializer(filed, many=True).data)

    @extend_schema(request=ObjectionSerializer, responses={201: ObjectionSerializer})
    def post(self, request: Request, pk: int, item: str) -> ApiResponse:
        round, _agreed = _settling(request, pk)
        mine = queries.organisations_objecting(request.user, round)
        require(mine.exists(), _("Only donors and ministries object."))
        said = given(request, ObjectionSerializer)
        own = mine.filter(pk=said["organisation"].pk)
        require(own.exists(), _("Only for your own organisation do you file objections."))
        evidence = EvidenceRow(*(said.pop(name, "") for name in ("link", "page", "quote")))
        try:
            filed = actions.file_objection(
                round=round, item=item, evidence=evidence, by=request.user, **said
            )
        except Item.DoesNotExist:
            raise Http404 from None
        return ApiResponse(ObjectionSerializer(filed).data, status=status.HTTP_201_CREATED)


class ObjectionAnswerView(CallView):
    """Accept or refuse an objection to what is agreed."""

    @extend_schema(request=AnswerSerializer, responses=ObjectionSerializer)
    def post(self, request: Request, pk: int) -> ApiResponse:
        about = Objection.About.ANSWER
        filed = visible(queries.objections_visible_to(request.user), pk=pk, about=about)
        _require_coordinator(request, filed.round)
        said = given(request, AnswerSerializer)
        done = actions.answer_objection(objection=filed, by=request.user, **said)
        return ApiResponse(ObjectionSerializer(done).data)


class HistoryView(CallView):
    """The newest entries of the round's record; `before` (a time) leads to older ones."""

    asks = HistoryAsked

    @extend_schema(responses=EntrySerializer(many=True))
    def get(self, request: Request, pk: int) -> ApiResponse:
        round = visible(queries.rounds_visible_to(request.user), pk=pk)
        _require_coordinator(request, round)
        if (item := self.asked.get("item", "")) not in ["", *round.instrument_version.told.items()]:
            raise ValidationError({"item": _("There is no item “%(code)s”.") % {"code": item}})
        entries = history.page(round, history.Asked(**self.asked))
        return ApiResponse(EntrySerializer(entries, many=True).data)


def _settling(request: Request, pk: int) -> tuple[Round, Sheet]:
    round = visible(queries.settling_visible_to(request.user), pk=pk)
    return round, round.sheets.get(panel=Panel.AGREED)


def _require_coordinator(request: Request, round: Round) -> None:
    require(queries.runs(request.user, round.pk), _("Only a coordinator of the country does this."))


def _decide(request: Request, round: Round, item: str, said: dict[str, Any]) -> None:
    common = {name: said[name] for name in ("reason", "revision")}
    common |= {"round": round, "item": item, "by": request.user}
    match said["decision"]:
        case DecisionForm.WAIVE:
            actions.waive_item(**common)
        case DecisionForm.TAKE_BACK:
            actions.take_back_item(**common)
        case DecisionForm.REOPEN:
            actions.reopen_item(**common)
        case _:
            rows = [EvidenceRow(**row) for row in said["evidence"]]
            blank = [""] * len(round.instrument_version.instrument.steps)
            answers = said["answers"] or blank
            content = Content(answers, [], status=said["status"], evidence=rows)
            actions.settle_item(content=content, **common)


def _as_data(one: settlement.ToSettle) -> dict[str, Any]:
    """What ToSettleSerializer describes."""
    return {
        "item": one.item.code,
        "title": one.item.title,
        "revision": one.response.revision,
        "status": one.response.status,
        "answers": one.response.answers,
        "level": one.level,
        "panel_levels": one.panels,
        "why": list(one.why),
        "decision": one.decision.kind if one.decision else None,
        "reason": one.decision.reason if one.decision else None,
        "pending": one.pending,
    }
