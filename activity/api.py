"""The state of a job, for the one who asked for it."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity import notices
from activity.calls import CallView, Nothing, given
from activity.forms import ChoicesForm
from activity.models import Job, Notification, NotificationChoice
from activity.queries import jobs_visible_to, notices_of


class JobSerializer(serializers.ModelSerializer):
    """`next` is the address of what the work made, once it is done."""

    next = serializers.CharField(source="made", read_only=True)

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "progress", "message", "attempt", "next"]


class JobView(CallView):
    """How far a job is, for the one who asked for it."""

    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, pk: str) -> Response:
        return Response(JobSerializer(visible(jobs_visible_to(request.user), pk=pk)).data)


class NotificationSerializer(serializers.ModelSerializer):
    """`text` is the notification in words; `url` where it leads."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "kind", "text", "url", "at", "read_at"]

    def get_text(self, notification: Notification) -> str:
        return notices.in_words(notification)


class NotificationsView(CallView):
    """The newest notifications of the person; posting marks all as read."""

    @extend_schema(responses=NotificationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(NotificationSerializer(notices_of(request.user)[:100], many=True).data)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        given(request, Nothing)
        notices_of(request.user).filter(read_at=None).update(read_at=timezone.now())
        return Response(status=204)


class NotificationReadView(CallView):
    """Mark one notification as read."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        found = visible(notices_of(request.user), pk=pk)
        given(request, Nothing)
        notices_of(request.user).filter(pk=found.pk, read_at=None).update(read_at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChoicesSerializer(serializers.Serializer):
    """The language of mails, and how the person is told, by the kind of notification.

    Kinds that are not sent stay as they are.
    """

    language = serializers.ChoiceField([code for code, _name in settings.LANGUAGES], required=False)
    how = serializers.DictField(
        child=serializers.ChoiceField(NotificationChoice.How.choices), default=dict
    )

    def validate_how(self, how: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(how) - set(notices.kinds())):
            raise serializers.ValidationError(
                _("There is no notification %(kind)s.") % {"kind": unknown[0]}
            )
        return how


class NotificationChoicesView(CallView):
    """What the person chose to be told, and how."""

    @extend_schema(responses=ChoicesSerializer)
    def get(self, request: Request) -> Response:
        return Response(self._chosen(request))

    @extend_schema(request=ChoicesSerializer, responses=ChoicesSerializer)
    def put(self, request: Request) -> Response:
        said = self._chosen(request) | given(request, ChoicesSerializer)
        notices.choose(how=said["how"], language=said["language"], by=request.user)
        return Response(self._chosen(request))

    def _chosen(self, request: Request) -> dict:
        form = ChoicesForm(user=request.user)
        how = {code: form.fields[name].initial for name, code in form.kinds.items()}
        return {"language": form.fields["language"].initial, "how": how}
