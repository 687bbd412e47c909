"""The pages on which an instrument is written."""

import re
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from diagnostics import actions
from diagnostics.authoring import editing
from diagnostics.authoring.reading import examine_text
from diagnostics.authoring.writing import yaml_text
from diagnostics.models import InstrumentVersion
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def parent():
    return rounds.version()


@pytest.fixture
def draft(parent):
    return actions.copy_instrument(version=parent, country=None, by=None)


@pytest.fixture
def edition(parent):
    country = people.CountryFactory()
    return actions.copy_instrument(version=parent, country=country, by=None)


@pytest.fixture
def writer(client):
    client.force_login(people.administrator())
    return client


def page(draft, kind="item", code=ITEM) -> str:
    return reverse("diagnostics:draft_part", args=[draft.pk, kind, code])


def filled(html: str, **changed: str) -> dict[str, str]:
    """What the form of a part would send, with some fields changed."""
    form = html[html.index("data-write") :]
    form = form[: form.index("</form>")]
    given = dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form))
    given |= dict(
        re.findall(r'<input type="(?:text|number|hidden)" name="([^"]+)" value="([^"]*)"', form)
    )
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected>', options)
        given[name] = chosen[0] if chosen else ""
    given |= dict(
        re.findall(r'<input type="checkbox" name="([^"]+)"(?: value="(\w+)")?[^>]* checked', form)
    )
    return {**given, **changed}


def written(client, draft, kind="item", code=ITEM, **changed):
    """The answer to a save by the page's script."""
    url = page(draft, kind, code)
    given = filled(
        client.get(url).content.decode(), **{k.replace("__", "-"): v for k, v in changed.items()}
    )
    return client.post(url, given, headers={"Accept": "application/json"})


def test_saving_what_stands_there_changes_nothing(writer, draft):
    for kind, code in [("item", ITEM), ("theme", "money"), ("head", "head"), ("approach", "m-1")]:
        answer = written(writer, draft, kind, code)
        assert answer.status_code == 200, (kind, answer.content)
        draft.refresh_from_db()
        assert replace(draft.instrument, version="1.0") == rounds.small_instrument(), kind


def test_the_checks_speak_beside_the_field(writer, draft):
    answer = written(
        writer, draft, statements__3="It is adequate. It is good.", title="Better"
    ).json()
    errors = [one for one in answer["findings"] if one["severity"] == "error"]
    assert {one["field"] for one in errors} == {"statements-3"}
    assert next(one["message"] for one in errors).startswith('The word "adequate" cannot be shown')
    assert answer["saved"].startswith("Saved ")
    draft.refresh_from_db()
    assert draft.instrument.items()[ITEM].title == "Better"
    html = writer.get(page(draft)).content.decode()
    beside = html[html.index('data-findings="statements-3"') :]
    assert "adequate" in beside[: beside.index("</ul>")]
    assert "To mend" in writer.get(draft.get_absolute_url()).content.decode()


def test_each_save_carries_the_next_revision(writer, draft):
    url = page(draft)
    given = filled(writer.get(url).content.decode())
    for title in ("One", "Two", "Three"):
        answer = writer.post(url, given | {"title": title}, headers={"Accept": "application/json"})
        given["revision"] = answer.json()["revision"]
    draft.refresh_from_db()
    assert draft.instrument.items()[ITEM].title == "Three"


def test_a_number_that_is_none_is_told_and_nothing_saved(writer, draft):
    answer = written(writer, draft, weight="heavy", title="Lost?")
    assert answer.status_code == 400
    assert answer.json()["findings"] == [
        {"field": "weight", "severity": "error", "message": "Enter a number."}
    ]
    draft.refresh_from_db()
    assert draft.instrument.items()[ITEM].title == "Money item 1"


def test_two_writers_of_one_part_see_both_texts(writer, draft):
    url = page(draft)
    mine = filled(writer.get(url).content.decode(), title="Mine")
    written(writer, draft, title="Theirs")
    assert writer.post(url, mine, headers={"Accept": "application/json"}).status_code == 409
    answer = writer.post(url, mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "wrote here meanwhile" in html
    assert ">Mine</textarea>" in html.replace("\n", "")
    assert "<dd>Theirs</dd>" in html
    assert writer.post(url, filled(html)).status_code == 302
    draft.refresh_from_db()
    assert draft.instrument.items()[ITEM].title == "Mine"


def test_what_is_common_cannot_be_changed_in_an_edition(writer, edition):
    written(writer, edition, statements__2="Ours.", weight="9", effort="9", title="In our words")
    edition.refresh_from_db()
    item = edition.instrument.items()[ITEM]
    assert item.title == "In our words"
    assert replace(item, title="Money item 1") == rounds.small_instrument().items()[ITEM]


def test_a_group_is_added_weighed_and_taken_out(writer, draft):
    written(
        writer, draft, "theme", "money", **{"groups-1-title": "New ones", "groups-1-weight": "2"}
    )
    draft.refresh_from_db()
    assert [(g.code, g.weight) for g in draft.instrument.themes[0].groups] == [
        ("all", None), ("new_ones", 2.0),
    ]  # fmt: skip
    answer = written(writer, draft, "theme", "money", **{"groups-0-gone": "on"}).json()
    draft.refresh_from_db()
    assert answer["redraw"]
    assert [g.code for g in draft.instrument.themes[0].groups] == ["new_ones"]


def test_an_approach_and_a_rule_are_added_and_taken_out(writer, draft):
    made = writer.post(reverse("diagnostics:draft_approach_new", args=[draft.pk, "advice", 2]))
    assert made["Location"] == page(draft, "approach", "advice-2-1")
    written(writer, draft, "approach", "advice-2-1", text="Train.", source__because="a guess")
    made = writer.post(reverse("diagnostics:draft_rule_new", args=[draft.pk]))
    assert made["Location"] == page(draft, "rule", "rule-1")
    told = written(writer, draft, "rule", "rule-1", when="money.run() < 2").json()["findings"]
    assert any(one["field"] == "when" for one in told)
    draft.refresh_from_db()
    assert draft.instrument.approaches[-1].text == "Train."
    assert draft.instrument.mix_rules[0].when == "money.run() < 2"
    for kind, code in (("approach", "advice-2-1"), ("rule", "rule-1")):
        writer.post(reverse("diagnostics:draft_part_remove", args=[draft.pk, kind, code]))
    draft.refresh_from_db()
    assert replace(draft.instrument, version="1.0") == rounds.small_instrument()


def test_an_item_is_added_and_moved(writer, draft):
    url = reverse("diagnostics:draft_item_new", args=[draft.pk, "money"])
    assert writer.post(url, {"title": "Own"})["Location"] == page(draft, code="money.own")
    assert writer.post(url, {"title": " "})["Location"] == page(draft, "theme", "money")
    move = reverse("diagnostics:draft_move", args=[draft.pk, "money.own", "up"])
    writer.post(move)
    draft.refresh_from_db()
    assert [item.code for item in draft.instrument.themes[0].items][-2:] == [
        "money.own", "money.item_4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code"),
    [("item", "money.none"), ("nothing", "x"), ("head", "other"), ("theme", "none")],
)
def test_parts_that_are_not_there_are_404(writer, draft, kind, code):
    assert writer.get(page(draft, kind, code)).status_code == 404
    assert writer.post(page(draft, kind, code)).status_code == 404


def test_the_difference_is_told_in_words(writer, draft):
    url = reverse("diagnostics:draft_difference", args=[draft.pk])
    assert "Nothing yet" in writer.get(url).content.decode()
    written(writer, draft, statements__2="Fact 2 of money 1 is printed.", weight="2")
    html = writer.get(url).content.decode()
    assert "<del>on record.</del> <ins>printed.</ins>" in html
    assert "from 1 to 2" in html
    assert "make it a new item" in html


def test_the_preview_is_the_sheet_with_nothing_to_press(writer, draft):
    html = writer.get(
        reverse("diagnostics:draft_preview", args=[draft.pk, "money"])
    ).content.decode()
    assert html.count('class="item"') == 4
    assert "Fact 3 of money 2 is on record." in html
    assert "sheet.js" not in html
    assert 'type="radio"' in html
    assert "disabled" in html


def test_a_trial_shows_the_stage_before_and_after_and_stores_nothing(client, parent):
    country = people.CountryFactory()
    client.force_login(people.coordinator(country))
    closed = rounds.closed_round(country)
    draft = actions.copy_instrument(version=parent, country=country, by=None)
    url = reverse("diagnostics:draft_trial", args=[draft.pk])
    assert closed.title in client.get(url).content.decode()
    html = client.get(url, {"round": closed.pk}).content.decode()
    assert "The stage stays." in html
    for wrong in ("0", "x", "9" * 30):
        assert client.get(url, {"round": wrong}).status_code == 404
    # A new item whose statements are not yet written is in nobody's way.
    actions.add_item(draft=draft, theme="money", title="Own", group="all", by=None)
    html = client.get(url, {"round": closed.pk}).content.decode()
    assert "Not asked then, so unanswered: Own." in html
    written(client, draft, weight__because="", weight="1", code="money.own", effort="0")
    html = client.get(url, {"round": closed.pk}).content.decode()
    assert "Mend the weights and marks first: money.own: Expected an effort above 0" in html


def test_publishing_asks_who_is_there_and_leads_to_the_handbook(writer, draft):
    url = reverse("diagnostics:draft_publish", args=[draft.pk])
    session = writer.session
    session["proved_at"] = 0
    session.save()
    assert "/account/" in writer.post(url)["Location"]
    draft.refresh_from_db()
    assert draft.state == "draft"
    writer.force_login(people.administrator())
    assert writer.post(url)["Location"] == "/instruments/small/1.1/"
    assert writer.get(page(draft)).status_code == 404


def test_discarding_throws_it_away(writer, draft):
    writer.post(reverse("diagnostics:draft_discard", args=[draft.pk]))
    assert not InstrumentVersion.objects.filter(pk=draft.pk).exists()


def test_the_file_of_a_version_comes_back_as_it_is(client, writer, draft, parent):
    file = writer.get(reverse("diagnostics:draft_file", args=[draft.pk]))
    assert examine_text(file.content.decode()).instrument == draft.instrument
    published = client.get(reverse("diagnostics:instrument_file", args=["small", "1.0"]))
    assert published["Content-Disposition"] == 'attachment; filename="small-1.0.yaml"'
    assert examine_text(published.content.decode()).instrument == parent.instrument


def upload(client, text: str | bytes):
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        reverse("diagnostics:draft_import"), {"file": ContentFile(content, "x.yaml")}
    )


def test_a_file_becomes_a_draft_or_every_fault_is_told(writer):
    own = rounds.small_instrument(code="own")
    answer = upload(writer, yaml_text(own))
    made = InstrumentVersion.objects.get(code="own")
    assert answer["Location"] == made.get_absolute_url()
    again = upload(writer, yaml_text(own)).content.decode()
    assert "There is a version 1.0 of own already" in again
    broken = yaml_text(replace(own, version="2.0", pass_mark=2.0)).replace("weight:", "wieght:", 1)
    told = upload(writer, broken).content.decode()
    assert "themes[0].items[0].wieght" in told
    assert "pass_mark" in told
    for content in (b"\n", b"\xff\xfe", b"[1, 2]", b"x" * 2_000_001):
        assert "What the file has to mend" in upload(writer, content).content.decode()
    assert InstrumentVersion.objects.count() == 1


def test_a_coordinator_imports_editions_of_the_own_country_alone(client, parent):
    country = people.CountryFactory()
    client.force_login(people.coordinator(country))
    own = editing.edition(parent.instrument, version="1.0", title="Ours", country="LAO")
    abroad = replace(own, code="small-vnm", country="VNM")
    for refused in (rounds.small_instrument(code="own"), abroad):
        told = upload(client, yaml_text(refused)).content.decode()
        assert "has to be an edition of your country" in told
    departing = replace(own, pass_mark=0.5)
    assert "pass_mark" in upload(client, yaml_text(departing)).content.decode()
    upload(client, yaml_text(own))
    assert InstrumentVersion.objects.get(state="draft").country == country


def test_a_coordinator_copies_for_the_own_country_alone(client, parent):
    country = people.CountryFactory()
    client.force_login(people.coordinator(country))
    url = reverse("diagnostics:draft_new")
    assert client.post(url, {"version": parent.pk}).status_code == 200  # a country is needed
    made = client.post(url, {"version": parent.pk, "country": "LAO"})
    draft = InstrumentVersion.objects.get(state="draft")
    assert made["Location"] == draft.get_absolute_url()
    assert str(draft) in client.get(reverse("diagnostics:instruments")).content.decode()


def test_of_each_instrument_the_newest_version_is_offered(client, parent):
    newer = InstrumentVersion.objects.create(
        code=parent.code, version="99", title=parent.title, subject=parent.subject,
        state="published", content=parent.content, sha256="0" * 64,
    )  # fmt: skip
    client.force_login(people.coordinator(people.CountryFactory()))
    offered = client.get(reverse("diagnostics:round_new")).context["form"].fields["instrument"]
    assert list(offered.queryset) == [newer]


def test_another_country_is_not_offered_the_edition(client, edition):
    actions.publish_draft(draft=edition, by=None)
    abroad = people.CountryFactory(code="VNM")
    client.force_login(people.coordinator(abroad))
    html = client.get(reverse("diagnostics:round_new")).content.decode()
    assert "edition of" not in html
    client.force_login(people.coordinator(edition.country))
    html = client.get(reverse("diagnostics:round_new")).content.decode()
    assert "edition of" in html
