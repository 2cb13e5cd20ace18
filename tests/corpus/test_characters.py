"""Character repairs: what is mended, and what must stay as it is."""

import pytest

from pastepot.corpus.characters import character_decisions
from pastepot.corpus.ledger import view

MENDED = [
    ("no-break space", "two\u00a0words", "two words"),
    ("soft hyphen", "time\u00adtable", "timetable"),
    ("zero-width space", "har\u200bbour", "harbour"),
    ("byte order mark", "\ufeffPort", "Port"),
    ("CRLF", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("line separator", "one\u2028two\x85three", "one\ntwo\nthree"),
    ("NUL", "a\x00b", "ab"),
    ("escape sequence", "\x1b[31mred", "[31mred"),
    ("decomposed letter", "cafe\u0301", "café"),
    ("mojibake", "It isnâ€™t late", "It isn’t late"),
    ("mojibake of a name", "the cafÃ© on the quay", "the café on the quay"),
]
UNTOUCHED = ["“curly” ‘quotes’ stay", "½ and ™ stay", "a\u200db joiner", "Ångström", "x² + y", "naïve façade", "Zoë’s"]


@pytest.mark.parametrize(("raw", "clean"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_broken_characters_are_repaired_and_each_repair_is_a_row(raw, clean):
    decisions = character_decisions(raw)
    assert view(raw, decisions).text == clean
    assert decisions
    assert {one.action for one in decisions} == {"replace"}


@pytest.mark.parametrize("raw", UNTOUCHED)
def test_characters_that_mean_something_stay(raw):
    assert character_decisions(raw) == []


def test_each_stretch_of_mojibake_is_a_row_of_its_own_and_the_words_between_keep_their_places():
    raw = "The ferryâ€™s crew saw the harbourâ€™s light"
    decisions = character_decisions(raw)
    assert [(raw[one.start : one.end], one.replacement) for one in decisions] == [("â€™", "’"), ("â€™", "’")]
    assert view(raw, decisions).raw_span(13, 16) == (15, 18)
