"""Sentiment: the packages' own numbers, sentence by sentence, means with their doubt, and scorers of your own."""

import numpy as np
import pandas as pd
import pytest
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.formulas import bootstrap_mean
from pastepot.sentiment_analysis.lexicons import textblob_scores, vader_scores
from pastepot.sentiment_analysis.scores import check_scorer

TEXT = (
    "Crews celebrate a wonderful win\n"
    "It isn’t great, and the storm was terrible. The crane stands on the quay. "
    "“This is a brave and happy crew,” he said."
)
GERMAN = (
    "Der Hafen war in der Nacht gesperrt, und die Fähre konnte nicht fahren, weil der Sturm zu stark gewesen ist. " * 3
)


def read(*texts, **columns):
    return pp.read(pd.DataFrame({"text": list(texts), **columns}))


def test_scores_are_those_of_the_packages_on_straight_quotes():
    analyser = SentimentIntensityAnalyzer()
    for row in pp.sentiment(read(TEXT)).itertuples():
        straight = row.text.translate(str.maketrans("‘’“”", "''\"\""))
        assert row.vader == analyser.polarity_scores(straight)["compound"]
        assert row.textblob == pytest.approx(TextBlob(straight).sentiment.polarity, abs=1e-12)


def test_a_score_of_zero_without_a_known_word_is_said():
    table = pp.sentiment(read(TEXT)).set_index("text")
    row = table.loc["The crane stands on the quay."]
    assert (row["vader"], row["known_words"], row["signs"]) == (0.0, 0, "no known word")


def test_each_voice_is_scored_on_its_own_words():
    corpus = read(TEXT)
    assert pp.sentiment(corpus, voice="quoted")["text"].tolist() == ["This is a brave and happy crew,"]
    assert pp.sentiment(corpus, voice="reporter")["text"].tolist()[-1] == "he said."
    assert len(pp.sentiment(corpus)) == 4


def test_another_language_has_no_score_and_a_reason():
    table = pp.sentiment(read(GERMAN))
    assert table[["vader", "textblob"]].isna().all(axis=None)
    assert table["reason"].unique().tolist() == ["language is de, the tools know English"]
    means = pp.sentiment_by(read(GERMAN))
    assert means["mean"].isna().all()
    assert means["reason"].unique().tolist() == ["language is de, the tools know English"]


def test_a_text_too_short_to_tell_its_language_has_no_silent_score_in_another_script():
    corpus = read("Паром стоит. Это ужасно.", "Bad. 12.30!")
    table = pp.sentiment(corpus)
    assert table["reason"].tolist() == ["no word in Latin letters"] * 2 + ["", "no word in Latin letters"]
    assert (table[["vader", "textblob", "news_model"]].notna().all(axis=1) == (table["reason"] == "")).all()
    mention = pp.targets(corpus, {"ferry": "паром"}).iloc[0]
    assert (np.isnan(mention["score"]), mention["reason"]) == (True, "no word in Latin letters")


def test_articles_are_their_own_groups_by_either_name():
    corpus = read(TEXT, "A bad day. A good day.")
    pd.testing.assert_frame_equal(pp.sentiment_by(corpus, by="article"), pp.sentiment_by(corpus))
    named = read(TEXT, article=["front page"])
    assert pp.sentiment_by(named, by="article")["group"].unique().tolist() == ["front page"]


def test_where_too_few_of_ten_articles_differ_the_missing_interval_has_its_reason():
    table = pp.sentiment_by(read(*["The crew was praised."] * 10), by="lang")
    assert table["low"].isna().all()
    assert set(table["reason"]) == {"too few articles differ; no interval"}


def test_a_mean_is_the_mean_of_its_sentences():
    corpus = read(TEXT, "A bad day. A good day.", outlet=["Gazette", "Gull"])
    scores = pp.sentiment(corpus)
    for row in pp.sentiment_by(corpus, by="outlet").itertuples():
        doc_id = {"Gazette": "row 1", "Gull": "row 2"}[row.group]
        assert row.mean == pytest.approx(scores.loc[scores["doc_id"] == doc_id, row.tool].mean(), abs=1e-6)


def test_below_ten_articles_there_is_no_interval_and_from_ten_on_it_holds_the_mean():
    few = pp.sentiment_by(read(*["A good day. A bad night."] * 9), by="lang")
    assert few[["low", "high"]].isna().all(axis=None)
    assert few["reason"].str.contains("fewer than 10 articles").all()
    texts = [f"A {word} day. The crane stands." for word in ["good", "bad", "great", "awful", "nice"] * 2]
    many = pp.sentiment_by(read(*texts), by="lang")
    assert (many["low"] < many["mean"]).all()
    assert (many["mean"] < many["high"]).all()
    assert (many["reason"] == "").all()


def test_an_article_without_words_has_no_sentence_to_score():
    corpus = read("…", "Good.")
    table = pp.sentiment_by(corpus)
    first = table[table["group"] == "row 1"]
    assert first["mean"].isna().all()
    assert first["reason"].isin({"no sentence", "no word in Latin letters"}).all()


def test_an_unknown_voice_lists_the_known_ones():
    with pytest.raises(pp.PastepotError) as caught:
        pp.sentiment(read(TEXT), voice="quotd")
    assert str(caught.value) == "voice must be one of 'all', 'reporter', 'quoted'; got 'quotd'. Did you mean 'quoted'?"


@pytest.mark.parametrize(
    ("text", "vader", "textblob", "known_words"),
    [
        ("The war and the attack.", 2, 0, 2),
        ("The new and early boat.", 0, 2, 2),
        ("A new and early war.", 1, 2, 2),
        ("War and attack on a new quay.", 2, 1, 2),
        ("A new war.", 1, 1, 1),
        ("The crane stands on the quay.", 0, 0, 0),
    ],
)
def test_known_words_are_as_many_as_the_larger_of_the_two_lists_knows(text, vader, textblob, known_words):
    assert (vader_scores([text])[1].tolist(), textblob_scores([text])[1].tolist()) == ([vader], [textblob])
    row = pp.sentiment(read(text)).iloc[0]
    assert (row["known_words"], row["signs"] == "no known word") == (known_words, known_words == 0)


@pytest.mark.parametrize(
    ("text", "scored"), [("NATO!", True), ("war!", True), ("Z!", True), ("12.30!", False), ("Война!", False)]
)
def test_one_latin_letter_of_either_case_is_enough_for_a_score(text, scored):
    row = pp.sentiment(read(text)).iloc[0]
    assert (row["reason"] == "", bool(np.isfinite(row["vader"]))) == (scored, scored)


def test_groups_are_summed_as_each_of_them_alone():
    texts = [f"A {word} day. {more}" for word in ("good", "bad", "fine", "sad") for more in ("War!", "It was.", "12.")]
    corpus = read(*texts, GERMAN, outlet=["Gull", *["Gazette"] * 11, "Post"])
    scores, outlet = pp.sentiment(corpus), pp.articles(corpus).set_index("doc_id")["outlet"]
    table = pp.sentiment_by(corpus, by="outlet").set_index(["group", "tool"])
    for name in ("Gull", "Gazette"):
        rows = scores[(scores["doc_id"].map(outlet) == name) & (scores["reason"] == "")]
        for tool in ("vader", "textblob", "news_model"):
            sums = rows.groupby("doc_id")[tool].agg(["sum", "size"])
            row = table.loc[(name, tool)]
            assert (row["articles"], row["sentences"]) == (len(sums), len(rows))
            assert [row["low"], row["high"]] == pytest.approx(bootstrap_mean(*sums.T.to_numpy()), abs=1e-6, nan_ok=True)
            known = rows[rows["known_words"] > 0]
            assert row["share_same_sign"] == pytest.approx((known["signs"] == "same").mean(), abs=1e-6)
            assert row["share_no_known_word"] == pytest.approx(1 - len(known) / len(rows), abs=1e-6)
    assert table.loc["Gazette", "low"].notna().all()
    assert table.loc["Post"][["articles", "sentences", "reason"]].to_numpy().tolist() == (
        [[0, 0, "language is de, the tools know English"]] * 3
    )


def test_a_sentence_that_is_not_counted_reaches_no_scorer():
    seen = []
    corpus = read("Паром стоит. The ferry sails.")
    table = pp.sentiment(corpus, scorers={"mine": lambda texts: [len(seen.extend(texts) or "") or 0.5 for _ in texts]})
    assert seen == ["The ferry sails."]
    assert (table.columns[0], table["mine"].tolist()[1]) == ("mine", 0.5)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("A great day.", "same"),
        ("A bad night.", "same"),
        ("A political boat.", "both zero"),
        ("An early boat.", "one zero"),
        ("The war.", "one zero"),
        ("A new war.", "opposite"),
        ("The crane stands there.", "no known word"),
    ],
)
def test_the_signs_of_both_tools_meet_in_one_of_five_ways(text, signs):
    assert pp.sentiment(read(text))["signs"].tolist() == [signs]


def test_two_scores_of_zero_are_not_the_same_sign():
    row = pp.sentiment_by(read("A political boat. A great day. An early boat. The crane stands there.")).iloc[0]
    assert (row["share_same_sign"], row["share_no_known_word"]) == (pytest.approx(1 / 3, abs=1e-6), 0.25)


@pytest.mark.parametrize(
    ("translated", "note"),
    [
        ((False, False), ""),
        ((True, False), "1 of 2 articles is a translation: its wording is also the translator's."),
        ((True, True), "Both articles are translations: their wording is also the translators'."),
    ],
)
def test_translations_are_counted_in_a_note(translated, note):
    texts = [f"The ferry sails.\n{'Translated by Mara Quill.' * one}" for one in translated]
    assert pp.sentiment(read(*texts)).attrs["note"] == note


# --- your own scorers ------------------------------------------------------------------

WORDS = {"calm": 0.5, "storm": -0.5}


def stand_in(sentences):
    """Score sentences as a model of one's own would: by batch, on its own scale, none for an empty one."""
    known = [[WORDS[word] for word in text.lower().strip(".").split() if word in WORDS] for text in sentences]
    return [sum(values) if text else float("nan") for text, values in zip(sentences, known, strict=True)]


def test_a_scorers_numbers_come_through_in_order():
    scored = check_scorer("mine", stand_in)(["A calm day.", "The storm.", ""])
    assert scored.dtype == np.float64
    assert scored[:2].tolist() == [0.5, -0.5]
    assert np.isnan(scored[2])


@pytest.mark.parametrize("given", [np.array([1, 2], dtype=np.int8), (1, 2), [True, 2.0], np.float32([1, 2])])
def test_lists_tuples_and_arrays_of_numbers_will_do(given):
    assert check_scorer("mine", lambda _: given)(["One.", "Two."]).tolist() == [1.0, 2.0]


def test_it_is_called_once_with_a_list_and_never_with_an_empty_one():
    seen = []

    def recorded(sentences):
        seen.append(sentences)
        return [0] * len(sentences)

    scorer = check_scorer("mine", recorded)
    assert scorer([]).tolist() == []
    scorer(("One.", "Two."))
    assert seen == [["One.", "Two."]]


def test_what_it_does_to_its_list_changes_nothing():
    sentences = ["One.", "Two."]
    check_scorer("mine", lambda texts: [texts.pop() and 1.0, 2.0])(sentences)
    assert sentences == ["One.", "Two."]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([0.5], "scorer 'mine' must return one number a sentence; it got 2 sentences and returned 1."),
        ([1, 2, 3], "scorer 'mine' must return one number a sentence; it got 2 sentences and returned 3."),
        (
            [[1, 2], [3, 4]],
            (
                "scorer 'mine' must return one number a sentence; it got 2 sentences and returned an array of shape"
                " (2, 2)."
            ),
        ),
        (0.5, "scorer 'mine' must return one number a sentence; it got 2 sentences and returned an array of shape ()."),
        (["good", "bad"], "scorer 'mine' must return numbers; it returned list that holds something else."),
        (
            [1, float("inf")],
            "scorer 'mine' must return finite numbers, or NaN for none; sentence 1 got an infinite one.",
        ),
        ([{"label": "pos"}] * 2, "scorer 'mine' must return numbers; it returned list that holds something else."),
    ],
)
def test_what_is_wrong_is_said(given, message):
    with pytest.raises(PastepotError) as error:
        check_scorer("mine", lambda _: given)(["One.", "Two."])
    assert str(error.value) == message


@pytest.mark.parametrize("name", ["", "my scorer", "vader", "doc_id", "1st", None])
def test_a_name_that_cannot_be_a_new_column_is_refused(name):
    with pytest.raises(PastepotError) as error:
        check_scorer(name, stand_in)
    assert str(error.value) == (
        f"a scorer's name must be letters, digits or underscores and no column that tables have; got {name!r}."
    )


def test_what_is_no_function_is_refused():
    with pytest.raises(PastepotError) as error:
        check_scorer("mine", 3)
    assert str(error.value) == "scorer 'mine' must be a function from sentences to numbers; got 3."
