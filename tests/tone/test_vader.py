"""Promises of pastepot.tone.vader; the oracle is vaderSentiment itself, and a few sums by hand."""

import math
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from pastepot.tone import memory, vader
from pastepot.tone.normalise import straight_quotes

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "tone.toml").read_text(encoding="utf-8"))
ANALYSER = SentimentIntensityAnalyzer()
SOUP = st.lists(st.sampled_from(CASES["words"]), max_size=12).map(" ".join)


@pytest.fixture
def reread() -> Iterator[None]:
    """Read the package's rules afresh in the test and after it."""
    vader.installed_rules.cache_clear()
    yield
    vader.installed_rules.cache_clear()


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


def expected(texts: list[str]) -> list[float]:
    return [ANALYSER.polarity_scores(text)["compound"] for text in texts]


def test_the_fast_path_is_in_use():
    assert vader.installed_rules() is not None


def test_compound_is_vadersentiments_on_every_sentence_and_twist():
    texts = twisted()
    assert vader.vader_scores(texts)[0].tobytes() == np.array(expected(texts)).tobytes()


def test_compound_is_vadersentiments_after_straightening_quotes():
    texts = [straight_quotes(text) for text in twisted()]
    assert vader.vader_scores(texts)[0].tobytes() == np.array(expected(texts)).tobytes()


@given(st.text())
@example("\ud800 good \udfff")
@example("ß GOOD İ")
def test_compound_is_vadersentiments_on_any_text(text: str):
    assert vader.vader_scores([text])[0].tobytes() == np.array(expected([text])).tobytes()


@given(SOUP)
def test_compound_is_vadersentiments_on_any_soup_of_its_words(text: str):
    assert vader.vader_scores([text])[0].tobytes() == np.array(expected([text])).tobytes()


@given(st.lists(st.sampled_from(sorted(ANALYSER.lexicon)), max_size=9).map(" ".join))
def test_compound_is_vadersentiments_on_its_whole_lexicon(text: str):
    assert vader.vader_scores([text])[0].tobytes() == np.array(expected([text])).tobytes()


@given(st.lists(st.sampled_from([0, 0.0, 0.5, 1, 1.0, 2.0, -1.0, -1.5, 3]), min_size=1), st.data())
def test_but_moves_the_same_values_as_in_the_package(values: list[float], data: st.DataObject):
    but = data.draw(st.integers(0, len(values) - 1))
    words = ["but" if place == but else "x" for place in range(len(values))]
    values[but] = 0
    ours = vader.after_but(list(range(len(values))), values, but)
    assert ours == ANALYSER._but_check(words, list(values))  # noqa: SLF001 (the oracle)


def test_two_hand_sums():
    compound, hits = vader.vader_scores(["The crossing was not good.", "It was good, bad and good!"])
    negated = ANALYSER.lexicon["good"] * -0.74
    mixed = 2 * ANALYSER.lexicon["good"] + ANALYSER.lexicon["bad"] + 0.292
    assert compound.tolist() == [
        round(negated / math.sqrt(negated**2 + 15), 4),
        round(mixed / math.sqrt(mixed**2 + 15), 4),
    ]
    assert hits.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("", 0),
        ("The crossing takes an hour.", 0),
        ("good", 1),
        ("Good, GOOD and good!", 3),
        ("a very good ferry", 1),
        ("a kind of ferry", 0),
        ("a kind mate", 1),
        ("no harm", 2),
    ],
)
def test_hits_count_the_words_the_lexicon_knows(text: str, hits: int):
    assert vader.vader_scores([text])[1].tolist() == [hits]


@given(SOUP)
def test_words_are_as_many_as_hits_and_their_sum_is_the_score(text: str):
    text = text.replace("!", "").replace("?", "")
    words = vader.vader_words(text)
    total = sum(value for _, value in words)
    compound, hits = vader.vader_scores([text])
    assert len(words) == hits[0]
    assert compound[0] == pytest.approx(total / math.sqrt(total**2 + 15), abs=6e-5)


def test_words_carry_their_final_valence():
    assert vader.vader_words('The "GOOD" ferry was not good.') == [
        ("GOOD", pytest.approx(1.9 + 0.733)),
        ("good", pytest.approx(1.9 * -0.74)),
    ]


def test_no_text_gives_empty_columns():
    compound, hits = vader.vader_scores([])
    assert (compound.dtype, hits.dtype, compound.shape, hits.shape) == (np.float64, np.int64, (0,), (0,))


def test_the_order_of_the_texts_does_not_matter():
    texts = twisted()[::7]
    assert vader.vader_scores(texts)[0].tolist() == vader.vader_scores(texts[::-1])[0].tolist()[::-1]


def test_a_full_memory_changes_no_score(monkeypatch: pytest.MonkeyPatch, reread: None):  # noqa: ARG001 (a fixture)
    monkeypatch.setattr(memory, "REMEMBERED", 3)
    texts = twisted()[::5]
    assert vader.vader_scores(texts)[0].tolist() == expected(texts)


def test_a_package_that_keeps_its_tables_elsewhere_does_the_work_itself(
    monkeypatch: pytest.MonkeyPatch,
    reread: None,  # noqa: ARG001 (a fixture)
):
    def not_there() -> None:
        raise AttributeError("BOOSTER_DICT")

    monkeypatch.setattr(vader, "_read_rules", not_there)
    texts = twisted()[::11]
    compound, hits = vader.vader_scores(texts)
    assert vader.installed_rules() is None
    assert compound.tolist() == expected(texts)
    assert hits.tolist() == [len(vader.vader_words(text)) for text in texts]


def test_a_package_with_another_rule_does_the_work_itself(
    monkeypatch: pytest.MonkeyPatch,
    reread: None,  # noqa: ARG001 (a fixture)
):
    monkeypatch.setattr(SentimentIntensityAnalyzer, "_amplify_qm", staticmethod(lambda _: 0.5))
    texts = twisted()[::11]
    assert vader.vader_scores(texts)[0].tolist() == expected(texts)
    assert vader.installed_rules() is None


def test_a_hundred_thousand_words_take_seconds_not_hours():
    text = "Good but bad, never so awful harbours! " * 14_286
    start = time.process_time()
    compound, hits = vader.vader_scores([text])
    assert time.process_time() - start < 60
    assert hits[0] == 3 * 14_286
    assert -1 <= compound[0] <= 1
