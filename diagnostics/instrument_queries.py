"""Instruments, their drafts and editions: what a person may see of them and do with them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from accounts.languages import SOURCE
from accounts.models import User
from accounts.queries import in_countries_of, memberships_allowing
from accounts.roles import Permission
from countries.models import Country
from diagnostics.models import (
    InstrumentVersion,
    Round,
)
from diagnostics.queries import rounds_visible_to
from diagnostics.scoring import instrument as plain


def newest_published() -> QuerySet[InstrumentVersion]:
    """Of each instrument the version published that was loaded last."""
    published = InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED)
    newest = published.order_by("code", "-loaded_at", "-pk").distinct("code")
    return InstrumentVersion.objects.filter(pk__in=newest.values("pk"))


def parent_version(instrument: plain.Instrument) -> InstrumentVersion | None:
    """The published version of which this is a national edition; None if there is none."""
    named = instrument.edition_of
    return (
        named
        and InstrumentVersion.objects.filter(
            code=named.code, version=named.version, state=InstrumentVersion.State.PUBLISHED
        ).first()
    )


def parent_of(instrument: plain.Instrument) -> plain.Instrument | None:
    """The published instrument of which this one is a national edition; None if there is none."""
    found = parent_version(instrument)
    return found.instrument if found else None


def words_of_versions(versions: Iterable[int]) -> dict[int, dict[str, str]]:
    """What puts these versions in the language of now, by key; none for the language they are in.

    English texts with those in the language. A query or two a version.
    """
    language = get_language() or SOURCE
    if language == SOURCE:
        return {}
    found = InstrumentVersion.objects.filter(pk__in=set(versions)).select_related("based_on")
    return {version.pk: version.words(language) for version in found}


def drafts_visible_to(user: User) -> QuerySet[InstrumentVersion]:
    """Drafts the person writes: all for who edits instruments, editions for their countries."""
    editions = Q(country__isnull=False) & in_countries_of(user, Permission.EDITION_EDIT)
    return InstrumentVersion.objects.filter(
        in_countries_of(user, Permission.INSTRUMENT_EDIT) | editions,
        state=InstrumentVersion.State.DRAFT,
    ).select_related("country", "based_on", "changed_by")


def edits_instruments(user: User) -> bool:
    """Whether the person writes instruments of every kind, for all countries."""
    held = memberships_allowing(user, Permission.INSTRUMENT_EDIT)
    return held.filter(country=None).exists()


def edition_countries(user: User) -> QuerySet[Country]:
    """The countries whose editions the person writes."""
    return Country.objects.filter(
        in_countries_of(user, Permission.INSTRUMENT_EDIT, field="pk")
        | in_countries_of(user, Permission.EDITION_EDIT, field="pk")
    )


def writes_instruments(user: User) -> bool:
    """Whether the person may begin a draft of anything."""
    return edits_instruments(user) or edition_countries(user).exists()


def may_bring_in(user: User, instrument: plain.Instrument) -> bool:
    """Whether the person may begin a draft with it: a coordinator, an edition of the country."""
    own = edition_countries(user).filter(pk=instrument.country)
    return edits_instruments(user) or own.exists()


def copied_by(user: User) -> QuerySet[InstrumentVersion]:
    """The published versions of which the person may begin a draft."""
    published = InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED)
    if edits_instruments(user):
        return published
    return published.filter(
        Q(country=None) | Q(country__in=edition_countries(user)),
        subject=InstrumentVersion.Subject.COUNTRY,  # the others have no editions
    )


def rounds_to_try(user: User, draft: InstrumentVersion) -> QuerySet[Round]:
    """Closed rounds on whose agreed answers the draft can be tried.

    Those the person may read; for who edits instruments also those that are no assessments.
    """
    seen = Q(pk__in=rounds_visible_to(user).values("pk"))
    if edits_instruments(user):
        own = [Round.Provenance.ASSESSMENT, Round.Provenance.PRACTICE]
        seen |= ~Q(provenance__in=own)
    closed = [Round.State.CLOSED, Round.State.ARCHIVED]
    rounds = Round.objects.filter(seen, state__in=closed, subject=draft.subject)
    return rounds.select_related("country", "instrument_version")
