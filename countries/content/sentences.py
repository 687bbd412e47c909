"""Sentences in English that keep what they are made of, so that a page can say them otherwise.

Computing and reading know no other language. `_`, `ngettext` and the marks of templates bear
gettext's names so that `make messages` collects their texts; what they are in the reader's language
`countries.wording` tells.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, TypeAlias

Fact: TypeAlias = "str | int | float | tuple[Fact, ...]"
Template: TypeAlias = str | tuple[str, str]


class Sentence(str):
    """A text in English with its template, one or one for each number, and the facts in it.

    Facts are names (codes, sheets), numbers, other sentences, and tuples of these. Where there are
    two templates, for one and for many, the fact `n` is what is counted.
    """

    says: tuple[str, ...]
    facts: Mapping[str, Fact]

    def __new__(cls, *says: str, facts: Mapping[str, Fact]) -> Self:
        template = says[0] if len(says) == 1 or facts["n"] == 1 else says[1]
        made = super().__new__(cls, template % {name: english(v) for name, v in facts.items()})
        made.says, made.facts = says, facts
        return made

    def __deepcopy__(self, memo: object) -> Self:
        return self  # it never changes

    @property
    def parts(self) -> dict[str, Any]:
        """What it is made of, as plain values ready for JSON."""
        return {"says": list(self.says), "facts": {k: _plain(v) for k, v in self.facts.items()}}


def _(text: str, /, **facts: Fact) -> Sentence:
    """The sentence of a template with its facts, as %(name)s; a percent sign is %%."""
    return Sentence(text, facts=facts)


def ngettext(one: str, many: str, n: int, /, **facts: Fact) -> Sentence:
    """The same with a template for one and one for many; `n` is a fact too."""
    return Sentence(one, many, facts={"n": n, **facts})


def gettext_noop(text: str) -> str:
    """A template whose facts come later, marked to be translated."""
    return text


def ngettext_lazy(one: str, many: str) -> tuple[str, str]:
    """The templates for one and for many, marked; what is counted comes later, as the fact `n`."""
    return one, many


def filled(template: Template, /, **facts: Fact) -> Sentence:
    """The sentence of a marked template."""
    return Sentence(*([template] if isinstance(template, str) else template), facts=facts)


def sentence_of(parts: Mapping[str, Any] | str) -> str:
    """The sentence of `parts`; a text, kept before sentences kept theirs, is itself."""
    if isinstance(parts, str):
        return parts
    facts = {name: _fact(value) for name, value in parts["facts"].items()}
    return Sentence(*parts["says"], facts=facts)


def english(fact: Fact) -> str:
    """A fact as it stands in an English sentence; of several, reasons part by semicolons."""
    match fact:
        case tuple():
            return listed(map(english, fact), fact)
        case str():
            return fact
        case _:
            return f"{fact:,}"


def listed(said: Iterable[str], facts: Iterable[object], semicolon: str = "; ") -> str:
    """Several facts one after the other: names part by commas, all else by semicolons."""
    return (semicolon if any(type(one) is not str for one in facts) else ", ").join(said)


def sentences_in(value: Any) -> Iterator[Sentence]:
    """Every sentence in lists, tuples and dictionaries."""
    match value:
        case Sentence():
            yield value
        case list() | tuple():
            for part in value:
                yield from sentences_in(part)
        case Mapping():
            yield from sentences_in(list(value.values()))


def parts_of(result: Any) -> dict[str, Any]:
    """What the sentences of a result are made of, by their English: what is kept beside it."""
    return {str(one): one.parts for one in sentences_in(result)}


def _fact(value: Any) -> Fact:
    match value:
        case dict():
            return sentence_of(value)
        case list():
            return tuple(map(_fact, value))
        case str() | int() | float():
            return value
        case _:
            raise TypeError(f"This is no fact of a sentence: {value!r}.")


def _plain(fact: Fact) -> Any:
    match fact:
        case Sentence():
            return fact.parts
        case tuple():
            return [_plain(one) for one in fact]
        case _:
            return fact
