"""The sentiment tables: the scores of all tools a sentence, side by side, and their means by group with intervals.

They score words, not stance: news of a war is negative whoever writes it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus.boilerplate import describe_copies
from pastepot.corpus.corpus import Corpus, article_groups, articles
from pastepot.corpus.furniture import COUNTED_PARTS
from pastepot.corpus.metadata import is_english
from pastepot.corpus.repairs import uncurl_quotes
from pastepot.formulas import FEWEST_ARTICLES, Floats, bootstrap_mean
from pastepot.sentiment_analysis.lexicons import textblob_scores, vader_scores
from pastepot.sentiment_analysis.news_model import score_sentences
from pastepot.text.annotations import PARTS, VOICES, Annotations, Parts, Whole, annotations, one_line, sentences

Voice: TypeAlias = Literal["all", "reporter", "quoted"]
Scorer: TypeAlias = Callable[[list[str]], Sequence[float] | Floats]
"""Takes sentences, gives one number for each, in order; NaN where it has none."""

TOOLS = ("vader", "textblob", "news_model")
RELATIVE = "the tools score words, not stance. news_model (whole table) is relative: its 0 was learnt from US news."
LATIN = re.compile("[A-Za-z]")
NO_WORD = "no word in Latin letters"
TOO_FEW = f"fewer than {FEWEST_ARTICLES} articles: they describe themselves; no interval"
TOO_ALIKE = "too few articles differ; no interval"


def sentiment(
    corpus: Corpus, *, voice: Voice = "all", parts: Parts = COUNTED_PARTS, scorers: Mapping[str, Scorer] | None = None
) -> pd.DataFrame:
    """Return the sentiment of each sentence by VADER, TextBlob and our own news model, by article and place.

    Parameters
    ----------
    corpus : Corpus
    voice : {"all", "reporter", "quoted"}
        Score the sentence, or only its segments outside or inside quotations of four words or more (as one string).
    parts : names of parts, or "all"
    scorers : mapping of name to function, optional
        Your own scorers: each takes a list of sentences and gives one number for each. Its name is its column; these
        columns come first in the table.

    Returns
    -------
    DataFrame
        doc_id, sentence, start, end, text, part, voice, vader, textblob, news_model, known_words, signs, reason.
        `known_words` counts the words that the list of VADER or of TextBlob contains, whichever contains more. `signs`
        compares the signs of these two scores: same, both zero, one zero, opposite; or no known word, where a score of
        0 means nothing. A sentence in another language than English has no score, and `reason` says why; nor has one
        without a Latin letter. `news_model` is relative: it compares sentences, and its 0 was learnt from US political
        news. Its scores of sentences have not been tested on news; tests exist for sentiment towards a target in
        US news and for sentences of editorials (`pastepot.sentiment_analysis.news_model.model_card`).

    Notes
    -----
    VADER and TextBlob see the sentence with straight quotation marks, one character for one, and the columns hold what
    their packages return. They never see a whole article: there VADER saturates, and TextBlob averages. About 6,000
    sentences a second of CPU time; each distinct sentence is scored once.

    References
    ----------
    Hutto, C. J., Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis of social media
    text. ICWSM 8.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["A great day for the port. The crane stands there."]}))
    >>> sentiment(corpus)[["vader", "textblob", "known_words", "signs"]].values.tolist()
    [[0.6249, 0.8, 1, 'same'], [0.0, 0.0, 0, 'no known word']]
    """
    own = {name: check_scorer(name, scorer) for name, scorer in (scorers or {}).items()}
    notes, about, frame = annotations(corpus), articles(corpus), sentences(corpus)
    frame["reason"] = missing_score_reasons(about["lang"], notes.sentence_articles, frame["text"])
    if voice != "all":
        frame["text"] = _voice_texts(notes, voice)
    kept = frame[frame["part"].isin(errors.some_of("parts", parts, PARTS)) & (frame["text"] != "")]
    readable = kept.index[kept["reason"] == ""]
    scores = _score_texts(kept.loc[readable, "text"].tolist(), own)
    other = "" if voice == "all" else f", or have no {voice} words"
    return tables.build(
        "sentiment",
        kept.join(pd.DataFrame(scores, index=readable)).fillna({"known_words": 0, "signs": ""}),
        corpus=corpus.name,
        counted=tables.describe_count(len(kept), len(frame), "sentences", rest=f"in parts that are not counted{other}"),
        method=f"One sentence at a time; {RELATIVE}",
        note=_warn_translations(about["translated"]),
        settings={"voice": voice},
    )


def _score_texts(texts: list[str], scorers: Mapping[str, Scorer]) -> dict[str, npt.NDArray[Any]]:
    """Return the scores of sentences by column, those of the user's scorers first."""
    straight = [uncurl_quotes(text) for text in texts]
    vader, vader_known = vader_scores(straight)
    textblob, textblob_known = textblob_scores(straight)
    known_words = np.maximum(vader_known, textblob_known)
    signs = np.sign(np.round([vader, textblob], 12))  # a sum of word values that is 0 may come out as 1e-17
    product = signs.prod(axis=0)
    cases = [known_words == 0, product > 0, product < 0, ~signs.any(axis=0)]
    return {
        **{name: np.asarray(score(texts)) for name, score in scorers.items()},
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
        text, end = notes.texts[article], int(tokens.ends[last])
        # The punctuation right behind a segment belongs to it.
        while end < len(text) and text[end] in ".,!?;:…":
            end += 1
        texts[number] = f"{texts[number]} {one_line(text[tokens.starts[first] : end])}".strip()
    return texts


def sentiment_by(
    corpus: Corpus, *, by: str = "doc_id", voice: Voice = "all", parts: Parts = COUNTED_PARTS
) -> pd.DataFrame:
    """Return the mean sentiment of each group's sentences, one row a group and tool, groups by alphabet.

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
    [['row 1', 'vader', 2, 0.0413], ['row 1', 'textblob', 2, 0.05], ['row 1', 'news_model', 2, 0.074693]]
    """
    scored = sentiment(corpus, voice=voice, parts=parts)
    labels, group_of = article_groups(corpus, by)
    article = pd.Index(corpus.doc_ids).get_indexer(pd.Index(scored["doc_id"]))
    group, count = group_of[article], len(labels)
    shares = _sign_shares(scored, group, count)
    by_tool = [
        group_means(scored, tool, article, group, count, otherwise="no sentence")
        .rename(columns={"count": "sentences"})
        .assign(group=labels, tool=tool, **shares)
        for tool in TOOLS
    ]
    known = annotations(corpus)
    sizes = np.bincount(known.token_articles[known.in_parts(parts)], minlength=len(corpus))
    return tables.build(
        "sentiment_by",
        pd.concat(by_tool).sort_index(kind="stable"),
        corpus=corpus.name,
        counted=scored.attrs["counted"],
        method=f"Means over sentences; {RELATIVE}",
        note=" ".join(filter(None, [scored.attrs["note"], describe_copies(known.tokens.originals, sizes)])),
        settings={"by": by, "voice": voice},
    )


def _sign_shares(scored: pd.DataFrame, group: Whole, groups: int) -> dict[str, Floats]:
    """Return the share of each group's sentences with the same sign, of those with a known word, and of the others.

    NaN for a share of nothing.
    """
    chosen = scored["reason"] == "", scored["known_words"] > 0, scored["signs"] == "same"
    readable, known, same = (np.bincount(group[rows], minlength=groups) for rows in chosen)
    with np.errstate(invalid="ignore"):
        same_sign, unknown = same / known, (readable - known) / readable
    return {"share_same_sign": tables.numbers(same_sign, 6), "share_no_known_word": tables.numbers(unknown, 6)}


def group_means(
    rows: pd.DataFrame, score: str, article: Whole, group: Whole, groups: int, *, otherwise: str
) -> pd.DataFrame:
    """Return the mean of each group's scores with its interval, which draws articles; NaN is no score.

    articles, count (of scores), mean, low, high, and the reason why there is no interval, or no score; `rows` has its
    reason in the column of that name, and `otherwise` is that of a group without rows. Time grows with the scores, and
    with the articles of groups of ten and more.

    >>> rows = pd.DataFrame({"vader": [0.5, 0.0, 0.4, np.nan], "reason": ["", "", "", "language is de"]})
    >>> article, group = np.array([0, 0, 1, 2]), np.array([0, 0, 0, 1])
    >>> means = group_means(rows, "vader", article, group, 3, otherwise="no sentence")
    >>> means[["articles", "count", "mean"]].values.tolist(), means["reason"].tolist()[1:]
    ([[2.0, 3.0, 0.3], [0.0, 0.0, nan], [0.0, 0.0, nan]], ['language is de', 'no sentence'])
    """
    frame = pd.DataFrame({"group": group, "article": article, "score": rows[score].to_numpy(dtype=np.float64)}).dropna()
    mean = frame.groupby("group")["score"].agg(lambda scores: scores.to_numpy().mean()).reindex(range(groups))
    by_article = frame.groupby(["group", "article"])["score"].agg(["sum", "size"])
    holder = by_article.index.get_level_values("group").to_numpy()
    count, scored = (np.bincount(one, minlength=groups) for one in (holder, frame["group"]))
    low, high = np.full((2, groups), np.nan)
    for number, of in by_article[count[holder] >= FEWEST_ARTICLES].groupby(level="group"):
        low[number], high[number] = bootstrap_mean(of["sum"], of["size"])
    silent = np.equal(count, 0)[group]
    unscored = rows["reason"][silent].groupby(group[silent]).agg(lambda reasons: "; ".join(sorted(set(reasons))))
    none = unscored.reindex(range(groups), fill_value=otherwise)
    reason = np.select([count == 0, count < FEWEST_ARTICLES, np.isnan(low)], [none, TOO_FEW, TOO_ALIKE], "")
    figures = {name: tables.numbers(figure, 6) for name, figure in (("mean", mean), ("low", low), ("high", high))}
    return pd.DataFrame({"articles": count, "count": scored, **figures, "reason": reason})


def english_sentences(corpus: Corpus, *, by: str, parts: Parts) -> pd.DataFrame:
    """Return the sentences of the chosen parts that the tools can score, with the group of their article.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The ferry sails. 12.30!"], "outlet": ["Gazette"]}))
    >>> english_sentences(corpus, by="outlet", parts="all")[["text", "group"]].values.tolist()
    [['The ferry sails.', 'Gazette']]
    """
    frame, article = sentences(corpus), annotations(corpus).sentence_articles
    labels, group = article_groups(corpus, by)
    frame = frame.assign(group=np.array(labels, dtype=object)[group[article]])
    reason = missing_score_reasons(articles(corpus)["lang"], article, frame["text"])
    kept: pd.DataFrame = frame[frame["part"].isin(errors.some_of("parts", parts, PARTS)) & (reason == "")]
    return kept


def missing_score_reasons(languages: Iterable[str], article: Whole, texts: Iterable[str]) -> npt.NDArray[np.object_]:
    """Return why each sentence has no score, or an empty string: the tools know English only.

    `languages` has one name an article, `article` and `texts` one entry a sentence.

    >>> missing_score_reasons(["en", "de"], np.array([0, 0, 1]), ["It sails.", "12.30!", "Sie kommt."]).tolist()
    ['', 'no word in Latin letters', 'language is de, the tools know English']
    """
    of_article = ["" if is_english(name) else f"language is {name}, the tools know English" for name in languages]
    reason = np.array(of_article, dtype=object)[article]
    wordless = np.array([LATIN.search(text) is None for text in texts], dtype=bool)
    return np.where((reason == "") & wordless, NO_WORD, reason)


def _warn_translations(translated: "pd.Series[bool]") -> str:
    """Return a warning if some articles are translations."""
    count, each = int(translated.sum()), "is a translation: its wording is also the translator's."
    many = "are translations: their wording is also the translators'."
    return wording.start_sentence(wording.count_part(count, len(translated), "article", each, many)) if count else ""


def check_scorer(name: str, function: Scorer) -> Callable[[Sequence[str]], Floats]:
    """Return `function` so that it gives one number a sentence or says what is wrong with what it gave.

    Parameters
    ----------
    name : str
        The column of its numbers: letters, digits and underscores, and no column that tables have.
    function : callable
        Takes a list of sentences, returns as many numbers, on any scale; NaN for a sentence it cannot score. It is
        called once with all sentences, so that a model may batch them as it likes, and never with an empty list.

    Raises
    ------
    PastepotError
        At once for a bad name or for what cannot be called; when it scores, for numbers too many, too few, infinite,
        or none at all.

    Examples
    --------
    >>> shouts = check_scorer("shouts", lambda sentences: [text.count("!") for text in sentences])
    >>> shouts(["The ferry sails!", "At dawn."]).tolist()
    [1.0, 0.0]
    >>> check_scorer("short", lambda sentences: [0.5])(["One.", "Two."])
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: scorer 'short' must return one number a sentence; it got 2 sentences and returned 1.
    """
    if not isinstance(name, str) or not name.isidentifier() or name in tables.COLUMNS:
        raise errors.PastepotError(
            f"a scorer's name must be letters, digits or underscores and no column that tables have; got {name!r}."
        )
    if not callable(function):
        raise errors.PastepotError(f"scorer {name!r} must be a function from sentences to numbers; got {function!r}.")

    def score(sentences: Sequence[str]) -> Floats:
        scores, wrong = _read_numbers(function(list(sentences)) if len(sentences) else [], len(sentences))
        if wrong:
            raise errors.PastepotError(f"scorer {name!r} must return {wrong}.")
        return scores

    return score


def _read_numbers(given: object, count: int) -> tuple[Floats, str]:
    """Return what a scorer gave as an array, and what it must return instead where that is wrong."""
    try:
        scores: Floats = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        return np.empty(0), f"numbers; it returned {type(given).__name__} that holds something else"
    if scores.shape != (count,):
        size = scores.shape[0] if scores.ndim == 1 else f"an array of shape {scores.shape}"
        return scores, f"one number a sentence; it got {count} sentences and returned {size}"
    if (infinite := np.isinf(scores)).any():
        return scores, f"finite numbers, or NaN for none; sentence {infinite.argmax()} got an infinite one"
    return scores, ""
