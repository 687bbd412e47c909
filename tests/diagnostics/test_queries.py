"""Who sees and fills which sheets."""

import pytest

from accounts.models import User
from clusters.models import Cluster, ClusterMembership
from countries.models import Country
from diagnostics import actions, queries
from diagnostics.models import Round, Sheet
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(team):
    """Another organisation of the country."""
    return people.OrganisationFactory(country=team.country)


@pytest.fixture
def collecting(team, other) -> Round:
    return rounds.RoundFactory(
        country=team.country,
        sheets=[(team.organisation, "government", ["money"]), (other, "private", ["advice"])],
    )


def of(round: Round, panel: str) -> Sheet:
    return round.sheets.get(panel=panel)


def filled(user: User) -> set[Sheet]:
    return set(queries.sheets_filled_by(user))


def seen(user: User) -> set[Sheet]:
    return set(queries.sheets_visible_to(user))


def test_raters_fill_and_see_only_the_sheet_of_their_organisation(team, other, collecting):
    ours, theirs = of(collecting, "government"), of(collecting, "private")
    assert filled(team.officer) == filled(team.colleague) == seen(team.officer) == {ours}
    rater = people.assessor(other)
    assert filled(rater) == seen(rater) == {theirs}


def test_a_coordinator_sees_every_sheet_of_the_country_and_fills_none(team, collecting):
    assert filled(team.coordinator) == set()
    assert seen(team.coordinator) == set(collecting.sheets.all())


@pytest.mark.parametrize("who", ["donor", "administrator", "stranger"])
def test_others_see_no_sheet(team, collecting, who):
    assert filled(getattr(team, who)) == seen(getattr(team, who)) == set()


def test_a_coordinator_of_another_country_sees_nothing(team, collecting):
    abroad = people.coordinator(Country.objects.get(code="VNM"))
    assert seen(abroad) == set()
    assert set(queries.rounds_visible_to(abroad)) == set()


def test_an_officer_whose_role_is_for_another_country_fills_nothing_here(team, collecting):
    abroad = people.member(people.Officer, team.organisation, Country.objects.get(code="VNM"))
    assert filled(abroad) == set()


def test_an_officer_for_all_countries_fills_the_sheets_of_the_organisation(team):
    worldwide = people.OrganisationFactory(country=None)
    officer = people.MembershipFactory(organisation=worldwide, country=None).user
    made = rounds.RoundFactory(country=team.country, sheets=[(worldwide, "independent", ["money"])])
    assert filled(officer) == set(made.sheets.all())


def test_who_left_the_organisation_fills_nothing(team, collecting):
    team.officer.memberships.all().delete()
    assert filled(team.officer) == seen(team.officer) == set()


def test_a_planned_round_is_not_filled_yet_but_coordinated(team):
    planned = rounds.RoundFactory(
        country=team.country, opened=False, sheets=[(team.organisation, "government", ["money"])]
    )
    assert filled(team.officer) == seen(team.officer) == set()
    assert seen(team.coordinator) == set(planned.sheets.all())


def test_nobody_sees_the_agreed_sheet_among_the_raters(team):
    closed = rounds.closed_round(team.country)
    assert closed.sheets.filter(panel="agreed").exists()
    assert {sheet.panel for sheet in seen(team.coordinator)} == {"government"}


def test_a_coordinator_runs_the_rounds_of_the_country_a_donor_reads_them(team, collecting):
    assert set(queries.rounds_run_by(team.coordinator)) == {collecting}
    assert set(queries.rounds_visible_to(team.donor)) == {collecting}
    assert set(queries.rounds_run_by(team.donor)) == set()
    assert set(queries.rounds_visible_to(team.administrator)) == set()


class TestClusters:
    @pytest.fixture
    def cluster(self, team) -> Cluster:
        return Cluster.objects.create(country=team.country, name="Weavers")

    @pytest.fixture
    def about_it(self, team, other, cluster) -> Round:
        return rounds.RoundFactory(
            country=team.country,
            cluster=cluster,
            instrument_version=rounds.version(code="for-clusters", subject="cluster"),
            sheets=[(other, "private", ["money"])],
        )

    def agent(self, cluster: Cluster, organisation) -> User:
        user = people.UserFactory()
        ClusterMembership.objects.create(
            user=user, role="cluster_agent", organisation=organisation, cluster=cluster
        )
        return user

    def test_an_agent_fills_the_organisations_sheet_of_that_cluster(self, cluster, about_it, other):
        agent = self.agent(cluster, other)
        assert filled(agent) == seen(agent) == set(about_it.sheets.all())
        assert set(queries.rounds_visible_to(agent)) == {about_it}

    def test_an_agent_has_no_part_in_the_countrys_rounds(
        self, cluster, about_it, other, collecting
    ):
        agent = self.agent(cluster, other)
        assert of(collecting, "private") not in filled(agent)
        assert collecting not in queries.rounds_visible_to(agent)

    def test_an_agent_of_another_cluster_sees_nothing(self, team, about_it, other):
        elsewhere = Cluster.objects.create(country=team.country, name="Potters")
        agent = self.agent(elsewhere, other)
        assert seen(agent) == set()
        assert set(queries.rounds_visible_to(agent)) == set()

    def test_an_agent_of_another_organisation_sees_the_round_and_no_sheet(
        self, team, cluster, about_it
    ):
        agent = self.agent(cluster, team.organisation)
        assert seen(agent) == set()
        assert set(queries.rounds_visible_to(agent)) == {about_it}


def test_counts_tell_how_many_items_are_touched(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, "money.item_1", "yes")
    rounds.answer(sheet, "money.item_1", "no")
    rounds.answer(sheet, "advice.item_1", "unknown")
    (counted,) = queries.with_counts(queries.sheets_filled_by(team.officer))
    assert (counted.items, counted.begun) == (8, 2)


def test_what_scoring_takes_says_the_same_as_the_sheet(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, "money.item_1", "yes", "partly", by=team.officer)
    rounds.answer(sheet, "money.item_2", status="not_applicable", reason="There is none.")
    (plain,) = queries.plain_sheets([sheet])
    assert (plain.name, plain.panel, plain.themes) == (
        str(sheet.pk), "government", ("money", "advice"),
    )  # fmt: skip
    assert list(plain.responses["money.item_1"].answers) == ["yes", "partly", "", ""]
    assert plain.responses["money.item_2"].status == "not_applicable"


def test_the_agreed_sheet_is_called_so_for_scoring(team):
    closed = rounds.closed_round(team.country)
    names = {sheet.panel: sheet.name for sheet in queries.plain_sheets(closed.sheets.all())}
    assert names["agreed"] == "agreed"
    assert names["government"] != "agreed"


class TestLastTime:
    def round_of(self, team, year: int, **fields) -> Round:
        made = rounds.RoundFactory(country=team.country, **fields)
        made.period_start, made.period_end = f"{year}-01-01", f"{year}-12-31"
        made.save()
        made.refresh_from_db()
        return made

    def close(self, made: Round, *answers: str) -> Round:
        (sheet,) = made.sheets.all()
        rounds.fill(sheet, answers)
        actions.submit_sheet(sheet=sheet, by=None)
        rounds.close(made, by=None)
        return made

    def test_the_newest_earlier_closed_round_is_the_last_one(self, team):
        self.close(self.round_of(team, 2021), "no")
        newest = self.close(self.round_of(team, 2022), "yes", "no")
        self.round_of(team, 2023)  # still open
        self.close(self.round_of(team, 2025), "yes", "yes", "yes", "yes")  # later
        last, answers = queries.last_time(self.round_of(team, 2024))
        assert last == newest
        assert list(answers["money.item_1"].answers) == ["yes", "no", "", ""]

    def test_there_may_be_no_last_round(self, team):
        assert queries.last_time(self.round_of(team, 2024)) == (None, {})

    def test_an_invented_round_never_stands_beside_a_real_one(self, team):
        self.close(self.round_of(team, 2022, provenance="fictional", label="practice"), "yes")
        assert queries.last_time(self.round_of(team, 2024)) == (None, {})
