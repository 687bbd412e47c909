"""What a call of the API says, in its address and in its body: taken whole, or every fault told."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from countries.models import Country

NO_COUNTRY = gettext_lazy("No country has this code; expected one such as VNM.")
LONGEST_SHOWN = 60  # characters of what was given


class Nothing(serializers.Serializer):
    """An address without parameters, or a call without a body."""


class Misfit(serializers.ValidationError):
    """400; `sentence` names the place of each fault, what is wrong with it and what was given."""

    def __init__(self, form: serializers.Serializer, said: Any, faults: Mapping[str, Any]) -> None:
        super().__init__(faults)
        self.sentence = " ".join(_sentences(self.detail, said, form, ""))


class CallView(APIView):
    """A view whose address takes the parameters of `asks` with GET, and no other.

    What they say stands in `asked`. Whatever else the address says is refused: a name with a
    letter too few would otherwise be answered with everything.
    """

    asks: ClassVar[type[serializers.Serializer]] = Nothing
    asked: Mapping[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        form = self.asks if request.method in ("GET", "HEAD") else Nothing
        query = request.query_params.copy()
        if len(self.renderer_classes) > 1:  # they were told apart by it
            query.pop(api_settings.URL_FORMAT_OVERRIDE, None)
        self.asked = _taken(form, query)


class CallSchema(AutoSchema):
    """Describes the parameters that a `CallView` takes."""

    def get_override_parameters(self) -> list[Any]:
        asks = getattr(self.view, "asks", Nothing)
        return [asks] if self.method == "GET" and asks is not Nothing else []


class CountryField(serializers.PrimaryKeyRelatedField):
    """A country by its code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "ISO 3166-1 alpha-3")
        super().__init__(queryset=Country.objects.all(), **options)
        self.error_messages["does_not_exist"] = NO_COUNTRY


def given(
    request: Request, form: type[serializers.Serializer], *, row: Any = None, **context: Any
) -> dict[str, Any]:
    """What the body says, as `form` takes it, of a `row` that is written anew if there is one.

    Raises Misfit with every fault.
    """
    return _taken(form, request.data, row, context)


def _taken(
    kind: type[serializers.Serializer],
    said: Any,
    row: Any = None,
    context: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    faults: dict[Any, Any] = {}
    if isinstance(said, QueryDict):
        said, faults = _single(kind(), said)
    form = kind(row, data=said, context=context or {})
    if not form.is_valid():
        faults = {**form.errors, **faults}
    if faults := _joined(faults, _strange(form, said)):
        raise Misfit(form, said, faults)
    return dict(form.validated_data)


def _single(
    form: serializers.Serializer, said: QueryDict
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The values by name, lists where the form takes several; and who is named twice beside."""
    many = (serializers.ListField, serializers.ManyRelatedField)
    several = {name for name, field in form.fields.items() if isinstance(field, many)}
    values = {name: said.getlist(name) if name in several else said.get(name) for name in said}
    twice = [one for one in form.fields if one not in several and len(said.getlist(one)) > 1]
    return values, {name: [_("It stands there more than once; expected once.")] for name in twice}


def _strange(field: Any, said: Any) -> dict[Any, Any]:
    """A fault for each name in what was said that is not taken there, however deep it stands."""
    if isinstance(field, serializers.ListSerializer) and isinstance(said, list):
        found = {at: _strange(field.child, one) for at, one in enumerate(said)}
    elif isinstance(field, serializers.Serializer) and isinstance(said, Mapping):
        taken = {name: one for name, one in field.fields.items() if not one.read_only}
        found = {
            name[:LONGEST_SHOWN]: _strange(taken[name], one) if name in taken else [_odd(taken)]
            for name, one in said.items()
        }
    else:
        return {}
    return {at: faults for at, faults in found.items() if faults}


def _odd(taken: Iterable[str]) -> str:
    if names := ", ".join(taken):
        return _("Nothing of this name is taken here; expected: %(names)s.") % {"names": names}
    return _("Nothing of this name is taken here, nor of any other.")


def _joined(faults: Mapping[Any, Any], more: Mapping[Any, Any]) -> dict[Any, Any]:
    """The faults of both; what is wrong with a value as a whole goes before what is inside it."""
    joined = {**faults}
    for at, inside in more.items():
        whole = faults.get(at, inside)
        both = isinstance(whole, Mapping) and isinstance(inside, Mapping)
        joined[at] = _joined(whole, inside) if both and at in faults else whole
    return joined


def _sentences(faults: Any, said: Any, field: Any, place: str) -> Iterator[str]:
    """A sentence for each fault; `faults` has the shape of what was `said`."""
    if isinstance(faults, Mapping):
        for name, below in faults.items():
            if name == api_settings.NON_FIELD_ERRORS_KEY:
                yield from _sentences(below, None, field, place)
            else:
                inside = f"{place}[{name}]" if isinstance(name, int) else f"{place}.{name}"
                inside = inside.removeprefix(".")
                yield from _sentences(below, _part(said, name), _below(field, name), inside)
        return
    for one in faults:
        yield _sentence(one, said, field, place)


def _sentence(fault: serializers.ErrorDetail, said: Any, field: Any, place: str) -> str:
    text = str(fault)
    if fault.code == "invalid_choice" and isinstance(field, serializers.ChoiceField):
        choices = ", ".join(str(one) for one in field.choices if one != "")
        text = _("Expected one of: %(choices)s.") % {"choices": choices}
    facts = {"place": place, "what": text, "given": _shown(said)}
    if not place:
        return text
    if said is None:
        return _("%(place)s: %(what)s") % facts
    return _("%(place)s: %(what)s Given: %(given)s.") % facts


def _part(said: Any, at: Any) -> Any:
    try:
        return said[at]
    except (LookupError, TypeError):
        return None


def _below(field: Any, name: Any) -> Any:
    """The field that stands in a field under a name."""
    if isinstance(field, serializers.Serializer):
        return field.fields.get(name)
    return getattr(field, "child", getattr(field, "child_relation", None))


def _shown(said: Any) -> str:
    text = f"“{said}”" if isinstance(said, str) else json.dumps(said, default=str)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
