"""Instruments of three and of seven levels go the same way as those of five."""

import pytest
from django.core.exceptions import ValidationError

from diagnostics import actions
from diagnostics.actions.responses import Content
from reports.models import ReportVersion
from tests.factories import rounds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("levels", [3, 7])
def test_a_round_is_filled_scored_and_reported(team, signed_in, run_jobs, levels):
    version = rounds.version(code=f"of-{levels}", levels=levels)
    sheet = rounds.sheet_of(team.organisation, instrument_version=version)
    client = signed_in(team.officer)
    page = client.get(f"/sheets/{sheet.pk}/money/").content.decode()
    assert page.count('id="money-item_1-rung-') == levels
    answers = ["yes"] * (levels - 2) + ["no"]
    for response in sheet.responses.select_related("item"):
        answer = client.put(
            f"/api/sheets/{sheet.pk}/items/{response.item.code}/",
            {"revision": 0, "status": "answered", "answers": answers,
             "made": ["single"] * (levels - 1)},
            content_type="application/json",
        )  # fmt: skip
        assert (answer.status_code, answer.json()["level"]) == (200, levels - 1)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(sheet.round, by=team.coordinator)
    run_jobs()
    report = ReportVersion.objects.get()
    money = report.snapshot["result"]["themes"][0]
    assert (money["stage"], list(money["coverage"])) == (
        levels - 1, [str(level) for level in range(2, levels + 1)],
    )  # fmt: skip
    shown = client.get(report.get_absolute_url()).content.decode()
    assert f"Money:</a> stage {levels - 1}; stage {levels} needs" in shown


@pytest.mark.parametrize(("levels", "answers"), [(3, 4), (7, 4), (7, 7)])
def test_an_answer_for_another_number_of_levels_is_refused(team, levels, answers):
    version = rounds.version(code=f"of-{levels}", levels=levels)
    sheet = rounds.sheet_of(team.organisation, instrument_version=version)
    content = Content(["yes"] * answers, ["single"] * answers)
    with pytest.raises(ValidationError, match=f"each of the {levels - 1} statements"):
        actions.save_response(
            sheet=sheet, item="money.item_1", content=content, revision=0, by=None
        )
