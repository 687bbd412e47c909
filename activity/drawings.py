"""Whether an SVG file is a plain drawing: nothing that runs, nothing fetched from elsewhere."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"
RUNS = {"script", "foreignObject", "iframe", "animate", "set", "handler", "listener"}
FETCHES = re.compile(r"@import|url\(\s*[\"']?(?!#|[\"']?data:image/)", re.IGNORECASE)


def is_plain(content: bytes) -> bool:
    """True for well-formed SVG without entities, scripts, handlers or addresses."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return False
    return root.tag == f"{SVG}svg" and all(_is_plain(element) for element in root.iter())


def _is_plain(element: Element) -> bool:
    if element.tag.rpartition("}")[2] in RUNS:
        return False
    if FETCHES.search(element.text or ""):
        return False
    for name, value in element.attrib.items():
        local = name.rpartition("}")[2]
        if local.startswith("on") or FETCHES.search(value):
            return False
        if local == "href" and not value.startswith(("#", "data:image/")):
            return False
    return True
