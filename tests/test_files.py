"""The only writer: the old or the new, never half; and never anything but a plain file."""

import contextlib
import json
import os
import stat
from pathlib import Path

import pandas as pd
import pytest

from pastepot import files
from pastepot.errors import PastepotError


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = files.write(tmp_path / "new folder" / "a.txt", "ferry\n")
    files.write(path, b"quay")
    assert path.read_bytes() == b"quay"
    assert [found.name for found in path.parent.iterdir()] == ["a.txt"]


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path):
    path = files.write(tmp_path / ("a" * 251 + ".txt"), "ferry")
    assert path.read_text(encoding="utf-8") == "ferry"


def test_what_breaks_off_leaves_the_old_file(tmp_path):
    path = files.write(tmp_path / "a.txt", "old")
    with contextlib.suppress(KeyError), files.atomic_file(path) as file:
        file.write(b"half")
        raise KeyError
    assert {found.name: found.read_text() for found in tmp_path.iterdir()} == {"a.txt": "old"}


@pytest.mark.parametrize("place", [".", os.devnull])
def test_a_folder_or_a_device_is_never_replaced(place, tmp_path):
    with pytest.raises(PastepotError, match="is not a plain file"):
        files.write(tmp_path / place, "lost")
    assert not (tmp_path / place).is_file()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    files.write(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_folder_takes_the_old_ones_place_or_leaves_it(tmp_path):
    out = tmp_path / "report"
    for number in range(2):
        with files.atomic_folder(out) as folder:
            (folder / f"{number}.txt").write_text("page")
    with pytest.raises(KeyError), files.atomic_folder(out):
        raise KeyError
    assert [found.name for found in tmp_path.rglob("*")] == ["report", "1.txt"]


def test_a_folder_that_cannot_be_put_in_place_gives_the_old_one_back(tmp_path, monkeypatch):
    out = tmp_path / "report"
    with files.atomic_folder(out) as folder:
        (folder / "old.txt").write_text("page")
    move = files.Path.replace

    def refused(self, target):
        if self.name.endswith(".part") and not self.name.endswith(".old.part"):
            raise PermissionError
        return move(self, target)

    monkeypatch.setattr(files.Path, "replace", refused)
    with pytest.raises(PermissionError), files.atomic_folder(out) as folder:
        (folder / "new.txt").write_text("page")
    assert [found.name for found in tmp_path.rglob("*")] == ["report", "old.txt"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder cannot be opened to make it durable")
def test_bytes_are_durable_before_the_name_and_the_name_is_durable_at_last(tmp_path, monkeypatch):
    steps = []
    sync, replace = os.fsync, os.replace

    def record_sync(handle):
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"file of {os.fstat(handle).st_size} bytes"
        steps.append(f"sync {kind}")
        sync(handle)

    def record_replace(source, target):
        steps.append(f"rename to {Path(target).name}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "replace", record_replace)
    files.write(tmp_path / "a.txt", "ferry\n")
    assert steps == ["sync file of 6 bytes", "rename to a.txt", "sync folder"]
    steps.clear()
    with files.atomic_folder(tmp_path / "report"):
        pass
    assert steps == ["rename to report", "sync folder"]


def test_json_lines_have_null_for_what_is_missing_a_day_for_a_date_and_any_column_s_name(tmp_path):
    numbers = {"100% %s": [0.5, float("nan")], "count": pd.array([2, None], "Int64")}
    frame = pd.DataFrame({**numbers, "date": pd.to_datetime(["2031-01-07", None]), "text": ["é", None]})
    lines = files.write_table(frame, tmp_path / "a.jsonl", format="jsonl").read_text(encoding="utf-8")
    assert lines == (
        '{"100% %s": 0.5, "count": 2, "date": "2031-01-07", "text": "é"}\n'
        '{"100% %s": null, "count": null, "date": null, "text": null}\n'
    )


def test_json_lines_of_a_long_table_have_all_its_rows(tmp_path):
    frame = pd.DataFrame({"n": range(4098)})
    lines = files.write_table(frame, tmp_path / "a.jsonl", format="jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["n"] for line in lines] == list(range(4098))
