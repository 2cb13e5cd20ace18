"""Promises of pastepot.tone.normalise."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.tone.normalise import DOUBLE, SINGLE, straight_quotes
from pastepot.tone.vader import vader_scores


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("isn’t", "isn't"),
        ("‘late’", "'late'"),
        ("“late”", '"late"'),
        ("„late‟", '"late"'),
        ("«late» ‹or› not", "\"late\" 'or' not"),
        ("the crewʼs ＂pay＂", 'the crew\'s "pay"'),
    ],
)
def test_typographic_quotes_become_straight(text: str, expected: str):
    assert straight_quotes(text) == expected


@pytest.mark.parametrize("text", ["5′ 11″", "café", "a `tick` and a grave à", 'it\'s "so"', "3 < 4 > 2 – 1", "😀"])
def test_what_is_no_quotation_mark_stays(text: str):
    assert straight_quotes(text) == text


@given(st.text(alphabet=st.sampled_from([*SINGLE, *DOUBLE, "a", "'", '"', "😀", "\ud800", "\n", "é"])))
def test_offsets_hold_and_nothing_else_changes(text: str):
    straight = straight_quotes(text)
    assert len(straight) == len(text)
    assert all(old == new or old in SINGLE + DOUBLE for old, new in zip(text, straight, strict=True))
    assert straight_quotes(straight) == straight


@pytest.mark.parametrize("mark", [*SINGLE, *DOUBLE])
def test_every_replaced_character_is_a_quotation_mark_or_apostrophe_by_name(mark: str):
    name = unicodedata.name(mark)
    assert "QUOTATION" in name or "APOSTROPHE" in name


def test_a_negation_with_a_curly_apostrophe_is_seen():
    curly = "The ferry isn’t great"
    assert vader_scores([curly])[0][0] > 0
    assert vader_scores([straight_quotes(curly)])[0][0] < 0
