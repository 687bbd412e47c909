"""Which rows of a table are its header, and what stands below each column of it.

A header has one to three rows, as files of indicators may have (`indicators.importing`): merged
cells, years over measures, a second language, codes of ISIC. Below it stands a row for each figure,
or the figures stand side by side under years, industries or regions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from clusters.reading import messages
from clusters.reading.header_words import (
    PARTS,
    are_codes,
    is_dated,
    is_other,
    is_share,
    is_year,
    isic,
    meant,
    parted,
    parts_meant,
    years_in,
)
from clusters.reading.sheets import Block, Heading, Sheet, Wanted, is_mark
from clusters.reading.totals import TOTALS
from countries.content.sentences import Fact, Template
from indicators.importing.recognising import DEEPEST_HEADER, header_texts, is_number
from indicators.importing.tables import Table

OF_REGIONS = ("area", "population")  # one for a region, whatever its industries
MOST_ROWS = 3
MOST = 0.6  # of the texts of a row: they are periods
FEWEST = 2  # columns of figures, side by side

Rows = list[list[str]]
Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that comes near to a header: how near, and what is said of it."""

    near: float
    says: Template
    facts: dict[str, Fact]


@dataclass(slots=True)
class _Column:
    """What the header says of a column; `names` by the number of their row."""

    place: int
    measure: str = ""
    year: Heading | None = None
    names: dict[int, str] = field(default_factory=dict)

    def named(self, row: int) -> str:
        """Its name in this row of the header; where that is blank, the one it has."""
        return self.names.get(row) or next(iter(self.names.values()))


def found(table: Table, wanted: Wanted) -> Sheet | Unclear | None:
    """The table by the header that says most, or what comes nearest to one."""
    width = max(map(len, table.head), default=0)
    head = [[*(" ".join(text.split()) for text in row), *[""] * (width - len(row))]
            for row in table.head]  # fmt: skip
    best: tuple[float, Sheet] | None = None
    nearest: Unclear | None = None
    for first in range(min(len(head), DEEPEST_HEADER)):
        rows = 1
        while rows < MOST_ROWS and _goes_on(head, first, rows + 1, wanted):
            rows += 1
        one = _Header(table, wanted, head, first, rows).read()
        if isinstance(one, Unclear):
            nearest = max(nearest or one, one, key=lambda unclear: unclear.near)
        elif one is not None:
            # A year beside the table is taken where the table has none.
            score = rows - first * 0.01 - 5 * bool(one.dated)
            best = max(best or (score, one), (score, one), key=lambda pair: pair[0])
    return best[1] if best else nearest


class _Header:
    """Some rows of a table taken as its header."""

    def __init__(self, table: Table, wanted: Wanted, head: Rows, first: int, rows: int) -> None:
        self.table, self.wanted, self.first = table, wanted, first
        self.texts = header_texts(head, first, rows)
        self.above, self.own = head[:first], head[first : first + rows]
        self.below = head[first + rows :]
        self.words = self._words()
        self.columns = self._columns()

    def read(self) -> Sheet | Unclear | None:
        """The table, if these rows say all that is needed."""
        across = self._absent()
        if len(across) == 2 and self.words.keys() <= {"year"}:
            corner = self._corner(across)
            if not isinstance(corner, str):
                return corner
            across.remove(corner)
        plain = self._plain()
        lacking = [what for what in self.wanted.needed if what not in {**self.words, **plain}]
        if "year" in lacking and self.dated:
            lacking.remove("year")
        years = [one for one in self.columns if one.year and self._holds_figures(one)]
        if self.wanted.across and self.wanted.numbers[0] in lacking:
            named = [one for one in self.columns if one.names and self._holds_figures(one)]
            if len(across) == 1 and len({text for one in named for text in one.names.values()}) > 1:
                return self._names_across(named, across[0])
            if years and across:
                return self._without(across, frozenset({"year"}))
            if years:
                return self._across(years, {}, "")
        if lacking:
            return self._near(lacking, len(self.words) + len(plain))
        return self._sheet([Block({**self.words, **plain}, self._said_beside())], frozenset())

    def _words(self) -> dict[str, int]:
        """Where the columns of words stand: the first that says so."""
        places: dict[str, int] = {}
        for at in range(len(self.texts)):
            for text in _alone(self.texts, at):
                likely = (one for one in meant(text) if one in self.wanted.every)
                what = next((one for one in likely if one not in places), None)
                if what in self.wanted.words:
                    places[what] = at
                    break
        return places

    def _columns(self) -> list[_Column]:
        """The other columns that the header says anything of."""
        free = [at for at, texts in enumerate(self.texts)
                if any(texts) and at not in self.words.values()]  # fmt: skip
        dated = set()
        for row in range(len(self.own)):
            texts = [self.texts[at][row] for at in free if self.texts[at][row]]
            if "year" not in self.words and texts:
                dated |= {row} if sum(map(is_dated, texts)) >= MOST * len(texts) else set()
        columns = [self._column(at, dated) for at in free]
        return [one for one in columns if not any(map(is_share, one.names.values()))]

    def _column(self, at: int, dated: set[int]) -> _Column:
        column = _Column(at)
        for row, text in enumerate(self.texts[at]):
            number = self.first + row + 1
            measured = {one for one in meant(text) if one in self.wanted.numbers}
            year, rest = parted(text)
            of_rest = {one for one in meant(rest) if one in self.wanted.numbers}
            if row in dated and is_dated(text):
                column.year = Heading(text, number)
            elif measured:
                column.measure = measured.pop()
            elif of_rest and "year" not in self.words:
                column.measure, column.year = of_rest.pop(), Heading(year, number)
            elif text:
                column.names[number] = text
        return column

    def _absent(self) -> list[str]:
        """Regions and industries, where no column is of them."""
        return [w for w in self.wanted.across if w != "year" and w not in self.words]

    def _plain(self) -> dict[str, int]:
        """The columns of numbers that the header says no more of."""
        places: dict[str, int] = {}
        for one in self.columns:
            if one.measure and not one.year and not (one.names and self._absent()):
                places.setdefault(one.measure, one.place)
        return places

    @property
    def dated(self) -> Heading | None:
        """The year that the sheet's name or the lines above the table say, if it is one."""
        if "year" not in self.wanted.words or "year" in self.words:
            return None
        name = self.table.name.strip()
        if is_year(name):
            return Heading(name, self.first + 1)
        if year := parted(name)[0]:
            return Heading(year, self.first + 1)
        texts = [(n, text) for n, row in enumerate(self.above, start=1) for text in row]
        years = {year: n for n, text in texts for year in years_in(text)}
        return Heading(*years.popitem()) if len(years) == 1 else None

    def _said_beside(self) -> dict[str, Heading]:
        dated = self.dated
        return {"year": dated} if dated else {}

    def _holds_figures(self, column: _Column) -> bool:
        texts = [row[column.place] for row in self.below if row[column.place]]
        figures = [text for text in texts if not is_mark(text)]
        return bool(texts) and 2 * sum(map(is_number, figures)) >= len(figures)

    def _corner(self, across: list[str]) -> str | Unclear | None:
        """What the names at the left of figures are, if the cell above them says so: it may name
        both, "Region / Industry", or what stands across is named.
        """
        figures = [one for one in self.columns if one.names and self._holds_figures(one)
                   and not any(map(is_number, one.names.values()))]  # fmt: skip
        if len(figures) < FEWEST:
            return None
        left = [at for at in range(figures[0].place) if at not in self.words.values()
                and any(row[at] and not is_number(row[at]) for row in self.below)]  # fmt: skip
        if not left:
            return None
        texts = self.texts[left[0]]
        for part in (part for text in texts for part in PARTS.split(text)):
            if said := [what for what in across if what in meant(part.strip())]:
                self.words[said[0]] = left[0]
                self.columns = [one for one in self.columns if one.place != left[0]]
                return said[0]
        named = ", ".join(next(iter(one.names.values())) for one in figures[:FEWEST])
        facts: dict[str, Fact] = {"row": str(self.first + len(self.own)), "across": named}
        return Unclear(1.5, messages.CORNER, facts)

    def _names_across(self, named: list[_Column], what: str) -> Sheet | Unclear:
        """The table with the names of regions, or of industries, above the figures."""
        if any(one.measure for one in named):
            named = [one for one in named if one.measure]
        rows = sorted({row for one in named for row in one.names})
        several = [row for row in rows if len({one.names.get(row) for one in named}) > 1]
        codes = [row for row in several if what == "industry" and self._has_codes(row, named)]
        rows = [row for row in several if row not in codes] or codes or rows
        row = next((row for row in rows if _distinct(row, named)), None)
        if row is None and len(rows) > 1:
            # Men, women and total below each name: the total is what counts.
            row = rows[0]
            whole = [one for one in named if one.named(rows[-1]).lower() in TOTALS]
            if not whole:
                lower = ", ".join(dict.fromkeys(one.named(rows[-1]) for one in named))
                layout = messages.LAYOUTS[frozenset({what})]
                facts: dict[str, Fact] = {"row": str(rows[-1]), "layout": layout, "names": lower}
                return Unclear(len(self.words) + 0.5, messages.SEVERAL, facts)
            named = whole
        row = row or rows[0]
        named = [one for one in named if not is_other(one.named(row))]
        names = {one.place: Heading(one.named(row), row) for one in named}
        for of_code in (one for one in codes if one != row):
            written = self.own[of_code - self.first - 1]
            code = {one.named(row): text for one in named if (text := written[one.place]) in isic()}
            for one in named:
                name = one.named(row)
                names[one.place] = Heading(f"{code.get(name, '')} {name}".strip(), row)
        return self._across(named, names, what)

    def _has_codes(self, row: int, named: list[_Column]) -> bool:
        texts = [text for one in named if (text := self.own[row - self.first - 1][one.place])]
        return len(texts) > 1 and are_codes(texts)

    def _across(
        self, columns: list[_Column], names: dict[int, Heading], what: str
    ) -> Sheet | Unclear:
        """The table as a block for each heading: figures of a name, of a year, or of both."""
        if any(one.year for one in columns):
            columns = [one for one in columns if one.year]
        if any(one.measure for one in columns):
            columns = [one for one in columns if one.measure]
        shared = dict(self.words)
        if what != "region":
            shared |= {one: at for one, at in self._plain().items() if one in OF_REGIONS}
        figure = self.wanted.numbers[0]
        blocks: list[Block] = []
        by_heading: dict[tuple[str, ...], Block] = {}
        for one in columns:
            said = self._said_beside()
            if names:
                said[what] = names[one.place]
            if one.year:
                said["year"] = one.year
            heading = tuple(text.text for text in said.values())
            block = by_heading.get(heading)
            if block is None or (one.measure or figure) in block.places:
                block = by_heading[heading] = Block(dict(shared), said)
                blocks.append(block)
            block.places[one.measure or figure] = one.place
        blocks = [block for block in blocks if figure in block.places]
        across = frozenset(filter(None, (what, "year" if any(one.year for one in columns) else "")))
        if not blocks:
            return self._without([figure], across)
        if "year" not in {**self.words, **blocks[0].said}:
            return self._without(["year"], across)
        return self._sheet(blocks, across)

    def _sheet(self, blocks: list[Block], across: frozenset[str]) -> Sheet:
        labels = tuple(" / ".join(dict.fromkeys(filter(None, of))) for of in self.texts)
        dated = self.dated if "year" not in across else None
        header = self.first + len(self.own)
        text = dated.text if dated else ""
        return Sheet(self.table, header, labels, tuple(blocks), across, text)

    def _near(self, lacking: list[str], near: float) -> Unclear | None:
        """What these rows do not name of a table with a row for each figure."""
        if not near:
            return None
        row, columns = str(self.first + 1), ", ".join(self.wanted.needed)
        facts: dict[str, Fact] = {"row": row, "lacking": ", ".join(lacking), "columns": columns}
        return Unclear(near, messages.COLUMNS_MISSING, facts)

    def _without(self, lacking: list[str], across: frozenset[str]) -> Unclear:
        """What a table with figures side by side says nowhere."""
        facts: dict[str, Fact] = {
            "row": str(self.first + 1),
            "layout": messages.LAYOUTS[across],
            "lacking": ", ".join(lacking),
        }
        says = messages.YEAR_NOWHERE if lacking == ["year"] else messages.LAYOUT_LACKS
        return Unclear(len(self.words) + 1.5, says, facts)


def _goes_on(head: Rows, first: int, rows: int, wanted: Wanted) -> bool:
    """Whether the last of the rows belongs to one header with those above: no data, no title.

    Where columns are named nothing stands, the same word (merged cells), or one that means the
    same in another language.
    """
    lines = head[first : first + rows]
    if len(lines) < rows:
        return False
    for line in lines:
        texts = [text for text in line if text]
        figures = [text for text in texts if is_number(text) and not is_dated(text)]
        if (figures and not are_codes(texts)) or all(map(is_mark, texts)):
            return False
    columns = header_texts(head, first, rows)
    named = [
        {text for text in columns[at] if text}
        for at in range(len(columns))
        if any(what in wanted.words for text in _alone(columns, at) for what in parts_meant(text))
    ]
    told = any(
        len(of) > 1 and set.intersection(*map(parts_meant, of)) & {*wanted.words} for of in named
    )
    if told:
        return True
    filled = sum(text != "" and not is_mark(text) for text in lines[-1])
    return bool(wanted.across and named) and filled > 1 and all(len(one) == 1 for one in named)


def _alone(texts: Texts, at: int) -> Iterator[str]:
    """The header's texts of a column. Of several rows, one that stands over more columns than this
    says what is below them, side by side.
    """
    beside = [texts[n] for n in (at - 1, at + 1) if 0 <= n < len(texts)]
    for row, text in enumerate(texts[at]):
        if text and (len(texts[at]) == 1 or all(other[row] != text for other in beside)):
            yield text


def _distinct(row: int, named: list[_Column]) -> bool:
    """Whether the names of a row tell the columns apart, with their years and measures."""
    keys = {(one.named(row), one.year and one.year.text, one.measure) for one in named}
    return len(keys) == len(named)
