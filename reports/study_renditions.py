"""Files of a cluster's study: asked for, made once by a worker, kept while nothing changes.

A file's key is the hash of what it shows. A published study grows by values, lessons and judgement:
then a new file takes the old one's place. Unchanged, it is never rendered again, whatever changes
in the code; that of a draft is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify

from accounts.models import User
from activity import jobs
from activity.models import Job
from clusters.models import Study
from clusters.studies.following import whole
from reports import renditions
from reports.models import Rendition
from reports.study_paper import compose

KIND = "study_rendition"
FORMS = (Rendition.Form.PDF, Rendition.Form.WORD)


@dataclass(frozen=True)
class Wanted:
    """A study as PDF or Word, in one language."""

    study: Study
    form: Rendition.Form
    language: str

    @property
    def name(self) -> str:
        study = self.study
        name = slugify(f"study {study.number} {study.cluster} {self.language}")
        return f"{name}.{self.form}"


def offered(study: Study, language: str) -> list[Wanted]:
    return [Wanted(study, form, language) for form in FORMS]


def keyed(study: Study, language: str) -> dict[str, Wanted]:
    """The files offered in the language by their keys; what the study says is gathered once."""
    said = whole(study, [language])
    return {_key(wanted, said): wanted for wanted in offered(study, language)}


def key_of(wanted: Wanted) -> str:
    return _key(wanted, whole(wanted.study, [wanted.language]))


def _key(wanted: Wanted, said: dict[str, Any]) -> str:
    study = wanted.study
    made_by = "" if study.published_at else f"{study.state} {renditions.renderer()}"
    return renditions.digest(["study", wanted.form, wanted.language, said, made_by])


def job_key(key: str) -> str:
    return f"rendition {key}"


def topic(study: Study) -> str:
    """The name under which the jobs that make its files are found."""
    return f"paper of {study.topic}"


def ask_for(*, wanted: Wanted, by: User | None) -> Job | None:
    """Have the file made, unless it is there; while it is being made, the same job again."""
    key = key_of(wanted)
    if Rendition.objects.filter(key=key).exists():
        return None
    return jobs.queue(
        KIND, by=by, key=job_key(key), topic=topic(wanted.study), study=wanted.study.pk,
        form=wanted.form, language=wanted.language,
    )  # fmt: skip


def ask_for_all(*, study: Study, by: User | None, **kwargs: Any) -> None:
    """Have the files of a study made that everybody reads, so that no reader waits for them."""
    for language, _its_name in settings.LANGUAGES:
        for wanted in offered(study, language):
            ask_for(wanted=wanted, by=by)


def compute(
    told: Callable[[int, str], None], *, study: int, form: str, language: str
) -> tuple[str, bytes]:
    """Render the file as the study is now, unless an earlier job did.

    Raises JobRefused where the typesetter does not come to an end.
    """
    wanted = _wanted(study, form, language)
    key = key_of(wanted)
    if Rendition.objects.filter(key=key).exists():
        return key, b""
    with translation.override(language), renditions.in_words():
        content = renditions.typeset(compose(wanted.study), wanted.form, told)
    return key, content


def store(outcome: tuple[str, bytes], *, study: int, form: str, language: str) -> dict[str, Any]:
    """Keep the file in place of earlier ones, unless it is there."""
    key, content = outcome
    Study.objects.select_for_update().get(pk=study)
    if not Rendition.objects.filter(key=key).exists():
        same = Rendition.objects.filter(study=study, form=form, language=language)
        same.delete()
        made = Rendition(study_id=study, form=form, language=language, key=key, published=False)
        renditions.keep(made, content)
    return {"study": study}


def made(result: dict[str, Any]) -> str:
    return reverse("clusters:study", args=[result["study"]])


def _wanted(study: int, form: str, language: str) -> Wanted:
    found: QuerySet[Study] = Study.objects.select_related("cluster__country")
    return Wanted(found.get(pk=study), Rendition.Form(form), language)
