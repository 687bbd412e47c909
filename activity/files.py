"""Taking files in, by size and content, with a scan where one is configured; giving them out."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import BinaryIO
from urllib.parse import urlsplit

import clamd
import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import drawings
from activity.models import File

KINDS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/plain": ".txt",
}
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/svg+xml": ".svg"}


def keep(
    upload: UploadedFile,
    *,
    by: User | None,
    kinds: Mapping[str, str] = KINDS,
    most: int | None = None,
) -> File:
    """Store an uploaded file of one of the kinds (media type to ending), of `most` bytes.

    What nothing cites is cleaned up after a day.

    Raises Refused for a file that is empty, too large, of a kind we do not take, infected, or that
    cannot be scanned although a scanner is configured.
    """
    if upload.size == 0:
        raise Refused(_("The file is empty."))
    most = most or settings.EVIDENCE_BYTES
    if upload.size > most:
        raise Refused(_("The file is larger than %(most)s MB.") % {"most": most // 2**20})
    content = upload.read()
    kind = _kind(content)
    if kind not in kinds:
        endings = ", ".join(ending[1:].upper() for ending in kinds.values())
        raise Refused(
            _("By its content the file is none of these kinds: %(kinds)s.") % {"kinds": endings}
        )
    _scan(io.BytesIO(content))
    kept = File(
        name=_name(upload),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        given_by=by,
    )
    upload.seek(0)
    kept.content.save(f"{kept.pk}{kinds[kind]}", upload, save=False)
    kept.save()
    return kept


def keep_data(upload: UploadedFile, *, by: User | None) -> File:
    """Store a file of figures as it came, however large; what it is, reading it will tell.

    Raises Refused for a file that is empty, too large, infected, or that cannot be scanned
    although a scanner is configured.
    """
    if upload.size == 0:
        raise Refused(_("The file is empty."))
    if upload.size > settings.DATASET_BYTES:
        most = settings.DATASET_BYTES // 2**20
        raise Refused(_("The file is larger than %(most)s MB.") % {"most": most})
    _scan(upload)
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    kept = File(
        name=_name(upload),
        content_type="application/octet-stream",
        size=upload.size,
        sha256=digest.hexdigest(),
        given_by=by,
    )
    kept.content.save(f"{kept.pk}{PurePath(kept.name).suffix[:10]}", upload, save=False)
    kept.save()
    return kept


def as_it_came(kept: File) -> FileResponse:
    """A file to be saved rather than shown: a browser must not run what is in it."""
    return FileResponse(
        kept.content.open(), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )


def marked_copy(of: File, marked: FieldFile) -> FileResponse:
    """The workbook in which the wrong cells of a file are marked. Raises Http404 without one."""
    if not marked:
        raise Http404
    name = f"{PurePath(of.name).stem}-marked.xlsx"
    return FileResponse(marked.open(), as_attachment=True, filename=name)


def _name(upload: UploadedFile) -> str:
    """The name a person gave is shown, never used as a path."""
    return PurePath(upload.name or "").name.replace("\x00", "")[-150:] or _("file")


def _kind(content: bytes) -> str:
    guessed = filetype.guess_mime(content)
    if guessed is not None:
        return str(guessed)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if drawings.is_plain(content):
        return "image/svg+xml"
    # A page or a drawing with scripts in it is text too, and a browser may open it from the disk.
    harmless = "\x00" not in text and text.lstrip()[:1] != "<"
    return "text/plain" if harmless else ""


def _scan(content: BinaryIO) -> None:
    if not settings.CLAMD:
        return
    address = urlsplit(settings.CLAMD)
    scanner = clamd.ClamdNetworkSocket(address.hostname, address.port or 3310, timeout=30)
    try:
        verdict, what = scanner.instream(content)["stream"]
    except (clamd.ClamdError, OSError) as error:
        raise Refused(_("The file could not be scanned just now; try again later.")) from error
    if verdict != "OK":
        raise Refused(_("The scanner refuses the file: %(what)s.") % {"what": what})
