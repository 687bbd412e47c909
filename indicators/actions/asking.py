"""Asking for an import to be committed or undone: the work itself is a job."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import jobs
from activity.models import Job
from indicators.actions.turns import in_turn
from indicators.models import Import


@transaction.atomic
def ask_commit(*, imported: Import, leave_out: bool, by: User) -> Job:
    """Queue the commit. Raises Refused where nothing waits for it, or errors are not left out."""
    imported = in_turn(imported)
    if imported.state != Import.State.CHECKED:
        raise Refused(_("This import is not waiting to be loaded."))
    if imported.rejected and not leave_out:
        raise Refused(_("The file has errors; correct them first, or leave those values out."))
    return _queue("commit", imported, by, leave_out=leave_out)


@transaction.atomic
def ask_undo(*, imported: Import, because: str, by: User) -> Job:
    """Queue the undoing. Raises Refused where nothing is committed."""
    imported = in_turn(imported)
    if imported.state != Import.State.COMMITTED:
        raise Refused(_("Only an import that is loaded can be undone."))
    return _queue("undo", imported, by, because=because)


def _queue(what: str, imported: Import, by: User, **arguments: object) -> Job:
    topic = imported.topic
    return jobs.queue(
        f"{what} import", by=by, key=f"{what} {topic}", topic=topic,
        imported=imported.pk, by_id=by.pk, **arguments,
    )  # fmt: skip
