"""A check-sheet on paper, blank or as it is filled: PDF and Word, with lines to sign on."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.doors import visible
from activity.charts import Column
from countries.wording import colon
from diagnostics import debates, queries
from diagnostics.fieldwork_views import download
from diagnostics.history import WORDS
from diagnostics.models import Sheet
from diagnostics.pages import ItemOnPage, ThemeOnPage, themes_of
from diagnostics.scoring.instrument import Answer
from reports.rendering import paper
from reports.rendering.composing import form_labels, label_of
from reports.rendering.document import (
    Audience,
    Block,
    Cover,
    Document,
    Heading,
    Paragraph,
    Section,
    Signatures,
    Table,
    Tone,
)
from reports.rendering.word import word

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def sheet_paper(request: HttpRequest, pk: int, what: str, form: str) -> HttpResponse:
    """The sheet, `blank` or `filled`, to be saved or printed."""
    sheet = visible(queries.round_sheets_visible_to(request.user), pk=pk)
    if what not in ("blank", "filled") or form not in KINDS:
        raise Http404
    document = compose(sheet, filled=what == "filled")
    try:
        content = paper.pdf(document) if form == "pdf" else word(document, {})
    except paper.NotSet as fault:
        messages.error(request, str(fault))
        return redirect("diagnostics:offline", pk)
    return download(content, sheet, form, KINDS[form])


def compose(sheet: Sheet, *, filled: bool) -> Document:
    """The sheet as a document in the reader's language; blank ones have boxes to write in."""
    round, version = sheet.round, sheet.round.instrument_version
    responses = queries.responses_of(sheet)
    changed = [one.changed_at for one in responses if one.changed_at]
    # The moment of the last answer, not of printing: the same sheet gives the same file.
    made_at = max(changed, default=datetime.combine(round.period_end, time(), UTC))
    start, end = (date_format(day) for day in (round.period_start, round.period_end))
    return Document(
        audience=Audience.MINISTER,
        language=get_language() or "en",
        cover=Cover(
            title=str(sheet),
            subtitle=round.title,
            period=_("%(start)s to %(end)s") % {"start": start, "end": end},
            version=str(version),
            state=str(sheet.get_state_display()) if filled else _("blank sheet"),
            label=label_of(round.provenance, round.label),
            text=_guide(),
            facts=[],
        ),
        sections=list(_sections(sheet, themes_of(sheet, responses), filled)),
        sha256=version.sha256,
        made_at=made_at,
        labels=form_labels() | {"table": _("Item")},
    )  # fmt: skip


def _guide() -> str:
    return _(
        "Say of each statement whether it is true: yes, partly (only for some regions, sectors or "
        "firm sizes), no or unknown. A statement left blank is unanswered, never no. Where an item "
        "has no meaning in this country, write so and say why."
    )


def _sections(sheet: Sheet, themes: list[ThemeOnPage], filled: bool) -> Iterator[Section]:
    for theme in themes:
        said = (theme.theme.intro, debates.source(theme.theme.code))
        blocks: list[Block] = [Paragraph(text, Tone.SOFT) for text in said if text]
        for item in theme.items:
            blocks += _item(item, filled)
        yield Section(theme.theme.code, theme.theme.title, blocks)
    yield Section(
        "signatures",
        _("Signatures"),
        [
            Signatures(
                [_("Filled by"), _("For %(organisation)s") % {"organisation": sheet}],
                [_("Name"), _("Date"), _("Signature")],
            )
        ],
    )


def _item(item: ItemOnPage, filled: bool) -> Iterator[Block]:
    yield Heading(2, item.item.title)
    if item.item.question:
        yield Paragraph(item.item.question)
    response = item.response
    if filled:
        columns = [Column(_("Level"), numeric=True), Column(_("Statement")), Column(_("Answer"))]
        said = [str(WORDS[Answer(one)]) for one in response.answers]
        statements = zip(item.item.steps.items(), said, strict=True)
        rows = [[level, text, answer] for (level, text), answer in statements]
        widths = [0, 1, 0]
    else:
        columns = [Column(_("Level"), numeric=True), Column(_("Statement"))]
        columns += [Column(str(WORDS[answer])) for answer in Answer if answer]
        boxes = ["[\u00a0\u00a0]"] * 4
        rows = [[n, text, *boxes] for n, text in item.item.steps.items()]
        widths = [0, 1, 0, 0, 0, 0]
    yield Table(_("Is each statement true?"), columns, rows, widths)
    yield from _said(item) if filled else _lines(item)


def _said(item: ItemOnPage) -> Iterator[Block]:
    response = item.response
    if not item.applies:
        yield Paragraph(response.reason, lead=_("Does not apply:"))
    if response.comment:
        yield Paragraph(response.comment, lead=_("Comment:"))
    for row in response.evidence.all():
        place = ", ".join(filter(None, (row.link, row.page)))
        quoted = f"{place}{colon()}“{row.quote}”" if row.quote else place
        yield Paragraph(quoted, lead=_("Evidence:"))


def _lines(item: ItemOnPage) -> Iterator[Block]:
    line = " " + "_" * 60
    yield Paragraph(_("What would show it: %(shows)s") % {"shows": item.item.evidence}, Tone.SOFT)
    yield Paragraph(line, lead=_("Evidence, with page:"))
    yield Paragraph(line, lead=_("Comment, or why it does not apply:"))
