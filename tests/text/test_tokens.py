"""The token store: both writings of the pattern give the same arrays, on all of Unicode and on all data at hand."""

import gzip
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pastepot.kernels import COMPILE_FROM
from pastepot.text import scan, tokens
from pastepot.text.tokens import Tokens, find_elided, split_elisions, tokenize, tokenize_by_pattern, tokenize_by_scan
from pastepot.text.words import find_words

SLOW = pytest.mark.slow
COLUMNS = {"ids": np.int32, "starts": np.int32, "ends": np.int32, "bounds": np.int64}

# Few letters and every class of character, so that each rule meets each other one.
PIECES = st.sampled_from(
    [
        *"aAbÉß1٢½²नि𐐷𝟘.,:'’‘`@#_&-/ \n\u2028\"“<$\u0301\u00ad\u200b\u200d\ufeff\u02bc\ud800",
        *("l'", "Qu’", "D’", "N'", "U.S.", "www.", "http://", "https://", "harbour", "strandedness"),
    ]
)
TEXTS = st.lists(st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join)), max_size=6)


def assert_same(ours: Tokens, theirs: Tokens) -> None:
    for column, kind in COLUMNS.items():
        assert getattr(ours, column).dtype == getattr(theirs, column).dtype == kind
        np.testing.assert_array_equal(getattr(ours, column), getattr(theirs, column))
    assert ours.vocabulary == theirs.vocabulary


def assert_both_writings_agree(texts: list[str]) -> None:
    assert_same(tokenize_by_scan(texts), tokenize_by_pattern(texts))


@given(TEXTS)
def test_both_writings_agree_on_all_of_unicode(texts: list[str]):
    assert_both_writings_agree(texts)


@pytest.mark.parametrize(
    "frame",
    [
        "{0}",
        "&{0}",
        "\u200b{0}\u0301",
        *(pytest.param(frame, marks=SLOW) for frame in ["a{0}b", "1{0}2", "a’{0}", "a.{0}b", "A.{0}.", "@{0}b"]),
    ],
)
def test_both_writings_agree_on_every_code_point(frame: str):
    characters = map(chr, range(sys.maxunicode + 1))
    framed = [frame.format(character) for character in characters]
    assert_both_writings_agree(["\n".join(framed[first : first + 4096]) for first in range(0, len(framed), 4096)])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("reuters", marks=SLOW),
        *("brown_news", "gum_news", "newsmtsc_train", "newsmtsc_test_mt", "nyt_editorials", "polnear_dev"),
    ],
)
def test_both_writings_agree_on_real_news(shared: Path, name: str):
    path = shared / "data" / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path.name} is not among the evaluation data in ../shared/data")
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    assert_both_writings_agree([row["text"] for row in rows])


@given(TEXTS)
def test_store_holds_the_words_of_each_text(texts: list[str]):
    store = tokenize(texts)
    assert store.bounds[0] == 0
    assert store.bounds[-1] == len(store.ids)
    for number, text in enumerate(texts):
        piece = slice(store.bounds[number], store.bounds[number + 1])
        spans = list(zip(store.starts[piece].tolist(), store.ends[piece].tolist(), strict=True))
        assert spans == find_words(text)
        assert [store.vocabulary[found] for found in store.ids[piece]] == [text[start:end] for start, end in spans]


@given(TEXTS, st.data())
def test_store_with_elisions_holds_the_words_of_each_text(texts: list[str], data: st.DataObject):
    chosen = data.draw(st.frozensets(st.sampled_from(range(len(texts))))) if texts else frozenset()
    store = split_elisions(tokenize(texts), chosen)
    for number, text in enumerate(texts):
        piece = slice(store.bounds[number], store.bounds[number + 1])
        spans = list(zip(store.starts[piece].tolist(), store.ends[piece].tolist(), strict=True))
        assert spans == find_words(text, elision="split" if number in chosen else "keep")
        assert [store.vocabulary[found] for found in store.ids[piece]] == [text[start:end] for start, end in spans]
    assert list(dict.fromkeys(store.ids.tolist())) == list(range(len(store.vocabulary)))
    assert all(getattr(store, column).dtype == kind for column, kind in COLUMNS.items())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        *(("L’eau d’ici", {1}), ("l'Espagne", {1}), ("Qu'il parle de The Times, d'hier et d'ici", {1})),
        *(("The coup d'état", set()), ("Coup d’État", set()), ("D’Artagnan sails", set()), ("L'Oréal grows", set())),
        *(
            ("He read of l'esprit and of l'art", set()),
            ("C'est the end", set()),
            ("It's the crew's", set()),
            ("", set()),
        ),
    ],
)
def test_texts_with_more_elisions_than_english_words_are_asked_for_their_language(text: str, asked: set[int]):
    assert find_elided(tokenize(["The port", text]), lambda _: True) == asked
    assert find_elided(tokenize([text]), lambda _: False) == frozenset()


@given(TEXTS)
def test_vocabulary_is_in_order_of_first_appearance(texts: list[str]):
    store = tokenize(texts)
    assert list(dict.fromkeys(store.ids.tolist())) == list(range(len(store.vocabulary)))
    assert len(set(store.vocabulary)) == len(store.vocabulary)


@given(TEXTS)
@settings(max_examples=min(100, settings().max_examples))
def test_the_scanner_gives_the_same_without_a_compiler(texts: list[str]):
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        patch.setattr(tokens, "compile_kernel", lambda function: function)
        assert_both_writings_agree(texts)


def test_words_with_the_same_key_are_different_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tokens, "compile_kernel", lambda function: function)
    monkeypatch.setattr(scan, "key_of", lambda *_: scan.HASH_BIT)
    with np.errstate(over="ignore"):
        assert_both_writings_agree(["quay boat quays crew boat", "crew U.S. quay"])


def test_keys_of_letters_differ():
    with np.errstate(over="ignore"):
        letters = [np.array([point], dtype=np.uint32) for point in range(0x4E00, 0x5200)]
        assert len({scan.key_of(letter, 0, 1) for letter in letters}) == len(letters)


@pytest.mark.parametrize("word", ["ÿ" * scan.SHORT, "a", "boats", "Boats", "sobat"])
def test_a_short_plain_word_is_its_own_key(word: str):
    key = int(scan.key_of(np.array([ord(letter) for letter in word]), 0, len(word)))
    letters = [key >> shift & 0x1FF for shift in range(9 * (len(word) - 1), -1, -9)]
    assert (key >> 63, "".join(map(chr, letters))) == (0, word)


@pytest.mark.parametrize("word", ["a" * (scan.SHORT + 1), "Ā", "ж" * 3, "\U00010437" * 9])
def test_the_key_of_another_word_says_that_it_is_a_hash(word: str):
    assert int(scan.key_of(np.array([ord(letter) for letter in word]), 0, len(word))) >> 63 == 1


@given(TEXTS.map("".join))
def test_at_most_every_second_character_begins_a_word(text: str):
    assert len(find_words(text)) <= (len(text) + 1) // 2


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["a"], ["a", ""], ["", "a"], ["a", "a"], ["?"], ["\n", "a\n"]])
def test_few_and_empty_texts(texts: list[str]):
    assert_both_writings_agree(texts)


def test_every_array_grows():
    many = " ".join(f"word{number}" for number in range(100_000))
    assert_both_writings_agree([many, "a b c d " * 200_000, "x" * 1_000_000, many.upper(), "é" * 9 + " " + "ж" * 9])


def test_one_vocabulary_for_narrow_and_wide_text():
    filler = "quay " * (tokens.BATCH // 5 + 1)
    texts = ["café quayside crew", filler, "café quayside crew’s ж", filler, "crew ж café quayside"]
    assert_both_writings_agree(texts)


@pytest.mark.parametrize("words", [COMPILE_FROM - 1, COMPILE_FROM, COMPILE_FROM + 1])
def test_nothing_changes_where_the_compiler_sets_in(words: int):
    texts = ["boat " * words]
    assert_same(tokenize(texts), tokenize_by_pattern(texts))


def test_small_input_waits_for_no_compiler():
    code = "import sys; from pastepot.text import tokens; tokens.tokenize(['a']); assert 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("unit", ["\u0301", "\u200b", "a\u200b", "a.", "1,", "@", "www.", "http://", "a@", "'", "#a"])
def test_hostile_repetition_takes_linear_time(unit: str):
    tokenize_by_scan([""])
    text = ["a" + unit * (1_000_000 // len(unit))]
    before = time.process_time()
    tokenize_by_scan(text)
    assert time.process_time() - before < 20


def test_terms_fold_case_marks_and_possessives():
    store = tokenize(["The PORT’s port, it’s Port\u00ad's"])
    numbers, terms = store.folded_terms
    assert terms.tolist() == ["it's", "port", "the"]
    assert terms[numbers[store.ids]].tolist() == ["the", "port", "port", "it's", "port"]
    assert store.terms == ["the", "port's", "port", "it's", "port's"]


def test_an_empty_store_has_no_terms():
    numbers, terms = tokenize([]).folded_terms
    assert (numbers.tolist(), terms.tolist()) == ([], [])


def test_plain_words_are_those_of_a_plain_pattern():
    text = "The ferry sails at noon, and nobody minds."
    store = tokenize([text])
    expected = [match.span() for match in re.finditer(r"\w+", text)]
    assert list(zip(store.starts.tolist(), store.ends.tolist(), strict=True)) == expected
