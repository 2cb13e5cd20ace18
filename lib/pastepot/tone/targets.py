"""Tone towards targets: each mention of a person, body or thing, scored in its sentence."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from pastepot import errors, tables
from pastepot.corpus.corpus import Corpus, articles
from pastepot.corpus.groups import article_groups
from pastepot.text.annotations import Whole, in_parts, sentence_spans, token_raw_offsets, token_sentences, token_spans
from pastepot.text.parts import COUNTED_PARTS
from pastepot.text.patterns import node_places
from pastepot.tone.doubt import doubted_mean, reasons
from pastepot.tone.model import target_scores

Names = Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str | Iterable[str]]]

METHOD = "Linear news model, experimental; it scores the words around a mention, not the author's stance."


def targets(corpus: Corpus, names: Names, *, parts: str | Iterable[str] = COUNTED_PARTS) -> pd.DataFrame:
    """Return the mentions of named targets, one a row, by article and place, each with the tone towards it.

    Parameters
    ----------
    corpus : Corpus
    names : dict
        Each target's name and how it is mentioned, as ``{"NATO": ["NATO", "the alliance"]}``: words, phrases or
        patterns.
    parts : names of parts, or "all"

    Returns
    -------
    DataFrame
        doc_id, sentence, target, start, end, score, label, reason. `score` is the chance that the tone is positive less
        the chance that it is negative; `label` the likeliest of -1, 0 and 1. Empty in another language than English,
        and `reason` says why.

    Notes
    -----
    A mention is a pattern's hit; pronouns are not resolved, and a name that means two things counts for both. Where
    two patterns of a target overlap, the one that starts first counts. On labelled US news whose articles the model
    had not seen, two labels of three were right: read single mentions with care, and label a sample of your own
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
    named = _checked(names)
    found = [_mentions(corpus, patterns, parts) for patterns in named.values()]
    target = np.repeat(np.array(list(named), dtype=object), [len(first) for first, _ in found])
    first = np.concatenate([first for first, _ in found])
    last = np.concatenate([last for _, last in found])
    order = np.lexsort((np.repeat(np.arange(len(named)), [len(one) for one, _ in found]), last, first))
    target, first, last = target[order], first[order], last[order]
    article = np.searchsorted(token_spans(corpus).bounds, first, side="right") - 1
    starts, ends = token_raw_offsets(corpus)
    sentence = token_sentences(corpus)[first]
    return tables.build(
        "targets",
        {
            "doc_id": np.array(corpus.doc_ids, dtype=object)[article],
            "sentence": sentence - sentence_spans(corpus).bounds[article],
            "target": target,
            "start": starts[first],
            "end": ends[last],
            **_scored(corpus, article, first, last),
        },
        corpus=corpus.name,
        method=METHOD,
        note=_translated(corpus, article),
        settings={"names": {name: list(patterns) for name, patterns in named.items()}},
    )


def _checked(names: Names) -> dict[str, tuple[str, ...]]:
    """Return the patterns of each target, or say what is wrong."""
    pairs = names.items() if isinstance(names, Mapping) else names
    if isinstance(names, str) or not names:
        raise errors.PastepotError(
            f"names must be targets and their mentions, as {{'NATO': ['NATO', 'the alliance']}}; got {names!r}."
        )
    named: dict[str, tuple[str, ...]] = {}
    for name, patterns in pairs:
        several = (patterns,) if isinstance(patterns, str) else tuple(patterns)
        named[name] = named.get(name, ()) + several
    return named


def _mentions(corpus: Corpus, patterns: Iterable[str], parts: str | Iterable[str]) -> tuple[Whole, Whole]:
    """Return first and last token of each mention inside one sentence and the chosen parts, none over another."""
    first, last = node_places(corpus, patterns)
    sentence = token_sentences(corpus)
    kept = in_parts(corpus, parts)[first] & (sentence[first] == sentence[last])
    first, last = first[kept], last[kept]
    free, until = np.ones(len(first), dtype=bool), -1
    for row, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        free[row] = start > until
        until = end if free[row] else until
    return first[free], last[free]


def _scored(corpus: Corpus, article: Whole, first: Whole, last: Whole) -> dict[str, object]:
    """Return score and label of mentions, or the reason why there is none."""
    words, cuts, sentence = token_spans(corpus), sentence_spans(corpus), token_sentences(corpus)[first]
    begin = cuts.starts[sentence]
    rows = zip(article.tolist(), begin.tolist(), cuts.ends[sentence].tolist(), strict=True)
    texts = [corpus.view(number).text[start:end] for number, start, end in rows]
    frame = pd.DataFrame({"text": texts, "start": words.starts[first] - begin, "end": words.ends[last] - begin})
    scored, reason = target_scores(frame), reasons(corpus, article, texts)
    return {
        "score": pd.Series(tables.numbers(scored["score"].to_numpy(), 6)).where(reason == ""),
        "label": scored["label"].astype("Int64").where(reason == ""),
        "reason": reason,
    }


def _translated(corpus: Corpus, article: Whole) -> str:
    """Return a warning if mentions stand in translated articles."""
    count = int(articles(corpus)["translated"].to_numpy()[article].sum())
    return f"{count} mentions stand in translated text: its tone is the translator's too." if count else ""


def targets_by(
    corpus: Corpus, names: Names, *, by: str = "outlet", parts: str | Iterable[str] = COUNTED_PARTS
) -> pd.DataFrame:
    """Return the mean tone towards each target by outlet or period, one row a group and target, groups by alphabet.

    Parameters
    ----------
    corpus : Corpus
    names, parts
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
    The interval resamples articles; below ten with a mention there is none. A mean says what words stand near the
    target, and events decide that as much as outlets do. No ranking follows from it without a labelled sample.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company."], "outlet": ["Gazette"]}))
    >>> targets_by(corpus, {"firm": "company"})[["group", "target", "articles", "count", "positive"]].values.tolist()
    [['Gazette', 'firm', 1, 1, 1.0]]
    """
    mentions = targets(corpus, names, parts=parts)
    labels, group = article_groups(corpus, by)
    place = group[[corpus.number(doc_id) for doc_id in mentions["doc_id"]]]
    rows = [
        _mean_row(label, target, mentions[(place == number) & (mentions["target"] == target)])
        for number, label in enumerate(labels)
        for target in _checked(names)
    ]
    return tables.build(
        "targets_by",
        pd.DataFrame(rows, columns=list(tables.TABLES["targets_by"].columns)),
        corpus=corpus.name,
        method=METHOD,
        note=mentions.attrs["note"],
        settings={"by": by},
    )


def _mean_row(label: str, target: str, rows: pd.DataFrame) -> tuple[object, ...]:
    """Return one group's mean towards one target, with its doubt."""
    scored = rows[rows["score"].notna()]
    if scored.empty:
        return (label, target, 0, 0, *[np.nan] * 5, "; ".join(sorted(set(rows["reason"]))) or "no mention")
    count, mean, reason = doubted_mean(scored["score"], scored["doc_id"])
    shares = [float((scored["label"] == side).mean()) for side in (-1, 1)]
    return (label, target, count, len(scored), *tables.numbers([*mean, *shares], 6).tolist(), reason)
