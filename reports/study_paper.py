"""A cluster's diagnostic study on paper: PDF and Word, from what its page says."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity.charts import Column
from clusters import queries
from clusters.models import Study
from clusters.study_content import digest
from clusters.study_pages import StudyOnPage
from clusters.study_words import PRINCIPLES_SOURCE, STRATEGIES_SOURCE
from reports.rendering import paper
from reports.rendering.document import (
    Audience,
    Block,
    Cover,
    Document,
    Facts,
    Heading,
    Paragraph,
    Point,
    Points,
    Section,
    Table,
    Tone,
)
from reports.rendering.word import word
from reports.sheet_paper import KINDS


@login_not_required
@require_safe
def study_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The study to be saved or printed: anybody's once published."""
    study = queries.studies_visible_to(request.user).filter(pk=pk).first()
    if study is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if study is None or form not in KINDS:
        raise Http404
    document = compose(study)
    try:
        content = paper.pdf(document) if form == "pdf" else word(document, {})
    except paper.TakesTooLong:
        messages.error(request, _("The document was not finished in time; try again later."))
        return redirect(study)
    response = HttpResponse(content, content_type=KINDS[form])
    name = slugify(f"study {study.number} {study.cluster}") or f"study-{study.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


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
            period=format_date(published, "j F Y") if published else "",
            version=_("Study %s") % study.number,
            state="" if published else str(study.get_state_display()),
            label=_("Fictional") if about["fictional"] else "",
            text="",
            facts=[],
        ),
        sections=list(_sections(page)),
        sha256=study.sha256 or digest(page.content),
        made_at=published or timezone.now(),
        words={
            "contents": _("Contents"), "table": _("Table"), "figure": _("Figure"),
            "page": _("Page"), "of": _("of"), "hash": "SHA-256", "logo": _("Logo"),
        },
    )  # fmt: skip


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
          f"{one['start']:%Y-%m-%d} – {one['end']:%Y-%m-%d}",
          f"{paper.words(one['cost'])} {one['currency']}",
          f"{one['indicator']}: {one['baseline']}, {one['target']}"] for one in lines],
        [3, 2, 2, 2, 3],
    )  # fmt: skip
