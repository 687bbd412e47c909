"""The tables of steps: complete, followed, and printed in docs/lives.md."""

from pathlib import Path

import pytest
from django.conf import settings

from diagnostics import lives
from diagnostics.models import Plan, Round, Sheet
from diagnostics.views import STEPS


def test_the_document_prints_the_tables_as_they_are():
    assert lives.as_markdown() in Path(settings.BASE_DIR, "docs/lives.md").read_text()


@pytest.mark.parametrize(
    ("steps", "kind"), [(lives.ROUND, Round), (lives.SHEET, Sheet), (lives.PLAN, Plan)]
)
def test_every_state_is_reached_and_each_step_says_how_it_is_undone(steps, kind):
    first = kind._meta.get_field("state").default
    assert {step.end for step in steps.values()} | {first} == set(kind.State.values)
    assert all(step.undone and step.who and step.checks and step.told for step in steps.values())


def test_every_step_of_a_round_can_be_taken_on_its_page_but_reopening_an_item():
    assert set(STEPS) == set(lives.ROUND) - {"reopen"}
