"""The life of a report version: review, reply, approval, publication, withdrawal."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from accounts.refusals import Refused
from accounts.roles import Approver
from activity.models import Job, Notification
from activity.queries import told
from diagnostics import actions as diagnostics
from reports import actions, lives, reviewing
from reports.models import ReportVersion
from reports.renditions import offered
from reports.review_views import STEPS
from tests.factories import people, rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(team):
    return people.member(Approver, team.organisation)


@pytest.fixture
def draft(report_on) -> ReportVersion:
    return report_on(MIXED)


@pytest.fixture
def reviewed(draft, team) -> ReportVersion:
    actions.ask_for_review(report=draft, by=team.coordinator)
    return now(draft)


@pytest.fixture
def approved(reviewed, team, approver) -> ReportVersion:
    return approve(reviewed, team.coordinator, approver)


@pytest.fixture
def published(approved, team) -> ReportVersion:
    actions.publish(report=approved, on=None, by=team.coordinator)
    return now(approved)


def now(report: ReportVersion) -> ReportVersion:
    return ReportVersion.objects.get(pk=report.pk)


def approve(report: ReportVersion, *by) -> ReportVersion:
    for person in by:
        actions.approve(report=report, by=person)
    return now(report)


def say(report: ReportVersion, by, anchor: str = "money", text: str = "Which year?"):
    organisation = by.memberships.get().organisation
    return actions.remark(report=report, anchor=anchor, organisation=organisation, text=text, by=by)


def next_version(report: ReportVersion, run_jobs, by) -> ReportVersion:
    """The version that follows when an item is opened again, settled and the round closed."""
    round = report.round
    agreed = round.sheets.get(panel="agreed")
    revision = agreed.responses.get(item__code="money.item_1").revision
    common = {"round": round, "item": "money.item_1", "by": by}
    diagnostics.reopen_item(revision=revision, reason="A new law.", **common)
    diagnostics.waive_item(revision=revision + 1, reason="It changes nothing.", **common)
    diagnostics.close_round(round=round, by=by)
    run_jobs()
    return round.reports.get(number=report.number + 1)


class TestTable:
    def test_the_document_prints_it(self):
        assert lives.as_markdown() in Path(settings.BASE_DIR, "docs/lives.md").read_text()

    def test_every_state_is_reached_and_each_step_says_how_it_is_undone(self):
        ends = {step.end for step in lives.REPORT.values()}
        assert ends == set(ReportVersion.State.values)
        assert all(one.undone and one.who and one.checks and one.told
                   for one in lives.REPORT.values())  # fmt: skip

    def test_each_step_that_a_person_takes_can_be_taken_on_the_page(self):
        assert set(STEPS) == set(reviewing.TAKEN) == set(lives.REPORT) - {"void", "supersede"}

    def test_a_step_at_a_wrong_moment_is_refused_with_the_states_it_is_for(self, draft, team):
        with pytest.raises(Refused, match="“Withdraw” is for a report that is published or"):
            actions.withdraw(report=draft, reason="A mistake.", by=team.coordinator)


class TestReview:
    def test_readers_are_told_and_may_comment_on_each_part(self, reviewed, team):
        assert Notification.objects.filter(to=team.donor, kind="report.in_review").exists()
        for anchor in ("summary", "profile", "coverage-money", "moneyitem_1", "money-way", "how"):
            say(reviewed, team.donor, anchor)
        assert Notification.objects.filter(to=team.coordinator, kind="report.remark").count() == 6
        with pytest.raises(Refused, match="has no such part"):
            say(reviewed, team.donor, "elsewhere")

    def test_the_part_is_named_in_each_reader_s_language(self, reviewed, team):
        with translation.override("fr"):
            remark = say(reviewed, team.donor, "summary")
        actions.answer_remark(
            remark=remark, verdict="declined", answer="It stands.", by=team.coordinator
        )
        for language, title in (("en", "In one sentence each"), ("fr", "En une phrase chacun")):
            with translation.override(language):
                sentences = [sentence for _event, sentence in told(reviewed.round.topic)][:4]
                assert sum(title in sentence for sentence in sentences) >= 2, sentences

    def test_nobody_comments_on_a_draft(self, draft, team):
        with pytest.raises(Refused, match="while the report is in review"):
            say(draft, team.donor)

    def test_every_comment_is_answered_once_with_a_reason(self, reviewed, team):
        remark = say(reviewed, team.donor)
        answer = {"remark": remark, "verdict": "declined", "by": team.coordinator}
        with pytest.raises(Refused, match="Say why"):
            actions.answer_remark(answer=" ", **answer)
        actions.answer_remark(answer="The yearbook has it.", **answer)
        with pytest.raises(Refused, match="answered already"):
            actions.answer_remark(answer="Again.", **answer)
        (notice,) = Notification.objects.filter(to=team.donor, kind="report.remark_answered")
        assert notice.facts["reason"] == "The yearbook has it."
        remark.comment.refresh_from_db()
        assert remark.comment.resolved_by == team.coordinator

    def test_an_open_comment_blocks_approval(self, reviewed, team):
        remark = say(reviewed, team.officer)
        with pytest.raises(Refused, match="not answered yet: 1"):
            actions.approve(report=reviewed, by=team.coordinator)
        actions.answer_remark(
            remark=remark, verdict="changed", answer="A note is added.", by=team.coordinator
        )
        actions.approve(report=reviewed, by=team.coordinator)

    def test_an_accepted_comment_opens_its_item_again(self, reviewed, team, run_jobs):
        remark = say(reviewed, team.donor, "moneyitem_1")
        actions.answer_remark(
            remark=remark, verdict="accepted", answer="Right.", reopen=True, by=team.coordinator
        )
        reviewed.round.refresh_from_db()
        assert (now(reviewed).state, reviewed.round.state) == ("draft", "settling")
        with pytest.raises(Refused, match="settled again"):
            actions.ask_for_review(report=reviewed, by=team.coordinator)

    def test_a_declined_comment_opens_nothing_and_stays_open(self, reviewed, team):
        remark = say(reviewed, team.donor, "moneyitem_1")
        with pytest.raises(Refused, match="Only an accepted comment"), transaction.atomic():
            actions.answer_remark(
                remark=remark, verdict="declined", answer="No.", reopen=True, by=team.coordinator
            )
        remark.refresh_from_db()
        assert remark.verdict == "open"

    def test_the_database_keeps_answers_as_they_were_given(self, reviewed, team):
        remark = say(reviewed, team.donor)
        actions.answer_remark(remark=remark, verdict="declined", answer="No.", by=team.coordinator)
        remark.refresh_from_db()
        remark.answer = "Yes."
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            remark.save()


class TestReply:
    def test_it_is_printed_with_the_report_and_stays_once_approved(
        self, reviewed, team, approver, signed_in, client
    ):
        reply = {"report": reviewed, "organisation": team.organisation, "by": team.officer}
        actions.reply(text="The fund opened in May.", **reply)
        approve(reviewed, team.coordinator, approver)
        with pytest.raises(Refused, match="written before that"):
            actions.reply(text="Later.", **reply)
        with pytest.raises(DatabaseError, match="as it was approved"), transaction.atomic():
            reviewed.replies.update(text="Other.")
        actions.publish(report=reviewed, on=None, by=team.coordinator)
        page = client.get(reviewed.get_absolute_url()).content.decode()
        assert "Replies of the assessed ministries" in page
        assert "The fund opened in May." in page
        data = client.get(f"{reviewed.get_absolute_url()}snapshot.json").json()
        assert data["replies"] == [
            {"organisation": team.organisation.name, "text": "The fund opened in May."}
        ]

    def test_who_approved_before_it_did_not_read_it(self, reviewed, team):
        actions.approve(report=reviewed, by=team.coordinator)
        actions.reply(
            report=reviewed, organisation=team.organisation, text="We differ.", by=team.officer
        )
        assert not reviewed.approvals.filter(void_at=None).exists()

    def test_an_empty_text_takes_it_back(self, reviewed, team):
        reply = {"report": reviewed, "organisation": team.organisation, "by": team.officer}
        actions.reply(text="We differ.", **reply)
        actions.reply(text=" ", **reply)
        assert not reviewed.replies.exists()

    def test_only_an_assessed_ministry_writes_one(self, reviewed, team, signed_in):
        address = f"{reviewed.get_absolute_url()}reply/"
        sent = {"organisation": team.organisation.pk, "text": "We differ."}
        assert signed_in(team.donor).post(address, sent).status_code == 403
        assert signed_in(team.officer).post(address, sent).status_code == 302
        assert reviewed.replies.get().by == team.officer


class TestApproval:
    def test_it_takes_two_different_people(self, reviewed, team, approver):
        actions.approve(report=reviewed, by=team.coordinator)
        assert now(reviewed).state == "in_review"
        with pytest.raises(Refused, match="somebody else"):
            actions.approve(report=reviewed, by=team.coordinator)
        assert approve(reviewed, approver).state == "approved"

    @pytest.mark.parametrize("who", ["officer", "donor", "administrator", "stranger"])
    def test_nobody_else_approves(self, reviewed, team, who):
        with pytest.raises(Refused, match="Only approvers and coordinators"):
            actions.approve(report=reviewed, by=getattr(team, who))

    def test_reopening_the_round_voids_it_and_the_next_closing_makes_a_version(
        self, approved, team, run_jobs
    ):
        newer = next_version(approved, run_jobs, team.coordinator)
        assert now(approved).state == "draft"
        assert not approved.approvals.filter(void_at=None).exists()
        assert (newer.number, newer.state) == (2, "draft")
        with pytest.raises(Refused, match="newer version"):
            actions.ask_for_review(report=approved, by=team.coordinator)

    def test_taking_it_back_says_why_and_voids_it(self, approved, team):
        actions.take_back(report=approved, reason="A page is missing.", by=team.coordinator)
        assert now(approved).state == "draft"
        assert not approved.approvals.filter(void_at=None).exists()
        assert "A page is missing." in told(approved.round.topic)[0][1]


class TestPublication:
    def test_its_files_are_asked_for_at_once(self, published):
        files = Job.objects.filter(kind="rendition", topic=f"report {published.pk}")
        assert files.count() == len(settings.LANGUAGES) * len(offered(published, "en"))

    def test_anybody_reads_it_and_readers_are_told(self, published, team, client):
        assert client.get(published.get_absolute_url()).status_code == 200
        assert Notification.objects.filter(to=team.officer, kind="report.published").exists()

    def test_it_waits_for_its_day_in_the_country(self, approved, team, monkeypatch):
        # Vientiane is seven hours ahead: 17:30 UTC is the next day's first half hour there.
        moment = timezone.now().replace(hour=16, minute=30)
        day = moment.date() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        actions.publish(report=approved, on=day, by=team.coordinator)
        assert actions.publish_due() == 0
        monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(hours=1))
        assert actions.publish_due() == 1
        assert now(approved).state == "published"
        assert actions.publish_due() == 0

    def test_taking_it_back_forgets_the_day(self, approved, team):
        actions.publish(report=approved, on=date(2999, 1, 1), by=team.coordinator)
        actions.take_back(report=now(approved), reason="Not yet.", by=team.coordinator)
        assert now(approved).publish_on is None

    def test_a_newer_version_supersedes_it_and_its_address_leads_on(
        self, published, team, approver, run_jobs, client
    ):
        newer = next_version(published, run_jobs, team.coordinator)
        assert now(published).state == "published"
        actions.ask_for_review(report=newer, by=team.coordinator)
        approve(newer, team.coordinator, approver)
        actions.publish(report=newer, on=None, by=team.coordinator)
        assert now(published).state == "superseded"
        page = client.get(published.get_absolute_url()).content.decode()
        assert "A newer version is published." in page
        assert f'href="{newer.get_absolute_url()}"' in page

    def test_withdrawing_leaves_a_notice_in_its_place(self, published, team, client):
        files = [f"{published.get_absolute_url()}{name}" for name in
                 ("snapshot.json", "charts/profile.csv")]  # fmt: skip
        assert [client.get(file).status_code for file in files] == [200, 200]
        actions.withdraw(report=published, reason="A table was wrong.", by=team.coordinator)
        page = client.get(published.get_absolute_url())
        assert page.status_code == 200
        assert "A table was wrong." in page.content.decode()
        assert "Money" not in page.content.decode()
        assert [client.get(file).status_code for file in files] == [410, 410]
        told_by_api = client.get(f"/api/reports/{published.pk}/result/").json()
        assert told_by_api["result"] is None
        assert told_by_api["withdrawn_because"] == "A table was wrong."

    def test_withdrawing_needs_a_reason(self, published, team):
        with pytest.raises(Refused, match="Say why"):
            actions.withdraw(report=published, reason="", by=team.coordinator)


class TestPages:
    def test_a_dangerous_step_asks_for_the_password_again(self, reviewed, team, signed_in):
        address = f"{reviewed.get_absolute_url()}steps/approve/"
        client = signed_in(team.coordinator)
        session = client.session
        session["proved_at"] = 0
        session.save()
        assert client.post(address)["Location"].startswith("/account/again/")
        assert not reviewed.approvals.exists()
        refused = client.post(f"/api/reports/{reviewed.pk}/steps/approve/")
        assert refused.status_code == 403

    def test_home_says_what_waits_for_whom(self, reviewed, team, approver, signed_in):
        def home(person) -> str:
            return signed_in(person).get("/").content.decode()

        assert "to read and comment on" in home(team.donor)
        assert "your ministry may reply" in home(team.officer)
        assert "to approve" in home(approver)
        remark = say(reviewed, team.donor)
        assert "1 comment to answer" in home(team.coordinator)
        assert "to approve" not in home(approver)
        assert "Reports under way" not in home(team.stranger)
        actions.answer_remark(
            remark=remark, verdict="declined", answer="It is there.", by=team.coordinator
        )
        approve(reviewed, approver, team.coordinator)
        assert "to publish" in home(team.coordinator)

    def test_the_whole_way_through_the_pages(self, draft, team, approver, signed_in):
        at = draft.get_absolute_url()
        run = signed_in(team.coordinator)
        run.post(f"{at}steps/ask_review/")
        donor = signed_in(team.donor)
        organisation = team.donor.memberships.get().organisation_id
        sent = {"anchor": "money", "organisation": organisation, "text": "Which year?"}
        assert donor.post(f"{at}review/", sent).status_code == 302
        remark = draft.remarks.get()
        assert "Which year?" in run.get(at).content.decode()
        answer = {f"remark-{remark.pk}-verdict": "accepted", f"remark-{remark.pk}-answer": "2024."}
        run.post(f"/remarks/{remark.pk}/answer/", answer)
        assert "2024." in donor.get(f"{at}review/").content.decode()
        approve(draft, team.coordinator, approver)
        assert now(draft).state == "approved"
        actions.publish(report=draft, on=None, by=team.coordinator)
        country = run.get(f"/countries/{team.country.pk}/").content.decode()
        assert "Published reports" in country
        assert str(draft) in country


def test_a_country_page_lists_published_versions_for_everybody(published, team, signed_in):
    page = signed_in(team.stranger).get(f"/countries/{team.country.pk}/").content.decode()
    assert str(published) in page
    assert "Reports not published yet" not in page


def test_rounds_of_other_countries_take_no_part(reviewed, team, signed_in):
    assert rounds.RoundFactory(country=team.country)
    assert signed_in(team.stranger).get(f"{reviewed.get_absolute_url()}review/").status_code == 404
