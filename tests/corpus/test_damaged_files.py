"""Damaged files of every format: each gives articles or problems, never a traceback, and always the same."""

import random
from pathlib import Path

import format_examples as examples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot.corpus import encoding
from pastepot.corpus.readers.plain_text import read_text
from pastepot.corpus.readers.tabular import read_delimited
from pastepot.corpus.records import Problem, Record
from pastepot.corpus.source_files import read_files

MUTATIONS = 300
NAMES = sorted(examples.VALID)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with bytes changed, taken out, put in, repeated or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 1, 2, 7, 50))
        kind = chance.randrange(5)
        if kind == 0:
            changed[at : at + length] = chance.randbytes(length)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = chance.choice((b"\x00", b"\xff", b'"', b"\r", b"\n\n", b"<", b"\xc2\xa0", b"9" * 30))
        elif kind == 3:
            changed[at:at] = changed[at : at + length] * 3
        elif chance.random() < 0.3:
            del changed[at:]
    return bytes(changed)


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_gives_articles_or_problems(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 (a test must repeat itself)
    path = tmp_path / name
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(examples.VALID[name], chance))
        found = list(read_files(path))
        assert found
        for one in found:
            if isinstance(one, Problem):
                assert one.reason
                assert "\n" not in one.reason
            else:
                assert isinstance(one, Record)
                one.text.encode(one.encoding, "strict" if "\ufffd" not in one.text else "replace")
                assert one.text


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " ", "\u00a0", "The ferry sails.", "  1 of 1 DOCUMENTS\n", "  1 of 2 DOCUMENTS\n",
        "Gazette", "May 5, 2031", "LENGTH: 5 words\n\n", "BYLINE: A", "LOAD-DATE:\u00a0x", "GRAPHIC: x", "Copyright",
        "End of Document\n", f"{examples.LINE}\n", "Title: x\n", "By: y\n", "Full text: z\n", "Database: d", "---\n",
        "\ufeff", ",", '"', "text", "ü",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_an_article_of_a_text_file_is_a_stretch_of_it(whole: str) -> None:
    """Whatever the file: an export, a header, or neither; and a file that holds anything gives something."""
    found = list(read_text("a.txt", whole.encode()))
    assert found
    for one in found:
        if isinstance(one, Record):
            assert whole[one.file_start : one.file_start + len(one.text)] == one.text
            assert one.text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert all(isinstance(one, Record | Problem) for one in read_text("a.txt", data))
    assert all(isinstance(one, Record | Problem) for one in read_delimited("a.csv", b"text,id\n" + data))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_table_of_one_column_gives_its_texts(whole: str) -> None:
    quoted = whole.replace('"', '""')
    found = list(read_delimited("a.csv", f'text\n"{quoted}"\n'.encode()))
    expected = [whole] if whole.strip("\ufeff \t\r\n\f\v") else []
    assert [one.text for one in found if isinstance(one, Record)] == expected
    assert encoding.decode(whole.encode()).text == whole
