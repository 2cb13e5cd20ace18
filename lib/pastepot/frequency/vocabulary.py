"""The lexicon: under which term each surface form of the vocabulary is counted. Folding happens here, on no token."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pastepot import errors
from pastepot.corpus.corpus import Corpus, cache_on_corpus
from pastepot.text.annotations import annotations, corpus_tokens
from pastepot.text.stopwords import find_stopwords, is_stopword
from pastepot.text.words import CURLED, DROPPED, fold_possessive

Case = Literal["fold", "label", "exact"]
Possessive = Literal["fold", "keep"]
Numbers = npt.NDArray[np.int32]
Texts = npt.NDArray[np.object_]
CASES = ("fold", "label", "exact")
POSSESSIVES = ("fold", "keep")
GROUPINGS = ("stem",)
LEFT_OUT = -1


class Vocabulary(NamedTuple):
    """Terms in alphabetical order, and for each surface form the number of its term, -1 if it is left out.

    `members` holds, where terms were grouped, the forms that each term stands for, the commonest first.
    """

    numbers: Numbers
    terms: Texts
    members: Texts | None = None


class Spelling(NamedTuple):
    """How surface forms are brought under terms, and which are left out."""

    case: Case = "fold"
    possessive: Possessive = "fold"
    group: Literal["stem"] | None = None
    stop: tuple[str, ...] = ()
    stop_lists: str | tuple[str, ...] = ()

    def settings(self) -> dict[str, object]:
        """Return what was asked for, in words for a table."""
        named = [self.stop_lists] if isinstance(self.stop_lists, str) else list(self.stop_lists)
        own = list(self.stop) if len(self.stop) <= 12 else f"{len(self.stop)} words of your own"
        said = {"case": self.case, "possessive": self.possessive, "group": self.group}
        return {**said, "stop_lists": named, "stop": own}


def spelling(
    case: str, possessive: str, group: str | None, stop: Iterable[str], stop_lists: str | Iterable[str]
) -> Spelling:
    """Return the options checked.

    >>> spelling("fold", "fold", None, (), "function").stop_lists
    'function'
    >>> spelling("lower", "fold", None, (), ())
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: case must be one of 'fold', 'label', 'exact'; got 'lower'.
    """
    errors.one_of("case", case, CASES)
    errors.one_of("possessive", possessive, POSSESSIVES)
    if group is not None:
        errors.one_of("group", group, GROUPINGS)
    lists = stop_lists if isinstance(stop_lists, str) else tuple(stop_lists)
    find_stopwords(own := stop if isinstance(stop, str) else tuple(stop), lists)
    return Spelling(case, possessive, group, own, lists)  # type: ignore[arg-type]  # one_of has checked the literals


def build_vocabulary(corpus: Corpus, how: Spelling, counted: Callable[[], npt.NDArray[np.int64]]) -> Vocabulary:
    """Return the lexicon of a corpus; `counted` gives the count of each surface form, where labels need it.

    >>> import pandas as pd
    >>> from pastepot.corpus.read import read
    >>> corpus = read(pd.DataFrame({"text": ["The Port, the PORT, the port’s crane. Cranes"]}))
    >>> build_vocabulary(corpus, Spelling(), lambda: np.empty(0)).terms.tolist()
    ['crane', 'cranes', 'port', 'the']
    >>> forms = lambda: np.bincount(corpus_tokens(corpus).ids)
    >>> build_vocabulary(corpus, Spelling(group="stem"), forms).members.tolist()
    ['crane, cranes', 'port', 'the']
    >>> build_vocabulary(corpus, Spelling("label"), forms).terms.tolist()
    ['Cranes', 'PORT', 'crane', 'the']
    """
    if how.case == "fold" and how.possessive == "fold":
        keys, base = folded_keys(corpus), fold_case(corpus)
    else:
        keys = annotations(corpus).vocabulary_terms if how.possessive == "keep" else folded_keys(corpus)
        base = numbered(keys if how.case == "fold" else exact_forms(corpus, how.possessive))
    found = drop_stopwords(corpus, base, keys, find_stopwords(how.stop, how.stop_lists))
    if how.case != "label" and how.group is None:
        return found
    return merge_stems(found, keys, counted(), stem=how.group == "stem")


@cache_on_corpus
def folded_keys(corpus: Corpus) -> list[str]:
    """Return the term of each surface form, possessives under their base."""
    return [fold_possessive(term) if term.endswith("'s") else term for term in annotations(corpus).vocabulary_terms]


@cache_on_corpus
def fold_case(corpus: Corpus) -> Vocabulary:
    """Return the lexicon of the default options."""
    return numbered(folded_keys(corpus))


def numbered(keys: Sequence[str]) -> Vocabulary:
    """Return the lexicon that gives each surface form its key."""
    terms = sorted(set(keys))
    number = {term: place for place, term in enumerate(terms)}
    numbers = np.array(list(map(number.__getitem__, keys)), dtype=np.int32)
    return Vocabulary(numbers, np.array(terms, dtype=object))


def exact_forms(corpus: Corpus, possessive: Possessive) -> list[str]:
    """Return each surface form with its case kept, and folded like a term in all else."""
    return [
        exact_form(surface, cut=possessive == "fold" and fold_possessive(term) is not term)
        for surface, term in zip(corpus_tokens(corpus).vocabulary, annotations(corpus).vocabulary_terms, strict=True)
    ]


def exact_form(surface: str, *, cut: bool) -> str:
    """Return a surface form with straight apostrophes and nothing invisible; `cut` takes a possessive off.

    >>> exact_form("NATO’s", cut=True), exact_form("NATO’s", cut=False)
    ('NATO', "NATO's")
    """
    visible = surface if surface.isascii() else unicodedata.normalize("NFC", DROPPED.sub("", surface))
    straight = str(CURLED.sub("'", visible))
    return straight[: -len("'s")] if cut else straight


def drop_stopwords(corpus: Corpus, base: Vocabulary, keys: Sequence[str], words: frozenset[str]) -> Vocabulary:
    """Return a lexicon that leaves the surface forms of stopped words out."""
    if not words:
        return base
    vocabulary = corpus_tokens(corpus).vocabulary
    numbers = base.numbers.copy()
    for number, key in enumerate(keys):
        if key in words and is_stopword(vocabulary[number], key, words):
            numbers[number] = LEFT_OUT
    return base._replace(numbers=numbers)


def merge_stems(base: Vocabulary, keys: Sequence[str], counts: npt.NDArray[np.int64], *, stem: bool) -> Vocabulary:
    """Return a lexicon in which terms of one folded key, or of one stem, stand under the commonest of them."""
    inside = np.flatnonzero(base.numbers != LEFT_OUT)
    weight = np.bincount(base.numbers[inside], weights=counts[inside], minlength=len(base.terms))
    stems = stem_of(sorted({keys[form] for form in inside.tolist()})) if stem else {}
    families: dict[str, set[int]] = {}
    for form in inside.tolist():
        families.setdefault(stems.get(keys[form], keys[form]), set()).add(int(base.numbers[form]))
    ranked = [sorted(family, key=lambda term: (-weight[term], term)) for family in families.values()]
    ranked.sort(key=lambda family: base.terms[family[0]])
    number = np.full(len(base.terms) + 1, LEFT_OUT, dtype=np.int32)
    for place, family in enumerate(ranked):
        number[family] = place
    members = [", ".join(base.terms[term] for term in family if weight[term]) for family in ranked]
    terms = base.terms[[family[0] for family in ranked]] if ranked else base.terms[:0]
    return Vocabulary(number[base.numbers], terms, np.array(members, dtype=object) if stem else None)


def stem_of(terms: Sequence[str]) -> dict[str, str]:
    """Return the English Snowball stem of each term.

    >>> stem_of(["strikes", "striking", "ferry"])
    {'strikes': 'strike', 'striking': 'strike', 'ferry': 'ferri'}
    """
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415 (half a second that only stems need)

    stem = SnowballStemmer("english").stem
    return {term: stem(term) for term in terms}
