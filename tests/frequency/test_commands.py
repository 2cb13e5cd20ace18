"""The commands of the tables of words: their columns, their options, their complaints; and what they don't load."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from harbour import DATES, OUTLETS, TOWN

from pastepot import tables
from pastepot.cli import DONE, NOTHING, main


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "town.jsonl"
    rows = [
        {"id": f"a{n}", "text": text, "outlet": outlet, "date": date, "title": "Ferry strike"}
        for n, (text, outlet, date) in enumerate(zip(TOWN, OUTLETS, DATES, strict=True))
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("table", "options", "first"),
    [
        ("terms", ["--by", "outlet", "--tf-idf", "tidy"], "outlet"),
        ("terms", ["--group", "stem", "--stop-lists", "function,pronouns", "--case", "label"], "term"),
        ("terms", ["--reprints", "once", "--min-docs", "2"], "term"),
        ("ngrams", ["--n", "2,3", "--within", "sentence"], "ngram"),
        ("concordance", ["ferry", "port", "--sort", "1L date"], "doc_id"),
        ("concordance", ["The", "the ferry", "--case", "exact", "--within", "article"], "doc_id"),
        ("collocates", ["the ferry", "--case", "fold", "--within", "paragraph"], "collocate"),
        ("trends", ["the ferry", "--case", "fold", "--within", "article"], "term"),
        ("terms", ["--group", "acronyms"], "term"),
        ("collocates", ["the ferry", "--window", "3,2", "--measure", "g2"], "collocate"),
        ("keyness", ["--target", "outlet=Gazette", "--target", "outlet=Post"], "term"),
        ("keyness", ["--target", "outlet=Gazette", "--reference", "month=2024-04"], "term"),
        ("diversity", ["--by", "outlet", "--window", "20"], "group"),
        ("trends", ["ferry", "strike", "--period", "week"], "term"),
        ("trends", [], "term"),
        ("headline_words", [], "doc_id"),
    ],
)
def test_a_command_prints_its_table(source: str, capfd, table: str, options: list[str], first: str):
    assert main([table, source, *options, "--clean", "none"]) == DONE
    out, err = capfd.readouterr()
    found = pd.read_csv(io.StringIO(out))
    assert found.columns[0] == first
    assert set(tables.TABLES[table].columns) <= set(found.columns)
    assert len(found)
    assert tables.TABLES[table].caption in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["collocates", "SRC", "ferry", "--measure", "logdyce"], "Did you mean 'log_dice'?"),
        (
            ["concordance", "SRC", "ferry|port"],
            "query 'ferry|port' has '|' at character 6, which is no part of a word.",
        ),
        (["targets", "SRC", "--name", "F=ferry*|port"], "has '|' at character 7"),
        (["concordance", "SRC", "ferry", "--within", "page"], "invalid choice: 'page'"),
        (["keyness", "SRC", "--target", "Gazette"], "'Gazette' is not of the form outlet=A"),
        (["keyness", "SRC", "--target", "outlet=Gazete"], "Did you mean 'Gazette'?"),
        (["terms", "SRC", "--stop-lists", "funktion"], "'function', 'pronouns', 'negations', 'news'"),
        (["ngrams", "SRC", "--n", "7"], "n must be whole numbers from 1 to 5"),
    ],
)
def test_a_wrong_option_is_one_sentence(source: str, capfd, arguments: list[str], said: str):
    arguments = [source if one == "SRC" else one for one in arguments]
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = stopped.code
    assert code == NOTHING
    err = capfd.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_two_articles_start_neither_a_compiler_nor_the_tests_of_scipy():
    code = """if True:
        import sys
        import pandas as pd
        import pastepot as pp
        from pastepot.frequency.diversity import vocabulary_growth
        c = pp.read(pd.DataFrame({"text": ["The old port. A ferry.", "The new port."], "outlet": ["A", "B"]}))
        pp.terms(c, by="outlet"), pp.ngrams(c), pp.concordance(c, "port"), pp.collocates(c, "port")
        pp.keyness(c, target={"outlet": "A"}), pp.diversity(c), vocabulary_growth(c)
        pp.headline_words(c), pp.stopwords("news")
        loaded = {"numba", "scipy.stats", "nltk", "matplotlib"} & set(sys.modules)
        assert not loaded, loaded"""
    subprocess.run([sys.executable, "-c", code], check=True)
