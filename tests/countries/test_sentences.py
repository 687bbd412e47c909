"""Sentences kept as data come back as they were."""

import json

from hypothesis import given
from hypothesis import strategies as st

from countries.content.sentences import filled, sentence_of

TEMPLATES = st.sampled_from(["Of %(sheet)s: %(n)s", ("%(n)s row of %(sheet)s", "%(n)s rows")])
facts = st.recursive(
    st.text() | st.integers(0, 10**9),
    lambda inner: (
        st.lists(inner).map(tuple) | st.builds(lambda fact: filled("<%(fact)s>", fact=fact), inner)
    ),
    max_leaves=6,
)


@given(TEMPLATES, facts, st.integers(0, 10**9))
def test_a_sentence_comes_back_whole_from_json(template, fact, count):
    whole = filled(template, sheet=fact, n=count)
    back = sentence_of(json.loads(json.dumps(whole.parts)))
    assert back == whole
    assert back.parts == whole.parts


def test_a_text_kept_before_there_were_sentences_is_itself():
    assert sentence_of("Row 3 is %(odd)s.") == "Row 3 is %(odd)s."
