"""What notes say of copies: shares counted by hand, and nothing where nothing is copied."""

import numpy as np
import pandas as pd
import pytest
from harbour import corpus_of

from pastepot.corpus.boilerplate import describe_copies
from pastepot.corpus.read import read
from pastepot.frequency.counts import terms
from pastepot.frequency.keyness import keyness
from pastepot.frequency.ngrams import ngrams
from pastepot.frequency.trends import trends
from pastepot.sentiment_analysis.scores import sentiment_by
from pastepot.text.sources import sources

STORY = "The harbour master of Port Ellery told the town council that no ferry would sail before the crane was safe."
OTHER = "A gale kept all boats in on Sunday and the market sold cheese, rope and yesterday's bread to a few visitors."
THIRD = "Nobody knows why the old lighthouse keeper paints every door of his house in a different shade of green now."
ONCE = " To count each once, give reprints='once' and passages=pastepot.passages(corpus)."
TABLES = {
    "terms": terms,
    "ngrams": ngrams,
    "keyness": lambda corpus: keyness(corpus, target={"outlet": "A"}),
    "trends": lambda corpus: trends(corpus, "ferry"),
    "sentiment_by": lambda corpus: sentiment_by(corpus, by="outlet"),
    "sources": sources,
}

COPY = "1 article that shares at least half of its sampled sequences of up to eight words with an article before it."


def corpus(*texts, outlets=None, dates=None):
    """Return a corpus of these articles, by two outlets in turn."""
    outlets = outlets or ["AB"[place % 2] for place in range(len(texts))]
    return corpus_of(texts, outlet=outlets, date=dates or ["2024-03-05"] * len(texts))


@pytest.mark.parametrize("name", TABLES)
def test_each_table_says_the_share_of_its_words_that_is_in_whole_copies(name):
    # 20, 21, 20 and 20 words; the third repeats the first, but for a case and an end.
    found = TABLES[name](corpus(STORY, OTHER, STORY.upper().replace("SAFE", "SOUND"), THIRD))
    said = f"20 of 81 counted words (25%) are in {COPY}"
    said += ONCE if name not in {"sentiment_by", "sources"} else ""
    assert found.attrs["note"].endswith(said)


@pytest.mark.parametrize("name", TABLES)
def test_where_nothing_is_copied_nothing_is_said(name):
    assert "cop" not in TABLES[name](corpus(STORY, OTHER, THIRD)).attrs.get("note", "")


def test_several_copies_are_counted_and_each_first_article_is_not():
    note = terms(corpus(STORY, STORY, OTHER, STORY, OTHER)).attrs["note"]
    assert note.startswith(
        "61 of 102 counted words (60%) are in 3 articles that share at least half of their sampled sequences of up to "
        "eight words with an article before them."
    )


def test_a_small_share_comes_without_advice():
    distinct = [" ".join(f"w{place}x{word}" for word in range(60)) for place in range(10)]
    assert terms(corpus(STORY, STORY, *distinct)).attrs["note"] == f"20 of 640 counted words (3%) are in {COPY}"


def test_words_outside_the_comparison_and_outside_all_periods_are_not_in_its_share():
    texts = [STORY, OTHER, STORY, THIRD]
    compared = keyness(corpus(*texts, outlets=["A", "B", "C", "A"]), target={"outlet": "A"}, reference={"outlet": "B"})
    assert "cop" not in compared.attrs["note"]
    dated = trends(corpus(*texts, dates=["2024-03-05", "2024-03-05", "", "2024-04-05"]), "ferry")
    assert "cop" not in dated.attrs["note"]
    dated = trends(corpus(*texts, dates=["2024-03-05", "", "2024-04-01", ""]), "ferry")
    assert f"20 of 40 counted words (50%) are in {COPY}" in dated.attrs["note"]


def test_with_passages_the_words_of_later_copies_are_said_until_each_is_counted_once():
    quoted = f"{OTHER} {STORY[:31]}"
    made = corpus(STORY, quoted)
    pair = {"doc_a": ["row 1"], "start_a": [0], "end_a": [31], "doc_b": ["row 2"], "start_b": [len(OTHER) + 1]}
    passages = pd.DataFrame({**pair, "end_b": [len(quoted)], "cluster": [0]})
    # "The harbour master of Port Elle" is six words; the last is cut.
    said = "6 of 47 counted words (13%) are in later copies of passages."
    assert terms(made, passages=passages).attrs["note"] == said + ONCE
    assert "later copies" not in terms(made).attrs["note"]
    once = terms(made, passages=passages, reprints="once").attrs["note"]
    assert once == "Reprinted passages count once, in their first article: 6 words of later copies are left out."


def test_later_copies_on_neither_side_are_not_in_the_share():
    made = corpus(STORY, OTHER, f"{THIRD} {STORY[:31]}", outlets=["A", "B", "C"])
    row = ["row 1", 0, 31, "row 3", len(THIRD) + 1, len(THIRD) + 32, 0]
    passages = pd.DataFrame([row], columns=["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster"])
    both = {"target": {"outlet": "A"}, "passages": passages}
    assert "later copies" not in keyness(made, reference={"outlet": "B"}, **both).attrs["note"]
    assert "6 of 67 counted words (9%) are in later copies of passages." in keyness(made, **both).attrs["note"]


def test_only_words_of_the_chosen_parts_and_articles_with_such_words_are_counted():
    made = read(pd.DataFrame({"text": [f"Port news\n{text}" for text in (STORY, STORY, OTHER)]}))
    assert sentiment_by(made).attrs["note"].startswith("22 of 67 counted words (33%)")
    of_body = sentiment_by(made, parts="body").attrs["note"]
    assert of_body.startswith(f"20 of 61 counted words (33%) are in {COPY}")
    assert describe_copies(np.array([0, 0, 0, 3]), np.array([5, 5, 0, 5])).endswith(COPY)


def test_a_near_copy_is_called_what_it_is():
    # Its own end is a quarter of it; of its grams it shares more than half.
    news = " ".join(f"w{number}" for number in range(60))
    own = " ".join(f"x{number}" for number in range(20))
    note = terms(corpus(news, f"{news} {own}")).attrs["note"]
    shared, every = 60 - 7, 80 - 7
    assert 2 * shared >= every
    assert note.startswith(f"80 of 140 counted words (57%) are in {COPY}")
