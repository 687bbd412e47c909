"""The pages of the library of experience, open to all, and its API."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import visible
from activity.calls import CallView, CountryField
from countries.models import Document
from diagnostics.experience import SearchForm, found, told
from diagnostics.models import Experience
from diagnostics.models.library import Addressee, Pathway, Topic


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """What is found for the words and filters in the address."""
    form = SearchForm(request.GET)
    entries = sorted(form.found(), key=lambda entry: entry.told.title.casefold())
    context = {"form": form, "entries": entries, "all": Experience.objects.count()}
    return render(request, "diagnostics/library.html", context)


@login_not_required
@require_safe
def experience(request: HttpRequest, code: str) -> HttpResponse:
    """One entry with its place in the document."""
    entry = visible(told(), code=code)
    context = {
        "entry": entry,
        "told": entry.told,
        "clusters": sorted(entry.clusters.all(), key=str),
    }
    return render(request, "diagnostics/experience.html", context)


class ExperienceSerializer(serializers.ModelSerializer):
    countries = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    clusters = serializers.SlugRelatedField("code", many=True, read_only=True)
    citation = serializers.CharField(source="document.citation")

    class Meta:
        model = Experience
        fields = [
            "code", "kind", "title", "text", "outcome", "countries", "clusters", "themes",
            "stages", "addressees", "pathway", "document", "place", "citation",
        ]  # fmt: skip


class LibraryAsked(serializers.Serializer):
    """The same as the page's SearchForm."""

    q = serializers.CharField(required=False, max_length=100, help_text="Words.")
    theme = serializers.ChoiceField(Topic.choices, required=False)
    stage = serializers.IntegerField(required=False, min_value=1, max_value=5)
    addressee = serializers.ChoiceField(Addressee.choices, required=False)
    country = CountryField(required=False)
    pathway = serializers.ChoiceField(Pathway.choices, required=False)
    kind = serializers.ChoiceField(Experience.Kind.choices, required=False)
    document = serializers.PrimaryKeyRelatedField(queryset=Document.objects.all(), required=False)


class LibraryView(CallView):
    """The library of experience; the same words and filters as on its page."""

    permission_classes = [AllowAny]
    asks = LibraryAsked

    @extend_schema(responses=ExperienceSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(ExperienceSerializer(found(self.asked), many=True).data)
