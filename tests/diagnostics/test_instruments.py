"""Loading an instrument, and what the database refuses afterwards."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from accounts.refusals import Refused
from activity.models import Event
from diagnostics import actions
from diagnostics.authoring import canonical
from diagnostics.instrument_queries import parent_of
from diagnostics.models import InstrumentVersion, Item, ResponseChange
from diagnostics.scoring.instrument import EditionOf, Instrument
from tests.factories import people, rounds
from tests.factories.rounds import small_instrument

pytestmark = pytest.mark.django_db


def test_a_loaded_version_is_published_with_its_items_in_order(team):
    instrument = small_instrument()
    version = actions.load_instrument(instrument=instrument, by=team.administrator)
    assert (version.state, version.sha256) == (
        "published", canonical.scoring_sha256(instrument),
    )  # fmt: skip
    rows = list(version.items.values_list("position", "theme", "code"))
    assert rows[0] == (1, "money", "money.item_1")
    assert rows[4] == (5, "advice", "advice.item_1")
    assert len(rows) == 8
    event = Event.objects.get(kind="instrument.published")
    assert (event.by, event.facts) == (
        team.administrator, {"instrument": "A small instrument 1.0"},
    )  # fmt: skip


def test_the_database_gives_back_the_instrument_that_was_loaded():
    version = rounds.version()
    stored = InstrumentVersion.objects.get(pk=version.pk)
    assert canonical.from_data(stored.content) == small_instrument()


def test_loading_the_same_again_changes_nothing():
    first, second = rounds.version(), rounds.version()
    assert first == second
    assert (InstrumentVersion.objects.count(), Item.objects.count()) == (1, 8)
    assert Event.objects.filter(kind="instrument.published").count() == 1


def test_other_content_under_the_same_version_is_refused():
    rounds.version()
    with pytest.raises(Refused) as caught:
        actions.load_instrument(instrument=replace(small_instrument(), pass_mark=0.8), by=None)
    assert caught.value.sentence == (
        "small 1.0 is published with other content; give the changed file a new version number."
    )
    assert InstrumentVersion.objects.get().content["pass_mark"] == 0.75


def test_other_content_under_a_new_version_stands_beside_the_old_one():
    old = rounds.version()
    changed = replace(small_instrument(), pass_mark=0.8, version="1.1")
    new = actions.load_instrument(instrument=changed, by=None)
    assert (old.instrument.pass_mark, new.instrument.pass_mark) == (0.75, 0.8)


@pytest.mark.parametrize("fields", [{"title": "Other"}, {"content": {}}, {"state": "draft"}])
def test_the_database_refuses_to_change_a_published_version(fields):
    version = rounds.version()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        InstrumentVersion.objects.filter(pk=version.pk).update(**fields)


def test_the_database_refuses_to_delete_a_published_version():
    rounds.version()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        InstrumentVersion.objects.all()._raw_delete("default")


def test_the_database_refuses_to_touch_the_items_of_a_published_version():
    version = rounds.version()
    attempts = [
        lambda: Item.objects.update(code="other"),
        lambda: Item.objects.all()._raw_delete("default"),
        lambda: Item.objects.create(version=version, code="new", theme="money", position=99),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            attempt()
    assert version.items.count() == 8


def test_an_item_cannot_be_moved_out_of_a_published_version():
    published = rounds.version()
    draft = InstrumentVersion.objects.create(
        code="draft", version="1", title="Draft", subject="country", content={}, sha256="0"
    )
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        published.items.update(version=draft)


def test_the_database_refuses_to_alter_the_history_of_an_answer():
    sheet = rounds.sheet_of(people.OrganisationFactory())
    rounds.answer(sheet, "money.item_1", "yes")
    attempts = [
        lambda: ResponseChange.objects.update(content={}),
        lambda: ResponseChange.objects.all().delete(),
        lambda: sheet.delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="History is not altered"), transaction.atomic():
            attempt()
    assert ResponseChange.objects.get().content["answers"][0] == "yes"


def national(**fields) -> Instrument:
    """An edition of the small instrument with one item of its own."""
    whole = small_instrument(code="small-own")
    money = whole.themes[0]
    own = replace(money.items[0], code="money.own", title="Own item")
    themes = (replace(money, items=(*money.items, own)), *whole.themes[1:])
    return replace(whole, themes=themes, edition_of=EditionOf("small", "1.0"), **fields)


def test_an_edition_is_loaded_once_its_parent_is_published():
    with pytest.raises(Refused) as caught:
        actions.load_instrument(instrument=national(), by=None)
    assert "edition of small 1.0, which is not published here" in caught.value.sentence
    rounds.version()
    loaded = actions.load_instrument(instrument=national(), by=None)
    assert loaded.instrument == national()
    assert parent_of(loaded.instrument) == small_instrument()


def test_an_edition_that_departs_from_its_parent_is_refused():
    rounds.version()
    with pytest.raises(Refused) as caught:
        actions.load_instrument(instrument=national(pass_mark=0.5), by=None)
    assert caught.value.sentence == "The edition has the pass_mark 0.5; its parent has 0.75."
    assert InstrumentVersion.objects.count() == 1
