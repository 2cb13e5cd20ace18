"""Word shift: contributions sum to the difference of the groups' mean linear scores."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.sentiment_analysis.news_features import read_sentences
from pastepot.sentiment_analysis.news_model import explain_score, linear_scores, load
from pastepot.sentiment_analysis.word_shift import word_totals

SENTENCES = st.sampled_from(
    [
        "The crew was praised for a brave rescue.",
        "The company isn’t safe, critics said.",
        "Nobody waved.",
        "Fraud, theft and lies at the quay!",
        "The ferry sails at dawn.",
    ]
)
ARTICLE = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)


def corpus_of(a, b):
    return pp.read(pd.DataFrame({"text": [*a, *b], "outlet": ["Gazette"] * len(a) + ["Post"] * len(b)}), clean="none")


@settings(max_examples=min(60, settings().max_examples))
@given(st.lists(ARTICLE, min_size=1, max_size=3), st.lists(ARTICLE, min_size=1, max_size=3))
def test_contributions_sum_to_the_difference_of_mean_linear_scores(a, b):
    corpus = corpus_of(a, b)
    found = pp.sentences(corpus)
    outlet = found["doc_id"].map(pp.articles(corpus).set_index("doc_id")["outlet"])
    negative, positive = linear_scores(read_sentences(found["text"]), load("sentence")).T
    means = found.assign(linear=positive - negative).groupby(outlet)["linear"].mean()
    shift = pp.word_shift(corpus)
    assert shift["contribution"].sum() == pytest.approx(means["Gazette"] - means["Post"], abs=1e-9)


def test_turning_the_groups_round_turns_the_signs():
    corpus = corpus_of(["The crew was praised."], ["The company lied. Nobody waved."])
    one = pp.word_shift(corpus, a="Gazette", b="Post").set_index("word").sort_index()
    other = pp.word_shift(corpus, a="Post", b="Gazette").set_index("word").sort_index()
    assert one["contribution"].to_numpy() == pytest.approx(-other["contribution"].to_numpy())
    assert one["freq_a"].equals(other["freq_b"])


def test_equal_groups_do_not_shift():
    text = ["The crew was praised. Nobody waved."]
    assert pp.word_shift(corpus_of(text, text))["contribution"].abs().max() == 0


def test_frequencies_are_counts_over_sentences():
    corpus = corpus_of(["The crew waited. The crew was praised."], ["Nobody waved."])
    row = pp.word_shift(corpus).set_index("word").loc["crew"]
    assert (row["freq_a"], row["freq_b"]) == (1.0, 0.0)


def test_the_heaviest_word_comes_first():
    found = pp.word_shift(corpus_of(["The crew was praised."], ["The company, accused of fraud, lied."]))
    assert found["contribution"][:-1].abs().is_monotonic_decreasing


def test_marks_and_pairs_with_a_mark_are_one_row_the_last():
    found = pp.word_shift(corpus_of(["The crew, praised; won."], ["The company (accused of fraud) lied!"]))
    assert found["word"].iloc[-1] == "(punctuation)"
    assert found["word"].iloc[:-1].str.fullmatch(r"[\w']+( [\w']+)?").all()
    assert found["freq_a"].iloc[-1] >= 3


def test_no_sentences_have_no_words():
    assert word_totals([]).empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "doc_id"}, "a must name a group of doc_id; it has 3. Give a and b."),
        ({"a": "Gazette"}, "b must name a group of outlet; it has 2. Give a and b."),
        ({"a": "Gazete", "b": "Post"}, "a must be one of 'Gazette', 'Post'; got 'Gazete'. Did you mean 'Gazette'?"),
        ({"a": "Post", "b": "Post"}, "a and b must be two groups; got 'Post' twice."),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(options, message):
    with pytest.raises(PastepotError) as error:
        pp.word_shift(corpus_of(["The ferry sails."] * 2, ["Nobody waved."]), **options)
    assert str(error.value) == message


def test_a_group_without_an_english_sentence_is_named():
    frame = pd.DataFrame({"text": ["The crew was praised.", "Паром стоит."], "outlet": ["Gazette", "Post"]})
    with pytest.raises(PastepotError) as error:
        pp.word_shift(pp.read(frame), by="outlet")
    assert str(error.value) == "'Post' has no sentence that the model can score; choose another group."


def test_the_weight_of_a_word_is_what_one_occurrence_adds_on_average():
    one = explain_score("The crew was praised.").set_index("word")["contribution"]
    two = explain_score("Nobody praised the fraud.").set_index("word")["contribution"]
    table = pp.word_shift(corpus_of(["The crew was praised."] * 3, ["Nobody praised the fraud."])).set_index("word")
    assert table.loc["praised", "weight"] == pytest.approx((3 * one["praised"] + two["praised"]) / 4)
    assert table.loc["fraud", "weight"] == pytest.approx(two["fraud"])
