"""The exercises of lesson 3: scores of words and sentences, and how far to trust them."""

from collections.abc import Callable, Mapping

from pastepot.corpus.corpus import Corpus
from pastepot.show.answers import Key, prediction
from pastepot.show.gold import gold, labelled, signs
from pastepot.tone.scores import sentiment

VALUES = {"brave": 1, "terrible": -1, "calm": 1}
BY_HAND = "A terrible and calm and terrible night."
NEGATED = "The timetable is not good."
LOWEST = 10


def by_hand(_: Corpus) -> Key:
    """Return what the mean of known words expects."""
    pieces = [piece.strip(".").lower() for piece in BY_HAND.split()]
    known = [VALUES[piece] for piece in pieces if piece in VALUES]
    mean = sum(known) / len(known)
    return Key(
        mean,
        {
            sum(known): "That is the sum. A mean is divided by the number of known words.",
            sum(known) / len(pieces): "Wrong denominator: you divided by all words, not by the known ones.",
            0: "You counted each different word once; a word that stands twice counts twice.",
            sum(known) / len(VALUES | {"": 0}): "Wrong denominator: you divided by more words than are known here.",
            len(known): "That is how many known words there are.",
            -mean: "The sign is wrong: which words outweigh the others?",
        },
        "The mean over the words that the little list knows, each time they stand there.",
        "add the values of the known words, divide by how many known words there are.",
        "You know what such a score is made of, and what it leaves out.",
        within=0.006,
    )


def negated(_: Corpus) -> Key:
    """Return what TextBlob's score of a negated sentence expects."""
    from textblob import TextBlob  # noqa: PLC0415 (only this check needs it)
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 (as above)

    right = float(TextBlob(NEGATED).sentiment.polarity)
    plain = float(TextBlob(NEGATED.replace("not ", "")).sentiment.polarity)
    return Key(
        right,
        {
            plain: "That is the sentence without *not*.",
            -plain: "You turned the sign and kept the size. TextBlob halves it as well.",
            SentimentIntensityAnalyzer().polarity_scores(NEGATED)["compound"]: "That is VADER's score.",
            float(TextBlob(NEGATED).sentiment.subjectivity): "That is subjectivity. Polarity is asked for.",
            0: "There is a known word in it.",
        },
        "TextBlob multiplies a negated word by minus one half.",
        "TextBlob(sentence).sentiment.polarity.",
        "*Not good* is bad, but TextBlob holds it for only half as bad as good is good.",
        within=0.006,
    )


def no_word(corpus: Corpus) -> Key:
    """Return what the share of sentences without a known word expects."""
    tone = sentiment(corpus)
    unknown = int((tone["hits"] == 0).sum())
    return Key(
        100 * unknown / len(tone),
        {
            100 * (tone["vader"] == 0).mean(): "You counted scores of nought by VADER; in some, words cancel out, "
            "or words that only the other list knows.",
            100 * (tone["textblob"] == 0).mean(): "You counted scores of nought by TextBlob; the other list may know.",
            100 * unknown / max(len(tone) - unknown, 1): "Wrong denominator: you divided by the sentences with a word.",
            100 - 100 * unknown / len(tone): "That is the share with a known word.",
            unknown: "That is a number of sentences. A share needs a denominator.",
            unknown / len(tone): "That is a fraction of 1. In per cent it is a hundred times as large.",
        },
        "In per cent of all scored sentences; the column `hits` counts known words.",
        "100 * the mean of `hits == 0`.",
        "A score of nought can mean balance or silence; `hits` tells which.",
        within=0.06,
    )


def opposite(corpus: Corpus) -> Key:
    """Return what the share of opposite signs expects."""
    tone = sentiment(corpus)
    known = tone[tone["hits"] > 0]
    against = int((tone["agree"] == "opposite").sum())
    both = int(tone["agree"].isin(["opposite", "yes"]).sum())
    return Key(
        100 * against / len(known),
        {
            100 * against / len(tone): "Wrong denominator: without a known word tools cannot disagree: leave them out.",
            100 * against / both: "Wrong denominator: you left out the sentences in which one tool says nought.",
            100 * (known["agree"] == "yes").mean(): "That is the share in which they agree.",
            100 * (known["agree"] != "yes").mean(): "You counted the sentences in which one tool says nought as well.",
            against: "That is a number of sentences. A share needs a denominator.",
            against / len(known): "That is a fraction of 1. In per cent it is a hundred times as large.",
        },
        "In per cent of the sentences with a known word.",
        'keep `hits > 0`, then 100 * the mean of `agree == "opposite"`.',
        "You asked how often two tools contradict each other where both could speak.",
        within=0.06,
    )


def quoted_low(corpus: Corpus) -> Key:
    """Return what counting quoted voices among the lowest sentences expects."""
    tone = sentiment(corpus)
    low = tone.sort_values(["vader", "doc_id", "start"])["voice"].head(LOWEST)
    high = tone.sort_values(["vader", "doc_id", "start"], ascending=[False, True, True])["voice"].head(LOWEST)
    other = tone.sort_values(["textblob", "doc_id", "start"])["voice"].head(LOWEST)
    right = int((low != "reporter").sum())
    return Key(
        right,
        {
            int((low == "reporter").sum()): "Those are the reporters' own sentences.",
            int((low == "quoted").sum()): "You left out the mixed ones: they hold somebody's quoted words too.",
            int((high != "reporter").sum()): "You took the highest ten. Sort from the lowest up.",
            int((other != "reporter").sum()): "You sorted by TextBlob's score. VADER's is asked for.",
            LOWEST: "Those are all ten. Look at their column `voice`.",
        },
        "A sentence counts if it is quoted or mixed.",
        'sort by vader, doc_id and start, take ten, count `voice != "reporter"`.',
        "You asked whose tone it is before you gave it to the newspaper.",
    )


def accuracy(corpus: Corpus) -> Key:
    """Return what VADER's accuracy against a reader's labels expects."""
    read_by_hand = labelled(sentiment(corpus))
    said, label = signs(read_by_hand["vader"]), read_by_hand["label"]
    right = int((said == label).sum())
    return Key(
        100 * right / len(label),
        {
            100 * right / len(gold("tone")): "Wrong denominator: some labelled sentences have no score to compare.",
            100 * right / len(sentiment(corpus)): "Wrong denominator: only labelled sentences can be right or wrong.",
            100 * ((read_by_hand["vader"] > 0).astype(int) - (read_by_hand["vader"] < 0).astype(int) == label).mean(): (
                "You drew the line at nought; it is asked at 0.05, as VADER's makers advise."
            ),
            100 * (said == label)[label != 0].mean(): "You left out the neutral sentences.",
            100 * (said != label).mean(): "That is the share that is wrong.",
            right: "That is a number of sentences. A share needs a denominator.",
        },
        "In per cent of the labelled sentences that have a score; between minus and plus 0.05 a score means neutral.",
        "100 * the mean of `said == label` in the merged table.",
        "Now compare it with a tool that reads nothing: the next exercise.",
        within=0.06,
    )


def baseline(corpus: Corpus) -> Key:
    """Return what always answering "neutral" expects."""
    label = labelled(sentiment(corpus))["label"]
    same = label.value_counts()
    return Key(
        100 * float((label == 0).mean()),
        {
            100 / 3: "There are three labels, but they are not equally common.",
            100 * float((label == 1).mean()): "That is what always saying *good news* gets right.",
            100 * float((label == -1).mean()): "That is what always saying *bad news* gets right.",
            100 * float((label != 0).mean()): "That is the share it gets wrong.",
            float(same[0]): "That is a number of sentences. A share needs a denominator.",
            0: "It says neutral, and many sentences are.",
        },
        "In per cent: how many labels are neutral?",
        "100 * the mean of `label == 0`.",
        "A tool must beat this before its scores mean anything. Does VADER, on this corpus?",
        within=0.06,
    )


def guess(_: Corpus) -> Key:
    """Return what a prediction expects: a number."""
    return prediction("Write down why, then look.")


EXERCISES: Mapping[str, Callable[[Corpus], Key]] = {
    "tone.guess": guess,
    "tone.by_hand": by_hand,
    "tone.negated": negated,
    "tone.no_word": no_word,
    "tone.opposite": opposite,
    "tone.quoted_low": quoted_low,
    "tone.accuracy": accuracy,
    "tone.baseline": baseline,
}
