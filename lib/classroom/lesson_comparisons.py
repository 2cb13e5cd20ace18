"""What the exercises on shared passages and outlets count, lessons 4 and 5: numbers by name, as in `lesson_counts`."""

import itertools
import math
from collections.abc import Sequence

from classroom.gold import gold, outlets_of, pairs
from classroom.lessons import GIVEN, Counts, lower_words, recall_counts, term_value
from pastepot.corpus.corpus import Corpus, articles
from pastepot.frequency.counts import terms
from pastepot.frequency.keyness import keyness
from pastepot.reuse.passages import passages
from pastepot.text.annotations import words
from pastepot.text.sources import sources

# --- 4: runs of words, shared passages, and what they are a share of ---


def _bigrams(strings: Sequence[str]) -> set[tuple[str, str]]:
    """Return all different sequences of two strings."""
    return set(itertools.pairwise(strings))


def sequences_by_hand(_: Corpus) -> Counts:
    """Return counts of two-word sequences in the sentences of the fourth lesson."""
    five, text = GIVEN["passages"]["five_words"].split(), GIVEN["passages"]["five_sentences"]
    first, second = _bigrams(five), _bigrams(lower_words(text))
    return {
        "sequences": len(five) - 1,
        "one_fewer": len(five) - 2,
        "words": len(five),
        "shared": len(first & second),
        "shared_pieces": len(first & _bigrams(text.split())),
        "shared_lower_pieces": len(first & _bigrams(text.lower().split())),
        "others": len(second),
        "either": len(first | second),
    }


def shared_passages(corpus: Corpus) -> Counts:
    """Return how many passages are shared by how many articles, and how long they are."""
    found = passages(corpus)
    two, same = found[found["doc_a"] != found["doc_b"]], found[found["doc_a"] == found["doc_b"]]
    longest = two.sort_values("words", kind="stable").iloc[-1]
    return {
        "passages": len(found),
        "between_two": len(two),
        "pairs": len(pairs(found, "doc_a", "doc_b")),
        "pairs_and_selves": len(found[["doc_a", "doc_b"]].drop_duplicates()),
        "in_pairs": len({*two["doc_a"], *two["doc_b"]}),
        "clusters": found["cluster"].nunique(),
        "selves": same["doc_a"].nunique(),
        "words_in_selves": int(same["words"].sum()),
        "longest_in_selves": same["words"].max(),
        "articles": len(corpus),
        "longest": longest["words"],
        "longest_characters": longest["end_a"] - longest["start_a"],
        "second_longest": two["words"].nlargest(2).iloc[-1],
        "first": two["words"].iloc[0],
        "words": int(two["words"].sum()),
    }


def copied_words(corpus: Corpus) -> Counts:
    """Return how many words of a radio report occur in an agency's text."""
    agency, radio = GIVEN["passages"]["agency"], GIVEN["passages"]["radio"]
    found, sizes = passages(corpus), words(corpus)["doc_id"].value_counts()
    both = found[(found["doc_a"] == agency) & (found["doc_b"] == radio)]
    shared, mine, theirs = int(both["words"].sum()), int(sizes[radio]), int(sizes[agency])
    union = {"together": mine + theirs, "either": mine + theirs - shared}
    return {"shared": shared, "radio": mine, "agency": theirs, **union, "both": len(both), "passages": len(found)}


def pair_recall(corpus: Corpus) -> Counts:
    """Return how many of the pairs of articles that a reader marked were found."""
    true, ours = pairs(gold("passages", corpus), "file_a", "file_b"), pairs(passages(corpus), "doc_a", "doc_b")
    return {**recall_counts(len(true & ours), true, ours), "either": len(true | ours)}


# --- 5: what sets outlets apart, and what so few articles cannot say ---


def _compared(rate: float, other: float) -> dict[str, float]:
    """Return how two rates may be compared, rightly or not."""
    ratio = rate / other
    return {
        "log_ratio": math.log2(ratio),
        "turned": math.log2(1 / ratio),
        "natural": math.log(ratio),
        "ratio": ratio,
        "difference": rate - other,
    }


def rates_by_hand(_: Corpus) -> Counts:
    """Return how the rates of the fifth lesson may be compared."""
    (hits, size), (other_hits, other_size) = GIVEN["outlets"]["hits_and_words"]
    rate, other = hits / size, other_hits / other_size
    return {**_compared(rate, other), "base_10": math.log10(rate / other), "of_counts": math.log2(hits / other_hits)}


def sizes_of_outlets(corpus: Corpus) -> Counts:
    """Return how many outlets have how many articles."""
    sizes = articles(corpus)["outlet"].value_counts()
    return {
        "of_ten": int((sizes >= 10).sum()),
        "of_five": int((sizes >= 5).sum()),
        "outlets": len(sizes),
        "largest": sizes.max(),
        "one": sizes[GIVEN["outlets"]["outlet"]],
        "articles": len(corpus),
    }


def words_of_an_outlet(corpus: Corpus) -> Counts:
    """Return how often one word occurs in one outlet, in the others and everywhere."""
    outlet, word = GIVEN["outlets"]["outlet"], GIVEN["outlets"]["word"]
    grouped, every, made = terms(corpus, by="outlet"), terms(corpus), keyness(corpus, target={"outlet": outlet})
    mine = grouped[grouped["outlet"] == outlet]
    rate, other = term_value(made, word, "rate_target"), term_value(made, word, "rate_reference")
    hits, other_hits = term_value(made, word, "count_target"), term_value(made, word, "count_reference")
    return {
        **_compared(rate, other),
        "against_all": math.log2(rate / term_value(every, word, "rate")),
        "of_counts": math.log2(hits / other_hits),
        "hits": term_value(mine, word, "count"),
        "words": int(mine["count"].sum()),
        "types": len(mine),
        "all_hits": term_value(every, word, "count"),
        "all_words": int(every.attrs["total"]),
    }


def key_words(corpus: Corpus) -> Counts:
    """Return the key words of one outlet, and those that might be mistaken for them."""
    outlet, least = GIVEN["outlets"]["outlet"], 5
    keys = keyness(corpus, target={"outlet": outlet})
    often = keys[keys["count_target"] >= least].sort_values(["log_ratio", "term"], ascending=[False, True])["term"]
    frequent = keys.sort_values(["count_target", "term"], ascending=[False, True])["term"]
    return {
        "highest": often.iloc[0],
        "second": often.iloc[1],
        "lowest": often.iloc[-1],
        "first_row": keys["term"].iloc[0],
        "most_frequent": terms(corpus)["term"].iloc[0],
        "most_frequent_here": frequent.iloc[0],
        "outlet": outlet,
    }


def shared_with_the_agency(corpus: Corpus) -> Counts:
    """Return which outlet shares most words with the agency, and which share fewer or none."""
    agency, of, found = GIVEN["outlets"]["agency"], outlets_of(corpus), passages(corpus)
    a, b = found["doc_a"].map(of), found["doc_b"].map(of)
    other = b.where(a == agency, a)[(a == agency) ^ (b == agency)]
    most, *less = found["words"].groupby(other).sum().sort_values(ascending=False).index
    return {"most": most, "less": less, "none": sorted({*of.values()} - {most, agency, *less}), "agency": agency}


def counted_once(corpus: Corpus) -> Counts:
    """Return how often a word occurs with and without reprints."""
    word = GIVEN["outlets"]["word"]
    every, single = terms(corpus), terms(corpus, reprints="once", passages=passages(corpus))
    before, after = term_value(every, word, "count"), term_value(single, word, "count")
    gone = int(every.attrs["total"] - single.attrs["total"])
    return {"gone": before - after, "turned": after - before, "before": before, "after": after, "words_gone": gone}


def unnamed_speakers(corpus: Corpus) -> Counts:
    """Return how many speakers of one outlet and of all have no name."""
    speakers = sources(corpus)
    here = speakers["doc_id"].map(outlets_of(corpus)) == GIVEN["outlets"]["sober"]
    hidden, named = speakers["source_kind"] == "unnamed", speakers["source_kind"] == "named"
    return {
        "unnamed": int((here & hidden).sum()),
        "not_named": int((here & ~named).sum()),
        "speakers": int(here.sum()),
        "all_unnamed": int(hidden.sum()),
        "all_speakers": len(speakers),
    }
