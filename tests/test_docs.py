"""The documentation: its examples run, its links lead somewhere, and it names what there is."""

import doctest
import inspect
import json
import os
import pydoc
import random
import re
import runpy
import shutil
import string
import subprocess
import sys
from pathlib import Path
from typing import get_args

import nltk
import pandas as pd
import pytest
from nltk.corpus import PlaintextCorpusReader
from nltk.tokenize import NLTKWordTokenizer

import pastepot as pp
from classroom import exercises
from pastepot import cli, formulas, tables

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


# --- what the pages say ------------------------------------------------------------------

LESSONS = sorted((PROJECT / "notebooks" / "class").glob("*.ipynb"))


def text(name):
    """Return a page, each run of spaces and line ends as one space."""
    return " ".join((PROJECT / name).read_text(encoding="utf-8").split())


@pytest.mark.parametrize("page", [*TODAY, *LESSONS], ids=[page.name for page in [*TODAY, *LESSONS]])
def test_every_name_after_pp_is_public(page):
    shown = page.read_text(encoding="utf-8")
    shown = shown.split("### Renamed on")[0] if page.name == "CHANGELOG.md" else shown
    of_the_example = {"sentence_lengths"} if page == CONTRIBUTING else set()
    assert set(re.findall(r"\bpp\.([a-z_]+)", shown)) - {*pp.__all__, *of_the_example} == set()


PLAIN = [page for page in TODAY if page.name != "CHANGELOG.md"] + [*LESSONS, PROJECT / "lib/classroom/lessons.toml"]


@pytest.mark.parametrize("page", PLAIN, ids=[page.name for page in PLAIN])
def test_a_page_uses_words_that_a_dictionary_explains_in_this_sense(page):
    house = r"(?i)\b(?:nought|commonest|anew|blanks|beside|walk(?:s|ed)? back|silence|(?<!page )furniture(?!\.csv))\b"
    assert re.findall(house, page.read_text(encoding="utf-8")) == []


def test_the_promise_is_one_sentence_everywhere():
    promise = (
        "For .html, .docx, .rtf, .pdf, .xml and .xlsx files that text is extracted. Model scores and p-values trace to "
        "the sentences and articles they were computed from."
    )
    assert promise in text("README.md")
    assert promise in " ".join(inspect.getdoc(pp).split())
    assert {".html", ".docx", ".rtf", ".pdf", ".xml", ".xlsx"} <= set(
        pydoc.locate("pastepot.corpus.source_files.READERS")
    )


def test_the_readmes_eight_names_are_eight_public_ones():
    [names] = re.findall(r"Eight names are enough to begin with: ([^.]+)\.", text("README.md"))
    assert len(re.findall(r"`(\w+)`", names)) == 8
    assert set(re.findall(r"`(\w+)`", names)) <= set(pp.__all__)


def test_the_readme_sends_each_question_to_a_notebook_that_asks_it():
    rows = re.findall(r"^\| .+\? \| `(\w+)` \| (.+) \|$", (PROJECT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 7
    for notebook, names in rows:
        source = (PROJECT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8")
        functions = re.findall(r"`(\w+)`", names)
        assert set(functions) <= set(cli.COMMANDS) & set(pp.__all__)
        assert sum(f"pp.{name}(" in source for name in functions) >= 2, notebook


def small_corpus(articles):
    """Return articles of two outlets in turn, no two alike."""
    draw = random.Random(7)  # noqa: S311 (the same articles each time)
    rows = [{"text": " ".join(draw.choices(["late", "good", "bad", "ferry", *string.ascii_lowercase], k=80))}
            for _ in range(articles)]  # fmt: skip
    return pp.read(pd.DataFrame(rows).assign(date="2031-01-07", outlet=[*"AB" * articles][:articles]))


def test_each_command_is_a_function_whose_table_is_plain_and_described():
    more = {
        "concordance": {"node": "late"},
        "collocates": {"node": "late"},
        "keyness": {"target": {"outlet": "A"}},
        "targets": {"names": {"ferry": ["ferry"]}},
        "targets_by": {"names": {"ferry": ["ferry"]}},
        "word_shift": {"by": "outlet", "a": "A", "b": "B"},
    }
    corpus = small_corpus(4)
    for name in cli.COMMANDS:
        table = getattr(pp, name)(corpus, **more.get(name, {}))
        assert type(table) is pd.DataFrame, name
        assert "Each row is one " in pp.describe_table(table), name


@pytest.mark.parametrize(("articles", "shown"), [(9, False), (60, True)])
def test_fewer_than_ten_articles_in_a_group_get_no_p_value_and_no_interval(articles, shown):
    assert "with fewer than ten articles in a group Pastepot gives counts, rates, means and the lines" in text(
        "README.md"
    )
    corpus = small_corpus(articles)
    made = [
        pp.keyness(corpus, target={"outlet": "A"}),
        pp.trends(corpus, "late"),
        pp.sentiment_by(corpus, by="outlet"),
        pp.targets_by(corpus, {"ferry": "ferry"}),
    ]
    for table in made:
        doubtful = [name for name in ("p", "p_adjusted", "low", "high") if name in table.columns]
        assert {"low", "high"} <= set(doubtful)
        assert table[doubtful].notna().any(axis=None) == shown, table.attrs["table"]


def test_a_message_that_the_page_on_troubles_explains_is_one_that_run_py_prints():
    source = " ".join(re.sub(r'"\s+f?"|\{[^}]*\}', "", (PROJECT / "run.py").read_text("utf-8")).split())
    page = (PROJECT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`]+)`", page, re.MULTILINE)
    of_others = {"externally-managed-environment", "No module named pastepot"}
    assert of_others < set(named)
    for message in set(named) - of_others:
        parts = [part.strip(" .") for part in re.split("…|ensurepip", message)]
        assert all(part in source for part in parts), message


def test_what_is_said_of_nltk_is_so(tmp_path):
    page = text("docs/coming-from.md")
    assert "`word_tokenize` splits *didn't* into two tokens and counts punctuation" in page
    assert NLTKWordTokenizer().tokenize("He didn't.") == ["He", "did", "n't", "."]
    [version] = re.findall(r"The corpus reader of NLTK ([\d.]+\d) refuses folders outside its data path", page)
    if nltk.__version__ == version:
        (tmp_path / "a.txt").write_text("The ferry sails.", encoding="utf-8")
        with pytest.raises(PermissionError):
            PlaintextCorpusReader(str(tmp_path), ".*").words()


def test_what_is_said_of_our_words_to_users_of_other_tools_is_so():
    page = text("docs/coming-from.md")
    assert "leaves page furniture out of counts, folds case and a final *'s*, and splits words at hyphens" in page
    raw = pd.DataFrame({"text": ["Port news: the port's half-empty ferry\n\nLeave a Reply"]})
    assert {"port", "half", "empty"} <= set(pp.terms(pp.read(raw))["term"])
    assert "reply" not in set(pp.terms(pp.read(raw))["term"])
    plain = pp.terms(pp.read(raw, clean="none"), parts="all", possessive="keep", case="exact")["term"]
    assert {"Port", "port's", "Reply", "half", "empty"} <= set(plain)
    assert "such as *WHO*, matches as written, every other in any case" in page
    asked = pp.read(pd.DataFrame({"text": ["Who knows who the WHO is?"]}), clean="none")
    found = {query: pp.concordance(asked, query)["node"].tolist() for query in ("WHO", "Who", "who")}
    assert found == {"WHO": ["WHO"], "Who": ["Who", "who", "WHO"], "who": ["Who", "who", "WHO"]}
    assert len(pp.concordance(asked, "WHO", case="fold")) == 3
    assert len(pp.concordance(asked, "Who", case="exact")) == 1
    [periods] = re.findall(r'`pp\.trends\(corpus, "port"\)` by ([\w, ]+) \|', page)
    allowed = inspect.signature(pp.trends).parameters["period"].annotation
    assert re.findall(r"\w+", periods.replace(" or ", " ")) == [*get_args(allowed)]


def test_the_guides_minutes_are_those_of_the_lessons():
    source = [path.read_text(encoding="utf-8") for path in LESSONS]
    minutes = [tuple(map(int, re.findall(r"Time: (\d+) to (\d+) minutes", lesson)[0])) for lesson in source]
    shortest, longest = re.findall(
        r"Five lessons, each a notebook of (\d+) to (\d+) minutes", text("docs/teaching.md")
    )[0]
    assert len(minutes) == 5
    assert (min(low for low, _ in minutes), max(high for _, high in minutes)) == (int(shortest), int(longest))


def test_the_guide_for_contributors_is_right_about_examples_and_rooms():
    page = text("CONTRIBUTING.md")
    profiles = re.findall(r'register_profile\("\w+".*max_examples=(\d+)\)', (PROJECT / "tests/conftest.py").read_text())
    assert re.findall(r"tries (\d+) examples, always the same ones.* tries up to (\d+)", page) == [tuple(profiles)]
    assert re.findall(r"which has room for (\d+)", page) == [
        str(runpy.run_path(str(PROJECT / "tests/test_public.py"))["MOST_NAMES"])
    ]
    rooms = {path.parent.name for path in (PROJECT / "lib/pastepot").glob("*/__init__.py")}
    assert rooms == {room for room in rooms if (PROJECT / "tests" / room).is_dir()}
    assert (PROJECT / "tests/text/test_speakers.py").is_file()


def test_defaults_and_limits_that_pages_state_are_those_of_the_code():
    words, guide = text("docs/glossary.md"), text("docs/teaching.md")
    assert "five and five in `collocates`, unless you say otherwise" in words
    assert inspect.signature(pp.collocates).parameters["window"].default == (5, 5)
    assert "at least eight words, unless you say otherwise" in words
    eight = pd.DataFrame({"text": ["a b c d e f g h", "x a b c d e f g h y", "z a b c d e f g w"]})
    assert pp.passages(pp.read(eight, clean="none"))["words"].tolist() == [8]
    assert "quotations under four words count as the reporter's" in words
    said = [f"She said “{' '.join(['no'] * count)}” today." for count in (3, 4)]
    voices = pp.words(pp.read(pd.DataFrame({"text": said}), clean="none")).query("term == 'no'")
    assert voices.groupby("doc_id")["voice"].first().tolist() == ["reporter", "quoted"]
    assert "not shown below ten articles" in words
    assert formulas.FEWEST_ARTICLES == 10
    assert "From the third wrong try on" in guide
    assert exercises.PATIENT == 3
    oldest = ".".join(map(str, runpy.run_path(str(PROJECT / "run.py"))["OLDEST"]))
    for page in ("README.md", "CONTRIBUTING.md", "docs/troubleshooting.md", "docs/teaching.md"):
        assert f"Python {oldest} or newer" in text(page), page


def test_bold_words_of_the_glossary_are_used():
    where = [*(PROJECT / "notebooks").rglob("*.ipynb"), PROJECT / "lib/classroom/lessons.toml"]
    used = (
        " ".join(path.read_text(encoding="utf-8") for path in where).lower()
        + json.dumps({**tables.COLUMNS, **tables.TABLES}, default=str).lower()
    )
    bold = re.findall(r"\*\*([^*]+)\*\*", text("docs/glossary.md").split("## Texts")[1])
    assert len(bold) > 30
    assert [word for word in bold if word not in used] == []


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
