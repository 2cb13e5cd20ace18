"""The command line: tables on standard output, words on standard error, and the right exit code."""

import io
import json
import sys

import pandas as pd
import pytest

import pastepot as pp
from pastepot import cli, tables

HOSTILE = "\x1b]8;;http://x\x07click"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("Ferry crews vote\nThe crews met and the crews voted.", encoding="utf-8")
    (tmp_path / "other.txt").write_text("A boat waits for them.", encoding="utf-8")
    return tmp_path


def run(capfdbinary, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_every_table_has_a_command_and_every_command_a_public_function():
    assert set(cli.COMMANDS) == set(tables.TABLES)
    assert set(cli.COMMANDS) < set(pp.__all__)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_prints_its_table_with_the_columns_of_the_registry(name, folder, capfdbinary):
    extra = {"concordance": ["crews"], "collocates": ["crews"], "keyness": ["--target", "doc_id=a.txt"]}
    extra["targets"] = extra["targets_by"] = ["--name", "crews=crews"]
    extra["word_shift"] = ["--by", "doc_id"]
    code, out, err = run(capfdbinary, name, folder, *extra.get(name, []))
    if name == "trends":
        assert code == cli.NOTHING
        return
    assert code == cli.DONE
    assert out.splitlines()[0].split(",")[-len(tables.TABLES[name].columns) :] == list(tables.TABLES[name].columns)
    assert tables.TABLES[name].caption in err


def test_json_lines_and_csv_hold_the_same_rows(folder, capfdbinary):
    _, csv, _ = run(capfdbinary, "terms", folder)
    _, lines, _ = run(capfdbinary, "terms", folder, "--format", "jsonl")
    from_csv = pd.read_csv(io.StringIO(csv), keep_default_na=False)
    from_lines = pd.DataFrame(map(json.loads, lines.splitlines()))
    pd.testing.assert_frame_equal(from_csv, from_lines, check_dtype=False)


def test_out_writes_a_file_and_nothing_to_standard_output(folder, tmp_path, capfdbinary):
    target = tmp_path / "deep" / "terms.parquet"
    code, out, _ = run(capfdbinary, "terms", folder, "--out", target)
    assert (code, out) == (cli.DONE, "")
    assert pd.read_parquet(target)["term"].iloc[0] == "crews"


def test_standard_input_is_a_source(monkeypatch, capfdbinary):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"text": "The ferry sails.", "id": "a"}\n'))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, out, _ = run(capfdbinary, "words", "-")
    assert code == cli.DONE
    assert [line.split(",")[5] for line in out.splitlines()] == ["token", "The", "ferry", "sails"]


def test_problems_are_listed_and_the_exit_code_says_so(folder, capfdbinary):
    (folder / "b.txt").write_bytes(b"")
    code, out, err = run(capfdbinary, "terms", folder)
    assert code == cli.WITH_PROBLEMS
    assert "crews" in out
    assert "b.txt: the file is empty." in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["terms", "no/such/folder"], "source must be a file or folder that exists; there is no no/such/folder."),
        (["terms", "{folder}", "--by", "outlte"], "Did you mean 'outlet'?"),
        (["terms", "{folder}", "--format", "xml"], "pastepot terms: argument --format: invalid choice: 'xml'"),
        (["terms", "{folder}", "--out", "terms.cvs"], "format must be one of 'csv', 'jsonl', 'parquet'; got 'cvs'."),
        (["terms", "no/such/folder", "--out", "terms.xml"], "format must be one of"),
        (["collocates", "{folder}", "ferry", "--window", "few"], "'few' is neither a whole number"),
        (["trems", "{folder}"], "invalid choice: 'trems'"),
        (["concordance", "{folder}", "…"], "node must hold a word"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_two(arguments, sentence, folder, capfdbinary):
    try:
        code, out, err = run(capfdbinary, *[part.format(folder=folder) for part in arguments])
    except SystemExit as stop:
        code, (out, err) = stop.code, (part.decode() for part in capfdbinary.readouterr())
    assert (code, out) == (cli.NOTHING, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_no_control_character_of_a_corpus_reaches_the_terminal(form, tmp_path, capfdbinary):
    rows = [{"text": f"{HOSTILE} \u202edetrever", "title": HOSTILE, "id": HOSTILE}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name in ("articles", "sentences", "words"):
        _, out, err = run(capfdbinary, name, tmp_path / "a.jsonl", "--clean", "none", "--format", form)
        assert not {"\x1b", "\x07", "\u202e"} & set(out + err)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_no_control_character_of_a_column_s_name_reaches_the_terminal(form, tmp_path, capfdbinary):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "The ferry sails.", HOSTILE: "7"}), encoding="utf-8")
    _, out, err = run(capfdbinary, "articles", tmp_path / "a.jsonl", "--clean", "none", "--format", form)
    assert "http://x" in out
    assert not {"\x1b", "\x07"} & set(out + err)


def test_version_and_help_are_at_hand(capfdbinary):
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as stop:
            cli.main([option])
        assert stop.value.code == 0
    assert pp.__version__ in capfdbinary.readouterr().out.decode()
