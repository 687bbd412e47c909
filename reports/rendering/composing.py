"""From a report version to the document that paper and Word are made of."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from countries.wording import colon
from reports.models import ReportVersion
from reports.queries import PUBLIC
from reports.reading import Reading
from reports.rendering.back_matter import record
from reports.rendering.document import Audience, Cover, Document
from reports.rendering.sections import on_paper


@dataclass(frozen=True)
class Choices:
    """What a country chose for its reports: a text for the cover, sections switched off."""

    cover_text: str = ""
    off: dict[str, list[str]] = field(default_factory=dict)


def compose(report: ReportVersion, audience: Audience, language: str, choices: Choices) -> Document:
    """The whole document in the language, from the snapshot alone but for the country's choices."""
    country = report.snapshot["subject"]["country"]
    with translation.override(language), timezone.override(country["time_zone"]):
        reading = Reading(report)
        off = frozenset(choices.off.get(audience, ()))
        return Document(
            audience=audience,
            language=language,
            cover=_cover(reading, choices.cover_text),
            sections=on_paper(reading, audience, off),
            sha256=report.sha256,
            made_at=reading.closed_at or datetime.combine(reading.period[1], datetime.min.time()),
            labels=form_labels(),
        )


def _cover(reading: Reading, text: str) -> Cover:
    report = reading.report
    round = reading.snapshot["round"]
    public = report.state in PUBLIC
    start, end = (date_format(day) for day in reading.period)
    said = _("Translation")
    return Cover(
        title=reading.title,
        subtitle=reading.content["title"],
        period=_("%(start)s to %(end)s") % {"start": start, "end": end},
        version=_("Version %s") % report.number,
        state="" if public else str(report.get_state_display()),
        label=label_of(round["provenance"], round["label"]),
        text=text,
        facts=record(reading),
        translated=f"{said}{colon()}{reading.translated}." if reading.translated else "",
    )


def label_of(provenance: str, label: str) -> str:
    """What the answers of a round are, where they are no assessment; else empty."""
    kinds = {
        "fictional": _("Fictional"),
        "coded": _("Example"),
        "practice": _("Practice"),
        "assessment": "",
    }
    return colon().join(filter(None, (kinds[provenance], _(label))))


def form_labels() -> dict[str, str]:
    """The few words a form writes by itself."""
    return {
        "contents": _("Contents"),
        "table": _("Table"),
        "figure": pgettext("a chart", "Figure"),
        "page": _("Page"),
        "of": _("of"),
        "hash": "SHA-256",
        "logo": _("Logo"),
        "stage": _("Stage now"),
        "phase": _("Phase now"),
    }
