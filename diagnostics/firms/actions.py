"""Entering firms with their blank profile, and letting them go with all that is kept of them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import User
from accounts.refusals import Refused
from activity import events
from activity.models import File, Job, Notification
from clusters import actions as clusters
from clusters.models import Cluster, Firm, FirmMembership
from diagnostics.actions.rounds import FICTIONAL, add_sheet
from diagnostics.firms.profiles import newer_version, newest_version, profile_of
from diagnostics.models import InstrumentVersion, ResponseChange, Round, Sheet
from diagnostics.models.rounds import Panel


@transaction.atomic
def enter_firm(*, cluster: Cluster, by: User | None, **fields: Any) -> Firm:
    """Enter a firm (name, size, role, industry) with a blank profile, open for answers.

    Raises Refused where there is no instrument for firms yet, and as clusters.actions.add_firm.
    """
    version = newest_version()
    if version is None:
        raise Refused(_("There is no published instrument for firms yet."))
    firm = clusters.add_firm(cluster=cluster, by=by, **fields)
    _begin(firm, version)
    return firm


@transaction.atomic
def change_firm(*, firm: Firm, name: str, by: User | None, **fields: Any) -> Firm:
    """Change a firm's entry (name, size, role, industry); its profiles come along.

    Raises Stale where `revision`, if given, is not the stored one; and as
    clusters.actions.add_firm.
    """
    organisation = clusters.firm_organisation(name)
    Sheet.objects.filter(round__firm=firm).update(organisation=organisation)
    return clusters.change_firm(firm=firm, organisation=organisation, by=by, **fields)


@transaction.atomic
def begin_profile(*, firm: Firm, by: User | None) -> Sheet:
    """Begin a blank profile by the newest instrument; the one before stays as it was.

    Raises Refused while the firm's profile is by that instrument.
    """
    firm = held(firm)
    version = newer_version(profile_of(firm), newest_version())
    if version is None:
        raise Refused(_("The firm's profile is by the newest instrument already."))
    sheet = _begin(firm, version)
    events.record("firm.profile_begun", by=by, topic=firm.topic)
    return sheet


def _begin(firm: Firm, version: InstrumentVersion) -> Sheet:
    country = firm.cluster.country
    year = country.today().year
    fictional = country.is_fictional
    profile = Round.objects.create(
        country=country,
        firm=firm,
        subject=version.subject,
        instrument_version=version,
        title=version.title,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        state=Round.State.COLLECTING,
        provenance=Round.Provenance.FICTIONAL if fictional else Round.Provenance.ASSESSMENT,
        label=FICTIONAL if fictional else "",
    )
    themes = [theme.code for theme in version.instrument.themes]
    return add_sheet(profile, firm.organisation, Panel.PRIVATE, themes)


@transaction.atomic
def leave(*, firm: Firm, by: User | None) -> None:
    """Delete the firm's profile with its history, files, notices and work; take the firm out.

    What was drawn of all firms together stays as it was, without the firm's name or answers.
    """
    rounds = list(firm.rounds.all())
    Job.objects.filter(topic__in=[one.topic for one in rounds]).delete()
    said = ResponseChange.objects.filter(response__sheet__round__in=rounds)
    cited = {
        row["file"]
        for content in said.values_list("content", flat=True)
        for row in content["evidence"]
        if row["file"]
    }
    for one in rounds:
        one.delete()
    # Their content goes with the next cleaning up, as that of every file without a row.
    File.objects.filter(pk__in=cited, evidence=None).delete()
    Notification.objects.filter(url=firm.get_absolute_url()).delete()
    clusters.remove_firm(firm=firm, by=by)


@transaction.atomic
def end_firm_membership(*, membership: FirmMembership, by: User | None) -> None:
    """Somebody no longer answers for the firm."""
    membership = held(membership)
    events.record("firm.person_ended", by=by, topic=membership.firm.topic)
    membership.delete()
