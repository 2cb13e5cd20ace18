"""The exercises of lesson 2: counts, rates, spread and company of words."""

from collections.abc import Callable, Mapping

import pandas as pd

from pastepot.corpus.corpus import Corpus
from pastepot.frequency.collocation import collocates
from pastepot.frequency.counts import terms
from pastepot.show.answers import Key, prediction
from pastepot.text.annotations import words
from pastepot.text.words import find_words

FIVE_SENTENCES = (
    "The storm hit the port. No ferry left the port. Ports wait. The port’s wall broke in a storm. Port people stay."
)
WORD, NEIGHBOUR = "strike", "ferry"
TOP = 10


def in_row(table: pd.DataFrame, term: str, column: str) -> float:
    """Return what a table of terms says of one term in one column; nought if the term is not there."""
    return float(table.loc[table["term"] == term, column].sum())


def _port() -> int:
    """Return how often the port is named in the five sentences, case and possessive folded."""
    tokens = [FIVE_SENTENCES[start:end].lower() for start, end in find_words(FIVE_SENTENCES)]
    return sum(token.replace("’s", "") == "port" for token in tokens)


def port(_: Corpus) -> Key:
    """Return what counting *port* by hand expects."""
    return Key(
        _port(),
        {
            FIVE_SENTENCES.split().count(
                "port."
            ): "Only one spelling was counted: a capital and a possessive are missing.",
            FIVE_SENTENCES.lower().count("port"): "A plural slipped in: *Ports* is another form. Nothing is stemmed.",
            FIVE_SENTENCES.split().count("port"): "Marks are glued to the pieces: strip them before you compare.",
            _port() - 1: "One is missing: did you fold case, and the possessive?",
        },
        "Case and a final ’s don't matter, a plural does.",
        "strip the marks, put all in lower case, cut ’s, then count the pieces equal to the word.",
        "You fold case and possessive, and you leave the plural alone.",
    )


def rate(_: Corpus) -> Key:
    """Return what a rate per 1,000 words by hand expects."""
    size, hits = len(find_words(FIVE_SENTENCES)), _port()
    types = len({FIVE_SENTENCES[start:end].lower() for start, end in find_words(FIVE_SENTENCES)})
    return Key(
        1000 * hits / size,
        {
            100 * hits / size: "That is per 100 words (per cent). It is asked per 1,000.",
            1e6 * hits / size: "That is per million words. It is asked per 1,000.",
            hits / size: "That is a fraction. Multiply by the 1,000 words it is asked for.",
            1000 * hits / types: "Wrong denominator: you divided by the different words (types), not by all words.",
            1000 * hits / (types - 1): "Wrong denominator: you divided by the different words (types), folded.",
            1000 * hits / len(FIVE_SENTENCES): "Wrong denominator: you divided by characters.",
            hits / 5: "Wrong denominator: that is per sentence.",
            hits: "That is the count. A rate is a count in so many words.",
        },
        "How often in 1,000 words, if the five sentences went on like this?",
        "1000 * the count / all words of the five sentences.",
        "You divide by all words, the commonest choice; say so beside each rate.",
        within=0.5,
    )


def count(corpus: Corpus) -> Key:
    """Return what counting a word in the corpus expects."""
    right = in_row(terms(corpus), WORD, "count")
    found = words(corpus)
    raw = " ".join(record.text for record in corpus.records)
    return Key(
        right,
        {
            int((found["term"] == WORD).sum()): "Captions, credits and repeats are in it, or possessives left out.",
            in_row(terms(corpus, parts="all"), WORD, "count"): "Captions and repeats are in it.",
            raw.split().count(WORD): "You cut the raw text at blanks: marks stay glued on, and furniture is counted.",
            raw.lower().count(WORD): "You counted letters in a row, so longer words and furniture are in it.",
            int((found["token"] == WORD).sum()): "Case was not folded, and every part was counted.",
        },
        "Counted are body, title and subheading; case and possessive don't matter.",
        "look the word up in pp.terms(corpus), column `count`.",
        "You know which parts are counted and which forms are one word.",
    )


def word_rate(corpus: Corpus) -> Key:
    """Return what a rate per 1,000 words in the corpus expects."""
    made = terms(corpus)
    hits, size = in_row(made, WORD, "count"), int(made.attrs["total"])
    every, pieces = len(words(corpus)), sum(len(record.text.split()) for record in corpus.records)
    return Key(
        1000 * hits / size,
        {
            1000 * hits / every: "Wrong denominator: all words, captions and credits included. Divide by the counted.",
            1000 * hits / pieces: "Wrong denominator: pieces between blanks of the raw text.",
            1000 * hits / len(made): "Wrong denominator: you divided by the different words (types).",
            100 * hits / size: "That is per 100 words (per cent). It is asked per 1,000.",
            1e6 * hits / size: "That is per million words. It is asked per 1,000.",
            hits / len(corpus): "Wrong denominator: that is per article.",
            hits: "That is the count. A rate is a count in so many words.",
        },
        "Numerator and denominator must be counted in the same parts.",
        '1000 * count / pp.terms(corpus).attrs["total"].',
        "You took numerator and denominator from the same parts.",
        within=0.006,
    )


def articles_with(corpus: Corpus) -> Key:
    """Return what the number of articles with a word expects."""
    made = terms(corpus)
    spread = in_row(made, WORD, "doc_count")
    found = words(corpus)
    return Key(
        spread,
        {
            in_row(made, WORD, "count"): "That is how often it stands. In how many articles is asked.",
            in_row(made, WORD, "outlets"): "That is the number of outlets.",
            len(corpus): "Those are all articles. Does each of them hold the word?",
            100 * spread / len(corpus): "That is a share in per cent. A number of articles is asked for.",
            int(found[found["term"] == WORD]["doc_id"].nunique()): "An article counts only if the word is in its body, "
            "title or subheading.",
            len(corpus) - spread: "Those are the articles without it.",
        },
        "The table of terms has a column for it.",
        "column `doc_count` of pp.terms(corpus).",
        "A count and a spread are two questions.",
    )


def top_share(corpus: Corpus) -> Key:
    """Return what the share of the commonest words expects."""
    made = terms(corpus)
    total = int(made.attrs["total"])
    top = int(made["count"].head(TOP).sum())
    return Key(
        100 * top / total,
        {
            100 * TOP / len(made): "Wrong unit: that is a share of types. Ask how many tokens they make up.",
            100 * top / len(words(corpus)): "Wrong denominator: all words. Divide by the counted ones.",
            100 * int(made["count"].head(TOP + 1).sum()) / total: "Off by one: you took eleven words.",
            100 * int(made["count"].head(TOP - 1).sum()) / total: "Off by one: you took nine words.",
            top: "That is a number of words. A share needs a denominator.",
            top / total: "That is a fraction of 1. In per cent it is a hundred times as large.",
        },
        "In per cent of all counted words: how much do the ten commonest make up together?",
        "100 * the sum of the first ten counts / the total of counted words.",
        "A few small words make up a large part of any text.",
        within=0.06,
    )


def near(corpus: Corpus) -> Key:
    """Return what counting a neighbour in a window expects."""
    sides = {(4, 4): "Off by one: your window has four words on each side.", (6, 6): "Off by one: six on each side."}
    sides |= {(5, 0): "Only the words before the node were counted.", (0, 5): "Only the words after it were counted."}
    near_it = collocates(corpus, WORD).rename(columns={"collocate": "term"})
    slips: dict[float | str, str] = {
        in_row(collocates(corpus, WORD, window=side).rename(columns={"collocate": "term"}), NEIGHBOUR, "joint"): reason
        for side, reason in sides.items()
    }
    slips[in_row(near_it, NEIGHBOUR, "count")] = (
        "That is how often it stands anywhere. Only places near the node count."
    )
    slips[in_row(near_it, NEIGHBOUR, "node_count")] = "That is how often the node stands."
    return Key(
        in_row(near_it, NEIGHBOUR, "joint"),
        slips,
        "Five words before and five words after each hit; a place counts once.",
        "column `joint` of pp.collocates(corpus, node), in the row of the neighbour.",
        "You know the window, and say it with the number.",
    )


def guess(_: Corpus) -> Key:
    """Return what a prediction expects: a number."""
    return prediction("Keep it in view: the distance between a guess and a count is what you learn.")


EXERCISES: Mapping[str, Callable[[Corpus], Key]] = {
    "terms.guess": guess,
    "terms.port": port,
    "terms.rate": rate,
    "terms.count": count,
    "terms.word_rate": word_rate,
    "terms.articles": articles_with,
    "terms.top_share": top_share,
    "terms.near": near,
}
