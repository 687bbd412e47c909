"""What scoring says, in the reader's language."""

from django.utils import translation
from hypothesis import given, settings

from countries.content.sentences import Sentence, parts_of, sentences_in
from countries.wording import worded, words_of
from diagnostics.scoring.certainty import Line, firmness
from diagnostics.scoring.rounds import score_round
from tests.scoring.test_reliance import rated

LINE = Line(counts=(0, 7000, 3000), modal=2, interval_90=(2.0, 3.0))


def because(panels: dict[str, int]) -> Sentence:
    return firmness(LINE, 2, panels, ["finance.loans"])[1]


def test_a_stored_sentence_is_told_in_the_language_of_now():
    said = because({"government": 1})
    result = {"sentences": parts_of([said])}
    assert words_of(result) == {}  # it is in English already
    with translation.override("fr"):
        assert words_of(result) == {
            str(said): "Provisoire\u00a0: seulement dans 7\u00a0000 des 10\u00a0000 recalculs, le "
            "stade est 2\u00a0; 1 feuille alors qu’il en faut 3\u00a0; feuilles de 1 panel alors "
            "qu’il en faut 2\u00a0; contesté et non tranché\u00a0: finance.loans."
        }
        assert words_of({}) == {}  # stored before sentences kept their parts


def test_numbers_take_the_plural_of_the_language():
    with translation.override("fr"):
        assert "2 feuilles alors" in worded(because({"government": 1, "private": 1}))


def test_what_is_no_sentence_of_scoring_stays():
    with translation.override("fr"):
        assert worded("no variation") == "no variation"
        assert worded(None) == ""


@settings(max_examples=20)
@given(rated())
def test_in_english_every_sentence_of_a_result_reads_as_it_was_composed(drawn):
    with translation.override("en"):
        for one in sentences_in(score_round(*drawn, draws=50)):
            assert worded(one) == one
