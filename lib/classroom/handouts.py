"""The copies of the lessons for a class: one for the students, one with the answers, made from one master each.

A master tags its cells: ``exercise`` is the student's cell, ``solution`` replaces it in the answer copy,
``hint`` a folded hint, which both keep.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import nbformat

from classroom.gold import teaching_folder
from pastepot import errors, files
from pastepot.wording import count_noun

Kind = Literal["student", "answers"]
KINDS: tuple[Kind, ...] = ("student", "answers")
LINKS = {"../../docs/": "../docs/", "../../seeds/teaching": "../teaching"}
"""Where a master's links and its source point, and where a copy's do: all that a copy needs is next to its folder."""

PAGES = ("glossary.md",)


def handout(master: nbformat.NotebookNode, kind: Kind) -> nbformat.NotebookNode:
    """Return one copy of a lesson: without its solutions, or with each instead of its exercise.

    Raises
    ------
    PastepotError
        If an exercise has no solution after it, or a solution no exercise before it.

    Examples
    --------
    >>> tagged = [("exercise", "answer = ..."), ("solution", "answer = 4")]
    >>> cells = [nbformat.v4.new_code_cell(source, metadata={"tags": [tag]}) for tag, source in tagged]
    >>> [cell.source for cell in handout(nbformat.v4.new_notebook(cells=cells), "answers").cells]
    ['answer = 4']
    """
    errors.one_of("kind", kind, KINDS)
    copy = nbformat.from_dict(master)  # type: ignore[no-untyped-call]
    _check_turns([_tag(cell) for cell in copy.cells])
    left_out = "solution" if kind == "student" else "exercise"
    copy.cells = [cell for cell in copy.cells if _tag(cell) != left_out]
    for cell in copy.cells:
        for there, here in LINKS.items():
            cell.source = cell.source.replace(there, here)
    return copy  # type: ignore[no-any-return]


def _tag(cell: nbformat.NotebookNode) -> str:
    """Return what a cell is in a lesson, or nothing."""
    tags = cell.metadata.get("tags", [])
    return next((tag for tag in ("exercise", "solution", "hint") if tag in tags), "")


def _check_turns(tags: Sequence[str]) -> None:
    """Refuse a lesson whose exercises and solutions do not alternate."""
    turns = [tag for tag in tags if tag in {"exercise", "solution"}]
    if turns != ["exercise", "solution"] * (len(turns) // 2):
        raise errors.PastepotError(
            f"A lesson must have one solution after each exercise; this one has "
            f"{count_noun(turns.count('exercise'), 'exercise')} and {count_noun(turns.count('solution'), 'solution')}, "
            "or they do not alternate."
        )


def write_class(out: str | Path | None = None) -> Path:
    """Return the folder with both copies of each lesson, the teaching corpus and the glossary next to them.

    Parameters
    ----------
    out : path, optional
        The folder to write to; ``figures/class`` of the project if not given. What is there is replaced.

    Raises
    ------
    PastepotError
        If the project's masters are not here, or `out` has other content than an earlier class.
    """
    project = files.checkout()
    if project is None:
        raise errors.PastepotError("class needs the project's lessons; run it from a checkout of Pastepot.")
    target = Path(out) if out is not None else project / "figures" / "class"
    if target.exists() and any(target.iterdir()) and not (target / "student").is_dir():
        raise errors.PastepotError(f"out must be a new folder or one that class wrote; {target} has other content.")
    with files.atomic_folder(target) as folder:
        for master in sorted((project / "notebooks" / "class").glob("*.ipynb")):
            lesson = nbformat.read(master, as_version=4)  # type: ignore[no-untyped-call]
            for kind in KINDS:
                written = nbformat.writes(handout(lesson, kind))  # type: ignore[no-untyped-call]
                files.write(folder / kind / master.name, written + "\n")
        _add_materials(folder, project)
    return target


def _add_materials(folder: Path, project: Path) -> None:
    """Put the teaching corpus and the pages that lessons link to into a class folder."""
    corpus = teaching_folder()
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        files.write(folder / "teaching" / path.relative_to(corpus), path.read_bytes())
    for page in PAGES:
        files.write(folder / "docs" / page, (project / "docs" / page).read_bytes())
