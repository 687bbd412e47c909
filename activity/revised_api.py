"""Calls that write something that several people change."""

from typing import Any

from rest_framework import serializers, status
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
    """Answers a save from a revision that is not the newest with 409 and both values."""

    def shown(self, stored: Any) -> Any:
        """What is stored, as the call answers with it."""
        raise NotImplementedError

    def handle_exception(self, exc: Exception) -> Response:
        if not isinstance(exc, Stale):
            return super().handle_exception(exc)
        said = {"error": exc.sentence, "given": self.request.data, "stored": self.shown(exc.stored)}
        return Response(said, status.HTTP_409_CONFLICT)
