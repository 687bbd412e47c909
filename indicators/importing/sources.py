"""What a file is, by its content, and the files inside a ZIP, within limits."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import messages
from .limits import Limits
from .refusals import Refused

CSV, XLSX, XLSB, XLS, ODS, ZIP = "csv", "xlsx", "xlsb", "xls", "ods", "zip"
SDMX_ML, SDMX_JSON = "sdmx-ml", "sdmx-json"
WORKBOOKS = (XLSX, XLSB, XLS, ODS)
PACKED = (XLSX, XLSB, ODS, ZIP)

KIND_NAMES = dict.fromkeys((XLSX, XLSB, XLS), messages.WORKBOOK)
KIND_NAMES |= {ODS: messages.OPEN_DOCUMENT, ZIP: messages.ZIP_FILE}

_OTHERS = {
    b"%PDF": messages.PDF,
    b"{\\rtf": messages.TEXT_DOCUMENT,
    b"\x89PNG": messages.PICTURE,
    b"\xff\xd8\xff": messages.PICTURE,
    b"GIF8": messages.PICTURE,
    b"PAR1": messages.PARQUET,
    b"ARROW1": messages.ARROW,
    b"SQLite format 3": messages.DATABASE,
    b"\x7fELF": messages.PROGRAM,
    b"MZ": messages.PROGRAM,
}
_PACKERS = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_COMPOUND = b"\xd0\xcf\x11\xe0"
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name, opened as often as needed; `name` is '' for the file itself."""

    name: str
    open: Callable[[], BinaryIO]

    def head(self, length: int = _HEAD) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(length)


def source_of(given: Path | str | bytes, limits: Limits) -> Source:
    """The file, or its content, as a source.

    Raises Refused where it is not there, empty or too large.
    """
    if isinstance(given, bytes):
        return _bounded_source(len(given), lambda: io.BytesIO(given), limits)
    path = Path(given)
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise Refused(messages.NOT_THERE, reason=reason) from None
    return _bounded_source(size, lambda: path.open("rb"), limits)


def _bounded_source(size: int, open: Callable[[], BinaryIO], limits: Limits) -> Source:
    if size == 0:
        raise Refused(messages.EMPTY)
    if size > limits.file:
        raise Refused(messages.TOO_LARGE, size=megabytes(size), most=megabytes(limits.file))
    return Source("", open)


def kind_of(source: Source, limits: Limits) -> str:
    """The kind by content. Raises Refused for what is no table of any kind."""
    head = source.head()
    if not head:
        raise Refused(messages.EMPTY)
    for mark, what in _OTHERS.items():
        if head.startswith(mark):
            raise Refused(messages.IS_KIND, what=what)
    for mark, packer in _PACKERS.items():
        if head.startswith(mark):
            raise Refused(messages.IS_PACKED, what=packer)
    if head.startswith(b"PK"):
        return _kind_of_zip(source, limits)
    if head.startswith(_COMPOUND):
        return _kind_of_compound(source)
    start = _text_start(head)
    if start.startswith("<"):
        return _kind_of_xml(start)
    if start.startswith(("{", "[")):
        if '"' in start and any(word in start for word in ("meta", "data", "structure")):
            return SDMX_JSON
        raise Refused(messages.JSON_OTHER)
    return CSV


def members(source: Source, limits: Limits) -> Iterator[Source]:
    """The tables packed into a ZIP file. Raises Refused beyond the limits."""
    with source.open() as stream, zipfile.ZipFile(stream) as packed:
        names = [info.filename for info in packed.infolist() if not info.is_dir()]
    for name in names:
        if not name.startswith("__MACOSX/") and not name.rsplit("/", 1)[-1].startswith("."):
            yield Source(name, _opener(source, name))


def _opener(source: Source, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        # The member keeps the file below it open as long as it is itself.
        return _Member(source.open(), name)

    return opened


class _Member(io.BufferedReader):
    """A packed file that closes the ZIP file with itself."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._packed = zipfile.ZipFile(stream)
        self._below = stream
        try:
            super().__init__(self._packed.open(name))  # type: ignore[arg-type]
        except RuntimeError:
            raise Refused(messages.PASSWORD) from None

    def close(self) -> None:
        super().close()
        self._packed.close()
        self._below.close()


def _kind_of_zip(source: Source, limits: Limits) -> str:
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as packed:
            infos = packed.infolist()
            names = {info.filename for info in infos}
            _bounded(infos, limits)
            mimetype = packed.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError):
        raise Refused(messages.BROKEN, what=messages.ZIP_OR_WORKBOOK) from None
    except RuntimeError:
        raise Refused(messages.PASSWORD) from None
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        return XLSB
    if b"opendocument.spreadsheet" in mimetype:
        return ODS
    if mimetype or "[Content_Types].xml" in names:
        raise Refused(messages.IS_KIND, what=messages.PRESENTATION)
    if any(info.flag_bits & 1 for info in infos):
        raise Refused(messages.PASSWORD)
    nested = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar")
    for name in sorted(names):
        if name.lower().endswith(nested):
            raise Refused(messages.ZIP_NESTED, name=name)
    return ZIP


def _bounded(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the directory promises; reading stops there, whatever the data would unpack to."""
    if len(infos) > limits.members:
        raise Refused(messages.ZIP_MEMBERS, n=len(infos), most=limits.members)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked:
        raise Refused(messages.ZIP_SIZE, size=megabytes(unpacked), most=megabytes(limits.unpacked))
    packed = sum(info.compress_size for info in infos)
    # Small files may be very regular: a table of blanks packs well and harms nobody.
    if unpacked > 50_000_000 and unpacked > limits.ratio * packed:
        raise Refused(messages.ZIP_RATIO, ratio=unpacked // max(packed, 1))


def _kind_of_compound(source: Source) -> str:
    with source.open() as stream:
        content = stream.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused(messages.PASSWORD)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return XLS
    raise Refused(messages.IS_KIND, what=messages.OLD_DOCUMENT)


def _kind_of_xml(start: str) -> str:
    lower = start.lower()
    if "sdmx.org" in lower:
        return SDMX_ML
    if "<html" in lower or "<!doctype html" in lower or "<table" in lower:
        raise Refused(messages.IS_KIND, what=messages.WEB_PAGE)
    if "<!doctype" in lower or "<!entity" in lower:
        raise Refused(messages.XML_ENTITIES)
    if "urn:schemas-microsoft-com:office:spreadsheet" in lower:
        raise Refused(messages.IS_KIND, what=messages.XML_SHEET)
    raise Refused(messages.XML_OTHER)


def _text_start(head: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            return head.decode(encoding, errors="replace").lstrip()
    return head.decode("utf-8-sig", errors="replace").lstrip()


def megabytes(size: int) -> int:
    """A size in bytes as sentences say it."""
    return round(size / 1e6)
