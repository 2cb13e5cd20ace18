"""Promises of pastepot.tone.polarity; the oracle is TextBlob itself, and a few sums by hand."""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textblob import TextBlob
from textblob._text import EMOTICONS, Sentiment

from pastepot.tone import memory, polarity
from pastepot.tone.normalise import straight_quotes

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "tone.toml").read_text(encoding="utf-8"))
SOUP = st.lists(st.sampled_from(CASES["words"]), max_size=12).map(" ".join)
FACES = sorted(face for faces in EMOTICONS.values() for face in faces)


@pytest.fixture
def reread() -> Iterator[None]:
    """Read TextBlob's tables afresh in the test and after it."""
    polarity.installed_rules.cache_clear()
    yield
    polarity.installed_rules.cache_clear()


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


def expected(texts: list[str]) -> bytes:
    """Return TextBlob's polarities and subjectivities as bytes, so that equal means to the last bit."""
    return np.array([tuple(TextBlob(text).sentiment) for text in texts], dtype=np.float64).tobytes()


def ours(texts: list[str]) -> bytes:
    """Return ours in the same form."""
    return np.column_stack(polarity.textblob_scores(texts)[:2]).tobytes()


def test_the_fast_path_is_in_use():
    assert polarity.installed_rules() is not None


def test_scores_are_textblobs_on_every_sentence_and_twist():
    assert ours(twisted()) == expected(twisted())


def test_scores_are_textblobs_after_straightening_quotes():
    texts = [straight_quotes(text) for text in twisted()]
    assert ours(texts) == expected(texts)


@given(st.text())
@example("\ud800 good \udfff")
@example("İ ΑΣ good")
def test_scores_are_textblobs_on_any_text(text: str):
    assert ours([text]) == expected([text])


@given(SOUP)
def test_scores_are_textblobs_on_any_soup_of_its_words(text: str):
    assert ours([text]) == expected([text])


@given(st.text(alphabet="goDPx8:;=-'\"()!.,_^<>/3 \n", max_size=24))
def test_scores_are_textblobs_on_any_run_of_marks(text: str):
    assert ours([text]) == expected([text])


@given(st.sampled_from(FACES), st.data())
def test_an_emoticon_with_a_gap_in_it_is_seen_where_textblob_sees_it(face: str, data: st.DataObject):
    gap = data.draw(st.integers(0, len(face)))
    text = data.draw(st.sampled_from(["good {} {} bad", "x{} {}8", "{} {}, very ugly!", ":\n\n{}{} fun", "{}. {}"]))
    text = text.format(face[:gap], face[gap:])
    assert ours([text]) == expected([text])


@pytest.mark.parametrize("face", FACES)
def test_an_emoticon_spread_out_is_seen_where_textblob_sees_it(face: str):
    spread = " ".join(face)
    texts = [f"good {spread} bad", f"not {spread}", f"{spread}! {face} x{spread}", f"{spread}\n\n:{spread}"]
    assert ours(texts) == expected(texts)


def test_a_hand_sum():
    scores = polarity.textblob_scores(["Not a bad ferry."])
    rows = [(words, value) for words, value, *_ in polarity.textblob_words("bad")]
    assert rows == [(["bad"], scores[0][0] / -0.5)]
    assert scores[2].tolist() == [1]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("", 0),
        ("The crossing takes an hour.", 0),
        ("good", 1),
        ("a very good ferry", 2),
        ("not good!", 1),
        ("good :)", 2),
        ("fast (!)", 2),
    ],
)
def test_hits_count_the_words_textblob_knows(text: str, hits: int):
    assert polarity.textblob_scores([text])[2].tolist() == [hits]


@given(SOUP)
def test_hits_are_the_assessed_words_without_negations_and_exclamation_marks(text: str):
    assessed = [word for words, *_ in polarity.textblob_words(text) for word in words]
    assert polarity.textblob_scores([text])[2][0] == sum(word not in polarity.NO_HITS for word in assessed)


@given(SOUP)
def test_the_scores_are_the_means_of_the_words(text: str):
    words = polarity.textblob_words(text)
    polarities, subjectivities, _ = polarity.textblob_scores([text])
    assert polarities[0] == pytest.approx(sum(row[1] for row in words) / max(len(words), 1))
    assert subjectivities[0] == pytest.approx(sum(row[2] for row in words) / max(len(words), 1))


def test_no_text_gives_empty_columns():
    columns = polarity.textblob_scores([])
    assert [column.dtype for column in columns] == [np.float64, np.float64, np.int64]
    assert [column.shape for column in columns] == [(0,), (0,), (0,)]


def test_the_order_of_the_texts_does_not_matter():
    texts = twisted()[::7]
    forward, backward = polarity.textblob_scores(texts), polarity.textblob_scores(texts[::-1])
    assert [column.tolist() for column in forward] == [column.tolist()[::-1] for column in backward]


def test_a_full_memory_changes_no_score(monkeypatch: pytest.MonkeyPatch, reread: None):  # noqa: ARG001 (a fixture)
    monkeypatch.setattr(memory, "REMEMBERED", 3)
    assert ours(twisted()[::5]) == expected(twisted()[::5])


def test_a_package_that_keeps_its_tables_elsewhere_does_the_work_itself(
    monkeypatch: pytest.MonkeyPatch,
    reread: None,  # noqa: ARG001 (a fixture)
):
    texts = twisted()[::11]
    hits = polarity.textblob_scores(texts)[2].tolist()

    def not_there() -> None:
        raise AttributeError("EMOTICONS")

    monkeypatch.setattr(polarity, "_read_rules", not_there)
    polarity.installed_rules.cache_clear()
    assert ours(texts) == expected(texts)
    assert polarity.installed_rules() is None
    assert polarity.textblob_scores(texts)[2].tolist() == hits


def test_a_package_with_another_rule_does_the_work_itself(
    monkeypatch: pytest.MonkeyPatch,
    reread: None,  # noqa: ARG001 (a fixture)
):
    assess = Sentiment.assessments

    def calmer(lexicon: Sentiment, words: object, negation: object) -> list[tuple[list[str], float, float, None]]:
        return [(words, value / 2, doubt, None) for words, value, doubt, _ in assess(lexicon, words, negation)]

    monkeypatch.setattr(Sentiment, "assessments", calmer)
    assert ours(twisted()[::11]) == expected(twisted()[::11])
    assert polarity.installed_rules() is None


def test_a_hundred_thousand_words_take_seconds_not_hours():
    text = "Not a very good ferry, never an ugly one! " * 11_112
    start = time.process_time()
    polarities, _, hits = polarity.textblob_scores([text])
    assert time.process_time() - start < 60
    assert hits[0] == 3 * 11_112
    assert polarities[0] == pytest.approx(polarity.textblob_scores([text[:4200]])[0][0], abs=1e-9)
