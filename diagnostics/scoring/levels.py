"""From the answers to one item to its level, state and score (method.md section 2).

`answers` always holds one entry per statement: those of levels 2..L in order, or, where they are
`marks`, those of the phases 1..L (section 11).
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


def level(answers: Sequence[Answer], marks: bool = False) -> int:
    """Return 1 plus the number of consecutive yes from statement 2 upwards (1..L).

    Of `marks`: the earliest phase whose mark is yes, 0 where none is.
    """
    if marks:
        return answers.index(Answer.YES) + 1 if Answer.YES in answers else 0
    return 1 + sum(1 for _ in takewhile(lambda answer: answer == Answer.YES, answers))


def first_open(answers: Sequence[Answer]) -> Answer | None:
    """Return the answer to the first statement that is not yes; None if all are yes."""
    return next((answer for answer in answers if answer != Answer.YES), None)


def state(answers: Sequence[Answer], marks: bool = False) -> State:
    """Return the state of an applicable item, decided by its first statement that is not yes.

    Of `marks` every one counts: one blank leaves the item unanswered, one unknown unknown.
    """
    if marks:
        found = (State.UNANSWERED, Answer.BLANK), (State.UNKNOWN, Answer.UNKNOWN)
        return next((held for held, answer in found if answer in answers), State.KNOWN)
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
