"""run.py on a fresh machine: a toy checkout of the same shape, really installed, without any network.

The toy needs no packages and brings its own build backend, so that pip has nothing to fetch.
"""

import ast
import json
import os
import runpy
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RUN_PY = Path(__file__).resolve().parent.parent / "run.py"
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
"""The least that makes `pip install -e .` work: a path file, a command, and a note of each extra asked for."""

import zipfile
from pathlib import Path

INFO = "pastepot-9.9.dist-info"
META = "Metadata-Version: 2.1\\nName: pastepot\\nVersion: 9.9\\nProvides-Extra: lab\\nProvides-Extra: broken\\n"
META += "Requires-Dist: no-such-package-at-all; extra == 'broken'\\n"


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
def test_a_change_of_pyproject_installs_again(house: Path) -> None:
    before = builds(house)
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
    assert json.loads((house / ".venv" / "installed.json").read_text(encoding="utf-8"))["extras"] == ["lab"]


@POSIX
@pytest.mark.parametrize("harm", ["no stamp", "half a stamp", "no python", "no pip", "moved"])
def test_a_broken_install_is_mended_by_the_next_call(house: Path, harm: str) -> None:
    venv = house / ".venv"
    HARMS[harm](venv)
    mended = run(house, "report")
    assert mended.returncode == 0, mended.stderr
    assert "Set up in" in mended.stderr
    assert run(house, "report").stderr == ""


def remove_pip(venv: Path) -> None:
    """Take pip and the note of the install away."""
    (venv / "installed.json").unlink()
    for folder in venv.glob("lib/*/site-packages/pip*"):
        shutil.rmtree(folder)


def lose_python(venv: Path) -> None:
    """Let the interpreter's links point nowhere, as when the system's Python was replaced."""
    for link in (venv / "bin").glob("python*"):
        link.unlink()
        link.symlink_to(venv / "nowhere")


def forget_place(venv: Path) -> None:
    """Note another place, as when the folder was moved."""
    stamp = venv / "installed.json"
    stamp.write_text(json.dumps({"key": "of another place", "extras": []}), encoding="utf-8")


HARMS: dict[str, Callable[[Path], object]] = {
    "no stamp": lambda venv: (venv / "installed.json").unlink(),
    "half a stamp": lambda venv: (venv / "installed.json").write_text('{"key": "', encoding="utf-8"),
    "no python": lose_python,
    "no pip": remove_pip,
    "moved": forget_place,
}


@POSIX
def test_two_calls_at_once_install_once(tmp_path: Path) -> None:
    house = checkout(tmp_path / "house")
    words = [sys.executable, str(house / "run.py"), "report"]
    calls = [subprocess.Popen(words, env=shell(tmp_path / "home"), stderr=subprocess.PIPE) for _ in range(2)]
    said = b"".join(call.communicate()[1] for call in calls)
    assert [call.returncode for call in calls] == [0, 0], said
    assert builds(house) == 1
    assert b"Another call is setting up Pastepot; waiting for it ..." in said


@POSIX
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
    return runpy.run_path(str(shutil.copy(RUN_PY, tmp_path)))


def test_an_older_python_can_read_the_file_and_is_told_its_age() -> None:
    """The sentence comes before anything that an older Python does not know."""
    ast.parse(RUN_PY.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_age_is_named_in_one_sentence(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(parts["main"].__globals__, "OLDEST", (9, 0))
    assert parts["main"](["report"]) == 2
    version = sys.version.split()[0]
    assert capsys.readouterr().err == f"Pastepot needs Python 3.11 or newer; this is Python {version}.\n"


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_debian_without_venv_is_told_the_package(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    found = parts["importlib"].util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == module else found(name))
    monkeypatch.setattr("shutil.which", lambda _: None)
    (parts["ROOT"] / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    assert parts["main"](["report"]) == 2
    assert capsys.readouterr().err.splitlines()[1] == (
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
def test_a_missing_network_is_named(parts: dict[str, Any], said: str) -> None:
    command = [sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"]
    with pytest.raises(parts["SetUpError"]) as caught:
        parts["installer"](command)
    assert str(caught.value).splitlines()[-1] == (
        "The set-up needs the network once and can't reach it: connect, or set a proxy, and call again."
    )


def test_help_needs_no_set_up(parts: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert parts["main"](["--help"]) == 0
    assert capsys.readouterr().out.startswith("Set Pastepot up beside this file, once, and start it.\n")
    assert not parts["VENV"].exists()


def test_no_word_at_all_shows_the_help_and_is_no_success(parts: dict[str, Any]) -> None:
    assert parts["main"]([]) == 2


def started(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, code: int = 0) -> list[list[str]]:
    """Return the list that fills with the commands that would be started."""
    commands: list[list[str]] = []

    def start(command: list[str], _folder: Path | None = None) -> int:
        commands.append(command)
        return code

    monkeypatch.setitem(parts["main"].__globals__, "start", start)
    monkeypatch.setitem(parts["main"].__globals__, "set_up", lambda _: None)
    return commands


def test_test_runs_the_tests_and_the_examples(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    commands = started(parts, monkeypatch)
    parts["main"](["test", "-k", "ferry"])
    root = parts["ROOT"]
    assert commands[0][-4:] == ["-k", "ferry", str(root / "tests"), str(root / "lib")]


def test_test_runs_only_what_is_named(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    commands = started(parts, monkeypatch)
    parts["main"](["test", f"{__file__}::test_one"])
    assert commands[0][-1] == f"{__file__}::test_one"


@pytest.mark.parametrize(("code", "word"), [(0, "passed"), (5, "failed (exit 5)")])
def test_check_names_the_result_of_each_part(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, word: str
) -> None:
    started(parts, monkeypatch, code)
    assert parts["main"](["check"]) == int(code > 0)
    expected = f"ruff check: {word}\nruff format: {word}\nmypy: {word}\ntests: {word}\n"
    assert capsys.readouterr().out == expected


def test_lab_opens_the_notebooks_and_asks_nobody_for_news(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = started(parts, monkeypatch)
    parts["main"](["lab", "--no-browser"])
    assert commands[0][1:4] == ["-m", "jupyterlab", f"--ServerApp.root_dir={parts['ROOT'] / 'notebooks'}"]
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in commands[0]
    assert commands[0][-1] == "--no-browser"


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(RUN_PY.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_environment_chore_writes_the_file(parts: dict[str, Any]) -> None:
    pyproject = f"{PYPROJECT}dependencies = ['regex>=1']\n[project.optional-dependencies]\nlab = ['jupyterlab>=4.2']\n"
    (parts["ROOT"] / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    assert parts["main"](["environment"]) == 0
    expected = """\
        # Written by `python3 run.py environment` from pyproject.toml; change that, not this.
        name: pastepot
        channels:
          - conda-forge
        dependencies:
          - python>=3.11
          - pip
          - jupyterlab>=4.2
          - regex>=1
          - pip:
              - -e .
        """
    assert (parts["ROOT"] / "environment.yml").read_bytes() == textwrap.dedent(expected).encode()
