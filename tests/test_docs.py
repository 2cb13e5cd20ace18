"""The documentation: its examples run, its links lead somewhere, and it names what there is."""

import doctest
import re
from pathlib import Path

import pytest

from pastepot import cli

PROJECT = Path(__file__).parents[1]
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")), *sorted(PROJECT.glob("seeds/*.md"))]


def test_the_example_of_the_readme_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(PROJECT)
    failed, tried = doctest.testfile(str(PROJECT / "README.md"), module_relative=False)
    assert tried >= 4
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_link_to_a_file_leads_to_one(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_names_every_command():
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.COMMANDS if f"`{name}`" not in text] == []


def test_the_readmes_first_screen_holds_the_two_commands_and_where_articles_go():
    first_screen = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()[:30]
    for needed in ("run.py report", "run.py test", "seeds/articles/", ">>> import pastepot as pp", "!["):
        assert any(needed in line for line in first_screen), needed
