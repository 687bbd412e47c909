"""Settling: contested items first, decisions that are only added, closing when all are decided."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from accounts.refusals import Refused
from activity import files
from activity.models import Event
from diagnostics import actions, queries, settlement
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.models import Dissent, Evidence, Response, Round, Settlement
from diagnostics.scoring.instrument import Status
from reports.models import ReportVersion
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db
CONTESTED = "money.item_1"


@pytest.fixture
def settling(team) -> Round:
    """Two organisations, two levels apart on one item and at one on the others."""
    other = people.OrganisationFactory(country=team.country)
    made = rounds.RoundFactory(
        country=team.country,
        sheets=[(team.organisation, "government", ["money"]), (other, "independent", ["money"])],
    )
    government, independent = made.sheets.order_by("pk")
    rounds.fill(government, ["yes", "no"], by=team.officer)
    rounds.answer(government, CONTESTED, "yes", "yes", "yes", "no", by=team.officer)
    rounds.fill(independent, ["yes", "no"])
    rounds.answer(independent, CONTESTED, "no")
    for sheet in (government, independent):
        actions.submit_sheet(sheet=sheet, by=None)
    actions.end_collecting(round=made, by=team.coordinator)
    made.refresh_from_db()
    return made


def agreed(made: Round):
    return made.sheets.get(panel="agreed")


def board(made: Round) -> settlement.Board:
    return settlement.board(made, agreed(made))


def response(made: Round, item: str = CONTESTED) -> Response:
    return agreed(made).responses.get(item__code=item)


def content(*answers: str, **rest) -> Content:
    return Content(answers=[*answers, *[""] * (4 - len(answers))], made=[], **rest)


def settle(made: Round, *answers: str, item=CONTESTED, reason="Read together.", by=None, **rest):
    return actions.settle_item(
        round=made,
        item=item,
        content=content(*answers, **rest),
        reason=reason,
        revision=response(made, item).revision,
        by=by,
    )


def waive(made: Round, item=CONTESTED, reason="It will be asked again.", by=None):
    revision = response(made, item).revision
    return actions.waive_item(round=made, item=item, reason=reason, revision=revision, by=by)


def test_the_contested_item_comes_first_with_the_reason_and_the_panels(settling):
    first, *others = board(settling).items
    assert first.item.code == CONTESTED
    assert first.why == (
        "The sheets lie 3 levels apart.",
        "The government panel says 4, the independent panel 1.",
    )
    assert first.panels == {"government": 4, "independent": 1}
    assert (first.level, first.pending) == (1, True)
    assert not any(one.matters for one in others)


def test_a_decision_keeps_who_why_and_what_stood_before_and_after(settling, team):
    evidence = [EvidenceRow("The law (invented)", "Article 3")]
    made = settle(settling, "yes", "yes", "no", evidence=evidence, by=team.coordinator)
    assert (made.kind, made.by, made.reason) == ("settled", team.coordinator, "Read together.")
    assert made.before["answers"] == ["no", "yes", "yes", "no"]
    assert made.after["answers"] == ["yes", "yes", "no", ""]
    assert made.after["evidence"][0]["page"] == "Article 3"
    stored = response(settling)
    assert (stored.revision, stored.made) == (1, ["settled", "settled", "settled", ""])
    assert board(settling).pending == []
    event = Event.objects.get(kind="item.settled")
    assert (event.by, event.facts["item"]) == (team.coordinator, "Money item 1")


def test_closing_names_what_is_open_and_goes_through_once_it_is_waived(settling, run_jobs):
    with pytest.raises(actions.StillOpen) as caught:
        actions.close_round(round=settling, by=None)
    assert caught.value.sentence == (
        "Decide these items, and answer the objections to them, first: Money item 1."
    )
    settling.refresh_from_db()
    assert settling.state == "settling"
    waive(settling)
    actions.close_round(round=settling, by=None)
    run_jobs()
    (theme, *_) = ReportVersion.objects.get().snapshot["result"]["themes"]
    assert [(one["item"], one["open"]) for one in theme["contested"]] == [(CONTESTED, False)]


@pytest.mark.parametrize("act", [settle, waive])
def test_a_decision_needs_a_reason(settling, act):
    with pytest.raises(Refused, match="Say why"):
        act(settling, reason="  ")
    assert not Settlement.objects.exists()


def test_waiving_leaves_the_answers_and_taking_back_builds_them_anew(settling):
    waive(settling)
    assert response(settling).answers == ["no", "yes", "yes", "no"]
    settle(settling, "yes", "yes")
    actions.take_back_item(
        round=settling, item=CONTESTED, reason="A page was misread.", revision=2, by=None
    )
    assert response(settling).answers == ["no", "yes", "yes", "no"]
    assert [one.item.code for one in board(settling).pending] == [CONTESTED]
    settle(settling, "yes", "yes")
    waive(settling)
    assert response(settling).answers == ["no", "yes", "yes", "no"]
    actions.take_back_item(
        round=settling, item=CONTESTED, reason="It will be read anew.", revision=5, by=None
    )
    with pytest.raises(Refused, match="Nothing has been decided"):
        actions.take_back_item(round=settling, item=CONTESTED, reason="Again.", revision=6, by=None)


def test_an_item_may_be_settled_as_not_applicable(settling):
    settle(settling, status=Status.NOT_APPLICABLE.value, reason="There is no such bank.")
    stored = response(settling)
    assert (stored.status, stored.reason) == ("not_applicable", "There is no such bank.")


def test_the_second_of_two_coordinators_is_told_what_the_first_decided(settling, team):
    settle(settling, "yes", by=team.coordinator)
    with pytest.raises(actions.Conflict) as caught:
        actions.settle_item(
            round=settling, item=CONTESTED, content=content("no"), reason="Mine.", revision=0,
            by=None,
        )  # fmt: skip
    assert caught.value.response.answers == ["yes", "", "", ""]
    assert Settlement.objects.count() == 1


def test_nothing_is_decided_before_or_after_settling(settling, team):
    waive(settling)
    actions.close_round(round=settling, by=None)
    with pytest.raises(Refused, match="The round is closed; items are decided while"):
        settle(settling, "yes")
    collecting = rounds.RoundFactory(country=team.country)
    with pytest.raises(Refused, match="The round is collecting answers"):
        actions.settle_item(
            round=collecting, item=CONTESTED, content=content("yes"), reason="Early.", revision=0,
            by=None,
        )  # fmt: skip


@pytest.mark.parametrize("change", [{"reason": "Another."}, None])
def test_the_database_alters_no_decision(settling, change):
    settle(settling, "yes")
    found = Settlement.objects.all()
    with pytest.raises(DatabaseError, match="History is not altered"), transaction.atomic():
        found.update(**change) if change else found.delete()


class TestReopening:
    @pytest.fixture
    def closed(self, settling, run_jobs) -> Round:
        settle(settling, "yes", "yes", "no")
        actions.close_round(round=settling, by=None)
        run_jobs()
        settling.refresh_from_db()
        return settling

    def reopen(self, made, by=None):
        revision = response(made).revision
        reopened = actions.reopen_item(
            round=made, item=CONTESTED, revision=revision, reason="A new law.", by=by
        )
        made.refresh_from_db()
        return reopened

    def test_the_round_settles_again_and_the_item_must_be_decided(self, closed, team):
        self.reopen(closed, by=team.coordinator)
        assert (closed.state, closed.closed_at) == ("settling", None)
        assert [one.item.code for one in board(closed).pending] == [CONTESTED]
        assert Event.objects.get(kind="round.reopened").facts["reason"] == "A new law."

    def test_approvals_of_drafts_are_void_and_what_is_published_stays(self, closed):
        (first,) = closed.reports.all()
        ReportVersion.objects.filter(pk=first.pk).update(state="approved")
        self.reopen(closed)
        assert closed.reports.get().state == "draft"
        assert Event.objects.filter(kind="report.approvals_void").count() == 1
        ReportVersion.objects.filter(pk=first.pk).update(state="published")
        self.reopen(closed)
        assert closed.reports.get().state == "published"

    def test_the_next_closing_makes_a_new_version(self, closed, run_jobs):
        self.reopen(closed)
        settle(closed, "yes", "yes", "yes", "no")
        actions.close_round(round=closed, by=None)
        run_jobs()
        assert list(closed.reports.values_list("number", flat=True)) == [2, 1]

    def test_an_archived_round_is_taken_out_before_it_is_reopened(self, closed):
        actions.archive_round(round=closed, by=None)
        with pytest.raises(Refused, match="is for a round that is settling differences or closed"):
            self.reopen(closed)
        actions.unarchive_round(round=closed, by=None)
        self.reopen(closed)
        assert closed.state == "settling"


def test_collecting_again_keeps_what_is_settled_and_builds_the_rest_anew(settling):
    settle(settling, "yes", "yes", "no")
    actions.collect_again(round=settling, reason="A ministry was late.", by=None)
    sheet = settling.sheets.get(panel="government")
    actions.reopen_sheet(sheet=sheet, reason="As agreed.", by=None)
    rounds.fill(sheet, ["no"])
    actions.submit_sheet(sheet=sheet, by=None)
    actions.end_collecting(round=settling, by=None)
    assert response(settling).answers == ["yes", "yes", "no", ""]
    assert response(settling, "money.item_2").answers == ["no", "no", "", ""]


class TestDissent:
    def dissent(self, made, organisation, **rest):
        values = {"text": "We hold 4.", "named": False, "by": None, **rest}
        return actions.dissent(round=made, item=CONTESTED, organisation=organisation, **values)

    def test_a_second_one_replaces_the_first_and_it_can_be_withdrawn(self, settling, team):
        self.dissent(settling, team.organisation)
        self.dissent(settling, team.organisation, text="We hold 3.")
        standing = Dissent.objects.filter(withdrawn_at=None)
        assert [one.text for one in standing] == ["We hold 3."]
        actions.withdraw_dissent(
            round=settling, item=CONTESTED, organisation=team.organisation, by=None
        )
        assert not standing.all().exists()
        assert Event.objects.filter(kind__startswith="item.dissent").count() == 3

    def test_only_an_organisation_that_submitted_dissents(self, settling, team):
        stranger = people.OrganisationFactory(country=team.country)
        with pytest.raises(Refused, match="has submitted no sheet"):
            self.dissent(settling, stranger)

    def test_a_person_is_named_only_with_consent_and_only_to_members(
        self, settling, team, signed_in
    ):
        page = f"/rounds/{settling.pk}/settlement/{CONTESTED}/"
        self.dissent(settling, team.organisation, by=team.officer, named=True)
        for who, named in ((team.colleague, True), (team.coordinator, True), (team.donor, False)):
            shown = signed_in(who).get(page).content.decode()
            assert "We hold 4." in shown
            aside = shown[shown.index("<h2>Dissent") :].split("</article>")[0]
            assert (team.officer.name in aside) is named
        self.dissent(settling, team.organisation, by=team.officer, named=False)
        shown = signed_in(team.colleague).get(page).content.decode()
        aside = shown[shown.index("<h2>Dissent") :].split("</article>")[0]
        assert team.officer.name not in aside

    def test_the_database_alters_no_dissent(self, settling, team):
        self.dissent(settling, team.organisation)
        with pytest.raises(DatabaseError, match="History is not altered"), transaction.atomic():
            Dissent.objects.update(text="Nothing.")


class TestPages:
    def form(self, made, **fields):
        return {
            "decision": "settle",
            "revision": response(made).revision,
            "reason": "Read together.",
            "answer_2": "yes",
            "evidence-TOTAL_FORMS": 1,
            "evidence-INITIAL_FORMS": 0,
            "evidence-0-link": "The law (invented)",
            **fields,
        }

    def page(self, made, item=CONTESTED):
        return f"/rounds/{made.pk}/settlement/{item}/"

    def test_a_coordinator_settles_with_evidence_and_sees_the_progress(
        self, settling, team, signed_in
    ):
        client = signed_in(team.coordinator)
        shown = client.get(self.page(settling)).content.decode()
        assert "0 of 1 contested settled" in shown
        assert "The sheets lie 3 levels apart." in shown
        after = client.post(self.page(settling), self.form(settling), follow=True)
        assert "1 of 1 contested settled" in after.content.decode()
        assert response(settling).evidence.get().link == "The law (invented)"
        client.post(self.page(settling), self.form(settling, **{"evidence-0-link": ""}))
        assert not response(settling).evidence.exists()

    def test_a_stale_page_gets_409_with_both_and_may_be_sent_again(self, settling, team, signed_in):
        client = signed_in(team.coordinator)
        stale = self.form(settling, answer_2="no")
        settle(settling, "yes", reason="The first one's reason.", by=team.coordinator)
        answer = client.post(self.page(settling), stale)
        shown = answer.content.decode()
        assert answer.status_code == 409
        assert "The first one&#x27;s reason." in shown
        assert 'name="revision" value="1"' in shown
        assert client.post(self.page(settling), {**stale, "revision": 1}).status_code == 302
        assert response(settling).answers == ["no", "", "", ""]

    def test_a_decision_without_a_reason_is_told_in_its_place(self, settling, team, signed_in):
        answer = signed_in(team.coordinator).post(
            self.page(settling), self.form(settling, reason="")
        )
        assert "This field is required." in answer.content.decode()
        assert not Settlement.objects.exists()

    def test_the_refusal_to_close_links_to_the_open_items(self, settling, team, signed_in):
        answer = signed_in(team.coordinator).post(
            f"/rounds/{settling.pk}/steps/close/", follow=True
        )
        assert f'<a href="{self.page(settling)}">Money item 1</a>' in answer.content.decode()

    def test_a_coordinator_reopens_an_item_of_a_closed_round(self, settling, team, signed_in):
        waive(settling)
        actions.close_round(round=settling, by=None)
        client = signed_in(team.coordinator)
        assert "Reopen this item" in client.get(self.page(settling)).content.decode()
        form = self.form(settling, decision="reopen", reason="A new law.")
        client.post(self.page(settling), form)
        settling.refresh_from_db()
        assert settling.state == "settling"

    def test_the_pages_take_a_constant_number_of_queries(
        self, settling, team, signed_in, django_assert_max_num_queries
    ):
        counts = []
        for address in (self.page(settling), f"/rounds/{settling.pk}/settlement/"):
            client = signed_in(team.coordinator)
            with django_assert_max_num_queries(30) as before:
                client.get(address)
            counts.append(len(before))
        for _ in range(3):
            sheet = rounds.sheet_of(people.OrganisationFactory(country=team.country))
            rounds.fill(sheet, ["yes"])
            actions.submit_sheet(sheet=sheet, by=None)
            sheet.round = settling
            sheet.save()
        for address, count in zip(
            (self.page(settling), f"/rounds/{settling.pk}/settlement/"), counts, strict=True
        ):
            client = signed_in(team.coordinator)
            with django_assert_max_num_queries(30) as after:
                client.get(address)
            assert len(after) == count


class TestBlindFirst:
    """Nobody reads another's answers before the own ones are in and collecting has ended."""

    @pytest.fixture
    def scene(self, team):
        """Three sheets: ours and the other's are submitted, the late one is not."""
        self.team = team
        organisations = [people.OrganisationFactory(country=team.country) for _ in range(2)]
        self.other, self.late = (people.assessor(one) for one in organisations)
        made = rounds.RoundFactory(
            country=team.country,
            sheets=[
                (team.organisation, "government", ["money"]),
                (organisations[0], "independent", ["money"]),
                (organisations[1], "private", ["money"]),
            ],
        )
        self.round = made
        self.ours, self.others, self.lates = made.sheets.order_by("pk")
        for sheet in (self.ours, self.others):
            rounds.fill(sheet, ["yes", "no"])
            actions.submit_sheet(sheet=sheet, by=None)
        return self

    def reads(self, user) -> set:
        return set(queries.sheets_visible_to(user).filter(round=self.round))

    def test_while_collecting_raters_read_only_their_own(self, scene):
        assert self.reads(self.team.officer) == {self.ours}
        assert self.reads(self.other) == {self.others}

    def test_when_settling_those_who_submitted_read_what_was_submitted(self, scene):
        actions.end_collecting(round=self.round, by=None)
        assert self.reads(self.team.officer) == {self.ours, self.others}
        assert self.reads(self.late) == {self.lates}
        assert self.reads(self.team.donor) == set()

    def test_collecting_again_closes_the_view_again(self, scene):
        actions.end_collecting(round=self.round, by=None)
        actions.collect_again(round=self.round, reason="One was late.", by=None)
        assert self.reads(self.team.officer) == {self.ours}

    def test_pages_api_and_files_follow_the_same_rule(self, scene, signed_in):
        kept = files.keep(ContentFile(b"%PDF-1.7 a law", "law.pdf"), by=self.other)
        cited = self.others.responses.first()
        Evidence.objects.create(response=cited, link="The law", file=kept)
        doors = [
            f"/sheets/{self.others.pk}/",
            f"/sheets/{self.others.pk}/money/",
            f"/api/sheets/{self.others.pk}/",
            f"/files/{kept.pk}/",
        ]
        ours, late = signed_in(self.team.officer), signed_in(self.late)

        def statuses(client) -> set[int]:
            answers = [client.get(door) for door in doors]
            for answer in answers:
                b"".join(answer)  # a file is closed once it is read
            return {answer.status_code for answer in answers}

        assert statuses(ours) == {404}
        actions.end_collecting(round=self.round, by=None)
        assert statuses(ours) == {200}
        assert statuses(late) == {404}

    def test_other_organisations_learn_what_is_said_not_by_which_officer(self, scene, signed_in):
        cited = self.others.responses.first()
        cited.changed_by = self.other
        cited.save()
        actions.end_collecting(round=self.round, by=None)
        for door in ("/sheets/{}/money/", "/api/sheets/{}/", "/sheets/{}/"):
            address = door.format(self.others.pk)
            assert self.other.name not in signed_in(self.team.officer).get(address).content.decode()
        page = signed_in(self.other).get(f"/sheets/{self.others.pk}/money/").content.decode()
        assert f"· {self.other.name}" in page

    def test_the_settlement_shows_single_answers_only_to_those_who_may_read_them(
        self, scene, signed_in
    ):
        Response.objects.filter(sheet=self.others).update(comment="Told in confidence.")
        actions.end_collecting(round=self.round, by=None)
        page = f"/rounds/{self.round.pk}/settlement/money.item_1/"
        for who, reads in (
            (self.team.coordinator, True),
            (self.team.officer, True),
            (self.late, False),
            (self.team.donor, False),
        ):
            shown = signed_in(who).get(page).content.decode()
            assert ("Told in confidence." in shown) is reads
            assert (str(self.others.organisation) in shown) is reads


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_stands_and_one_is_told(settling):
    ready, results = threading.Barrier(2), []

    def decide(answer: str) -> None:
        try:
            ready.wait()
            actions.settle_item(
                round=settling, item=CONTESTED, content=content(answer), reason=answer,
                revision=0, by=None,
            )  # fmt: skip
            results.append("done")
        except actions.Conflict:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[answer]) for answer in ("yes", "no")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "told"]
    assert Settlement.objects.count() == 1
