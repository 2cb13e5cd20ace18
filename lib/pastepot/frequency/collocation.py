"""Collocation: which words occur near a node more often than their frequency leads you to expect."""

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from pastepot import errors, formulas, tables
from pastepot.corpus.corpus import Corpus
from pastepot.frequency.selection import Reprints, TokenSelection, select_tokens
from pastepot.frequency.vocabulary import Possessive, choose_folding
from pastepot.text.annotations import COUNTED_PARTS, Annotations, Parts, Span, Whole, annotations, mark_covered
from pastepot.text.patterns import Within, describe_query, find_node, list_queries, number_units
from pastepot.wording import count_noun

Measure = Literal["log_dice", "g2", "mi", "delta_p_2_1", "delta_p_1_2", "joint"]


def collocates(
    corpus: Corpus,
    node: str | Iterable[str],
    *,
    window: tuple[int, int] = (5, 5),
    within: Within | None = None,
    measure: Measure = "log_dice",
    min_joint: errors.Positive = 1,
    parts: Parts = COUNTED_PARTS,
    case: Literal["smart", "fold", "label", "exact"] = "smart",
    possessive: Possessive = "fold",
    stop: Iterable[str] = (),
    stop_lists: str | Iterable[str] = (),
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the words near a node with how strongly they belong to it, the strongest first.

    Parameters
    ----------
    corpus : Corpus
    node : str, or several
        A word, a phrase, a word with wildcards, or several, as for `pastepot.concordance`.
    window : (int, int)
        Words before and after the node that count as near.
    within : {"sentence", "paragraph", "article"}, optional
        What neither a window nor a phrase leaves; if not given, a window its article and a phrase its sentence.
    measure : {"log_dice", "g2", "mi", "delta_p_2_1", "delta_p_1_2", "joint"}
        What to order by; ties by count, then alphabet.
    min_joint : int
        Leave out collocates seen near the node fewer times.
    case : {"smart", "fold", "label", "exact"}
        How the node is matched, as for `pastepot.concordance`, and how collocates are counted, as for `pastepot.terms`:
        "smart" folds them, "label" matches the node as "smart" does.
    parts, possessive, stop, stop_lists, reprints, passages
        As for `pastepot.terms`; nothing is left out unless asked.

    Returns
    -------
    DataFrame
        One row a collocate: collocate, count, node_count, joint, log_dice, g2, mi, delta_p_2_1, delta_p_1_2.

    Notes
    -----
    The windows of all hits are joined, so each place counts once, and the node's own words never count: `joint` is
    at most `count`. G2, MI and both delta P come from one table of places: near the node or not, this word or
    another. MI's expected count is therefore places near the node · count / all places; where windows neither
    overlap nor meet an end it is node_count · count · span / all places, span the sum of the window. logDice takes
    `joint`, at most `node_count`, over the counts of node and collocate. G2 here measures surprise, it is no test:
    words of one article are not independent. A G2 without a sign may mean that the word avoids the node; then MI is
    negative. Too few hits say little: read them in the concordance.

    References
    ----------
    Evert, S. (2009). Corpora and collocations. Corpus Linguistics: An International Handbook, chapter 58.
    Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of RASLAN.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The old port slept. The old port woke. A ferry left the quay."]}))
    >>> collocates(corpus, "port", window=(1, 0))[["collocate", "count", "joint", "log_dice"]].values.tolist()
    [['old', 2, 2, 14.0]]
    >>> len(collocates(corpus, "harbour"))
    0
    >>> import pastepot as pp
    >>> pp.collocates(corpus, "port", measure="logdyce")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: measure must be one of 'log_dice', 'g2', 'mi', 'delta_p_2_1', 'delta_p_1_2', 'joint';
    got 'logdyce'. Did you mean 'log_dice'?
    """
    sides, queries, known = _check_window(window), list_queries(node), annotations(corpus)
    how = ("smart" if case == "label" else case, within or "sentence")
    folding = choose_folding("fold" if case == "smart" else case, possessive, None, stop, stop_lists)
    selection = select_tokens(known, folding, parts=parts, reprints=reprints, passages=passages)
    first, last = find_node(known, queries, case=how[0], within=how[1])
    first, last = first[selection.mask[first]], last[selection.mask[first]]
    near, own = _find_windows(known, first, last, sides, within or "article")
    near, own = near[selection.mask[near]], own[selection.mask[own]]
    term, joint, count = _count_near(selection, near, own)
    places, found = selection.total - len(own), f"{count_noun(len(first), 'occurrence')} of the node"
    names = tables.texts(selection.vocabulary.terms[term])
    frame = pd.DataFrame({"collocate": names, **_measure_terms(joint, count, len(first), len(near), places)})
    # The rows come in alphabetical order, which a stable sort keeps among ties.
    frame = frame[joint >= min_joint].sort_values([measure, "count"], ascending=False, kind="stable")
    asked = {"window": sides, "within": within, "measure": measure, "min_joint": min_joint, "reprints": reprints}
    notes = [describe_query(queries, *how), selection.note, _explain_gaps(len(first), len(near), places)]
    return tables.build(
        "collocates",
        frame,
        **selection.attrs,
        method=f"{found}; {count_noun(len(near), 'word')} near it, each counted once." if len(first) else "",
        note=" ".join(filter(None, notes)),
        settings={"node": queries, **asked, **folding.settings, "case": case},
    )


def _explain_gaps(hits: int, near: int, places: int) -> str:
    """Return what a reader must know about missing numbers."""
    if not hits:
        return "The node occurs nowhere in what was counted."
    if near == places:
        return "Every counted word is near the node, so there is no delta P and nothing to compare with."
    return ""


def _check_window(window: tuple[int, int]) -> tuple[int, int]:
    """Return the words before and after a node, checked."""
    sides = list(window) if isinstance(window, Iterable) else []
    if len(sides) != 2 or not sum(errors.at_least("window", side, 0) for side in sides):
        raise errors.PastepotError(f"window must be words before and after, as (5, 5), not both 0; got {window!r}.")
    return sides[0], sides[1]


def _find_windows(known: Annotations, first: Whole, last: Whole, window: Span, within: str) -> tuple[Whole, Whole]:
    """Return the tokens near any hit, each once, and the tokens of the hits themselves."""
    size = len(known.tokens.ids)
    unit = number_units(known, np.arange(size), within)
    lowest, highest = np.searchsorted(unit, unit[first]), np.searchsorted(unit, unit[last], side="right") - 1
    own = mark_covered(size, first, last)
    around = np.maximum(first - window[0], lowest), np.minimum(last + window[1], highest)
    return np.flatnonzero(mark_covered(size, *around) & ~own), np.flatnonzero(own)


def _count_near(selection: TokenSelection, near: Whole, own: Whole) -> tuple[Whole, Whole, Whole]:
    """Return term, joint count and count outside the node of each collocate."""
    ids, numbers = selection.known.tokens.ids, selection.vocabulary.numbers
    terms = numbers[ids[near]]
    joint = np.bincount(terms[terms >= 0], minlength=len(selection.vocabulary.terms))
    outside = selection.form_counts - np.bincount(ids[own], minlength=len(numbers))
    listed = numbers >= 0
    count = np.bincount(numbers[listed], weights=outside[listed], minlength=len(joint)).astype(np.int64)
    term = np.flatnonzero(joint)
    return term, joint[term], count[term]


def _measure_terms(joint: Whole, count: Whole, hits: int, near: int, places: int) -> dict[str, object]:
    """Return the measures of each collocate; a value that a formula does not have is missing."""
    delta_2_1, delta_1_2 = formulas.delta_p(joint, near, count, places)
    measures = {
        "log_dice": formulas.log_dice(np.minimum(joint, hits), hits, count, places),
        "g2": formulas.g2(joint, count - joint, near, places - near),
        "mi": formulas.pmi(joint, near, count, places),
        "delta_p_2_1": delta_2_1,
        "delta_p_1_2": delta_1_2,
    }
    whole = {"count": count, "node_count": np.full(len(joint), hits), "joint": joint}
    return {**whole, **{name: tables.numbers(values, 6) for name, values in measures.items()}}
