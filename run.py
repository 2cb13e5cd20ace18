"""Set Pastepot up beside this file, once, and start it.

python3 run.py report [SRC] [--out DIR]   from articles to one page with figures and tables
python3 run.py test [PYTEST OPTIONS]      tests and the examples of the documentation
python3 run.py TABLE SRC [OPTIONS]        any other word goes to the pastepot command: terms, passages, ...
python3 run.py --version                  set up, then say which version

Chores
python3 run.py lab                        the notebooks in JupyterLab
python3 run.py check                      ruff, mypy and the tests, each part named
python3 run.py class | site               copies of the notebooks for a class | the static site
python3 run.py environment                write environment.yml from pyproject.toml (needs no set-up)

Needs Python 3.11 or newer and, the first time, the network. Everything goes into the folder .venv; delete it
to start afresh. Paths are relative to the folder you are in.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
PYPROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
LOCK = VENV / "setup.lock"
WINDOWS = os.name == "nt"

TESTING = frozenset({"dev", "excel", "html", "lab", "nexis"})
EXTRAS: dict[str, frozenset[str]] = {
    "check": TESTING,
    "lab": frozenset({"lab"}),
    "site": frozenset({"site"}),
    "test": TESTING,
}

CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "vaderSentiment": "vadersentiment",
}
"""What conda-forge calls a package that has another name there, or a smaller part that will do."""

NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|name resolution|nodename nor servname"
    r"|Name or service not known|getaddrinfo failed|Network is unreachable|Connection refused"
    r"|dns error|error sending request",
    re.IGNORECASE,
)
FOREIGN = {"PIP_PREFIX", "PIP_TARGET", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__"}
"""Settings of the caller's shell that would put other packages into the house, or the house's elsewhere."""

PIP = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
"""What pip must do here whatever the person's own settings say."""


class SetUpError(Exception):
    """Something that keeps Pastepot from being set up, in words for the person who started it."""


def main(words: Sequence[str]) -> int:
    """Return the exit code of the command that `words` name, after setting up what it needs."""
    if sys.version_info < OLDEST:
        return refuse("Pastepot needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")
    if not words or words[0] in {"-h", "--help"}:
        print((__doc__ or "").strip())
        return 0 if words else 2
    try:
        if words[0] == "environment":
            return write_environment()
        set_up(EXTRAS.get(words[0], frozenset()))
    except (SetUpError, OSError) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Stopped before the set-up was complete; the next call takes it up again.")
    chore = CHORES.get(words[0])
    return chore(words[1:]) if chore else start([tool("pastepot"), *words])


def refuse(message: str) -> int:
    """Return the exit code for "nothing done" after saying why."""
    tell(message)
    return 2


def tell(message: str) -> None:
    """Print a message where it cannot mix with data."""
    print(message, file=sys.stderr, flush=True)


# --- set-up ------------------------------------------------------------


def set_up(extras: frozenset[str]) -> None:
    """Make .venv hold Pastepot with `extras`, if it does not yet; a second call at the same time waits."""
    if missing(extras) is None:
        return
    VENV.mkdir(exist_ok=True)
    with locked(LOCK):
        wanted = missing(extras)
        if wanted is None:
            return
        began = time.monotonic()
        tell("Setting up Pastepot in .venv. This happens once and can take two minutes ...")
        STAMP.unlink(missing_ok=True)
        make_house()
        install(wanted)
        quietly([tool("python"), "-m", "pastepot.kernels"])
        write_stamp(wanted)
        tell(f"Set up in {time.monotonic() - began:.0f} s.")


def missing(extras: frozenset[str]) -> frozenset[str] | None:
    """Return every extra that an install must now bring, or None if what stands in .venv will do."""
    stamp = read_stamp()
    installed = frozenset(stamp.get("extras", ()))
    if stamp.get("key") == key() and extras <= installed:
        return None
    return extras | installed


def key() -> str:
    """Return a digest of what an install depends on: dependencies, Python, place."""
    python = answer("import sys; print(sys.implementation.cache_tag)")
    return hashlib.sha256(b"\0".join([PYPROJECT.read_bytes(), python.encode(), bytes(ROOT)])).hexdigest()


def read_stamp() -> dict[str, Any]:
    """Return what the last complete install noted; nothing if there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(extras: frozenset[str]) -> None:
    """Note a complete install; aside first, so that half a note is never read."""
    aside = STAMP.with_suffix(".part")
    aside.write_text(json.dumps({"key": key(), "extras": sorted(extras)}), encoding="utf-8")
    aside.replace(STAMP)


def make_house() -> None:
    """Make .venv, or mend one whose Python or pip is gone."""
    if not answer("print('here')"):
        clear(VENV, but=LOCK)
    uv = shutil.which("uv")
    if uv and not answer("print('here')"):
        command = [uv, "venv", "--quiet", "--seed", "--allow-existing", "--python", sys.executable, str(VENV)]
        with contextlib.suppress(SetUpError):
            installer(command)
    if not answer("import pip; print('here')"):
        for module in ("venv", "ensurepip"):
            if importlib.util.find_spec(module) is None:
                message = f"This Python comes without its module {module}; on Debian and Ubuntu the package"
                raise SetUpError(f"{message} python3-venv brings it: sudo apt-get install python3-venv.")
        installer([sys.executable, "-m", "venv", str(VENV)])


def clear(folder: Path, *, but: Path) -> None:
    """Empty a folder whose Python does not run, but keep the lock that is held."""
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child != but:
            child.unlink()


def install(extras: frozenset[str]) -> None:
    """Install this checkout with `extras`: by uv if it is there and can, else by pip."""
    package = f".[{','.join(sorted(extras))}]" if extras else "."
    uv = shutil.which("uv")
    if uv:
        try:
            installer(
                [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", tool("python"), "-e", package]
            )
        except SetUpError:
            tell("uv could not install the packages; trying pip ...")
        else:
            return
    installer([tool("python"), "-m", "pip", "install", "--quiet", "-e", package])


def installer(command: Sequence[str]) -> None:
    """Run one step of the set-up; if it fails, raise with its last lines and what to do."""
    done = quietly(command)
    if done.returncode == 0:
        return
    last = "\n".join(done.stdout.strip().splitlines()[-12:])
    if NO_NETWORK.search(done.stdout):
        advice = "The set-up needs the network once and can't reach it: connect, or set a proxy, and call again."
    else:
        advice = "The set-up stopped at this step: see docs/troubleshooting.md, then call again."
    raise SetUpError(f"{last}\n{advice}")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock on a file; it ends with the process, however that ends."""
    with path.open("ab") as file:
        told = False
        while not try_lock(file.fileno()):
            if not told:
                tell("Another call is setting up Pastepot; waiting for it ...")
            told = True
            time.sleep(0.3)
        yield


def try_lock(descriptor: int) -> bool:
    """Return whether the lock is ours; a file system that knows no locks counts as ours."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 (there is one on Windows only)

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 (there is none on Windows)

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


# --- starting things ------------------------------------------------------------


def tool(name: str) -> str:
    """Return the path of a command of .venv."""
    return str(VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name)


def surroundings() -> dict[str, str]:
    """Return the environment of everything started here: .venv first, nothing from other Pythons."""
    own = {"MPLCONFIGDIR": str(VENV / "matplotlib"), "NUMBA_CACHE_DIR": str(VENV / "numba")}
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    path = os.pathsep.join([str(Path(tool("python")).parent), kept.get("PATH", os.defpath)])
    return {**own, **kept, "PATH": path, **PIP, "VIRTUAL_ENV": str(VENV)}


def quietly(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Return a finished command with what it said; it runs in the checkout and asks nothing."""
    return subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def answer(code: str) -> str:
    """Return what the Python of .venv prints for a line of code; nothing if it does not run."""
    try:
        done = subprocess.run([tool("python"), "-I", "-c", code], check=False, capture_output=True)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode("ascii", "replace").strip()


def start(command: Sequence[str], folder: Path | None = None) -> int:
    """Return the exit code of a command that talks to the person itself."""
    try:
        code = subprocess.call(command, cwd=folder, env=surroundings())
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return refuse(f"{error}; delete the folder .venv and call again.")
    return code if code >= 0 else 128 - code


# --- chores ------------------------------------------------------------


def test(options: Sequence[str]) -> int:
    """Return pytest's exit code: all tests and examples, or those that `options` name."""
    named = any(Path(option.split("::")[0]).exists() for option in options)
    everything = [] if named else [str(ROOT / "tests"), str(ROOT / "lib")]
    config = ["-c", str(PYPROJECT), "--rootdir", str(ROOT)]
    return start([tool("python"), "-m", "pytest", "-rs", *config, *options, *everything])


def check(options: Sequence[str]) -> int:
    """Return 1 if a part of the check fails; every part runs, and its result is named at the end."""
    parts = {"ruff check": ["."], "ruff format": ["--check", "."], "mypy": []}
    codes = {name: start([tool("python"), "-m", *name.split(), *words], ROOT) for name, words in parts.items()}
    codes["tests"] = test(options)
    for name, code in codes.items():
        print(f"{name}: {f'failed (exit {code})' if code else 'passed'}", flush=True)
    return int(any(codes.values()))


def lab(options: Sequence[str]) -> int:
    """Return JupyterLab's exit code; it opens the notebooks and asks no server for news."""
    silent = ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None"]
    folder = f"--ServerApp.root_dir={ROOT / 'notebooks'}"
    return start([tool("python"), "-m", "jupyterlab", folder, *silent, *options])


CHORES: dict[str, Callable[[Sequence[str]], int]] = {"check": check, "lab": lab, "test": test}


# --- environment.yml ------------------------------------------------------------


def write_environment() -> int:
    """Write environment.yml from pyproject.toml and return 0."""
    import tomllib  # noqa: PLC0415 (an older Python must reach the sentence that names its age)

    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    with (ROOT / "environment.yml").open("w", encoding="utf-8", newline="\n") as file:
        file.write(environment(project))
    return 0


def environment(project: Mapping[str, Any]) -> str:
    """Return environment.yml for a `[project]` table: its dependencies and those of the notebooks."""
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    lines = [f"python{project['requires-python']}", "pip", *sorted(map(conda_spec, wanted), key=str.lower)]
    return "\n".join(
        [
            "# Written by `python3 run.py environment` from pyproject.toml; change that, not this.",
            f"name: {project['name']}",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            *(f"  - {line}" for line in lines),
            "  - pip:",
            "      - -e .",
            "",
        ]
    )


def conda_spec(requirement: str) -> str:
    """Return a requirement as conda writes it: its name there, its bounds, no extras, no marker."""
    name, _, bounds = re.fullmatch(r"([\w.-]+)(\[[^\]]*\])?([^;]*)(?:;.*)?", requirement).groups()  # type: ignore[union-attr]
    return CONDA_NAMES.get(name, name) + bounds.replace(" ", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
