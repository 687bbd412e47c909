"""Where the home page and a country's page lead those who keep clusters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from clusters import actions
from clusters.studies.following import values_due
from countries.models import Country
from tests.clusters.test_studies import written
from tests.factories.clusters import ClusterFactory, agent


@pytest.fixture
def study(team):
    return actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)


def page_of(client, address="/"):
    return client.get(address).content.decode()


def test_a_coordinators_home_leads_to_the_registry_and_to_the_map(team, signed_in):
    ClusterFactory(country=team.country)
    links = [
        reverse(f"clusters:{name}", args=[team.country.pk])
        for name in ("country", "employment_tables")
    ]
    home = page_of(signed_in(team.coordinator))
    assert all(f'href="{link}"' in home for link in links)
    home = page_of(signed_in(team.officer))
    assert not any(f'href="{link}"' in home for link in links)


def test_a_countrys_page_leads_to_employment_regions_and_size_structure(team, signed_in):
    page = page_of(signed_in(team.officer), reverse("reports:country", args=[team.country.pk]))
    for name in ("country", "employment_tables", "regions", "size_structure"):
        assert f'href="{reverse(f"clusters:{name}", args=[team.country.pk])}"' in page


def test_an_agents_home_has_the_draft_with_its_next_step(study, signed_in):
    home = page_of(signed_in(agent(study.cluster)))
    assert "Diagnostic studies under way" in home
    assert f'href="{study.get_absolute_url()}"' in home
    assert "Send to review" in home


def test_values_are_due_when_a_line_has_ended_or_a_year_was_silent(
    team, study, signed_in, monkeypatch
):
    keeper = agent(study.cluster)
    written(study, signed_in(team.coordinator))
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)
    line = study.lines.get()

    def due(day: date) -> list[tuple[int, int]]:
        monkeypatch.setattr(Country, "today", lambda self, at=None: day)
        return [(one.pk, count) for one, count in values_due(keeper)]

    def tell(day: date, status: str) -> None:
        due(day)
        actions.add_reading(line=line, by=None, day=day, value=Decimal(20), status=status,
                            source="Visits")  # fmt: skip

    assert line.end - line.start < timedelta(days=365)
    assert due(line.end - timedelta(days=1)) == []
    assert due(line.end) == [(study.pk, 1)]
    assert "Values of plans that are due" in page_of(signed_in(keeper))
    assert values_due(team.officer) == []
    tell(line.end, "late")
    assert due(line.end + timedelta(days=364)) == []
    assert due(line.end + timedelta(days=365)) == [(study.pk, 1)]
    tell(line.end + timedelta(days=365), "done")
    assert due(line.end + timedelta(days=9_000)) == []
