"""Taking back a filled sheet: kept first, looked at, then saved whole or not at all."""

import codecs
from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.models import User
from accounts.refusals import Refused
from activity import events, files
from diagnostics.actions import save_response
from diagnostics.fieldwork import reading, submissions
from diagnostics.fieldwork.plan import Plan, plan
from diagnostics.fieldwork.said import Returned
from diagnostics.models import FilledFile, Sheet

MOST = 20 * 2**20


def give_back(*, sheet: Sheet, upload: UploadedFile, by: User) -> FilledFile:
    """Keep the file as it came; nothing is saved yet.

    Raises Refused for a file of another sheet, or that is too large or cannot be read.
    """
    if upload.size > MOST:
        raise Refused(_("The file is larger than %(most)s MB.") % {"most": MOST // 2**20})
    read(upload.read(), sheet)
    upload.seek(0)
    with transaction.atomic():
        kept = files.keep_data(upload, by=by)
        return FilledFile.objects.create(sheet=sheet, file=kept, by=by)


def read(content: bytes, sheet: Sheet) -> list[Returned]:
    """The filled sheets in the file, the newest last. Raises Refused where it cannot be read."""
    begins = content.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if begins in (b"{", b"["):
        return submissions.read(submissions.of_json(content), sheet)
    if begins == b"<":
        return submissions.read(submissions.of_xml(content), sheet)
    if reading.is_text(content):
        return submissions.read(submissions.of_csv(content), sheet)
    tables = reading.tables_of(content)
    if reading.is_ours(tables):
        return [reading.read(tables, sheet)]
    return submissions.read(submissions.of_table(tables[0]) if tables else [], sheet)


def plan_of(
    filled: FilledFile, person: User, which: int | None = None
) -> tuple[Plan, list[Returned]]:
    """What the file would change now, by the filled sheet `which` in it (from 0; the last unless
    said); and all that are in it.
    """
    with filled.file.content.open() as stored:
        found = read(stored.read(), filled.sheet)
    chosen = found[-1] if which is None or which >= len(found) else found[which]
    return plan(filled.sheet, chosen, person), found


@transaction.atomic
def save_filled(
    *,
    filled: FilledFile,
    mine: Mapping[str, int],
    kept: set[str],
    by: User,
    which: int | None = None,
) -> int:
    """Save what the file changes, all or nothing; how many items.

    `mine`: items where the file's answer takes the place of one given meanwhile, each with the
    revision that the person saw; `kept`: those where the stored answer stays. Raises Refused while
    there are faults or unchosen items, Conflict where somebody saved since the person looked.
    """
    locked = held(filled)
    found, _all = plan_of(filled, by, which)
    if found.faults:
        raise Refused(_("Mend what is wrong in the file first; nothing was saved."))
    unchosen = [o.title for o in found.conflicts if o.code not in mine and o.code not in kept]
    if unchosen:
        raise Refused(
            _("Choose between both answers of these items: %(items)s.")
            % {"items": ", ".join(unchosen)}
        )
    wanted = [one for one in found.changes if not (one.conflict and one.code in kept)]
    for one in wanted:
        revision = mine[one.code] if one.conflict else one.response.revision
        save_response(
            sheet=filled.sheet, item=one.code, content=one.wanted, revision=revision, by=by
        )
    locked.saved_at, locked.items = timezone.now(), len(wanted)
    locked.save(update_fields=["saved_at", "items"])
    round = filled.sheet.round
    events.record(
        "sheet.given_back",
        by=by,
        topic=round.topic,
        country=round.country,
        round=round.title,
        sheet=str(filled.sheet),
        items=len(wanted),
    )
    return len(wanted)
