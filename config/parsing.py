"""The body of an API call, and in which form it is answered."""

import json
import math
import re
from typing import Any, NoReturn

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser

HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a character beyond the first 65,536


class PlainJSONParser(JSONParser):
    """JSON that Python's reader can follow down, of numbers and texts that can be stored."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The parsed body. Raises ParseError (400) for any other."""
        try:
            text = stream.read().decode()
            parsed = json.loads(text, parse_float=_finite, parse_constant=_no_number)
            if HALF.search(text):
                json.dumps(parsed, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError(_("The JSON is nested too deeply.")) from None
        except UnicodeError:
            raise ParseError(_("The body is no text in UTF-8.")) from None
        except ValueError as error:
            raise ParseError(_("The body is no JSON: %(why)s.") % {"why": error}) from None
        return parsed


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> NoReturn:
    shown = text if len(text) <= 30 else f"{text[:30]}…"
    raise ValueError(_("%(given)s is no number of finite size") % {"given": shown})


class ToldNegotiation(DefaultContentNegotiation):
    """A form (`?format=`) that is not there is a fault of the call, not an address of nothing."""

    def filter_renderers(self, renderers: Any, format: str) -> Any:
        try:
            return super().filter_renderers(renderers, format)
        except Http404:
            there = ", ".join(one.format for one in renderers)
            raise ParseError(
                _("format: Expected one of: %(choices)s. Given: “%(given)s”.")
                % {"choices": there, "given": format[:60]}
            ) from None
