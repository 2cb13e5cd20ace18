"""One article as the cleaning left it, with what was dropped struck through and what was labelled named."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pastepot import escape
from pastepot.corpus.corpus import Corpus
from pastepot.corpus.ledger import Decision
from pastepot.reporting.templates import piece

DIFF_MIME = "application/vnd.pastepot.cleaning_diff+json"


class Stretch(NamedTuple):
    """A stretch of raw text, what was done to it (kept, drop, replace, label), by which rule, and what stands now."""

    action: str
    text: str
    rule: str = ""
    replacement: str = ""


class Diff:
    """An article with its decisions, as a notebook shows it: struck through, replaced, labelled."""

    def __init__(self, doc_id: str, stretches: list[Stretch]) -> None:
        self.doc_id = doc_id
        self.stretches = stretches

    def __repr__(self) -> str:
        return escape.show_controls("".join(_as_plain(stretch) for stretch in self.stretches))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, object]:  # noqa: ARG002
        """Return the article as plain text, as HTML, and as the data that the report reads."""
        data = {"doc_id": self.doc_id, "stretches": [stretch._asdict() for stretch in self.stretches]}
        return {
            "text/plain": repr(self),
            "text/html": piece("diff", data),
            DIFF_MIME: data,
        }


def cleaning_diff(corpus: Corpus, doc_id: str) -> Diff:
    r"""Return one article with every cleaning decision shown in its place.

    Raises
    ------
    PastepotError
        If no article has that name.

    Examples
    --------
    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["Port news\nThe ferry sails today.\nLeave a Reply"], "doc_id": ["a"]}))
    >>> cleaning_diff(corpus, "a")
    {title: Port news}
    The ferry sails today.
    [-Leave a Reply-]{comment_form}
    """
    number = corpus.number(doc_id)
    return Diff(doc_id, list(_stretches(corpus.records[number].text, corpus.decisions[number])))


def _stretches(raw: str, decisions: tuple[Decision, ...]) -> Iterator[Stretch]:
    """Yield the raw text cut at its decisions; inside a labelled stretch further decisions are not shown."""
    done = 0
    for one in decisions:
        if one.start < done:
            continue
        if one.start > done:
            yield Stretch("kept", raw[done : one.start])
        yield Stretch(one.action, raw[one.start : one.end], one.rule, one.replacement)
        done = one.end
    if done < len(raw):
        yield Stretch("kept", raw[done:])


def _as_plain(stretch: Stretch) -> str:
    """Return a stretch in plain text."""
    forms = {
        "drop": f"[-{stretch.text}-]{{{stretch.rule}}}",
        "replace": stretch.replacement,
        "label": f"{{{stretch.rule}: {stretch.text}}}",
    }
    return forms.get(stretch.action, stretch.text)
