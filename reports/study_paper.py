"""A cluster's diagnostic study on paper: PDF and Word, from what its page says."""

from collections.abc import Callable, Iterator
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activity.charts import Chart, Column
from activity.templatetags.numbers import number
from clusters.models import Study
from clusters.studies.content import digest
from clusters.studies.pages import StudyOnPage
from countries.wording import colon
from diagnostics import debates
from reports.rendering.composing import form_labels
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
    Schedule,
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
    day = date_format(study.cluster.country.today(published)) if published else ""
    return Document(
        audience=Audience.FULL,
        language=get_language() or "en",
        cover=Cover(
            title=page.cluster_name,
            subtitle=_("Diagnostic study and action plan"),
            period=" · ".join(filter(None, (page.country, day))),
            version=_("Study %s") % study.number,
            state="" if published else str(study.get_state_display()),
            label=_("Fictional") if about["fictional"] else "",
            text="",
            facts=page.about.get("steps", []),
        ),
        sections=list(_sections(page)),
        sha256=study.sha256 or digest(page.content),
        made_at=published or timezone.now(),
        labels=form_labels(),
    )


def _sections(page: StudyOnPage) -> Iterator[Section]:
    for part in page.parts:
        blocks = list(_BLOCKS[part.code](page) if part.text is None else _texts(part.text))
        if part.code == "linkages":
            blocks += _debate()
        yield Section(part.code, part.title, blocks)


def _debate() -> Iterator[Block]:
    """What the sources disagree on, as on the page."""
    if found := debates.social_capital():
        version, theme = found
        lead = _("%(theme)s: the sources disagree.") % {"theme": theme.title}
        yield Paragraph(theme.intro, Tone.NOTICE, lead)
        yield Paragraph(f"{debates.source(theme.code)}. {version.called}", Tone.SOFT)


def _cluster(page: StudyOnPage) -> Iterator[Block]:
    said, heads = page.about, page.words["headings"]
    yield Facts(said["facts"])
    if said["history"]:
        yield Heading(2, heads["history"])
        yield from _texts(said["history"])
    if said["figures"]:
        columns = [Column(name) for name in said["columns"]]
        yield Table(heads["figures"], columns, said["figures"], [3, 3, 0, 5])


def _measured(page: StudyOnPage) -> Iterator[Block]:
    for chart in page.measured:
        yield from _drawn(chart)


def _swot(page: StudyOnPage) -> Iterator[Block]:
    for title, lines in page.swot:
        yield Heading(2, capfirst(title))
        points = [Point(one["text"], note=one["evidence"]) for one in lines]
        yield Points(points) if points else Paragraph(_("None."), Tone.SOFT)


def _texts(text: str) -> list[Block]:
    return [Paragraph(part) for part in text.splitlines() if part.strip()] or [
        Paragraph(_("Not written yet."), Tone.SOFT)
    ]


def _problems(page: StudyOnPage) -> Iterator[Block]:
    labels = page.words["labels"]
    for one in page.problems:
        yield Heading(2, one["text"])
        yield Facts(
            [
                (labels["kind"], one["kind"]),
                (labels["joint_action"], one["action"]),
                (labels["risk"], f"{one['risk']}{colon()}{one['risk_text']}"),
                (labels["conditions"], one["conditions"]),
            ]
        )


def _plan(page: StudyOnPage) -> Iterator[Block]:
    lines, labels, heads = page.lines, page.words["labels"], page.words["headings"]
    if not lines:
        yield Paragraph(_("None."), Tone.SOFT)
        return
    yield Table(
        heads["lines"],
        [Column(labels[name]) for name in ("what", "owner", "when", "cost", "indicator")],
        [[f"{one['text']} ({one['kind']})", one["owner"],
          " – ".join(date_format(one[end], "SHORT_DATE_FORMAT") for end in ("start", "end")),
          _cost(one),
          _("%(indicator)s: from %(baseline)s to %(target)s")
          % {"indicator": one["indicator"], "baseline": number(one["baseline"]),
             "target": number(one["target"])}]
         for one in lines],
        [3, 2, 2, 2, 3],
    )  # fmt: skip
    for one in lines:
        if chart := one["chart"]:
            yield Drawing(chart)
            yield Table(chart.title, chart.columns, chart.rows, [2, 1, 2, 5])
        if one["corrections"]:
            yield Points([Point(words) for words, _by in one["corrections"]])
    yield plan_schedule(page)
    if page.total_cost:
        yield Paragraph(page.total_cost)
    for chart in page.plan_charts:
        yield from _drawn(chart)


def plan_schedule(page: StudyOnPage) -> Schedule:
    """When the lines of the plan run, by half-years."""
    running = [Running(one["text"], one["start"], one["end"]) for one in page.lines]
    return schedule(page.schedule_title, page.words["labels"]["what"], running)


def _drawn(chart: Chart) -> Iterator[Block]:
    """A drawing with its numbers."""
    yield Drawing(chart)
    yield Table(chart.title, chart.columns, chart.rows)


def _cost(line: dict[str, Any]) -> str:
    cost = f"{floatformat(line['cost'], '-2g')} {line['currency']}"
    return f"{cost} ({line['payer']})" if line.get("payer") else cost


def _lessons(page: StudyOnPage) -> Iterator[Block]:
    yield Points(
        [
            Point(
                one.text,
                note=f"{one.author}, {date_format(one.day, 'SHORT_DATE_FORMAT')}"
                + (f"; {one.line}" if one.line else "")
                + "".join(f". {words}" for words in formers),
            )
            for one, formers in page.lessons
        ]
    )


def _judged(page: StudyOnPage) -> Iterator[Block]:
    yield Points(
        [
            Point(text or _("not judged yet"), lead=f"{name}{colon()}".rstrip())
            for name, text in page.judgements
        ]
    )
    yield Paragraph(page.words["sources"]["criteria"], Tone.SOFT)


def _support(page: StudyOnPage) -> Iterator[Block]:
    for title, text in page.strategies:
        if text:
            yield Heading(2, capfirst(title))
            yield from _texts(text)
    yield Paragraph(page.words["sources"]["strategies"], Tone.SOFT)
    if page.donors:
        yield Heading(2, page.words["headings"]["donors"])
        yield from _texts(page.donors)


def _principles(page: StudyOnPage) -> Iterator[Block]:
    yield Points([Point(said or _("Not answered yet."), lead=q) for q, said in page.principles])
    yield Paragraph(page.words["sources"]["principles"], Tone.SOFT)


_BLOCKS: dict[str, Callable[[StudyOnPage], Iterator[Block]]] = {  # of parts that are no mere text
    "cluster": _cluster,
    "measured": _measured,
    "swot": _swot,
    "problems": _problems,
    "plan": _plan,
    "lessons": _lessons,
    "judged": _judged,
    "support": _support,
    "principles": _principles,
}
