"""Lines of a database export: labels, where the article ends, and what becomes of a label's value."""

import pytest

from pastepot.corpus.readers.export_lines import fill_record, find_tail, read_labelled_lines, split_lines
from pastepot.corpus.records import Record, UnreadableError

CERTAIN, LIKELY = {"database"}, {"subject", "location"}


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("The ferry sails.\n\nDatabase: News", 2),
        ("The ferry sails.\n\nSubject: Ferries\n\nLocation: Quay\n\nDatabase: News", 2),
        ("Subject: no tail yet.\n\nThe ferry sails.\n\nSubject: Ferries\n\nDatabase: News", 4),
        ("The ferry sails.\nSubject: no block of its own.\n\nDatabase: News", 3),
        ("The ferry sails.\n\nSubject: Ferries", 3),
        ("Database: News", 0),
        ("Database: none, said the sign.\n\nThe ferry sails.\n\nDatabase: News", 4),
        ("The ferry sails.\n\nDatabase:\u00a0U.S. News.", 2),
        ("The ferry sails.\n\nSubject: Ferries etc.\n\nDatabase: News", 2),
    ],
)
def test_the_tail_starts_at_a_certain_label_or_at_the_likely_blocks_right_before_it(text: str, tail: int) -> None:
    assert find_tail(split_lines(text), CERTAIN, LIKELY) == tail


def test_a_value_goes_on_to_the_next_label_or_blank_line() -> None:
    block = split_lines("Subject: Ferries;\n Strikes\nLocation: Quay\n\nnot of it\nSubject: Ports")
    assert read_labelled_lines(block, LIKELY) == {"subject": "Ferries; Strikes Ports", "location": "Quay"}


def test_labels_fill_the_columns_that_are_named_and_others_of_their_own() -> None:
    article = Record("Text.", "a.txt", "nexis", where="article 2")
    labels = {"byline": "Ada Quay", "load-date": "May 6, 2031", "empty": "", "date": "2031-05-05"}
    record = fill_record(article, labels, names={"byline": "author"}, dated="date line")
    assert (record.author, record.date, record.date_source) == ("Ada Quay", "2031-05-05", "nexis: date line")
    assert dict(record.fields) == {"load_date": "May 6, 2031"}
    with pytest.raises(UnreadableError, match=r"^it has no text$"):
        fill_record(article._replace(text=""), labels, names={}, dated="date line")


def test_a_value_that_begins_below_its_label_has_no_space_before_it() -> None:
    assert read_labelled_lines(split_lines("Subject:\nFerries\nStrikes"), LIKELY) == {"subject": "Ferries Strikes"}
