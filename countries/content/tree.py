"""From YAML text to plain dicts, lists and values, with the line of every place.

YAML is read as the 1.2 core schema: `no`, `NO` and `2007-01-01` stay text (so do its octal and
hexadecimal numbers, which no file of ours needs). The
events of the parser are walked here rather than handed to a loader, because a loader resolves
aliases, tags and duplicate keys before anyone can refuse them with a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from .faults import Finding, Path, cut
from .sentences import Sentence, _

DEEPEST = 20
MOST_DIGITS = 25  # of a float written out in full

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS: dict[str, object] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], float("inf")),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], float("-inf")),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
}


class _Unreadable(Exception):
    """The walk cannot go on; the finding that says why is already noted."""


@dataclass
class Tree:
    """The data of a file, the line (from 1) of every place in it, and what was refused.

    `whole` is false when reading stopped early, so that `data` must not be judged further.
    """

    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    whole: bool = False


def read_tree(text: str) -> Tree:
    """The tree of a YAML text; never raises, every refusal is a finding."""
    tree = Tree()
    walk = _Walk(tree, text)
    try:
        walk.file()
        tree.whole = True
    except _Unreadable:
        pass
    return tree


class _Walk:
    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.events = _events(text, tree)

    def file(self) -> None:
        event = next(self.events)
        while isinstance(event, StreamStartEvent):
            event = next(self.events)
        if isinstance(event, StreamEndEvent):
            self.stop((), _("The file is empty."), event)
        if isinstance(event, DocumentStartEvent) and event.version not in (None, (1, 2)):
            self.refuse((), _("Only YAML 1.2 is read; leave the %%YAML line out."), event)
        self.tree.data = self.value(next(self.events), ())
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                self.stop((), _("A second document begins here; a file holds one."), event)

    def value(self, event: Event, path: Path) -> object:
        self.tree.lines.setdefault(path, event.start_mark.line + 1)
        if len(path) > DEEPEST:
            self.stop(path, _("Nested more than %(most)s deep.", most=DEEPEST), event)
        if isinstance(event, AliasEvent):
            self.refuse(
                path, _('Aliases are not allowed: write "*%(name)s" out.', name=event.anchor), event
            )
            return None
        self.plain(event, path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        assert isinstance(event, ScalarEvent)
        return self.scalar(event, path)

    def plain(self, event: Event, path: Path) -> None:
        assert isinstance(event, NodeEvent)
        if event.anchor is not None:
            self.refuse(
                path, _('Anchors are not allowed: leave "&%(name)s" out.', name=event.anchor), event
            )
        if (tag := getattr(event, "tag", None)) is not None:
            self.refuse(
                path, _('Tags are not allowed: leave "%(name)s" out.', name=cut(tag)), event
            )

    def sequence(self, path: Path) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self.value(event, (*path, len(values))))
        return values

    def mapping(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self.stop(path, _("A key must be one word, not a list, group or alias."), event)
            # A key is always text, so that the level 2 and the code `no` need no quotes.
            key = self.text(event, path)
            self.plain(event, (*path, key))
            if key in values:
                first, second = self.tree.lines[*path, key], event.start_mark.line + 1
                message = _(
                    'The key "%(key)s" stands twice, in lines %(first)s and %(second)s.',
                    key=cut(key),
                    first=str(first),
                    second=str(second),
                )
                self.refuse((*path, key), message, event)
                self.value(next(self.events), (*path, key))
            else:
                self.tree.lines[*path, key] = event.start_mark.line + 1
                values[key] = self.value(next(self.events), (*path, key))
        return values

    def scalar(self, event: ScalarEvent, path: Path) -> object:
        text = self.text(event, path)
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if not _FLOAT.fullmatch(text):
            return text
        if len(text) > MOST_DIGITS:
            message = _(
                'The number "%(number)s" has more than %(most)s characters.',
                number=cut(text),
                most=MOST_DIGITS,
            )
            self.refuse(path, message, event)
            return None
        return int(text) if _INTEGER.fullmatch(text) else float(text)

    def text(self, event: ScalarEvent, path: Path) -> str:
        """The words of a scalar without the blanks around them (folded texts end in a break)."""
        text: str = event.value.strip()
        if bad := UNPRINTABLE.search(text):
            message = _unprintable(bad[0])
            self.refuse(path, message, event)
            text = UNPRINTABLE.sub("", text)
        return text

    def refuse(self, path: Path, message: str, event: Event) -> None:
        # The line of the event, not of the path: a second key has the path of the first.
        line = event.start_mark.line + 1
        self.tree.findings.append(Finding(path, message, line=line))

    def stop(self, path: Path, message: str, event: Event) -> NoReturn:
        self.refuse(path, message, event)
        raise _Unreadable


def _unprintable(letter: str) -> Sentence:
    code = f"U+{ord(letter):04X}"
    return _("Holds the unprintable character %(code)s; take it out.", code=code)


def _events(text: str, tree: Tree) -> Iterator[Event]:
    """The parser's events; whatever the parser refuses becomes a finding and ends the walk."""
    if bad := UNPRINTABLE.search(text):
        message = _unprintable(bad[0])
        tree.findings.append(Finding((), message, line=text.count("\n", 0, bad.start()) + 1))
        raise _Unreadable
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        message = _("Not readable as YAML: %(reason)s.", reason=str(fault.problem or fault.context))
        if "mapping values" in message:
            message = _(
                "%(message)s A text that holds a colon and a blank needs quotes.", message=message
            )
        tree.findings.append(Finding((), message, line=line))
        raise _Unreadable from fault
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError) as fault:
        # The parser fails without a mark on a few broken escapes and directives.
        line = max(tree.lines.values(), default=1)
        message = _(
            "Not readable as YAML somewhere after this line: %(reason)s.", reason=cut(str(fault))
        )
        tree.findings.append(Finding((), message, line=line))
        raise _Unreadable from fault
