"""An instrument written in the browser: the actions, and what they refuse."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.refusals import Refused, Stale
from activity.models import Event
from diagnostics import actions
from diagnostics.authoring import editing
from diagnostics.authoring.editing import Kind
from diagnostics.instrument_queries import drafts_visible_to, rounds_to_try
from diagnostics.models import InstrumentVersion
from tests.factories import people, rounds
from tests.factories.people import CountryFactory

pytestmark = pytest.mark.django_db

ITEM = "money.item_1"


@pytest.fixture
def lao():
    return CountryFactory()


@pytest.fixture
def parent():
    return rounds.version()


@pytest.fixture
def draft(parent):
    return actions.copy_instrument(version=parent, country=None, by=None)


@pytest.fixture
def edition(parent, lao):
    return actions.copy_instrument(version=parent, country=lao, by=None)


def item(draft: InstrumentVersion, code: str = ITEM):
    draft.refresh_from_db()
    return draft.instrument.items()[code]


def save(draft, part, kind=Kind.ITEM, revision=None):
    code = "head" if kind == Kind.HEAD else part.code
    stored = editing.parts(draft.instrument, kind)[code]
    revision = revision or editing.revision(stored)
    return actions.save_part(draft=draft, kind=kind, part=part, revision=revision, by=None)


def add(draft, title="Own item", theme="money"):
    return actions.add_item(draft=draft, theme=theme, title=title, group="all", by=None)


def completed(draft, code):
    new = item(draft, code)
    return replace(
        new,
        question="Does it?",
        evidence="A record.",
        statements=tuple(f"Own fact {n} is on record." for n in range(2, 6)),
        source=replace(new.source, because="the country has it"),
    )


def test_a_copy_is_the_next_version_word_for_word(draft, parent):
    assert (draft.code, draft.version, draft.state) == ("small", "1.1", "draft")
    assert draft.based_on == parent
    assert replace(draft.instrument, version="1.0") == parent.instrument
    again = actions.copy_instrument(version=parent, country=None, by=None)
    assert again.version == "1.2"


def test_a_copy_for_a_country_is_its_edition(edition, parent, lao):
    assert (edition.code, edition.version, edition.country) == ("small-lao", "1.0", lao)
    assert str(edition.instrument.edition_of) == "small 1.0"
    assert edition.title == "A small instrument, edition of Country LAO"


def test_an_edition_of_an_edition_is_refused(edition, lao):
    published = actions.publish_draft(draft=edition, by=None)
    other = CountryFactory(code="VNM")
    with pytest.raises(Refused, match="itself an edition"):
        actions.copy_instrument(version=published, country=other, by=None)
    again = actions.copy_instrument(version=published, country=lao, by=None)
    assert (again.code, again.version) == ("small-lao", "1.1")


def test_what_is_about_clusters_has_no_editions(lao):
    version = rounds.version(code="of-clusters", subject="cluster")
    with pytest.raises(Refused, match="about countries"):
        actions.copy_instrument(version=version, country=lao, by=None)


def test_saving_changes_one_part_and_the_hash(draft):
    before = draft.sha256
    saved = save(draft, replace(item(draft), title="Said better"))
    assert item(draft).title == "Said better"
    assert saved.sha256 != before
    assert item(draft, "money.item_2").title == "Money item 2"


def test_two_people_in_different_parts_do_not_meet(draft):
    first, second = item(draft), item(draft, "advice.item_1")
    save(draft, replace(first, title="One"))
    save(draft, replace(second, title="Two"), revision=editing.revision(second))
    assert (item(draft).title, item(draft, "advice.item_1").title) == ("One", "Two")


def test_two_people_in_one_part_are_told(draft):
    seen = editing.revision(item(draft))
    save(draft, replace(item(draft), title="Theirs"))
    with pytest.raises(Stale) as caught:
        save(draft, replace(item(draft), title="Mine"), revision=seen)
    assert caught.value.stored.instrument.items()[ITEM].title == "Theirs"
    save(draft, replace(item(draft), title="Theirs"), revision=seen)  # the same, sent again
    assert item(draft).title == "Theirs"


def test_a_new_item_gets_a_code_that_no_version_ever_had(draft, parent):
    gone = item(draft)
    actions.remove_part(draft=draft, part=gone, by=None)
    assert add(draft, title="Item 1") == "money.item_1_2"
    assert add(draft) == "money.own_item"
    code = "money.own_item"
    save(draft, replace(item(draft, code), title="Quite another title"))
    assert item(draft, code).title == "Quite another title"
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))[-3:]
    assert kinds == ["instrument.item_removed", "instrument.item_added", "instrument.item_added"]


def test_publishing_needs_every_error_mended_and_then_nothing_changes(draft):
    code = add(draft)
    with pytest.raises(Refused, match=r"errors are left; the first: money\.own_item"):
        actions.publish_draft(draft=draft, by=None)
    save(draft, completed(draft, code))
    published = actions.publish_draft(draft=draft, by=None)
    assert published.state == "published"
    assert published.items.count() == 9
    assert Event.objects.filter(kind="instrument.published").count() == 2
    with pytest.raises(Refused, match="published or discarded meanwhile"):
        save(draft, replace(item(draft), title="Too late"))
    with pytest.raises(Refused, match="published or discarded meanwhile"):
        actions.discard_draft(draft=draft, by=None)


def test_an_edition_publishes_with_its_national_item(edition, lao):
    code = add(edition)
    save(edition, completed(edition, code))
    save(edition, replace(item(edition), title="As we say it", question="How do we say it?"))
    published = actions.publish_draft(draft=edition, by=None)
    made = rounds.RoundFactory(country=lao, instrument_version=published)
    assert made.sheets.get().responses.filter(item__code=code).exists()


def test_an_edition_that_departs_is_not_published(edition):
    save(edition, replace(item(edition), weight=2.0, weight_because="Ours"))
    with pytest.raises(Refused, match="changes the weight of the common item"):
        actions.publish_draft(draft=edition, by=None)


def test_a_common_item_of_an_edition_stays(edition):
    with pytest.raises(Refused, match="A common item stays"):
        actions.remove_part(draft=edition, part=item(edition), by=None)
    code = add(edition)
    actions.remove_part(draft=edition, part=item(edition, code), by=None)
    edition.refresh_from_db()
    assert code not in edition.instrument.items()


def test_an_edition_is_for_rounds_of_its_country_alone(edition):
    published = actions.publish_draft(draft=edition, by=None)
    abroad = people.OrganisationFactory(country=CountryFactory(code="VNM"))
    with pytest.raises(Refused, match="for rounds of that country only"):
        actions.plan_round(
            country=abroad.country, instrument_version=published, title="Abroad",
            period=(date(2025, 1, 1), date(2025, 12, 31)),
            sheets=[(abroad, "government", ["money"])], by=None,
        )  # fmt: skip


def test_a_number_is_one_and_is_free(draft):
    head = editing.parts(draft.instrument, Kind.HEAD)["head"]
    save(draft, replace(head, version="2.0", title="Newer"), Kind.HEAD)
    draft.refresh_from_db()
    assert str(draft) == "Newer 2.0"
    for number, sentence in (("1.0", "already"), ("two", "one to four numbers")):
        with pytest.raises(Refused, match=sentence):
            save(draft, replace(head, version=number, title="Newer"), Kind.HEAD,
                 editing.revision(replace(head, version="2.0", title="Newer")))  # fmt: skip
    draft.refresh_from_db()
    assert draft.version == "2.0"


def test_a_draft_that_people_write_in_does_not_give_way_to_a_file(draft):
    with pytest.raises(Refused, match="people write in"):
        actions.load_instrument(instrument=draft.instrument, by=None)


def test_a_file_becomes_a_draft(parent):
    own = replace(rounds.small_instrument(code="own"), title="From a file")
    made = actions.import_draft(instrument=own, by=None)
    assert (made.instrument, made.state, made.based_on) == (own, "draft", None)
    with pytest.raises(Refused, match="already"):
        actions.import_draft(instrument=own, by=None)
    nowhere = editing.edition(parent.instrument, version="1.0", title="X", country="QQQ")
    with pytest.raises(Refused, match="no country QQQ"):
        actions.import_draft(instrument=nowhere, by=None)


def test_the_whole_is_replaced_only_as_it_was_seen(draft):
    instrument = replace(draft.instrument, title="Whole")
    saved = actions.save_draft(draft=draft, instrument=instrument, sha256=draft.sha256, by=None)
    assert saved.instrument == instrument
    with pytest.raises(Stale):
        actions.save_draft(draft=draft, instrument=instrument, sha256=draft.sha256, by=None)
    with pytest.raises(Refused, match="code of a draft stays"):
        actions.save_draft(
            draft=draft, instrument=replace(instrument, code="other"), sha256=saved.sha256, by=None
        )


def test_who_sees_which_draft(draft, edition, lao):
    abroad = CountryFactory(code="VNM")
    seen = lambda who: set(drafts_visible_to(who))  # noqa: E731
    assert seen(people.administrator()) == {draft, edition}
    assert seen(people.coordinator(lao)) == {edition}
    assert seen(people.coordinator(abroad)) == set()
    assert seen(people.officer(people.OrganisationFactory(country=lao))) == set()


def test_on_which_rounds_a_draft_is_tried(draft, lao):
    closed = rounds.closed_round(lao)
    rounds.RoundFactory(country=lao)
    assert list(rounds_to_try(people.coordinator(lao), draft)) == [closed]
    assert list(rounds_to_try(people.administrator(), draft)) == []
    type(closed).objects.filter(pk=closed.pk).update(provenance="coded", label="from a book")
    assert list(rounds_to_try(people.administrator(), draft)) == [closed]
    assert list(rounds_to_try(people.coordinator(CountryFactory(code="VNM")), draft)) == []
