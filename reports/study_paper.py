"""A cluster's diagnostic study on paper: PDF and Word, from what its page says."""

from collections.abc import Iterator

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activity.charts import Column
from activity.templatetags.numbers import number
from clusters.models import Study
from clusters.study_content import digest
from clusters.study_pages import StudyOnPage
from clusters.study_words import CRITERIA_SOURCE, PRINCIPLES_SOURCE, STRATEGIES_SOURCE
from reports.rendering.composing import form_words
from reports.rendering.document import (
    Audience,
    Block,
    Cover,
    Document,
    Drawing,
    Facts,
    Heading,
    Paragraph,
    Point,
    Points,
    Section,
    Table,
    Tone,
)
from reports.rendering.schedules import Running, schedule


def compose(study: Study) -> Document:
    """The study as a document in the reader's language, hash and sources included."""
    page = StudyOnPage(study)
    about = page.content["cluster"]
    published = study.published_at
    return Document(
        audience=Audience.FULL,
        language=get_language() or "en",
        cover=Cover(
            title=about["name"],
            subtitle=_("Diagnostic study and action plan"),
            period=date_format(published) if published else "",
            version=_("Study %s") % study.number,
            state="" if published else str(study.get_state_display()),
            label=_("Fictional") if about["fictional"] else "",
            text="",
            facts=[],
        ),
        sections=list(_sections(page)),
        sha256=study.sha256 or digest(page.content),
        made_at=published or timezone.now(),
        words=form_words(),
    )


def _sections(page: StudyOnPage) -> Iterator[Section]:
    for at, (title, text) in enumerate(page.sections):
        yield Section(f"section-{at}", title.capitalize(), _texts(text))
    swot: list[Block] = []
    for title, lines in page.swot:
        swot.append(Heading(2, str(title).capitalize()))
        points = [Point(one["text"], note=one["evidence"]) for one in lines]
        swot.append(Points(points) if points else Paragraph(_("None."), Tone.SOFT))
    yield Section("swot", _("Strengths, weaknesses, opportunities, threats"), swot)
    yield Section("problems", _("Problems and joint actions"), list(_problems(page)))
    yield Section("vision", _("Vision"), _texts(page.vision))
    yield Section("plan", _("Action plan"), list(_plan(page)))
    yield from _followed(page)
    support: list[Block] = []
    for title, text in (*page.strategies, (_("Asked of donors"), page.donors)):
        if text:
            support += [Heading(2, title.capitalize()), *_texts(text)]
    support.append(Paragraph(STRATEGIES_SOURCE, Tone.SOFT))
    yield Section("support", _("Support"), support)
    answers = [Point(said or _("Not answered yet."), lead=str(q)) for q, said in page.principles]
    yield Section(
        "principles",
        _("Held against design principles"),
        [Points(answers), Paragraph(PRINCIPLES_SOURCE, Tone.SOFT)],
    )


def _texts(text: str) -> list[Block]:
    return [Paragraph(part) for part in text.splitlines() if part.strip()] or [
        Paragraph(_("Not written yet."), Tone.SOFT)
    ]


def _problems(page: StudyOnPage) -> Iterator[Block]:
    for one in page.problems:
        yield Heading(2, one["text"])
        yield Facts(
            [
                (_("Kind"), str(one["kind"])),
                (_("Joint action"), one["action"]),
                (_("Risk"), f"{one['risk']}: {one['risk_text']}"),
                (_("What has to be given first"), one["conditions"]),
            ]
        )


def _plan(page: StudyOnPage) -> Iterator[Block]:
    lines = page.lines
    if not lines:
        yield Paragraph(_("None."), Tone.SOFT)
        return
    yield Table(
        _("Lines of the plan"),
        [Column(_("What is done")), Column(_("Who answers for it")), Column(_("When")),
         Column(_("Cost")), Column(_("Indicator: from, to"))],
        [[f"{one['text']} ({one['kind']})", one["owner"],
          " – ".join(date_format(one[end], "SHORT_DATE_FORMAT") for end in ("start", "end")),
          f"{floatformat(one['cost'], '-2g')} {one['currency']}",
          f"{one['indicator']}: {number(one['baseline'])}, {number(one['target'])}"]
         for one in lines],
        [3, 2, 2, 2, 3],
    )  # fmt: skip
    running = [Running(one["text"], one["start"], one["end"]) for one in lines]
    yield schedule(_("When the lines of the plan run"), _("What is done"), running)
    for chart in page.charts:
        yield Drawing(chart)
        yield Table(chart.title, chart.columns, chart.rows, [2, 1, 2, 5])


def _followed(page: StudyOnPage) -> Iterator[Section]:
    """What came after publication: lessons, and the judgement by UNCTAD's criteria."""
    if page.lessons:
        lessons = [
            Point(
                one.text,
                note=f"{one.author}, {date_format(one.day, 'SHORT_DATE_FORMAT')}"
                + (f"; {one.line}" if one.line else ""),
            )
            for one in page.lessons
        ]
        yield Section("lessons", _("Lessons"), [Points(lessons)])
    if page.judgements:
        said = [Point(text or _("not judged yet"), lead=name) for name, text in page.judgements]
        blocks = [Points(said), Paragraph(CRITERIA_SOURCE, Tone.SOFT)]
        yield Section("judged", _("What study and plan came to"), blocks)
