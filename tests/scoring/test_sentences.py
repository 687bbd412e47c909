"""Sentences: English by themselves, and what they are made of for every other language."""

import copy
import json

from hypothesis import given, settings

from countries.content.sentences import _, ngettext, parts_of, sentences_in
from diagnostics.scoring.rounds import score_round
from tests.scoring.test_reliance import rated


def test_a_sentence_is_a_text_with_its_facts_in_it():
    said = _("%(share)s %% of %(draws)s: %(items)s", share=12.5, draws=8120, items=("a.b", "c"))
    assert said == "12.5 % of 8,120: a.b, c"
    assert copy.deepcopy({"why": said})["why"] is said


def test_what_is_counted_chooses_the_template():
    one, many = (ngettext("%(n)s sheet", "%(n)s sheets", n) for n in (1, 1000))
    assert (one, many) == ("1 sheet", "1,000 sheets")


def test_reasons_part_by_semicolons_and_names_by_commas():
    reasons = (_("too few of %(items)s", items=("a", "b")), _("too late"))
    assert _("No: %(reasons)s.", reasons=reasons) == "No: too few of a, b; too late."
    assert _("%(groups)s", groups=(("a", "b"), ("c",))) == "a, b; c"


def test_parts_hold_templates_and_facts_all_the_way_down():
    said = _("No: %(reasons)s.", reasons=(ngettext("%(n)s day", "%(n)s days", 2),))
    assert parts_of({"rows": [{"why": said}]}) == {
        "No: 2 days.": {
            "says": ["No: %(reasons)s."],
            "facts": {"reasons": [{"says": ["%(n)s day", "%(n)s days"], "facts": {"n": 2}}]},
        }
    }


@settings(max_examples=20)
@given(rated())
def test_every_reason_of_a_result_keeps_its_parts(drawn):
    result = score_round(*drawn, draws=50)
    parts = parts_of(result)
    assert json.loads(json.dumps(parts)) == parts
    kept = set(map(str, sentences_in(result)))
    for theme in result["themes"]:
        told = [theme["firm_because"], theme["reason"], theme["agreement"]["words"]]
        told += [theme["needs"], *(why for one in theme["contested"] for why in one["why"])]
        assert kept.issuperset(filter(None, told))
