"""Reports made from answers, through scoring and snapshot, without workers."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from diagnostics import actions
from reports.models import ReportVersion
from tests.factories import rounds

Answers = Sequence[str] | Mapping[str, Sequence[str]]


@pytest.fixture
def report_on(team, run_jobs) -> Callable[..., ReportVersion]:
    """The report on a round with one sheet: the same answers to every item, or those named."""

    def make(answers: Answers, *, not_applicable: Sequence[str] = (), **fields) -> ReportVersion:
        sheet = rounds.sheet_of(team.organisation, **fields)
        rounds.fill(sheet, answers, by=team.officer)
        for item in not_applicable:
            rounds.answer(sheet, item, status="not_applicable", reason="There is none.")
        actions.submit_sheet(sheet=sheet, by=team.officer)
        rounds.close(sheet.round, by=team.coordinator)
        run_jobs()
        return ReportVersion.objects.get(round=sheet.round)

    return make


MIXED = {
    "money.item_1": ["yes", "yes", "no"],
    "money.item_2": ["yes", "partly"],
    "money.item_3": ["no", "yes"],
    "money.item_4": ["yes", "unknown"],
    **{f"advice.item_{n}": ["yes"] * 4 for n in (1, 2, 3, 4)},
}
