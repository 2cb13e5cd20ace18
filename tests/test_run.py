"""run.py on a fresh machine: a toy checkout of the same shape, really installed, without any network.

The toy needs no packages and brings its own build backend, so that pip has nothing to fetch.
"""

import ast
import importlib.util
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RUN_PY = Path(__file__).resolve().parent.parent / "run.py"
SLOW = pytest.mark.slow
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the toy's paths are those of Linux and macOS")

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "pastepot"
version = "9.9"
requires-python = ">=3.11"
"""

BACKEND = '''
"""The least that makes `pip install -e .` work: a path file, a command, and a note of each build."""

import zipfile
from pathlib import Path

INFO = "pastepot-9.9.dist-info"
META = "Metadata-Version: 2.1\\nName: pastepot\\nVersion: 9.9\\nProvides-Extra: lab\\n"


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "pastepot-9.9-py3-none-any.whl"
    with (Path(__file__).parent / "builds.txt").open("a") as file:
        file.write("built\\n")
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        wheel.writestr("pastepot.pth", str(Path(__file__).parent / "lib"))
        wheel.writestr(f"{INFO}/METADATA", META)
        wheel.writestr(f"{INFO}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{INFO}/entry_points.txt", "[console_scripts]\\npastepot = pastepot.cli:main\\n")
        wheel.writestr(f"{INFO}/RECORD", "")
    return name
'''

CLI = '''
"""Say how it was called."""

import json
import os
import sys


def main():
    names = ["PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "NUMBA_CACHE_DIR", "MPLCONFIGDIR", "PYTHONHASHSEED"]
    shell = {name: os.environ.get(name) for name in names}
    print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "python": sys.prefix, "shell": shell}))
    return 7 if "fail" in sys.argv else 0
'''


def checkout(folder: Path) -> Path:
    """Return a toy checkout with the real run.py."""
    library = folder / "lib" / "pastepot"
    library.mkdir(parents=True)
    shutil.copy(RUN_PY, folder)
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (library / "cli.py").write_text(CLI, encoding="utf-8")
    return folder


def shell(home: Path, **changed: str) -> dict[str, str]:
    """Return the environment of a fresh machine: no uv, an empty home, locale C, another environment's traces."""
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C", "PIP_NO_INDEX": "1"}
    strange = {"PYTHONPATH": str(home), "VIRTUAL_ENV": str(home), "PIP_USER": "1", "PIP_TARGET": str(home)}
    return {**kept, **settings, **strange, **changed}


def run(house: Path, *words: str, folder: Path | None = None, **changed: str) -> subprocess.CompletedProcess[str]:
    """Return a finished call of run.py."""
    return subprocess.run(
        [sys.executable, str(house / "run.py"), *words],
        check=False,
        cwd=folder or house,
        env=shell(house.parent / "home", **changed),
        capture_output=True,
        encoding="utf-8",
    )


def builds(house: Path) -> int:
    """Return how often the toy was installed."""
    noted = house / "builds.txt"
    return len(noted.read_text(encoding="utf-8").splitlines()) if noted.exists() else 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a toy checkout that has been set up once, in a folder with a space in its name."""
    house = checkout(tmp_path_factory.mktemp("my house"))
    first = run(house, "--version")
    assert first.returncode == 0, first.stderr
    assert first.stderr.splitlines()[0] == (
        "Setting up Pastepot in .venv. This happens once and can take two minutes ..."
    )
    assert builds(house) == 1
    return house


@POSIX
def test_a_second_call_installs_nothing_and_says_nothing(house: Path) -> None:
    before = builds(house)
    second = run(house, "terms", "a folder", "--top", "5")
    assert second.stderr == ""
    assert json.loads(second.stdout)["words"] == ["terms", "a folder", "--top", "5"]
    assert builds(house) == before


@POSIX
def test_the_exit_code_is_the_commands(house: Path) -> None:
    assert run(house, "report", "fail").returncode == 7


@POSIX
def test_paths_are_relative_to_the_callers_folder(house: Path, tmp_path: Path) -> None:
    assert json.loads(run(house, "report", ".", folder=tmp_path).stdout)["folder"] == str(tmp_path)


@POSIX
def test_nothing_of_another_python_comes_in(house: Path) -> None:
    said = json.loads(run(house, "report", PYTHONHASHSEED="5", PYTHONHOME="").stdout)
    venv = str(house / ".venv")
    assert said["python"] == venv
    assert said["shell"] == {
        "PYTHONPATH": None,
        "PYTHONHOME": None,
        "VIRTUAL_ENV": venv,
        "NUMBA_CACHE_DIR": f"{venv}/numba",
        "MPLCONFIGDIR": f"{venv}/matplotlib",
        "PYTHONHASHSEED": "5",
    }


@POSIX
def test_a_change_of_pyproject_installs_again_and_a_new_date_does_not(house: Path) -> None:
    before = builds(house)
    (house / "pyproject.toml").touch()
    assert run(house, "report").returncode == 0
    assert builds(house) == before
    with (house / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert run(house, "report").returncode == 0
    assert builds(house) == before + 1


@POSIX
def test_an_extra_is_added_and_stays(house: Path) -> None:
    before = builds(house)
    run(house, "lab")
    assert builds(house) == before + 1
    run(house, "report")
    run(house, "lab")
    assert builds(house) == before + 1
    (house / ".venv" / "installed.txt").write_text("of-another-place lab", encoding="utf-8")
    run(house, "report")
    assert (house / ".venv" / "installed.txt").read_text(encoding="utf-8").split()[1:] == ["lab"]


@POSIX
@pytest.mark.parametrize(
    "harm", ["no stamp", "half a stamp", pytest.param("no python", marks=SLOW), pytest.param("no pip", marks=SLOW)]
)
def test_a_broken_install_is_repaired_by_the_next_call(house: Path, harm: str) -> None:
    HARMS[harm](house / ".venv")
    repaired = run(house, "report")
    assert repaired.returncode == 0, repaired.stderr
    assert "Set up in" in repaired.stderr
    assert run(house, "report").stderr == ""


def remove_pip(venv: Path) -> None:
    """Remove pip and the note of the install."""
    (venv / "installed.txt").unlink()
    for folder in venv.glob("lib/*/site-packages/pip*"):
        shutil.rmtree(folder)


def lose_python(venv: Path) -> None:
    """Let the interpreter's links point nowhere, as when the system's Python was replaced."""
    for link in (venv / "bin").glob("python*"):
        link.unlink()
        link.symlink_to(venv / "nowhere")


HARMS: dict[str, Callable[[Path], object]] = {
    "no stamp": lambda venv: (venv / "installed.txt").unlink(),
    "half a stamp": lambda venv: (venv / "installed.txt").write_bytes(b"9fe5\xff"),
    "no python": lose_python,
    "no pip": remove_pip,
}


@POSIX
@SLOW
def test_two_calls_at_once_install_once(tmp_path: Path) -> None:
    house = checkout(tmp_path / "house")
    words = [sys.executable, str(house / "run.py"), "report"]
    calls = [subprocess.Popen(words, env=shell(tmp_path / "home"), stderr=subprocess.PIPE) for _ in range(2)]
    said = b"".join(call.communicate()[1] for call in calls)
    assert [call.returncode for call in calls] == [0, 0], said
    assert builds(house) == 1
    assert b"Another call is setting up Pastepot; waiting for it ..." in said


@POSIX
@SLOW
def test_an_install_that_fails_says_so_and_is_tried_again(tmp_path: Path) -> None:
    house = checkout(tmp_path / "house")
    backend = (house / "backend.py").read_text(encoding="utf-8")
    (house / "backend.py").write_text("raise RuntimeError('the paste is dry')", encoding="utf-8")
    failed = run(house, "report")
    assert failed.returncode == 2
    assert failed.stdout == ""
    assert "the paste is dry" in failed.stderr
    assert failed.stderr.splitlines()[-1] == (
        "The set-up stopped at this step: see docs/troubleshooting.md, then call again."
    )
    assert len(failed.stderr.splitlines()) < 20
    (house / "backend.py").write_text(backend, encoding="utf-8")
    assert run(house, "report").returncode == 0


# --- without a set-up -----------------------------------------------------------------


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Any]:
    """Return the names of run.py in a checkout of its own."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    return runpy.run_path(str(shutil.copy(RUN_PY, tmp_path)))


def replace(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    """Replace names in run.py itself."""
    for name, value in names.items():
        monkeypatch.setitem(parts["main"].__globals__, name, value)


def test_an_older_python_can_read_the_file_and_learns_its_age() -> None:
    """The sentence comes before anything that an older Python does not know."""
    ast.parse(RUN_PY.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_age_is_named_in_one_sentence(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(parts, monkeypatch, OLDEST=(9, 0))
    assert parts["main"](["report"]) == 2
    version = sys.version.split()[0]
    assert capsys.readouterr().err == f"Pastepot needs Python 3.11 or newer; this is Python {version}.\n"


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_debian_without_venv_names_the_package(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == module else known(name))
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert parts["main"](["report"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"This Python comes without its module {module}; "
        "on Debian and Ubuntu the package python3-venv brings it: sudo apt-get install python3-venv."
    )


@pytest.mark.parametrize(
    "said",
    [
        "WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/pandas/",
        "error: Failed to fetch: `https://pypi.org/simple/pandas/`\n  dns error: failed to lookup address",
        "Temporary failure in name resolution",
        "[Errno 11001] getaddrinfo failed",
    ],
)
def test_a_missing_network_is_named_in_one_sentence(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(parts["SetUpError"]) as caught:
        parts["step"]([sys.executable, "-c", f"raise SystemExit({said!r})"])
    assert str(caught.value) == (
        "The set-up needs the network once and can't reach it: connect, or set a proxy, and call again."
    )


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(
    parts: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    parts["LOCK"].mkdir()
    assert parts["main"](["report"]) == 2
    assert capsys.readouterr().err == (
        f"Pastepot is set up inside its own folder, and {parts['ROOT']} cannot be written to (Is a directory): "
        "copy Pastepot to a folder of your own and call it there.\n"
    )


def test_the_lock_is_held_by_one_call_and_free_afterwards(parts: dict[str, Any]) -> None:
    with parts["hold_lock"](), parts["LOCK"].open("ab") as other:
        assert not parts["try_lock"](other.fileno())
    with parts["LOCK"].open("ab") as other:
        assert parts["try_lock"](other.fileno())


@POSIX
def test_without_network_for_uv_pip_is_tried(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps: list[list[str]] = []

    def step(words: list[str]) -> None:
        steps.append(words)
        if words[0] == "/bin/uv":
            raise parts["SetUpError"](parts["OFFLINE"])
        parts["VENV"].mkdir(exist_ok=True)

    monkeypatch.setattr("shutil.which", lambda _: "/bin/uv")
    replace(parts, monkeypatch, step=step)
    parts["set_up"]({"lab"})
    assert [words[1:3] for words in steps] == [["venv", "--quiet"], ["-m", "venv"], ["-m", "pip"]]
    assert steps[-1][-1] == ".[lab]"
    assert capsys.readouterr().err.splitlines()[1] == "uv could not install the packages; trying pip ..."


def test_help_needs_no_set_up(parts: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert parts["main"](["--help"]) == 0
    assert capsys.readouterr().out.startswith("Set Pastepot up in the folder .venv, once, and start it.\n")
    assert not parts["VENV"].exists()


def test_no_word_at_all_shows_the_help_and_is_no_success(parts: dict[str, Any]) -> None:
    assert parts["main"]([]) == 2


def test_test_runs_the_tests_and_the_examples_or_what_is_named(parts: dict[str, Any]) -> None:
    root = parts["ROOT"]
    everything = [str(root / "tests"), str(root / "lib")]
    assert parts["command_of"](["test", "-k", "ferry"])[-4:] == ["-k", "ferry", *everything]
    assert parts["command_of"](["test", f"{__file__}::test_one"])[-1] == f"{__file__}::test_one"


def served(command: list[str]) -> str:
    """Return the folder that a command of JupyterLab serves."""
    return next(word for word in command if "root_dir" in word).removeprefix("--ServerApp.root_dir=")


def test_lab_opens_the_project_and_asks_no_server_for_news(parts: dict[str, Any]) -> None:
    command = parts["command_of"](["lab", "--no-browser", "--port", "8890"])
    assert command[1:3] == ["-m", "jupyterlab"]
    assert served(command) == str(parts["ROOT"])
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command
    assert command[-3:] == ["--no-browser", "--port", "8890"]


@pytest.mark.parametrize("before", [[], ["--no-browser"]])
def test_lab_opens_the_folder_or_the_notebook_that_is_named(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: list[str]
) -> None:
    lesson = tmp_path / "my class" / "student" / "01.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "my class")
    replace(parts, monkeypatch, ROOT=tmp_path / "elsewhere")
    assert served(parts["command_of"](["lab", *before, "student"])) == str(lesson.parent)
    command = parts["command_of"](["lab", *before, "student/01.ipynb"])
    assert (served(command), command[-1]) == (str(lesson.parent), "student/01.ipynb")
    replace(parts, monkeypatch, ROOT=tmp_path)
    assert served(parts["command_of"](["lab", *before, str(lesson)])) == str(tmp_path)


def test_lab_says_in_one_sentence_that_a_path_is_not_there(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(parts, monkeypatch, set_up=lambda _: pytest.fail("set up for nothing"))
    assert parts["main"](["lab", "nowhere/01.ipynb"]) == 2
    assert capsys.readouterr().err == "lab opens a folder or a notebook; there is no nowhere/01.ipynb.\n"


@SLOW
@POSIX
@pytest.mark.parametrize("named", ["student", "student/01 ü.ipynb", ""])
def test_lab_really_serves_what_is_named(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    pytest.importorskip("jupyterlab")
    project = tmp_path / "a project"
    (project / "student").mkdir(parents=True)
    cells = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (project / "student" / "01 ü.ipynb").write_text(json.dumps(cells), encoding="utf-8")
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ncp \"${{1#file://}}\" '{tmp_path}/opened'\n", encoding="utf-8")
    browser.chmod(0o755)
    replace(parts, monkeypatch, ROOT=project, tool=lambda _: sys.executable)
    monkeypatch.chdir(project)
    options = ["--allow-root", "--port=0", f"--ServerApp.browser={browser} %s"]
    command = parts["command_of"](["lab", *([named] if named else []), *options])
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(120):
                if (tmp_path / "opened").exists() and (page := (tmp_path / "opened").read_text(encoding="utf-8")):
                    break
                time.sleep(0.5)
        finally:
            server.terminate()
    address = re.search(r'href="http://[^/"]*(/lab[^?"]*)', page)
    opened = {"student": "/lab", "student/01 ü.ipynb": "/lab/tree/student/01%20%C3%BC.ipynb", "": "/lab"}
    assert address is not None
    assert address[1] == opened[named]


@pytest.mark.parametrize("word", ["class", "site"])
def test_class_and_site_start_a_module_that_exists_and_knows_its_options(parts: dict[str, Any], word: str) -> None:
    command = parts["command_of"]([word, "--help"])
    done = subprocess.run([sys.executable, *command[1:]], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--out" in done.stdout


@pytest.mark.parametrize(("code", "word"), [(0, "passed"), (5, "failed (exit 5)")])
def test_check_names_the_result_of_each_part(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, word: str
) -> None:
    replace(parts, monkeypatch, start=lambda *_: code, set_up=lambda _: None)
    assert parts["main"](["check"]) == int(code > 0)
    expected = f"ruff check: {word}\nruff format: {word}\nmypy: {word}\ntests: {word}\n"
    assert capsys.readouterr().out == expected


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(RUN_PY.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
