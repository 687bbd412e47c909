"""What people owe: how much of what they were given is answered, and when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from activity import notices
from diagnostics.models import Assignment, Reminder, Response, Round, Sheet
from diagnostics.scoring.instrument import Status

SOON = timedelta(days=3)  # reminders begin so long before something is due
MORNING = 8  # o'clock in the country: nobody is reminded at night


@dataclass
class Owed:
    """One person's part of one sheet: item codes by whether they are answered, and dates."""

    sheet: Sheet
    person: User
    open: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    due: list[date] = field(default_factory=list)  # of what is open
    last_saved: datetime | None = None

    @property
    def total(self) -> int:
        return len(self.open) + len(self.done)

    @property
    def next_due(self) -> date | None:
        return min(self.due, default=None)

    @property
    def is_overdue(self) -> bool:
        return self.next_due is not None and self.next_due < today_in(self.sheet.round)


def today_in(round: Round, now: datetime | None = None) -> date:
    """The date in the round's country."""
    zone = ZoneInfo(round.country.time_zone)
    return (now or datetime.now(zone)).astimezone(zone).date()


def of_person(user: User) -> list[Owed]:
    """What a person still owes in sheets that are open, what is due first at the top."""
    rows = under_way().filter(person=user)
    found = [one for one in owed(rows) if one.open]
    return sorted(found, key=lambda one: (one.next_due is None, one.next_due or date.max))


def of_round(round: Round) -> list[Owed]:
    """Who is where: every person with a part of a sheet of the round."""
    return owed(_rows().filter(sheet__round=round))


def under_way() -> QuerySet[Assignment]:
    """Assignments of sheets that take answers now."""
    return (
        _rows()
        .filter(sheet__round__state=Round.State.COLLECTING)
        .exclude(sheet__state=Sheet.State.SUBMITTED)
    )


def owed(assignments: Iterable[Assignment]) -> list[Owed]:
    """The assignments put together by sheet and person, in a constant number of queries."""
    rows = list(assignments)
    responses: dict[int, list[Response]] = {}
    for response in Response.objects.filter(
        sheet__in={row.sheet_id for row in rows}
    ).select_related("item"):
        responses.setdefault(response.sheet_id, []).append(response)
    found: dict[tuple[int, int], Owed] = {}
    for row in rows:
        one = found.setdefault((row.sheet_id, row.person_id), Owed(row.sheet, row.person))
        for response in responses.get(row.sheet_id, []):
            if row.item_id not in (None, response.item_id) or row.theme != response.item.theme:
                continue
            code = response.item.code
            if is_answered(response):
                one.done.add(code)
            else:
                one.open.add(code)
                one.due += [row.due_on] if row.due_on else []
            if response.changed_at and response.changed_by_id == row.person_id:
                one.last_saved = max(one.last_saved or response.changed_at, response.changed_at)
    return list(found.values())


def is_answered(response: Response) -> bool:
    """Whether something is said: an answer, or that the item does not apply."""
    return response.status == Status.NOT_APPLICABLE or any(response.answers)


def remind(now: datetime) -> int:
    """Remind who has something due soon or overdue; at most once a day a person.

    The day and the hour are the country's. Returns how many people were reminded.
    """
    by_person: dict[int, list[Owed]] = {}
    for one in owed(under_way()):
        here = now.astimezone(ZoneInfo(one.sheet.round.country.time_zone))
        due = one.next_due
        if one.open and due and due <= here.date() + SOON and here.hour >= MORNING:
            by_person.setdefault(one.person.pk, []).append(one)
    reminded = 0
    for parts in by_person.values():
        first = min(parts, key=lambda one: one.next_due or date.max)
        day = today_in(first.sheet.round, now)
        with transaction.atomic():
            _row, is_first = Reminder.objects.get_or_create(person=first.person, day=day)
            if not is_first:
                continue
            notices.tell(
                "assignment.due",
                to=[first.person],
                url=first.sheet.get_absolute_url() if len(parts) == 1 else reverse("home"),
                round=first.sheet.round.title,
                items=sum(len(one.open) for one in parts),
                due=first.next_due,
            )
        reminded += 1
    return reminded


def _rows() -> QuerySet[Assignment]:
    return Assignment.objects.select_related(
        "person", "item", "sheet__organisation", "sheet__round__country"
    ).order_by("sheet__organisation__name", "person__name", "pk")
