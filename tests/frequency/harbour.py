"""Corpora of an invented port town for the tests of this folder."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pastepot.corpus.corpus import Corpus
from pastepot.corpus.read import read

TOWN = (
    "The ferry company said the strike would end. The crew’s union disagreed: no ferry sails.",
    "Crew and company met in the port. The PORT was quiet, and the Port's crane stood still.",
    "It’s late, said the harbour master. The ferry, the ferry! Nobody told us in the US office.",
    "… — !",
    "A strike is a strike. Ferry No. 7 sails at 6.30 p.m. from the re-opened pier.",
)
OUTLETS = ("Gazette", "Gazette", "Post", "Post", "")
DATES = ("2024-03-04", "2024-03-11", "2024-04-01", "", "2024-04-02")


def corpus_of(texts: Sequence[str], **columns: Sequence[str]) -> Corpus:
    """Return a corpus of texts as they stand, with further columns; a text without words gets a mark, to be read."""
    return read(pd.DataFrame({"text": [text or "…" for text in texts], **columns}), clean="none")


def town(columns: Mapping[str, Sequence[str]] | None = None) -> Corpus:
    """Return the town's five articles; the fourth has no words."""
    given = {"outlet": OUTLETS, "date": DATES} if columns is None else columns
    return corpus_of(TOWN, doc_id=[f"a{number}" for number in range(len(TOWN))], **given)
