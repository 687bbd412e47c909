"""Reading employment by region and industry from a file (docs/clusters.md, Mapping).

Columns region, industry, year, employment and optionally establishments, area, population, in any
order and in any of the languages of `countries.headings`; a blank employment is suppressed. Years,
or industries, or regions may stand side by side instead (`clusters.reading.headers`). Sizes
of plants come in a file of their own: industry, year, employment of a plant and optionally
establishments, the number of plants of that size (blank: one).
"""

from collections import Counter
from collections.abc import Collection
from pathlib import Path

import numpy as np
import polars as pl

from clusters.mapping import Employment, completed
from clusters.reading import messages
from clusters.reading.columns import Named, named, sentence
from clusters.reading.levels import of_one_level
from clusters.reading.sheets import Wanted
from clusters.reading.totals import TOTALS
from clusters.reading.wrong_cells import Wrong
from countries.content.sentences import Fact, filled
from countries.matching import folded
from indicators.importing import Refused, Told
from indicators.importing.checks.periods import BUDDHIST, dates_are_years
from indicators.importing.periods import DAY, YEAR, is_date_number, period_of

CELLS = Wanted(
    words=("region", "industry", "year"),
    numbers=("employment", "establishments", "area", "population"),
    optional=("establishments", "area", "population"),
    counts=("employment", "establishments", "population"),
    across=("region", "industry", "year"),
)
PLANTS = Wanted(
    words=("industry", "year"),
    numbers=("employment", "establishments"),
    optional=("establishments",),
    counts=("employment", "establishments"),
)
KEY = ["region", "industry", "year"]
NUMBERS = ["employment", "establishments", "area", "population"]
FIRST_YEAR, LAST_YEAR = 1800, 2199
EXPECTED = {"period_out_of_range": messages.BUDDHIST_YEAR}
LONGEST = {"region": 150, "industry": 300}
MOST = 1e12  # far above any people, firms or hectares; sums and products of it stay finite
MOST_CELLS = 3_000_000
MOST_PLACES = 50_000  # regions, and industries
MOST_YEARS = 100
NAMED = 12
NOTE = 80  # characters of a note that are told
FEWEST_SUMMED = 3  # of two equal numbers each is the sum of the others


def read_employment(
    path: Path,
    plants: Path | None = None,
    *,
    absent_is_zero: bool = False,
    country: Collection[str] = (),
) -> tuple[Employment, list[Told]]:
    """Return the table of a file, and what there is to tell of it.

    Regions and industries stand in order of first mention. A row that is not there is unknown, or
    nobody is employed where `absent_is_zero`. A region called as the `country` (names, `folded`) is
    the total of all. Raises Refused with one sentence for a file that
    cannot be read, WrongCells with all that is wrong with its cells.
    """
    told: list[Told] = []
    file = named(path, CELLS)
    rows = _once(_checked(file, told, country), file, told)
    rows = of_one_level(rows, told, absent_is_zero=absent_is_zero)
    regional = {name: _of_regions(rows, name, file) for name in ("area", "population")}
    sizes = _herfindahl(plants, told) if plants else {}
    regions, industries = (rows[name].unique(maintain_order=True) for name in KEY[:2])
    years = rows["year"].unique().sort()
    at = {"region": regions, "industry": industries, "year": years}
    if absent_is_zero and (n := len(regions) * len(industries) * len(years)) > MOST_CELLS:
        raise Refused(messages.FILLED, n=n, most=MOST_CELLS)
    places = {name: _places(rows[name], names) for name, names in at.items()}
    table = Employment(
        regions=tuple(regions.cast(pl.String)),
        industries=tuple(industries.cast(pl.String)),
        years=tuple(years),
        **places,
        employment=_reals(rows["employment"]),
        establishments=_reals(rows["establishments"]),
        area=_grid(regional["area"], at),
        population=_grid(regional["population"], at),
        plant_herfindahl=_sized(sizes, at, told),
    )
    told.insert(0, _read_as(file, table))
    _tell_sums(table, told)
    return (completed(table) if absent_is_zero else table), told


def _checked(file: Named, told: list[Told], country: Collection[str] = ()) -> pl.DataFrame:
    """All rows with numbers and a year, notes and totals left out; adds to what is told.

    Texts are categories: few different ones, each kept once. Raises as `read_employment`.
    """
    told += file.told
    names = [name for name in file.wanted.words if name != "year"]
    wrong = Wrong(file)
    parts: list[pl.DataFrame] = []
    marks: Counter[tuple[str, str]] = Counter()
    size = 0
    for part in file.parts():
        wrong.take(part.faults)
        marks.update(part.marks)
        texts = pl.col("sheet", "year", *names).cast(pl.Categorical())
        parts.append(part.rows.with_columns(texts))
        size += part.rows.height
        if size > MOST_CELLS:
            raise Refused(messages.ROWS, most=MOST_CELLS)
    if not size:
        raise Refused(messages.NO_ROWS)
    rows = pl.concat(parts)
    for name, too_many in (("region", messages.REGIONS), ("industry", messages.INDUSTRIES)):
        if name in names and rows[name].n_unique() > MOST_PLACES:
            raise Refused(too_many, most=MOST_PLACES)
    rows = _without_notes(rows, file, told)
    suppressed = {mark: n for (what, mark), n in marks.items() if what == "employment"}
    if suppressed:
        shown = ", ".join(f'"{mark}"' for mark in sorted(suppressed)[:NAMED])
        told.append(sentence(messages.MARKS, count=sum(suppressed.values()), marks=shown))
    rows = _dated(rows, wrong)
    for name in names:
        _check_name(rows, name, wrong)
    for name in file.wanted.numbers:
        wrong.add(rows.filter(pl.col(name) < 0), name, "number_below", messages.AT_LEAST)
        above = rows.filter(pl.col(name) > MOST)
        wrong.add(above, name, "number_above", messages.AT_MOST, most=f"{MOST:,.0f}")
    if "area" in file.wanted.numbers:
        wrong.add(rows.filter(pl.col("area") == 0), "area", "number_none", messages.ABOVE)
    for name in file.wanted.counts:
        _check_whole(rows, name, wrong, told)
    if file.wanted is PLANTS:
        blank = rows.filter(pl.col("employment").is_null())
        wrong.add(blank, "employment", "plant_blank", messages.SIZE)
    wrong.raise_any()
    return _without_totals(rows, names, told, country)


def _dated(rows: pl.DataFrame, wrong: Wrong) -> pl.DataFrame:
    """The rows with the year as a number, null where it is none."""
    said = pl.col("year").cast(pl.String)
    texts = rows["year"].unique(maintain_order=True).cast(pl.String).to_list()
    dates = bool(dates_are_years(texts))
    years = {text: _year(text, dates) for text in texts}
    for code in sorted({year for year in years.values() if isinstance(year, str)}):
        of = rows.filter(said.is_in([text for text, year in years.items() if year == code]))
        wrong.add(
            of, "year", code, EXPECTED.get(code, messages.YEAR),
            number=lambda row: row["year"], year=lambda row: _western(row["year"]),
        )  # fmt: skip
    known = {text: year for text, year in years.items() if isinstance(year, int)}
    if len(set(known.values())) > MOST_YEARS:
        raise Refused(messages.YEARS, most=MOST_YEARS)
    return rows.with_columns(
        said.replace_strict(known, default=None, return_dtype=pl.Int32).alias("year")
    )


def _year(text: str, dates: bool) -> int | str:
    """The year that a cell names, or the code of what is wrong with it."""
    if not text:
        return "period_blank"
    period = period_of(text)
    if period is None:
        return "period_date_number" if is_date_number(text) else "period_not_year"
    if period.frequency != YEAR and not (dates and period.frequency == DAY):
        return "period_not_year"
    if FIRST_YEAR <= period.year <= LAST_YEAR:
        return period.year
    return "period_out_of_range" if _western(text) else "period_not_year"


def _western(text: str) -> str:
    """The year that a text means if it is one of the Buddhist era; else blank."""
    period = period_of(text)
    year = period.year - BUDDHIST if period else 0
    return str(year) if FIRST_YEAR <= year <= LAST_YEAR else ""


def _check_name(rows: pl.DataFrame, name: str, wrong: Wrong) -> None:
    """A region or an industry has a name, not too long a one, and writes it one way."""
    text = pl.col(name).cast(pl.String)
    wrong.add(rows.filter(text == ""), name, f"{name}_blank", messages.NAME)
    most = LONGEST[name]
    long = rows.filter(text.str.len_chars() > most)
    wrong.add(long, name, "text_long", messages.SHORT, most=str(most))
    firsts = rows.group_by(name, maintain_order=True).agg(pl.col("sheet", "row", "block").first())
    low = text.str.to_lowercase()
    firsts = firsts.with_columns(
        other=pl.col(name).first().over(low),
        first_sheet=pl.col("sheet").first().over(low),
        first_row=pl.col("row").first().over(low),
        first_block=pl.col("block").first().over(low),
    )
    wrong.add(
        firsts.filter(pl.col(name) != pl.col("other")), name, "name_alike", messages.ALIKE,
        other=lambda row: f'"{row["other"]}"', place=wrong.first(name),
    )  # fmt: skip


def _check_whole(rows: pl.DataFrame, name: str, wrong: Wrong, told: list[Told]) -> None:
    """People and firms are whole, unless the column as a whole has fractions.

    It has where at least half of its figures are fractions and one of them cannot be a thousand.
    """
    fractions = rows.filter(pl.col(name) % 1 != 0)
    unclear = pl.col(f"{name}_unclear")
    if fractions.is_empty():
        return
    asked = fractions.filter(unclear)
    if 2 * fractions.height >= rows[name].count() and asked.height < fractions.height:
        told.append(sentence(messages.FRACTIONS, count=fractions.height, column=name))
        return
    sign = wrong.file.layout.decimal
    wrong.add(
        asked, name, "number_unclear", messages.WHOLE_THOUSAND,
        found=lambda row: f"{row[name]:.3f}".replace(".", sign),
        whole=lambda row: f"{row[name] * 1000:.0f}",
    )  # fmt: skip
    wrong.add(fractions.filter(~unclear), name, "number_fraction", messages.WHOLE)


def _without_notes(rows: pl.DataFrame, file: Named, told: list[Told]) -> pl.DataFrame:
    """The rows but those with words in one cell and nothing else, as stand below many a table."""
    words = {name: pl.col(name).cast(pl.String) for name in file.wanted.words}
    # Of a plant with a year the industry is lacking.
    noted = pl.col("alone") & pl.any_horizontal(
        text != "" for name, text in words.items() if file.wanted is CELLS or name != "year"
    )
    notes = rows.filter(noted).unique(["sheet", "row"], keep="first", maintain_order=True)
    if notes.is_empty():
        return rows
    said = file.said(notes["sheet"][0])
    texts = pl.coalesce(pl.when(text != "").then(text) for name, text in words.items()
                        if name not in said)  # fmt: skip
    first = notes.select(texts.alias("text"))["text"][0][:NOTE]
    told.append(sentence(messages.NOTES, count=notes.height, first=first))
    return rows.filter(~noted)


def _without_totals(
    rows: pl.DataFrame, names: list[str], told: list[Told], country: Collection[str]
) -> pl.DataFrame:
    found: Counter[str] = Counter()
    for name in names:
        totals = [
            one
            for one in rows[name].unique().cast(pl.String)
            if one.lower() in TOTALS or (name == "region" and folded(one) in country)
        ]
        of_total = pl.col(name).cast(pl.String).is_in(totals)
        found.update(rows.filter(of_total)[name].cast(pl.String))
        rows = rows.filter(~of_total)
    if found:
        told.append(
            sentence(messages.TOTALS, count=found.total(), names=", ".join([*found][:NAMED]))
        )
    if rows.is_empty():
        raise Refused(messages.NO_ROWS)
    return rows


def _read_as(file: Named, table: Employment) -> Told:
    """How the file was understood, for who knows the table to check."""
    sheets = file.sheets.values()
    how: list[Fact] = [*dict.fromkeys(messages.LAYOUTS[sheet.across] for sheet in sheets)]
    years = list(map(str, table.years))
    said = ", ".join(years) if len(years) <= NAMED else f"{years[0]}–{years[-1]}"
    how += [
        filled(messages.DATED, years=said) if any(sheet.dated for sheet in sheets) else said,
        filled(messages.REGIONS_READ, n=len(table.regions)),
        filled(messages.INDUSTRIES_READ, n=len(table.industries)),
    ]
    return sentence(messages.READ_AS, how=tuple(how))


def _tell_sums(table: Employment, told: list[Told]) -> None:
    """Tell of a region or an industry that holds the sum of all others wherever it has a row."""
    known = ~np.isnan(table.employment)
    workers = np.where(known, table.employment, 0.0)
    sides = (
        (table.region, table.regions, table.industry),
        (table.industry, table.industries, table.region),
    )
    for place, names, other in sides:
        key = table.year * (int(other.max()) + 1) + other
        total, rows = np.bincount(key, workers), np.bincount(key, known)
        judged = known & (workers > 0) & (rows[key] >= FEWEST_SUMMED)
        half = np.abs(2 * workers - total[key]) < 1
        judgeable = np.bincount(place, judged, len(names))
        summing = np.bincount(place, judged & half, len(names))
        for at in np.flatnonzero((judgeable > 1) & (summing == judgeable)):
            told.append(sentence(messages.SUM, name=names[at]))


def _once(rows: pl.DataFrame, file: Named, told: list[Told]) -> pl.DataFrame:
    """Each region, industry and year once; rows that agree with an earlier one are told."""
    twice = rows.filter(pl.struct(KEY).is_duplicated())
    if twice.is_empty():
        return rows
    numbers = pl.struct(NUMBERS)
    twice = twice.with_columns(
        first_sheet=pl.col("sheet").first().over(KEY),
        first_row=pl.col("row").first().over(KEY),
        first_block=pl.col("block").first().over(KEY),
        same=numbers == numbers.first().over(KEY),
    )
    wrong = Wrong(file)
    wrong.add(
        twice.filter(~pl.col("same")), "employment", "cell_twice", messages.ONCE,
        found=lambda row: f"{row['region']}, {row['industry']}, {row['year']}",
        place=wrong.first("employment"),
    )  # fmt: skip
    wrong.raise_any()
    once = rows.unique(KEY, keep="first", maintain_order=True)
    told.append(sentence(messages.REPEATED, count=rows.height - once.height))
    return once


def _of_regions(rows: pl.DataFrame, name: str, file: Named) -> pl.DataFrame:
    """The area or population of each region and year that has one: a single one."""
    key = ["region", "year"]
    given = rows.drop_nulls(name).with_columns(
        first=pl.col(name).first().over(key),
        first_sheet=pl.col("sheet").first().over(key),
        first_row=pl.col("row").first().over(key),
        first_block=pl.col("block").first().over(key),
    )
    wrong = Wrong(file)
    wrong.add(
        given.filter(pl.col(name) != pl.col("first")), name, "conflict", messages.SAME,
        mine=lambda row: f"{row[name]:g}", value=lambda row: f"{row['first']:g}",
        place=wrong.first(name),
    )  # fmt: skip
    wrong.raise_any()
    return given.unique(key, keep="first", maintain_order=True).select(*key, value=name)


def _herfindahl(path: Path, told: list[Told]) -> dict[tuple[str, int], float]:
    """The Herfindahl index of plant sizes by industry and year."""
    rows = _checked(named(path, PLANTS, of=messages.PLANTS), told)
    size, plants = pl.col("employment"), pl.col("establishments").fill_null(1)
    found = (
        rows.group_by("industry", "year", maintain_order=True)
        .agg(value=(plants * size**2).sum() / (plants * size).sum() ** 2)
        .filter(pl.col("value").is_finite())
    )
    return {(str(industry), year): value for industry, year, value in found.iter_rows()}


def _sized(
    sizes: dict[tuple[str, int], float], at: dict[str, pl.Series], told: list[Told]
) -> dict[tuple[int, int], float]:
    """The sizes by the places of industry and year; tells of industries that are not there."""
    industry, year = ({name: n for n, name in enumerate(at[of])} for of in ("industry", "year"))
    if lacking := list(dict.fromkeys(name for name, _year in sizes if name not in industry)):
        told.append(
            sentence(messages.NO_PLANTS_OF, count=len(lacking), names=", ".join(lacking[:NAMED]))
        )
    return {
        (industry[name], year[of]): value
        for (name, of), value in sizes.items()
        if name in industry and of in year
    }


def _places(values: pl.Series, names: pl.Series) -> np.ndarray:
    at = pl.DataFrame({"name": names, "at": np.arange(len(names))})
    found = values.to_frame("name").join(at, on="name", how="left", maintain_order="left")
    return found["at"].to_numpy()


def _reals(values: pl.Series) -> np.ndarray:
    return values.fill_null(np.nan).to_numpy()


def _grid(given: pl.DataFrame, at: dict[str, pl.Series]) -> np.ndarray:
    """The values as an array of years and regions, NaN where there is none."""
    grid = np.full((len(at["year"]), len(at["region"])), np.nan)
    year, region = (_places(given[name], at[name]) for name in ("year", "region"))
    grid[year, region] = given["value"].to_numpy()
    return grid
