"""An instrument written in the browser: copied, edited part by part, published or discarded.

What is published counts, so the life of a draft leaves events and its wording leaves none: the
difference to the version it comes from says it all.
"""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused, Stale
from activity import events
from countries.models import Country
from diagnostics.actions import instruments
from diagnostics.authoring import canonical, editing
from diagnostics.authoring.editing import Kind, Part
from diagnostics.authoring.reading import findings_of
from diagnostics.calibrating import calibrated
from diagnostics.instrument_queries import parent_of
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.instrument import Approach, Instrument, Item, MixRule
from indicators.models import Dataset

State = InstrumentVersion.State


@transaction.atomic
def copy_instrument(
    *,
    version: InstrumentVersion,
    country: Country | None,
    by: User | None,
) -> InstrumentVersion:
    """Begin a draft: the next version of a published one or, with `country`, its edition.

    Raises Refused for an edition of another country's edition or of what is not about countries.
    """
    if version.state != State.PUBLISHED:
        raise Refused(_("Only a published version is copied."))
    source = version.instrument
    if country is None or country == version.country:
        copied = replace(source, version=_next_number(source.code))
    elif source.edition_of is not None:
        raise Refused(
            _("%(version)s is itself an edition; copy %(parent)s, from which both derive.")
            % {"version": version, "parent": source.edition_of}
        )
    elif version.subject != InstrumentVersion.Subject.COUNTRY:
        raise Refused(_("Only an instrument about countries has national editions."))
    else:
        title = _("%(title)s, edition of %(country)s") % {"title": source.title, "country": country}
        own = editing.edition(source, version="1.0", title=title[:200], country=country.pk)
        copied = replace(own, version=_next_number(own.code))
    draft = _begin(copied, based_on=version, by=by)
    _tell("instrument.copied", draft, by, source=version.named)
    return draft


@transaction.atomic
def import_draft(*, instrument: Instrument, by: User | None) -> InstrumentVersion:
    """Begin a draft with what a sound file says. Raises Refused as `copy_instrument` does."""
    parent = instruments.checked_parent(instrument)
    draft = _begin(instrument, based_on=parent, by=by)
    _tell("instrument.imported", draft, by)
    return draft


@transaction.atomic
def save_part(
    *, draft: InstrumentVersion, kind: Kind, part: Part, revision: str, by: User | None
) -> InstrumentVersion:
    """Put a part in the place of the stored one, if that still is at `revision`.

    Raises Stale where it says something else by now, LookupError where it is gone, and
    Refused where the draft is no longer one or its number is taken.
    """

    def put(locked: InstrumentVersion) -> Instrument:
        before = locked.instrument
        code = editing.HEAD_CODE if kind == Kind.HEAD else part.code
        stored = editing.parts(before, kind)[code]
        # The same text sent again, because its answer never came, meets nobody else's.
        if editing.revision(stored) not in (revision, editing.revision(part)):
            raise Stale(locked)
        return editing.with_part(before, part)

    return _write(draft, put, by)


@transaction.atomic
def save_draft(
    *, draft: InstrumentVersion, instrument: Instrument, sha256: str, by: User | None
) -> InstrumentVersion:
    """Put a whole instrument in the place of the draft's, if that still has the SHA-256.

    Raises Stale where it has another by now, and Refused where the code, what it is an
    edition of or its country would change.
    """

    def put(locked: InstrumentVersion) -> Instrument:
        if locked.sha256 != sha256:
            raise Stale(locked)
        before = locked.instrument
        for name in ("code", "edition_of", "country"):
            if getattr(before, name) != getattr(instrument, name):
                raise Refused(_("The %(name)s of a draft stays as it is.") % {"name": name})
        return instrument

    return _write(draft, put, by)


@transaction.atomic
def calibrate_draft(
    *, draft: InstrumentVersion, dataset: Dataset, year: int, sha256: str, by: User | None
) -> InstrumentVersion:
    """Give the draft thresholds from the dataset's quantiles, as `calibrated` shows them before.

    Raises Stale where the draft has another SHA-256 by now, and Refused where no threshold
    would change.
    """
    found = calibrated(draft.instrument, dataset, year)
    instruments.require_changes(found)
    saved = save_draft(draft=draft, instrument=found.instrument, sha256=sha256, by=by)
    _tell("instrument.calibrated", saved, by, dataset=dataset.title, changes=found.changes)
    return saved


@transaction.atomic
def add_item(
    *, draft: InstrumentVersion, theme: str, title: str, group: str, by: User | None
) -> str:
    """Add an item with a code made of its title, never again of any other; returns the code.

    Raises LookupError where there is no such theme.
    """
    made: list[str] = []

    def put(locked: InstrumentVersion) -> Instrument:
        if not title:
            raise Refused(_("Give the item a title."))
        grown, code = editing.with_item(locked.instrument, theme, title, group, _taken(locked))
        made.append(code)
        return grown

    _tell("instrument.item_added", _write(draft, put, by), by, item=title)
    return made[0]


@transaction.atomic
def add_approach(*, draft: InstrumentVersion, theme: str, stage: int, by: User | None) -> str:
    """Add an empty approach for a stage of a theme; returns its code."""
    made: list[str] = []

    def put(locked: InstrumentVersion) -> Instrument:
        taken = {one.code for one in _origin(locked).approaches}
        grown, code = editing.with_approach(locked.instrument, theme, stage, taken)
        made.append(code)
        return grown

    _write(draft, put, by)
    return made[0]


@transaction.atomic
def add_rule(*, draft: InstrumentVersion, by: User | None) -> str:
    """Add an empty mix rule; returns its code."""
    made: list[str] = []

    def put(locked: InstrumentVersion) -> Instrument:
        taken = {one.code for one in _origin(locked).mix_rules}
        grown, code = editing.with_rule(locked.instrument, taken)
        made.append(code)
        return grown

    _write(draft, put, by)
    return made[0]


@transaction.atomic
def remove_part(
    *, draft: InstrumentVersion, part: Item | Approach | MixRule, by: User | None
) -> None:
    """Take an item, an approach or a rule out. Raises Refused for a common item of an edition."""

    def put(locked: InstrumentVersion) -> Instrument:
        parent = parent_of(locked.instrument)
        if isinstance(part, Item) and parent is not None and part.code in parent.items():
            raise Refused(_("A common item stays: countries are compared on it."))
        return editing.without(locked.instrument, part)

    less = _write(draft, put, by)
    if isinstance(part, Item):
        _tell("instrument.item_removed", less, by, item=less.translated(part.title))


@transaction.atomic
def move_item(*, draft: InstrumentVersion, code: str, places: int, by: User | None) -> None:
    """Move an item down its theme by so many places; up where they are negative."""
    _write(draft, lambda locked: editing.moved(locked.instrument, code, places), by)


@transaction.atomic
def publish_draft(*, draft: InstrumentVersion, by: User | None) -> InstrumentVersion:
    """Publish the draft; from then on it never changes.

    Raises Refused with every error that is left, and where an edition departs from its parent.
    """
    locked = _locked(draft)
    instrument = locked.instrument
    instruments.checked_parent(instrument)
    found = editing.placed(instrument, findings_of(instrument, parent_of(instrument)))
    if wrong := [one for one in found if one.is_error]:
        raise Refused(
            _("%(count)s errors are left; the first: %(place)s: %(message)s")
            % {"count": len(wrong), "place": wrong[0].code, "message": wrong[0].message}
        )
    instruments.write_items(locked)
    locked.state = State.PUBLISHED
    locked.save(update_fields=["state"])
    _tell("instrument.published", locked, by)
    return locked


@transaction.atomic
def discard_draft(*, draft: InstrumentVersion, by: User | None) -> None:
    """Throw the draft away for good."""
    locked = _locked(draft)
    _tell("instrument.discarded", locked, by)
    locked.delete()


def _begin(
    instrument: Instrument, *, based_on: InstrumentVersion | None, by: User | None
) -> InstrumentVersion:
    _check_number(instrument)
    draft = instruments.stored(instrument)
    draft.based_on, draft.changed_by, draft.changed_at = based_on, by, timezone.now()
    draft.save()
    return draft


def _next_number(code: str) -> str:
    """The newest version's number with its last part one higher; 1.0 for the first."""
    numbers = InstrumentVersion.objects.filter(code=code).values_list("version", flat=True)
    newest = max(([int(part) for part in number.split(".")] for number in numbers), default=None)
    if newest is None:
        return "1.0"
    return ".".join(map(str, [*newest[:-1], newest[-1] + 1]))


def _check_number(instrument: Instrument, own: InstrumentVersion | None = None) -> None:
    if not instruments.VERSION.fullmatch(instrument.version):
        raise Refused(_("A version is one to four numbers with dots between, such as 1.1."))
    same = InstrumentVersion.objects.filter(code=instrument.code, version=instrument.version)
    if same.exclude(pk=own and own.pk).exists():
        raise Refused(
            _("There is a version %(version)s of %(code)s already; choose another number.")
            % {"version": instrument.version, "code": instrument.code}
        )


def _locked(draft: InstrumentVersion) -> InstrumentVersion:
    found = (
        InstrumentVersion.objects.select_for_update(of=("self",))
        .select_related("country", "based_on", "changed_by")
        .filter(pk=draft.pk, state=State.DRAFT)
        .first()
    )
    if found is None:
        raise Refused(_("The draft was published or discarded meanwhile."))
    return found


def _write(
    draft: InstrumentVersion,
    put: Callable[[InstrumentVersion], Instrument],
    by: User | None,
) -> InstrumentVersion:
    locked = _locked(draft)
    written = put(locked)
    _check_number(written, locked)
    locked.content = canonical.to_data(written)
    locked.sha256 = canonical.scoring_sha256(written)
    locked.version, locked.title = written.version, written.title
    locked.changed_at, locked.changed_by = timezone.now(), by
    locked.save()
    return locked


def _origin(draft: InstrumentVersion) -> Instrument:
    return draft.based_on.instrument if draft.based_on else draft.instrument


def _taken(draft: InstrumentVersion) -> set[str]:
    """Codes of items that once meant something: of every version with the draft's code or base."""
    codes = {draft.code, draft.based_on.code if draft.based_on else draft.code}
    versions = InstrumentVersion.objects.filter(code__in=codes, state=State.PUBLISHED)
    return set(versions.values_list("items__code", flat=True)) - {None}


def _tell(kind: str, draft: InstrumentVersion, by: User | None, **facts: object) -> None:
    events.record(kind, by=by, country=draft.country, instrument=draft.named, **facts)
