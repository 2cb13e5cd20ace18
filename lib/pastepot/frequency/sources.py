"""Sources: who is quoted in each article, how much, and which statements have nobody's name on them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from pastepot import tables
from pastepot.corpus.corpus import Corpus
from pastepot.text.annotations import article_quotations, corpus_tokens, in_parts, token_raw_offsets
from pastepot.text.parts import COUNTED_PARTS
from pastepot.text.quotations import Quotation

_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'’-]*\.?(?: (?:(?:de|la|van|von|der|bin|al|el) )?[^\W\d_a-zß-ÿ][\w'’-]*\.?)*")
_PRONOUN = re.compile(r"(?:he|she|i)", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:it|they|we|company|firm|union|police|ministry|government|committee|council|court|office|department|agency|party"
    r"|army|navy|military|kremlin|white house|un|nato|eu|line|federation|association|board|authority|bank|officials"
    r"|residents|analysts|experts|critics|supporters|sources|witnesses|leaders|lawyers|workers|crews?|people|members"
    r"|document|statement|report|letter)$",
    re.IGNORECASE,
)
NOT_QUOTED = -1
NOBODY = "(nobody named)"
FEWEST_WORDS = 4
"""Shorter spans between quotation marks are mostly titles and scare quotes, and nobody's speech."""
HEDGES = re.compile(
    r"\b(?:some|many|others|critics|observers|analysts|experts|insiders|sources|officials)(?: \w+){0,2} "
    r"(?:believe|say|said|argue|think|consider|claim|fear|suspect|suggest)s?\b"
    r"|\b(?:is|are|was|were|been) (?:(?:also|generally|largely|often|widely) )?(?:alleged|believed|estimated"
    r"|expected|feared|reported|rumou?red|said|thought|understood) to\b"
    r"|\b(?:is|are|was|were|been) (?:(?:also|generally|largely|often|widely) )?(?:considered|regarded|seen|viewed) as\b"
    r"|\bwidely (?:anticipated|assumed|believed|expected|feared|reported|thought)\b"
    r"|\b(?:allegedly|purportedly|reportedly|supposedly)\b"
    r"|\b(?:it is|it was) (?:widely )?(?:reported|believed|said|thought|rumoured|rumored|understood|alleged)\b"
    r"|\bthere is (?:an?|the|growing) (?:\w+ )?(?:opinion|view|belief|feeling|concern|fear|suspicion)\b"
    r"|\baccording to (?:\w+ )?(?:sources|reports|insiders|officials|observers|estimates)\b"
    r"|\bsome estimates (?:say|put)\b",
    re.IGNORECASE,
)
"""The closed list of phrases that tell something without saying who says it."""


class Said(NamedTuple):
    """One thing said in an article: by whom, of what kind, in how many quoted words, from which raw character."""

    speaker: str
    kind: str
    words: int
    start: int


def sources(corpus: Corpus) -> pd.DataFrame:
    """Return who is quoted in each article: one speaker a row, the most words quoted first.

    Returns
    -------
    DataFrame
        doc_id, speaker, kind, quotations, words_quoted, share, first_start. `kind` is `named`, `group` (an
        institution or several people), or `unnamed`: somebody without a name, or a phrase of a closed list such as
        *some believe*, which has no quotation at all. `share` is the share of the article's counted words.

    Notes
    -----
    Quotations of four words or more in body, title and sub-headings count; those that the text gives to nobody stand
    under ``(nobody named)``. A pronoun is read as the last speaker named before it, a surname alone as the fuller name
    in the same article, *the general* as the one person whom the text calls so. No model knows people: two of one
    surname become one.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "“We will not sail before the new year,” Mara Quill said. “Not one of us,” she added. Some believe it."
    >>> sources(read(pd.DataFrame({"text": [text]})))[["speaker", "kind", "quotations", "words_quoted"]].values.tolist()
    [['Mara Quill', 'named', 2, 12], ['Some believe', 'unnamed', 0, 0]]
    """
    counted = _counted_words(corpus)
    rows = [
        (corpus.doc_ids[number], speaker, kind, quotations, words, words / max(counted[number], 1), start)
        for number, view in enumerate(corpus.views)
        for speaker, kind, quotations, words, start in _by_speaker(list(_said_in(corpus, number)), view.text)
    ]
    frame = pd.DataFrame(rows, columns=list(tables.TABLES["sources"].columns))
    frame["share"] = tables.numbers(frame["share"].astype(float), 6)
    ordered = frame.sort_values(["doc_id", "words_quoted", "first_start"], ascending=[True, False, True], kind="stable")
    return tables.build(
        "sources",
        ordered,
        corpus=corpus.name,
        method="Speakers as the text names them beside their quotations; a pronoun is the last speaker named.",
    )


def _counted_words(corpus: Corpus) -> list[int]:
    """Return the number of counted words of each article."""
    kept = np.concatenate([[0], np.cumsum(in_parts(corpus, COUNTED_PARTS))])
    bounds = corpus_tokens(corpus).bounds
    return [int(count) for count in kept[bounds[1:]] - kept[bounds[:-1]]]


def _said_in(corpus: Corpus, number: int) -> Iterator[Said]:
    """Yield what is said in one article: each quotation in a counted part, then each hedge."""
    view, tokens = corpus.view(number), corpus_tokens(corpus)
    here = slice(tokens.bounds[number], tokens.bounds[number + 1])
    counted, starts = in_parts(corpus, COUNTED_PARTS)[here], tokens.starts[here]
    raw_starts = token_raw_offsets(corpus)[0][here]
    last = ""
    for quotation in article_quotations(corpus)[number]:
        first, after = np.searchsorted(starts, [quotation.start, quotation.end])
        if quotation.flag == "stray" or not counted[first:after].any():
            continue
        speaker, kind = _named(quotation, last)
        last = speaker if kind == "named" else last
        short = quotation.words < FEWEST_WORDS
        if kind == "named" or not short:
            words = NOT_QUOTED if short else int(counted[first:after].sum())
            yield Said(speaker or NOBODY, kind, words, int(raw_starts[first]))
    for match in HEDGES.finditer(view.text):
        first, after = np.searchsorted(starts, [match.start(), match.end()])
        if counted[first:after].any():
            yield Said(" ".join(match[0].split()), "unnamed", NOT_QUOTED, int(raw_starts[first]))


def _named(quotation: Quotation, last: str) -> tuple[str, str]:
    """Return the speaker of a quotation and of which kind it is; a pronoun stands for the last one named."""
    speaker = " ".join(quotation.speaker.split())
    if _PRONOUN.fullmatch(speaker):
        return last, "named" if last else "unnamed"
    names = [match[0] for match in _NAME.finditer(speaker) if match.start() or " " in match[0] or match[0] == speaker]
    fuller = [name for name in names if " " in name]
    name = (fuller or names or [""])[0]
    if _GROUP.search(name if fuller else speaker):
        return speaker, "group"
    bare = name.lower() in ("", "the", "a", "one") or name.endswith(("'s", "’s"))
    return (speaker, "unnamed") if bare else (name, "named")


def _by_speaker(said: list[Said], text: str) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield each speaker of an article once: the fullest form of the name, quotations, words, first character."""
    names = sorted({one.speaker for one in said if one.kind == "named"}, key=lambda name: (-name.count(" "), name))
    groups: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        known = _described(one.speaker, names, text) if one.kind == "unnamed" and one.words >= 0 else ""
        speaker = one._replace(speaker=known, kind="named") if known else one
        key = speaker.speaker.split()[-1] if speaker.kind == "named" else speaker.speaker.casefold()
        groups.setdefault((speaker.kind, key), []).append(speaker)
    for (kind, _), rows in groups.items():
        fullest = max(rows, key=lambda one: (one.speaker.count(" "), -one.start)).speaker
        quoted = [one.words for one in rows if one.words >= 0]
        if quoted or kind == "unnamed":
            yield fullest, kind, len(quoted), sum(quoted), min(one.start for one in rows)


def _described(speaker: str, names: list[str], text: str) -> str:
    """Return the one name that a description such as *the general* stands beside in the text, or an empty string."""
    head = re.escape(speaker.rpartition(" ")[2])
    if not speaker.lower().startswith("the ") or not names:
        return ""
    found = {
        name.split()[-1]: name
        for name in reversed(names)
        if " " in name
        and re.search(rf"\b{head} {re.escape(name)}|{re.escape(name)}, [^,.;\n]{{0,50}}\b{head}\b", text, re.IGNORECASE)
    }
    return next(iter(found.values())) if len(found) == 1 else ""
