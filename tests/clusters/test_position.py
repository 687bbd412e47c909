"""The position of a cluster and of a country's firms: the rules, their marks and the pages."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from activity.queries import told
from clusters import actions, position
from clusters.models import CapabilityAnswers, SizeStructure
from clusters.position import Mode, Path, Quadrant, Strategy, Structure
from clusters.positions import standing
from clusters.positions.history import history
from countries.actions import place_in_group
from countries.models import Country, GroupMember, Industry
from countries.references import documents
from tests.factories.clusters import ClusterFactory, agent

ALL = [*position.PRODUCT_MARKS, *position.PROCESS_MARKS]
ANSWERS = st.fixed_dictionaries({mark: st.sampled_from(["yes", "no", "unknown"]) for mark in ALL})
SHARES = {"year": "2005", "coverage": "Manufacturing", "small": "45", "medium": "15",
          "large": "40", "source": "A survey"}  # fmt: skip


@pytest.mark.parametrize(
    ("product", "process", "mode", "strategy"),
    [
        ("yes", "yes", Mode.FAST_FOLLOWER, Strategy.CLUSTER),
        ("no", "yes", Mode.PROCESS_PIONEER, Strategy.NICHE),
        ("yes", "no", Mode.PRODUCT_PIONEER, Strategy.NICHE),
        ("no", "no", Mode.APPLICATIONS, Strategy.FREE_RIDING),
    ],
)
def test_figure_1_of_the_discussion_paper(product, process, mode, strategy):
    answers = dict.fromkeys(position.PRODUCT_MARKS, product)
    answers |= dict.fromkeys(position.PROCESS_MARKS, process)
    at = position.position(answers, None)
    assert (at.mode, at.strategy) == (mode, strategy)
    assert at.quadrant is None
    assert at.paths == ()


def test_three_statements_of_four_are_high_and_two_false_are_low():
    a, b, c, d = position.PRODUCT_MARKS

    def level(*yes, no=()):
        answers = dict.fromkeys(yes, "yes") | dict.fromkeys(no, "no")
        return position.capability(answers, position.PRODUCT_MARKS)

    assert level(a, b, c) is True
    assert level(a, b, no=[c, d]) is False
    assert level(a, b, no=[c]) is None
    assert level() is None


@given(ANSWERS, st.sampled_from(ALL))
def test_finding_out_never_turns_a_known_level(answers, mark):
    before = position.position(answers | {mark: "unknown"}, 30.0)
    for answer in ("yes", "no"):
        after = position.position(answers | {mark: answer}, 30.0)
        for side in ("product", "process"):
            assert getattr(before, side) in (None, getattr(after, side))


def test_exports_are_high_from_the_mark_on():
    assert position.exporting(25.0) is True
    assert position.exporting(24.9) is False
    assert position.exporting(None) is None


def test_the_paths_of_figure_6():
    low, high = dict.fromkeys(ALL, "no"), dict.fromkeys(ALL, "yes")
    at = position.position(low, 0.0)
    assert at.quadrant == Quadrant.LOW_DOMESTIC
    assert at.paths == (Path.SUPPLY_LARGE, Path.EXPORT_THROUGH_TRADERS)
    assert position.position(high, 0.0).paths == (Path.EXPORT_THROUGH_LARGE,)
    assert position.position(low, 60.0).paths == (Path.UPGRADE_FOR_BUYERS,)
    assert position.position(high, 60.0).paths == ()
    assert position.position(high, 60.0).globalised is True


@pytest.mark.parametrize(
    ("shares", "pattern"),
    [
        ((45, 15, 40), Structure.MISSING_MIDDLE),
        ((40, 10, 55 - 5), Structure.MISSING_MIDDLE),
        ((25, 22, 53), Structure.DOMINANT_LARGE),
        ((8, 5, 87), Structure.DOMINANT_LARGE),  # most work in large firms; few small ones below
        ((30, 35, 35), Structure.BALANCED),
        ((70, 20, 10), Structure.MOSTLY_SMALL),
        ((40, 30, 30), Structure.BALANCED),
        ((40, 20, 40), Structure.MISSING_MIDDLE),
        ((33.3, 33.3, 33.3), Structure.BALANCED),  # printed rounded
    ],
)
def test_patterns_of_size(shares, pattern):
    assert position.size_structure(*shares) == pattern


@pytest.mark.parametrize("shares", [(50, 50, 50), (-1, 51, 50), (float("nan"), 50, 50)])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(ValueError, match=r"shares sum to|outside 0 to 100"):
        position.size_structure(*shares)


def test_heavy_industry_first_is_warned_of_where_income_is_low():
    assert position.against_advantage(True, "29") is True
    assert position.against_advantage(False, "29") is False
    assert position.against_advantage(True, "2930") is True  # parts of motor vehicles
    assert position.against_advantage(True, "14") is False  # garments
    assert position.against_advantage(True, "2822") is False  # machine tools
    assert position.against_advantage(None, "29") is None
    assert position.against_advantage(True, "C") is None


@pytest.mark.django_db
def test_the_share_exported_is_the_newest_entered_else_computed():
    cluster = ClusterFactory()
    cluster.figures.create(measure="exports", value=30, unit="USD m", year=2020, source="Customs")
    cluster.figures.create(measure="output", value=60, unit="EUR m", year=2020, source="Survey")
    assert standing.Standing(cluster).exported is None  # not in one unit
    cluster.figures.create(measure="output", value=120, unit="USD m", year=2020, source="Survey")
    assert standing.Standing(cluster).exported == standing.Exported(25.0, 2020, "Customs; Survey")
    cluster.figures.create(measure="export_share", value=40, unit="%", year=2021, source="Visits")
    assert standing.Standing(cluster).exported.share == 40


@pytest.mark.parametrize(
    ("division", "group", "lacks"),
    [("29", "", "no income group of the country is loaded"),
     ("", "LIC", "the entry names no division of ISIC"),
     ("31", "", ""), ("29", "LMC", "")],
)  # fmt: skip
def test_what_is_lacking_to_judge_the_industry_is_told(division, group, lacks, team, signed_in):
    industry = Industry.objects.create(code=division, title="A division") if division else None
    cluster = ClusterFactory(country=team.country, industry=industry)
    if group:
        Country.areas.create(code=group, kind="aggregate", grouping="income", name="A group")
        place_in_group(country=team.country.pk, group=group, source="World Bank, 2024")
    page = signed_in(team.officer).get(f"/clusters/{cluster.pk}/position/").content.decode()
    assert ("cannot be judged" in page) == bool(lacks)
    assert lacks in page
    assert "goes against what a low-income country is good at" not in page


def test_the_page_shows_the_place_and_warns(team, signed_in):
    cluster = ClusterFactory(
        country=team.country, industry=Industry.objects.create(code="29", title="Motor vehicles")
    )
    group = Country.areas.create(code="LIC", kind="aggregate", grouping="income", name="Low income")
    GroupMember.objects.create(group=group, country=team.country, source="World Bank, 2024")
    client = signed_in(team.coordinator)
    address = f"/clusters/{cluster.pk}/position/"
    assert "Capability: not known yet" in client.get(address).content.decode()
    filled = dict.fromkeys(position.PRODUCT_MARKS, "no") | dict.fromkeys(
        position.PROCESS_MARKS, "yes"
    )
    client.post(address, filled | {"year": "2024", "source": "Visits"})
    page = client.get(address).content.decode()
    assert "Capability: pioneer in processes" in page
    assert "goes against what a low-income country is good at" in page
    assert "after Yang et al. 2006, figure 1" in page
    assert "ADBI 2007, lecture 7, choice of appropriate industry" in page
    assert "Tracy Yang, Jamus Jerome Lim and Toshiki Kanamori (2006)." in page
    assert not [code for code in documents() if code in page]
    assert any("2024: Visits" in words for _event, words in told(cluster.topic))


def test_bad_answers_come_back_in_words_and_nothing_is_kept(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    client = signed_in(agent(cluster))
    answer = client.post(f"/clusters/{cluster.pk}/position/", {"year": "20x4", "own_name": "maybe"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "maybe is not one of the available choices" in page
    assert "Enter a whole number" in page
    assert not CapabilityAnswers.objects.exists()
    with pytest.raises(ValidationError, match="no answer perhaps"):
        actions.answer_capability(
            cluster=cluster, answers={"own_name": "perhaps"}, year=2024, source="S", by=None
        )


def test_shares_are_entered_with_a_pattern_refused_and_removed(team, signed_in):
    client = signed_in(team.coordinator)
    address = f"/countries/{team.country.pk}/size-structure/"
    page = client.post(address, SHARES | {"large": "60"}).content.decode()
    assert "The three shares sum to 120 percent; expected 100, within one point." in page
    assert (
        "A share is between 0 and 100"
        in client.post(address, SHARES | {"small": "-45"}).content.decode()
    )
    client.post(address, SHARES)
    page = client.get(address).content.decode()
    assert "2005: missing middle" in page
    assert "Sato, figure 2 and the inclusive pathway" in page
    assert not [code for code in documents() if code in page]
    again = client.post(address, SHARES).content.decode()
    assert "There are shares of this for this year already." in again
    again = client.post(address, SHARES | {"coverage": "MANUFACTURING"}).content.decode()
    assert "There are shares of this for this year already." in again
    table = client.get(f"/countries/{team.country.pk}/size-structure.csv").content.decode()
    assert "2005,Manufacturing,45.0,15.0,40.0,missing_middle,A survey" in table
    entry = SizeStructure.objects.get()
    client.post(f"{address}{entry.pk}/remove/")
    assert not SizeStructure.objects.exists()


@pytest.mark.django_db
def test_a_share_of_more_than_all_is_refused():
    with pytest.raises(ValidationError, match="expected at most 100"):
        actions.add_figure(
            cluster=ClusterFactory(), measure="export_share", value=Decimal(140), unit="%",
            year=2020, source="S", by=None,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "value", "unit", "said"),
    [("export_share", "40", "USD", "expected “%”, not “USD”"),
     ("firms", "3.7", "firms", "expected a whole number, not 3.7"),
     ("firms", "3", "USD m", "such as “firms”, not “USD m”"),
     ("employment", "3", "percent", "such as “firms”, not “percent”"),
     ("exports", "30", "% of output", "as the share of output exported"),
     ("output", "30", "%", "percent of what")],
)  # fmt: skip
def test_a_figure_of_another_kind_or_unit_is_refused(team, signed_in, measure, value, unit, said):
    cluster = ClusterFactory(country=team.country)
    figure = {"measure": measure, "value": value, "unit": unit, "year": "2020", "source": "S"}
    with pytest.raises(ValidationError, match=re.escape(said)):
        actions.add_figure(cluster=cluster, by=None, **figure | {"value": Decimal(value)})
    at = f"/clusters/{cluster.pk}/figures/"
    assert said in signed_in(team.coordinator).post(at, figure).content.decode()
    assert not cluster.figures.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("measure", "value", "unit"),
    [("export_share", "12.5", "%"), ("firms", "60", "SME workshops"), ("exports", "3.5", "USD m"),
     ("output", "20", "percent of the world's market")],
)  # fmt: skip
def test_a_figure_of_its_kind_and_unit_is_kept(measure, value, unit):
    actions.add_figure(cluster=ClusterFactory(), measure=measure, value=Decimal(value), unit=unit,
                       year=2020, source="S", by=None)  # fmt: skip


@pytest.mark.django_db
def test_figure_6_shows_the_place_and_every_way_on():
    cluster = ClusterFactory()
    actions.answer_capability(
        cluster=cluster, answers=dict.fromkeys(ALL, "no"), year=2024, source="Visits", by=None
    )
    cluster.figures.create(measure="export_share", value=40, unit="%", year=2024, source="Visits")
    (_name, above), (_home, below) = standing.Standing(cluster).places
    assert [place.here for place in (*above, *below)] == [True, False, False, False]
    assert [len(place.ways) for place in (*above, *below)] == [1, 0, 2, 1]
    assert "Export through traders" in str(below[0].ways[1])


@pytest.mark.django_db
def test_a_share_kept_in_another_unit_makes_no_position():
    cluster = ClusterFactory()
    cluster.figures.create(measure="export_share", value=40, unit="USD", year=2021, source="Old")
    assert standing.Standing(cluster).exported is None


@pytest.mark.django_db
def test_every_dated_position_is_kept_and_the_page_says_how_it_moved(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    low, high = dict.fromkeys(ALL, "no"), dict.fromkeys(ALL, "yes")
    making = low | dict.fromkeys(position.PROCESS_MARKS, "yes")
    for year, answers, source in (
        (2024, making, "Visits"), (2019, low, "A survey"), (2024, high, "Visits again"),
    ):  # fmt: skip
        actions.answer_capability(
            cluster=cluster, answers=answers, year=year, source=source, by=team.coordinator
        )
    cluster.figures.create(measure="export_share", value=5, unit="%", year=2018, source="Customs")
    cluster.figures.create(measure="export_share", value=40, unit="%", year=2022, source="Customs")
    cluster.figures.create(measure="output", value=4, unit="USD m", year=2023, source="A survey")
    found = history(cluster)
    told = [(one.year, one.at.mode, one.at.exports, one.source, one.stands) for one in found]
    assert told == [
        (2024, Mode.FAST_FOLLOWER, True, "Visits again", True),
        (2024, Mode.PROCESS_PIONEER, True, "Visits", False),
        (2022, Mode.APPLICATIONS, True, "Customs", True),
        (2019, Mode.APPLICATIONS, False, "A survey", True),
        (2018, None, False, "Customs", True),
    ]
    assert standing.Standing(cluster).at == found[0].at
    keeper = signed_in(team.coordinator)
    page = keeper.get(f"/clusters/{cluster.pk}/position/").content.decode()
    assert "How it moved: specialist in applications (2019) → fast follower (2024)" in page
    assert "Visits (replaced)" in page
    name = str(team.coordinator)
    table = f"/clusters/{cluster.pk}/position.csv"
    assert name in keeper.get(table).content.decode()
    program = keeper.get(f"/api/clusters/{cluster.pk}/position/").json()["history"]
    assert [one["stands"] for one in program] == [True, False, True, True, True]
    assert program[0]["entered_by"] == name
    stranger = signed_in(team.stranger)
    for address in (table, f"/api/clusters/{cluster.pk}/position/", f"{table[:-4]}/"):
        said = stranger.get(address).content.decode()
        assert "A survey" in said
        assert name not in said.replace(str(team.stranger), "")
    dated = stranger.get(f"/api/clusters/{cluster.pk}/position/").json()["history"]
    assert {one["entered_by"] for one in dated} == {""}


def test_answers_entered_wrongly_are_taken_out_and_the_newest_that_remain_stand(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    for year, answer in ((2021, "yes"), (2023, "no"), (2023, "yes")):
        actions.answer_capability(
            cluster=cluster, answers=dict.fromkeys(ALL, answer), year=year, source=f"Said {answer}",
            by=None,
        )  # fmt: skip
    cluster.figures.create(measure="export_share", value=5, unit="%", year=2018, source="Customs")
    (wrong, other, first, exports) = history(cluster)
    at = f"/clusters/{cluster.pk}/position/"
    keeper = signed_in(agent(cluster))
    page = keeper.get(at).content.decode()
    assert f"{at}{wrong.answers.pk}/remove/" in page
    assert page.count("/remove/") == 3  # exports are taken out among the figures
    assert exports.answers is None
    assert "/remove/" not in signed_in(team.officer).get(at).content.decode()
    page = keeper.post(f"{at}{wrong.answers.pk}/remove/", follow=True).content.decode()
    assert "The position of 2023 is removed; the record keeps what was said." in page
    assert "Capability: specialist in applications" in page
    assert "(replaced)" not in page
    event, words = told(cluster.topic)[0]
    assert words.endswith("was said to be capable of, 2023: Said yes.")
    assert event.facts["answers"] == dict.fromkeys(ALL, "yes")
    program = f"/api/clusters/{cluster.pk}/position/"
    ids = [one["id"] for one in keeper.get(program).json()["history"]]
    assert ids == [other.answers.pk, first.answers.pk, None]
    for status in (204, 404):
        answer = keeper.post(f"{program}{ids[0]}/remove/", content_type="application/json")
        assert answer.status_code == status
    said = keeper.get(program).json()
    assert (said["year"], said["mode"]) == (2021, "fast_follower")
    elsewhere = ClusterFactory(country=team.country)
    coordinator = signed_in(team.coordinator)
    for away in (f"/clusters/{elsewhere.pk}/position/", f"/api/clusters/{elsewhere.pk}/position/"):
        answer = coordinator.post(f"{away}{ids[1]}/remove/", content_type="application/json")
        assert answer.status_code == 404
    assert CapabilityAnswers.objects.get().pk == ids[1]


@pytest.mark.django_db
def test_a_cluster_of_which_nothing_was_entered_has_no_history(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    page = signed_in(team.stranger).get(f"/clusters/{cluster.pk}/position/").content.decode()
    assert "Positions over the years" not in page
    assert signed_in(team.stranger).get(f"/clusters/{cluster.pk}/position.csv").status_code == 200
