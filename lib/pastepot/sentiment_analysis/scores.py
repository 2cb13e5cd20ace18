"""Tone: what two well-known lexicons say of each sentence, kept apart, with their doubt shown.

They score words, not stance: news of a war is negative whoever writes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups, articles
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.sentiment_analysis.doubt import group_means, join_reasons, missing_score_reasons, warn_translations
from pastepot.sentiment_analysis.lexicons import textblob_scores, vader_scores
from pastepot.sentiment_analysis.news_model import score_sentences
from pastepot.sentiment_analysis.scorers import CheckedScorer, Scorer, check_scorers
from pastepot.text.annotations import VOICES, Annotations, Whole, annotations, one_line, sentences
from pastepot.text.parts import COUNTED_PARTS, chosen_parts

TOOLS = ("vader", "textblob", "news_model")


def sentiment(
    corpus: Corpus,
    *,
    voice: Literal["all", "reporter", "quoted"] = "all",
    parts: str | Iterable[str] = COUNTED_PARTS,
    scorers: Mapping[str, Scorer] | None = None,
) -> pd.DataFrame:
    """Return the tone of each sentence by VADER, TextBlob and our own news model, by article and place.

    Parameters
    ----------
    corpus : Corpus
    voice : {"all", "reporter", "quoted"}
        Score the sentence, or only its segments outside or inside quotations of four words or more (as one string).
    parts : names of parts, or "all"
    scorers : mapping of name to function, optional
        One's own scorers: each takes the list of sentences and gives one number for each; its name is its column,
        the first of the table.

    Returns
    -------
    DataFrame
        doc_id, sentence, start, end, text, part, voice, vader, textblob, news_model, known_words, signs, reason.
        `known_words` counts the words that the list of VADER or of TextBlob contains, whichever contains more. `signs`
        compares the signs of these two: same, both zero, one zero, opposite; or no known word, where a score of 0 means
        nothing. A sentence in another language than English has no score, and `reason` says why; nor has one without a
        Latin letter. `news_model` is experimental: no news that it had not seen has judged it yet; see
        `pastepot.sentiment_analysis.news_model.model_card`.

    Notes
    -----
    Both lists see the sentence with curly quotation marks made straight, one character for one, and then give exactly
    what their packages give; never a whole article at once, since both saturate on long text.

    References
    ----------
    Hutto, C. J., Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis of social media
    text. ICWSM 8.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A great day for the port. The crane stands there."]}))
    >>> sentiment(corpus)[["text", "vader", "textblob", "known_words", "signs"]].values.tolist()
    [['A great day for the port.', 0.6249, 0.8, 1, 'same'], ['The crane stands there.', 0.0, 0.0, 0, 'no known word']]
    """
    errors.one_of("voice", voice, ("all", "reporter", "quoted"))
    checked = check_scorers(scorers)
    frame, about = sentences(corpus), articles(corpus)
    article = annotations(corpus).sentence_articles
    frame["reason"] = missing_score_reasons(about["lang"], article, frame["text"])
    if voice != "all":
        frame["text"] = _voice_texts(annotations(corpus), voice)
    kept = frame[frame["part"].isin(chosen_parts(parts)) & (frame["text"] != "")]
    readable = kept.index[kept["reason"] == ""]
    scores = _score_texts(kept.loc[readable, "text"].tolist(), checked)
    table = kept.join(pd.DataFrame(scores, index=readable))
    other = "" if voice == "all" else f", or have no {voice} words"
    return tables.build(
        "sentiment",
        table.fillna({"known_words": 0, "signs": ""}),
        corpus=corpus.name,
        counted=tables.counted(len(kept), len(frame), "sentences", rest=f"in parts that are not counted{other}"),
        method="The tools score words, not stance; one sentence at a time. The column news_model is experimental.",
        note=warn_translations(about["translated"]),
        settings={"voice": voice},
    )


def _score_texts(texts: list[str], scorers: Mapping[str, CheckedScorer]) -> dict[str, npt.NDArray[Any]]:
    """Return the scores of sentences by column, those of one's own scorers first."""
    straight = [uncurl_quotes(text) for text in texts]
    vader, vader_known = vader_scores(straight)
    textblob, textblob_known = textblob_scores(straight)
    known_words = np.maximum(vader_known, textblob_known)
    product = np.sign(vader) * np.sign(textblob)
    cases = [known_words == 0, product > 0, product < 0, (vader == 0) & (textblob == 0)]
    return {
        **{name: score(texts) for name, score in scorers.items()},
        "vader": vader,
        "textblob": textblob,
        "news_model": tables.numbers(score_sentences(straight), 9),
        "known_words": known_words,
        "signs": np.select(cases, ["no known word", "same", "opposite", "both zero"], "one zero"),
    }


def _voice_texts(notes: Annotations, voice: str) -> list[str]:
    """Return the text of each sentence's segments in one voice, joined by spaces."""
    tokens, sentence = notes.tokens, notes.token_sentences
    texts = [""] * len(notes.sentence_spans.starts)
    wanted = np.flatnonzero(notes.token_voices == VOICES.index(voice))
    # A segment begins where the token before is not wanted or belongs to another sentence: tokens 3 4 | 7 8 9 | 10.
    new = np.concatenate([[True], (np.diff(wanted) > 1) | (np.diff(sentence[wanted]) > 0)])[: len(wanted)]
    firsts, lasts = wanted[new], wanted[np.roll(new, -1)] if len(wanted) else wanted
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        article, number = notes.token_articles[first], int(sentence[first])
        segment = _segment(notes.texts[article], int(tokens.starts[first]), int(tokens.ends[last]))
        texts[number] = f"{texts[number]} {segment}".strip()
    return texts


def _segment(text: str, start: int, end: int) -> str:
    """Return a span of clean text on one line, with the punctuation right behind it."""
    while end < len(text) and text[end] in ".,!?;:…":
        end += 1
    return one_line(text[start:end])


def sentiment_by(
    corpus: Corpus,
    *,
    by: str = "doc_id",
    voice: Literal["all", "reporter", "quoted"] = "all",
    parts: str | Iterable[str] = COUNTED_PARTS,
) -> pd.DataFrame:
    """Return the mean tone of each group's sentences, one row a group and tool, groups by alphabet.

    Parameters
    ----------
    corpus : Corpus
    by : str
        ``doc_id``, ``outlet``, ``month``, ``week``, or another column of `pastepot.articles`.
    voice, parts
        As for `pastepot.sentiment`.

    Notes
    -----
    `articles` counts those with a scored sentence. The mean runs over the scored sentences, those without a known
    word included as 0. The interval resamples articles; below ten there is none, and `reason` says so.
    `share_same_sign` is the share of sentences with a known word to which VADER and TextBlob give the same sign; a
    score of 0 has none. No ranking of outlets follows from such means.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A great day. A bad night."]}))
    >>> sentiment_by(corpus)[["group", "tool", "sentences", "mean"]].values.tolist()
    [['row 1', 'vader', 2, 0.0413], ['row 1', 'textblob', 2, 0.05], ['row 1', 'news_model', 2, 0.072789]]
    """
    scored = sentiment(corpus, voice=voice, parts=parts)
    labels, groups = article_groups(corpus, by)
    article = pd.Index(corpus.doc_ids).get_indexer(pd.Index(scored["doc_id"]))
    group = groups[article]
    shares = _shares(scored, group, len(labels))
    silent = join_reasons(scored["reason"], group, len(labels), otherwise="no sentence")
    by_tool = []
    for tool in TOOLS:
        means = group_means(scored[tool], article, group, len(labels))
        none = means["count"] == 0
        means["articles"] = means["articles"].mask(none, np.bincount(groups, minlength=len(labels)))
        means["reason"] = means["reason"].mask(none, silent)
        by_tool.append(means.join(shares).assign(group=labels, tool=tool, sentences=means["count"]))
    table = pd.concat(by_tool).sort_index(kind="stable").drop(columns="count")
    figures = ["mean", "low", "high", *shares.columns]
    table[figures] = tables.numbers(table[figures], 6)
    return tables.build(
        "sentiment_by",
        table,
        corpus=corpus.name,
        counted=scored.attrs["counted"],
        method="Means over sentences; the tools score words, not stance. The column news_model is experimental.",
        note=scored.attrs["note"],
        settings={"by": by, "voice": voice},
    )


def _shares(scored: pd.DataFrame, group: Whole, groups: int) -> pd.DataFrame:
    """Return the share of each group's sentences in which both tools agree, of those with a known word, and the others.

    NaN where there is none.
    """
    readable, known = scored["reason"] == "", scored["known_words"] > 0
    count, known_count, same = (
        np.bincount(group[chosen], minlength=groups) for chosen in (readable, known, scored["signs"] == "same")
    )
    with np.errstate(invalid="ignore"):
        return pd.DataFrame(
            {"share_same_sign": same / known_count, "share_no_known_word": (count - known_count) / count}
        )
