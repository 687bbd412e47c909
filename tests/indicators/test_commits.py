"""Committing and undoing: only what is new is stored, and any order of both comes out right."""

import polars as pl
import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.refusals import Refused
from activity import events
from activity.models import Event
from indicators import actions
from indicators.comparing import Counts, compare
from indicators.models import CurrentValue, Dataset, Import, Indicator, Observation
from indicators.rows import SCHEMA, finished, packed
from tests.factories.people import CountryFactory
from tests.factories.statistics import DatasetFactory, ImportFactory

pytestmark = pytest.mark.django_db

Values = dict[tuple[str, str, str], float | None]


def rows(values: Values, **said: object) -> pl.DataFrame:
    """Checked rows of (indicator, country, period) and their value."""
    return finished(
        [pl.DataFrame(
            [
                {
                    "indicator": indicator, "country": country, "period": period, "breakdown": "",
                    "frequency": "A", "value": value, "flag": "", "note": "", "unit": "",
                    "standard_error": None, "sample_size": None, **said,
                }
                for (indicator, country, period), value in values.items()
            ],
            schema=SCHEMA,
        )]
    )  # fmt: skip


def checked(values: Values, dataset: Dataset, *, is_complete: bool = False, **fields) -> Import:
    imported = ImportFactory(
        dataset=dataset, state=Import.State.CHECKED, number=None, committed_at=None,
        is_complete=is_complete, **fields,
    )  # fmt: skip
    imported.rows.save("rows.parquet", ContentFile(packed(rows(values)).read()))
    return imported


def load(values: Values, dataset: Dataset, **fields) -> tuple[Import, Counts]:
    imported = checked(values, dataset, **fields)
    return imported, actions.commit(imported=imported, rows=rows(values), by=None)


def current(dataset: Dataset) -> Values:
    found = CurrentValue.objects.filter(indicator__dataset=dataset)
    return {
        (row.indicator.code, row.country_id, row.period): row.value
        for row in found.select_related("indicator")
    }


@pytest.fixture
def dataset() -> Dataset:
    for code in ("LAO", "VNM"):
        CountryFactory(code=code)
    CountryFactory(code="XAA", is_fictional=True)
    return DatasetFactory()


FIRST: Values = {("A", "LAO", "2010"): 1.0, ("A", "VNM", "2010"): 2.0, ("B", "LAO", "2010"): None}


def test_only_what_is_new_or_changed_is_stored(dataset):
    first, counts = load(FIRST, dataset, titles={"A": "Share of A"})
    assert counts == Counts(new=3, changed=0, same=0, gone=0)
    assert current(dataset) == FIRST
    assert list(Indicator.objects.values_list("code", "title")) == [("B", "B"), ("A", "Share of A")]

    _, counts = load(FIRST, dataset)
    assert counts == Counts(new=0, changed=0, same=3, gone=0)

    second = FIRST | {("A", "LAO", "2010"): 1.5, ("A", "LAO", "2011"): 4.0}
    newest, counts = load(second, dataset)
    assert counts == Counts(new=1, changed=1, same=2, gone=0)
    assert current(dataset) == second
    assert Observation.objects.count() == 5
    assert CurrentValue.objects.get(period="2011").origin == newest
    assert CurrentValue.objects.get(country="VNM").origin == first


def test_a_new_indicator_gets_the_title_and_the_unit_of_the_file(dataset):
    code = next(iter(FIRST))[0]
    imported = checked(FIRST, dataset, titles={code: "Share of exports"})
    actions.commit(imported=imported, rows=rows(FIRST, unit="%"), by=None)
    made = dataset.indicators.get(code=code)
    assert (made.title, made.unit) == ("Share of exports", "%")


def test_what_stands_beside_a_value_is_part_of_it(dataset):
    load(FIRST, dataset)
    for said in ({"flag": "e"}, {"note": "Estimate."}, {"unit": "%"}, {"standard_error": 0.1},
                 {"sample_size": 40}):  # fmt: skip
        assert compare(rows(FIRST, **said), dataset, is_complete=False)[0].changed == 3


def test_a_file_that_is_the_whole_dataset_takes_out_what_it_lacks(dataset):
    load(FIRST, dataset)
    kept = {("A", "LAO", "2010"): 1.0}
    _, counts = load(kept, dataset, is_complete=True)
    assert counts == Counts(new=0, changed=0, same=1, gone=2)
    assert current(dataset) == kept
    assert Observation.objects.filter(is_gone=True).count() == 2
    _, counts = load(FIRST, dataset)
    assert counts == Counts(new=2, changed=0, same=1, gone=0)


def test_the_preview_says_what_committing_will_do_and_writes_nothing(dataset):
    load(FIRST, dataset)
    next_one = {("A", "LAO", "2010"): 1.5, ("C", "LAO", "2010"): 7.0}
    counts, samples = compare(rows(next_one), dataset, is_complete=True)
    assert counts == Counts(new=1, changed=1, same=0, gone=2)
    key = {"country": "LAO", "period": "2010", "breakdown": ""}
    assert samples["changed"] == [{"indicator": "A", **key, "value": 1.5, "before": 1.0}]
    assert samples["new"] == [{"indicator": "C", **key, "value": 7.0}]
    assert {row["before"] for row in samples["gone"]} == {2.0, None}
    assert current(dataset) == FIRST
    assert load(next_one, dataset, is_complete=True)[1] == counts


def test_undoing_restores_what_was_before(dataset):
    load(FIRST, dataset)
    second, _ = load({("A", "LAO", "2010"): 9.0, ("C", "VNM", "2012"): 3.0}, dataset)
    actions.undo(imported=second, because="Wrong unit.", by=None)
    assert current(dataset) == FIRST
    second.refresh_from_db()
    assert (second.state, second.undone_because) == ("undone", "Wrong unit.")
    told = events.in_words(Event.objects.first())
    assert told == "The system undid figures.csv in Dataset figures: Wrong unit."


def test_undoing_an_older_import_keeps_what_a_newer_one_repeated(dataset):
    load({("A", "LAO", "2010"): 1.0, ("A", "VNM", "2010"): 1.0}, dataset)
    second, _ = load({("A", "LAO", "2010"): 2.0, ("A", "VNM", "2010"): 2.0}, dataset)
    third, counts = load({("A", "LAO", "2010"): 2.0}, dataset)
    assert counts.same == 1
    actions.undo(imported=second, because="Wrong unit.", by=None)
    assert current(dataset) == {("A", "LAO", "2010"): 2.0, ("A", "VNM", "2010"): 1.0}
    assert CurrentValue.objects.get(country="LAO").origin == third


KEYS = [(indicator, country, "2010") for indicator in "AB" for country in ("LAO", "VNM")]
FILES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([1.0, 2.0, None]), min_size=1)
STEPS = st.lists(
    st.one_of(st.tuples(FILES, st.booleans()), st.integers(0, 5)), min_size=1, max_size=7
)


def replayed(history: list[tuple[Values, bool, Import]]) -> Values:
    """What the imports that stand say, one after the other, each file written over the others."""
    values: Values = {}
    for said, is_complete, imported in history:
        if imported.state == Import.State.COMMITTED:
            values = said if is_complete else values | said
    return values


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, number=st.integers(0, 10**9))
def test_any_order_of_imports_and_undoings_gives_what_replaying_gives(dataset, steps, number):
    one = DatasetFactory(code=f"replayed-{number}-{Dataset.objects.count()}")
    # Uploaded in the opposite order: what counts is when an import was loaded.
    files = [step for step in steps if isinstance(step, tuple)]
    waiting = [checked(said, one, is_complete=whole) for said, whole in reversed(files)]
    history: list[tuple[Values, bool, Import]] = []
    for step in steps:
        if isinstance(step, tuple):
            imported = waiting.pop()
            actions.commit(imported=imported, rows=rows(step[0]), by=None)
            history.append((*step, imported))
        else:
            standing = [row for *_, row in history if row.state == Import.State.COMMITTED]
            if standing:
                imported = standing[step % len(standing)]
                actions.undo(imported=imported, because="A trial.", by=None)
        expected = replayed(history)
        assert current(one) == expected
        assert CurrentValue.objects.filter(indicator__dataset=one).count() == len(expected)


@pytest.mark.parametrize(
    ("values", "fields", "sentence"),
    [
        ({("A", "XAA", "2010"): 1.0}, {}, "holds fictional countries only, any other none"),
        ({("A", "ZZZ", "2010"): 1.0}, {}, "There is no country ZZZ"),
        (FIRST, {"rejected": 2}, "The file has errors"),
    ],
)
def test_what_cannot_be_loaded_is_refused_and_leaves_nothing(dataset, values, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        load(values, dataset, **fields)
    assert not Indicator.objects.exists()
    assert not Observation.objects.exists()


def test_rows_in_error_can_be_left_out_but_not_of_a_whole_dataset(dataset):
    partly = checked(FIRST, dataset, rejected=1)
    assert actions.commit(imported=partly, rows=rows(FIRST), by=None, leave_out=True).new == 3
    whole = checked(FIRST, dataset, rejected=1, is_complete=True)
    with pytest.raises(Refused, match="would count as gone"):
        actions.commit(imported=whole, rows=rows(FIRST), by=None, leave_out=True)


def test_fictional_countries_go_into_a_fictional_dataset_and_no_others(dataset):
    invented = DatasetFactory(code="invented", is_fictional=True)
    load({("A", "XAA", "2010"): 1.0}, invented)
    with pytest.raises(Refused, match="any other none"):
        load({("A", "XAA", "2011"): 1.0, ("A", "LAO", "2010"): 1.0}, invented)
    assert current(invented) == {("A", "XAA", "2010"): 1.0}


def test_nothing_is_committed_or_undone_twice_or_without_a_reason(dataset):
    imported, _ = load(FIRST, dataset)
    with pytest.raises(Refused, match="not waiting"):
        actions.commit(imported=imported, rows=rows(FIRST), by=None)
    with pytest.raises(Refused, match="Say why"):
        actions.undo(imported=imported, because=" ", by=None)
    actions.undo(imported=imported, because="A trial.", by=None)
    with pytest.raises(Refused, match="Only an import that is loaded"):
        actions.undo(imported=imported, because="Again.", by=None)
    assert current(dataset) == {}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    note=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20),
)
def test_numbers_and_texts_come_back_as_they_went_in(dataset, value, note):
    one = DatasetFactory(code=f"exact-{Dataset.objects.count()}")
    given_rows = rows({("A", "LAO", "2010"): value}, note=note)
    imported = checked({}, one)
    actions.commit(imported=imported, rows=given_rows, by=None)
    kept = CurrentValue.objects.get(indicator__dataset=one)
    assert (repr(kept.value), kept.note) == (repr(value), note)
    assert compare(given_rows, one, is_complete=True)[0] == Counts(0, 0, 1, 0)
