"""The record of a round in words: filtered, paged, exported."""

import csv
import io

import pytest
from django.utils import translation

from diagnostics import actions, history
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.authoring.translating import Translation, texts_of
from diagnostics.history import Asked
from tests.factories import rounds

pytestmark = pytest.mark.django_db
ITEM = "money.item_1"


@pytest.fixture
def made(team):
    sheet = rounds.sheet_of(team.organisation, title="Spring")
    rounds.answer(
        sheet, ITEM, "yes", "partly", by=team.officer, comment="=1+1",
        evidence=[("The law (invented)", "Article 3")],
    )  # fmt: skip
    rounds.answer(
        sheet, "money.item_2", status="not_applicable", reason="No bank.", by=team.colleague
    )
    actions.submit_sheet(sheet=sheet, by=team.officer)
    actions.end_collecting(round=sheet.round, by=team.coordinator)
    actions.settle_item(
        round=sheet.round, item=ITEM, content=Content(["yes", "yes", "no", ""], []),
        reason="Read together.", revision=0, by=team.coordinator,
    )  # fmt: skip
    return sheet.round


def words(made, **asked) -> list[str]:
    return [entry.what for entry in history.entries(made, Asked(**asked))]


def test_answers_decisions_and_steps_stand_in_words_the_newest_first(made, team):
    assert words(made) == [
        "settled. Before: yes, partly, –, –; level 2. After: yes, yes, no, –; level 3. "
        "Reason: Read together.",
        f"{team.coordinator} ended collecting in Spring; submitted sheets: 1.",
        f"{team.officer} submitted the sheet of {team.organisation} in Spring.",
        "does not apply: No bank.",
        "yes, partly, –, –; level 2. comment: =1+1. evidence: The law (invented), Article 3",
        "The system opened the round Spring for answers.",
        "The system planned the round Spring; sheets: 1.",
    ]


def test_it_is_filtered_by_kind_item_and_person(made, team):
    assert len(words(made, kind="answer")) == 2
    assert len(words(made, kind="decision")) == 1
    assert len(words(made, item=ITEM)) == 2
    assert words(made, person=team.colleague.pk) == ["does not apply: No bank."]
    newest = next(history.entries(made, Asked()))
    assert len(words(made, before=newest.at)) == 6


def test_the_page_filters_and_leads_to_older_entries(made, team, signed_in, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    client = signed_in(team.coordinator)
    address = f"/rounds/{made.pk}/history/"
    page = client.get(address).content.decode()
    assert "ended collecting" in page
    assert "does not apply" not in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "submitted the sheet" in client.get(address + older).content.decode()
    assert "No bank." in client.get(f"{address}?kind=answer").content.decode()
    for wrong in ("kind=nothing", "item=x", "person=z", "before=y"):
        for there in (address, address.replace("/history/", "/history.csv")):
            refused = client.get(f"{there}?{wrong}")
            assert refused.status_code == 400
            assert "errorlist" in refused.text
            assert "Nothing of that kind" not in refused.text


def test_the_csv_has_every_row_local_time_and_no_formula(made, team, signed_in):
    answer = signed_in(team.coordinator).get(f"/rounds/{made.pk}/history.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))
    assert len(rows) == 8
    assert all(row[0].endswith("+07:00") for row in rows[1:])
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_record_takes_a_constant_number_of_queries(
    made, team, signed_in, django_assert_max_num_queries
):
    client = signed_in(team.coordinator)
    with django_assert_max_num_queries(30) as before:
        client.get(f"/rounds/{made.pk}/history/")
    for number in range(3, 5):
        actions.settle_item(
            round=made, item=f"money.item_{number}", content=Content(["yes", "", "", ""], []),
            reason="Read.", revision=0, by=team.coordinator,
        )  # fmt: skip
    with django_assert_max_num_queries(30) as after:
        client.get(f"/rounds/{made.pk}/history/")
    assert len(after) == len(before)


def test_an_item_is_found_and_named_in_the_reader_s_language(made, team):
    version = made.instrument_version
    items = {
        code: {"title": f"{code} en français"} for code in texts_of(version.instrument)["items"]
    }
    content = {
        "instrument": version.code, "version": version.version, "language": "fr",
        "reviewed_by": None, "items": items,
    }  # fmt: skip
    actions.load_translation(version=version, translation=Translation(content), by=None)
    actions.file_objection(
        round=made, organisation=team.organisation, item=ITEM, about="answer", text="It is not so.",
        evidence=EvidenceRow(link="The law (invented)"), by=team.officer,
    )  # fmt: skip
    with translation.override("fr"):
        objected = [one for one in history.entries(made, Asked(item=ITEM)) if one.kind == "step"]
        assert [one.item for one in objected] == [f"{ITEM} en français"]
        assert f"{ITEM} en français" in objected[0].what
