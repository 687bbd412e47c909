"""Sentences that can be said in another language later: English, and what fills it.

Computing and reading know no Django. They compose what they tell as a `Sentence`, which is its
English text and remembers what it was made of, so that a page can say it in the reader's language.
`gettext_noop` and `ngettext_lazy` have these names because makemessages finds texts by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Counted(NamedTuple):
    """A text in the forms for one and for many; `by` names the fact that is counted."""

    one: str
    many: str
    by: str


Text = str | Counted
Fact = Any  # str, int, Sentence or a list of these; a whole number is a count and gets grouped


def gettext_noop(text: str) -> str:
    """The text itself, marked to be translated."""
    return text


def ngettext_lazy(one: str, many: str, by: str) -> Counted:
    """Both forms of a text, marked to be translated."""
    return Counted(one, many, by)


class Sentence(str):
    """English, with `text` (its braces open) and `facts` (what stands in them) kept beside it.

    What is a number but no count, such as a year or a row, is given as text.
    """

    text: Text
    facts: Mapping[str, Fact]

    def __new__(cls, text: Text, /, **facts: Fact) -> Sentence:
        made = super().__new__(cls, _filled(text, facts, str, _one_or_many, "{:,}".format))
        made.text, made.facts = text, facts
        return made

    def said(
        self,
        of_one: Callable[[str], str],
        of_count: Callable[[str, str, int], str],
        number: Callable[[int], str],
    ) -> str:
        """The sentence by other words: gettext, ngettext, and how a count is written."""
        return _filled(self.text, self.facts, of_one, of_count, number)

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it; `sentence_of` takes it back."""
        return {"text": self.text, "facts": {key: _data(one) for key, one in self.facts.items()}}

    def __deepcopy__(self, memo: object) -> Sentence:
        return self


def sentence_of(data: Mapping[str, Any] | str) -> str:
    """The sentence of `as_data`; a text, kept when there were no sentences, is itself."""
    if isinstance(data, str):
        return data
    text = data["text"]
    facts = {key: _fact(one) for key, one in data["facts"].items()}
    return Sentence(text if isinstance(text, str) else Counted(*text), **facts)


def _filled(
    text: Text,
    facts: Mapping[str, Fact],
    of_one: Callable[[str], str],
    of_count: Callable[[str, str, int], str],
    number: Callable[[int], str],
) -> str:
    def word(fact: Fact) -> str:
        if isinstance(fact, Sentence):
            return fact.said(of_one, of_count, number)
        if isinstance(fact, list):
            return ", ".join(map(word, fact))
        return number(fact) if isinstance(fact, int) else str(fact)

    if isinstance(text, Counted):
        chosen = of_count(text.one, text.many, facts[text.by])
    else:
        chosen = of_one(text) if text else ""  # gettext has its own answer to a blank
    return chosen.format(**{key: word(fact) for key, fact in facts.items()})


def _one_or_many(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def _data(fact: Fact) -> Any:
    if isinstance(fact, Sentence):
        return fact.as_data()
    return [_data(one) for one in fact] if isinstance(fact, list) else fact


def _fact(data: Any) -> Fact:
    if isinstance(data, dict):
        return sentence_of(data)
    return [_fact(one) for one in data] if isinstance(data, list) else data
