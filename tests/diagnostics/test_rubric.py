"""The page that tells instrument editors whether the statements form a ladder."""

import pytest
from django.urls import reverse

from diagnostics import actions
from diagnostics.rubric import soundness
from tests.factories import rounds

pytestmark = pytest.mark.django_db


def test_only_submitted_sheets_of_one_provenance_count(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, ["yes", "yes", "no", "no"])
    version = sheet.round.instrument_version
    assert soundness(version, provenance="assessment")[0].scale.rows == 0
    actions.submit_sheet(sheet=sheet, by=None)
    money = soundness(version, provenance="assessment")[0]
    assert (money.scale.rows, money.scale.errors, money.scale.reproducibility) == (4, 0, 1.0)
    assert soundness(version, provenance="fictional")[0].scale.rows == 0


def test_a_yes_above_a_no_is_counted_at_its_item(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.fill(sheet, ["yes", "no", "no", "no"])
    rounds.answer(sheet, "money.item_2", "no", "yes", "no", "no")
    actions.submit_sheet(sheet=sheet, by=None)
    money = soundness(sheet.round.instrument_version, provenance="assessment")[0]
    assert [(rate.level, rate.out_of_order) for rate in money.items[1].out_of_order] == [(3, 1)]
    assert money.scale.errors == 2


def test_the_page_is_for_administrators(team, signed_in):
    version = rounds.version()
    url = reverse("diagnostics:soundness", args=[version.code, version.version])
    page = signed_in(team.administrator).get(url)
    assert "No item was answered statement by statement." in page.content.decode()
    assert signed_in(team.administrator).get(f"{url}?of=nonsense").status_code == 404
    assert signed_in(team.coordinator).get(url).status_code == 403
