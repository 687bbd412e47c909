"""Comments per item: mentions, resolving, and who reads them."""

import pytest

from activity import comments
from activity.models import Comment, Notification
from diagnostics import actions
from reports.models import ReportVersion
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


@pytest.fixture
def page(sheet):
    return f"/sheets/{sheet.pk}/discussion/{ITEM}/"


def test_a_comment_shows_where_people_work_and_who_is_mentioned_is_told(
    team, sheet, page, signed_in
):
    form = {"text": "Which year is this?", "mentioned": [team.colleague.pk]}
    assert signed_in(team.officer).post(page, form).status_code == 302
    theme = signed_in(team.colleague).get(f"/sheets/{sheet.pk}/money/").content.decode()
    assert theme.count("Which year is this?") == 1
    told = Notification.objects.get(kind="comment.mentioned")
    assert (told.to, told.url) == (team.colleague, page)


def test_only_people_of_the_sheet_are_mentioned(team, page, signed_in):
    form = {"text": "Look here.", "mentioned": [team.donor.pk]}
    assert signed_in(team.officer).post(page, form).status_code == 200
    assert not Comment.objects.exists()


def test_a_resolved_comment_stays_readable(team, page, signed_in):
    client = signed_in(team.officer)
    client.post(page, {"text": "Which year is this?"})
    comment = Comment.objects.get()
    signed_in(team.colleague).post(page, {"resolve": comment.pk})
    shown = client.get(page).content.decode()
    assert "Which year is this?" in shown
    assert f"resolved by {team.colleague}" in shown
    with pytest.raises(comments.Refused, match="resolved already"):
        comments.resolve(comment=comment, by=team.officer)


@pytest.mark.parametrize("number", ["0", "x", "99999999"])
def test_resolving_what_is_not_there_is_404(team, page, signed_in, number):
    assert signed_in(team.officer).post(page, {"resolve": number}).status_code == 404


def test_an_empty_comment_is_told_in_its_place(team, page, signed_in):
    answer = signed_in(team.officer).post(page, {"text": "  "})
    assert "This field is required." in answer.content.decode()


def test_one_sheets_discussion_stays_its_own_when_differences_are_settled(team, signed_in):
    other = people.OrganisationFactory(country=team.country)
    rater = people.assessor(other)
    made = rounds.RoundFactory(
        country=team.country,
        sheets=[(team.organisation, "government", ["money"]), (other, "private", ["money"])],
    )
    ours, _theirs = made.sheets.order_by("pk")
    address = f"/sheets/{ours.pk}/discussion/{ITEM}/"
    signed_in(team.officer).post(address, {"text": "Between us."})
    for sheet in made.sheets.all():
        rounds.fill(sheet, ["yes", "no"])
        actions.submit_sheet(sheet=sheet, by=None)
    actions.end_collecting(round=made, by=None)
    assert signed_in(rater).get(f"/sheets/{ours.pk}/").status_code == 200
    assert signed_in(rater).get(address).status_code == 403
    theme = signed_in(rater).get(f"/sheets/{ours.pk}/money/").content.decode()
    assert "Between us." not in theme
    settlement = f"/rounds/{made.pk}/settlement/{ITEM}/"
    signed_in(rater).post(f"{settlement}discussion/", {"text": "At the table."})
    shown = signed_in(team.officer).get(settlement).content.decode()
    assert "At the table." in shown
    assert "Between us." not in shown
    assert "At the table." not in signed_in(team.donor).get(settlement).content.decode()


def test_no_report_prints_a_comment(team, sheet, page, signed_in, run_jobs):
    signed_in(team.officer).post(page, {"text": "Between us."})
    rounds.fill(sheet, ["yes", "no"])
    actions.submit_sheet(sheet=sheet, by=None)
    rounds.close(sheet.round)
    run_jobs()
    assert "Between us." not in str(ReportVersion.objects.get().snapshot)
