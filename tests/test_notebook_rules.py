"""The notebooks: short cells, an argument in the Markdown alone, nothing stored, and they run where they lie."""

import ast
import functools
import json
from pathlib import Path

import nbformat
import pytest

from pastepot.reporting.notebooks import execute

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").rglob("*.ipynb"))
LONGEST_CELL = 10
LONGEST_FUNCTION = 6
FORBIDDEN = ("import *", "%run", "%pylab", "!pip", "%pip", "print(", "http://", "https://", "nltk.download")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def test_nothing_is_stored_but_the_source(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
    assert set(json.loads(path.read_text(encoding="utf-8"))["metadata"]) == {"kernelspec", "language_info"}


def test_a_question_stands_first_and_what_it_does_not_show_near_the_end(path):
    headings = [source(cell).splitlines()[0] for cell in cells(path, "markdown") if source(cell).startswith("#")]
    assert headings[0].startswith("# ")
    assert headings[0].endswith("?")
    assert "## What this does not show" in headings


def test_text_stands_under_every_heading(path):
    for cell in cells(path, "markdown"):
        lines = [line for line in source(cell).splitlines() if line.strip()]
        for heading, below in zip(lines, [*lines[1:], "#"], strict=True):
            assert not (heading.startswith("#") and below.startswith("#")), heading


def test_cells_are_short_and_functions_shorter(path):
    for cell in cells(path, "code"):
        assert len([line for line in source(cell).splitlines() if line.strip()]) <= LONGEST_CELL, source(cell)
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(node, ast.ClassDef | ast.Global)
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < LONGEST_FUNCTION


def test_imports_stand_in_the_first_code_cell_or_the_one_that_brings_the_library(path):
    for number, cell in enumerate(cells(path, "code")):
        imports = [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert bool(imports) == (number == 0 or "library" in cell["metadata"].get("tags", []))
        assert not [word for word in FORBIDDEN if word in source(cell)]


def test_exactly_one_cell_holds_the_parameters(path):
    tagged = [cell for cell in cells(path, "code") if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    assert all(isinstance(node, ast.Assign) for node in ast.parse(source(tagged[0])).body)


def test_never_four_code_cells_in_a_row(path):
    kinds = [cell["cell_type"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    assert "code code code code" not in " ".join(kinds)


def run(path):
    """Return what a notebook is after it ran, as text."""
    return nbformat.writes(execute(path))


run_once = functools.cache(run)


@pytest.fixture
def chapter(path, request):
    """Return the notebook that the report runs, or skip if it is a lesson or its articles are not here."""
    if path.parent.name == "class":
        pytest.skip("tests/classroom/test_class.py runs its student and answer copies")
    if path.stem == "00_two_articles":
        request.getfixturevalue("shared")
    return path


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(chapter):
    assert run_once(chapter) == run(chapter)


def test_it_runs_where_it_lies(chapter):
    first = run_once(chapter)
    outputs = [output for cell in json.loads(first)["cells"] for output in cell.get("outputs", [])]
    assert outputs
    assert not [output for output in outputs if output["output_type"] == "error"]
