"""Measures loading files: read, checked, compared and committed, against PostgreSQL's bare COPY.

Each file is loaded by a process of its own, whose peak of memory is that of the load. The bare COPY
gets the finished rows as text, into an empty table like the observations', with the same indexes.
pandas reads the same file and appends it with `to_sql` to a table without an index.
"""

import io
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import django
import numpy as np
from django.db import connection, transaction

HEAD = (
    "file", "rows", "new", "changed", "read and check s", "commit s", "COPY s", "commit / COPY",
    "whole / COPY", "our processor s", "peak MB",
)  # fmt: skip
PANDAS_HEAD = ("file", "rows", "read_csv s", "to_sql s", "ours / pandas")
INDICATORS, YEARS = 100, 50  # of the tidy file, for each country
SERIES, WIDE_YEARS, FILLED = 250_000, 60, 0.3  # of the wide file; the share of cells with a value


def run() -> tuple[list[tuple], list[tuple]]:
    """The rows of the tables `HEAD` and `PANDAS_HEAD`."""
    from countries.actions import load_areas
    from countries.models import Country
    from countries.shipped import shipped

    load_areas(shipped())
    areas = [(area.name, area.code) for area in Country.objects.filter(is_fictional=False)][:200]
    with TemporaryDirectory() as folder:
        tidy = Path(folder) / "tidy.csv"
        _write_tidy(tidy, areas)
        rows = [_alone(_load, "tidy", tidy, "a tidy table")]
        beside = [_alone(_pandas, tidy)]
        whole = rows[0][4] + rows[0][5]
        beside = [("a tidy table", *one, whole / (one[1] + one[2])) for one in beside]
        tidy.unlink()
        wide = Path(folder) / "wide.csv"
        for what, changed in (("World Bank's shape", 0.0), ("1 % of it changed", 0.01)):
            _write_wide(wide, areas, changed)
            rows.append(_alone(_load, "wide", wide, what))
    return rows, beside


def _write_tidy(path: Path, areas: list[tuple[str, str]]) -> None:
    rng = np.random.default_rng(1)
    with path.open("w") as file:
        file.write("Country Code,Indicator Code,Year,Value\n")
        for indicator in range(INDICATORS):
            values = rng.random((len(areas), YEARS)).round(6)
            for (_name, code), line in zip(areas, values, strict=True):
                file.writelines(
                    f"{code},BN.{indicator:04}.ZS,{1970 + at},{value}\n"
                    for at, value in enumerate(line)
                )


def _write_wide(path: Path, areas: list[tuple[str, str]], changed: float) -> None:
    """As the World Bank exports: four columns that name the series, then a column a year."""
    rng, again = np.random.default_rng(2), np.random.default_rng(3)
    years = ",".join(f'"{1960 + at}"' for at in range(WIDE_YEARS))
    with path.open("w") as file:
        file.write(
            '"Data Source","World Development Indicators",\n\n"Last Updated Date","2021-09-15",\n\n'
        )
        file.write(f'"Country Name","Country Code","Indicator Name","Indicator Code",{years},\n')
        for at in range(SERIES // len(areas)):
            values = rng.random((len(areas), WIDE_YEARS)).round(6)
            blank = rng.random(values.shape) >= FILLED
            values[again.random(values.shape) < changed] += 1
            for (name, code), line, gaps in zip(areas, values, blank, strict=True):
                cells = ",".join(
                    '""' if gap else f'"{value}"' for value, gap in zip(line, gaps, strict=True)
                )
                file.write(f'"{name}","{code}","Measure {at}","WN.{at:04}.ZS",{cells},\n')


def _alone(work: Callable, *given: object) -> tuple:
    """What the work returns in a fresh process on the bench's database."""
    connection.close()
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    with pool:
        return pool.submit(_work, connection.settings_dict["NAME"], work, *given).result()


def _work(database: str, work: Callable, *given: object) -> tuple:
    django.setup()
    connection.settings_dict["NAME"] = database
    with closing(connection):
        return work(*given)


def _load(code: str, path: Path, what: str) -> tuple:
    from django.core.files import File
    from django.core.files.uploadedfile import UploadedFile

    from indicators import actions
    from indicators.checking import Correction, examine
    from indicators.models import Dataset

    dataset = Dataset.objects.get_or_create(code=code, defaults={"title": code})[0]
    begun, worked = perf_counter(), process_time()
    found = examine(path, dataset, Correction(), is_complete=False)
    examined = perf_counter()
    assert not found.errors, found.errors[0]
    with path.open("rb") as file:
        given = UploadedFile(File(file), path.name, size=path.stat().st_size)
        imported = actions.upload(dataset=dataset, file=given, by=None, check=False)
    imported = actions.note_findings(imported=imported, findings=found)
    before = perf_counter()
    counts = actions.commit(imported=imported, rows=found.rows, by=None)
    commit = perf_counter() - before
    whole, worked = perf_counter() - begun, process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    copy = _copy(found.rows, dataset)
    return (
        what, found.rows.height, counts.new, counts.changed, examined - begun, commit, copy,
        commit / copy, whole / copy, worked, peak,
    )  # fmt: skip


def _copy(rows: object, dataset: object) -> float:
    """Seconds of COPY of the finished rows, which are made ready before."""
    from indicators import statements
    from indicators.rows import numbered, staged

    columns = ", ".join(statements.STAGED_COLUMNS)
    text = io.BytesIO()
    with transaction.atomic(), staged(rows, numbered(rows, dataset)) as cursor:
        query = f"SELECT 1, {columns} FROM staged"
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", text)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE copied (LIKE indicators_observation INCLUDING ALL)")
        begun = perf_counter()
        cursor.copy_expert(f"COPY copied (origin_id, {columns}) FROM STDIN (FORMAT csv)", text)
        seconds = perf_counter() - begun
        cursor.execute("DROP TABLE copied")
    return seconds


def _pandas(path: Path) -> tuple:
    """(rows, seconds of read_csv, seconds of to_sql)."""
    import pandas as pd
    from sqlalchemy import create_engine

    at = connection.settings_dict
    engine = create_engine(
        f"postgresql+psycopg2://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    )
    begun = perf_counter()
    table = pd.read_csv(path)
    read = perf_counter()
    with engine.begin() as opened:
        table.to_sql("by_pandas", opened, index=False, chunksize=10_000)
        opened.exec_driver_sql("DROP TABLE by_pandas")
    return len(table), read - begun, perf_counter() - read
