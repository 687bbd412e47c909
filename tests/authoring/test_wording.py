"""The wording rules of statements."""

import pytest

from diagnostics.authoring.wording import repeated, statement_faults


def severities(text: str) -> list[str]:
    return [severity for severity, _ in statement_faults(text)]


@pytest.mark.parametrize(
    "word",
    [
        *("adequate", "effective", "well", "sufficient", "appropriate", "mostly", "good", "strong"),
        *("adequately", "effectively", "sufficiently", "appropriately", "strongly"),
        *("Good", "WELL", "well-run"),
    ],
)
def test_vague_words_are_refused(word: str) -> None:
    (severity, message) = next(statement_faults(f"The agency has a {word} office."))
    assert severity == "error"
    assert f'"{word.lower().removesuffix("-run")}"' in message


@pytest.mark.parametrize(
    "text",
    [
        "Firms export goods worth 10 million a year.",
        "The wellness sector has a register, says the yearbook.",
        "A law bars goodwill payments.",
        "The armed forces buy from firms in the stronghold.",
        "The inadequacy report is published.",
    ],
)
def test_whole_words_only(text: str) -> None:
    assert severities(text) == []


def test_each_vague_word_is_named_once() -> None:
    assert severities("Good banks make good loans well.") == ["error", "error"]


def test_twenty_five_words_pass_and_twenty_six_do_not() -> None:
    assert severities(" ".join(["word"] * 25)) == []
    assert severities(" ".join(["word"] * 26)) == ["error"]


def test_a_sign_alone_is_no_word() -> None:
    assert severities("At least 30 % – " + " ".join(["word"] * 22)) == []


@pytest.mark.parametrize("text", ["", "   ", "...", "\n"])
def test_a_statement_without_words_is_empty(text: str) -> None:
    assert [message for _, message in statement_faults(text)] == ["The statement is empty."]


@pytest.mark.parametrize("text", ["A law exists and is used.", "A fund AND a bank exist."])
def test_and_is_a_warning(text: str) -> None:
    assert severities(text) == ["warning"]


@pytest.mark.parametrize("text", ["The standard applies.", "The android app is used."])
def test_and_within_a_word_is_not(text: str) -> None:
    assert severities(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A law exists. The agency applies it.",
        "Is there a law? Yes it is dated.",
        "A fund is founded. 40 % of firms use it.",
        'A decree says "open." It is dated.',
        "A law exists!\nThe agency applies it.",
    ],
)
def test_two_sentences_are_refused(text: str) -> None:
    assert severities(text) == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "Law No. 12 of 2004 is in force.",
        "A foreign fund, e.g. Fund A, is registered.",
        "The U.S. Fund publishes its count.",
        "At least 2.5 % of firms hold a loan.",
        "Art. 5 of the law is in force.",
        "A law is in force...",
    ],
)
def test_a_stop_within_a_sentence_is_none(text: str) -> None:
    assert severities(text) == []


def test_the_same_statement_twice() -> None:
    statements = {"2": "A law exists.", "3": "A plan exists", "4": "a  LAW exists", "5": ""}
    assert list(repeated(statements)) == [("4", "2")]
