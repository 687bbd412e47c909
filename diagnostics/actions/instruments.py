"""Loading an instrument file into the database, and drafting a version of one that is there."""

import re
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from countries.models import Country
from countries.wording import worded
from diagnostics.authoring import canonical
from diagnostics.authoring.translating import Translation
from diagnostics.calibrating import Calibration, calibrated
from diagnostics.instrument_queries import parent_version
from diagnostics.models import InstrumentTranslation, InstrumentVersion, Item
from diagnostics.scoring.calibration import Calibrated
from diagnostics.scoring.editions import departures
from diagnostics.scoring.instrument import Instrument
from indicators.models import Dataset

VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")


@transaction.atomic
def load_instrument(*, instrument: Instrument, by: User | None) -> InstrumentVersion:
    """Store and publish a version; the same version again is returned as it stands.

    Raises Refused when the version exists with other content, for a published version never
    changes (a draft gives way), and for a national edition whose parent is not published here or
    is departed from.
    """
    sha256 = canonical.scoring_sha256(instrument)
    existing = InstrumentVersion.objects.filter(
        code=instrument.code, version=instrument.version
    ).first()
    if existing is not None and existing.state == InstrumentVersion.State.DRAFT:
        _give_way(existing)
    elif existing is not None:
        if existing.sha256 != sha256:
            raise Refused(
                _(
                    "%(code)s %(version)s is published with other content; "
                    "give the changed file a new version number."
                )
                % {"code": instrument.code, "version": instrument.version}
            )
        return existing
    parent = checked_parent(instrument)
    version = stored(instrument)
    version.based_on = parent
    version.state = InstrumentVersion.State.PUBLISHED
    version.save(update_fields=["state", "based_on"])
    events.record("instrument.published", by=by, instrument=version.named)
    return version


@transaction.atomic
def load_translation(
    *, version: InstrumentVersion, translation: Translation, by: User | None
) -> InstrumentTranslation:
    """Have the version's words in a language; the newest file is what is shown from now on.

    Reports keep the words they were made with. The same file again changes nothing.
    """
    newest = version.translations.filter(language=translation.language).first()
    if newest is not None and newest.sha256 == translation.sha256:
        return newest
    loaded = version.translations.create(
        language=translation.language,
        content=translation.content,
        sha256=translation.sha256,
        reviewed_by=translation.reviewed_by,
    )
    events.record(
        "instrument.translated", by=by, instrument=version.named, language=translation.language
    )
    return loaded


@transaction.atomic
def draft_calibrated(
    *, version: InstrumentVersion, name: str, dataset: Dataset, year: int, by: User | None
) -> tuple[InstrumentVersion, list[Calibrated]]:
    """Store a draft of the version, called `name`, with thresholds from the dataset's quantiles.

    Counted is each country's newest value of the years from `year` back as far as the instrument
    takes indicators. A draft of that name is written anew. Raises Refused where the name is that
    of a published version, or is none, or where no threshold would change.
    """
    if not VERSION.fullmatch(name):
        raise Refused(_("A version is one to four numbers with dots between, such as 1.1."))
    instrument = version.instrument
    found = calibrated(instrument, dataset, year)
    require_changes(found)
    drafted, told = replace(found.instrument, version=name), found.told
    existing = InstrumentVersion.objects.filter(code=instrument.code, version=name).first()
    if existing is not None:
        if existing.state == InstrumentVersion.State.PUBLISHED:
            raise Refused(_("%(version)s is published and never changes.") % {"version": existing})
        _give_way(existing)
    draft = stored(drafted)
    draft.based_on = version
    draft.save(update_fields=["based_on"])
    events.record("instrument.drafted", by=by, instrument=draft.named, dataset=dataset.title)
    return draft, told


def require_changes(found: Calibration) -> None:
    """Raises Refused, with the reasons, where no threshold would change."""
    if not found.changes:
        why = dict.fromkeys(worded(one.reason) for one in found.told)
        raise Refused(
            _("No threshold would change: %(why)s")
            % {"why": " ".join(why) or _("no indicator is bound.")}
        )


def stored(instrument: Instrument) -> InstrumentVersion:
    """The instrument as a draft, with rows of its items. Raises Refused for an unknown country."""
    country = Country.objects.filter(pk=instrument.country).first()
    if instrument.country and country is None:
        raise Refused(_("There is no country %(code)s.") % {"code": instrument.country})
    version = InstrumentVersion.objects.create(
        code=instrument.code,
        version=instrument.version,
        title=instrument.title,
        subject=instrument.subject,
        content=canonical.to_data(instrument),
        sha256=canonical.scoring_sha256(instrument),
        country=country,
    )
    write_items(version)
    return version


def write_items(version: InstrumentVersion) -> None:
    """Give a draft the rows of the items it has now."""
    version.items.all().delete()
    themes = version.instrument.themes
    rows = [(theme.code, item.code) for theme in themes for item in theme.items]
    Item.objects.bulk_create(
        Item(version=version, theme=theme, code=code, position=position)
        for position, (theme, code) in enumerate(rows, start=1)
    )


def checked_parent(instrument: Instrument) -> InstrumentVersion | None:
    """The published version of which the instrument is an edition; None where it is none.

    Raises Refused where the parent is not published here or is departed from.
    """
    if instrument.edition_of is None:
        return None
    parent = parent_version(instrument)
    if parent is None:
        raise Refused(
            _("%(code)s is an edition of %(parent)s, which is not published here; load that first.")
            % {"code": instrument.code, "parent": instrument.edition_of}
        )
    if found := [message for _path, message in departures(instrument, parent.instrument)]:
        raise Refused(" ".join(found))
    return parent


def _give_way(draft: InstrumentVersion) -> None:
    """Delete a draft that a command wrote; what somebody writes in the browser stays."""
    if draft.changed_at is not None:
        raise Refused(
            _("%(version)s is a draft that people write in; publish or discard it first.")
            % {"version": draft}
        )
    draft.delete()
