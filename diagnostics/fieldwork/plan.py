"""What a file that came back would change, and where somebody answered meanwhile."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import User
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.fieldwork.said import Fault, Returned, Said, open_items
from diagnostics.history import in_short
from diagnostics.models import Response, ResponseChange, Sheet
from diagnostics.queries import responses_of


@dataclass(frozen=True)
class Change:
    """One item whose stored answer the file would change."""

    title: str
    response: Response
    stored: Content
    wanted: Content
    conflict: bool  # the answer was changed elsewhere since the file was made

    @property
    def code(self) -> str:
        return self.response.item.code

    @property
    def marks(self) -> bool:
        return self.response.sheet.round.instrument_version.instrument.classifies

    @property
    def was(self) -> str:
        return in_short(self.stored.as_data(), marks=self.marks)

    @property
    def becomes(self) -> str:
        return in_short(self.wanted.as_data(), marks=self.marks)


@dataclass(frozen=True)
class Plan:
    """What giving back one file comes to; nothing is saved while there are faults."""

    changes: list[Change]
    faults: list[Fault]

    @property
    def conflicts(self) -> list[Change]:
        return [one for one in self.changes if one.conflict]

    @property
    def plain(self) -> list[Change]:
        return [one for one in self.changes if not one.conflict]


def plan(sheet: Sheet, returned: Returned, person: User) -> Plan:
    """Hold what the file says against what is stored.

    What the file leaves as it was when it was made changes nothing, whatever happened since. A
    change to an answer that moved on since is a conflict.
    """
    titles = {c: i.title for c, i in sheet.round.instrument_version.told.items().items()}
    responses = {one.item.code: one for one in responses_of(sheet)}
    may = open_items(sheet, person)
    earlier = _earlier(sheet, returned.items, responses)
    changes, faults = [], list(returned.faults)
    for said in returned.items:
        response = responses[said.item]
        stored = Content.of(response)
        base = stored if said.revision == response.revision else earlier.get(said.item)
        wanted = said.on(base or stored)
        if _same(wanted, stored) or (base is not None and _same(wanted, base)):
            continue
        if said.item not in may:
            message = _("“%(item)s” is not among the items you were given; leave it as it was.")
            faults.append(Fault("", 0, "", "", message % {"item": titles[said.item]}))
            continue
        moved = said.revision != response.revision
        changes.append(Change(titles[said.item], response, stored, wanted, moved))
    return Plan(changes, faults)


def _same(one: Content, other: Content) -> bool:
    """Whether both say the same, however the answers were made."""
    return _bare(one) == _bare(other)


def _bare(content: Content) -> Content:
    plain = [EvidenceRow(*(part.replace("\r\n", "\n") for part in r)) for r in content.evidence]
    return replace(
        content,
        made=[],
        reason=content.reason.replace("\r\n", "\n"),
        comment=content.comment.replace("\r\n", "\n"),
        evidence=plain,
    )


def _earlier(sheet: Sheet, items: list[Said], responses: dict[str, Response]) -> dict[str, Content]:
    """What was stored when the file was made, of the items that moved on since."""
    moved = {one.item: one.revision for one in items}
    moved = {code: n for code, n in moved.items() if n != responses[code].revision}
    blank = {code: n for code, n in moved.items() if n == 0}
    found = {code: _blank(responses[code]) for code in blank}
    rows = ResponseChange.objects.filter(
        response__sheet=sheet, response__item__code__in=moved, revision__in=moved.values()
    ).select_related("response__item")
    for row in rows:
        code = row.response.item.code
        if moved[code] == row.revision:
            evidence = [EvidenceRow(**one) for one in row.content["evidence"]]
            found[code] = Content(**{**row.content, "evidence": evidence})
    return found


def _blank(response: Response) -> Content:
    nothing = [""] * len(response.answers)
    return Content(nothing, list(nothing))
