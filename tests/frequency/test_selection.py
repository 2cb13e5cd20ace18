"""Reprints counted once: each passage stays in its first article, whatever the table's order."""

import pandas as pd
import pytest
from harbour import corpus_of

from pastepot import tables
from pastepot.errors import PastepotError
from pastepot.frequency.counts import dtm, terms
from pastepot.frequency.keyness import keyness
from pastepot.frequency.ngrams import ngrams
from pastepot.frequency.selection import COLUMNS

STORY = "the strike is over"


def passages(*rows: tuple[str, int, int, str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def kept(corpus, table: pd.DataFrame) -> dict[str, int]:
    """Return how many words of each article are counted."""
    found = dtm(corpus, reprints="once", passages=table)
    return dict(zip(found.doc_ids, found.matrix.toarray().sum(axis=1).tolist(), strict=True))


def test_a_story_in_many_articles_counts_once_in_the_earliest():
    texts = [STORY, STORY, f"late: {STORY}"]
    dates = ["2024-03-03", "2024-03-01", ""]
    table = passages(
        ("row 1", 0, 18, "row 2", 0, 18, 0), ("row 1", 0, 18, "row 3", 6, 24, 0), ("row 2", 0, 18, "row 3", 6, 24, 0)
    )
    corpus = corpus_of(texts, date=dates)
    assert kept(corpus, table) == {"row 1": 0, "row 2": 4, "row 3": 1}
    assert kept(corpus, table.iloc[::-1]) == kept(corpus, table)
    turned = table.rename(columns=lambda name: name[:-1] + {"a": "b", "b": "a"}[name[-1]] if name[-2] == "_" else name)
    assert kept(corpus, turned) == kept(corpus, table)


def test_a_large_cluster_is_paired_with_one_copy_and_still_counts_once():
    texts = [STORY] * 4
    dates = ["2024-03-04", "2024-03-01", "2024-03-02", "2024-03-03"]
    table = passages(*[(f"row {n}", 0, 18, "row 4", 0, 18, 7) for n in (1, 2, 3)])
    assert kept(corpus_of(texts, date=dates), table) == {"row 1": 0, "row 2": 4, "row 3": 0, "row 4": 0}


def test_words_that_only_later_copies_share_are_kept_once():
    texts = ["a b", "a b c d", "a b c d"]
    table = passages(("row 1", 0, 3, "row 2", 0, 3, 0), ("row 2", 0, 7, "row 3", 0, 7, 0))
    assert kept(corpus_of(texts), table) == {"row 1": 2, "row 2": 2, "row 3": 0}


def test_a_repeat_inside_one_article_counts_once():
    assert kept(corpus_of([f"{STORY}. {STORY}."]), passages(("row 1", 20, 38, "row 1", 0, 18, 0))) == {"row 1": 4}


def test_denominators_shrink_and_the_table_says_so():
    table = passages(("row 1", 0, 18, "row 2", 0, 18, 0))
    found = terms(corpus_of([STORY, STORY]), reprints="once", passages=table)
    assert found["rate"].tolist() == [250.0] * 4
    assert found.attrs["total"] == 4
    assert "in their first article: 4 words of later copies are left out." in tables.describe_table(found)


def test_no_run_of_words_bridges_a_reprint():
    table = passages(("row 1", 0, 18, "row 2", 4, 22, 0))
    corpus = corpus_of([STORY, f"now {STORY} now"])
    assert "now now" not in set(ngrams(corpus, reprints="once", passages=table)["ngram"])


def test_a_reprint_is_no_keyword():
    table = passages(("row 1", 0, 18, "row 2", 0, 18, 0))
    corpus = corpus_of([STORY, STORY + " gull"], outlet=["A", "B"])
    found = keyness(corpus, target={"outlet": "B"}, reprints="once", passages=table)
    assert found.set_index("term")["count_target"].to_dict() == {"gull": 1, "is": 0, "over": 0, "strike": 0, "the": 0}


def test_an_empty_table_changes_nothing():
    corpus = corpus_of([STORY, STORY])
    pd.testing.assert_frame_equal(terms(corpus, reprints="once", passages=passages()), terms(corpus))


def test_a_missing_table_or_column_is_explained():
    with pytest.raises(PastepotError) as caught:
        terms(corpus_of([STORY]), reprints="once")
    assert str(caught.value) == (
        "reprints='once' needs the table of passages; got none. "
        "Make it with pastepot.passages(corpus) and give passages=…."
    )
    with pytest.raises(PastepotError) as caught:
        terms(corpus_of([STORY]), reprints="once", passages=passages().drop(columns="cluster"))
    assert str(caught.value).startswith("passages lacks column 'cluster', it has 'doc_a', 'start_a',")


@pytest.mark.parametrize(
    ("dates", "counted"),
    [
        (("2024-03-01", "2024-03-03", "2024-03-02"), {"row 1": 2, "row 2": 0, "row 3": 2}),
        (("2024-03-01", "", "2024-03-02"), {"row 1": 2, "row 2": 0, "row 3": 2}),
        (("2024-03-01", "2024-03-02", "2024-03-02"), {"row 1": 2, "row 2": 2, "row 3": 0}),
        (("", "", ""), {"row 1": 2, "row 2": 2, "row 3": 0}),
    ],
)
def test_of_later_copies_with_as_many_pairs_the_earlier_keeps_what_only_they_share(
    dates: tuple[str, ...], counted: dict[str, int]
):
    table = passages(
        ("row 1", 0, 3, "row 2", 0, 3, 0), ("row 1", 0, 3, "row 3", 0, 3, 0), ("row 2", 0, 7, "row 3", 0, 7, 0)
    )
    assert kept(corpus_of(["a b", "a b c d", "a b c d"], date=dates), table) == counted
