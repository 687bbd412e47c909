"""Giving parts of a sheet to people, and taking them away."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import User
from accounts.refusals import Refused
from activity import events, notices
from diagnostics.models import Assignment, Item, Sheet
from diagnostics.queries import people_filling


@transaction.atomic
def assign(
    *,
    sheet: Sheet,
    person: User,
    themes: Iterable[str] = (),
    items: Iterable[str] = (),
    due_on: date | None = None,
    by: User | None,
) -> list[Assignment]:
    """Give themes and single items (by code) of a sheet to a person; what they have gets the date.

    From then on the person answers these only. Raises Refused when nothing is given, the sheet has
    no such theme or item, or the person may not fill the sheet.
    """
    if not people_filling([sheet]).filter(pk=person.pk).exists():
        raise Refused(
            _("%(person)s is no member of %(organisation)s and cannot fill its sheet.")
            % {"person": person, "organisation": sheet}
        )
    rows = {item.code: item for item in Item.objects.filter(
        version=sheet.round.instrument_version_id, theme__in=sheet.themes)}  # fmt: skip
    themes, items = list(themes), list(items)
    if unknown := (set(themes) - set(sheet.themes)) | (set(items) - set(rows)):
        raise Refused(
            _("The sheet has no %(part)s to assign.") % {"part": ", ".join(sorted(unknown))}
        )
    if not themes and not items:
        raise Refused(_("Choose at least one theme or item."))
    given: list[tuple[str, Item | None]] = [(theme, None) for theme in themes]
    given += [(rows[code].theme, rows[code]) for code in items]
    made = [
        Assignment.objects.update_or_create(
            sheet=sheet, person=person, theme=theme, item=item,
            defaults={"due_on": due_on, "by": by},
        )[0]
        for theme, item in given
    ]  # fmt: skip
    events.record(
        "sheet.assigned",
        by=by,
        topic=sheet.round.topic,
        country=sheet.round.country,
        round=sheet.round.title,
        sheet=str(sheet),
        person=str(person),
        parts=len(made),
    )
    notices.tell(
        "assignment.made",
        to=[person],
        but=by,
        url=sheet.get_absolute_url(),
        round=sheet.round.title,
        sheet=sheet,
    )
    return made


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User | None) -> None:
    """Take a part away from a person; who has no part left answers the whole sheet again."""
    assignment = held(assignment)
    sheet = assignment.sheet
    events.record(
        "sheet.unassigned",
        by=by,
        topic=sheet.round.topic,
        country=sheet.round.country,
        round=sheet.round.title,
        sheet=str(sheet),
        person=str(assignment.person),
    )
    assignment.delete()
