"""Wrong arguments: every public function says in one sentence which argument is wrong, what came, and what to do."""

import inspect
import pydoc
import re
from pathlib import Path
from typing import Annotated, get_origin, get_type_hints

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import pastepot as pp
from pastepot import files
from pastepot.errors import PastepotError

TEXT = "The ferry to the harbour was praised by the crews of the old port on Monday."
CORPUS = pp.read(
    pd.DataFrame({"text": [TEXT, TEXT + " Crews wait."], "outlet": ["Gazette", "Post"], "date": ["2031-03-01", ""]})
)
FUNCTIONS = {name: getattr(pp, name) for name in pp.__all__ if inspect.isfunction(getattr(pp, name, None))}
TERMS, PASSAGES = pp.terms(CORPUS), pp.passages(CORPUS)
SAID = pp.read(pd.DataFrame({"text": ["According to Ada Quay, the boat sails at noon."]}))
SUBJECTS = {
    "plot_dispersion": pp.concordance(CORPUS, "port"),
    "plot_passages": PASSAGES,
    "plot_attributions": pp.attributions(SAID),
    "plot_sources": pp.sources(SAID),
}
GIVEN = {
    "a path": Path("articles/a.csv"),
    "text": "b.csv",
    "no value": None,
    "a corpus": CORPUS,
    "a table": TERMS,
    "a frame of the user": pd.DataFrame({"text": ["one", "two"], "line\nbreak": ["x\ny", "z"]}),
    "a row": TERMS.iloc[0],
    "a mapping": {"NATO": ["NATO", "the alliance"]},
    "a mapping to numbers": {"NATO": 3, "EU": None},
    "a mapping from numbers": {3: "NATO"},
    "words": ["EU", "NATO"],
    "a set of words": {"EU", "NATO"},
    "tables": [TERMS],
    "numbers": [1, 2],
    "pairs of lists": [["port", ["port"]], ["ferry", ["ferry"]]],
    "nested words": [["port"], ["ferry"]],
    "a number": 3,
    "half a number": 0.5,
    "a truth value": True,
    "a class": Path,
    "a function": len,
    "bytes": b"ferry",
    "an array": np.array([[1.0, 2.0], [2.0, 1.0]]),
}
TABLES = {"a table", "a frame of the user"}
FITTING = {
    "corpus": "a corpus",
    "frame df coded": "a table, a frame of the user",
    "table passages articles scores": "a table, a frame of the user, no value",
    "ax scorers": "no value",
    "within": "text, no value",
    "parts stop_lists sort node": "words, a set of words, text",
    "stop drop label off": "words, a set of words",
    "by clean dates encoding outlet group tf_idf match a b": "text, no value",
    "min_words max_gap": "a number, no value",
    "source": "a table, a frame of the user, a path, text, words, a set of words, no value",
    "columns": "a mapping, no value",
    "path": "a path, text",
    "out": "a path, text, no value",
    "target": "a mapping",
    "reference": "a mapping, no value",
    "names": "a mapping, pairs of lists",
    "sheets": "a table, a frame of the user, a path, text",
    "tools": "words, a set of words, no value",
    "n window": "a number, numbers",
    "evidence": "a table, a frame of the user, tables",
    "passage": "a number, a row, a mapping, a mapping to numbers",
    "ratings": "a table, a frame of the user, an array, numbers",
    "lrc per_article": "a truth value",
    "doc_id text name measure": "text",
}
"""What each argument may be, written apart from its annotation; what is not listed is a whole number."""

ALLOWED = {argument: kinds.split(", ") for arguments, kinds in FITTING.items() for argument in arguments.split()}
SIGNATURES = {name: inspect.signature(function) for name, function in FUNCTIONS.items()}
CASES = [
    (name, argument) for name, function in FUNCTIONS.items() for argument in inspect.signature(function).parameters
]


def usual(name):
    """Return arguments that a function works with."""
    needed = {
        "corpus": CORPUS,
        "node": "port",
        "names": {"port": "port"},
        "target": {"outlet": "Gazette"},
        "doc_id": "row 1",
        "passage": 0,
        "text": "Two articles.",
        "ratings": [[1, 0, 1], [1, 0, 0]],
        "sheets": pp.coding_sheet(CORPUS),
        "frame": TERMS,
        "df": SUBJECTS.get(name, TERMS),
        "name": "terms",
        "path": "saved",
        "coded": pd.DataFrame({"doc_id": [], "sentence": [], "coder": [], "label": []}),
        "source": pd.DataFrame({"text": [TEXT]}),
    }
    parameters = SIGNATURES[name].parameters.values()
    chosen = {one.name: needed[one.name] for one in parameters if one.default is one.empty and one.name != "ax"}
    return chosen | ({"ax": plt.figure().subplots()} if name == "figure" else {})


@pytest.mark.parametrize(("name", "argument"), [case for case in CASES if case[0] != "stopwords"])
def test_a_wrong_argument_is_one_sentence_that_names_it(name, argument, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for kind, value in GIVEN.items():
        fits = kind in ALLOWED.get(argument, ["a number"]) or (name, argument, kind) == ("trends", "node", "no value")
        if fits and name in ("report", "save"):
            continue
        try:
            FUNCTIONS[name](**{**usual(name), argument: value})
        except PastepotError as error:
            message = str(error)
            assert kind not in TABLES or "no rows" in message or re.match(f"{argument}|the sheet of", message), (
                kind,
                message,
            )
            assert fits or re.match(rf"{argument} (must|lacks)\b", message), (kind, message)
            assert fits or re.fullmatch(r"[^\n]{,400}\.", message), (kind, message)
        else:
            assert fits, kind
        finally:
            plt.close("all")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pp.terms("b.csv"), "corpus must be a Corpus; got 'b.csv', so read it first: corpus = pp.read(path)."),
        (
            lambda: pp.concordance(TERMS, "port"),
            "corpus must be a Corpus; got a table of 14 rows, so read it first: corpus = pp.read(path).",
        ),
        (
            lambda: pp.plot_overlap(CORPUS),
            "df must be a table; got <Corpus 'data frame': 2 articles>, so make it first: df = pp.overlap(corpus).",
        ),
        (
            lambda: pp.targets(CORPUS, ["EU"]),
            "names must be a dict or a list of tuples; got ['EU'], so write names={'NATO': ['NATO', 'the alliance']}.",
        ),
        (
            lambda: pp.collocates(CORPUS, {"port": ["port"]}),
            "node must be a string or a list of strings; got {'port': ['port']}, so write node=['port', 'harbour'].",
        ),
        (
            lambda: pp.keyness(CORPUS, target=["Gazette"]),
            "target must be a dict; got ['Gazette'], so write target={'outlet': ['Gazette', 'Post']}.",
        ),
        (lambda: pp.terms(CORPUS, stop="the"), "stop must be a list of strings; got 'the', so write stop=['the']."),
        (lambda: pp.terms(CORPUS, by=["outlet"]), "by must be a string or None; got ['outlet'], so write by='outlet'."),
        (
            lambda: pp.plot_terms(PASSAGES),
            (
                "df lacks column 'term', it has 'doc_a', 'start_a', 'end_a', 'doc_b', 'start_b' and 9 more: "
                "make it with pastepot.terms(corpus)."
            ),
        ),
        (lambda: pp.words(CORPUS, clitics=None), "clitics must be one of 'keep', 'split'; got None."),
        (
            lambda: pp.stopwords(["news"]),
            "stop_lists must be a string; got ['news'], so choose of 'function', 'pronouns', 'negations' and 'news'.",
        ),
    ],
)
def test_the_sentence_names_the_way(call, message):
    with pytest.raises(PastepotError) as caught:
        call()
    assert str(caught.value) == message


HINTS = {
    (name, argument): hint
    for name, function in FUNCTIONS.items()
    for argument, hint in get_type_hints(inspect.unwrap(function), include_extras=True).items()
}
CLOSED = {case: hint for case, hint in HINTS.items() if "Literal" in str(hint)}
BOUNDED = {case: hint for case, hint in HINTS.items() if get_origin(hint) is Annotated}


@pytest.mark.parametrize(("name", "argument"), CLOSED)
def test_a_word_outside_a_closed_list_is_refused_with_the_list(name, argument):
    listed = re.search(r"Literal\[(.*?)\]", str(CLOSED[name, argument]))[1]
    with pytest.raises(PastepotError, match=f"^{argument} must be one of {listed}; got 'nosuchword'."):
        FUNCTIONS[name](**{**usual(name), argument: "nosuchword"})


@pytest.mark.parametrize(("name", "argument"), BOUNDED)
def test_a_number_below_the_least_is_refused_and_the_least_is_not(name, argument):
    least = BOUNDED[name, argument].__metadata__[0]
    with pytest.raises(PastepotError, match=f"^{argument} must be a whole number of {least} or more; got {least - 1}."):
        FUNCTIONS[name](**{**usual(name), argument: least - 1})
    FUNCTIONS[name](**{**usual(name), argument: least})


def test_lists_and_bounds_are_found():
    assert {("words", "clitics"), ("trends", "period"), ("terms", "tf_idf"), ("concordance", "case")} <= set(CLOSED)
    assert {("terms", "per"), ("keyness", "min_docs"), ("concordance", "window"), ("coding_sheet", "size")} <= set(
        BOUNDED
    )


def test_a_long_value_is_cut_and_kept_on_one_line():
    with pytest.raises(PastepotError) as caught:
        pp.terms("a\nb" * 999)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


def test_what_to_do_is_known_of_arguments_that_there_are_and_can_be_typed():
    arguments = {argument for _, argument in CASES} | set(FUNCTIONS)
    for name, way in files.data("arguments.toml").items():
        assert name in arguments
        code = "".join(re.findall(r"\w+ ?=.*|\w+\.\w+$", way))
        compile(code, name, "exec")
        assert code or name == "stop_lists", name
        assert all(maker in FUNCTIONS for maker in re.findall(r"pp\.(\w+)", code)), name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_checked_function_is_still_the_function(name):
    function = FUNCTIONS[name]
    assert pydoc.locate(f"{function.__module__}.{function.__qualname__}") is function
    assert inspect.signature(function) == inspect.signature(inspect.unwrap(function))
    assert f"{inspect.getmodule(inspect.unwrap(function)).__name__}.{name}".startswith("pastepot.")


def test_what_can_be_read_only_once_is_a_list_too():
    assert len(pp.concordance(CORPUS, iter(["port", "harbour"]))) == 4
    assert len(pp.targets(CORPUS, {"port": iter(["port"])})) == 2
    assert "the" not in set(pp.terms(CORPUS, stop=(word for word in ["the"]))["term"])


def test_numbers_of_numpy_are_numbers():
    first = pp.passages(CORPUS).index[:1].to_numpy()[0]
    assert isinstance(first, np.integer)
    assert pp.side_by_side(CORPUS, first, PASSAGES) is not None
