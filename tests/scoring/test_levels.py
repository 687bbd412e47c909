import pytest

from diagnostics.scoring.levels import State, level, out_of_order, score, state

from .builders import answers


@pytest.mark.parametrize(
    ("letters", "expected_level", "expected_state", "expected_score"),
    [
        ("yypn", 3, State.KNOWN, 3.5),  # two yes in a row, then partly: 1 + 2, and a half
        ("yyyy", 5, State.KNOWN, 5.0),
        ("nnnn", 1, State.KNOWN, 1.0),
        ("pnnn", 1, State.KNOWN, 1.5),
        ("y?nn", 2, State.UNKNOWN, 2.0),
        ("y?py", 2, State.UNKNOWN, 2.0),  # the partly is not the first one that is not yes
        ("ny?_", 1, State.KNOWN, 1.0),
        ("____", 1, State.UNANSWERED, 1.0),
        ("yy_y", 3, State.UNANSWERED, 3.0),  # blank, whatever stands above it
        ("_yyy", 1, State.UNANSWERED, 1.0),
    ],
)
def test_level_state_and_score(letters, expected_level, expected_state, expected_score):
    given = answers(letters)
    assert level(given) == expected_level
    assert state(given) == expected_state
    assert score(given) == expected_score


@pytest.mark.parametrize("letters", ["ny__", "ynny", "_y__", "?y??", "pnny"])
def test_a_yes_above_something_else_is_out_of_order(letters):
    assert out_of_order(answers(letters))


@pytest.mark.parametrize("letters", ["yyyy", "nnnn", "____", "yp?_", "y_pn"])
def test_the_rest_is_in_order(letters):
    assert not out_of_order(answers(letters))
