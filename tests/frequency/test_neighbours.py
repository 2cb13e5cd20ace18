"""NLTK as a neighbour: its text of our words counts what we count."""

from harbour import corpus_of, town
from nltk import FreqDist

from pastepot.frequency.counts import terms
from pastepot.frequency.neighbours import to_nltk


def test_nltk_counts_what_we_count():
    found = terms(town(), possessive="keep")
    assert dict(FreqDist(to_nltk(town(), case="fold"))) == dict(zip(found["term"], found["count"], strict=True))


def test_the_text_bears_the_corpus_s_name_and_its_surface_forms():
    text = to_nltk(corpus_of(["The Port’s crane."]))
    assert (text.name, text.tokens) == ("data frame", ["The", "Port’s", "crane"])


def test_no_words_are_an_empty_text():
    assert to_nltk(corpus_of(["…"])).tokens == []
