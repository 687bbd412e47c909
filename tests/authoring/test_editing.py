"""A draft in parts: taken out, put back, added, told apart, written as a file and read again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.authoring import editing
from diagnostics.authoring.difference import How, compared, differences
from diagnostics.authoring.editing import Kind
from diagnostics.authoring.reading import examine_text, findings_of, read_instrument
from diagnostics.authoring.writing import yaml_text
from diagnostics.scoring.instrument import Group, Instrument, Renamed
from tests.factories.rounds import small_instrument

SHIPPED = "diagnostics/instruments/sme-stages-1.0.yaml"
SMALL = small_instrument()
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=40).map(str.strip)


@pytest.mark.parametrize("kind", Kind)
def test_a_part_taken_out_and_put_back_changes_nothing(kind):
    for part in editing.parts(SMALL, kind).values():
        assert editing.with_part(SMALL, part) == SMALL


def test_a_changed_part_changes_itself_only():
    item = replace(SMALL.items()["money.item_2"], title="Renamed")
    after = editing.with_part(SMALL, item)
    assert after.items()["money.item_2"] == item
    assert [one.code for one in differences(SMALL, after)] == ["money.item_2"]
    with pytest.raises(LookupError):
        editing.with_part(SMALL, replace(item, code="money.none"))


def test_a_revision_is_what_the_part_says():
    item = SMALL.items()["money.item_1"]
    other = replace(item, statements=("Else.", *item.statements[1:]))
    assert editing.revision(item) == editing.revision(replace(item))
    assert editing.revision(item) != editing.revision(other)


def test_items_of_a_group_that_goes_are_in_none():
    theme = editing.parts(SMALL, Kind.THEME)["money"]
    after = editing.with_part(SMALL, replace(theme, groups=()))
    assert {item.group for item in after.themes[0].items} == {""}
    assert {item.group for item in after.themes[1].items} == {"all"}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Credit for women", "money.credit_for_women"),
        ("Crédit à l'export", "money.credit_a_l_export"),
        ("2nd chance", "money.nd_chance"),
        ("信用", "money.new"),
        ("Item 1", "money.item_1_2"),  # item_1 is there
        ("Old one", "money.old_one_2"),  # once meant something else
        ("Was so", "money.was_so_2"),
    ],
)
def test_a_code_is_made_once_of_the_title(title, code):
    start = replace(SMALL, renamed=(Renamed("money.item_1", "money.was_so"),))
    grown, made = editing.with_item(start, "money", title, "all", {"money.old_one"})
    assert made == code
    new = grown.items()[code]
    assert (new.title, new.statements, new.group) == (title, ("",) * 4, "all")
    assert editing.without(grown, new) == start


@given(st.text(max_size=80), st.sets(st.sampled_from(["new", "a", "new_2"])))
def test_any_title_gives_a_code_that_the_file_may_have(title, taken):
    made = editing.new_name(title, taken)
    grown, code = editing.with_item(SMALL, "money", title or "x", "", {f"money.{made}"})
    assert made not in taken
    assert not [one for one in editing.placed(grown, findings_of(grown)) if one.field == "code"]
    assert code != f"money.{made}"


def test_approaches_and_rules_get_the_next_number():
    grown, first = editing.with_approach(SMALL, "money", 2, {"money-2-1"})
    grown, second = editing.with_approach(grown, "money", 2, set())
    assert (first, second) == ("money-2-2", "money-2-1")
    grown, rule = editing.with_rule(grown, set())
    assert rule == "rule-1"
    for part in (grown.approaches[1], grown.approaches[2], grown.mix_rules[0]):
        grown = editing.without(grown, part)
    assert grown == SMALL


def test_an_item_moves_within_its_theme():
    codes = lambda one: [item.code[-1] for item in one.themes[0].items]  # noqa: E731
    assert codes(editing.moved(SMALL, "money.item_2", -1)) == ["2", "1", "3", "4"]
    assert codes(editing.moved(SMALL, "money.item_2", 9)) == ["1", "3", "4", "2"]
    assert editing.moved(SMALL, "money.item_1", -1) == SMALL


def test_new_groups_get_codes_and_old_ones_keep_theirs():
    groups = (Group("all", "Everything"), Group("", "All"), Group("", "All"))
    assert [group.code for group in editing.grouped(groups)] == ["all", "all_2", "all_3"]


def test_an_edition_is_word_for_word_its_parent_and_has_no_fault():
    parent = read_instrument(SHIPPED)
    own = editing.edition(parent, version="1.0", title="Edition", country="LAO")
    assert (own.code, own.country) == ("sme-stages-lao", "LAO")
    assert not [one for one in findings_of(own, parent) if one.severity == "error"]
    assert [one.field for one in differences(parent, own)[0].told] == ["title"]
    departed = editing.moved(editing.without(own, own.themes[0].items[0]), "x", 1)
    found = editing.placed(departed, findings_of(departed, parent))
    assert any("lacks the common item" in one.message for one in found)


def test_findings_stand_at_the_page_and_field_where_they_are_mended():
    item = SMALL.items()["money.item_1"]
    bad = replace(item, statements=("It is adequate.", *item.statements[1:]), effort=0.0)
    draft = editing.with_part(SMALL, bad)
    found = editing.placed(draft, findings_of(draft))
    places = {(one.kind, one.code, one.field) for one in found if one.is_error}
    assert places == {
        (Kind.ITEM, "money.item_1", "statements-2"),
        (Kind.ITEM, "money.item_1", "effort"),
    }


def test_a_difference_is_told_word_by_word():
    pieces = [("same", "A dated"), ("out", "law"), ("in", "rule"), ("same", "is there.")]
    assert compared("A dated law is there.", "A dated rule is there.") == pieces


@given(WORDS, WORDS)
def test_the_pieces_of_a_difference_give_back_both_texts(before, after):
    pieces = compared(before, after)
    told = lambda leave: " ".join(text for how, text in pieces if how != leave)  # noqa: E731
    assert told("in") == " ".join(before.split())
    assert told("out") == " ".join(after.split())


def test_what_is_added_removed_reworded_and_reweighed():
    item = SMALL.items()["advice.item_1"]
    changed = replace(item, statements=("New.", *item.statements[1:]), weight=2.0)
    after, code = editing.with_item(editing.with_part(SMALL, changed), "money", "Own", "all", ())
    after = replace(editing.without(after, after.approaches[0]), pass_mark=0.5)
    found = {(one.how, one.code): one for one in differences(SMALL, after)}
    assert set(found) == {
        (How.CHANGED, "head"), (How.CHANGED, "advice.item_1"),
        (How.ADDED, code), (How.REMOVED, "m-1"),
    }  # fmt: skip
    told = found[How.CHANGED, "advice.item_1"]
    assert [(one.field, one.at, one.after) for one in told.reworded] == [
        ("statements", "2", "New.")
    ]
    assert [(one.before, one.after) for one in told.reweighed] == [("1", "2")]
    assert differences(SMALL, SMALL) == []


@pytest.mark.parametrize("name", ["sme-stages-1.0", "sme-stages-0.9", "cluster-diagnostic-1.0"])
def test_a_written_file_is_read_back_word_for_word(name):
    instrument = read_instrument(f"diagnostics/instruments/{name}.yaml")
    assert examine_text(yaml_text(instrument)).instrument == instrument


@given(WORDS.filter(bool))
def test_any_wording_survives_the_file(text):
    draft: Instrument = replace(SMALL, title=text, intro=text)
    assert examine_text(yaml_text(draft)).instrument == draft
