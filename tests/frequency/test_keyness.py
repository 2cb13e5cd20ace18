"""Keyness: effects as the formulas give them, what its notes say, and silence where articles are too few."""

import random

import numpy as np
import pandas as pd
import pytest
from harbour import corpus_of, town

from pastepot import formulas, tables
from pastepot.corpus.read import read
from pastepot.errors import PastepotError
from pastepot.frequency.counts import terms
from pastepot.frequency.keyness import keyness

WORDS = ["ferry", "port", "strike", "crane", "union", "gull", "pier", "the", "a"]


def two_outlets(articles: int = 12):
    """Return a corpus of so many articles an outlet, one of which loves the strike."""
    chance = random.Random(7)  # noqa: S311 (a fixture, not a secret)
    texts = []
    for number in range(2 * articles):
        weights = [3, 3, 6 if number < articles else 1, 1, 2, 1, 1, 9, 6]
        texts.append(" ".join(chance.choices(WORDS, weights, k=chance.randrange(20, 60))))
    texts[0] += " bollard"
    texts[-1] += " capstan capstan"
    return corpus_of(texts, outlet=["Gazette"] * articles + ["Post"] * articles)


def test_counts_rates_and_effects_are_those_of_terms_and_of_the_formulas():
    corpus = two_outlets()
    found = keyness(corpus, target={"outlet": "Gazette"})
    counts = terms(corpus, by="outlet").pivot_table(index="term", columns="outlet", values="count", fill_value=0)
    c, d = counts.sum()
    a, b = (counts.loc[found["term"], outlet].to_numpy() for outlet in ("Gazette", "Post"))
    assert found["count_target"].tolist() == a.tolist()
    assert np.allclose(found["rate_reference"], b * 1000 / d, atol=1e-6)
    assert np.allclose(found["g2"], formulas.g2(a, b, c, d), atol=1e-6)
    assert np.allclose(found["log_ratio"], formulas.log_ratio(a, b, c, d), atol=1e-6)
    holders = terms(corpus, by="outlet").pivot_table(index="term", columns="outlet", values="doc_count", fill_value=0)
    assert found["articles_target"].tolist() == holders.loc[found["term"], "Gazette"].tolist()
    assert found["articles_reference"].tolist() == holders.loc[found["term"], "Post"].tolist()


def test_the_error_rate_is_said_in_words_with_the_number_of_tested_terms():
    found = keyness(two_outlets(), target={"outlet": "Gazette"})
    assert found.attrs["family"] == found["p"].notna().sum() == len(WORDS)
    assert found.attrs["method"].endswith(
        "Of each side, the largest G2 of four cells comes first. p and interval by article: whole articles "
        "change sides 999 times, copies of an article as one. "
        "p_adjusted looks at 9 tested terms at once: if no term differed, at most about 1 table in 20 would have any "
        "at 0.05 or below."
    )
    assert (found["p_adjusted"].dropna() >= found["p"].dropna()).all()


def test_without_the_test_all_else_is_the_same():
    corpus, silent = two_outlets(), ["p", "p_adjusted", "low", "high"]
    tested, bare = (keyness(corpus, target={"outlet": "Gazette"}, per_article=asked) for asked in (True, False))
    assert bare[silent].isna().all().all()
    kept = [name for name in tested if name not in {*silent, "note"}]
    assert bare[kept].equals(tested[kept])
    assert not bare["note"].str.contains("test").any()
    assert bare.attrs["method"].endswith(" Of each side, the largest G2 of four cells comes first.")


@pytest.mark.parametrize(("holders", "tested"), [(4, False), (5, True)])
def test_a_term_in_fewer_than_five_articles_has_no_test_and_says_so(holders: int, tested: bool):  # noqa: FBT001 (a case)
    texts = [f"the port {number} sleeps" + " bollard" * (number < holders) for number in range(20)]
    row = (
        keyness(corpus_of(texts, outlet=["A"] * 10 + ["B"] * 10), target={"outlet": "A"})
        .set_index("term")
        .loc["bollard"]
    )
    assert (row[["p", "p_adjusted", "low"]].notna().all(), np.isnan(row["high"])) == (tested, True)
    reason = "in fewer than 5 different articles: no test; not in the reference, 0 counted as 0.5"
    assert row["note"] == ("not in the reference, 0 counted as 0.5; the ratio has no upper end" if tested else reason)


def test_identical_articles_are_one_and_so_are_with_passages_those_that_share_one():
    texts = [f"the port {number} sleeps" for number in range(20)]
    outlets = ["A"] * 10 + ["B"] * 10
    assert keyness(corpus_of(texts, outlet=outlets), target={"outlet": "A"})["p"].notna().any()
    copied = keyness(corpus_of([texts[1], *texts[1:]], outlet=outlets), target={"outlet": "A"})
    assert copied["p"].isna().all()
    why = "9 articles in the target and 10 in the reference ({} as one): too few for a test"
    assert copied["note"].str.startswith(why.format("copies of an article")).all()
    pair = {"doc_a": ["row 1"], "start_a": [0], "end_a": [8], "doc_b": ["row 3"], "start_b": [0], "end_b": [8]}
    passages = pd.DataFrame({**pair, "cluster": [0]})
    shared = keyness(corpus_of(texts, outlet=outlets), target={"outlet": "A"}, passages=passages)
    assert shared["note"].str.startswith(why.format("copies of an article and articles that share a passage")).all()
    assert "articles that share a passage" not in copied.attrs["method"]


def test_articles_of_one_day_are_one_where_no_day_is_on_both_sides_and_days_have_two_or_more():
    texts, outlets = [f"the port {number} sleeps" for number in range(48)], ["A"] * 24 + ["B"] * 24
    days = [f"2024-{month}-{day:02}" for month in ("03", "04") for day in range(1, 13)]

    def found(dates, target=None):
        return keyness(corpus_of(texts, outlet=outlets, date=dates), target=target or {"outlet": "A"})

    apart = found(days[:12] * 2 + days[12:] * 2)
    assert apart["p"].notna().any()
    assert "copies of an article and articles of one day (no day is on both sides) as one" in apart.attrs["method"]
    assert found(days[:12] * 2 + days[12:] * 2, {"month": "2024-03"})["p"].equals(apart["p"])
    dates = days[:12] * 2 + days[12:] * 2
    third = corpus_of([*texts, "a crane"], outlet=[*outlets, "C"], date=[*dates, days[0]])
    assert "one day" in keyness(third, target={"outlet": "A"}, reference={"outlet": "B"}).attrs["method"]
    assert "one day" not in keyness(third, target={"outlet": "A"}).attrs["method"]
    few = found([*days[:9], *days[:9], *days[:6], *days[12:], *days[12:]])
    reason = "9 articles in the target and 12 in the reference (copies of an article and articles of one day"
    assert few["note"].str.startswith(reason).all()
    for dates in (
        days[:12] * 2 + days[11:23] * 2,  # a day is on both sides
        [f"2024-{month}-{day:02}" for month in ("03", "04") for day in range(1, 25)],  # one a day
        [*days[:12], *days[:11], "2024-02-01", *days[12:], *days[12:]],  # 25 days of 48 articles
        [""] * 48,
    ):
        other = found(dates)
        assert other["p"].notna().any()
        assert "day" not in other.attrs["method"]


@pytest.mark.parametrize(("words", "times"), [(80, "2.0"), (61, "1.5"), (60, None), (40, None)])
def test_articles_over_one_and_a_half_times_as_long_are_named(words: int, times: str | None):
    texts = [f"{number} {'port ' * ((words if number < 12 else 40) - 1)}" for number in range(24)]
    corpus = corpus_of(texts, outlet=["A"] * 12 + ["B"] * 12)
    for target, long, short in (("A", "target", "reference"), ("B", "reference", "target")):
        note = keyness(corpus, target={"outlet": target}).attrs["note"]
        said = f"Articles of the {long} are {times} times as long as those of the {short}: the test finds too much"
        assert (said in note) is ("times as long" in note) is (times is not None)


def test_many_reprinted_words_are_named_until_they_are_left_out():
    texts = [f"port {number} ferry crane" for number in range(24)]
    corpus = corpus_of(texts, outlet=["A"] * 12 + ["B"] * 12)
    pairs = [(f"row {n}", 0, len(texts[n - 1]), f"row {n + 1}", 0, len(texts[n]), n) for n in (1, 13)]
    columns = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster"]
    passages = pd.DataFrame(pairs, columns=columns)
    advice = "To count each once, give reprints='once' and passages=pastepot.passages(corpus)."
    said = f"8 of 96 counted words (8%) are in later copies of passages. {advice}"
    assert said in keyness(corpus, target={"outlet": "A"}, passages=passages).attrs["note"]
    fewer = keyness(corpus, target={"outlet": "A"}, passages=passages.head(1)).attrs["note"]
    assert fewer == "4 of 96 counted words (4%) are in later copies of passages."
    once = keyness(corpus, target={"outlet": "A"}, passages=passages, reprints="once").attrs["note"]
    assert "are in later copies" not in once + keyness(corpus, target={"outlet": "A"}).attrs["note"]
    assert advice not in once


def test_the_order_of_the_articles_changes_nothing():
    corpus = two_outlets()
    frame = pd.DataFrame({"text": [corpus.view(n).text for n in range(len(corpus))]})
    frame["outlet"] = [record.outlet for record in corpus.records]
    tables_made = [
        keyness(read(frame.sample(frac=1, random_state=seed)), target={"outlet": "Gazette"}) for seed in (1, 2)
    ]
    pd.testing.assert_frame_equal(*tables_made)


def test_unevenness_is_that_of_all_articles_of_both_sides():
    corpus = two_outlets()
    spread = terms(corpus).set_index("term")["dp"]
    found = keyness(corpus, target={"outlet": "Post"}).set_index("term")["dp"]
    assert np.allclose(found, spread[found.index], atol=1e-6)


def test_words_of_the_reference_alone_come_with_a_negative_sign():
    found = keyness(two_outlets(), target={"outlet": "Gazette"}).set_index("term")
    assert found.loc["capstan", "log_ratio"] < 0 < found.loc["bollard", "log_ratio"]
    assert found.loc["capstan", "note"].endswith("; not in the target, 0 counted as 0.5")
    assert found.loc["bollard", "note"].endswith("; not in the reference, 0 counted as 0.5")
    assert (np.diff(np.sign(found["log_ratio"])) <= 0).all()


def test_swapping_the_sides_turns_the_signs():
    corpus = two_outlets()
    one = keyness(corpus, target={"outlet": "Gazette"}).set_index("term")
    other = keyness(corpus, target={"outlet": "Post"}, reference={"outlet": "Gazette"}).set_index("term").loc[one.index]
    assert np.allclose(one["log_ratio"], -other["log_ratio"])
    columns = ["g2", "p", "p_adjusted"]
    assert np.allclose(one[columns], other[columns], equal_nan=True)
    assert np.allclose(one[["low", "high"]], -other[["high", "low"]], atol=2e-6, equal_nan=True)


@pytest.mark.parametrize(("articles", "tested"), [(9, False), (10, True)])
def test_below_ten_articles_a_side_there_are_counts_rates_and_differences_only(articles: int, tested: bool):  # noqa: FBT001 (a case)
    found = keyness(two_outlets(articles), target={"outlet": "Gazette"})
    silent = ["g2", "p_adjusted", "low", "high", "p"]
    assert bool(found[silent].notna().any().any()) is tested
    assert found[["count_target", "rate_target", "log_ratio", "dp"]].notna().all().all()
    reason = "9 articles in the target and 9 in the reference: too few for a test"
    assert found["note"].str.startswith(reason).all() is not tested or tested
    assert ("they don't sample outlets" in tables.describe_table(found)) is not tested


def test_a_target_too_short_to_expect_a_hit_has_no_ratio_and_says_why():
    texts = ["ferry pier", " ".join(["crane"] * 5 + ["pier"] * 300)]
    row = keyness(corpus_of(texts, outlet=["A", "B"]), target={"outlet": "A"}).set_index("term").loc["crane"]
    assert np.isnan(row["log_ratio"])
    assert row["note"].endswith("not in the target, which is too short to expect it")


def test_a_side_without_words_gives_a_table_with_notes():
    found = keyness(corpus_of(["…", "a port"], outlet=["A", "B"]), target={"outlet": "A"})
    assert found["note"].str.contains("the target has no counted words").all()
    assert not np.isinf(found.select_dtypes("number").to_numpy(dtype=float)).any()
    assert found["rate_target"].tolist() == [0, 0]


def test_guards_decide_the_family():
    found = keyness(two_outlets(), target={"outlet": "Gazette"}, min_count=3, min_docs=2)
    assert not {"bollard", "capstan"} & set(found["term"])
    assert found.attrs["family"] == len(found) == len(WORDS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"target": {"outlet": "Gazete"}},
            (
                "target has no article with outlet 'Gazete'; articles have '(none)', 'Gazette' and 'Post'. "
                "Did you mean 'Gazette'?"
            ),
        ),
        (
            {"target": {"outlet": "Post"}, "reference": {"month": "2024-04"}},
            "target and reference must not share articles; 1 article is in both.",
        ),
        (
            {"target": {"outlet": ["Gazette", "Post", "(none)"]}},
            "reference has no article: the target is the whole corpus. Choose a smaller target.",
        ),
        (
            {"target": {"outlet": "Post", "month": "2024-03"}},
            "target has no article that meets all of {'outlet': 'Post', 'month': '2024-03'}.",
        ),
    ],
)
def test_a_selector_that_cannot_be_met_is_explained(options: dict[str, object], message: str):
    with pytest.raises(PastepotError) as caught:
        keyness(town(), **options)
    assert str(caught.value) == message


@pytest.mark.parametrize(("min_docs", "kept"), [(2, True), (3, True), (4, False)])
def test_articles_of_neither_side_do_not_help_a_term_over_the_least_number_of_articles(min_docs, kept):
    texts = ["a strike", "a strike", "a strike", "a gull", "a strike", "a strike"]
    corpus = corpus_of(texts, outlet=["Gazette", "Gazette", "Post", "Post", "Wire", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}, min_docs=min_docs)
    assert ("strike" in found["term"].tolist()) is kept


@pytest.mark.parametrize(("min_count", "kept"), [(3, True), (4, True), (5, False)])
def test_hits_of_neither_side_do_not_help_a_term_over_the_least_count(min_count, kept):
    corpus = corpus_of(["strike strike strike", "a strike", "strike"], outlet=["Gazette", "Post", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}, min_count=min_count)
    assert ("strike" in found["term"].tolist()) is kept


def test_unevenness_leaves_articles_of_neither_side_out():
    texts = ["port port", "port pier", "rope rope rope rope"]
    corpus = corpus_of(texts, outlet=["Gazette", "Post", "Wire"])
    found = keyness(corpus, target={"outlet": "Gazette"}, reference={"outlet": "Post"}).set_index("term")["dp"]
    # Each side has half of the words. Of port, one has 2 of 3: (1/6 + 1/6) / 2. Of pier, one has all: (1/2 + 1/2) / 2.
    assert found[["port", "pier"]].tolist() == pytest.approx([1 / 6, 1 / 2], abs=1e-6)
