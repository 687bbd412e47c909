"""Committing an import and undoing one: each is one transaction, in turn for each dataset.

What holds afterwards: for every key and every committed import that says something of it, either
the import has an observation of its own, or it said what the imports before it say already. So the
current value is that of the newest committed import with an observation, and nothing else has to
be asked. Undoing an import may take away what a newer one only repeated; the newer one's rows are
then added from its file of rows.
"""

from collections.abc import Mapping

import polars as pl
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events
from countries.models import Country
from indicators import statements
from indicators.comparing import Counts, difference, is_first
from indicators.models import Dataset, Import, Indicator
from indicators.rows import KEY, SCHEMA, numbered, queried, staged, stored_first, unpacked


@transaction.atomic
def commit(
    *, imported: Import, rows: pl.DataFrame, by: User | None, leave_out: bool = False
) -> Counts:
    """Make the checked rows of an import the dataset's newest; returns what they did.

    Only rows that are new or changed are stored. Raises Refused where the import is not waiting to
    be committed, has cells in error (unless `leave_out` says to load the rest), or mixes real and
    fictional countries.
    """
    dataset = _in_turn(imported)
    if imported.state != Import.State.CHECKED:
        raise Refused(_("This import is not waiting to be loaded."))
    if imported.rejected and not leave_out:
        raise Refused(_("The file has errors; correct them first, or leave those rows out."))
    if imported.rejected and imported.is_complete:
        raise Refused(
            _("A file that is the whole dataset cannot leave rows out: they would count as gone.")
        )
    _check_countries(rows, dataset)
    _add_indicators(rows, dataset, imported.titles)
    newest = dataset.imports.order_by("-number").exclude(number=None).first()
    imported.number = newest.number + 1 if newest else 1
    ids = numbered(rows, dataset)
    if is_first(dataset):
        stored_first(rows, ids, imported.pk)
        counts = Counts(new=rows.height, changed=0, same=0, gone=0)
    else:
        counts = _store_difference(imported, rows, ids)
    imported.state = Import.State.COMMITTED
    imported.committed_by, imported.committed_at = by, timezone.now()
    imported.new, imported.changed = counts.new, counts.changed
    imported.same, imported.gone = counts.same, counts.gone
    imported.save()
    events.record(
        "import.committed",
        by=by,
        topic=dataset.topic,
        file=imported.file.name,
        dataset=dataset.title,
        stored=counts.new + counts.changed + counts.gone,
    )
    return counts


def _store_difference(imported: Import, rows: pl.DataFrame, ids: Mapping[str, int]) -> Counts:
    """Store what the current values do not say already, and what a complete file leaves out."""
    given = (rows, ids, imported.dataset)
    with difference(*given, is_complete=imported.is_complete) as (cursor, counts):
        cursor.execute(statements.MARK_SUPERSEDED)
        cursor.execute(statements.STORE_DIFFERENCE, [imported.pk])
    return counts


@transaction.atomic
def undo(*, imported: Import, because: str, by: User | None) -> None:
    """Take back everything an import did, whatever came after it.

    Raises Refused where the import is not committed or no reason is given.
    """
    dataset = _in_turn(imported)
    if imported.state != Import.State.COMMITTED:
        raise Refused(_("Only an import that is loaded can be undone."))
    if not because.strip():
        raise Refused(_("Say why the import is undone."))
    _say_again_what_newer_ones_repeated(imported, dataset)
    imported.state = Import.State.UNDONE
    imported.undone_by, imported.undone_at = by, timezone.now()
    imported.undone_because = because.strip()
    imported.save()
    with connection.cursor() as cursor:
        cursor.execute(statements.MARK_ANEW, [imported.pk])
    events.record(
        "import.undone",
        by=by,
        topic=dataset.topic,
        file=imported.file.name,
        dataset=dataset.title,
        because=imported.undone_because,
    )


def _in_turn(imported: Import) -> Dataset:
    """The import's dataset, locked: its commits and undoings follow one another."""
    dataset = Dataset.objects.select_for_update().get(pk=imported.dataset_id)
    imported.refresh_from_db()
    return dataset


def _check_countries(rows: pl.DataFrame, dataset: Dataset) -> None:
    codes = set(rows["country"].unique())
    fictional = dict(Country.areas.filter(code__in=codes).values_list("code", "is_fictional"))
    if missing := sorted(codes - fictional.keys()):
        raise Refused(_("There is no country %(codes)s.") % {"codes": ", ".join(missing)})
    if any(invented != dataset.is_fictional for invented in fictional.values()):
        raise Refused(
            _("A dataset of invented values holds fictional countries only, any other none.")
        )


def _add_indicators(rows: pl.DataFrame, dataset: Dataset, titles: Mapping[str, str]) -> None:
    """Make those the dataset lacks, with the title and the unit that the file gives them."""
    known = set(dataset.indicators.values_list("code", flat=True))
    said = rows.filter(pl.col("unit") != "").unique("indicator").select("indicator", "unit")
    units = dict(said.iter_rows())
    Indicator.objects.bulk_create(
        Indicator(
            dataset=dataset, code=code, title=titles.get(code) or code, unit=units.get(code, "")
        )
        for code in rows["indicator"].unique().sort()
        if code not in known
    )


def _say_again_what_newer_ones_repeated(imported: Import, dataset: Dataset) -> None:
    """Add, for each key of the import, what the next newer import says of it, where that is lost.

    An observation of the newer one may be there already; then nothing hangs on this import.
    """
    newer = dataset.imports.filter(
        state=Import.State.COMMITTED, number__gt=imported.number
    ).order_by("number")
    ids = dict(dataset.indicators.values_list("code", "id"))
    open_keys = _keys(imported) if newer else None
    for later in newer:
        if open_keys.is_empty():
            return
        with later.rows.open() as file:
            said = unpacked(file).join(open_keys, on=KEY, how="semi")
        with staged(said, ids) as cursor:
            cursor.execute(statements.STORE_IF_NOT_SAID, [later.pk])
        open_keys = open_keys.join(said, on=KEY, how="anti")
        if later.is_complete:
            with staged(open_keys, ids) as cursor:
                cursor.execute(statements.STORE_GONE_IF_NOT_SAID, [later.pk])
            return


def _keys(imported: Import) -> pl.DataFrame:
    """The keys of an import's observations as rows without a value."""
    known = [*KEY, "frequency"]
    found = queried(
        statements.KEYS_OF_IMPORT, [imported.pk], pl.Schema({name: SCHEMA[name] for name in known})
    )
    return found.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in known
    ).select(SCHEMA.names())
