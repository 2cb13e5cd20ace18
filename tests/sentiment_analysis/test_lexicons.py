"""VADER and TextBlob as their packages give them, the words they know, which need straight quotes."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from pastepot.corpus.repairs import uncurl_quotes
from pastepot.sentiment_analysis.lexicons import CHANGING, score_distinct, textblob_scores, vader_scores

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "tone.toml").read_text(encoding="utf-8"))
ANALYSER = SentimentIntensityAnalyzer()
WORDS = st.lists(st.sampled_from(CASES["words"]), max_size=12).map(" ".join)


def twisted() -> list[str]:
    """Return every sentence in every twist."""
    sentences = CASES["sentences"]
    return [
        twist.format(
            s=one, t=other, upper=one.upper(), lower=one.lower(), curly=one.replace("'", "’").replace('"', "”")
        )
        for one, other in zip(sentences, sentences[1:] + sentences[:1], strict=True)
        for twist in CASES["twists"]
    ]


def check_equal(texts: list[str]) -> None:
    """Assert that both scores equal their packages to the last bit."""
    compound = np.array([ANALYSER.polarity_scores(text)["compound"] for text in texts])
    polarity = np.array([TextBlob(text).sentiment.polarity for text in texts], dtype=np.float64)
    assert vader_scores(texts)[0].tobytes() == compound.tobytes()
    assert textblob_scores(texts)[0].tobytes() == polarity.tobytes()


def test_scores_are_the_packages_on_every_sentence_and_twist():
    check_equal(twisted())


@given(st.text())
@example("\ud800 good \udfff")
@example("İ ΑΣ good")
def test_scores_are_the_packages_on_any_text(text: str):
    check_equal([text])


@given(WORDS)
def test_scores_are_the_packages_on_any_of_their_words(text: str):
    check_equal([text])


def test_two_hand_sums():
    compound, known_words = vader_scores(["The crossing was not good.", "It was good, bad and good!"])
    negated = ANALYSER.lexicon["good"] * -0.74
    mixed = 2 * ANALYSER.lexicon["good"] + ANALYSER.lexicon["bad"] + 0.292
    assert compound.tolist() == [round(x / math.sqrt(x**2 + 15), 4) for x in (negated, mixed)]
    assert known_words.tolist() == [1, 3]
    polarity, known_words = textblob_scores(["Not a bad ferry.", "bad"])
    assert polarity[0] == polarity[1] * -0.5
    assert known_words.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("text", "vader", "textblob"),
    [
        ("", 0, 0),
        ("The crossing takes an hour.", 0, 0),
        ("good", 1, 1),
        ("Good, GOOD and good!", 3, 3),
        ("a very good ferry", 1, 2),  # VADER passes over "very", which only raises "good"
        ("a kind of ferry", 0, 1),
        ("a kind mate", 1, 1),
        ("no harm", 2, 0),  # VADER sets its "no" to 0, but knows it
        ("not good!", 1, 1),
        ("good :)", 2, 2),
        ("fast (!)", 0, 2),
        ("😀", 1, 0),  # VADER reads it as "grinning face"
    ],
)
def test_known_words_are_those_the_lists_hold(text: str, vader: int, textblob: int):
    assert vader_scores([text])[1].tolist() == [vader]
    assert textblob_scores([text])[1].tolist() == [textblob]


@given(WORDS)
def test_textblobs_known_words_are_its_assessed_words_without_what_changes_others(text: str):
    assessed = [word for words, *_ in TextBlob(text).sentiment_assessments.assessments for word in words]
    assert textblob_scores([text])[1][0] == sum(word not in CHANGING for word in assessed)


@given(st.lists(st.sampled_from(["good", "boat", "kind", "of", "very", "no", "the"]), max_size=9))
def test_vaders_known_words_are_the_words_of_its_list_but_those_it_passes_over(words: list[str]):
    of = [place for place in range(len(words) - 1) if words[place : place + 2] == ["kind", "of"]]
    expected = sum(word in {"good", "kind", "no"} for word in words) - len(of)
    assert vader_scores([" ".join(words)])[1].tolist() == [expected]


def test_a_sentence_that_occurs_twice_is_scored_once():
    asked = []
    scores, counts = score_distinct(["a", "bb", "a"], lambda text: (asked.append(text), (0.5, len(text)))[1])
    assert (scores.tolist(), counts.tolist(), asked) == ([0.5] * 3, [1, 2, 1], ["a", "bb"])


@pytest.mark.parametrize("score", [vader_scores, textblob_scores])
def test_no_text_gives_empty_columns(score):
    scores, known_words = score([])
    assert (scores.dtype, known_words.dtype) == (np.float64, np.int64)
    assert scores.shape == known_words.shape == (0,)


def test_a_negation_with_a_curly_apostrophe_is_seen():
    curly = "The ferry isn’t great"
    assert vader_scores([curly])[0][0] > 0
    assert vader_scores([uncurl_quotes(curly)])[0][0] < 0
