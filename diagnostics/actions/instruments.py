"""Loading an instrument file into the database."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from diagnostics.authoring import canonical
from diagnostics.models import InstrumentVersion, Item
from diagnostics.scoring.instrument import Instrument


@transaction.atomic
def load_instrument(*, instrument: Instrument, by: User | None) -> InstrumentVersion:
    """Store and publish a version; the same version again is returned as it stands.

    Raises Refused when the version exists with other content: a published version never changes.
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
