"""From the answers to one item to its level, state and score (method.md section 2).

`answers` always holds one entry per statement, those of levels 2..L in order.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import takewhile

from diagnostics.scoring.instrument import Answer


class State(StrEnum):
    """What holds an item at its level: an answer, an `unknown`, or nothing written yet."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"


def level(answers: Sequence[Answer]) -> int:
    """Return 1 plus the number of consecutive yes from statement 2 upwards (1..L)."""
    return 1 + sum(1 for _ in takewhile(lambda answer: answer == Answer.YES, answers))


def first_open(answers: Sequence[Answer]) -> Answer | None:
    """Return the answer to the first statement that is not yes; None if all are yes."""
    return next((answer for answer in answers if answer != Answer.YES), None)


def state(answers: Sequence[Answer]) -> State:
    """Return the state of an applicable item, decided by its first statement that is not yes."""
    match first_open(answers):
        case Answer.UNKNOWN:
            return State.UNKNOWN
        case Answer.BLANK:
            return State.UNANSWERED
    return State.KNOWN


def score(answers: Sequence[Answer]) -> float:
    """Return the level, plus one half if the first statement that is not yes is partly true."""
    return level(answers) + (0.5 if first_open(answers) == Answer.PARTLY else 0.0)


def out_of_order(answers: Sequence[Answer]) -> bool:
    """Tell whether a higher statement is yes while a lower one is not."""
    return Answer.YES in answers[level(answers) - 1 :]
