"""Language: guessed from the first 400 characters, and not at all from fewer than 200."""

import pytest

from pastepot.corpus.metadata import TOO_SHORT, identify_language, is_unspaced

ENGLISH = "The ferry company and its crews met again on Monday to talk about the new timetable of the harbour. " * 9
GERMAN = "Die Fähre und ihre Leute trafen sich am Montag noch einmal, um über den neuen Fahrplan zu sprechen. " * 9


@pytest.mark.parametrize(("count", "guess"), [(199, TOO_SHORT), (200, "en"), (201, "en")])
def test_a_language_is_guessed_from_two_hundred_characters_on(count, guess):
    text = (ENGLISH[:150] + "x" * 99)[:count]
    assert identify_language(f"  {text}\n") == guess


def test_blanks_do_not_make_a_text_longer():
    assert identify_language(" \n" * 200 + ENGLISH[:100]) == TOO_SHORT


def test_what_stands_behind_four_hundred_characters_does_not_matter():
    assert identify_language(ENGLISH[:400] + " " + GERMAN * 9) == "en"


@pytest.mark.parametrize(
    ("text", "found"), [("港abc", False), ("港ab", False), ("港a", True), ("港", True), ("ab", False)]
)
def test_more_than_a_third_of_the_characters_must_be_of_a_script_without_spaces(text, found):
    assert is_unspaced(text) is found
