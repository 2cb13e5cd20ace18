"""Paragraphs: whether a line break parts two of them."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.corpus.ledger import split_paragraphs

WRAPPED = (
    "The ferry company said on Monday that it would cut\nthe winter crossings to three a day and keep the\n"
    "price of a ticket as it is until the summer season.\n\n"
    "Crews said they had heard of it from the newspaper\nand would meet in the old customs house to decide.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("one", ["one"]),
        ("one\ntwo", ["one", "two"]),
        ("one\n\n\n two ", ["one", "two"]),
        ("Title\n\nA paragraph.\nAnother right below it.", ["Title", "A paragraph.", "Another right below it."]),
    ],
)
def test_each_line_is_a_paragraph(text, expected):
    assert [text[start:end] for start, end in split_paragraphs(text)] == expected


def test_a_text_cut_at_a_fixed_width_has_the_paragraphs_between_its_blank_lines():
    assert len(split_paragraphs(WRAPPED)) == 2


COLUMN = """THE NIGHT FERRY
The harbor board met
yesterday and after two
hours voted to keep the
night ferry running until
the end of June. Three
members spoke against it
and one was absent. The
crews, who asked for two
more boats, were told to
wait until the board meets
again in May.
Mayor Reyes was not there.
She had been called to the
capital, her office said, and
will answer when she is back
in the harbor on Thursday.
"""
POEM = """The harbour sleeps beneath the moon,
The night boat rides the swell. Alone
The crews, who know they sail too soon,
Sit waiting for the bell,
And one by one the lamps go out.
And nothing stirs at all. A shout."""
FREE_VERSE = """nobody
at the quay tonight. Only
gulls
and the long grey water that waits for the boats
to come
home
again. And I"""
RECIPE = """two cups of white flour
one cup of brown sugar
a pinch of fine sea salt
four eggs from the farm
half a litre of cold milk
some butter for the tin"""
TABLE = """Portham 14 boats 310 crew.
Velmouth 9 boats 204 crew.
Sandwick 6 boats 140 crew.
Meridian 5 boats 118 crew.
Harbourend 2 boats 40 crew."""
LIVE = """10.05 The board is about to meet.
10.20 Crews are at the gate. They wait.
10.45 The mayor has come by boat.
11.10 The vote is in. It was close.
11.25 The ferry stays until June."""


def test_lines_of_a_narrow_column_are_the_paragraphs_that_they_were():
    found = [COLUMN[start:end] for start, end in split_paragraphs(COLUMN)]
    assert found[0] == "THE NIGHT FERRY"
    assert " ".join(found[1].split()).endswith("again in May.")
    assert [len(paragraph.split()) for paragraph in found] == [3, 49, 27]


def test_a_blank_line_ends_a_paragraph_of_a_column_and_one_long_line_does_not_undo_it():
    text = COLUMN.replace("June. Three\n", "June. Three ").replace("\nMayor", "\n\nMayor")
    assert [len(text[start:end].split()) for start, end in split_paragraphs(text)] == [3, 49, 27]


@pytest.mark.parametrize(
    "text", [POEM, FREE_VERSE, RECIPE, TABLE, LIVE], ids=["poem", "verse", "list", "table", "live"]
)
def test_lines_that_are_meant_as_lines_stay(text):
    assert [text[start:end] for start, end in split_paragraphs(text)] == text.split("\n")


@pytest.mark.parametrize(("count", "paragraphs"), [(4, 4), (5, 1)])
def test_a_column_has_five_lines_at_least(count, paragraphs):
    text = "\n".join(COLUMN.split("\n")[6 : 6 + count])
    assert len(split_paragraphs(text)) == paragraphs


def test_every_word_of_a_column_is_counted_and_its_broken_words_are_whole():
    broken = COLUMN.replace("The harbor board met", "The gov-\nernment board met")
    words = pp.words(pp.read(pd.DataFrame({"text": [broken]})))
    assert words["part"].value_counts().to_dict() == {"body": 76, "title": 3}
    assert "government" in set(words["term"])


def test_fifty_thousand_blanks_and_blank_lines_cost_no_time():
    assert split_paragraphs(" " * 50_000 + "\n" * 20_000 + "end") == [(70_000, 70_003)]


@pytest.mark.parametrize(("width", "count"), [(44, 6), (45, 2), (46, 2), (99, 2), (100, 2), (101, 6)])
def test_lines_are_taken_as_cut_from_45_to_100_characters(width, count):
    block = "\n".join(["x" * width] * 3)
    assert len(split_paragraphs(f"{block}\n\n{block}\n")) == count


@pytest.mark.parametrize(("alone", "count"), [(0, 2), (1, 5)])
def test_half_of_the_lines_must_have_another_right_below(alone, count):
    line = "x" * 60
    assert len(split_paragraphs("\n\n".join([f"{line}\n{line}", f"{line}\n{line}", *[line] * alone]))) == count
