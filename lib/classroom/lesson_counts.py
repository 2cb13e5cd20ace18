"""What the exercises on words and sentiment count, lessons 1 to 3: numbers by name, right ones and likely mistakes."""

import numpy as np

from classroom.gold import gold, match_labels, match_spans, signs
from classroom.lessons import GIVEN, Counts, lower_words, recall_counts, term_value
from pastepot.corpus.corpus import Corpus, articles, ledger, rules
from pastepot.frequency.collocation import collocates
from pastepot.frequency.counts import terms
from pastepot.sentiment_analysis.scores import sentiment
from pastepot.text.annotations import quotations, words
from pastepot.text.words import find_words

COUNTED = ("body", "title", "subheading")


# --- 1: words, what is not the article, who speaks ---------------------


def corpus_by_hand(_: Corpus) -> Counts:
    """Return counts in the sentences of the first lesson."""
    five, text = GIVEN["corpus"]["five_words"], GIVEN["corpus"]["five_sentences"]
    article = text.replace(GIVEN["corpus"]["not_the_article"], "")
    return {
        "types": len({word.strip(".").lower() for word in five.split()}),
        "tokens": len(five.split()),
        "characters": len(five),
        "different_characters": len(set(five)),
        "ferry": text.count("ferry"),
        "bare_ferry": text.split().count("ferry"),
        "words": len(find_words(article)),
        "pieces": len(article.split()),
        "all_words": len(find_words(text)),
        "all_pieces": len(text.split()),
    }


def removals(corpus: Corpus) -> Counts:
    """Return how much the cleaning dropped, and where the first drop is."""
    made, whole = rules(corpus), int(articles(corpus)["chars"].sum())
    drops = made[made["action"] == "drop"]
    gone = int(drops["chars"].sum())
    return {
        "gone": gone,
        "whole": whole,
        "kept": whole - gone,
        "marked": int(made["chars"].sum()),
        "drops": int(drops["count"].sum()),
        "decisions": int(made["count"].sum()),
        "most_articles": drops["articles"].max(),
        "articles": len(corpus),
    }


def first_removal(corpus: Corpus) -> Counts:
    """Return where the first dropped span is."""
    first = ledger(corpus).query("action == 'drop'").iloc[0]
    start, end = int(first["start"]), int(first["end"])
    line = corpus.cite(str(first["doc_id"]), start, end).line or 0
    return {"line": line, "line_before": line - 1, "start": start, "end": end, "characters": end - start}


def parts_and_voices(corpus: Corpus) -> Counts:
    """Return how many words are in which part and voice."""
    found, made = words(corpus), rules(corpus)
    captions = made.loc[made["rule"] == "caption", ["count", "chars", "articles"]].sum()
    counted, inside = found["part"].isin(COUNTED), found["voice"] == "quoted"
    return {
        "caption_words": int((found["part"] == "caption").sum()),
        "captions": int(captions["count"]),
        "caption_characters": int(captions["chars"]),
        "caption_articles": int(captions["articles"]),
        "left_out": int((~counted).sum()),
        "words": len(found),
        "counted": int(counted.sum()),
        "quoted": int((counted & inside).sum()),
        "reported": int((counted & ~inside).sum()),
        "all_quoted": int(inside.sum()),
        "quotations": len(quotations(corpus)),
    }


def quotation_recall(corpus: Corpus) -> Counts:
    """Return how many of the quotations that a reader marked were found."""
    true, found = gold("quotations", corpus), quotations(corpus)
    return recall_counts(len(match_spans(true, found)), true, found)


# --- 2: counts, rates, spread and company of words ---------------------


def terms_by_hand(_: Corpus) -> Counts:
    """Return counts in the five sentences of the second lesson."""
    text = GIVEN["terms"]["five_sentences"]
    found, pieces = lower_words(text), text.split()
    hits = sum(word.replace("’s", "") == "port" for word in found)
    return {
        "hits": hits,
        "one_fewer": hits - 1,
        "before_a_stop": pieces.count("port."),
        "bare": pieces.count("port"),
        "letters": text.lower().count("port"),
        "words": len(found),
        "types": len(set(found)),
        "folded_types": len(set(found)) - 1,
        "characters": len(text),
    }


def one_term(corpus: Corpus) -> Counts:
    """Return how often and where one word occurs, counted in several ways."""
    word, made, found = GIVEN["terms"]["word"], terms(corpus), words(corpus)
    raw = " ".join(record.text for record in corpus.records)
    spread, everywhere = term_value(made, word, "doc_count"), found[found["term"] == word]
    return {
        "hits": term_value(made, word, "count"),
        "articles_with": spread,
        "articles_without": len(corpus) - spread,
        "articles_with_anywhere": everywhere["doc_id"].nunique(),
        "articles": len(corpus),
        "outlets": term_value(made, word, "outlets"),
        "hits_anywhere": len(everywhere),
        "hits_in_all_parts": term_value(terms(corpus, parts="all"), word, "count"),
        "tokens_anywhere": int((found["token"] == word).sum()),
        "hits_in_pieces": raw.split().count(word),
        "letters": raw.lower().count(word),
        "counted": int(made.attrs["total"]),
        "words": len(found),
        "pieces": len(raw.split()),
        "types": len(made),
    }


def most_frequent(corpus: Corpus) -> Counts:
    """Return what share of all words the most frequent are."""
    made = terms(corpus)
    nine, ten, eleven = (int(made["count"].head(top).sum()) for top in (9, 10, 11))
    sizes = {"counted": int(made.attrs["total"]), "words": len(words(corpus)), "types": len(made)}
    return {"nine": nine, "ten": ten, "eleven": eleven, **sizes}


def neighbours(corpus: Corpus) -> Counts:
    """Return how often one word occurs near another, by windows of several sizes."""
    word, other = GIVEN["terms"]["word"], GIVEN["terms"]["neighbour"]
    windows = {"near": (5, 5), "near_4": (4, 4), "near_6": (6, 6), "before": (5, 0), "after": (0, 5)}
    made = {name: collocates(corpus, word, window=window) for name, window in windows.items()}
    tables = {name: table.rename(columns={"collocate": "term"}) for name, table in made.items()}
    near = {name: term_value(table, other, "joint") for name, table in tables.items()}
    anywhere, node = (term_value(tables["near"], other, column) for column in ("count", "node_count"))
    return {**near, "anywhere": anywhere, "node": node}


# --- 3: scores of words and sentences, and how far to trust them -------


def tone_by_hand(_: Corpus) -> Counts:
    """Return counts of known words in the sentence of the third lesson."""
    values, found = GIVEN["tone"]["values"], lower_words(GIVEN["tone"]["sentence"])
    known = [values[word] for word in found if word in values]
    return {
        "mean": sum(known) / len(known),
        "turned": -sum(known) / len(known),
        "sum": sum(known),
        "words": len(found),
        "known": len(known),
    }


def negation(_: Corpus) -> Counts:
    """Return the scores of a sentence with a negation."""
    from textblob import TextBlob  # noqa: PLC0415 (only this check needs it)
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 (as above)

    sentence = GIVEN["tone"]["negated"]
    tone = TextBlob(sentence).sentiment
    plain = TextBlob(sentence.replace("not ", "")).sentiment.polarity
    vader = SentimentIntensityAnalyzer().polarity_scores(sentence)["compound"]
    return {
        "polarity": tone.polarity,
        "subjectivity": tone.subjectivity,
        "plain": plain,
        "turned": -plain,
        "vader": vader,
    }


def scored(corpus: Corpus) -> Counts:
    """Return how many sentences have a known word, and how often the tools' signs agree."""
    tone = sentiment(corpus)
    unknown = int((tone["known_words"] == 0).sum())
    signs = tone[tone["known_words"] > 0]["signs"]
    opposite, same = int((signs == "opposite").sum()), int((signs == "same").sum())
    return {
        "sentences": len(tone),
        "unknown": unknown,
        "known": len(signs),
        "vader_zero": int((tone["vader"] == 0).sum()),
        "textblob_zero": int((tone["textblob"] == 0).sum()),
        "opposite": opposite,
        "same": same,
        "not_same": len(signs) - same,
        "both_signs": opposite + same,
    }


def voices_of_the_lowest(corpus: Corpus) -> Counts:
    """Return whose words the sentences with the lowest scores are."""
    tone, most = sentiment(corpus), 10
    low = tone.sort_values(["vader", "doc_id", "start"])["voice"].head(most)
    high = tone.sort_values(["vader", "doc_id", "start"], ascending=[False, True, True])["voice"].head(most)
    other = tone.sort_values(["textblob", "doc_id", "start"])["voice"].head(most)
    return {
        "low": int((low != "reporter").sum()),
        "low_reporter": int((low == "reporter").sum()),
        "low_quoted": int((low == "quoted").sum()),
        "high": int((high != "reporter").sum()),
        "by_textblob": int((other != "reporter").sum()),
        "all": most,
    }


def labels(corpus: Corpus) -> Counts:
    """Return how often VADER's signs agree with a reader's labels, and how common each label is."""
    tone = sentiment(corpus)
    read_by_hand = match_labels(tone, corpus)
    label = read_by_hand["label"]
    right = signs(read_by_hand["vader"]) == label
    return {
        "right": int(right.sum()),
        "wrong": int((~right).sum()),
        "right_at_zero": int((np.sign(read_by_hand["vader"]) == label).sum()),
        "right_not_neutral": int(right[label != 0].sum()),
        "labelled": len(label),
        "gold": len(gold("tone", corpus)),
        "sentences": len(tone),
        "neutral": int((label == 0).sum()),
        "not_neutral": int((label != 0).sum()),
        "good": int((label == 1).sum()),
        "bad": int((label == -1).sum()),
    }
