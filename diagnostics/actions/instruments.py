"""Loading an instrument file into the database."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from diagnostics.authoring import canonical
from diagnostics.models import InstrumentVersion, Item
from diagnostics.queries import parent_of
from diagnostics.scoring.editions import departures
from diagnostics.scoring.instrument import Instrument


@transaction.atomic
def load_instrument(*, instrument: Instrument, by: User | None) -> InstrumentVersion:
    """Store and publish a version; the same version again is returned as it stands.

    Raises Refused when the version exists with other content, for a published version never
    changes, and for a national edition whose parent is not published here or is departed from.
    """
    sha256 = canonical.scoring_sha256(instrument)
    existing = InstrumentVersion.objects.filter(
        code=instrument.code, version=instrument.version
    ).first()
    if existing is not None:
        if existing.sha256 != sha256:
            raise Refused(
                _(
                    "%(code)s %(version)s is published with other content; "
                    "give the changed file a new version number."
                )
                % {"code": instrument.code, "version": instrument.version}
            )
        return existing
    _check_edition(instrument)
    version = InstrumentVersion.objects.create(
        code=instrument.code,
        version=instrument.version,
        title=instrument.title,
        subject=instrument.subject,
        content=canonical.to_data(instrument),
        sha256=sha256,
    )
    rows = [(theme.code, item.code) for theme in instrument.themes for item in theme.items]
    Item.objects.bulk_create(
        Item(version=version, theme=theme, code=code, position=position)
        for position, (theme, code) in enumerate(rows, start=1)
    )
    version.state = InstrumentVersion.State.PUBLISHED
    version.save(update_fields=["state"])
    events.record("instrument.published", by=by, instrument=str(version))
    return version


def _check_edition(instrument: Instrument) -> None:
    if instrument.edition_of is None:
        return
    parent = parent_of(instrument)
    if parent is None:
        raise Refused(
            _("%(code)s is an edition of %(parent)s, which is not published here; load that first.")
            % {"code": instrument.code, "parent": instrument.edition_of}
        )
    if found := [message for _path, message in departures(instrument, parent)]:
        raise Refused(" ".join(found))
