"""Damaged files of every format: each gives articles or problems, never a traceback, and always the same."""

import random
from pathlib import Path

import format_examples as examples
import pytest

from pastepot.corpus.folders import found_in
from pastepot.corpus.records import Problem, Record

MUTATIONS = 300


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


@pytest.mark.parametrize("name", sorted(examples.VALID))
def test_a_damaged_file_gives_articles_or_problems(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 (a test must repeat itself)
    path = tmp_path / name
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(examples.VALID[name], chance))
        found = list(found_in(path))
        assert found
        for one in found:
            if isinstance(one, Problem):
                assert one.reason
                assert "\n" not in one.reason
            else:
                assert isinstance(one, Record)
                one.text.encode(one.encoding, "strict" if "\ufffd" not in one.text else "replace")
                assert one.text.strip()
