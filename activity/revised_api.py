"""Calls that write something that several people change."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from accounts.refusals import Stale
from activity.calls import CallView


class RevisedSerializer(serializers.Serializer):
    """Sent, `revision` is the one that was read: a save is refused where somebody saved since.

    Without it what is sent is written whatever stands there.
    """

    revision = serializers.IntegerField(required=False, min_value=0)


class StaleSerializer(serializers.Serializer):
    """A refused save: what was `given`, and what is `stored` with its revision."""

    error = serializers.CharField()
    given = serializers.DictField()
    stored = serializers.DictField()


class RevisedView(CallView):
    """Says beside a save that is refused as stale what is stored."""

    def shown(self, stored: Any) -> Any:
        """What is stored, as the call answers with it."""
        raise NotImplementedError

    def handle_exception(self, exc: Exception) -> Response:
        refusal = super().handle_exception(exc)
        if isinstance(exc, Stale):
            refusal.data["stored"] = self.shown(exc.stored)
        return refusal
