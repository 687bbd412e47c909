"""The state of a job, for the one who asked for it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import visible
from activity import notices
from activity.forms import ChoicesForm
from activity.models import Job, Notification, NotificationChoice
from activity.queries import jobs_visible_to, notices_of


class JobSerializer(serializers.ModelSerializer):
    """`next` is the address of what the work made, once it is done."""

    next = serializers.CharField(source="made", read_only=True)

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "progress", "message", "attempt", "next"]


class JobView(APIView):
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


class NotificationsView(APIView):
    """The newest notifications of the person; posting marks all as read."""

    @extend_schema(responses=NotificationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(NotificationSerializer(notices_of(request.user)[:100], many=True).data)

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        notices_of(request.user).filter(read_at=None).update(read_at=timezone.now())
        return Response(status=204)


class NotificationReadView(APIView):
    """Mark one notification as read."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        found = visible(notices_of(request.user), pk=pk)
        notices_of(request.user).filter(pk=found.pk, read_at=None).update(read_at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChoicesSerializer(serializers.Serializer):
    """The language of mails, and how the person is told, by the kind of notification.

    Kinds that are not sent stay as they are.
    """

    language = serializers.CharField(max_length=10, required=False)
    how = serializers.DictField(
        child=serializers.ChoiceField(NotificationChoice.How.choices), default=dict
    )


class NotificationChoicesView(APIView):
    """What the person chose to be told, and how."""

    @extend_schema(responses=ChoicesSerializer)
    def get(self, request: Request) -> Response:
        return Response(self._chosen(request))

    @extend_schema(request=ChoicesSerializer, responses=ChoicesSerializer)
    def put(self, request: Request) -> Response:
        sent = ChoicesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        how = sent.validated_data["how"]
        if unknown := sorted(set(how) - set(notices.kinds())):
            raise serializers.ValidationError(
                {"how": [_("There is no notification %(kind)s.") % {"kind": unknown[0]}]}
            )
        wanted = self._chosen(request)
        wanted = (
            {"language": wanted["language"]} | sent.validated_data | {"how": wanted["how"] | how}
        )
        names = {code: name for name, code in ChoicesForm(user=request.user).kinds.items()}
        data = {names[code]: one for code, one in wanted["how"].items()}
        form = ChoicesForm(data | {"language": wanted["language"]}, user=request.user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        form.save()
        return Response(self._chosen(request))

    def _chosen(self, request: Request) -> dict:
        form = ChoicesForm(user=request.user)
        how = {code: form.fields[name].initial for name, code in form.kinds.items()}
        return {"language": form.fields["language"].initial, "how": how}
