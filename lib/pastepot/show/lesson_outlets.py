"""The exercises of lesson 5: what sets outlets apart, and what so few articles cannot say."""

import math
from collections.abc import Callable, Mapping

import pandas as pd

from pastepot.corpus.corpus import Corpus, articles
from pastepot.frequency.counts import terms
from pastepot.frequency.keyness import keyness
from pastepot.frequency.sources import sources
from pastepot.reuse.passages import passages
from pastepot.show.answers import Key, prediction
from pastepot.show.gold import outlets_of
from pastepot.show.lesson_terms import in_row

OUTLET, AGENCY, WORD = "Daily Gull", "Halyard News Agency", "said"
SOBER = "Harbour Gazette"
COUNT_A, WORDS_A, COUNT_B, WORDS_B = 2, 50, 3, 600
LEAST = 5
ENOUGH = 10


def ratio(_: Corpus) -> Key:
    """Return what a log ratio by hand expects."""
    a, b = COUNT_A / WORDS_A, COUNT_B / WORDS_B
    return Key(
        math.log2(a / b),
        {
            a / b: "That is the ratio of the rates. Its logarithm to the base 2 says how often it doubles.",
            math.log2(COUNT_A / COUNT_B): "You compared counts; the two texts are not equally long. Compare rates.",
            math.log(a / b): "That is the natural logarithm. The base is 2.",
            math.log10(a / b): "That is the logarithm to the base 10. The base is 2.",
            math.log2(b / a): "The sides are exchanged: the target's rate stands above.",
            a - b: "That is a difference of rates, not a ratio.",
        },
        "Two rates first, then their ratio, then how often you must double to get there.",
        "log2 of (count / words of the target) divided by (count / words of the reference).",
        "You compare rates, and one step more means twice as often.",
        within=0.006,
    )


def enough(corpus: Corpus) -> Key:
    """Return what the number of outlets with enough articles expects."""
    sizes = articles(corpus)["outlet"].value_counts()
    return Key(
        int((sizes >= ENOUGH).sum()),
        {
            len(sizes): "Those are all outlets. How many have ten articles or more?",
            int(sizes.max()): "That is the size of the largest.",
            int(sizes[OUTLET]): "That is the size of one outlet.",
            int((sizes >= 5).sum()): "You drew the line at five articles; a test here needs ten a side.",
            len(corpus): "Those are all articles.",
        },
        "Count the articles of each outlet, then the outlets that reach ten.",
        "(value_counts of the outlets >= 10), summed.",
        "So nothing here can be tested for chance: these articles describe themselves.",
    )


def rate(corpus: Corpus) -> Key:
    """Return what a rate inside one outlet expects."""
    made, own = terms(corpus, by="outlet"), terms(corpus)
    mine = made[made["outlet"] == OUTLET]
    hits, size = in_row(mine, WORD, "count"), int(mine["count"].sum())
    every = in_row(own, WORD, "count")
    return Key(
        1000 * hits / size,
        {
            1000 * hits / int(own.attrs["total"]): "Wrong denominator: you divided by the words of all outlets.",
            1000 * every / int(own.attrs["total"]): "That is the rate in the whole corpus.",
            1000 * hits / every: "Wrong denominator: that is the outlet's share of all hits.",
            1000 * hits / len(mine): "Wrong denominator: you divided by the outlet's different words.",
            100 * hits / size: "That is per 100 words (per cent). It is asked per 1,000.",
            hits: "That is the count. Outlets of different size need a rate.",
        },
        "Per 1,000 words of this outlet.",
        "1000 * the count in the outlet / the words of the outlet.",
        "You divide by the outlet's own words.",
        within=0.06,
    )


def log_ratio(corpus: Corpus) -> Key:
    """Return what the log ratio of one outlet against the rest expects."""
    made = keyness(corpus, target={"outlet": OUTLET})
    a, b = in_row(made, WORD, "rate_target"), in_row(made, WORD, "rate_reference")
    whole = in_row(terms(corpus), WORD, "rate")
    return Key(
        math.log2(a / b),
        {
            math.log2(a / whole): "Wrong reference: the whole corpus holds the outlet itself. Compare with the rest.",
            a / b: "That is the ratio of the rates. Its logarithm to the base 2 is asked for.",
            math.log(a / b): "That is the natural logarithm. The base is 2.",
            math.log2(b / a): "The sides are exchanged: the outlet's rate stands above.",
            math.log2(
                in_row(made, WORD, "count_target") / in_row(made, WORD, "count_reference")
            ): "Compare rates, not counts.",
            a - b: "That is a difference of rates, not a ratio.",
        },
        "The outlet's rate, divided by the rate in all other outlets.",
        'column `log_ratio` of pp.keyness(corpus, target={"outlet": ...}), or log2 of the two rates.',
        "The reference is everything else, without the target.",
        within=0.006,
    )


def key_word(corpus: Corpus) -> Key:
    """Return what the word with the highest log ratio expects."""
    made = keyness(corpus, target={"outlet": OUTLET})
    often = made[made["count_target"] >= LEAST].sort_values(["log_ratio", "term"], ascending=[False, True])
    slips: dict[float | str, str] = {
        str(made["term"].iloc[0]): "That is the first row of the table, which is ordered by something else.",
        str(terms(corpus)["term"].iloc[0]): "That is the commonest word of the corpus; everybody uses it.",
        str(often["term"].iloc[1]): "Near: that is the second.",
        str(often["term"].iloc[-1]): "You sorted the other way round.",
        str(made.sort_values(["count_target", "term"], ascending=[False, True])["term"].iloc[0]): (
            "That is the outlet's commonest word, not the one that sets it apart."
        ),
        OUTLET: "That is the outlet.",
    }
    return Key(
        str(often["term"].iloc[0]),
        slips,
        "Only words that stand at least five times in the outlet; the largest log ratio.",
        "keep `count_target >= 5`, sort by `log_ratio` downwards, take the first `term`.",
        "Now read its lines: is it the outlet's habit, or one article's?",
    )


def shares_most(corpus: Corpus) -> Key:
    """Return what the outlet that shares most words with the agency expects."""
    of, found = outlets_of(corpus), passages(corpus)
    both = pd.DataFrame({"a": found["doc_a"].map(of), "b": found["doc_b"].map(of), "words": found["words"]})
    other = both["b"].where(both["a"] == AGENCY, both["a"])[(both["a"] == AGENCY) ^ (both["b"] == AGENCY)]
    sums = both.loc[other.index].groupby(other)["words"].sum().sort_values(ascending=False)
    slips: dict[float | str, str] = {AGENCY: "That is the agency itself."}
    for name in sorted(set(of.values()) - {str(sums.index[0]), AGENCY}):
        known = name in sums.index
        slips[name] = "It shares fewer words with the agency." if known else "It shares no passage with the agency."
    return Key(
        str(sums.index[0]),
        slips,
        "Add the words of the passages, not the passages; the agency may stand on either side of a row.",
        "give both sides their outlet, keep rows with the agency on one side, sum `words` for each other outlet.",
        "It prints what the agency writes. Is a difference between the two then a difference of style?",
    )


def once(corpus: Corpus) -> Key:
    """Return what counting a reprinted word once expects."""
    every, single = terms(corpus), terms(corpus, repeats="once", passages=passages(corpus))
    before, after = (in_row(made, WORD, "count") for made in (every, single))
    return Key(
        before - after,
        {
            after: "That is what is left. How many went is asked.",
            before: "That is the count with all reprints.",
            after - before: "The sign: how many went, as a number above nought.",
            100 * (before - after) / before: "That is a share in per cent. A number is asked for.",
            int(every.attrs["total"] - single.attrs["total"]): "Those are all words that went, not this one.",
            0: "Some of its hits stand in reprinted passages.",
        },
        "The count with all reprints, less the count with each passage taken once.",
        'the difference of `count` between pp.terms(corpus) and pp.terms(corpus, repeats="once", passages=found).',
        "A reprint is one writer's word in two places.",
    )


def unnamed(corpus: Corpus) -> Key:
    """Return what the share of unnamed speakers in one outlet expects."""
    made = sources(corpus)
    outlet = made["doc_id"].map(outlets_of(corpus))
    hidden = made["kind"] == "unnamed"
    mine, both = int((outlet == SOBER).sum()), int(((outlet == SOBER) & hidden).sum())
    return Key(
        100 * both / mine,
        {
            100 * both / int(hidden.sum()): "Turned round: that is the outlet's share of all unnamed speakers.",
            100 * both / len(made): "Wrong denominator: you divided by the speakers of all outlets.",
            100 * float(hidden.mean()): "That is the share in the whole corpus.",
            100 * ((outlet == SOBER) & (made["kind"] != "named")).sum() / mine: "Groups are in it; they have a name.",
            both: "That is a number of rows. A share needs a denominator.",
            both / mine: "That is a fraction of 1. In per cent it is a hundred times as large.",
        },
        "In per cent of the outlet's own rows in the table of sources.",
        'keep the outlet\'s rows, then 100 * the mean of `kind == "unnamed"`.',
        "You divide by the outlet's own speakers.",
        within=0.06,
    )


def guess(_: Corpus) -> Key:
    """Return what a prediction expects: a number."""
    return prediction("Remember it when you read the table.")


EXERCISES: Mapping[str, Callable[[Corpus], Key]] = {
    "outlets.guess": guess,
    "outlets.ratio": ratio,
    "outlets.enough": enough,
    "outlets.rate": rate,
    "outlets.log_ratio": log_ratio,
    "outlets.key_word": key_word,
    "outlets.shares_most": shares_most,
    "outlets.once": once,
    "outlets.unnamed": unnamed,
}
