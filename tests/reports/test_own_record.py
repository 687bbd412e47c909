"""A person takes away what is kept about them, and nothing of others."""

import pytest
from django.urls import reverse

from tests.factories import rounds

pytestmark = pytest.mark.django_db


def test_it_holds_what_carries_the_persons_name_and_nothing_else(team, signed_in):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, "money.item_1", "yes", comment="Mine.", by=team.officer)
    rounds.answer(sheet, "money.item_2", "no", comment="Theirs.", by=team.colleague)
    answer = signed_in(team.officer).get(reverse("reports:own_record"))
    kept = answer.json()
    assert kept["person"]["email"] == team.officer.email
    assert [one["role"] for one in kept["memberships"]] == ["officer"]
    assert [(one["item"], one["said"]["comment"]) for one in kept["answers"]] == [
        ("money.item_1", "Mine.")
    ]
    assert "Theirs." not in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
