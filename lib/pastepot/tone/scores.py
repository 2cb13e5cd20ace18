"""Tone: what two well-known lexicons say of each sentence, kept apart, with their doubt shown.

They score words, not stance: news of a war is negative whoever writes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.characters import uncurl_quotes
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.groups import article_groups
from pastepot.text.annotations import (
    VOICES,
    one_line,
    sentence_spans,
    sentences,
    token_sentences,
    token_spans,
    token_voices,
)
from pastepot.text.parts import COUNTED_PARTS, chosen_parts
from pastepot.tone.doubt import doubted_mean, reasons, sentence_articles, translations
from pastepot.tone.lexicons import textblob_scores, vader_scores
from pastepot.tone.model import news_scores
from pastepot.tone.scorers import Scorer, check_scorers

TOOLS = ("vader", "textblob", "news")


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
        doc_id, sentence, start, end, text, part, voice, vader, textblob, news, hits, agree, reason. `hits` counts
        words that VADER's or TextBlob's list knows; where there is none, `agree`, which compares these two, says so
        and a score of 0 means nothing. A sentence in another language than English has no score, and `reason` says
        why; nor has one without a Latin letter. `news` is experimental: no news that it had not seen has judged it
        yet; see `pastepot.model_card`.

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
    >>> sentiment(corpus)[["text", "vader", "textblob", "hits", "agree"]].values.tolist()
    [['A great day for the port.', 0.6249, 0.8, 1, 'yes'], ['The crane stands there.', 0.0, 0.0, 0, 'no known word']]
    """
    errors.one_of("voice", voice, ("all", "reporter", "quoted"))
    frame = sentences(corpus)
    texts = frame["text"].tolist() if voice == "all" else _voiced(corpus, voice)
    reason = reasons(corpus, sentence_articles(corpus), frame["text"])
    readable = reason == ""
    scores = _scored([uncurl_quotes(text) for text in texts], readable)
    own = {name: np.where(readable, score(texts), np.nan) for name, score in check_scorers(scorers).items()}
    chosen = frame["part"].isin(chosen_parts(parts)).to_numpy() & np.array([bool(text) for text in texts])
    other = "" if voice == "all" else f", or have no {voice} words"
    table = tables.build(
        "sentiment",
        frame.assign(text=texts, **own, **scores, reason=reason),
        corpus=corpus.name,
        counted=tables.counted(
            int(chosen.sum()), len(frame), "sentences", rest=f"in parts that are not counted{other}"
        ),
        method="The tools score words, not stance; one sentence at a time. The column news is experimental.",
        note=translations(corpus),
        settings={"voice": voice},
    )
    kept: pd.DataFrame = table[chosen].reset_index(drop=True)
    return kept


def _scored(texts: list[str], readable: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of scores for sentences whose language the tools know, and none for the others."""
    vader, vader_hits = vader_scores(texts)
    textblob, textblob_hits = textblob_scores(texts)
    hits = np.maximum(vader_hits, textblob_hits)
    signs = np.sign(vader) * np.sign(textblob)
    same = np.sign(vader) == np.sign(textblob)
    cases = [~readable, hits == 0, same, signs < 0]
    agree = np.select(cases, ["", "no known word", "yes", "opposite"], "one at 0")
    return {
        "vader": np.where(readable, vader, np.nan),
        "textblob": np.where(readable, textblob, np.nan),
        "news": np.where(readable, tables.numbers(news_scores(texts), 9), np.nan),
        "hits": np.where(readable, hits, 0),
        "agree": agree,
    }


def _voiced(corpus: Corpus, voice: str) -> list[str]:
    """Return the text of each sentence's segments in one voice, joined by blanks."""
    sentence, voices, spans = token_sentences(corpus), token_voices(corpus), token_spans(corpus)
    texts = [""] * len(sentence_spans(corpus).starts)
    wanted = np.flatnonzero(voices == VOICES.index(voice))
    new = np.concatenate([[True], (np.diff(wanted) > 1) | (np.diff(sentence[wanted]) > 0)])[: len(wanted)]
    firsts, lasts = wanted[new], wanted[np.roll(new, -1)] if len(wanted) else wanted
    article = np.searchsorted(spans.bounds, firsts, side="right") - 1
    for first, last, number in zip(firsts.tolist(), lasts.tolist(), article.tolist(), strict=True):
        segment = _segment(corpus.view(number).text, int(spans.starts[first]), int(spans.ends[last]))
        place = int(sentence[first])
        texts[place] = f"{texts[place]} {segment}".strip()
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
    `share_agree` is the share of sentences with a known word in which VADER and TextBlob give the same sign. No
    ranking of outlets follows from such means.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A great day. A bad night."]}))
    >>> sentiment_by(corpus)[["group", "tool", "sentences", "mean"]].values.tolist()
    [['row 1', 'vader', 2, 0.0413], ['row 1', 'textblob', 2, 0.05], ['row 1', 'news', 2, 0.072789]]
    """
    scored = sentiment(corpus, voice=voice, parts=parts)
    labels, group = article_groups(corpus, by)
    place = group[[corpus.number(doc_id) for doc_id in scored["doc_id"]]]
    rows = [
        _mean_row(label, tool, scored[place == number], int((group == number).sum()))
        for number, label in enumerate(labels)
        for tool in TOOLS
    ]
    return tables.build(
        "sentiment_by",
        pd.DataFrame(rows, columns=tables.TABLES["sentiment_by"].columns),
        corpus=corpus.name,
        counted=scored.attrs["counted"],
        method="Means over sentences; the tools score words, not stance. The column news is experimental.",
        note=scored.attrs["note"],
        settings={"by": by, "voice": voice},
    )


def _mean_row(label: str, tool: str, rows: pd.DataFrame, articles_in_group: int) -> tuple[object, ...]:
    """Return one row: a tool's mean over one group's scored sentences, with its doubt."""
    scored = rows[rows[tool].notna()]
    if scored.empty:
        reason = "; ".join(sorted(set(rows["reason"]))) or "no sentence"
        return (label, articles_in_group, 0, tool, *[np.nan] * 5, reason)
    count, mean, reason = doubted_mean(scored[tool], scored["doc_id"])
    unknown = scored["hits"] == 0
    share_agree = float((scored["agree"] == "yes")[~unknown].mean())
    figures = tables.numbers([*mean, share_agree, float(unknown.mean())], 6).tolist()
    return (label, count, len(scored), tool, *figures, reason)
