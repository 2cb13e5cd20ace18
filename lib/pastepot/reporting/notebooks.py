"""Running notebooks on a corpus and making one page of them."""

import base64
import hashlib
import importlib.metadata
import os
import platform
import re
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import matplotlib as mpl
import nbformat
import pandas as pd
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from pastepot import errors, files
from pastepot.corpus.corpus import Corpus, articles, problems
from pastepot.corpus.metadata import is_case_study
from pastepot.corpus.read import read
from pastepot.reporting.display import corpus_facts
from pastepot.reporting.fact_check import fact_check
from pastepot.reporting.page import INJECTED, Excerpts, excerpted_csv, page
from pastepot.reporting.templates import own_data
from pastepot.text.annotations import COUNTED_PARTS, annotations, mark_parts
from pastepot.wording import count_noun

CHAPTERS = "0[1-6]*.ipynb"
FIRST_CHAPTER = "00_two_articles.ipynb"
"""Only for the two articles that the project was made for."""
KERNELS = 2
"""Notebooks that run at the same time: each is a process, and a small laptop has two cores to spare."""

PATIENCE = 600
"""Seconds that one cell may take."""

SAME_EVERYWHERE = {
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "MPLBACKEND": "Agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
PACKAGES = ("pastepot", "numpy", "pandas", "matplotlib", "nltk", "textblob", "vaderSentiment")
TEACHING = (
    "You see the teaching corpus: articles invented for this project, of an invented port town. To read your own "
    "articles, put them as .txt files into seeds/articles and run the report again."
)
CREDIT = "The articles belong to their publishers. This page quotes them for study and names each source."
OWN = f"You see the articles in seeds/articles. {CREDIT}"
_SOURCE = re.compile(r"^source\b *[:=]", re.MULTILINE)
_TITLE = re.compile(r"^#{1,6}[ \t]+(.+)$", re.MULTILINE)


# --- one notebook ------------------------------------------------------


def execute(path: Path, source: str | None = None) -> nbformat.NotebookNode:
    """Return a notebook executed in its own folder, with `source`, if given, in the place of its own.

    Raises
    ------
    PastepotError
        If the notebook has no place for a source, or a cell fails; the message names notebook, section and error.
    """
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    if source is not None:
        set_source(notebook, source, name=path.name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        # This very Python, whatever kernels a user has registered, and no user's settings of IPython or matplotlib.
        connection, kernels = str(Path(own) / "kernel.json"), KernelSpecManager(kernel_dirs=[])
        kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=kernels, connection_file=connection)
        settings = str(Path(mpl.get_data_path()) / "matplotlibrc")
        folders = {"IPYTHONDIR": own, "JUPYTER_RUNTIME_DIR": own, "MATPLOTLIBRC": settings}
        client = NotebookClient(
            notebook,
            km=kernel,
            timeout=PATIENCE,
            record_timing=False,
            resources={"metadata": {"path": str(path.resolve().parent)}},
            extra_arguments=["--HistoryManager.enabled=False"],
        )
        try:
            client.execute(env={**os.environ, **SAME_EVERYWHERE, **folders}, stdout=DEVNULL, stderr=DEVNULL)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise errors.PastepotError(_failure(notebook, path.name, error)) from None
    return notebook


def set_source(notebook: nbformat.NotebookNode, source: str, *, name: str) -> None:
    r"""Add a cell that sets `source` after the one tagged ``parameters``, which must set it, too.

    >>> cell = nbformat.v4.new_code_cell("source = 'seeds'", metadata={"tags": ["parameters"]})
    >>> notebook = nbformat.v4.new_notebook(cells=[cell])
    >>> set_source(notebook, "it's", name="a.ipynb")
    >>> notebook.cells[1].source
    'source = "it\'s"'
    >>> set_source(nbformat.v4.new_notebook(), "seeds", name="b.ipynb")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: b.ipynb has no cell tagged 'parameters' that sets source. Put it back, as in the
    other notebooks.
    """
    tagged = [number for number, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if not tagged or not _SOURCE.search(notebook.cells[tagged[0]].source):
        message = f"{name} has no cell tagged 'parameters' that sets source. Put it back, as in the other notebooks."
        raise errors.PastepotError(message)
    cell = nbformat.v4.new_code_cell(f"source = {source!r}", id="injected", metadata={"tags": [INJECTED]})  # type: ignore[no-untyped-call]
    notebook.cells.insert(tagged[0] + 1, cell)


def _failure(notebook: nbformat.NotebookNode, name: str, error: Exception) -> str:
    """Return one sentence on a notebook that stopped: its name, the section, and the error's last line."""
    section = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            section = ([section, *_TITLE.findall(cell.source)])[-1]
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                last = (output.evalue.strip().splitlines() or [""])[-1]
                return f"{name} stopped in the section {section!r}: {output.ename}: {last}"
    if isinstance(error, CellTimeoutError):
        return f"{name} stopped: a cell took longer than {PATIENCE} seconds."
    return f"{name} stopped: its Python ended without a message; there may have been too little memory."


# --- the report --------------------------------------------------------


def report(source: str | Path | None = None, *, out: str | Path | None = None, excerpts: Excerpts = "full") -> Path:
    """Return the path of a report on `source`: one page, and each figure as SVG, PNG and CSV beside it.

    Parameters
    ----------
    source : path, optional
        A folder or file of articles; if not given, ``seeds/articles`` if any .txt lies there, else ``seeds/teaching``.
    out : path, optional
        The folder to write to, which no folder of articles may hold; ``figures/`` and the source's name if not given.
    excerpts : {"full", "short", "none"}
        How much text of the articles tables, figures' numbers and printed results show: as the notebooks do, at most
        25 words a hit, or none. Titles, single words and the sentences of `pastepot.say` always stay.

    Raises
    ------
    PastepotError
        If the source cannot be read, has no word to count or would be changed (before any notebook runs), or if a
        notebook stops.

    Notes
    -----
    The same articles give the same bytes on the same versions; no time and no place of this machine is written.
    """
    return write_report(source, out, excerpts)[0]


def write_report(source: str | Path | None, out: str | Path | None, excerpts: Excerpts) -> tuple[Path, Corpus]:
    """Return what `report` does, and the corpus that it read: its problems are still to be told."""
    project = files.checkout()
    if project is None:
        raise errors.PastepotError("report needs the project's notebooks; run it from a checkout of Pastepot.")
    if str(source) == "-":
        raise errors.PastepotError("source must be a file or folder for a report, which reads it twice; got '-'.")
    folder = Path(source) if source is not None else default_source(project)
    target = Path(out) if out is not None else project / "figures" / (folder.resolve().name or "report")
    for path in (target / "report.html", target / "fact_check.csv", *(target / "figures").glob("*")):
        files.check_output(path, folder, is_read=True)
    corpus = read(folder)
    if not mark_parts(COUNTED_PARTS)[annotations(corpus).token_parts].any():
        ask = f"`pastepot rules {folder}` says what cleaning removed"
        raise errors.PastepotError(f"report needs words to count, and {corpus.name} has none; {ask}.")
    chapters = sorted((project / "notebooks").glob(CHAPTERS))
    if is_case_study(folder):
        chapters = [project / "notebooks" / FIRST_CHAPTER, *chapters]
    executed = run_all(chapters, str(folder.resolve()))
    notices = {project / "seeds" / "teaching": TEACHING, project / "seeds" / "articles": OWN}
    notice = next((text for known, text in notices.items() if known.resolve() == folder.resolve()), CREDIT)
    html = page({**about(corpus, executed, excerpts), "notice": notice}, executed, excerpts=excerpts)
    for bundle in bundles(executed):
        write_figure(bundle, target / "figures", excerpts)
    files.write(target / "fact_check.csv", excerpted_csv(fact_check(executed, corpus), excerpts))
    return files.write(target / "report.html", html), corpus


def default_source(project: Path) -> Path:
    """Return the folder to read where none is given: your own articles if there are any, else the teaching corpus."""
    own = project / "seeds" / "articles"
    return own if any(own.rglob("*.txt")) else project / "seeds" / "teaching"


def run_all(paths: Sequence[Path], source: str) -> dict[str, nbformat.NotebookNode]:
    """Return each notebook executed, by its name without suffix, in the order given; two run at a time."""
    with ThreadPoolExecutor(KERNELS) as pool:
        running = pool.map(lambda path: execute(path, source), paths)
        executed = tqdm(running, total=len(paths), unit=" notebooks", desc="Reading")
        return {path.stem: notebook for path, notebook in zip(paths, executed, strict=True)}


def bundles(notebooks: Mapping[str, nbformat.NotebookNode]) -> list[Mapping[str, Any]]:
    """Return the figures of executed notebooks, in order.

    Raises
    ------
    PastepotError
        If two figures have one name, so that one would overwrite the other.
    """
    by_name: dict[str, Mapping[str, Any]] = {}
    for name, notebook in notebooks.items():
        for bundle in own_data(notebook, "figure"):
            if bundle["name"] in by_name:
                raise errors.PastepotError(f"figure name {bundle['name']!r} is used again in {name}; rename one.")
            by_name[bundle["name"]] = bundle
    return list(by_name.values())


def write_figure(bundle: Mapping[str, Any], folder: Path, excerpts: Excerpts) -> None:
    """Write one figure as SVG, PNG and CSV."""
    files.write(folder / f"{bundle['name']}.svg", bundle["svg"] + "\n")
    files.write(folder / f"{bundle['name']}.png", base64.b64decode(bundle["png"]))
    files.write(folder / f"{bundle['name']}.csv", excerpted_csv(bundle["csv"], excerpts))


# --- the top and the bottom of the page --------------------------------


def about(corpus: Corpus, notebooks: Mapping[str, nbformat.NotebookNode], excerpts: Excerpts) -> dict[str, object]:
    """Return what the page says of the corpus and of how it was made; no time, no place of this machine."""
    read_in = articles(corpus)
    return {
        "title": f"Pastepot report: {corpus.name}",
        "corpus": corpus.name,
        "number": count_noun(len(read_in), "article"),
        "facts": corpus_facts(corpus)["facts"],
        "problems": problems(corpus)[["path", "where", "reason"]].to_numpy().tolist(),
        "provenance": [
            *((name, importlib.metadata.version(name)) for name in PACKAGES),
            ("Python", platform.python_version()),
            ("Notebooks", ", ".join(notebooks)),
            ("Cleaning", corpus.clean),
            ("Excerpts", excerpts),
            ("Corpus digest", digest(read_in)),
        ],
    }


def digest(read_in: pd.DataFrame) -> str:
    """Return one digest for all articles of a corpus: their names and their own digests."""
    pairs = sorted(zip(read_in["doc_id"], read_in["sha256"], strict=True))
    lines = "".join(f"{doc_id}\0{sha256}\n" for doc_id, sha256 in pairs)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
