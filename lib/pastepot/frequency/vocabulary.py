"""The vocabulary: under which term each surface form is counted. Folding happens here, once a form and on no token."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pastepot import errors
from pastepot.text.annotations import Whole
from pastepot.text.tokens import Tokens, number_terms
from pastepot.text.words import cut_possessive, exact_form, find_stopwords, is_stopword

Case = Literal["fold", "label", "exact"]
Possessive = Literal["fold", "keep"]
Group = Literal["stem"] | None
Texts = npt.NDArray[np.object_]
LEFT_OUT = -1
MOST_LISTED = 12
"""Stop words of the user's own that the settings list; more of them are only numbered."""


class Folding(NamedTuple):
    """Which surface forms are one term, and the terms to leave out; `settings` says it in the words of a table."""

    case: Case = "fold"
    possessive: Possessive = "fold"
    group: Group = None
    stopwords: frozenset[str] = frozenset()
    settings: Mapping[str, object] = MappingProxyType({})


class Vocabulary(NamedTuple):
    """Terms in alphabetical order, and for each surface form the number of its term, -1 if it is left out.

    `members` lists, where terms were grouped, the forms that each term stands for, the most frequent first.
    """

    numbers: npt.NDArray[np.int32]
    terms: Texts
    members: Texts | None = None


def choose_folding(
    case: Case, possessive: Possessive, group: Group, stop: Iterable[str], stop_lists: str | Iterable[str]
) -> Folding:
    """Return the options of a measure, checked; `pastepot.terms` documents each.

    >>> sorted(choose_folding("fold", "fold", None, ["Ferry", "port"], ()).stopwords)
    ['ferry', 'port']
    >>> choose_folding("lower", "fold", None, (), ())
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: case must be one of 'fold', 'label', 'exact'; got 'lower'.
    """
    errors.one_of("case", case, ("fold", "label", "exact"))
    errors.one_of("possessive", possessive, ("fold", "keep"))
    if group is not None:
        errors.one_of("group", group, ("stem",))
    own = tuple(stop)
    lists = [stop_lists] if isinstance(stop_lists, str) else list(stop_lists)
    settings = {
        "case": case,
        "possessive": possessive,
        "group": group,
        "stop_lists": lists,
        "stop": list(own) if len(own) <= MOST_LISTED else f"{len(own)} words of your own",
    }
    stopwords = find_stopwords(own, stop_lists if isinstance(stop_lists, str) else lists)
    return Folding(case, possessive, group, stopwords, settings)


FOLDED = choose_folding("fold", "fold", None, (), ())
"""The default options of every measure."""


def build_vocabulary(tokens: Tokens, folding: Folding, form_counts: Callable[[], Whole]) -> Vocabulary:
    """Return the vocabulary of a corpus; `form_counts` gives the count of each surface form, where labels need it.

    >>> from pastepot.text.tokens import tokenize
    >>> tokens = tokenize(["The Port, the PORT, the port’s crane. Cranes"])
    >>> counts = lambda: np.bincount(tokens.ids)
    >>> build_vocabulary(tokens, Folding(), counts).terms.tolist()
    ['crane', 'cranes', 'port', 'the']
    >>> build_vocabulary(tokens, Folding(group="stem"), counts).members.tolist()
    ['crane, cranes', 'port', 'the']
    >>> build_vocabulary(tokens, Folding("label"), counts).terms.tolist()
    ['Cranes', 'PORT', 'crane', 'the']
    """
    fold = folding.possessive == "fold"
    numbers, terms = tokens.folded_terms if fold else number_terms(tokens.terms)
    keys = terms[numbers]
    if folding.case != "fold":
        exact = map(exact_form, tokens.vocabulary)
        numbers, terms = number_terms(map(cut_possessive, exact) if fold else exact)
    if folding.stopwords:
        pairs = zip(tokens.vocabulary, keys.tolist(), strict=True)
        stopped = [is_stopword(form, key, folding.stopwords) for form, key in pairs]
        numbers = np.where(stopped, LEFT_OUT, numbers).astype(np.int32)
    if folding.case != "label" and folding.group is None:
        return Vocabulary(numbers, terms)
    return merge_terms(Vocabulary(numbers, terms), keys.tolist(), form_counts(), stem=folding.group == "stem")


def merge_terms(base: Vocabulary, keys: Sequence[str], counts: Whole, *, stem: bool) -> Vocabulary:
    """Return a vocabulary in which terms of one folded key, or of one stem, are one: the most frequent of them."""
    inside = np.flatnonzero(base.numbers != LEFT_OUT).tolist()
    weight = np.bincount(base.numbers[inside], weights=counts[inside], minlength=len(base.terms))
    stems = stem_terms(sorted({keys[form] for form in inside})) if stem else {}
    merged: dict[str, set[int]] = {}
    for form in inside:
        merged.setdefault(stems.get(keys[form], keys[form]), set()).add(int(base.numbers[form]))
    ranked = sorted(sorted(terms, key=lambda term: (-weight[term], term)) for terms in merged.values())
    number = np.full(len(base.terms) + 1, LEFT_OUT, dtype=np.int32)
    for place, terms in enumerate(ranked):
        number[terms] = place
    members = [", ".join(base.terms[term] for term in terms if weight[term]) for terms in ranked]
    heads = base.terms[np.array([terms[0] for terms in ranked], dtype=np.int64)]
    return Vocabulary(number[base.numbers], heads, np.array(members, dtype=object) if stem else None)


def stem_terms(terms: Sequence[str]) -> dict[str, str]:
    """Return the English Snowball stem of each term.

    >>> stem_terms(["strikes", "striking", "ferry"])
    {'strikes': 'strike', 'striking': 'strike', 'ferry': 'ferri'}
    """
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415 (half a second that only stems need)

    stem = SnowballStemmer("english").stem
    return {term: stem(term) for term in terms}
