"""The documentation: its examples run, its links lead somewhere, and it names what there is."""

import doctest
import os
import pydoc
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pastepot import cli

PROJECT = Path(__file__).parents[1]
CONTRIBUTING = PROJECT / "CONTRIBUTING.md"
PAGES = [
    PROJECT / "README.md",
    CONTRIBUTING,
    *sorted((PROJECT / "docs").glob("*.md")),
    *sorted(PROJECT.glob("seeds/*.md")),
]


def test_the_example_of_the_readme_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(PROJECT)
    failed, tried = doctest.testfile(str(PROJECT / "README.md"), module_relative=False)
    assert tried >= 4
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_link_to_a_file_leads_to_one(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


TODAY = [PROJECT / "CHANGELOG.md", *(page for page in PAGES if page.name != "decisions.md")]
"""Pages that give the names of today; decisions keep those of their day."""


@pytest.mark.parametrize("page", TODAY, ids=[page.name for page in TODAY])
def test_every_module_and_name_of_the_library_that_a_page_gives_is_there(page):
    for dotted in sorted(set(re.findall(r"\bpastepot(?:\.[a-z_]+)+(?=[`\s(])", page.read_text(encoding="utf-8")))):
        assert pydoc.locate(dotted) is not None, dotted


def test_the_readme_names_every_command():
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.COMMANDS if f"`{name}`" not in text] == []


def test_the_readmes_first_screen_holds_the_two_commands_and_where_articles_go():
    first_screen = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()[:30]
    for needed in ("run.py report", "run.py test", "seeds/articles/", ">>> import pastepot as pp", "!["):
        assert any(needed in line for line in first_screen), needed


# --- the new table of CONTRIBUTING.md ---------------------------------------------------


@pytest.fixture(scope="module")
def contributed(tmp_path_factory):
    """Return a copy of the library with the new table in it, typed in as the page says."""
    library = shutil.copytree(PROJECT / "lib", tmp_path_factory.mktemp("contributed") / "lib") / "pastepot"
    steps = re.split(r"^\*\*\d\. ", new_table(), flags=re.MULTILINE)[1:5]
    names = [re.search(r"`lib/pastepot/([\w./]+)`", step)[1] for step in steps]
    module, registry, public, command = (re.search(r"```\w+\n(.*?)```", step, re.DOTALL)[1] for step in steps)
    assert names[1:] == ["tables.toml", "__init__.py", "commands.toml"]
    (library / names[0]).write_text(module, encoding="utf-8")
    column, table = registry.removeprefix("[columns]\n").split("\n\n")
    insert(library / names[1], "[columns]\n", column + "\n")
    insert(library / names[1], "\n[tables.articles]\n", "\n" + table, before=True)
    insert(library / names[2], "_NAMES = {\n", public)
    insert(library / names[3], "[commands]\n", command)
    return library


def new_table():
    """Return the section of CONTRIBUTING.md on a new table."""
    return CONTRIBUTING.read_text(encoding="utf-8").split("## Where a new table goes")[1].split("\n## ")[0]


def insert(path, line, text, *, before=False):
    """Put text before or after the one place of a line."""
    old = path.read_text(encoding="utf-8")
    assert old.count(line) == 1, (path, line)
    path.write_text(old.replace(line, text + line if before else line + text), encoding="utf-8")


def python(library, *words):
    """Return what the Python of the tests prints with the copied library first on its path."""
    path = os.pathsep.join([str(library.parent), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, *words]
    done = subprocess.run(
        command, check=False, cwd=PROJECT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_table_touches_five_files_besides_its_tests():
    assert len(re.findall(r"^\| [1-9] \|", new_table(), re.MULTILINE)) == 5


def test_the_new_table_is_a_function_and_a_command(contributed):
    (module,) = contributed.rglob("sentence_lengths.py")
    python(contributed, "-m", "doctest", str(module))
    printed = python(contributed, "-m", "pastepot.cli", "sentence_lengths", "seeds/teaching")
    assert printed.splitlines()[0] == "doc_id,sentences,words,mean_words"
    assert len(printed.splitlines()) == 45


def test_the_new_table_keeps_the_rules_of_every_table(contributed):
    code = "import pastepot, pytest; assert {name!r} in pastepot.__file__; raise SystemExit(pytest.main({rest}))"
    rest = ["-q", "-p", "no:cacheprovider", "--no-header", "-k", "not public_face", "tests/test_public.py"]
    python(contributed, "-c", code.format(name=str(contributed), rest=rest))
