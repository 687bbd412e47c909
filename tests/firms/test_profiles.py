"""A firm's profile, from being entered to being deleted, and who reads it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Organisation
from accounts.refusals import Refused
from accounts.roles import Officer
from activity import files
from activity.models import Event, File, Job, Notification
from clusters.models import Firm, FirmMembership
from diagnostics import actions, queries
from diagnostics.firms.actions import begin_profile, change_firm, enter_firm, leave
from diagnostics.firms.profiles import profile_of, rows
from diagnostics.models import Response, ResponseChange, Round, Scoring
from reports.country_record import tables
from reports.own_record import kept_about
from tests.factories import people, rounds
from tests.factories.clusters import ClusterFactory, agent, firm, hand_in, owner

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def cluster(team):
    return ClusterFactory(country=team.country)


def told(cluster):
    """The rows of which something is told, by code."""
    version = Round.objects.filter(firm__cluster=cluster).first().instrument_version
    return {row.code: row for row in rows(cluster, version) if row.drawn}


def test_only_the_firm_and_its_agents_read_the_profile(team, cluster):
    mine, other = firm(cluster), firm(cluster)
    own, agent_of_it = owner(mine), agent(cluster)
    elsewhere = agent(ClusterFactory(country=team.country))
    colleague = people.member(Officer, Organisation.objects.get(name=str(mine)), team.country)
    sheet = profile_of(mine)
    for reader in (own, agent_of_it):
        assert queries.sheets_visible_to(reader).filter(pk=sheet.pk).exists()
        assert queries.fills(reader, sheet)
    outside = (team.coordinator, team.officer, team.donor, team.administrator, colleague,
               elsewhere, owner(other))  # fmt: skip
    for person in outside:
        assert not queries.sheets_visible_to(person).filter(pk=sheet.pk).exists()
        assert not queries.rounds_visible_to(person).filter(pk=sheet.round_id).exists()


def test_handing_in_tells_the_agent_and_leaves_no_trace_in_the_countrys_record(
    team, cluster, signed_in
):
    mine = firm(cluster, name="Weaver & Daughters")
    own, attending = owner(mine), agent(cluster)
    sheet = profile_of(mine)
    rounds.answer(sheet, ITEM, "yes", comment="We count.", by=own)
    url = reverse("api:sheet_step", args=[sheet.pk, "submit"])
    assert signed_in(own).post(url, {}, "application/json").status_code == 200
    assert [one.kind for one in Notification.objects.filter(to=attending)] == ["firm.handed_in"]
    assert not Notification.objects.filter(to=team.coordinator).exists()
    record = json.dumps(
        [list(table.values()) for table in tables(team.country)], default=str, ensure_ascii=False
    )
    for word in ("Weaver", "We count", "firm.handed_in"):
        assert word not in record
    assert "Weaver" not in json.dumps(list(Event.objects.values_list("facts", flat=True)))
    answers = kept_about(own)["answers"]
    assert [(one["sheet"], one["item"]) for one in answers] == [("Weaver & Daughters", ITEM)]


def test_the_firm_opens_its_own_profile_again_without_a_reason(team, cluster, signed_in):
    mine = firm(cluster, answers={ITEM: ["yes"]})
    sheet = profile_of(mine)
    page = reverse("diagnostics:sheet_reopen", args=[sheet.pk])
    assert signed_in(team.coordinator).post(page).status_code == 404
    assert signed_in(owner(mine)).post(page).status_code == 302
    assert profile_of(mine).state == "reopened"


def test_the_firm_changes_its_own_entry_and_its_profile_comes_along(team, cluster, signed_in):
    mine = firm(cluster, name="Weaver", answers={ITEM: ["yes"]})
    elsewhere = firm(ClusterFactory(country=team.country), name="Weaver")
    client = signed_in(owner(mine))
    page = reverse("diagnostics:firm_change", args=[mine.pk])
    said = {"name": "Weaver & Daughters", "size": "medium", "role": "supplier"}
    assert client.post(page, said).status_code == 302
    mine.refresh_from_db()
    assert (str(mine), mine.size, mine.role) == ("Weaver & Daughters", "medium", "supplier")
    assert str(profile_of(mine).organisation) == "Weaver & Daughters"
    elsewhere.refresh_from_db()
    assert str(elsewhere) == "Weaver"  # another cluster's entry of the name is not touched
    assert "Weaver" not in json.dumps(list(Event.objects.values_list("facts", flat=True)))
    people.OrganisationFactory(country=None, name="A donor")
    taken = client.post(page, said | {"name": "A donor", "revision": 1}).content.decode()
    assert "An organisation of this name is here already and is no firm" in taken
    assert signed_in(agent(cluster)).get(page).status_code == 200
    assert signed_in(team.coordinator).get(page).status_code == 404


def test_a_renamed_firm_leaves_no_organisation_behind(cluster):
    mine = firm(cluster, name="Weaver")
    fields = {"size": "small", "role": "core", "by": None}
    change_firm(firm=mine, name="Weavers", **fields)
    assert not Organisation.objects.filter(name="Weaver").exists()
    other = firm(cluster, name="Potter")
    with pytest.raises(ValidationError, match="has a firm of this name already"):
        change_firm(firm=other, name="Weavers", **fields)
    change_firm(firm=mine, name="WEAVERS", **fields)  # its own name in other capitals


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ALDER  bench works", "has a firm of this name already"),
        ("Alder\u202eBench Works", "a character that is not seen"),
    ],
)
def test_a_firm_is_once_in_its_cluster_however_its_name_is_written(cluster, name, sentence):
    firm(cluster, name="Alder Bench Works")
    other = firm(cluster, name="Birch")
    with pytest.raises(ValidationError, match=sentence):
        firm(cluster, name=name)
    with pytest.raises(ValidationError, match=sentence):
        change_firm(firm=other, name=name, size="small", role="core", by=None)
    assert cluster.firms.count() == 2
    firm(ClusterFactory(country=cluster.country), name="ALDER bench works")


def test_by_a_newer_instrument_a_blank_profile_begins_and_the_old_one_stays(cluster, signed_in):
    mine = firm(cluster, answers={ITEM: ["yes"]})
    old = profile_of(mine)
    with pytest.raises(Refused, match="by the newest instrument already"):
        begin_profile(firm=mine, by=None)
    rounds.version(code="of-firms-2", subject="firm")
    client = signed_in(owner(mine))
    assert "Begin a new profile" in client.get(mine.get_absolute_url()).content.decode()
    made = client.post(reverse("diagnostics:firm_begin", args=[mine.pk]))
    new = profile_of(mine)
    assert made.url == new.get_absolute_url()
    assert (new.state, new.round.instrument_version.code) == ("draft", "of-firms-2")
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "Begin a new profile" not in page
    assert f'href="{old.get_absolute_url()}"' in page
    assert client.get(old.get_absolute_url()).status_code == 200


def test_five_firms_are_told_of_and_the_sixth_changes_nothing(cluster):
    for level in range(4):
        firm(cluster, answers={ITEM: [*["yes"] * level, "no"]})
    assert told(cluster) == {}
    fifth = firm(cluster, answers={ITEM: ["yes"] * 4})
    row = told(cluster)[ITEM]
    assert (row.drawn.lower, row.drawn.median, row.drawn.upper, row.firms) == (2, 3, 4, 5)
    firm(cluster, answers={ITEM: ["no"], "money.item_2": ["no"]})
    assert set(told(cluster)) == {ITEM}
    assert told(cluster)[ITEM].drawn == row.drawn
    leave(firm=fifth, by=None)
    assert told(cluster) == {}  # four of its firms are left
    firm(cluster, answers={ITEM: ["no"]})
    assert told(cluster) == {}


def test_the_firm_reads_itself_before_quartiles_in_their_order_and_the_rule_of_five(
    cluster, client
):
    mine = firm(cluster, answers={ITEM: ["yes", "no"]})
    client.force_login(owner(mine))
    page = client.get(mine.get_absolute_url())
    assert "anew only when 5 profiles in it are new, changed or gone" in page.content.decode()
    for level in range(4):
        firm(cluster, answers={ITEM: [*["yes"] * level, "no"]})
    page = client.get(mine.get_absolute_url())
    assert "anew only when 5 profiles in it are new, changed or gone" in page.content.decode()
    chart = page.context["chart"]
    assert [column.label for column in chart.columns[1:]] == [
        "the firm", "lower quartile", "median", "upper quartile", "firms counted",
    ]  # fmt: skip
    [row] = [row for row in chart.rows if row[-1] == 5]
    assert row[1:] == [2, 2, 2, 3, 5]
    band = [series.name for series in chart.series[:2]]
    assert band == ["lower quartile", "upper quartile"]


def test_a_row_is_told_by_who_answered_that_row(cluster):
    for number in range(5):
        answers = {ITEM: ["no"], "money.item_2": ["no" if number else "unknown"]}
        firm(cluster, answers=answers | ({"money.item_3": ["yes", "no"]} if number else {}))
    assert set(told(cluster)) == {ITEM}


def test_a_theme_is_told_by_its_stages_and_five_changed_profiles_draw_anew(cluster):
    whole = {
        f"{theme}.item_{n}": ["yes", "no"] for theme in ("money", "advice") for n in (1, 2, 3, 4)
    }
    firms = [firm(cluster, answers=whole) for _ in range(5)]
    before = told(cluster)["money"].drawn
    assert (before.lower, before.median, before.upper) == (2, 2, 2)
    better = {code: ["yes", "yes", "no"] for code in whole}
    for one in firms:
        actions.reopen_sheet(sheet=profile_of(one), reason="", by=None)
        hand_in(one, better)
        drawn = told(cluster)["money"].drawn
        assert (drawn.pk != before.pk) == (one == firms[-1])
    assert told(cluster)["money"].drawn.median == 3


def test_leaving_deletes_everything_that_was_said(cluster):
    mine, stays = firm(cluster), firm(cluster, answers={ITEM: ["no"]})
    own = owner(mine)
    sheet = profile_of(mine)
    file = files.keep(ContentFile(b"%PDF-1.7 books", "books.pdf"), by=own)
    rounds.answer(sheet, ITEM, "yes", evidence=[("Books", "", "", str(file.pk))], by=own)
    hand_in(mine, {ITEM: ["no"]})  # takes the file away again; history knows of it
    name = str(mine)
    leave(firm=mine, by=own)
    assert not Organisation.objects.filter(name=name).exists()
    for left in (
        Firm.objects.exclude(pk=stays.pk),
        FirmMembership.objects.all(),
        Round.objects.exclude(firm=stays),
        Response.objects.exclude(sheet__round__firm=stays),
        ResponseChange.objects.exclude(response__sheet__round__firm=stays),
        Scoring.objects.exclude(sheet__round__firm=stays),
        File.objects.all(),
        Job.objects.filter(topic=sheet.round.topic),
    ):
        assert not left.exists()
    assert profile_of(stays).state == "submitted"


def test_history_of_others_is_still_kept_by_the_database(team):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(sheet, ITEM, "yes", by=team.officer)
    with pytest.raises(DatabaseError, match="History is not altered"), transaction.atomic():
        sheet.responses.get(item__code=ITEM).changes.all().delete()


def test_an_organisation_that_is_no_firm_is_not_taken_over(cluster):
    people.OrganisationFactory(name="Development bank", country=None)
    rounds.version(code="of-firms", subject="firm")
    with pytest.raises(Refused, match="is no firm"):
        enter_firm(cluster=cluster, name="Development bank", size="small", role="core", by=None)
    assert not Firm.objects.exists()


def test_an_invited_person_answers_for_the_firm_and_nothing_else(cluster, client, signed_in):
    mine = firm(cluster)
    url = reverse("api:firm_invitations", args=[mine.pk])
    assert (
        signed_in(owner(mine))
        .post(url, {"email": "new@example.org"}, "application/json")
        .status_code
        == 403
    )
    made = signed_in(agent(cluster)).post(url, {"email": "new@example.org"}, "application/json")
    assert made.status_code == 201
    given = {"name": "Somebody", "password": people.PASSWORD}
    client.post(made.json()["link"], given)
    member = FirmMembership.objects.get(user__email="new@example.org")
    assert member.firm == mine
    assert not queries.rounds_visible_to(member.user).exists()
    assert list(queries.sheets_visible_to(member.user)) == [profile_of(mine)]
