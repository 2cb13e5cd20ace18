"""The exercises of lesson 4: runs of words, shared passages, and what they are a share of."""

from collections.abc import Callable, Mapping

from pastepot.corpus.corpus import Corpus
from pastepot.reuse.passages import passages
from pastepot.show.answers import Key, prediction
from pastepot.show.gold import gold, pairs
from pastepot.text.annotations import words
from pastepot.text.words import find_words

FIVE_WORDS = "the ferry left the harbour"
FIVE_SENTENCES = "No boat sails. The ferry left the harbour, late. Rain fell. People waited. Nobody spoke."
RUN = 2
AGENCY, RADIO = "2031-01-20_halyard_03.txt", "2031-01-20_sound-94_02.txt"


def _runs(pieces: list[str]) -> set[tuple[str, ...]]:
    """Return all different runs of pieces."""
    return {tuple(pieces[place : place + RUN]) for place in range(len(pieces) - RUN + 1)}


def runs(_: Corpus) -> Key:
    """Return what counting runs in five words expects."""
    size = len(FIVE_WORDS.split())
    return Key(
        size - RUN + 1,
        {
            size - RUN: "Off by one: the last run starts one word before the end.",
            size: "A run needs words behind it: none starts with the last word.",
            RUN * size: "Those are words in runs. Runs are asked for.",
            RUN: "Runs may overlap: the next one starts one word further on.",
        },
        "Put a finger on each word that a run of two can start with.",
        "words minus length of a run, plus one.",
        "You count runs: words minus length plus one.",
    )


def shared_runs(_: Corpus) -> Key:
    """Return what counting shared runs by hand expects."""
    folded = [FIVE_SENTENCES[start:end].lower() for start, end in find_words(FIVE_SENTENCES)]
    one = _runs(FIVE_WORDS.split())
    return Key(
        len(one & _runs(folded)),
        {
            len(one & _runs(FIVE_SENTENCES.split())): "You cut at blanks: a capital or a comma broke a run.",
            len(one & _runs(FIVE_SENTENCES.lower().split())): "Marks stay glued to the pieces: the comma broke a run.",
            len(_runs(folded)): "Those are all runs of the five sentences.",
            len(FIVE_WORDS.split()): "Those are the shared words. Runs of two are asked for.",
            len(one | _runs(folded)): "Those are the runs of either. Both must hold it.",
        },
        "Case and marks don't matter: compare words, not pieces.",
        "lower case, marks stripped, then the runs that stand in both sets.",
        "You compare words, so neither a comma nor a capital hides a copy.",
    )


def pairs_shared(corpus: Corpus) -> Key:
    """Return what the number of pairs of articles expects."""
    found = passages(corpus)
    two = found[found["doc_a"] != found["doc_b"]]
    right = len(pairs(found, "doc_a", "doc_b"))
    return Key(
        right,
        {
            len(two): "Those are passages. One pair of articles may share several.",
            len(found): "Those are all rows, also passages that stand twice in one article.",
            len(found[["doc_a", "doc_b"]].drop_duplicates()): "An article and itself are no pair.",
            2 * right: "Each pair was counted twice, once from each side.",
            len({*two["doc_a"], *two["doc_b"]}): "Those are the articles in such pairs.",
            int(found["family"].nunique()): "Those are families: different passages, with all their copies.",
        },
        "Different articles, each pair once.",
        "keep `doc_a != doc_b`, then count the different pairs of doc_a and doc_b.",
        "You said what a row is before you counted rows.",
    )


def itself(corpus: Corpus) -> Key:
    """Return what the number of articles that repeat themselves expects."""
    found = passages(corpus)
    same = found[found["doc_a"] == found["doc_b"]]
    return Key(
        int(same["doc_a"].nunique()),
        {
            len(found): "Those are all passages.",
            len(found) - len(same): "Those are passages between different articles.",
            int(same["words"].sum()): "Those are words.",
            int(same["words"].max()): "That is the longest such passage, in words.",
            len(corpus): "Those are all articles.",
            0: "There are some: compare doc_a with doc_b.",
        },
        "Keep the rows where both sides are one article, then count articles.",
        "the number of different doc_a where `doc_a == doc_b`.",
        "A block that stands twice in one file is most often a slip, not a quotation.",
    )


def longest(corpus: Corpus) -> Key:
    """Return what the length of the longest shared passage expects."""
    found = passages(corpus)
    two = found[found["doc_a"] != found["doc_b"]]
    top = two.sort_values("words", kind="stable").iloc[-1]
    same = found[found["doc_a"] == found["doc_b"]]
    return Key(
        int(top["words"]),
        {
            int(top["end_a"] - top["start_a"]): "Those are characters. Words are asked for.",
            int(two["words"].sum()): "That is the sum over all passages.",
            int(same["words"].max()): "That one stands twice in one article.",
            int(two["words"].iloc[0]): "That is the first row, not the longest.",
            int(two["words"].nlargest(2).iloc[-1]): "That is the second longest.",
        },
        "Between different articles, in words.",
        "the largest value of `words` where `doc_a != doc_b`.",
        "Nobody writes so many equal words by chance.",
    )


def copied(corpus: Corpus) -> Key:
    """Return what the share of the radio's words that stand in the agency's text expects."""
    found, sizes = passages(corpus), words(corpus)["doc_id"].value_counts()
    both = found[(found["doc_a"] == AGENCY) & (found["doc_b"] == RADIO)]
    shared, mine, theirs = int(both["words"].sum()), int(sizes[RADIO]), int(sizes[AGENCY])
    return Key(
        100 * shared / mine,
        {
            100 * shared / theirs: "Wrong denominator: that is the share of the agency's text, not of the radio's.",
            100 * shared / (mine + theirs): "Wrong denominator: you divided by the words of both.",
            100 * shared / (mine + theirs - shared): "That is resemblance, the same from both sides. Containment has a "
            "direction: divide by the radio's words.",
            shared: "That is a number of words. A share needs a denominator.",
            shared / mine: "That is a fraction of 1. In per cent it is a hundred times as large.",
            100 * len(both) / len(found): "Wrong unit: that is a share of passages.",
        },
        "In per cent of all words of the radio's article, every part.",
        "100 * the words of the shared passages / the words of the radio's article.",
        "Containment has a direction: how much of *this* text stands in *that* one.",
        within=0.06,
    )


def found_pairs(corpus: Corpus) -> Key:
    """Return what the recall of pairs against the gold expects."""
    true, ours = pairs(gold("passages"), "file_a", "file_b"), pairs(passages(corpus), "doc_a", "doc_b")
    both = len(true & ours)
    return Key(
        100 * both / len(true),
        {
            100 * both / len(ours): "Wrong denominator: that is precision, the share of what was found that is right.",
            100 * len(ours) / len(true): "You divided two numbers; a pair found may be none that a reader marked.",
            100 * both / len(true | ours): "Wrong denominator: you divided by the pairs of either.",
            both: "That is the number found. Recall is a share.",
            both / len(true): "That is a fraction of 1. In per cent it is a hundred times as large.",
            100 * (len(true) - both) / len(true): "That is the share that was missed.",
        },
        "Recall: of the pairs that a reader marked, how many per cent were found?",
        "100 * the pairs in both sets / the pairs of the gold.",
        "You divide by what is there. What is missing was rewritten: exact runs break.",
        within=0.06,
    )


def guess(_: Corpus) -> Key:
    """Return what a prediction expects: a number."""
    return prediction("Now let the library look for them.")


EXERCISES: Mapping[str, Callable[[Corpus], Key]] = {
    "passages.guess": guess,
    "passages.runs": runs,
    "passages.shared_runs": shared_runs,
    "passages.pairs": pairs_shared,
    "passages.itself": itself,
    "passages.longest": longest,
    "passages.copied": copied,
    "passages.found": found_pairs,
}
