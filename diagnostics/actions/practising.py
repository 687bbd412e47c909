"""A round to learn on: marked so, and kept out of everything published, compared or counted."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Membership, Organisation, User
from accounts.refusals import Refused
from accounts.roles import Officer, Permission, codes_with
from countries.models import Country
from diagnostics.actions.rounds import open_round, plan_round
from diagnostics.models import InstrumentVersion, Round
from diagnostics.models.rounds import Panel


@transaction.atomic
def start_practice(*, country: Country, by: User | None) -> Round:
    """Open a practice round over the newest instrument, a sheet for each organisation with people.

    Raises Refused where there is no instrument, or nobody of the country who fills sheets.
    """
    version = (
        InstrumentVersion.objects.filter(
            state=InstrumentVersion.State.PUBLISHED,
            subject=InstrumentVersion.Subject.COUNTRY,
            country=None,
        )
        .order_by("-loaded_at", "-pk")
        .first()
    )
    if version is None:
        raise Refused(_("There is no published instrument to practise on yet."))
    fill = Membership.objects.filter(country=country, role__in=codes_with(Permission.SHEET_FILL))
    official = set(fill.filter(role=Officer.code).values_list("organisation", flat=True))
    organisations = Organisation.objects.filter(pk__in=fill.values("organisation"))
    if not organisations:
        raise Refused(_("Invite an officer first: nobody of the country fills sheets yet."))
    themes = [theme.code for theme in version.instrument.themes]
    year = country.today().year
    planned = plan_round(
        country=country,
        instrument_version=version,
        title=_("Practice round %(year)s") % {"year": year},
        period=(date(year, 1, 1), date(year, 12, 31)),
        sheets=[
            (one, Panel.GOVERNMENT if one.pk in official else Panel.INDEPENDENT, themes)
            for one in organisations
        ],
        provenance=Round.Provenance.PRACTICE,
        label=gettext_noop("for learning only; nothing of it is published, compared or counted"),
        by=by,
    )
    open_round(round=planned, by=by)
    planned.refresh_from_db()
    return planned
