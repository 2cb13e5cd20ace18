"""The tokens that a measure counts: in which parts, as which terms, and each reprinted passage once or always."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors, tables, wording
from pastepot.corpus.boilerplate import describe_copies
from pastepot.corpus.corpus import Corpus, article_dates, cache_on_corpus
from pastepot.corpus.furniture import COUNTED_PARTS
from pastepot.frequency.vocabulary import FOLDED, Folding, Vocabulary, build_vocabulary
from pastepot.text.annotations import Annotations, Flags, Parts, Whole, annotations, find_tokens, mark_covered

if TYPE_CHECKING:
    from scipy.sparse import csc_array

Table = pd.DataFrame | None
Reprints = Literal["all", "once"]
COLUMNS = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster")
MADE_BY = "pastepot.passages(corpus)"
ONCE = f"To count each once, give reprints='once' and passages={MADE_BY}."


@dataclass(frozen=True, eq=False)
class TokenSelection:
    """Which tokens are counted, and as which terms; `note` says what the options left out. Made by `select_tokens`."""

    known: Annotations
    mask: Flags
    folding: Folding
    note: str

    @property
    def total(self) -> int:
        """The number of tokens that are counted."""
        return int(np.count_nonzero(self.mask))

    @property
    def attrs(self) -> dict[str, object]:
        """What every table says of the corpus: its name, how much of it is counted, and how many words these are."""
        rest = "in parts that are not counted" + ", or in reprinted passages" * bool(self.note)
        counted = tables.describe_count(self.total, len(self.mask), rest=rest)
        return {"corpus": self.known.corpus.name, "counted": counted, "total": self.total}

    @cached_property
    def bounds(self) -> Whole:
        """The counted tokens of article n are ``bounds[n]`` to ``bounds[n + 1]`` of all counted tokens."""
        return np.cumsum(np.append(False, self.mask), dtype=np.int32)[self.known.tokens.bounds].astype(np.int64)

    @property
    def article_sizes(self) -> Whole:
        """The counted tokens of each article."""
        return np.diff(self.bounds)

    @cached_property
    def form_counts(self) -> Whole:
        """How often each surface form is counted."""
        everywhere = np.diff(self.known.tokens.postings[0])
        return everywhere - np.bincount(self.known.tokens.ids[~self.mask], minlength=len(everywhere))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms, and the term of each surface form."""
        return build_vocabulary(self.known.tokens, self.folding, lambda: self.form_counts)

    @property
    def terms(self) -> npt.NDArray[np.int32]:
        """The number of the term of each counted token, -1 for one that is left out."""
        if self.vocabulary.numbers is self.known.tokens.folded_terms[0]:
            return self.known.tokens.folded_ids[self.mask]
        return self.vocabulary.numbers[self.known.tokens.ids[self.mask]]

    @cached_property
    def counts(self) -> "csc_array":
        """How often each article has each term: a sparse matrix of articles by terms, in order of both."""
        from scipy.sparse import csr_array  # noqa: PLC0415 (a fifth of a second that only counting needs)

        # What is left out, -1, is counted in one more column, which is then cut off.
        column, shape = self.terms + 1, (len(self.known), len(self.vocabulary.terms) + 1)
        matrix = csr_array((np.ones(len(column), dtype=np.int32), column, self.bounds), shape=shape).tocsc()
        matrix.sum_duplicates()
        return matrix[:, 1:]

    def explain(self, rows: int, *further: str, passages: Table = None, chosen: Flags | None = None) -> str:
        """Return what a reader of a table with so many rows must know, also of copies (among the `chosen` articles)."""
        empty = "" if rows or not self.total else "No rows: nothing that was counted meets what was asked for."
        chosen = np.ones(len(self.known), dtype=np.bool_) if chosen is None else chosen
        reprinted = 0
        if passages is not None:
            later = self.known.token_articles[self.mask & mask_reprints(self.known, passages)]
            reprinted = int(np.count_nonzero(chosen[later]))
        copies = describe_copies(
            self.known.tokens.originals, self.article_sizes * chosen, reprinted, hint="" if self.note else ONCE
        )
        return " ".join(filter(None, [self.note, *further, copies, empty]))


@cache_on_corpus
def default_selection(corpus: Corpus) -> TokenSelection:
    """Return the selection of the default options, which most tables of a corpus share."""
    known = annotations(corpus)
    return TokenSelection(known, known.in_parts(COUNTED_PARTS), FOLDED, "")


def select_tokens(
    known: Annotations,
    folding: Folding = FOLDED,
    *,
    parts: Parts = COUNTED_PARTS,
    reprints: Reprints = "all",
    passages: pd.DataFrame | None = None,
) -> TokenSelection:
    """Return the tokens of the chosen parts under their terms, each reprinted passage once if asked.

    >>> from pastepot.corpus.read import read
    >>> chosen = select_tokens(annotations(read(pd.DataFrame({"text": ["A port. The port’s crane."]}))))
    >>> chosen.attrs["counted"], chosen.vocabulary.terms.tolist(), chosen.counts.toarray().tolist()
    ('Counted all 5 words.', ['a', 'crane', 'port', 'the'], [[1, 1, 2, 1]])
    """
    errors.one_of("reprints", reprints, ("all", "once"))
    if (folding, parts, reprints) == (FOLDED, COUNTED_PARTS, "all"):
        return default_selection(known.corpus)
    mask, note = known.in_parts(parts), ""
    if reprints == "once":
        if passages is None:
            raise errors.PastepotError(
                f"reprints='once' needs the table of passages; got none. Make it with {MADE_BY} and give passages=…."
            )
        later = mask_reprints(known, passages) & mask
        mask &= ~later
        left = wording.count_noun(int(np.count_nonzero(later)), "word of a later copy is", "words of later copies are")
        note = f"Reprinted passages count once, in their first article: {left} left out."
    return TokenSelection(known, mask, folding, note)


def mask_reprints(known: Annotations, passages: pd.DataFrame) -> Flags:
    """Return which tokens are in a later copy of a passage, so that leaving them out counts each passage once.

    Of each pair of spans the later one is left out. First comes the earliest dated article of the cluster, then the
    article with most pairs (all copies of a large cluster are paired with one of them), then by date and order.

    >>> from pastepot.corpus.read import read
    >>> known = annotations(read(pd.DataFrame({"text": ["The strike is over.", "Late: the strike is over."]})))
    >>> pair = {"doc_a": ["row 1"], "start_a": [0], "end_a": [18], "doc_b": ["row 2"], "start_b": [6], "end_b": [24]}
    >>> mask_reprints(known, pd.DataFrame({**pair, "cluster": [0]})).tolist()
    [False, False, False, False, False, True, True, True, True]
    """
    errors.has_columns("passages", passages, COLUMNS, made_by=MADE_BY)
    sides = [passages[[f"doc_{side}", f"start_{side}", f"end_{side}", "cluster"]] for side in "ab"]
    columns = ["doc_id", "start", "end", "cluster"]
    spans = pd.concat([side.set_axis(columns, axis=1).reset_index(drop=True) for side in sides], keys=["a", "b"])
    spans = spans.rename_axis(["side", "pair"]).reset_index()
    spans["article"] = spans["doc_id"].astype(str).map(known.corpus.number).astype(np.int64)
    spans = spans.merge(_rank_copies(spans, article_dates(known.corpus)), on=["cluster", "article"])
    later = spans.sort_values(["rank", "start", "side"], kind="stable").drop_duplicates("pair", keep="last")
    article, start, end = (later[name].to_numpy(dtype=np.int64) for name in ("article", "start", "end"))
    first, after = (find_tokens(known, article, edge) for edge in (start, end))
    return mark_covered(len(known.token_articles), first, after - 1)


def _rank_copies(spans: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Return cluster, article and rank of each copy, the one to keep first."""
    copies = (-spans.groupby(["cluster", "article"]).size()).rename("fewer_pairs").reset_index()
    copies["day"] = days.to_numpy()[copies["article"]]
    copies = copies.sort_values(["cluster", "day", "article"], kind="stable")
    copies["later"] = copies.duplicated("cluster")
    copies = copies.sort_values(["cluster", "later", "fewer_pairs", "day", "article"])
    return copies.assign(rank=np.arange(len(copies)))[["cluster", "article", "rank"]]
