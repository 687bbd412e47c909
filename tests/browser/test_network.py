"""The names in the drawing of a network: legible on a narrow screen, the same at each visit."""

from datetime import date

import pytest

from clusters import actions
from tests.factories.clusters import ClusterFactory, agent

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = """() => [...document.querySelectorAll("#network .textpoint text")]
    .filter((name) => name.style.visibility === "visible")
    .map((name) => ({ name: name.textContent, ...name.getBoundingClientRect().toJSON() }))"""


def test_no_two_names_lie_over_one_another_and_the_busiest_has_its_own(visit):
    cluster = ClusterFactory()
    survey = actions.add_linkage_survey(
        cluster=cluster, title="Survey", date=date(2024, 5, 1), source="Visits", by=None
    )
    names = [f"Workshop and sawmill of the upper valley {n}" for n in range(12)]
    actors = "\n".join(["name,kind", *(f"{name},core" for name in names)])
    actions.enter_actors(survey=survey, table=actors.encode(), by=None)
    pairs = [(0, n) for n in range(1, 12)] + [(n, n + 1) for n in range(1, 6)]
    ties = "\n".join(["source,target,kind", *(f"{names[a]},{names[b]},trade" for a, b in pairs)])
    actions.enter_ties(survey=survey, table=ties.encode(), by=None)
    page = visit(agent(cluster), viewport={"width": 360, "height": 800})
    shown = []
    for _visit in range(2):
        page.goto(survey.get_absolute_url())
        page.wait_for_selector("#network .textpoint text")
        shown.append(page.evaluate(NAMES))
    assert shown[0] == shown[1]
    told = shown[0]
    assert "Workshop and sawmil…" in [one["name"] for one in told]
    for at, one in enumerate(told):
        assert one["left"] >= 0
        assert one["right"] <= 360
        for other in told[at + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
