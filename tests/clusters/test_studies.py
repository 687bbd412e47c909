"""The diagnostic study: written, reviewed, published, followed; what is refused on the way."""

import re
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import translation

from accounts.roles import Approver
from activity import events, notices
from activity.models import Event, Notification
from clusters import actions
from clusters.models import PlanLine, Study, SwotLine
from clusters.studies.content import digest
from clusters.studies.words import PRINCIPLES
from tests.factories import people
from tests.factories.clusters import ClusterFactory
from tests.factories.people import OrganisationFactory

TEXTS = ["production_system", "linkages", "institutions", "framework", "vision"]
LINE = {"kind": "pilot", "text": "Try a kiln", "owner": "The association", "start": "2025-01-01",
        "end": "2025-12-31", "cost": "1000", "currency": "USD", "indicator": "Dry timber, %",
        "baseline": "10", "target": "60"}  # fmt: skip
PROBLEM = {"kind": "inputs", "text": "Wet timber", "action": "Buy together", "risk": "medium",
           "risk_text": "Somebody leaves", "conditions": "A treasurer"}  # fmt: skip
SWOT = {"kind": "weakness", "text": "Timber is wet", "title": "A survey", "cited": "table 2"}


@pytest.fixture
def study(team):
    return actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)


def approver_of(team):
    return people.member(Approver, OrganisationFactory(country=team.country))


def written(study, client, principles=True):
    at = study.get_absolute_url()
    answers = {f"principle-{code}": "So." for code in PRINCIPLES} if principles else {}
    client.post(f"{at}write/", dict.fromkeys(TEXTS, "Known.") | answers | {"revision": 0})
    client.post(f"{at}swot/add/", SWOT)
    client.post(f"{at}problems/add/", PROBLEM)
    client.post(f"{at}lines/add/", LINE)
    return at


def published(study):
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)


def test_a_study_is_written_reviewed_published_and_followed(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    client.post(f"{at}steps/send/")
    donor = signed_in(team.donor)
    assert "Timber is wet" in donor.get(at).content.decode()
    donor.post(f"{at}comments/", {"text": "Who pays?"})
    approver = signed_in(approver_of(team))
    refused = approver.post(f"{at}steps/approve/", follow=True).content.decode()
    assert "The study still lacks: answers to comments." in refused
    comment = client.get(at).context["comments"].get()
    client.post(f"{at}comments/{comment.pk}/", {"text": "The members."})
    approver.post(f"{at}steps/approve/")
    assert Client().get(at).status_code == 302
    client.post(f"{at}steps/publish/")
    study.refresh_from_db()
    assert study.sha256 == digest(study.snapshot)
    told = Notification.objects.filter(to=team.donor, kind__startswith="study.")
    assert {(one.kind, one.url) for one in told} == {
        ("study.send", at), ("study.approve", at), ("study.publish", at),
    }  # fmt: skip
    own = Notification.objects.filter(to=team.coordinator, kind__startswith="study.")
    assert [one.kind for one in own] == ["study.approve"]
    page = Client().get(at).content.decode()
    assert "Try a kiln" in page
    assert "A survey, table 2" in page
    assert "Who pays?" not in page
    line = study.lines.get()
    value = {"line": line.pk, "day": "2025-06-30", "value": "35", "status": "under_way",
             "source": "Visits"}  # fmt: skip
    client.post(f"{at}readings/", value)
    again = client.post(f"{at}readings/", value).content.decode()
    assert "There is a value of this day already" in again
    assert study.snapshot == Study.objects.get().snapshot


def test_a_section_and_the_principle_of_its_name_are_two_texts(team, study, signed_in):
    said = {"revision": 0, "institutions": "A college.", "principle-institutions": "The college."}
    signed_in(team.coordinator).post(f"{study.get_absolute_url()}write/", said)
    study.refresh_from_db()
    assert study.institutions == "A college."
    assert study.principles == {"institutions": "The college."}
    emptied = {"revision": 1, "institutions": "A college.", "principle-institutions": ""}
    signed_in(team.coordinator).post(f"{study.get_absolute_url()}write/", emptied)
    study.refresh_from_db()
    assert study.principles == {}


def test_the_form_of_texts_is_parted_as_the_document_and_says_what_each_step_asks(
    team, study, signed_in
):
    client, at = signed_in(team.coordinator), f"{study.get_absolute_url()}write/"
    client.post(at, {"revision": 0, "vision": "Exports", "principle-groups": "All."})
    page = " ".join(client.get(at).content.decode().split())
    parts = re.findall(r"<h2 id=.part-\d.>(.*?)</h2>(.*?)</section>", page)
    assert [title for title, _boxes in parts] == [
        "What was found", "Vision", "Support by the government", "Asked of donors",
        "Held against design principles",
    ]  # fmt: skip
    found, vision, government, donors, principles = (boxes for _title, boxes in parts)
    assert [found.count(said) for said in ("(before sending)", "(optional)", "10,000")] == [4, 0, 4]
    assert vision.count("(before sending)") == 1
    assert "At most 2,000 characters." in vision
    assert "lecture 7, three strategies" in government
    assert government.count("(optional)") == 3
    assert donors.count("(optional)") == 1
    assert "section 7.3, design principles of UNIDO" in principles
    assert principles.count("(before approval)") == len(PRINCIPLES)
    assert principles.count("At most 1,000 characters.") == len(PRINCIPLES)
    assert "This asks that every design principle and every comment is answered" in page
    assert "The study still lacks: production system; linkages;" in page
    assert "vision;" not in page


def test_of_two_who_write_at_once_neither_loses_a_word(team, study, signed_in):
    client, at = signed_in(team.coordinator), f"{study.get_absolute_url()}write/"
    client.post(at, {"revision": 0, "vision": "The first <b>"})
    page = client.post(at, {"revision": 0, "vision": "The second"}).content.decode()
    assert "Somebody else has saved here meanwhile" in page
    assert "The second</textarea>" in page
    assert "Saved meanwhile: The first &lt;b&gt;" in page
    assert Study.objects.get().vision == "The first <b>"
    client.post(at, {"revision": 1, "vision": "Both"})
    assert Study.objects.get().vision == "Both"


def test_what_is_typed_after_the_study_went_to_review_comes_back(team, study, signed_in):
    client, at = signed_in(team.coordinator), study.get_absolute_url()
    Study.objects.update(state="review")
    for path, said in {"write/": {"revision": 0, "vision": "Typed"}, "lines/add/": LINE}.items():
        page = client.post(at + path, said).content.decode()
        assert "Only a draft is written; this study is in review." in page
        assert said.get("vision", said.get("text")) in page


def test_every_swot_line_points_to_evidence(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = f"{study.get_absolute_url()}swot/add/"
    figure = study.cluster.figures.create(
        measure="firms", value=120, unit="firms", year=2020, source="Census"
    )
    bare = {"kind": "strength", "text": "Many firms"}
    said = "Every line points to evidence"
    assert said in client.post(at, bare).content.decode()
    both = bare | {"on_record": f"figure {figure.pk}", "title": "A book"}
    assert said in client.post(at, both).content.decode()
    assert said in client.post(at, bare | {"on_record": "figure 0"}).content.decode()
    page = client.post(at, bare | {"cited": "p. 3"}).content.decode()
    assert "Name the document too: a place alone leads nowhere." in page
    assert not SwotLine.objects.exists()
    client.post(at, bare | {"on_record": f"figure {figure.pk}"})
    assert study.swot.get().evidence == "firms: 120 firms, 2020 (Census)"
    with pytest.raises(IntegrityError, match="swot_line_points_to_evidence"):
        study.swot.create(kind="threat", text="A feeling")


@pytest.mark.parametrize("slip", [{"start": "0001-01-01"}, {"end": "9999-12-31"}])
def test_a_year_that_was_mistyped_is_asked_for_again(team, study, signed_in, slip):
    at = f"{study.get_absolute_url()}lines/add/"
    page = signed_in(team.coordinator).post(at, LINE | slip).content.decode()
    assert "This is more than fifteen years from" in page
    assert "Try a kiln" in page
    assert not study.lines.exists()


def test_a_figure_on_which_a_study_rests_stays(team, study, signed_in):
    client, cluster = signed_in(team.coordinator), study.cluster
    figure = cluster.figures.create(
        measure="firms", value=120, unit="firms", year=2020, source="Census"
    )
    line = {"kind": "strength", "text": "Many firms", "on_record": f"figure {figure.pk}"}
    client.post(f"{study.get_absolute_url()}swot/add/", line)
    remove = f"{cluster.get_absolute_url()}figures/{figure.pk}/remove/"
    page = client.post(remove, follow=True).content.decode()
    assert "rests on this: “Many firms”. It stays." in page
    assert cluster.figures.exists()
    study.swot.get().delete()
    client.post(remove)
    assert not cluster.figures.exists()


def test_it_is_not_sent_while_something_lacks(team, study, signed_in):
    page = (
        signed_in(team.coordinator)
        .post(f"{study.get_absolute_url()}steps/send/", follow=True)
        .content.decode()
    )
    assert "The study still lacks: production system; linkages;" in page
    assert "lines of the plan" in page


def test_it_is_not_approved_before_the_principles_are_answered(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client, principles=False)
    client.post(f"{at}steps/send/")
    assert (
        "Which links with large firms"
        in signed_in(approver_of(team)).post(f"{at}steps/approve/", follow=True).content.decode()
    )
    study.refresh_from_db()
    assert study.state == Study.State.REVIEW


def test_what_is_no_draft_is_not_written(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    client.post(f"{at}steps/send/")
    page = client.post(f"{at}lines/{study.lines.get().pk}/remove/", follow=True).content.decode()
    assert "Only a draft is written; this study is in review." in page
    assert PlanLine.objects.exists()
    assert (
        "Say why; the reason is kept"
        in client.post(f"{at}steps/take_back/", follow=True).content.decode()
    )
    client.post(f"{at}steps/take_back/", {"reason": "A figure is wrong."})
    client.post(f"{at}lines/{study.lines.get().pk}/remove/")
    assert not PlanLine.objects.exists()


def test_bad_lines_come_back_in_words(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = f"{study.get_absolute_url()}lines/add/"
    page = client.post(at, LINE | {"end": "2024-01-01", "currency": "usd"}).content.decode()
    assert "Three capital letters" in page
    assert (
        "The end is before the start."
        in client.post(at, LINE | {"end": "2024-01-01"}).content.decode()
    )
    assert not PlanLine.objects.exists()


def test_strangers_find_no_draft_and_officers_do_not_write(team, study, signed_in):
    at = study.get_absolute_url()
    assert Client().get(at).status_code == 302
    assert signed_in(team.stranger).get(at).status_code == 404
    assert signed_in(team.officer).get(at).status_code == 404
    written(study, signed_in(team.coordinator))
    actions.take_study_step(study=study, step="send", by=None)
    assert signed_in(team.officer).get(at).status_code == 200
    assert signed_in(team.officer).post(f"{at}steps/take_back/").status_code == 403
    for step in ("approve", "publish", "withdraw"):
        assert signed_in(team.officer).post(f"{at}steps/{step}/").status_code == 403
    assert signed_in(team.stranger).get(at).status_code == 404


def test_one_study_is_written_at_a_time(study):
    with pytest.raises(ValidationError, match="a study that is being written"):
        actions.begin_study(cluster=study.cluster, by=None)


def test_who_sent_a_study_to_review_does_not_approve_it(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    client.post(f"{at}steps/send/")
    page = client.get(at).content.decode()
    assert "somebody else approves it" in page
    assert f"{at}steps/approve/" not in page
    refused = client.post(f"{at}steps/approve/", follow=True).content.decode()
    assert "You sent the study to review; somebody else approves it." in refused
    signed_in(approver_of(team)).post(f"{at}steps/approve/")
    study.refresh_from_db()
    assert (study.state, study.sent_by) == ("approved", team.coordinator)
    client.post(f"{at}steps/take_back/", {"reason": "A figure is wrong."})
    study.refresh_from_db()
    assert (study.state, study.snapshot, study.sha256, study.approved_by) == (
        "draft",
        None,
        "",
        None,
    )


def test_what_is_next_names_the_study_and_the_step_that_waits(team, study, signed_in):
    client, approver = signed_in(team.coordinator), signed_in(approver_of(team))
    written(study, client)
    assert "Send to review" in client.get("/").content.decode()
    assert str(study) not in approver.get("/").content.decode()
    actions.take_study_step(study=study, step="send", by=team.coordinator)
    assert "in review · Approve" in approver.get("/").content.decode()
    assert "in review · Take back to draft<" in client.get("/").content.decode()
    assert "in review · read it and comment" in signed_in(team.donor).get("/").content.decode()
    assert str(study) not in signed_in(team.stranger).get("/").content.decode()


def test_who_reads_french_is_told_of_a_study_in_french(team, study, signed_in):
    written(study, signed_in(team.coordinator))
    published(study)
    event = Event.objects.get(kind="study.publish", topic=study.topic)
    notice = Notification.objects.filter(kind="study.publish").first()
    assert str(study) in events.in_words(event)
    with translation.override("fr"):
        french = str(study)
        assert french in events.in_words(event)
        assert french in notices.in_words(notice)
    assert french != str(study)


def test_the_next_study_begins_where_the_last_ended_and_supersedes_it(team, study, signed_in):
    at = written(study, signed_in(team.coordinator))
    published(study)
    following = actions.begin_study(cluster=study.cluster, by=None)
    assert (following.vision, following.swot.get().text) == ("Known.", SWOT["text"])
    assert (following.lines.get().owner, study.lines.count()) == (LINE["owner"], 1)
    assert Study.objects.get(pk=study.pk).state == "published"
    published(following)
    assert Study.objects.get(pk=study.pk).state == "superseded"
    page = Client().get(at).content.decode()
    assert "This study is superseded." in page
    assert following.get_absolute_url() in page
    with pytest.raises(DatabaseError, match="not altered"), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(state="published")


def test_the_next_plan_goes_on_where_the_last_one_stands(study, team, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    for text in ("Done by now", "Given up", "Not measured"):
        client.post(f"{at}lines/add/", LINE | {"text": text})
    published(study)
    measured = {"day": date(2025, 6, 1), "source": "Visits", "by": None}
    for text, value, status in ((LINE["text"], 25, "under_way"), ("Done by now", 60, "done"),
                                ("Given up", 12, "dropped")):  # fmt: skip
        line = study.lines.get(text=text)
        actions.add_reading(line=line, value=value, status=status, **measured)
    page = client.post(f"/clusters/{study.cluster_id}/studies/", follow=True).content.decode()
    assert "It begins as a copy of study 1." in page
    following = study.cluster.studies.get(number=2)
    stands = dict(following.lines.values_list("text", "baseline"))
    assert stands == {LINE["text"]: 25, "Not measured": Decimal(LINE["baseline"])}


def test_a_withdrawn_study_says_so_at_its_address_and_nothing_more(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    published(study)
    assert (
        "Say why; the reason is kept"
        in client.post(f"{at}steps/withdraw/", follow=True).content.decode()
    )
    client.post(f"{at}steps/withdraw/", {"reason": "Two figures were invented."})
    page = Client().get(at)
    assert page.status_code == 200
    assert "Two figures were invented." in page.content.decode()
    assert "Timber is wet" not in page.content.decode()
    for file in ("readings.csv", "paper.pdf"):
        assert Client().get(at + file).status_code == 410
    with pytest.raises(ValidationError, match="until it is withdrawn"):
        actions.add_lesson(study=study, by=None, text="Early", day="2025-07-01", author="All")
    with pytest.raises(DatabaseError, match="not altered"), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(withdrawn_because="Another")


def test_the_words_around_a_published_study_do_not_change_either(team, study, signed_in):
    at = written(study, signed_in(team.coordinator))
    published(study)
    with mock.patch.dict(PRINCIPLES, {"existing": "Another question?"}):
        assert "Another question?" not in Client().get(at).content.decode()
        draft = actions.begin_study(cluster=study.cluster, by=None)
        page = signed_in(team.coordinator).get(draft.get_absolute_url()).content.decode()
        assert "Another question?" in page
    held = Study.objects.get(pk=study.pk).snapshot["words"]
    assert set(held) == {code for code, _name in settings.LANGUAGES}
    assert dict(held["fr"]["headings"])["plan"] == "Plan d’action"


def test_published_its_parts_stand_in_the_order_of_the_draft(study, team, signed_in):
    client = signed_in(team.coordinator)
    at = written(study, client)
    draft = client.get(at).context["page"]
    published(study)
    page = Client().get(at).context["page"]
    assert [name for name, _lines in page.swot] == [name for name, _lines in draft.swot]
    assert page.principles == draft.principles
    assert page.swot[0][0] == "strength"


def test_evidence_that_is_gone_holds_the_approval_up(team, study, signed_in):
    figure = study.cluster.figures.create(
        measure="firms", value=120, unit="firms", year=2020, source="Census"
    )
    client = signed_in(team.coordinator)
    at = written(study, client)
    line = {"kind": "strength", "text": "Many firms", "on_record": f"figure {figure.pk}"}
    client.post(f"{at}swot/add/", line)
    client.post(f"{at}steps/send/")
    figure.delete()
    with pytest.raises(ValidationError, match="evidence for “Many firms”"):
        actions.take_study_step(study=study, step="approve", by=None)
