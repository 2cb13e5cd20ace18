"""The sentence splitter by itself: cases, properties, hostile text, and its score on gold sentences where they lie."""

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pastepot.text.sentences import ABBREVIATIONS, is_abbreviation, sentence_starts, split_sentences

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "sentences.toml").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[3] / "shared"
CUT, GLUED = " / ", "/ "

# Few letters and many marks, so that stops, marks, white space and known words meet in every order.
PIECES = st.sampled_from(
    [
        *".!?…\"'”’“‘»«„)(]—-, \n\t\u00a0",
        *("Ruth", "left", "Yahoo", "im", "9", "Jahrhundert", "\n\n", "At ", "file", "King"),
        *("a", "B", "I", "5", "12", "Mr", "U.S", "Inc", "p.m", "Ore", "No", "Mai", "Ann", "said", "The", "Monday"),
        *(". ", "? ", '." ', '. " ', ", ", " said", ". The ", "z. B. ", "Mr. "),
    ]
)
PARAGRAPHS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def split_marked(marked: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"\s?/ ", marked)]


def cases(*kinds: str) -> list[object]:
    return [pytest.param(case["text"], id=case["label"]) for kind in kinds for case in CASES[kind]]


@pytest.mark.parametrize("marked", cases("in_the_wild", "negative", "synthetic"))
def test_case_is_cut_where_it_is_marked(marked: str):
    assert sentences(marked.replace(CUT, " ").replace(GLUED, "")) == split_marked(marked)


@pytest.mark.parametrize("marked", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="a limit of the rules; when it passes, move the case up")
def test_known_failure_is_cut_where_it_is_marked(marked: str):
    assert sentences(marked.replace(CUT, " ").replace(GLUED, "")) == split_marked(marked)


def test_no_case_cuts_after_a_stop_that_ends_nothing():
    assert not [case["label"] for case in CASES["negative"] if GLUED in case["text"]]


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u00a0\u2003"])
def test_blank_text_has_no_sentence(blank: str):
    assert split_sentences(blank) == []


def test_one_sentence_is_trimmed():
    assert split_sentences("  Reed left.\n") == [(2, 12)]


def test_first_and_last_of_three_sentences_are_there():
    assert split_sentences("One. Two. Three") == [(0, 4), (5, 9), (10, 15)]


def test_offsets_count_code_points():
    assert split_sentences("😀 Ahoy. 😀 Reed left.") == [(0, 20)]
    assert split_sentences("Ahoy 😀. Reed left.") == [(0, 7), (8, 18)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("One only", []),
        ("One. Two? Three", [5, 10]),
        ("Mr. Cole met J. Marn. Then he left.", [22]),
        ("“One.” Two", [7]),
        ("about 3.5 kg. and more", []),
        ("A heading\nThe boats left.", [10]),
        ("A heading\nthat runs on", []),
        ("One.\n\nTwo", [6]),
        ("One.\n\ntwo", [6]),
        ("One.\ntwo", []),
        ("One.\r\n\r\ntwo", [8]),
        ("sold to Marn Ltd.\nMarn sails on", [18]),
        ("sold to Marn Ltd.\nin May", []),
        ("One.\rTwo", [5]),
        ("a crew of the U.S. Navy", []),
    ],
)
def test_a_stretch_has_its_sentence_starts(text: str, starts: list[int]):
    assert list(sentence_starts(text, 0, len(text))) == starts


@pytest.mark.parametrize(("end", "starts"), [(4, []), (5, [5]), (6, [5])])
def test_a_sentence_may_start_where_the_stretch_ends(end: int, starts: list[int]):
    assert list(sentence_starts("One. Two", 0, end)) == starts


def test_a_stop_before_the_stretch_starts_nothing():
    assert list(sentence_starts("One. Two. Three", 4, 15)) == [10]


@given(PARAGRAPHS.map(lambda text: " ".join(text.split())))
def test_a_stretch_of_one_line_starts_its_sentences_where_the_splitter_does(text: str):
    # Marks between two spaces apart: the splitter gives them to the side they belong to.
    if not re.search(r"""[.!?…]["'”’“‘»«›‹)\]}]*\s["'”’»)\]}]+\s""", text):
        assert list(sentence_starts(text, 0, len(text))) == [start for start, _ in split_sentences(text)[1:]]


@pytest.mark.parametrize("word", sorted(ABBREVIATIONS))
def test_a_listed_abbreviation_keeps_its_stop(word: str):
    assert is_abbreviation(word)


@pytest.mark.parametrize("word", ["", "a", "said", "Marn", "MR"])
def test_other_words_keep_none(word: str):
    assert not is_abbreviation(word)


@given(PARAGRAPHS)
@example("\ud800. A")
def test_spans_are_ordered_disjoint_trimmed_and_cover_every_mark(text: str):
    spans = split_sentences(text)
    places = [place for start, end in spans for place in range(start, end)]
    assert places == sorted(set(places))
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(PARAGRAPHS)
@example('"Why?" Ann It. The asked. U.S. The.’ He')
def test_a_sentence_split_again_stays_whole(text: str):
    assert all(split_sentences(sentence) == [(0, len(sentence))] for sentence in sentences(text))


@given(PARAGRAPHS)
def test_no_sentence_consists_of_marks_unless_the_paragraph_does(text: str):
    found = sentences(text)
    assert len(found) < 2 or all(any(c.isalnum() for c in sentence) for sentence in found)


@given(PARAGRAPHS)
def test_white_space_around_a_paragraph_only_moves_the_spans(text: str):
    moved = split_sentences(f"\n  {text} \t")
    assert [(start - 3, end - 3) for start, end in moved] == split_sentences(text)


@given(st.lists(st.sampled_from(["Reed left.", "Why not?", "Nobody knew!", "(It rained.)", "“No.”"]), min_size=1))
def test_plain_sentences_are_found_whatever_their_order(plain: list[str]):
    assert sentences(" ".join(plain)) == plain


@pytest.mark.parametrize(
    "unit",
    [
        *(".", "a", " ", "!", '"', "“", ". ", '. "', '." ', '. " ', "? (", "A. ", "I. ", "Mr. ", "U.S. ", "!) "),
        *('?" a ', '?" Ann said ', ". — ", "a.", "a-", ".\n", "…”", "5. ", "x" * 24 + ". "),
    ],
)
@pytest.mark.parametrize("ending", ["", ".", " A. B"])
def test_hostile_text_does_not_hang(unit: str, ending: str):
    text = unit * (200_000 // len(unit)) + ending
    started = time.process_time()
    split_sentences(text)
    assert time.process_time() - started < 20
