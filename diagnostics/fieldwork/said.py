"""What a file says about a sheet, whatever kind of file it is, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.history import WORDS
from diagnostics.models import Response, Sheet
from diagnostics.queries import items_assigned
from diagnostics.scoring.instrument import Answer, Status

COMMENT, REASON, LINK, PAGE, QUOTE = 5000, 2000, 500, 200, 2000  # letters that are kept


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with its place as a spreadsheet shows it; row 0 is no place."""

    sheet: str
    row: int
    column: str
    found: str
    message: str

    def __str__(self) -> str:
        if not self.row:
            return self.message
        place = _("Sheet %(sheet)s, row %(row)s, column %(column)s") if self.sheet else (
            _("Row %(row)s, column %(column)s")
        )  # fmt: skip
        return f"{place % self.__dict__}: {self.message}"


@dataclass(frozen=True)
class Said:
    """What a file says about one item; None is nothing: what is stored stays.

    `answers` has one entry per statement. `revision` is that of the stored answer when the file
    was made. Where `adds`, the evidence comes to what there is instead of taking its place.
    """

    item: str
    revision: int
    answers: Sequence[str | None]
    applies: bool | None = None
    reason: str | None = None
    comment: str | None = None
    evidence: Sequence[EvidenceRow] | None = None
    adds: bool = False

    def on(self, base: Content) -> Content:
        """All that is said on top of what was stored when the file was made."""
        pairs = zip(self.answers, base.answers, strict=True)
        answers = [was if given is None else given for given, was in pairs]
        made = [
            how if given == was else Response.Made.SINGLE * bool(given)
            for given, was, how in zip(answers, base.answers, base.made, strict=True)
        ]
        status = base.status
        if self.applies is not None:
            status = (Status.ANSWERED if self.applies else Status.NOT_APPLICABLE).value
        return Content(
            answers,
            [str(how) for how in made],
            status,
            base.reason if self.reason is None else self.reason,
            base.comment if self.comment is None else self.comment,
            self._evidence(base.evidence),
        )

    def _evidence(self, stored: list[EvidenceRow]) -> list[EvidenceRow]:
        """A file cannot carry uploaded files: a row that names the same document keeps its own."""
        if self.evidence is None:
            return stored
        if self.adds:
            known = [row[:3] for row in stored]
            return [*stored, *(row for row in self.evidence if row[:3] not in known)]
        left = list(stored)
        rows = []
        for row in self.evidence:
            same = next((one for one in left if one.link == row.link), None)
            if same is not None:
                left.remove(same)
            rows.append(row._replace(file=same.file if same else ""))
        return rows


@dataclass
class Returned:
    """One filled sheet as it came: what it says and what is wrong with it."""

    title: str = ""
    items: list[Said] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: tuple[str, int, str], found: str, message: str) -> None:
        self.faults.append(Fault(*place, found, message))


def answer_of(word: str) -> str | None:
    """The answer that a word means, in English or the reader's language; None if it is none."""
    plain = word.strip().casefold()
    for answer in Answer:
        if answer and plain in (str(answer), str(WORDS[answer]).casefold()):
            return str(answer)
    return "" if plain in ("", "–") else None


def words_of_answers() -> list[str]:
    """The answers to choose from, in the reader's language."""
    return [str(WORDS[answer]) for answer in Answer if answer]


def applies_of(word: str) -> bool | None:
    """Whether the item applies, from the cell "does not apply"; None if the word says neither."""
    plain = word.strip().casefold()
    if plain in ("", "no", str(_("no")).casefold()):
        return True
    return False if plain in ("yes", "x", str(_("yes")).casefold()) else None


def clean_text(text: str) -> str:
    """Text as the database can hold it, with the line ends of a web page."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("_x000D_", "").strip()


def too_long(text: str, most: int) -> str:
    """A sentence where the text is longer than what is kept; else empty."""
    if len(text) <= most:
        return ""
    return _("The text has %(length)s letters; at most %(most)s are kept.") % {
        "length": len(text),
        "most": most,
    }


def refuse_other(sheet: Sheet, about: dict[str, str]) -> None:
    """Raises Refused where a file is of another sheet or of other questions."""
    version = sheet.round.instrument_version
    if about.get("country") != sheet.round.country_id:
        raise Refused(_("This file belongs to another country; nothing was read."))
    if about.get("sheet") != str(sheet.pk):
        raise Refused(
            _("This file belongs to another sheet; give it back on the page from which it came.")
        )
    if about.get("instrument") != version.sha256:
        raise Refused(
            _("This file asks other questions than %(instrument)s; take a new one from this page.")
            % {"instrument": version}
        )


def open_items(sheet: Sheet, person: User) -> set[str]:
    """Codes of the items that the person may answer on the sheet."""
    given = items_assigned(person, sheet)
    return set(sheet.responses.values_list("item__code", flat=True)) if given is None else given
