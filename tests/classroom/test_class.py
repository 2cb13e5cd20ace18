"""The lessons: a student's copy says "not yet", an answer copy passes every check, and both come from one master."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from classroom import exercises, handouts
from classroom.__main__ import main
from classroom.answers import NOTED, RIGHT, UNTOUCHED
from classroom.lessons import GIVEN
from pastepot import cli
from pastepot.errors import PastepotError
from pastepot.reporting.notebooks import execute
from pastepot.reporting.templates import own_data

PROJECT = Path(__file__).parents[2]
MASTERS = sorted((PROJECT / "notebooks" / "class").glob("*.ipynb"))
NAMES = [path.stem for path in MASTERS]
CHECK = re.compile(r'\bcheck\("([a-z_.]+)"')

each_lesson = pytest.mark.parametrize("master", MASTERS, ids=NAMES)
each_lesson_run = pytest.mark.parametrize(
    "master", [MASTERS[0], *(pytest.param(master, marks=pytest.mark.slow) for master in MASTERS[1:])], ids=NAMES
)


@pytest.fixture(scope="module")
def lessons(tmp_path_factory):
    """Return a class folder as a teacher hands it out."""
    return handouts.write_class(tmp_path_factory.mktemp("class") / "out")


def cells(path):
    return nbformat.read(path, as_version=4).cells


def tagged(path, tag):
    return [cell for cell in cells(path) if tag in cell.metadata.get("tags", [])]


def replies(path):
    """Return what each check of an executed notebook said, with its exercise's name."""
    said = []
    for cell in execute(path).cells:
        for name in CHECK.findall(cell.source) if cell.cell_type == "code" else []:
            shown = own_data({"cells": [cell]}, "say")
            said.append((name, shown[-1]["text"]))
    return said


# --- the masters -------------------------------------------------------


def test_there_is_a_lesson_for_each_chapter():
    assert NAMES == ["01_corpus", "02_term_frequency", "03_sentiment", "04_duplicate_passages", "05_compare_outlets"]


@each_lesson
def test_a_lesson_has_six_exercises_a_hint_for_each_and_a_prediction(master):
    stubs = tagged(master, "exercise")
    assert len(stubs) >= 7
    assert all("= ..." in cell.source for cell in stubs)
    assert len(tagged(master, "hint")) == len(stubs)
    assert all("<details>" in cell.source and cell.cell_type == "markdown" for cell in tagged(master, "hint"))
    names = {name for cell in cells(master) for name in CHECK.findall(cell.source)}
    assert len({name for name in names if not name.endswith(".guess")}) >= 6
    assert any(name.endswith(".guess") for name in names)


@each_lesson
def test_a_lesson_says_what_for_how_long_in_which_words_and_where_it_ends(master):
    text = "\n".join(cell.source for cell in cells(master) if cell.cell_type == "markdown")
    for needed in ("You will be able to", "Time: ", "glossary.md", "## An open question", "By hand"):
        assert needed in text, needed


def test_every_exercise_is_asked_in_a_lesson_and_every_check_exists():
    asked = {name for master in MASTERS for cell in cells(master) for name in CHECK.findall(cell.source)}
    assert asked == set(exercises.EXERCISES)


def test_the_lessons_show_the_sentences_that_the_checks_count():
    text = [" ".join(re.sub(r'"\n\s*"', "", cell.source) for cell in cells(master)) for master in MASTERS]
    for lesson, place in (("corpus", 0), ("terms", 1), ("passages", 3)):
        sentences = [value for name, value in GIVEN[lesson].items() if name.startswith("five")]
        assert sentences
        assert all(sentence in text[place] for sentence in sentences)


def test_the_part_by_hand_of_the_first_lesson_is_plain_python():
    by_hand = []
    for cell in cells(MASTERS[0]):
        if "library" in cell.metadata.get("tags", []):
            break
        if cell.cell_type == "code":
            by_hand.append(cell.source)
    assert len(by_hand) >= 8
    assert not re.search(r"\b(pp|pd|pandas|nltk|numpy)\b", "\n".join(by_hand))
    exec("\n".join(by_hand), {})  # noqa: S102 (our own cells, and that they run without a library is the promise)


# --- the pages for teachers --------------------------------------------


def calls(page):
    """Return every call of Pastepot that a page shows in a table, as it stands there."""
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    return sorted({call for call in re.findall(r"`(?:corpus = )?(pp\.[^`]+)`", text) if "..." not in call})


def test_every_call_in_the_page_for_users_of_other_tools_runs(monkeypatch):
    import pastepot as pp  # noqa: PLC0415 (the page calls it by this name)

    monkeypatch.chdir(PROJECT)
    names = {"pp": pp, "corpus": pp.read("seeds/teaching")}
    shown = calls("coming-from.md")
    assert len(shown) >= 20
    for call in shown:
        if "pp.read(" not in call:
            assert eval(call, names) is not None, call  # noqa: S307 (our own page)


def test_the_guide_names_exercises_that_exist():
    text = (PROJECT / "docs" / "teaching.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:corpus|terms|tone|passages|outlets)\.[a-z_]+)`", text))
    assert len(named) >= 15
    assert named <= set(exercises.EXERCISES)


# --- the copies --------------------------------------------------------


@each_lesson_run
def test_a_students_copy_runs_to_its_end_and_says_not_yet(master, lessons):
    path = lessons / "student" / master.name
    assert tagged(path, "solution") == []
    said = replies(path)
    assert len(said) >= 7
    assert [(name, words) for name, words in said if not words.startswith(UNTOUCHED)] == []


@each_lesson_run
def test_every_check_of_an_answer_copy_passes(master, lessons):
    path = lessons / "answers" / master.name
    assert tagged(path, "exercise") == []
    said = replies(path)
    wrong = [(name, words) for name, words in said if not words.startswith(NOTED if name.endswith("guess") else RIGHT)]
    assert wrong == []
    assert len(said) >= 7


@each_lesson
def test_copies_keep_everything_else_of_their_master(master, lessons):
    student = cells(lessons / "student" / master.name)
    assert len(student) == len(cells(master)) - len(tagged(master, "solution"))
    for cell in student:
        for target in re.findall(r"\]\(([^)#:]+)\)", cell.source) if cell.cell_type == "markdown" else []:
            assert (lessons / "student" / target).exists(), target


def test_copies_hold_no_solution_by_another_name(lessons):
    for path in (lessons / "student").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        for cell in tagged(lessons / "answers" / path.name, "solution"):
            answers = [line for line in cell.source.splitlines() if line.startswith("answer = ")]
            assert not [line for line in answers if json.dumps(line)[1:-1] in text]


def test_a_second_time_gives_the_same_bytes(lessons, tmp_path):
    again = handouts.write_class(tmp_path / "again")
    found = sorted(path.relative_to(lessons) for path in lessons.rglob("*") if path.is_file())
    assert found == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((lessons / path).read_bytes() == (again / path).read_bytes() for path in found)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years", encoding="utf-8")
    assert main(["class", "--out", str(tmp_path)]) == cli.NOTHING
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_command_writes_both_copies_and_says_where(tmp_path, capsys):
    assert main(["class", "--out", str(tmp_path / "out")]) == cli.DONE
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["answers", "docs", "student", "teaching"]
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Wrote ")


@pytest.mark.parametrize("turns", ["e", "s", "es e", "se", "ees"])
def test_a_lesson_whose_solutions_do_not_match_is_refused(turns):
    tags = {"e": "exercise", "s": "solution"}
    made = [nbformat.v4.new_code_cell("1", metadata={"tags": [tags[turn]]}) for turn in turns.replace(" ", "")]
    with pytest.raises(PastepotError, match="A lesson must have one solution after each exercise"):
        handouts.handout(nbformat.v4.new_notebook(cells=made), "student")
