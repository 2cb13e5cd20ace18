"""Paragraphs: whether a line break parts two of them."""

import pytest

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
