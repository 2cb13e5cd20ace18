"""ProQuest text exports."""

import format_examples as examples
import pytest

from pastepot.corpus.readers.plain_text import read_text
from pastepot.corpus.records import Problem, Record


def test_each_record_is_an_article_with_its_fields() -> None:
    whole = examples.proquest().decode()
    found = list(read_text("p.txt", whole.encode()))
    first, second = (one for one in found if isinstance(one, Record))
    assert len(found) == 2
    assert (first.title, first.outlet, first.author) == ("Ferries stay in port", "Quayhaven Gazette", "Ada Quay")
    assert (first.date, first.date_source) == ("May 5, 2031", "proquest txt: publication date")
    assert first.fields["location"] == "Quayhaven"
    assert first.text == examples.FERRY
    assert (second.title, second.outlet, second.text) == ("Port empty", "The Harbour Post", examples.PORT)
    for one in (first, second):
        assert whole[one.file_start :].startswith(one.text)


@pytest.mark.parametrize("says", [1, 7])
def test_a_count_that_disagrees_is_told_and_nothing_dropped(says: int) -> None:
    found = list(read_text("p.txt", examples.proquest(says=says)))
    assert found[0] == Problem("p.txt", "", f"the file has 2 records, but says {says}")
    assert len(found) == 3


def test_a_record_without_text_is_told() -> None:
    none = examples.proquest().replace(b"Full text: The", b"Notes: The")
    assert next(read_text("p.txt", none)) == Problem(
        "p.txt", "record 1", "it has no full text; export it with its full text"
    )
    empty = examples.proquest().replace(examples.FERRY.encode(), b"")
    assert next(read_text("p.txt", empty)) == Problem("p.txt", "record 1", "it has no text")


def test_a_row_of_underscores_alone_is_no_export() -> None:
    (found,) = read_text("a.txt", f"{examples.FERRY}\n{examples.LINE}\n{examples.PORT}".encode())
    assert isinstance(found, Record)
    assert found.reader == "txt"


def test_an_export_without_a_record_is_a_problem() -> None:
    assert list(read_text("p.txt", f"{examples.LINE}\nContact ProQuest\n".encode())) == [
        Problem("p.txt", "", "a ProQuest export without a record")
    ]
