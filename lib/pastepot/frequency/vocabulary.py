"""The vocabulary: under which term each surface form is counted. Folding happens here, once a form and on no token."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pastepot import errors
from pastepot.text.annotations import Whole
from pastepot.text.tokens import Tokens, number_terms
from pastepot.text.words import drop_points, exact_form, find_stopwords, is_homograph, is_stopword, to_term

Case = Literal["fold", "label", "exact"]
Possessive = Literal["fold", "keep"]
Group = Literal["stem", "acronyms"] | None
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
        errors.one_of("group", group, ("stem", "acronyms"))
    own = tuple(stop)
    lists = [stop_lists] if isinstance(stop_lists, str) else list(stop_lists)
    listed = list(own) if len(own) <= MOST_LISTED else f"{len(own)} words of your own"
    settings = {"case": case, "possessive": possessive, "group": group, "stop_lists": lists, "stop": listed}
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
    ['Cranes', 'PORT', 'Port', 'crane', 'the']
    """
    if folding.group == "acronyms":
        tokens = replace(tokens, vocabulary=[drop_points(form) for form in tokens.vocabulary])
    fold = folding.possessive == "fold"
    numbers, terms = tokens.folded_terms if fold else number_terms(tokens.terms)
    keys = terms[numbers]
    if folding.case != "fold":
        numbers, terms = number_terms(exact_form(form, cut=fold) for form in tokens.vocabulary)
    if folding.case == "label":
        keys = separate_acronyms(tokens, numbers, terms)
    if folding.stopwords:
        pairs = zip(tokens.vocabulary, keys.tolist(), strict=True)
        stopped = [is_stopword(form, key, folding.stopwords) for form, key in pairs]
        numbers = np.where(stopped, LEFT_OUT, numbers).astype(np.int32)
    if folding.case != "label" and folding.group != "stem":
        return Vocabulary(numbers, terms)
    return merge_terms(Vocabulary(numbers, terms), keys.tolist(), form_counts(), stem=folding.group == "stem")


def separate_acronyms(tokens: Tokens, numbers: npt.NDArray[np.int32], terms: Texts) -> Texts:
    """Return what each surface form is merged by: its folded term, or as written an acronym spelt like another word.

    At least every second time the words next to it have lower-case letters, so that no headline in capitals makes one.

    >>> from pastepot.text.tokens import tokenize
    >>> tokens = tokenize(["FERRY STRIKE HITS US", "The US told us: a strike hits the ferry. Nato, NATO."])
    >>> separate_acronyms(tokens, *number_terms(tokens.vocabulary))[[0, 1, 2, 3, 6, -2, -1]].tolist()
    ['ferry', 'strike', 'hits', 'US', 'us', 'nato', 'nato']
    """
    lower = np.array([any(map(str.islower, form)) for form in tokens.vocabulary], dtype=np.bool_)[tokens.ids]
    before, after = np.append(True, lower), np.append(lower, True)
    before[tokens.bounds] = after[tokens.bounds] = True
    term, size, words = numbers[tokens.ids], len(terms), set(terms)
    quiet = 2 * np.bincount(term[before[:-1] & after[1:]], minlength=size) >= np.bincount(term, minlength=size)
    pairs = zip(terms, quiet.tolist(), strict=True)
    keys = [term if apart and is_homograph(term, words) else to_term(term) for term, apart in pairs]
    return np.array(keys, dtype=object)[numbers]


def merge_terms(base: Vocabulary, keys: Sequence[str], counts: Whole, *, stem: bool) -> Vocabulary:
    """Return a vocabulary in which terms of one folded key, or of one stem, are one: the most frequent of them."""
    inside = np.flatnonzero(base.numbers != LEFT_OUT).tolist()
    weight = np.bincount(base.numbers[inside], weights=counts[inside], minlength=len(base.terms))
    stems = stem_terms(sorted({keys[form] for form in inside if keys[form].islower()})) if stem else {}
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
