"""Report versions come into being here, and what a country chooses for their paper."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, files, notices
from activity.models import File
from countries.models import Country
from diagnostics.models import Round, Scoring
from diagnostics.queries import coordinators_of
from reports import editions, snapshots
from reports.models import PaperChoices, ReportVersion
from reports.rendering import paper

LOGO_BYTES = 2**20


@transaction.atomic
def add_version(*, scoring: Scoring, snapshot: dict[str, Any], by: User | None) -> ReportVersion:
    """Keep a snapshot as the round's next version; a scoring gets no second one."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=scoring.sheet.round_id)
    existing = ReportVersion.objects.filter(scoring=scoring).first()
    if existing is not None:
        return existing
    last = round.reports.aggregate(last=Max("number"))["last"] or 0
    report = ReportVersion.objects.create(
        round=round,
        number=last + 1,
        scoring=scoring,
        snapshot=snapshot,
        sha256=snapshots.sha256(snapshot),
        members=editions.kept_for_members(round),
    )
    events.record(
        "report.made",
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        number=report.number,
    )
    notices.tell(
        "report.made",
        to=coordinators_of(round.country),
        url=report.get_absolute_url(),
        round=round.title,
        number=report.number,
    )
    return report


@transaction.atomic
def choose_paper(
    *,
    country: Country,
    cover_text: str,
    logo: UploadedFile | None,
    without_logo: bool,
    off: dict[str, list[str]],
    by: User,
) -> PaperChoices:
    """Keep the cover's words, the logo (the one there is where none is given) and the sections.

    Raises Refused for a logo that is too large, no plain picture, or cannot be drawn.
    """
    kept, _made = PaperChoices.objects.select_for_update(of=("self",)).get_or_create(
        country=country
    )
    kept.cover_text, kept.off = cover_text.strip(), off
    if without_logo:
        kept.logo = None
    if logo is not None:
        kept.logo = _drawable(logo, by)
    kept.save()
    events.record("paper.chosen", by=by, topic=country.pk, country=country)
    return kept


def _drawable(logo: UploadedFile, by: User) -> File:
    """The logo kept, once it was drawn: a broken one would break every file of the country."""
    kept = files.keep(logo, by=by, kinds=files.PICTURES, most=LOGO_BYTES)
    try:
        paper.as_png(Path(kept.content.path))
    except paper.NotSet:
        kept.content.delete(save=False)
        raise Refused(
            _("The picture cannot be drawn: it is damaged or too large. Save it anew or shrink it.")
        ) from None
    return kept
