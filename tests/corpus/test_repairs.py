"""Character repairs: what is mended, and what must stay as it is."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.corpus.ledger import apply_decisions
from pastepot.corpus.repairs import _mojibake, _single_characters, find_repairs, uncurl_quotes

MENDED = [
    ("no-break space", "two\u00a0words", "two words"),
    ("figure space and narrow no-break space", "1\u2007000\u202fkm", "1 000 km"),
    ("soft hyphen", "time\u00adtable", "timetable"),
    ("zero-width space", "har\u200bbour", "harbour"),
    ("byte order mark", "\ufeffPort", "Port"),
    ("CRLF", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("line separator", "one\u2028two\x85three", "one\ntwo\nthree"),
    ("NUL", "a\x00b", "ab"),
    ("escape sequence", "\x1b[31mred", "[31mred"),
    ("decomposed letter", "cafe\u0301", "café"),
    ("letter and mark that a soft hyphen separates", "cafe\u00ad\u0301", "café"),
    ("mojibake", "It isnâ€™t late", "It isn’t late"),
    ("mojibake of a name", "the cafÃ© on the quay", "the café on the quay"),
]
CHANGED = [mark for mark in map(chr, range(sys.maxunicode + 1)) if uncurl_quotes(mark) != mark]
UNTOUCHED = ["“curly” ‘quotes’ stay", "½ and ™ stay", "a\u200db joiner", "Ångström", "x² + y", "naïve façade", "Zoë’s"]


@pytest.mark.parametrize(("raw", "clean"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_broken_characters_are_repaired_and_each_repair_is_a_row(raw, clean):
    decisions = find_repairs(raw)
    assert apply_decisions(raw, decisions).text == clean
    assert decisions
    assert {one.action for one in decisions} == {"replace"}


@pytest.mark.parametrize("raw", UNTOUCHED)
def test_characters_that_mean_something_stay(raw):
    assert find_repairs(raw) == []


def test_each_stretch_of_mojibake_is_a_row_of_its_own_and_the_words_between_keep_their_places():
    raw = "The ferryâ€™s crew saw the harbourâ€™s light"
    decisions = find_repairs(raw)
    assert [(raw[one.start : one.end], one.replacement) for one in decisions] == [("â€™", "’"), ("â€™", "’")]
    assert apply_decisions(raw, decisions).raw_span(13, 16) == (15, 18)


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
    assert uncurl_quotes(text) == expected


@pytest.mark.parametrize("text", ["5′ 11″", "café", "a `tick` and a grave à", 'it\'s "so"', "3 < 4 > 2 – 1", "😀"])
def test_what_is_no_quotation_mark_stays(text: str):
    assert uncurl_quotes(text) == text


BETWEEN = [
    *map(chr, range(0xC2, 0xE3)),
    *"“”‘’‚„€—–…œ™ðñï»¿",
    *"\xa0\x80\x9d\x81\xad\x85\u2028\ufffd\ud800 \t\r\nabe.\u0301\u0323🚢",
]


@given(st.text(alphabet=st.sampled_from(BETWEEN), max_size=24))
def test_no_text_that_looks_like_mojibake_stops_the_repair(raw: str):
    decisions = find_repairs(raw)
    assert all(0 <= one.start < one.end <= len(raw) for one in decisions)
    # What a repair makes of a stretch takes nothing else of it away.
    mended = apply_decisions(raw, list(_mojibake(raw))).text
    while singles := list(_single_characters(mended)):
        mended = apply_decisions(mended, singles).text
    assert apply_decisions(raw, decisions).text == mended


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("The mayor said â€œno moreâ€ and left.", "The mayor said “no more†and left."),
        ("Ð â€”", "Р—"),
        ("Ã â” ", "à ┠"),
        ("Â â€™", " ’"),
        ("donâ€™t and â€œyesâ€\x9d", "don’t and “yes”"),
    ],
)
def test_mojibake_that_lost_a_byte_is_mended_as_far_as_it_goes_and_noted(raw: str, clean: str):
    decisions = find_repairs(raw)
    assert apply_decisions(raw, decisions).text == clean
    assert decisions


@given(st.text(alphabet=st.sampled_from([*CHANGED, "a", "'", '"', "😀", "\ud800", "\n", "é"])))
def test_offsets_hold_and_nothing_else_changes(text: str):
    straight = uncurl_quotes(text)
    assert len(straight) == len(text)
    assert all(old == new or old in CHANGED for old, new in zip(text, straight, strict=True))
    assert uncurl_quotes(straight) == straight


def test_every_replaced_character_is_a_quotation_mark_or_apostrophe_by_name():
    names = [unicodedata.name(mark) for mark in CHANGED]
    assert len(names) == 18
    assert [name for name in names if "QUOTATION" not in name and "APOSTROPHE" not in name] == []
