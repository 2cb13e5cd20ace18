"""Sentiment towards targets: each mention of a person, body or thing, scored in its sentence."""

import itertools
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, article_groups, articles
from pastepot.sentiment_analysis.news_model import score_targets
from pastepot.sentiment_analysis.scores import group_means, missing_score_reasons
from pastepot.text.annotations import COUNTED_PARTS, Annotations, Flags, Parts, Whole, annotations
from pastepot.text.patterns import QueryCase, describe_query, find_pattern
from pastepot.wording import count_noun

Names = Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str | Iterable[str]]]

METHOD = "Linear news model; it scores the words around a mention, not the author's stance."


def targets(corpus: Corpus, names: Names, *, parts: Parts = COUNTED_PARTS, case: QueryCase = "smart") -> pd.DataFrame:
    """Return the mentions of named targets, one a row, by article and place, each with the sentiment towards it.

    Parameters
    ----------
    corpus : Corpus
    names : dict
        Each target's name and how it is mentioned, as ``{"NATO": ["NATO", "the alliance"]}``: words, phrases or
        words with wildcards, as for `pastepot.concordance`.
    parts : names of parts, or "all"
    case : {"smart", "fold", "exact"}
        As for `pastepot.concordance`: ``WHO`` is mentioned as *WHO*, not as *who*.

    Returns
    -------
    DataFrame
        doc_id, sentence, target, start, end, score, label, reason. `score` is the chance that the sentiment is positive
        less the chance that it is negative; `label` the likeliest of -1, 0 and 1. Empty in another language than
        English, and `reason` says why.

    Notes
    -----
    A mention is an occurrence of a pattern inside one sentence; pronouns are not resolved. A place counts once: where
    mentions overlap, of one target or of several, the one with the most characters counts, of equally long ones the
    first in the text, and of two targets with the same mention the one named first. On labelled US news whose articles
    the model had not seen, macro-F1 was 0.70 and 0.67: read single mentions with care, and label a sample of your own
    (`pastepot.coding_sheet`) before you compare outlets.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company for its brave crew."]}))
    >>> targets(corpus, {"firm": ["company", "ferry line"]})[["target", "start", "end", "label"]].values.tolist()
    [['firm', 21, 28, 1]]
    >>> len(targets(corpus, {"firm": "railway"}))
    0
    """
    patterns_by_target = _patterns_by_target(names)
    notes, about = annotations(corpus), articles(corpus)
    first, last, target = _find_mentions(notes, patterns_by_target, notes.in_parts(parts), case)
    article, (starts, ends) = notes.token_articles[first], notes.token_raw_offsets
    columns = {
        "doc_id": np.array(corpus.doc_ids, dtype=object)[article],
        "sentence": notes.token_sentences[first] - notes.sentence_spans.bounds[article],
        "target": np.array([*patterns_by_target], dtype=object)[target],
        "start": starts[first],
        "end": ends[last],
        **_score_mentions(notes, about["lang"], first, last),
    }
    return tables.build(
        "targets",
        columns,
        corpus=corpus.name,
        method=f"{METHOD} {describe_query(itertools.chain.from_iterable(patterns_by_target.values()), case)}",
        note=_warn_translated(about["translated"].to_numpy()[article]),
        settings={"names": {name: list(patterns) for name, patterns in patterns_by_target.items()}, "case": case},
    )


def _patterns_by_target(names: Names) -> dict[str, tuple[str, ...]]:
    """Return the patterns of each target, or say what is wrong."""
    pairs = list(names.items() if isinstance(names, Mapping) else names)
    if not pairs or not all(patterns for _, patterns in pairs):
        raise errors.PastepotError(
            f"names must be targets and their mentions, as {{'NATO': ['NATO', 'the alliance']}}; got {names!r}."
        )
    by_target: dict[str, tuple[str, ...]] = {}
    for name, patterns in pairs:
        by_target[name] = by_target.get(name, ()) + ((patterns,) if isinstance(patterns, str) else tuple(patterns))
    return by_target


def _find_mentions(notes: Annotations, names: Mapping[str, Iterable[str]], counted: Flags, case: str) -> Whole:
    """Return first token, last token and target's number of each mention, by place; of overlapping ones the longest.

    Only what is inside one sentence and starts in the counted tokens can be a mention, or keep another from being one.
    """
    asked = ((number, pattern) for number, patterns in enumerate(names.values()) for pattern in patterns)
    hits = ((number, *find_pattern(notes.tokens, pattern, case)) for number, pattern in asked)
    found = [(start, start + length - 1, number) for number, start, length in hits]
    spans = np.hstack([np.broadcast_arrays(*columns) for columns in found])
    spans = spans[:, counted[spans[0]] & (notes.token_sentences[spans[0]] == notes.token_sentences[spans[1]])]
    first, last, target = spans
    chars = notes.tokens.ends[last] - notes.tokens.starts[first]
    free, chosen = np.ones(len(counted), dtype=np.bool_), []
    for row in np.lexsort((target, first, -chars)).tolist():
        place = slice(first[row], last[row] + 1)
        if free[place].all():
            free[place] = False
            chosen.append(row)
    return spans[:, sorted(chosen, key=first.__getitem__)]


def _score_mentions(notes: Annotations, languages: Iterable[str], first: Whole, last: Whole) -> dict[str, object]:
    """Return score and label of mentions, or the reason why there is none."""
    spans, sentence, article = notes.sentence_spans, notes.token_sentences[first], notes.token_articles[first]
    begin = spans.starts[sentence]
    rows = zip(article.tolist(), begin.tolist(), spans.ends[sentence].tolist(), strict=True)
    texts = [notes.texts[number][start:end] for number, start, end in rows]
    starts, ends = notes.tokens.starts[first], notes.tokens.ends[last]
    scored = score_targets(pd.DataFrame({"text": texts, "start": starts - begin, "end": ends - begin}))
    reason = missing_score_reasons(languages, article, texts)
    return {
        "score": pd.Series(tables.numbers(scored["score"].to_numpy(), 6)).where(reason == ""),
        "label": scored["label"].astype("Int64").where(reason == ""),
        "reason": reason,
    }


def _warn_translated(translated: Flags) -> str:
    """Return a warning if mentions occur in translated articles."""
    occur = count_noun(int(translated.sum()), "mention occurs", "mentions occur")
    return f"{occur} in translated text: its wording is also the translator's." if translated.any() else ""


def targets_by(
    corpus: Corpus, names: Names, *, by: str = "outlet", parts: Parts = COUNTED_PARTS, case: QueryCase = "smart"
) -> pd.DataFrame:
    """Return the mean sentiment towards each target, one row a group of articles and target, groups by alphabet.

    Parameters
    ----------
    corpus : Corpus
    names, parts, case
        As for `pastepot.targets`.
    by : str
        ``outlet``, ``doc_id``, ``month``, ``week``, or another column of `pastepot.articles`.

    Returns
    -------
    DataFrame
        group, target, articles (with a mention), count (of mentions), mean, low, high, negative, positive (shares of
        labels), reason.

    Notes
    -----
    The interval resamples articles; below ten with a mention there is none. A mean says what words occur near the
    target, and events decide that as much as outlets do. No ranking follows from it without a labelled sample.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company."], "outlet": ["Gazette"]}))
    >>> targets_by(corpus, {"firm": "company"})[["group", "target", "articles", "count", "positive"]].values.tolist()
    [['Gazette', 'firm', 1, 1, 1.0]]
    """
    mentions = targets(corpus, names, parts=parts, case=case)
    labels, group_of = article_groups(corpus, by)
    article = pd.Index(corpus.doc_ids).get_indexer(pd.Index(mentions["doc_id"]))
    chosen = list(mentions.attrs["settings"]["names"])
    # One number for each pair of group and target: group 0 with each target, then group 1.
    pair = group_of[article] * len(chosen) + pd.Index(chosen).get_indexer(pd.Index(mentions["target"]))
    pairs = len(labels) * len(chosen)
    table = group_means(mentions, "score", article, pair, pairs, otherwise="no mention")
    label = mentions["label"].fillna(0).to_numpy(dtype=np.int64)
    for side, value in (("negative", -1), ("positive", 1)):
        table[side] = tables.numbers(np.bincount(pair[label == value], minlength=pairs) / table["count"], 6)
    return tables.build(
        "targets_by",
        table.assign(group=np.repeat(np.array(labels, dtype=object), len(chosen)), target=chosen * len(labels)),
        corpus=corpus.name,
        method=mentions.attrs["method"],
        note=mentions.attrs["note"],
        settings={"by": by},
    )
