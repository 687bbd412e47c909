"""Sentences that remember what they were made of."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from countries.content.sentences import Counted, Sentence, sentence_of

MANY = Counted("{n} row of {sheet}", "{n} rows of {sheet}", "n")
facts = st.recursive(
    st.text() | st.integers(0, 10**9),
    lambda inner: st.lists(inner) | st.builds(lambda fact: Sentence("<{a}>", a=fact), inner),
    max_leaves=6,
)


@given(facts, st.integers(0, 10**9), st.text())
def test_a_sentence_comes_back_whole_from_json(fact, count, sheet):
    whole = Sentence("{what}: {rows}", what=fact, rows=Sentence(MANY, n=count, sheet=sheet))
    back = sentence_of(json.loads(json.dumps(whole.as_data())))
    assert back == whole
    assert said(back) == said(whole)
    assert said(copy.deepcopy(whole)) == said(whole)


def said(sentence: Sentence) -> str:
    """By an invented language that turns the text round its facts."""
    return sentence.said(
        lambda text: f"({text})", lambda one, many, n: f"{n % 3}{many}", lambda n: f"{n}!"
    )


def test_the_counted_form_is_chosen_by_the_number_and_counts_are_grouped():
    assert Sentence(MANY, n=1, sheet="{x}") == "1 row of {x}"
    assert Sentence(MANY, n=1500, sheet="a") == "1,500 rows of a"
    assert said(Sentence(MANY, n=1500, sheet="a")) == "01500! rows of a"


def test_a_text_kept_before_there_were_sentences_is_itself():
    assert sentence_of("Row 3 is {odd}.") == "Row 3 is {odd}."
