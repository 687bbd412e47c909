"""The check after the load sees every way in which an answer can be lost."""

import pytest

from diagnostics.models import Response
from tests.bench import saves
from tests.bench.load import Told
from tests.factories import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers():
    return saves.seated(1, 2)


@pytest.fixture
def told(officers) -> list[Told]:
    """Two revisions of one answer, saved and told."""
    path = next(iter(officers[0].revisions))
    response = Response.objects.get(revision=0, item__code=path.rstrip("/").rsplit("/", 1)[-1],
                                    sheet__panel="government")  # fmt: skip
    for comment in ("First.", "Second."):
        rounds.answer(response.sheet, response.item.code, "yes", comment=comment)
    return [Told(path, 1, "First."), Told(path, 2, "Second.")]


def test_what_was_told_and_is_stored_is_no_fault(officers, told):
    assert saves.lost(told, officers) == []


def test_an_answer_told_and_not_stored_is_lost(officers, told):
    missing = Told(told[0].path, 3, "Third.")
    (fault,) = saves.lost([*told, missing], officers)
    assert "told 'Third.', stored None" in fault


def test_an_answer_stored_and_never_told_is_a_fault(officers, told):
    (fault,) = saves.lost(told[1:], officers)
    assert "told None, stored 'First.'" in fault


def test_a_revision_told_to_two_officers_is_a_lost_update(officers, told):
    faults = saves.lost([*told, Told(told[0].path, 2, "Mine.")], officers)
    assert any("told to two officers" in fault for fault in faults)


def test_a_state_that_is_not_the_newest_revision_is_a_fault(officers, told):
    Response.objects.filter(revision=2).update(comment="Written over.")
    (fault,) = saves.lost(told, officers)
    assert "not its newest revision" in fault


def test_what_was_sent_without_an_answer_may_be_stored_but_nothing_else(officers, told):
    unanswered = [Told(told[0].path, 1, "First."), Told(told[0].path, 3, "Third.")]
    assert saves.lost(told[1:], officers, unanswered) == []
    (fault,) = saves.lost(told[1:], officers, [Told(told[0].path, 1, "Else.")])
    assert "told None, stored 'First.'" in fault
