"""The table of formats in docs/formats.md is the one that the examples of the tests give."""

import pytest
from formats_page import EXAMPLES, KINDS, ROOT, page_text

from pastepot.corpus.source_files import READERS


def test_the_page_is_made_from_the_tests() -> None:
    pytest.importorskip("trafilatura")
    pytest.importorskip("openpyxl")
    assert (ROOT / "docs" / "formats.md").read_text(encoding="utf-8") == page_text()


def test_the_page_has_every_example_and_every_ending_that_is_read() -> None:
    assert sorted(name for *_, names in KINDS for name in names) == sorted(EXAMPLES)
    text = " ".join(kind for kind, *_ in KINDS).replace("Parquet", ".parquet")
    assert [ending for ending in READERS if ending not in text] == [".pdf"]
