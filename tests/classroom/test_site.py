"""The static site: what is laid out for it, Pyodide's list put right, and lesson 1 in a browser without network.

The browser's part needs a built site: ``python3 run.py site``, or the variable PASTEPOT_SITE with the folder of one.
"""

import functools
import hashlib
import http.server
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from packaging.requirements import Requirement

from classroom import site
from classroom.__main__ import main
from pastepot import cli
from pastepot.errors import PastepotError

PROJECT = Path(__file__).parents[2]
BROWSER = PROJECT / "tests" / "browser"
BUILT = Path(os.environ.get("PASTEPOT_SITE") or PROJECT / "figures" / "site")
LOCKS = (BROWSER / "node_modules" / "pyodide" / "pyodide-lock.json", BUILT / site.PYODIDE / "pyodide-lock.json")
ELSEWHERE = "somewhere/full"


def toy_lock(**depends: list[str]) -> dict[str, dict[str, Any]]:
    """Return a list as Pyodide's, of packages with what each depends on."""
    return {
        name: {"version": "1", "file_name": f"{name}-1-py3-none-any.whl", "sha256": "old", "depends": others}
        for name, others in depends.items()
    }


def canonical(name: str) -> str:
    """Return a package's name as the lists of packages spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """Return the folder that JupyterLite's builder is given."""
    return site.lite_folder(tmp_path_factory.mktemp("lite") / "lite")


# --- what the builder is given -----------------------------------------


def test_the_kernel_is_the_sites_own_and_asks_no_index(laid_out):
    written = json.loads((laid_out / "jupyter-lite.json").read_text(encoding="utf-8"))
    (settings,) = written["jupyter-config-data"]["litePluginSettings"].values()
    assert settings == {"pyodideUrl": "./static/pyodide/pyodide.mjs", "disablePyPIFallback": True}


def test_the_site_has_every_lesson_the_corpus_and_the_glossary_and_no_answers(laid_out):
    found = {path.relative_to(laid_out / "files").as_posix() for path in (laid_out / "files").rglob("*.*")}
    masters = {f"student/{path.name}" for path in (PROJECT / "notebooks" / "class").glob("*.ipynb")}
    teaching = PROJECT / "seeds" / "teaching"
    corpus = {f"teaching/{path.relative_to(teaching).as_posix()}" for path in teaching.rglob("*.*")}
    assert found == masters | corpus | {"docs/glossary.md"}


def test_a_lesson_installs_pastepot_in_the_cell_before_it_is_imported_and_not_sooner(laid_out):
    for path in (laid_out / "files" / "student").glob("*.ipynb"):
        lesson = nbformat.read(path, as_version=4)
        nbformat.validate(lesson)
        sources = [cell.source for cell in lesson.cells]
        assert sources.count(site.INSTALL) == 1
        at = sources.index(site.INSTALL)
        assert "import pastepot" in sources[at + 1]
        assert not any("pastepot" in cell.source for cell in lesson.cells[:at] if cell.cell_type == "code")
        assert lesson.metadata.kernelspec.name == "python"


def test_the_record_of_an_earlier_build_is_gone_before_the_next(tmp_path, monkeypatch):
    record = tmp_path / ".jupyterlite.doit.db"
    record.write_bytes(b"old")
    seen = []
    monkeypatch.setattr(site, "_run", lambda command, _folder: seen.append((record.exists(), command)))
    site.build_lite(tmp_path / "out", tmp_path, [Path("a.whl"), Path("b.whl")])
    ((there, command),) = seen
    assert not there
    assert [word for word in command if "wheels" in word] == ["--piplite-wheels=a.whl", "--piplite-wheels=b.whl"]


def test_no_host_is_named():
    assert "//" not in Path(site.__file__).read_text(encoding="utf-8")


# --- Pyodide's list ----------------------------------------------------


def test_what_a_package_needs_comes_with_it_however_it_is_spelt():
    lock = toy_lock(ipython=["prompt_toolkit", "six"], **{"prompt-toolkit": ["six"]}, six=[], numpy=[])
    assert site.find_dependencies(lock, ["ipython"]) == ["ipython", "prompt-toolkit", "six"]
    assert site.find_dependencies(lock, []) == []


def test_packages_that_need_each_other_come_once():
    assert site.find_dependencies(toy_lock(a=["b"], b=["a"]), ["a"]) == ["a", "b"]


def test_a_wheel_at_hand_is_listed_with_its_own_digest_and_the_rest_with_their_place(tmp_path):
    wheel = tmp_path / "six-1-py2.py3-none-any.whl"
    wheel.write_bytes(b"a toy wheel")
    lock = toy_lock(six=[], numpy=[])
    completed = site.complete_lock(lock, {"six": wheel}, ELSEWHERE)
    assert completed["six"]["file_name"] == wheel.name
    assert completed["six"]["sha256"] == hashlib.sha256(b"a toy wheel").hexdigest()
    assert completed["numpy"] == {**lock["numpy"], "file_name": f"{ELSEWHERE}/numpy-1-py3-none-any.whl"}
    assert lock["six"]["sha256"] == "old"


def test_every_dependency_of_ours_is_in_pyodides_list_or_an_uncompiled_wheel_of_the_site():
    lock = next((path for path in LOCKS if path.is_file()), None)
    if lock is None:
        pytest.skip("Pyodide's list is not here (npm install pyodide in tests/browser, or build the site)")
    whole = json.loads(lock.read_text(encoding="utf-8"))
    listed = {name: entry["version"] for name, entry in whole["packages"].items()}
    python = whole["info"]["python"]
    browser = {"sys_platform": "emscripten", "python_full_version": python, "python_version": python[:4], "extra": ""}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {canonical(name) for name in site.WHEELS}
    waiting, seen = [Requirement(line) for line in project["dependencies"]], set()
    while waiting:
        wanted = waiting.pop()
        name = canonical(wanted.name)
        if name in seen or (wanted.marker and not wanted.marker.evaluate(browser)):
            continue
        seen.add(name)
        if name in listed:
            assert wanted.specifier.contains(listed[name]), f"{wanted}: Pyodide has {listed[name]}"
            continue
        assert name in brought, f"{wanted} is neither in Pyodide's list nor brought by the site"
        here = importlib.metadata.distribution(name)
        assert "none-any" in (here.read_text("WHEEL") or "")
        waiting += [Requirement(line) for line in here.requires or []]
    assert brought - seen == {"comm"}, "the kernel's own; whatever else the site brings, something must need"


ABSENT = ("ipykernel", "jupyter_client", "llvmlite", "nbclient", "nbformat", "numba", "pyarrow", "tornado", "zmq")
RUN_CELLS = """
import json, sys
sys.modules.update(dict.fromkeys(sys.argv[2:]))
names = {}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "code" and "%pip" not in source:
        exec(source, names)
"""


LESSONS = sorted(path.name for path in (PROJECT / "notebooks" / "class").glob("*.ipynb"))


@pytest.mark.parametrize(
    "name", [LESSONS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in LESSONS[1:])], ids=LESSONS
)
def test_a_lesson_runs_without_the_packages_that_a_browser_cannot_have(laid_out, name):
    command = [sys.executable, "-W", "ignore", "-c", RUN_CELLS, name, *ABSENT]
    folder = laid_out / "files" / "student"
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


# --- refusals ----------------------------------------------------------


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PastepotError, match=r"^out must be a new folder or one that site wrote; .* other content\.$"):
        site.write_site(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_missing_tool_is_named_with_the_way_to_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert main(["site", "--out", str(tmp_path / "out")]) == cli.NOTHING
    said = capsys.readouterr().err
    assert said == "site needs jupyterlite_core; python3 run.py site installs it.\n"
    assert not (tmp_path / "out").exists()


def test_without_a_checkout_there_is_no_site(tmp_path, monkeypatch):
    monkeypatch.setattr(site.files, "checkout", lambda: None)
    with pytest.raises(
        PastepotError, match=r"^site needs the project's lessons; run it from a checkout of Pastepot\.$"
    ):
        site.write_site(tmp_path / "out")


# --- in a browser ------------------------------------------------------


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that keeps no log."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def served():
    """Return the address at which the built site stands, on this machine only."""
    handler = functools.partial(Quiet, directory=str(BUILT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def chromium():
    """Return the path of Chromium, or skip in words."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not (BUILT / "jupyter-lite.json").is_file():
        pytest.skip("no site is built (python3 run.py site): lesson 1 was not run in a browser")
    if not (found and shutil.which("node") and (BROWSER / "node_modules" / "playwright-core").is_dir()):
        pytest.skip("Chromium, Node.js or playwright-core is missing: lesson 1 was not run in a browser")
    return found


def test_lesson_1_runs_by_hand_in_a_browser_without_any_other_host(chromium, served, tmp_path):
    picture = tmp_path / "lesson.png"
    command = ["node", str(BROWSER / "lesson.mjs"), served, "student/01_corpus.ipynb", str(picture)]
    done = subprocess.run([*command, "--chromium", chromium], check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    lesson = nbformat.read(BUILT / "files" / "student" / "01_corpus.ipynb", as_version=4)
    codes = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    by_hand = seen["cells"][: codes.index(site.INSTALL)]
    assert [cell["prompt"] for cell in by_hand] == [f"[{number}]:" for number in range(1, len(by_hand) + 1)]
    outputs = [cell["output"] for cell in by_hand]
    assert outputs[0] == "['The', 'ferry', 'left', 'the', 'harbour.']"
    assert "27" in outputs
    assert not any("Error" in output for output in outputs)
    assert seen["before"] == []
    assert seen["corpus"] == str(len((PROJECT / "seeds/teaching/metadata.csv").read_text("utf-8").splitlines()))
    assert any("/numpy-" in asked for asked in seen["after"]), "the listener must hear what the kernel asks for"
    assert seen["wheel"].strip("'") == importlib.metadata.version("pastepot")
    assert picture.read_bytes().startswith(b"\x89PNG")
