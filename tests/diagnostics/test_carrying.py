"""What was agreed last time: shown, confirmed only under the same words, never counted before."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from diagnostics import actions, queries
from diagnostics.actions.responses import Content
from diagnostics.scoring.instrument import Renamed
from tests.factories import rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"
LAST = ["yes", "no", "", ""]
CARRIED = ["carried", "carried", "", ""]


@pytest.fixture
def last(team):
    made = rounds.closed_round(team.country, answers=["yes", "no"])
    made.period_start, made.period_end = "2022-01-01", "2022-12-31"
    made.save()
    made.refresh_from_db()
    return made


def save(sheet, answers, made=CARRIED, item=ITEM):
    content = Content(list(answers), list(made))
    return actions.save_response(sheet=sheet, item=item, content=content, revision=0, by=None)


def next_version(**changes):
    return actions.load_instrument(
        instrument=replace(rounds.small_instrument(), version="2.0", **changes), by=None
    )


def test_it_counts_as_answered_only_once_confirmed(team, last, signed_in):
    sheet = rounds.sheet_of(team.organisation)
    page = f"/sheets/{sheet.pk}/money/"
    shown = signed_in(team.officer).get(page).content.decode()
    assert 'data-confirm="yes,no,,"' in shown
    assert "<span data-done-text>0</span>" in shown
    assert save(sheet, LAST).made == CARRIED
    assert "<span data-done-text>1</span>" in signed_in(team.officer).get(page).content.decode()


def test_only_what_was_agreed_can_be_confirmed(team, last):
    sheet = rounds.sheet_of(team.organisation)
    with pytest.raises(ValidationError, match="not what was agreed last time"):
        save(sheet, ["yes", "yes", "", ""])


def test_without_a_last_round_nothing_is_confirmed(team):
    with pytest.raises(ValidationError, match="Nothing was agreed last time"):
        save(rounds.sheet_of(team.organisation), LAST)


def test_a_new_version_carries_mapped_items_and_lists_the_rest(team, last, signed_in):
    money, advice = rounds.small_instrument().themes
    first, second, *others = money.items
    reworded = replace(second, statements=("Other words.", *second.statements[1:]))
    renamed = replace(first, code="money.item_9", title="Money item nine")
    themes = (replace(money, items=(renamed, reworded, *others[:1])), advice)
    version = next_version(themes=themes, renamed=(Renamed("money.item_9", ITEM),))
    sheet = rounds.sheet_of(team.organisation, instrument_version=version)
    found, answers = queries.last_time(sheet.round)
    assert found == last
    assert list(answers["money.item_9"].answers) == LAST
    assert [item.code for item in queries.no_longer_asked(last, sheet.round)] == ["money.item_4"]
    page = signed_in(team.officer).get(f"/sheets/{sheet.pk}/").content.decode()
    assert "is not asked any more" in page
    assert "Money item 4" in page
    with pytest.raises(ValidationError, match="Nothing was agreed last time"):
        save(sheet, LAST, item="money.item_2")
    assert save(sheet, LAST, item="money.item_3").made == CARRIED
