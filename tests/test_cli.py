"""The command line: tables on standard output, words on standard error, and the right exit code."""

import argparse
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

import pastepot as pp
from pastepot import cli, files, tables
from pastepot.corpus.read import Cleaning
from pastepot.reporting.page import Excerpts

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


@pytest.mark.parametrize(
    ("option", "taken"), [("format", files.FORMATS), ("clean", get_args(Cleaning)), ("excerpts", get_args(Excerpts))]
)
def test_the_commands_offer_what_the_functions_take(option, taken):
    assert tuple(files.data("commands.toml")["options"][option]["choices"]) == taken


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
        (["concordance", "{folder}", "…"], "query '…' has '…' at character 1, which is no part of a word."),
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


@pytest.fixture
def given(monkeypatch):
    """Return what a table's function was given: its command's options as Python values, and the corpus."""
    noted = {}

    def note(name):
        def make(corpus, **options):
            noted.update(corpus=corpus, options=options)
            return tables.empty(name)

        return make

    for name in ("collocates", "keyness", "terms"):
        monkeypatch.setattr(pp, name, note(name))
    return noted


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["collocates", "{folder}", "crews", "--window", "3"], {"node": "crews", "window": [3, 3]}),
        (["collocates", "{folder}", "crews", "port", "--window", "3,2"], {"node": ["crews", "port"], "window": [3, 2]}),
        (
            ["keyness", "{folder}", "--target", "outlet=A", "--target", "outlet=B", "--reference", "month=2031-01"],
            {"target": {"outlet": ["A", "B"]}, "reference": {"month": ["2031-01"]}},
        ),
        (["terms", "{folder}", "--parts", "body, title", "--per", "100"], {"parts": ["body", "title"], "per": 100}),
        (["terms", "{folder}", "--parts", "all"], {"parts": "all"}),
    ],
)
def test_options_reach_the_function_as_it_takes_them(arguments, options, given, folder, capfdbinary):
    code, _, _ = run(capfdbinary, *[part.format(folder=folder) for part in arguments])
    assert (code, given["options"]) == (cli.DONE, options)


def test_what_a_rule_is_to_do_reaches_the_cleaning(given, folder, capfdbinary):
    run(capfdbinary, "terms", folder, "--drop", "byline", "--label", "copyright,share", "--off", "comment_form")
    actions = given["corpus"].actions
    assert [actions[rule] for rule in ("byline", "copyright", "share")] == ["drop", "label", "label"]
    assert "comment_form" not in actions


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["--out", "terms.CSV"], "term,"),
        (["--out", "terms.csv", "--format", "jsonl"], '{"term"'),
        (["--out", "terms.jsonl"], '{"term"'),
    ],
)
def test_the_format_is_that_of_the_option_else_of_the_file_s_name(arguments, first, folder, monkeypatch, capfdbinary):
    monkeypatch.chdir(folder)
    assert run(capfdbinary, "terms", "a.txt", *arguments)[0] == cli.DONE
    assert (folder / arguments[1]).read_text(encoding="utf-8").startswith(first)


@pytest.mark.parametrize(
    ("empty", "last"), [(20, "e19.txt: the file is empty."), (30, "10 more; the command problems")]
)
def test_twenty_problems_are_listed_and_the_others_counted(empty, last, folder, capfdbinary):
    for number in range(empty):
        (folder / f"e{number:02}.txt").write_bytes(b"")
    code, _, err = run(capfdbinary, "terms", folder)
    assert code == cli.WITH_PROBLEMS
    assert err.count("the file is empty") == 20
    assert last in err.splitlines()[-1]


def test_a_remark_on_the_corpus_is_said_and_is_no_problem(folder, monkeypatch, capfdbinary):
    corpus = replace(pp.read(folder), remarks=("Some lines were kept.",))
    monkeypatch.setattr(cli, "read", lambda *_, **__: corpus)
    code, _, err = run(capfdbinary, "terms", folder)
    assert (code, err.splitlines()[-1]) == (cli.DONE, "Some lines were kept.")


def test_the_report_gets_its_options_and_names_its_page(folder, tmp_path, monkeypatch, capfdbinary):
    def make(source, *, out, excerpts):
        return out / f"{Path(source).name}-{excerpts}.html", pp.read(source)

    monkeypatch.setattr("pastepot.reporting.notebooks.write_report", make)
    code, out, err = run(capfdbinary, "report", folder / "a.txt", "--out", tmp_path, "--excerpts", "none")
    assert (code, out, err.splitlines()[0]) == (cli.DONE, "", f"Wrote {tmp_path / 'a.txt-none.html'}.")


def test_a_reader_that_has_enough_is_no_failure_and_a_stop_is_one(monkeypatch, capfdbinary):
    def stop(error):
        def work(_):
            raise error

        return cli.run(work, argparse.Namespace(out=None))

    turned = []
    with monkeypatch.context() as patch:  # what pytest captures needs the true one again
        patch.setattr(cli.os, "dup2", lambda *handles: turned.append(handles))
        assert stop(BrokenPipeError()) == cli.DONE
    assert len(turned) == 1
    assert stop(KeyboardInterrupt()) == cli.NOTHING
    assert stop(PermissionError(13, "Permission denied", "a.csv")) == cli.NOTHING
    assert capfdbinary.readouterr().err.decode().splitlines() == [
        "Stopped; nothing was left half written.",
        "a.csv cannot be written or read: Permission denied.",
    ]


def test_a_table_says_what_was_counted_its_note_and_the_settings_that_were_chosen():
    about = {"corpus": "port", "counted": "Counted 3 words.", "method": "By hand.", "note": "One is doubtful."}
    made = tables.empty("problems", **about, settings={"by": None, "stop": [], "parts": (), "per": 100})
    assert tables.describe_table(made).endswith(
        " Corpus: port. Counted 3 words. By hand. One is doubtful. Settings: per=100."
    )


def test_a_table_has_no_attribute_of_the_frame_it_was_built_from():
    frame = pd.DataFrame({"path": ["a"], "where": [""], "reason": [""]})
    frame.attrs |= {"counted": "Counted 3 words."}
    assert tables.build("problems", frame, corpus="port").attrs.keys() == {"corpus", "table", "made", "rows"}
