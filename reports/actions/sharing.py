"""Share links: a key to one report version, for a time; only its hash is kept."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from reports.actions.telling import keep, locked
from reports.models import ReportVersion, ShareLink, ShareOpening

MOST_DAYS = 90


@transaction.atomic
def share(*, report: ReportVersion, reader: str, days: int, by: User) -> tuple[ShareLink, str]:
    """Make a link for `reader`, open for so many days; returns it with the token of its address.

    Raises Refused with no reader, with days out of range, or for a withdrawn version.
    """
    own = locked(report)
    if own.state == ReportVersion.State.WITHDRAWN:
        raise Refused(_("The report is withdrawn; there is nothing to share."))
    if not reader.strip():
        raise Refused(_("Say whom the link is for."))
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A link is open for 1 to %(most)s days.") % {"most": MOST_DAYS})
    token = secrets.token_urlsafe(32)
    link = ShareLink(
        report=own,
        reader=reader.strip(),
        token_sha256=_hash(token),
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    link.full_clean(exclude=["report", "made_by", "revoked_at"])
    link.save()
    keep("report.shared", report=own, by=by, reader=link.reader)
    return link, token


@transaction.atomic
def revoke_link(*, link: ShareLink, by: User) -> None:
    """Close a link at once. Raises Refused where it is closed."""
    closed = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if not closed:
        raise Refused(_("The link is revoked already."))
    keep("report.share_ended", report=link.report, by=by, reader=link.reader)


@transaction.atomic
def open_link(*, token: str, by: User | AnonymousUser) -> ShareLink:
    """Note that a link was opened. Raises Refused when it is unknown, revoked or expired."""
    link = ShareLink.objects.filter(token_sha256=_hash(token)).first()
    if link is None or not link.is_open:
        raise Refused(_("This link is closed or too old; ask who sent it for a new one."))
    ShareOpening.objects.create(link=link, by=by if by.is_authenticated else None)
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
