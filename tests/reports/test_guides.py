"""What somebody new does first: each role's steps on the home page, until put away."""

import pytest
from django.urls import reverse

from accounts.roles import CLUSTER_ROLES, COUNTRY_ROLES, FIRM_ROLES
from reports.guides import STEPS, first_steps

pytestmark = pytest.mark.django_db


def test_every_role_has_three_steps_whose_pages_exist():
    roles = (*COUNTRY_ROLES, *CLUSTER_ROLES, *FIRM_ROLES)
    assert set(STEPS) == {role.code for role in roles}
    for steps in STEPS.values():
        assert len(steps) == 3
        assert all(step.url.startswith("/") for step in steps if step.page)


def test_who_holds_two_roles_reads_each_step_once(team):
    both = first_steps(team.officer, ["officer", "assessor", "donor"])
    assert both == [*STEPS["officer"], *STEPS["donor"]]


def test_the_steps_are_put_away_and_shown_again_for_this_person_only(team, signed_in):
    client = signed_in(team.officer)

    def begins(reader=client) -> bool:
        return "Where to begin" in reader.get(reverse("home")).content.decode()

    assert begins()
    client.post(reverse("accounts:guide"))
    assert not begins()
    assert begins(signed_in(team.coordinator))
    client.post(reverse("accounts:guide"), {"show": "yes"})
    assert begins()
