"""The API of a report version's files: what there is, having one made, taking it."""

from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Refused
from activity.calls import CallView, given
from activity.models import Job
from reports import renditions
from reports.doors import open_to
from reports.models import PaperChoices, Rendition, ReportVersion
from reports.paper_views import KINDS, sent_file
from reports.rendering.document import Audience
from reports.renditions import Wanted

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class ReportFileAskedSerializer(serializers.Serializer):
    """Which file; the Excel annex and the bundle are for the audience `full`."""

    form = serializers.ChoiceField(Rendition.Form.values)
    audience = serializers.ChoiceField([str(one) for one in Audience], default=str(Audience.FULL))
    language = serializers.ChoiceField(LANGUAGES, default=LANGUAGES[0])

    def validate(self, asked: dict[str, str]) -> dict[str, str]:
        if asked["form"] in renditions.WHOLE and asked["audience"] != Audience.FULL:
            fault = _("This file is the same for everybody: ask for the audience “full”.")
            raise serializers.ValidationError({"audience": [fault]})
        return asked


class ReportFileSerializer(ReportFileAskedSerializer):
    """`state` is made, queued, running, failed or not_made; made ones have address, size, hash."""

    state = serializers.CharField()
    progress = serializers.IntegerField()
    message = serializers.CharField(allow_blank=True)
    address = serializers.URLField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True)


class FilesAsked(serializers.Serializer):
    language = serializers.ChoiceField(LANGUAGES, required=False)


class ReportFilesView(CallView):
    """The files of a version, in every language or one; posting has one made, or finds it made."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    asks = FilesAsked

    @extend_schema(responses=ReportFileSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        shown = _readable(request, pk)
        if _is_gone(shown):
            return Response([])
        languages = [self.asked["language"]] if "language" in self.asked else LANGUAGES
        rows = [
            _as_data(request, *found)
            for language in languages
            for found in renditions.states(shown, language)
        ]
        return Response(ReportFileSerializer(rows, many=True).data)

    @extend_schema(
        request=ReportFileAskedSerializer,
        responses={200: ReportFileSerializer, 202: ReportFileSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        shown = _readable(request, pk)
        if _is_gone(shown):
            raise Refused(_("The version is withdrawn; its files are gone."))
        wanted = _wanted(shown, **given(request, ReportFileAskedSerializer))
        job = renditions.ask_for(wanted=wanted, by=request.user)
        made = renditions.ready(wanted, PaperChoices.of(shown.round.country_id))
        told = ReportFileSerializer(_as_data(request, wanted, made, job)).data
        return Response(told, status.HTTP_202_ACCEPTED if job else status.HTTP_200_OK)


class ReportFileView(CallView):
    """One file, once it is made."""

    permission_classes = [AllowAny]

    @extend_schema(responses={(200, kind): OpenApiTypes.BINARY for kind in KINDS.values()})
    def get(
        self, request: Request, pk: int, language: str, audience: str, form: str
    ) -> FileResponse:
        shown = _readable(request, pk)
        if _is_gone(shown):
            raise Http404
        wanted = _wanted(shown, form, audience, language)
        made = renditions.ready(wanted, PaperChoices.of(shown.round.country_id))
        if made is None:
            raise Http404
        return sent_file(made, wanted.name)


def _readable(request: Request, pk: int) -> ReportVersion:
    shown = open_to(request, pk)
    if shown is None and not request.user.is_authenticated:
        raise NotAuthenticated
    if shown is None:
        raise Http404
    return shown


def _is_gone(shown: ReportVersion) -> bool:
    return shown.state == ReportVersion.State.WITHDRAWN


def _wanted(shown: ReportVersion, form: str, audience: str, language: str) -> Wanted:
    if language in LANGUAGES:
        for wanted in renditions.offered(shown, language):
            if (wanted.form, wanted.audience) == (form, audience):
                return wanted
    raise Http404


def _as_data(
    request: Request, wanted: Wanted, made: Rendition | None, job: Job | None
) -> dict[str, object]:
    """A file as the serializer tells it: a job that made what is no longer so tells nothing."""
    where = (wanted.report.pk, wanted.language, wanted.audience, wanted.form)
    address = request.build_absolute_uri(reverse("api:report_file", args=where))
    telling = None if made or (job and job.state == Job.State.SUCCEEDED) else job
    return {
        "form": wanted.form,
        "audience": wanted.audience,
        "language": wanted.language,
        "state": "made" if made else telling.state if telling else "not_made",
        "progress": 100 if made else telling.progress if telling else 0,
        "message": telling.message if telling else "",
        "address": address if made else None,
        "size": made and made.size,
        "sha256": made and made.sha256,
        "made_at": made and made.made_at,
    }
