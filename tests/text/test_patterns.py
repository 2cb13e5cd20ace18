"""Patterns: what they mean, where they stand, and that no pattern or text is slow."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.errors import PastepotError
from pastepot.text.patterns import find_node, find_pattern, split_pattern, token_positions, wildcard
from pastepot.text.tokens import Tokens, tokenize

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "terms_patterns.toml").read_text("utf-8"))["case"]
TEXTS = st.lists(st.text(alphabet="ab ", min_size=1, max_size=12).map(lambda text: text + " a"), min_size=1, max_size=4)


def tokens_of(*texts: str) -> Tokens:
    return tokenize(texts)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_pattern_means_these_words(case: dict[str, object]):
    for word, wanted in [(word, 1) for word in case["fits"]] + [(word, 0) for word in case["misses"]]:
        assert len(find_pattern(tokens_of(f"({word})"), str(case["pattern"]))[0]) == wanted, word


@given(TEXTS, st.lists(st.sampled_from(["a", "b", "ab", "ba", "aa"]), min_size=1, max_size=3))
def test_places_are_those_of_a_plain_search(texts: list[str], phrase: list[str]):
    tokens = tokens_of(*texts)
    expected, offset = [], 0
    for words in (text.split() for text in texts):
        expected += [offset + n for n in range(len(words)) if words[n : n + len(phrase)] == phrase]
        offset += len(words)
    assert find_pattern(tokens, " ".join(phrase))[0].tolist() == expected


def test_a_phrase_never_runs_over_an_article_s_end():
    tokens = tokens_of("the port", "authority slept", "port authority")
    assert find_pattern(tokens, "port authority")[0].tolist() == [4]


def test_of_several_patterns_each_place_counts_once_and_the_longest_wins():
    tokens = tokens_of("port authority, port; nobody")
    first, last = find_node(tokens, ["port", "port authority", "p*"])
    assert (first.tolist(), last.tolist()) == ([0, 2], [1, 2])


def test_a_pattern_of_many_words_finds_what_few_do():
    tokens = tokens_of(" ".join(f"a{number}" for number in range(700)))
    assert len(find_pattern(tokens, "a*")[0]) == 700
    assert len(find_pattern(tokens, "a1*")[0]) == len([n for n in range(700) if str(n).startswith("1")])


def test_postings_list_the_tokens_of_each_form_in_order():
    bounds, order = tokens_of("a b a", "c b a").postings
    assert (bounds.tolist(), order.tolist()) == ([0, 3, 5, 6], [0, 2, 5, 1, 4, 3])


def test_no_form_has_no_places():
    assert token_positions(tokens_of("a"), []).tolist() == []


@pytest.mark.parametrize("pattern", ["*a" * 2000 + "b", "a" * 100_000, "*" * 100_000 + "b", "?" * 1000 + "*b"])
def test_hostile_patterns_take_linear_time(pattern: str):
    started = time.process_time()
    wildcard(pattern).fullmatch("a" * 100_000)
    split_pattern(pattern + "a")
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ("…", "node must hold a word, as 'port', 'climat*' or 'United Nations'; got '…'."),
        (3, "node must be text, as 'port' or 'United Nations'; got int."),
        ([], "node must hold a word, as 'port', 'climat*' or 'United Nations'; got none."),
    ],
)
def test_a_node_without_words_is_refused(node: object, message: str):
    with pytest.raises(PastepotError) as caught:
        find_node(tokens_of("a"), node)
    assert str(caught.value) == message
