"""Who is told of a step, as the tables of diagnostics.lives say."""

from accounts.models import User
from activity import events, notices
from clusters.models import Firm
from clusters.queries import people_reading
from diagnostics.models import Round, Sheet
from diagnostics.queries import coordinators_of, people_filling, raters


def tell_raters(kind: str, *, round: Round, by: User | None, **facts: object) -> None:
    """Tell everybody who may fill one of the round's sheets."""
    _tell(kind, people_filling(raters(round)), round, round.get_absolute_url(), by, facts)


def tell_members(kind: str, *, sheet: Sheet, by: User | None, **facts: object) -> None:
    """Tell everybody who may fill the sheet."""
    facts["sheet"] = sheet
    _tell(kind, people_filling([sheet]), sheet.round, sheet.get_absolute_url(), by, facts)


def tell_coordinators(
    kind: str, *, round: Round, by: User | None, url: str = "", **facts: object
) -> None:
    """Tell everybody who runs the rounds of the country."""
    people = coordinators_of(round.country)
    _tell(kind, people, round, url or round.get_absolute_url(), by, facts)


def tell_firm(kind: str, *, firm: Firm, by: User | None) -> None:
    """Record a step of a firm's profile and tell the firm and its agents.

    The event has neither country nor name: it stays for good, and a country's record holds its own.
    """
    events.record(kind, by=by, topic=firm.topic)
    url = firm.get_absolute_url()
    notices.tell(kind, to=people_reading(firm), url=url, but=by, firm=firm)


def _tell(
    kind: str, people, round: Round, url: str, by: User | None, facts: dict[str, object]
) -> None:
    notices.tell(kind, to=people, url=url, but=by, round=round.title, **facts)
