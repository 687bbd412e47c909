"""The page that describes the API to those who write programs, from its OpenAPI description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from activity.calls import CallView

Described = Mapping[str, Any]  # a part of the OpenAPI description


class DescriptionView(CallView, SpectacularAPIView):
    """The description as a file."""


@dataclass(frozen=True)
class Field:
    """`kind` is HTML: it leads to the shapes it names."""

    name: str
    kind: str
    is_required: bool
    said: str


@dataclass(frozen=True)
class Content:
    """What is sent or answered; `status` is empty for what is sent, `kind` where it has no body."""

    status: str
    kind: str
    forms: list[str]


@dataclass(frozen=True)
class Operation:
    """`is_open`: anybody may ask, without a sign-in."""

    id: str
    method: str
    path: str
    said: str
    is_open: bool
    fields: list[Field]
    sent: list[Content]
    answers: list[Content]


@dataclass(frozen=True)
class Shape:
    name: str
    said: str
    fields: list[Field]


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[Operation]] = {}
    for group, operation in _operations():
        groups.setdefault(group, []).append(operation)
    return render(request, "api.html", {"groups": groups, "shapes": list(_shapes())})


@cache
def _description() -> Described:
    """The same for everybody as long as the process runs; making it takes a third of a second."""
    return SchemaGenerator().get_schema(request=None, public=True)


def _operations() -> Iterator[tuple[str, Operation]]:
    """Each operation with its group."""
    for path, methods in _description()["paths"].items():
        for method, one in methods.items():
            yield (
                one["tags"][0],
                Operation(
                    id=one["operationId"],
                    method=method.upper(),
                    path=path,
                    said=one.get("description", ""),
                    is_open={} in one.get("security", []),
                    fields=[
                        _field(field["name"], field, field["schema"], field.get("required", False))
                        for field in one.get("parameters", [])
                    ],
                    sent=_contents("", one["requestBody"]) if "requestBody" in one else [],
                    answers=[
                        content
                        for status, answer in one["responses"].items()
                        for content in _contents(status, answer)
                    ],
                ),
            )


def _contents(status: str, body: Described) -> list[Content]:
    """One for each shape, with the media types that have it."""
    forms: dict[str, list[str]] = {}
    for form, content in body.get("content", {}).items():
        forms.setdefault(_kind(content["schema"]), []).append(form)
    return [Content(status, kind, these) for kind, these in forms.items()] or [
        Content(status, "", [])
    ]


def _shapes() -> Iterator[Shape]:
    for name, shape in _description()["components"]["schemas"].items():
        if "properties" in shape:
            needed = shape.get("required", [])
            fields = [
                _field(field, kind, kind, field in needed)
                for field, kind in shape["properties"].items()
            ]
            yield Shape(name, shape.get("description", ""), fields)


def _field(name: str, described: Described, kind: Described, is_required: bool) -> Field:
    said = described.get("description") or described.get("title") or ""
    return Field(name, _kind(kind), is_required, said)


def _kind(kind: Described) -> str:
    """A kind of value in words, as HTML."""
    if "$ref" in kind:
        name = kind["$ref"].rpartition("/")[2]
        named = _description()["components"]["schemas"][name]
        if "properties" not in named:
            return _kind(named)
        text = format_html('<a href="#shape-{}">{}</a>', name, name)
    elif parts := kind.get("allOf") or kind.get("oneOf"):
        text = format_html_join(_(" or "), "{}", ((_kind(part),) for part in parts))
    elif "enum" in kind:
        text = format_html_join(", ", "<code>{}</code>", ((_shown(one),) for one in kind["enum"]))
    elif kind.get("type") == "array":
        text = format_html(_("list of: {}"), _kind(kind["items"]))
    elif values := kind.get("additionalProperties"):
        text = format_html(_("by name: {}"), _kind(values))
    else:
        text = _simple(kind)
    return format_html(_("{} or null"), text) if kind.get("nullable") else text


def _shown(value: object) -> str:
    return "null" if value is None else str(value) or '""'


def _simple(kind: Described) -> str:
    words = {
        "string": _("text"), "integer": _("whole number"), "number": _("number"),
        "boolean": _("true or false"), "object": _("object"), "uri": _("address"),
        "date": _("date"), "date-time": _("date and time"), "uuid": _("UUID"),
        "decimal": _("number as text"), "binary": _("file"),
    }  # fmt: skip
    text = words.get(kind.get("format", "")) or words.get(kind.get("type", "")) or _("anything")
    limits = {
        "minimum": _("from {}"), "maximum": _("to {}"), "maxLength": _("at most {} characters"),
    }  # fmt: skip
    said = [words.format(kind[name]) for name, words in limits.items() if name in kind]
    return format_html_join(", ", "{}", ((part,) for part in [text, *said]))
