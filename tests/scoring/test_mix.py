import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.scoring.instrument import MixRule
from diagnostics.scoring.mix import Unjudged, evaluate, judge, names, parse

STAGES = {"finance": 2, "technology": 3, "bds": 1, "business_environment.policy": 4}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("business_environment.policy >= 3 and min(finance, technology) <= 2", True),
        ("finance > 2", False),
        ("finance == 2 and bds != 2", True),
        ("1 <= bds < finance < technology", True),
        ("1 < bds < finance", False),
        ("not finance > 2", True),
        ("finance > 2 or technology > 2", True),
        ("not (finance > 2 or technology > 2)", False),
        ("max(finance, technology, bds) == 3", True),
        ("spread(finance, technology, business_environment.policy) == 2", True),
        ("spread(finance) == 0", True),
        ("min(max(finance, technology), 2.5) >= 2.5", True),
        ("  finance <= 2  ", True),
        ("finance > 2 or bds == 1 and technology == 3", True),  # and binds closer than or
    ],
)
def test_conditions(text, holds):
    assert evaluate(text, STAGES) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "finance >=",
        "finance",
        "3",
        "True",
        "finance >= True",
        "finance and bds",
        "finance >= 'a'",
        "finance + 1 >= 2",
        "finance in (1, 2)",
        "finance is bds",
        "-finance < 0",
        "min() > 1",
        "min(finance, key=bds) > 1",
        "min(*finance) > 1",
        "sum(finance, bds) > 1",
        "min > 1",
        "a.b.c > 1",
        "finance() > 1",
        "finance[0] > 1",
        "(finance > 1) > 0",
        "min(finance > 1, 2) > 0",
        "finance := 3",
        "(x := 3) > 2",
        "lambda: 1",
        "__import__('os').system('true') > 0",
        "().__class__ > 0",
        "finance >= 1e999",
        "finance >= 2000",
        "finance >= 1j",
        "[finance > 1 for finance in bds]",
        "finance > 1; bds > 1",
        "finance > 1\nbds > 1",
        "finance > \0",
        "not " * 200 + "finance > 1",
        "(" * 240 + "1" + ")" * 240,
    ],
)
def test_anything_else_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\.$"):
        parse(text)


def test_the_sentence_names_the_part_that_is_wrong():
    with pytest.raises(ValueError, match=r'^"finance \+ 1" in "finance \+ 1 > 2" is not allowed'):
        parse("finance + 1 > 2")
    with pytest.raises(ValueError, match=r'^"finance" in "finance" is no comparison'):
        parse("finance")


@given(st.text(alphabet="abmin ax.()<>=!,123&|not\"'\\\n", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = names(text)
    except ValueError:
        return
    assert evaluate(text, dict.fromkeys(found, 1)) in (True, False)


def test_names_in_order_of_first_mention():
    text = "bds > 1 and not min(business_environment.policy, bds) < finance or 1 < technology"
    assert names(text) == ("bds", "business_environment.policy", "finance", "technology")


def test_a_rule_that_reads_a_null_stage_cannot_be_judged():
    stages = {"finance": 1, "technology": None, "bds": 2}
    fires = MixRule("fires", "finance == 1", "Do.")
    sleeps = MixRule("sleeps", "finance == 2", "Do not.")
    lacks = MixRule("lacks", "finance == 1 or technology == 1", "Perhaps.")
    assert judge([fires, sleeps, lacks], stages) == ([fires], [Unjudged(lacks, ("technology",))])


def test_a_rule_that_reads_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match='The mix rule r reads "trade"'):
        judge([MixRule("r", "finance > 1 or trade > 1", "Do.")], {"finance": 2})
