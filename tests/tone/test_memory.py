"""Promises of pastepot.tone.memory."""

import pytest

from pastepot.tone import memory
from pastepot.tone.memory import Memory


def test_each_word_is_asked_once():
    asked = []
    lengths = Memory(lambda word: (asked.append(word), len(word))[1])
    assert [lengths[word] for word in ["port", "ferry", "port"]] == [4, 5, 4]
    assert asked == ["port", "ferry"]


def test_a_full_memory_starts_afresh_and_answers_as_before(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "REMEMBERED", 2)
    lengths = Memory(len)
    words = ["a", "bb", "ccc", "a", "bb"]
    assert [lengths[word] for word in words] == [1, 2, 3, 1, 2]
    assert len(lengths) <= 2


def test_a_long_word_is_answered_but_not_kept():
    lengths = Memory(len)
    assert lengths["x" * 101] == 101
    assert len(lengths) == 0
