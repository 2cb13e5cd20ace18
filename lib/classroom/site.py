"""The lessons as a static site: JupyterLite, whose Python runs in the reader's browser.

Tools and packages come by name through pip and npm. The kernel and its packages are part of the site; numpy, pandas and
their like are named by the address at which Pyodide publishes them, and are fetched only by a cell that needs them.
"""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from classroom.handouts import write_class
from pastepot import errors, files

KERNEL = ("ipython", "jedi", "micropip", "packaging")
"""What the browser's kernel takes from Pyodide before it answers; what these need comes with them."""

WHEELS = ("comm", "ftfy", "markdown-it-py", "mdurl", "py3langid", "textblob", "vaderSentiment")
"""What the kernel and our wheel need and Pyodide's list lacks; none of it is compiled, so the site brings it along."""

INSTALL = "# In the browser only: this fetches packages from the network.\n%pip install pastepot"

APPS = ("lab", "notebooks", "repl")
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "lib")
PYODIDE = "static/pyodide"
SETTINGS = {"pyodideUrl": f"./{PYODIDE}/pyodide.mjs", "disablePyPIFallback": True}
CONFIGURATION = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Pastepot",
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": SETTINGS},
    },
}
ANY_PLATFORM = ("--no-deps", "--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none")

Lock = Mapping[str, Mapping[str, Any]]


def write_site(out: str | Path | None = None) -> Path:
    """Return the folder of a static site with the students' copies of the lessons and the teaching corpus.

    Parameters
    ----------
    out : path, optional
        The folder to write to; ``figures/site`` of the project if not given. An earlier site there is replaced.

    Raises
    ------
    PastepotError
        If the lessons or a tool are missing, a tool stops, or `out` has other content than an earlier site.

    Notes
    -----
    Needs the network while it builds. Serve the folder by any web server, for instance
    ``python3 -m http.server --bind 127.0.0.1``; a page opened as a file cannot start Python.
    """
    project = files.checkout()
    if project is None:
        raise errors.PastepotError("site needs the project's lessons; run it from a checkout of Pastepot.")
    target = (Path(out) if out is not None else project / "figures" / "site").absolute()
    if target.exists() and any(target.iterdir()) and not (target / "jupyter-lite.json").is_file():
        raise errors.PastepotError(f"out must be a new folder or one that site wrote; {target} has other content.")
    version = _pyodide_version()
    with tempfile.TemporaryDirectory() as scratch, files.atomic_folder(target) as site:
        work = Path(scratch)
        build_lite(site, lite_folder(work / "lite"), _own_wheels(work, project))
        shutil.copytree(
            _pyodide(work, version), site / PYODIDE, ignore=shutil.ignore_patterns("*.map", "*.html", "node_modules")
        )
        update_lock(site / PYODIDE)
    return target


def browser_copy(lesson: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a lesson for the browser's kernel: a cell before Pastepot's first import installs it.

    Examples
    --------
    >>> cells = [nbformat.v4.new_code_cell(source) for source in ("2 + 2", "import pastepot as pp", "pp.terms")]
    >>> [cell.source.splitlines()[-1] for cell in browser_copy(nbformat.v4.new_notebook(cells=cells)).cells]
    ['2 + 2', '%pip install pastepot', 'import pastepot as pp', 'pp.terms']

    A lesson that never imports it is left as it is:

    >>> browser_copy(nbformat.v4.new_notebook(cells=cells[:1])).cells[0].source
    '2 + 2'
    """
    copy = nbformat.from_dict(lesson)  # type: ignore[no-untyped-call]
    copy.metadata["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    first = next((at for at, cell in enumerate(copy.cells) if "import pastepot" in cell.source), None)
    if first is not None:
        copy.cells.insert(first, nbformat.v4.new_code_cell(INSTALL, id="install"))  # type: ignore[no-untyped-call]
    return copy  # type: ignore[no-any-return]


def find_dependencies(lock: Lock, names: Sequence[str]) -> list[str]:
    """Return `names` and all that they depend on in Pyodide's list, in alphabetical order.

    >>> find_dependencies({"b": {"depends": ["a"]}, "a": {"depends": []}, "c": {"depends": ["b"]}}, ["b"])
    ['a', 'b']
    """
    names_needed: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in names_needed:
            names_needed.add(name)
            waiting += [other.lower().replace("_", "-") for other in lock[name]["depends"]]
    return sorted(names_needed)


def complete_lock(lock: Lock, wheels: Mapping[str, Path], elsewhere: str) -> dict[str, dict[str, Any]]:
    """Return Pyodide's list with the digests of the wheels at hand and, for all others, where they are published."""
    return {
        name: {**entry, "file_name": wheels[name].name, "sha256": hashlib.sha256(wheels[name].read_bytes()).hexdigest()}
        if name in wheels
        else {**entry, "file_name": f"{elsewhere}/{entry['file_name']}"}
        for name, entry in lock.items()
    }


def update_lock(folder: Path) -> None:
    """Put the kernel's packages next to Pyodide, and their digests into its list: PyPI's differ from those there."""
    constants = importlib.import_module("jupyterlite_pyodide_kernel.constants")
    path = folder / "pyodide-lock.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    names = find_dependencies(whole["packages"], KERNEL)
    wanted = [f"{name}=={whole['packages'][name]['version']}" for name in names]
    python = ".".join(whole["info"]["python"].split(".")[:2])
    _pip("download", *ANY_PLATFORM, f"--python-version={python}", f"--dest={folder}", *wanted)
    brought = {wheel.name.split("-")[0].lower().replace("_", "-"): wheel for wheel in folder.glob("*.whl")}
    whole["packages"] = complete_lock(whole["packages"], brought, constants.PYODIDE_CDN_URL)
    files.write(path, json.dumps(whole))


def _pyodide_version() -> str:
    """Return the version of Pyodide that the installed kernel is made for."""
    for module in ("jupyterlite_core", "jupyterlite_pyodide_kernel", "jupyter_server"):
        if importlib.util.find_spec(module) is None:
            raise errors.PastepotError(f"site needs {module}; python3 run.py site installs it.")
    return str(importlib.import_module("jupyterlite_pyodide_kernel.constants").PYODIDE_VERSION)


def _pyodide(work: Path, version: str) -> Path:
    """Return the folder of Pyodide's npm package."""
    npm = shutil.which("npm")
    if npm is None:
        raise errors.PastepotError("site needs npm, which comes with Node.js; install that and call again.")
    quietly = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=peer")
    _run([npm, "install", *quietly, f"--prefix={work}", f"pyodide@{version}"], work)
    return work / "node_modules" / "pyodide"


def _own_wheels(work: Path, project: Path) -> list[Path]:
    """Return our wheel, built from a copy so that nothing is left in the checkout, and those that it needs."""
    source, wheels = work / "source", work / "wheels"
    source.mkdir()
    for name in SOURCES:
        here = project / name
        (shutil.copytree if here.is_dir() else shutil.copy)(here, source / name)
    _pip("wheel", "--no-deps", f"--wheel-dir={wheels}", str(source))
    _pip("download", *ANY_PLATFORM, f"--dest={wheels}", *WHEELS)
    return sorted(wheels.glob("*.whl"))


def lite_folder(lite: Path) -> Path:
    """Return a folder with the site's configuration and its contents."""
    lessons = write_class(lite / "files")
    shutil.rmtree(lessons / "answers")
    for path in sorted((lessons / "student").glob("*.ipynb")):
        copy = browser_copy(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
        files.write(path, nbformat.writes(copy) + "\n")  # type: ignore[no-untyped-call]
    files.write(lite / "jupyter-lite.json", json.dumps(CONFIGURATION, indent=2) + "\n")
    return lite


def build_lite(site: Path, lite: Path, wheels: Sequence[Path]) -> None:
    """Run JupyterLite's own builder; a record it left of an earlier build would make it drop our settings."""
    (lite / ".jupyterlite.doit.db").unlink(missing_ok=True)
    words = ["build", *(f"--apps={app}" for app in APPS), "--no-sourcemaps", "--no-unused-shared-packages"]
    places = [f"--lite-dir={lite}", f"--output-dir={site}", f"--contents={lite / 'files'}"]
    ours = [f"--piplite-wheels={wheel}" for wheel in wheels]
    _run([sys.executable, "-m", "jupyterlite_core", *words, *places, *ours], lite)


def _pip(*words: str) -> None:
    """Run pip."""
    _run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words], Path.cwd())


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a tool in a folder; if it stops, raise with its last lines."""
    done = subprocess.run(  # noqa: S603 (our own words)
        command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-8:])
        raise errors.PastepotError(f"site stopped at {' '.join(command[:4])}:\n{last}")
