"""Plurals and lists: none, one, two, many."""

import pytest

from pastepot.wording import count_noun, count_part, count_times, list_words, quote_start, start_sentence, write_percent


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no copies"), (1, "1 copy"), (2, "2 copies"), (999, "999 copies"), (1000, "1,000 copies")]
)
def test_the_noun_follows_its_number(number, words):
    assert count_noun(number, "copy", "copies") == words


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        ("abcde", "a, b, c, d and e"),
        ("abcdef", "a, b, c, d, e and 1 more"),
        (range(1, 1236), "1, 2, 3, 4, 5 and 1,230 more"),
    ],
)
def test_a_list_ends_in_and_and_says_how_many_more_there_are(words, listed):
    assert list_words(words) == listed


def test_a_list_may_be_longer_or_shorter():
    assert list_words("abcdef", most=6) == "a, b, c, d, e and f"
    assert list_words("abcdef", most=1) == "a and 5 more"


@pytest.mark.parametrize(
    ("number", "total", "words"),
    [
        (0, 0, "no copy is late"),
        (0, 1, "no copy is late"),
        (0, 44, "no copy is late"),
        (1, 1, "the one copy is late"),
        (1, 2, "1 of 2 copies is late"),
        (1, 44, "1 of 44 copies (2%) is late"),
        (2, 2, "both copies are late"),
        (4, 9, "4 of 9 copies are late"),
        (44, 44, "all 44 copies are late"),
        (1, 4400, "1 of 4,400 copies (<1%) is late"),
        (4399, 4400, "4,399 of 4,400 copies (>99%) are late"),
    ],
)
def test_the_part_governs_the_verb_and_a_share_follows_its_counts(number, total, words):
    assert count_part(number, total, "copy", "is late", "are late", plural="copies", percent=True) == words


def test_a_part_has_no_share_unless_asked_and_no_verb_unless_given():
    assert count_part(5, 50, "row") == "5 of 50 rows"
    assert count_part(0, 50, "row") == "no row"


@pytest.mark.parametrize(("number", "words"), [(0, "never"), (1, "once"), (2, "2 times"), (1000, "1,000 times")])
def test_an_occurrence_is_counted_in_words(number, words):
    assert count_times(number) == words


@pytest.mark.parametrize(
    ("part", "total", "words"),
    [
        (0, 9, "0%"),
        (9, 9, "100%"),
        (1, 1000, "<1%"),
        (999, 1000, ">99%"),
        (1, 100, "1%"),
        (99, 100, "99%"),
        (2, 3, "67%"),
        (3, 40, "8%"),
        (9, 40, "23%"),
        (57, 200, "29%"),
    ],
)
def test_only_none_is_0_and_only_all_is_100_per_cent(part, total, words):
    assert write_percent(part, total) == words


def test_a_sentence_starts_with_a_capital_and_the_rest_stays():
    assert start_sentence("no article of the Gull is dated.") == "No article of the Gull is dated."
    assert start_sentence("") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Stay,” she said.", "“‘Stay,’ she said.”"),
        ('"Stay," she said.', "“‘Stay,’ she said.”"),
        ("stay?” she said. “No boat sails today,” he said", "“stay? she said. No boat sails …”"),
        ('stay?" she said. "No boat sails today," he said', "“stay? she said. No boat sails …”"),
        ("“Stay,” she said. “No boat sails today", "“‘Stay,’ she said. No boat sails …”"),
        ("‘Stay,’ she said. ‘No boat sails today", "“‘Stay,’ she said. No boat sails …”"),
        ("the crew’s boat doesn’t sail", "“the crew’s boat doesn’t sail”"),
        ("", "“”"),
    ],
)
def test_a_start_that_is_quoted_has_no_mark_without_its_partner(text, words):
    assert quote_start(text, 6) == words
