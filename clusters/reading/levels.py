"""Rows of two levels in one table of employment: who stands in both would be counted twice.

An office's table may have sections of ISIC beside their divisions, or provinces beside the groups
that they add up to. Codes say which industry is a part of which; where its parts add up to it, the
coarser row is left out. What only figures say is told, for an office to judge.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np
import polars as pl

from clusters.reading import messages
from clusters.reading.columns import sentence
from clusters.unplaced import is_unplaced
from countries.shipped import industries as isic
from indicators.importing import Refused, Told

ROUNDED = 0.005  # of a figure: what offices' roundings may add up to
NAMED = 12
_CODE = re.compile(r"([A-U]?)([0-9]{0,6}(?:\.[0-9]+)*)(?![^\s.:;,)])(?!\s*[-–—]\s*[A-U]?[0-9])")
_WORD = re.compile(r"[^\W\d_]{2}")
_PART = re.compile(
    r"[\s.–—-]*(?:(?:of which|of whom|including|dont|de los cuales|в том числе|из них|trong đó|"
    r"di antaranya)\b|ในจำนวนนี้|ໃນນັ້ນ|其中)",
    re.IGNORECASE,
)


def of_one_level(
    rows: pl.DataFrame, told: list[Told], *, absent_is_zero: bool = False
) -> pl.DataFrame:
    """The rows without those that are parts or sums of others by their names; adds to what is told.

    `rows` have `region`, `industry` (categories), `year` and `employment`, each triple once. Raises
    Refused where the parts of an industry, by its code, do not add up to it.
    """
    rows = _without(rows, _parts(rows), messages.PARTS, told)
    rows = _without(rows, _coarser(rows, absent_is_zero), messages.COARSER, told)
    if rows.is_empty():
        raise Refused(messages.NO_ROWS)
    for side, other in (("region", "industry"), ("industry", "region")):
        if found := _sums(rows, side, other):
            told.append(sentence(messages.GROUPS, names=_listed(found)))
    _tell_unplaced(rows, told)
    return rows


def _without(rows: pl.DataFrame, names: list[str], said: str, told: list[Told]) -> pl.DataFrame:
    if not names:
        return rows
    gone = pl.col("industry").cast(pl.String).is_in(names)
    told.append(sentence(said, count=rows.filter(gone).height, names=_listed(names)))
    return rows.filter(~gone)


def _listed(names: list[str]) -> str:
    return "; ".join(names[:NAMED]) + ("; …" if len(names) > NAMED else "")


def _names(rows: pl.DataFrame, side: str) -> list[str]:
    return rows[side].unique(maintain_order=True).cast(pl.String).to_list()


def _parts(rows: pl.DataFrame) -> list[str]:
    """Industries that say of themselves that they stand in another: "of which: women"."""
    return [name for name in _names(rows, "industry") if _PART.match(name)]


def _coarser(rows: pl.DataFrame, absent_is_zero: bool) -> list[str]:
    """Industries whose parts, by their codes, stand in the table and add up to them."""
    found = []
    for whole, parts, is_sure in _by_code(_names(rows, "industry")):
        lacking = _first_lacking(rows, whole, parts, absent_is_zero)
        if lacking is None:
            found.append(whole)
        elif is_sure:
            region, year, n, m = lacking
            raise Refused(
                messages.NO_LEVEL, whole=whole, parts=_listed(parts), region=region, year=str(year),
                n=_number(n), m=_number(m),
            )  # fmt: skip
    return found


def _by_code(names: Iterable[str]) -> list[tuple[str, list[str], bool]]:
    """Each industry with those whose next coarser code in the table is its own.

    The last says whether that is sure: what looks like a code may be a serial number.
    """
    of_code: dict[str, str] = {}
    letters: dict[str, str] = {}
    for name in names:
        read = _CODE.match(name)
        letter, digits = read.groups() if read else ("", "")
        code = digits.replace(".", "") or letter
        if code:
            of_code.setdefault(code, name)
            letters[code] = letter
    if _is_numbered_through(of_code):
        return []
    sections = _sections()
    parts = defaultdict(list)
    for code in of_code:
        if code.isalpha():
            continue
        shorter = [code[:end] for end in range(len(code) - 1, 0, -1)]
        coarser = [*shorter, letters[code] or sections.get(code[:2].zfill(2), "")]
        if whole := next((one for one in coarser if one in of_code), ""):
            parts[whole].append(code)
    found = []
    for whole, codes in parts.items():
        names_of = [of_code[code] for code in codes]
        # "A" beside "01" is ISIC; "10" beside "101" may be a serial number, unless titles follow.
        is_sure = all(len(code) > 1 for code in codes) and (
            whole.isalpha() or (len(whole) > 1 and _are_titled([of_code[whole], *names_of]))
        )
        found.append((of_code[whole], names_of, is_sure))
    return found


def _is_numbered_through(codes: Collection[str]) -> bool:
    """Whether they are serial numbers from 0 or 1 on, and classify nothing."""
    numbers = sorted(int(code) for code in codes if code.isdigit() and code == f"{int(code)}")
    count = len(numbers)
    return count == len(codes) > 1 and numbers in ([*range(count)], [*range(1, count + 1)])


def _are_titled(names: Iterable[str]) -> bool:
    return all(_WORD.search(name) for name in names)


def _sections() -> dict[str, str]:
    """The sections of ISIC Rev. 4 by their divisions."""
    return {code: section for code, _title, section in isic() if len(code) == 2}


def _first_lacking(
    rows: pl.DataFrame, whole: str, parts: list[str], absent_is_zero: bool
) -> tuple[str, int, float, float] | None:
    """The first region and year in which the parts are not what the whole is, with both figures.

    None where they are everywhere; with a part that is suppressed or not there they may be less.
    """
    name, figure = pl.col("industry").cast(pl.String), pl.col("employment")
    at = ["region", "year"]
    sums = (
        rows.filter(name.is_in(parts))
        .group_by(at)
        .agg(m=figure.sum(), known=figure.count(), there=pl.len())
    )
    both = rows.filter((name == whole) & (figure > 0)).join(
        sums, on=at, how="left", maintain_order="left"
    )
    slack = pl.max_horizontal(pl.lit(1.0), figure * ROUNDED)
    m, there = pl.col("m").fill_null(0), pl.col("there").fill_null(0)
    complete = pl.col("known").fill_null(0) == (there if absent_is_zero else len(parts))
    wrong = (m > figure + slack) | ((m < figure - slack) & (complete | (there == 0)))
    first = both.filter(wrong).select(pl.col("region").cast(pl.String), "year", "employment", m)
    return first.row(0) if first.height else None


def _sums(rows: pl.DataFrame, side: str, other: str) -> list[str]:
    """Names that hold, wherever both are known, the sum of two or more that stand next to them.

    One needs two figures above 0: a single one is soon the sum of some others by chance. Who holds
    the sum of all others is told elsewhere.
    """
    names = _names(rows, side)
    place = {name: at for at, name in enumerate(names)}
    cell = pl.col("year").cast(pl.Int64) * 100_000 + pl.col(other).to_physical().cast(pl.Int64)
    cells = rows.select(
        place=pl.col(side).cast(pl.String).replace_strict(place, return_dtype=pl.Int64),
        cell=cell,
        figure=pl.col("employment").fill_null(np.nan),
    ).sort("place", "cell")
    ends = np.searchsorted(cells["place"].to_numpy(), np.arange(1, len(names)))
    keys = np.split(cells["cell"].to_numpy(), ends)
    figures = np.split(cells["figure"].to_numpy(), ends)
    found = []
    for at, name in enumerate(names):
        for step in (1, -1):
            near = range(at + step, len(names) if step > 0 else -1, step)
            last = _block(at, near, keys, figures)
            if last is not None and abs(last - at) < len(names) - 1:
                ends_of = sorted((at + step, last))
                found.append(f"{name} ({names[ends_of[0]]} – {names[ends_of[1]]})")
                break
    return found


def _block(
    at: int, near: Iterable[int], keys: list[np.ndarray], figures: list[np.ndarray]
) -> int | None:
    """The last of the neighbours whose sum stands at a place; None where there are none."""
    key, figure = keys[at], figures[at]
    known = ~np.isnan(figure)
    slack = np.minimum(1, 0.01 * figure)
    total = np.zeros(len(key))
    for size, one in enumerate(near, 1):
        found = np.minimum(np.searchsorted(key, keys[one]), len(key) - 1)
        same = key[found] == keys[one]
        if np.any(figures[one][~same] > 0):
            return None
        into = found[same]
        values = figures[one][same]
        total[into] += np.nan_to_num(values)
        known[into[np.isnan(values)]] = False
        off = total - figure
        if np.any(off > slack):  # NaN, where nothing is known, is not
            return None
        if size > 1 and (known & (figure > 0)).sum() > 1 and np.all(off[known] >= -slack[known]):
            return one
    return None


def _tell_unplaced(rows: pl.DataFrame, told: list[Told]) -> None:
    names = {side: list(filter(is_unplaced, _names(rows, side))) for side in ("region", "industry")}
    found = [name for side in names.values() for name in side]
    if not found:
        return
    of_them = rows.filter(
        pl.any_horizontal(pl.col(side).cast(pl.String).is_in(n) for side, n in names.items())
    )
    told.append(
        sentence(
            messages.UNPLACED, count=of_them.height, names=_listed(found),
            people=round(float(of_them["employment"].sum())),
        )
    )  # fmt: skip


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 3)
