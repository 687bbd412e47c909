"""Files of a report version: asked for, made once by a worker, kept for good.

A file's key is the hash of all that goes into it: snapshot, form, audience, language, state, the
country's choices and the code that renders. While the key stays, nothing is rendered twice; of a
published version the first file stays, whatever changes in the code.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from activity import jobs
from activity.models import Job
from reports.bundling import bundle
from reports.models import PaperChoices, Rendition, ReportVersion
from reports.queries import PUBLIC
from reports.reading import Reading
from reports.rendering import paper
from reports.rendering.annex import annex
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience, Document
from reports.rendering.spreadsheet import workbook
from reports.rendering.word import word

Form = Rendition.Form
WHOLE = (Form.EXCEL, Form.BUNDLE)  # the same for every audience


@dataclass(frozen=True)
class Wanted:
    """One file of a report version: its form, for whom, in which language."""

    report: ReportVersion
    form: Form
    audience: Audience
    language: str

    @property
    def name(self) -> str:
        round = self.report.snapshot["round"]["title"]
        parts = [round, f"v{self.report.number}", self.audience, self.language]
        return f"{slugify(' '.join(parts))}.{self.form}"


def offered(report: ReportVersion, language: str) -> list[Wanted]:
    """Every file there can be: PDF and Word for each audience, one annex of tables, one bundle."""
    documents = [(form, audience) for audience in Audience for form in (Form.PDF, Form.WORD)]
    return [
        Wanted(report, form, audience, language)
        for form, audience in [*documents, *((form, Audience.FULL) for form in WHOLE)]
    ]


def key_of(wanted: Wanted, choices: PaperChoices) -> str:
    report = wanted.report
    public = report.state in PUBLIC
    parts = [
        report.sha256, report.number, "" if public else report.state, wanted.form,
        wanted.audience, wanted.language, choices.cover_text, choices.off,
        choices.logo.sha256 if choices.logo else "", renderer(),
        [[one.organisation_id, one.text] for one in report.replies.all()],
    ]  # fmt: skip
    return digest(parts)


def digest(parts: list[Any]) -> str:
    """The key of a file made of these parts."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def ready(wanted: Wanted, choices: PaperChoices) -> Rendition | None:
    """The file, if it is made: of a published version the one there is, else the one of now."""
    return among(list(wanted.report.renditions.all()), wanted, choices)


def among(made: list[Rendition], wanted: Wanted, choices: PaperChoices) -> Rendition | None:
    """The same, looked up among the report's files."""
    about = (wanted.form, wanted.audience, wanted.language)
    same = [one for one in made if (one.form, one.audience, one.language) == about]
    if wanted.report.state in PUBLIC:
        return next((one for one in same if one.published), None)
    key = key_of(wanted, choices)
    return next((one for one in same if one.key == key), None)


def states(
    report: ReportVersion, language: str
) -> list[tuple[Wanted, Rendition | None, Job | None]]:
    """Every file of the report in the language: itself, and the newest job that was to make it."""
    choices = PaperChoices.of(report.round.country_id)
    keys = {job_key(wanted, choices): wanted for wanted in offered(report, language)}
    jobs_of = newest_jobs(topic(report), keys)
    made = list(report.renditions.filter(language=language))
    return [
        (wanted, among(made, wanted, choices), jobs_of.get(key)) for key, wanted in keys.items()
    ]


def newest_jobs(topic: str, keys: Iterable[str]) -> dict[str, Job]:
    """The newest job of each key."""
    newest: dict[str, Job] = {}
    for job in Job.objects.filter(topic=topic, key__in=list(keys)):
        newest.setdefault(job.key, job)
    return newest


def ask_for(*, wanted: Wanted, by: User | None) -> Job | None:
    """Have the file made, unless it is there; while it is being made, the same job again."""
    choices = PaperChoices.of(wanted.report.round.country_id)
    if ready(wanted, choices):
        return None
    return jobs.queue(
        "rendition",
        by=by,
        key=job_key(wanted, choices),
        topic=topic(wanted.report),
        report=wanted.report.pk,
        form=wanted.form,
        audience=wanted.audience,
        language=wanted.language,
    )


def job_key(wanted: Wanted, choices: PaperChoices) -> str:
    return f"rendition {key_of(wanted, choices)}"


def topic(report: ReportVersion) -> str:
    return f"report {report.pk}"


def compute(
    told: Callable[[int, str], None], *, report: int, form: str, audience: str, language: str
) -> tuple[str, bytes]:
    """Render the file; with it the key of what it was made of.

    Raises JobRefused, with a sentence, where trying again by itself would not help: the typesetter
    was stopped at a limit of time or memory, or cannot set the logo or the text.
    """
    version = ReportVersion.objects.select_related("round").get(pk=report)
    wanted = Wanted(version, Form(form), Audience(audience), language)
    choices = PaperChoices.of(version.round.country_id)
    key = key_of(wanted, choices)
    with in_words():
        return key, render(wanted, choices, told)


@contextmanager
def in_words() -> Iterator[None]:
    """What cannot be made is told as the job's refusal, in the sentence of its cause."""
    try:
        yield
    except paper.NotSet as fault:
        raise jobs.JobRefused(str(fault)) from None
    except MemoryError:
        raise jobs.JobRefused(
            _("The worker has too little memory for this file. Try again when it is less busy.")
        ) from None


def store(
    outcome: tuple[str, bytes], *, report: int, form: str, audience: str, language: str
) -> dict[str, Any]:
    """Keep the file; where another was quicker, that one stays.

    A file of what is no longer so (the version was published meanwhile, a reply came) is dropped
    and made again.
    """
    key, content = outcome
    version = ReportVersion.objects.select_for_update(of=("self",)).get(pk=report)
    wanted = Wanted(version, Form(form), Audience(audience), language)
    choices = PaperChoices.of(version.round.country_id)
    if key != key_of(wanted, choices):
        ask_for(wanted=wanted, by=None)
    elif not ready(wanted, choices):
        made = Rendition(
            report=version,
            form=form,
            audience=audience,
            language=language,
            key=key,
            published=version.state in PUBLIC,
        )
        keep(made, content)
    return {"report": report}


def keep(made: Rendition, content: bytes) -> None:
    """Keep a file with its size and check sum."""
    made.size, made.sha256 = len(content), hashlib.sha256(content).hexdigest()
    made.content.save(f"{made.key}.{made.form}", ContentFile(content), save=False)
    made.save()


def render(
    wanted: Wanted, choices: PaperChoices, told: Callable[[int, str], None] = lambda *_: None
) -> bytes:
    """The bytes of the file, from the snapshot and the country's choices."""
    told(10, str(_("Reading the snapshot")))
    if wanted.form == Form.BUNDLE:
        return bundle(wanted.report, wanted.language)
    chosen = Choices(choices.cover_text, choices.off)
    document = compose(wanted.report, wanted.audience, wanted.language, chosen)
    logo = Path(choices.logo.content.path) if choices.logo else None
    if wanted.form in (Form.PDF, Form.WORD):
        return typeset(document, wanted.form, told, logo)
    told(40, str(_("Writing the tables")))
    with translation.override(wanted.language):
        tables = annex(Reading(wanted.report))
        return workbook(document.cover, tables, document.sha256, document.made_at)


def typeset(
    document: Document, form: Form, told: Callable[[int, str], None], logo: Path | None = None
) -> bytes:
    """The document as PDF or Word. Raises NotSet where it cannot be made."""
    if form == Form.PDF:
        told(40, str(_("Setting the pages")))
        return paper.pdf(document, logo)
    told(40, str(_("Drawing the charts")))
    drawn = paper.drawn(document)
    told(70, str(_("Writing the document")))
    return word(document, drawn, paper.as_png(logo) if logo else None)


@cache
def renderer() -> str:
    """What renders: the code's version and every file a document's look depends on."""
    here = Path(__file__).parent
    found = hashlib.sha256(settings.CODE_VERSION.encode())
    folders = (here / "rendering", here / "bundles")
    files = [
        *here.glob("*reading.py"),
        here / "charts.py",
        here / "doubt.py",
        here / "bundling.py",
        here / "study_paper.py",
        here.parent / "activity" / "workbooks.py",
    ]
    files += [path for folder in folders for path in folder.rglob("*")]
    files += (here.parent / "locale").rglob("*.mo")
    for path in sorted(path for path in files if path.suffix in {".py", ".typ", ".ttf", ".mo"}):
        found.update(path.read_bytes())
    return found.hexdigest()
