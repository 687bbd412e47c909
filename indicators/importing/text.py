"""Tables in text: the encoding, the delimiter, and rows in bounded chunks."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import polars as pl
from charset_normalizer import from_bytes
from polars.exceptions import PolarsError

from . import messages
from .limits import Limits
from .refusals import Refused
from .sources import Source, megabytes
from .tables import HEAD_ROWS, ROW, Table

DELIMITERS = "\t;|,"
_CHUNK = 2_000_000
_SAMPLE = 200_000
_ENOUGH = 200
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257", "cp1258"]
_KOI8 = re.compile("[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(source: Source) -> tuple[str, bool]:
    """The encoding, and whether it was guessed. Raises Refused for what is no text."""
    head = source.head(_SAMPLE)
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding, False
    if b"\0" in head:
        # Without a mark, UTF-16 shows by its zeros: the letters of a table are mostly ASCII.
        zeros = [head[side::2].count(b"\0") / max(len(head) // 2, 1) for side in (0, 1)]
        if min(zeros) < 0.1 and max(zeros) > 0.3:
            return ("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"), True
        raise Refused(messages.BINARY, place=head.index(b"\0") + 1)
    strange = _not_utf8(source)
    return (_guessed(strange), True) if strange else ("utf-8", False)


def _not_utf8(source: Source) -> list[bytes]:
    """Lines with bytes beyond ASCII, if the text is not UTF-8; else none.

    Raises Refused for NUL bytes, and where most of these lines are UTF-8 but one is not.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        place = 0
        try:
            while block := stream.read(1 << 20):
                if (nul := block.find(b"\0")) >= 0:
                    raise Refused(messages.BINARY, place=place + nul + 1)
                decoder.decode(block)
                place += len(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            pass
        else:
            return []
    strange: list[bytes] = []
    broken: list[int] = []
    length = number = 0
    with source.open() as stream:
        while length < _SAMPLE and (line := stream.readline(1 << 16)):
            number += 1
            if not line.isascii():
                strange.append(line)
                length += len(line)
                if not _decodes(line, "utf-8"):
                    broken.append(number)
    if len(broken) < len(strange) / 2:
        raise Refused(messages.MIXED, row=str(broken[0] if broken else number))
    return strange


def _guessed(lines: list[bytes]) -> str:
    """The likeliest encoding of lines that are not UTF-8."""
    words = [word for line in lines for word in re.split(rb"[\x00-\x40\xa0]+", line)]
    words = [word for word in words if not word.isascii()]
    letters = sum(map(len, words))
    beyond = sum(byte > 127 for word in words for byte in word)
    sample = b"".join(lines)
    if beyond < letters / 2:
        # Latin letters with a few accents: what Windows writes in the West, unless much text shows
        # another of its encodings. A guess over all encodings finds Chinese in a single accent.
        best = from_bytes(sample, cp_isolation=_LATIN).best() if beyond >= _ENOUGH else None
        if best is None and _decodes(sample, "cp1252"):
            return "cp1252"
        return best.encoding if best else "latin-1"
    if _is_koi8(words):
        return "koi8-u"
    best = from_bytes(sample).best()
    return best.encoding if best else "latin-1"


def _is_koi8(words: list[bytes]) -> bool:
    """Whether nearly all words are Cyrillic with small letters, the first one small or capital.

    KOI8 has capitals where the other encodings have small letters, so none of theirs looks so; a
    guess over all encodings takes it for Japanese.
    """
    fitting = sum(bool(_KOI8.fullmatch(word.decode("koi8-u"))) for word in words)
    return fitting > 0.9 * len(words)


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(source: Source, encoding: str) -> str:
    """The sign between cells: the one by which most rows have the same number of cells."""
    with _opened(source, encoding) as stream:
        sample = _read(stream, _SAMPLE, encoding)
    lines = sample.splitlines(keepends=True)
    if len(sample) >= _SAMPLE:
        del lines[-1:]
    best, chosen = 0.0, ","
    for delimiter in DELIMITERS:
        widths = Counter(
            len(cells)
            for cells in csv.reader(lines[:500], delimiter=delimiter)
            if any(cell.strip() for cell in cells)
        )
        rows = widths.total()
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
        score = count / rows * (1 + min(width, 50) / 1000)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def text_table(source: Source, encoding: str, delimiter: str, limits: Limits) -> Table:
    """The text as a table. Raises Refused for lines or quotations without an end."""

    def chunks() -> Iterator[pl.DataFrame]:
        return _chunks(source, encoding, delimiter, limits)

    head: list[list[str]] = []
    for frame in chunks():
        head += [list(row[1:]) for row in frame.head(HEAD_ROWS - len(head)).iter_rows()]
        if len(head) >= HEAD_ROWS:
            break
    return Table(name=source.name, head=head, chunks=chunks)


def _chunks(
    source: Source, encoding: str, delimiter: str, limits: Limits
) -> Iterator[pl.DataFrame]:
    first, width = 1, 0
    with _opened(source, encoding) as stream:
        for text in _blocks(stream, encoding, first, limits):
            width = width or _width(text, delimiter, limits)
            frame = _frame(text, delimiter, width, first)
            yield frame
            first += frame.height


def _opened(source: Source, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(source.open(), encoding=encoding, newline=None)


def _read(stream: io.TextIOWrapper, length: int, encoding: str) -> str:
    try:
        return stream.read(length)
    except (UnicodeDecodeError, LookupError):
        raise Refused(messages.ENCODING, encoding=encoding) from None


def _blocks(stream: io.TextIOWrapper, encoding: str, first: int, limits: Limits) -> Iterator[str]:
    """The text in blocks that end with a row."""
    rest, rows = "", first
    while block := _read(stream, _CHUNK, encoding):
        text = rest + block
        end = _end_of_rows(text)
        if end == 0 and len(text) > limits.line:
            quoted = text.count("\n") > 0
            if quoted:
                raise Refused(messages.OPEN_QUOTE, row=str(rows))
            raise Refused(messages.LONG_LINE, row=str(rows), most=megabytes(limits.line))
        if len(block) < _CHUNK:
            # The end: a last row without a line break is no piece of its own.
            text = text.rstrip("\0 \x1a")
            end = len(text)
        if end:
            yield text[:end]
            rows += text.count("\n", 0, end)
        rest = text[end:]
    if rest.strip("\0 \n\x1a"):  # where the text ended with a block
        yield rest


def _end_of_rows(text: str) -> int:
    """Where the last whole row ends: a line break outside quotation marks."""
    end = text.rfind("\n") + 1
    inside = text.count('"', 0, end) % 2
    while end and inside:
        before = text.rfind("\n", 0, end - 1) + 1
        inside = (inside + text.count('"', before, end)) % 2
        end = before
    return end


def _width(text: str, delimiter: str, limits: Limits) -> int:
    rows = csv.reader(io.StringIO(text[:_SAMPLE]), delimiter=delimiter)
    try:
        width = max(
            (len(cells) for cells, _ in zip(rows, range(HEAD_ROWS), strict=False)), default=1
        )
    except csv.Error:
        raise Refused(messages.LONG_LINE, row="1", most=megabytes(limits.line)) from None
    if width > limits.columns:
        raise Refused(messages.COLUMNS, sheet="", n=width, most=limits.columns)
    # One column more than the header shows what stands beyond it.
    return width + 1


def _frame(text: str, delimiter: str, width: int, first: int) -> pl.DataFrame:
    names = [str(index) for index in range(width)]
    schema = dict.fromkeys(names, pl.String)
    try:
        frame = pl.read_csv(
            text.encode("utf-8", errors="replace"),
            has_header=False,
            schema=schema,
            separator=delimiter,
            truncate_ragged_lines=True,
            missing_columns="insert",
            empty_string_is_null=False,
            row_index_name=ROW,
            row_index_offset=first,
        )
    except PolarsError:
        # A quotation mark inside a cell; the slower reader takes it as it stands.
        rows = []
        for cells in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append((cells + [""] * (width - len(cells)))[:width])
        frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index(ROW, first)
    return frame.with_columns(pl.col(ROW).cast(pl.UInt32))
