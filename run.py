"""Set Pastepot up in the folder .venv, once, and start it.

python3 run.py report [SRC] [--out DIR]   read articles and write one page with figures and tables
python3 run.py TABLE SRC [OPTIONS]        write one table: terms, passages, sentiment, ... (see pastepot --help)
python3 run.py --version                  set up, then print the version
python3 run.py lab [FOLDER | NOTEBOOK]    open it in JupyterLab; without either, the project's own folder
python3 run.py test [PYTEST OPTIONS]      run the tests and the examples of the documentation
python3 run.py check                      run ruff, mypy and the tests, and name the result of each
python3 run.py class | site               write the notebooks for a class | as a static site

You need Python 3.11 or newer and, the first time, the network. To start afresh, delete the folder .venv.
Paths are relative to the folder you are in.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
PYPROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
LOCK = ROOT / ".venv.lock"
PYTHON = getattr(sys, "_base_executable", sys.executable)  # not that of .venv, which may have to go
TESTING = {"dev", "lab"}
EXTRAS = {"check": TESTING, "lab": {"lab"}, "site": {"site"}, "test": TESTING}
NO_NETWORK = re.compile(
    r"(?i)NewConnectionError|NameResolutionError|ConnectTimeout|name resolution|nodename nor servname|dns error"
    r"|Name or service not known|getaddrinfo failed|Network is unreachable|Connection refused|error sending request"
)
OFFLINE = "The set-up needs the network once and can't reach it: connect, or set a proxy, and call again."
FOREIGN = {"PIP_PREFIX", "PIP_TARGET", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__"}
"""Variables of your shell that would bring other packages in, or install ours elsewhere."""


class SetUpError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main(words: Sequence[str]) -> int:
    """Return the exit code of the command in `words`, after setting up what it needs."""
    if sys.version_info < OLDEST:
        return refuse("Pastepot needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")
    if not words or words[0] in {"-h", "--help"}:
        print((__doc__ or "").strip())
        return 0 if words else 2
    try:
        command = command_of(words)
        set_up(EXTRAS.get(words[0], set()))
    except (SetUpError, OSError) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Stopped before the set-up was complete; the next call repeats it.")
    return check(words[1:]) if words[0] == "check" else start(command)


def refuse(message: str) -> int:
    """Return the exit code for "nothing done" after saying why."""
    tell(message)
    return 2


def tell(message: str) -> None:
    """Print a message to standard error, away from the data."""
    print(message, file=sys.stderr, flush=True)


# --- set-up ---------------------------------------------------------------------------


def set_up(extras: set[str]) -> None:
    """Install Pastepot with `extras` in .venv unless the stamp there says that it is; a second call waits."""
    if is_installed(extras):
        return
    with hold_lock():
        if is_installed(extras):
            return
        began = time.monotonic()
        tell("Setting up Pastepot in .venv. This happens once and can take two minutes ...")
        extras = extras | read_stamp() & set().union(*EXTRAS.values())
        uv = shutil.which("uv")
        try:
            install(extras, uv)
        except SetUpError:
            if not uv:
                raise
            tell("uv could not install the packages; trying pip ...")
            install(extras, None)
        STAMP.write_text(" ".join([stamp_key(), *sorted(extras)]), encoding="utf-8")
        tell(f"Set up in {time.monotonic() - began:.0f} s.")


def is_installed(extras: set[str]) -> bool:
    """Return whether this pyproject.toml is installed here, with `extras`, for the Python of .venv."""
    return Path(tool("python")).exists() and {stamp_key(), *extras} <= read_stamp()


def read_stamp() -> set[str]:
    """Return the words that the last complete install noted: its key and its extras."""
    return set(STAMP.read_text(encoding="utf-8", errors="replace").split()) if STAMP.is_file() else set()


def stamp_key() -> str:
    """Return a digest of what an install depends on: pyproject.toml, this folder and the Python below .venv."""
    python = Path(tool("python")).resolve()
    return hashlib.sha256(b"\0".join([PYPROJECT.read_bytes(), bytes(ROOT), bytes(python)])).hexdigest()


def install(extras: set[str], uv: str | None) -> None:
    """Install this folder with `extras` in .venv; delete and remake a .venv whose Python or pip does not run."""
    python = tool("python")
    if not Path(python).exists() or run([python, "-c", "import pip"]).returncode:
        if VENV.exists():
            shutil.rmtree(VENV)
        step([uv, "venv", "--quiet", "--seed", "--python", PYTHON, str(VENV)] if uv else venv_command())
    pip = [uv, "pip", "install", "--compile-bytecode", "--python", python] if uv else [python, "-m", "pip", "install"]
    step([*pip, "--quiet", "-e", f".[{','.join(sorted(extras))}]" if extras else "."])


def venv_command() -> list[str]:
    """Return what makes .venv without uv, or raise if this Python lacks it, as Debian's does at first."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            message = f"This Python comes without its module {module}; on Debian and Ubuntu the package"
            raise SetUpError(f"{message} python3-venv brings it: sudo apt-get install python3-venv.")
    return [PYTHON, "-m", "venv", str(VENV)]


def step(words: Sequence[str]) -> None:
    """Run one step of the set-up; if it fails, raise with its last lines and what to do."""
    done = run(words)
    if done.returncode:
        printed = (done.stdout + done.stderr).strip()
        last = "\n".join(printed.splitlines()[-12:])
        advice = "The set-up stopped at this step: see docs/troubleshooting.md, then call again."
        raise SetUpError(OFFLINE if NO_NETWORK.search(printed) else f"{last}\n{advice}")


def hold_lock() -> BinaryIO:
    """Return the lock of the set-up, held until it is closed or the process ends, however that ends."""
    try:
        file = LOCK.open("ab")
    except OSError as error:
        message = f"Pastepot is set up inside its own folder, and {ROOT} cannot be written to ({error.strerror})"
        raise SetUpError(f"{message}: copy Pastepot to a folder of your own and call it there.") from error
    if not try_lock(file.fileno()):
        tell("Another call is setting up Pastepot; waiting for it ...")
        while not try_lock(file.fileno()):
            time.sleep(0.3)
    return file


def try_lock(descriptor: int) -> bool:
    """Return whether the lock is ours; a file system that knows no locks counts as ours."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 (only Windows has it)

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 (Windows does not have it)

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return not isinstance(error, BlockingIOError | PermissionError)
    return True


# --- starting things ------------------------------------------------------------------


def tool(name: str) -> str:
    """Return the path of a command of .venv."""
    return str(VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name)


def environment() -> dict[str, str]:
    """Return the environment of everything started here: .venv first, nothing from other Pythons."""
    defaults = {"MPLCONFIGDIR": str(VENV / "matplotlib"), "NUMBA_CACHE_DIR": str(VENV / "numba")}
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    path = os.pathsep.join([str(Path(tool("python")).parent), kept.get("PATH", os.defpath)])
    fixed = {"PATH": path, "VIRTUAL_ENV": str(VENV), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    return {**defaults, **kept, **fixed}


def run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Return a finished command with what it printed; it runs in this folder and asks nothing."""
    return subprocess.run(
        words, check=False, cwd=ROOT, env=environment(), input="", capture_output=True, text=True, errors="replace"
    )


def start(words: Sequence[str], folder: Path | None = None) -> int:
    """Return the exit code of a command that talks to you itself."""
    try:
        code = subprocess.call(words, cwd=folder, env=environment())
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return refuse(f"{error}; delete the folder .venv and call again.")
    return code if code >= 0 else 128 - code


def command_of(words: Sequence[str]) -> list[str]:
    """Return what `words` start in .venv; a word that is not named here goes to the pastepot command.

    The notebooks link to the project's pages, so JupyterLab gets the whole project for one of them.
    """
    python, word, options = tool("python"), words[0], words[1:]
    if word == "lab":
        if options and not options[0].startswith("-") and not Path(options[0]).exists():
            raise SetUpError(f"lab opens a folder or a notebook; there is no {options[0]}.")
        path = next((Path(option).resolve() for option in options if Path(option).exists()), ROOT)
        folder = path if path.is_dir() else ROOT if ROOT in path.parents else path.parent
        quiet = ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None"]
        return [python, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *quiet, *options]
    if word == "test":
        named = any(Path(option.split("::")[0]).exists() for option in options)
        everything = [] if named else [str(ROOT / "tests"), str(ROOT / "lib")]
        return [python, "-m", "pytest", "-rs", "-c", str(PYPROJECT), "--rootdir", str(ROOT), *options, *everything]
    return [python, "-m", "classroom", *words] if word in {"class", "site"} else [tool("pastepot"), *words]


def check(options: Sequence[str]) -> int:
    """Return 1 if a part of the check fails; every part runs, and its result is named at the end."""
    parts = {"ruff check": ["."], "ruff format": ["--check", "."], "mypy": []}
    codes = {name: start([tool("python"), "-m", *name.split(), *rest], ROOT) for name, rest in parts.items()}
    codes["tests"] = start(command_of(["test", *options]))
    for name, code in codes.items():
        print(f"{name}: {f'failed (exit {code})' if code else 'passed'}", flush=True)
    return int(any(codes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
