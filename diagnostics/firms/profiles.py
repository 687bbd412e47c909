"""A firm's profile, and the rows in which it is read beside the cluster's quartiles."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from clusters.models import Cluster, Firm, FirmInvitation
from diagnostics.firms import drawing
from diagnostics.models import Drawing, InstrumentVersion, Sheet
from diagnostics.queries import with_counts


@dataclass(frozen=True)
class Row:
    """A theme (its stage) or an item (its level): the firm's own, and the cluster's where told."""

    code: str
    title: str
    is_theme: bool
    own: int | None
    drawn: Drawing | None

    @property
    def firms(self) -> int | None:
        return len(self.drawn.firms) if self.drawn else None


def newest_version() -> InstrumentVersion | None:
    """The instrument with which firms are looked at now."""
    published = InstrumentVersion.objects.filter(
        state=InstrumentVersion.State.PUBLISHED,
        subject=InstrumentVersion.Subject.FIRM,
        country=None,
    )
    return published.order_by("-loaded_at", "-pk").first()


def newer_version(sheet: Sheet, newest: InstrumentVersion | None) -> InstrumentVersion | None:
    """The newest instrument for firms where the profile is by another."""
    return newest if newest and newest.pk != sheet.round.instrument_version_id else None


def profile_of(firm: Firm) -> Sheet:
    """The sheet of the firm's newest profile."""
    return _profiles(firm).latest("round__pk")


def earlier_profiles_of(firm: Firm) -> list[Sheet]:
    """The sheets of the firm's profiles but the newest, the newest of them first."""
    return list(_profiles(firm).order_by("-round__pk")[1:])


def rows(cluster: Cluster, version: InstrumentVersion, own: Sheet | None = None) -> list[Row]:
    """Every theme with its items, as told in the language of now; of `own`, what is handed in."""
    told = drawing.shown(cluster, version)
    values = drawing.values(own) if own and own.state == Sheet.State.SUBMITTED else {}
    found = []
    for theme in version.told.themes:
        for part in (theme, *theme.items):
            code = part.code
            row = Row(code, part.title, part is theme, values.get(code), told.get(code))
            found.append(row)
    return found


def profiles_of(cluster: Cluster) -> list[Sheet]:
    """The newest profile of each of the cluster's firms with its counts, by the firm's name.

    `invited` says whether an invitation to answer for the firm can still be taken up.
    """
    sheets = Sheet.objects.filter(round__firm__cluster=cluster)
    newest = sheets.order_by("round__firm_id", "-round_id").distinct("round__firm_id")
    counted = with_counts(Sheet.objects.filter(pk__in=newest.values("pk")))
    still = FirmInvitation.objects.filter(
        firm=OuterRef("round__firm"),
        invitation__accepted_at=None,
        invitation__expires_at__gt=timezone.now(),
    )
    related = counted.select_related("round__firm__organisation", "round__firm__industry")
    people = related.prefetch_related("round__firm__memberships__user")
    return list(people.annotate(invited=Exists(still)).order_by("organisation__name"))


def _profiles(firm: Firm) -> QuerySet[Sheet]:
    return Sheet.objects.filter(round__firm=firm).select_related(
        "round__instrument_version", "round__firm__cluster", "submitted_by"
    )
