"""Sources: who is quoted in each article, how much, and which statements name no source."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import files, tables
from pastepot.corpus.boilerplate import describe_copies
from pastepot.corpus.corpus import Corpus
from pastepot.text.annotations import COUNTED_PARTS, Whole, annotations
from pastepot.text.quotations import Quotation

_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'’-]*\.?(?: (?:(?:de|la|van|von|der|bin|al|el) )?[^\W\d_a-zß-ÿ][\w'’-]*\.?)*")
_DATA = files.data("text/sources.toml")
_GROUP = re.compile(rf"\b(?:{'|'.join(_DATA['groups'])})$", re.IGNORECASE)
NOT_QUOTED = -1
NOBODY = "(nobody named)"
FEWEST_WORDS = 4
"""Shorter spans between quotation marks are mostly titles and scare quotes, not speech."""
HEDGES = re.compile("|".join(map("".join, _DATA["hedges"])), re.IGNORECASE)
"""The closed list of phrases that report something without saying who said it."""


class Statement(NamedTuple):
    """One thing said in an article: by whom, of what kind, in how many quoted words, from which raw character."""

    speaker: str
    kind: str
    words: int
    start: int


class ArticleTokens(NamedTuple):
    """The clean and raw starts of one article's tokens, and how many words are counted before each and in all."""

    starts: npt.NDArray[np.int32]
    raw_starts: Whole
    counted: Whole

    def count_words(self, start: int, end: int) -> tuple[int, int]:
        """Return how many counted words a clean span has, and the raw start of its first token, -1 without any."""
        first, after = np.searchsorted(self.starts, [start, end])
        words = int(self.counted[after] - self.counted[first])
        return words, int(self.raw_starts[first]) if words else -1


def sources(corpus: Corpus) -> pd.DataFrame:
    """Return who is quoted in each article: one speaker a row, the most words quoted first.

    Returns
    -------
    DataFrame
        doc_id, speaker, source_kind, quotations, words_quoted, share_quoted, first_start. `source_kind` is `named`,
        `group` (an institution or several people), or `unnamed`: a person without a name, or a phrase of a closed list
        such as *some believe*, which has no quotation at all. `share_quoted` is of the article's counted words.

    Notes
    -----
    Quotations of four words or more in body, title and sub-headings count; those without a speaker in the text come
    under ``(nobody named)``. A pronoun is read as the last speaker named before it, a surname alone as the fuller name
    in the same article, *the general* as the one person whom the text calls so. No model knows people: two of one
    surname become one.

    Examples
    --------
    >>> from pastepot.corpus.read import read
    >>> text = "“We will not sail before the new year,” Mara Quill said. “Not one of us,” she added. Some believe it."
    >>> sources(read(pd.DataFrame({"text": [text]})))[["speaker", "source_kind", "quotations"]].values.tolist()
    [['Mara Quill', 'named', 2], ['Some believe', 'unnamed', 0]]
    """
    known = annotations(corpus)
    bounds, starts, raw_starts = known.tokens.bounds, known.tokens.starts, known.token_raw_offsets[0]
    counted = np.append(0, np.cumsum(known.in_parts(COUNTED_PARTS)))
    sizes = np.diff(counted[bounds])
    rows: list[tuple[object, ...]] = []
    for number, (text, quotations) in enumerate(zip(known.texts, known.quotations, strict=True)):
        first, after = bounds[number : number + 2]
        tokens = ArticleTokens(starts[first:after], raw_starts[first:after], counted[first : after + 1])
        statements = [*_list_quotations(quotations, tokens), *_list_hedges(text, tokens)]
        for speaker, kind, quoted, words, start in _group_by_speaker(statements, text):
            share = words / max(sizes[number], 1)
            rows.append((corpus.doc_ids[number], speaker, kind, quoted, words, share, start))
    frame = pd.DataFrame(rows, columns=list(tables.TABLES["sources"].columns))
    frame["share_quoted"] = tables.numbers(frame["share_quoted"].astype(float), 6)
    ordered = frame.sort_values(["doc_id", "words_quoted", "first_start"], ascending=[True, False, True], kind="stable")
    return tables.build(
        "sources",
        ordered,
        corpus=corpus.name,
        note=describe_copies(known.tokens.originals, sizes),
        method="Speakers as the text names them beside their quotations; a pronoun is the last speaker named.",
    )


def _list_quotations(quotations: Sequence[Quotation], tokens: ArticleTokens) -> Iterator[Statement]:
    """Yield each quotation of one article in a counted part."""
    last = ""
    for quotation in quotations:
        words, start = tokens.count_words(quotation.start, quotation.end)
        if quotation.flag == "stray" or not words:
            continue
        speaker, kind = _classify_speaker(quotation, last)
        last = speaker if kind == "named" else last
        short = quotation.words < FEWEST_WORDS
        if kind == "named" or not short:
            yield Statement(speaker or NOBODY, kind, NOT_QUOTED if short else words, start)


def _list_hedges(text: str, tokens: ArticleTokens) -> Iterator[Statement]:
    """Yield each hedge of one article in a counted part."""
    for match in HEDGES.finditer(text):
        words, start = tokens.count_words(*match.span())
        if words:
            yield Statement(" ".join(match[0].split()), "unnamed", NOT_QUOTED, start)


def _classify_speaker(quotation: Quotation, last: str) -> tuple[str, str]:
    """Return the speaker of a quotation and of which kind it is; a pronoun stands for the last one named."""
    speaker = " ".join(quotation.speaker.split())
    if speaker.lower() in ("he", "she", "i"):
        return last, "named" if last else "unnamed"
    names = [match[0] for match in _NAME.finditer(speaker) if match.start() or " " in match[0] or match[0] == speaker]
    fuller = [name for name in names if " " in name]
    name = (fuller or names or [""])[0]
    if _GROUP.search(name if fuller else speaker):
        return speaker, "group"
    bare = name.lower() in ("", "the", "a", "one") or name.endswith(("'s", "’s"))
    return (speaker, "unnamed") if bare else (name, "named")


def _group_by_speaker(statements: list[Statement], text: str) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield each speaker of an article once: the fullest form of the name, kind, quotations, words, first character."""
    named = {statement.speaker for statement in statements if statement.kind == "named"}
    names = sorted(named, key=lambda name: (-name.count(" "), name))
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in (_resolve_description(statement, names, text) for statement in statements):
        key = statement.speaker.split()[-1] if statement.kind == "named" else statement.speaker.casefold()
        groups.setdefault((statement.kind, key), []).append(statement)
    for (kind, _), rows in groups.items():
        fullest = max(rows, key=lambda row: (row.speaker.count(" "), -row.start)).speaker
        quoted = [row.words for row in rows if row.words != NOT_QUOTED]
        if quoted or kind == "unnamed":
            yield fullest, kind, len(quoted), sum(quoted), min(row.start for row in rows)


def _resolve_description(statement: Statement, names: list[str], text: str) -> Statement:
    """Return a statement by *the general* as that of the one name that the text puts beside this description."""
    if statement.kind != "unnamed" or statement.words == NOT_QUOTED or not statement.speaker.lower().startswith("the "):
        return statement
    head = re.escape(statement.speaker.rpartition(" ")[2])
    matches = {
        name.split()[-1]: name
        for name in reversed(names)
        if " " in name
        and re.search(rf"\b{head} {re.escape(name)}|{re.escape(name)}, [^,.;\n]{{0,50}}\b{head}\b", text, re.IGNORECASE)
    }
    return statement._replace(speaker=next(iter(matches.values())), kind="named") if len(matches) == 1 else statement
