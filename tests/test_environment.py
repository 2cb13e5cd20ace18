"""environment.yml says what pyproject.toml says, in words that conda and pip accept.

That conda-forge can solve it cannot be shown without conda; the README says so.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rattler
import yaml
from environment_file import PROJECT, ROOT, conda_spec, environment_text

TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
CONDA = [line for line in FILE["dependencies"] if isinstance(line, str)]
PIP = [line for line in FILE["dependencies"] if not isinstance(line, str)]

ELSEWHERE = {"matplotlib": "matplotlib-base"}


def name_and_bounds(line: str) -> tuple[str, frozenset[str]]:
    """Return the folded name and the set of bounds of a requirement or a conda line."""
    match = re.match(r"([A-Za-z0-9._-]+)(?:\[.*?\])?([^;]*)", line)
    assert match, line
    bounds = frozenset(bound.strip() for bound in match[2].split(",") if bound.strip())
    return match[1].lower(), bounds


def test_the_file_holds_a_name_a_channel_and_dependencies_only() -> None:
    assert list(FILE) == ["name", "channels", "dependencies"]
    assert FILE["name"] == PROJECT["name"]
    assert FILE["channels"] == ["conda-forge"]


def test_names_and_bounds_are_those_of_pyproject() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"]]
    expected = {ELSEWHERE.get(name, name): bounds for name, bounds in map(name_and_bounds, wanted)}
    expected |= {"python": frozenset({PROJECT["requires-python"]}), "pip": frozenset()}
    assert dict(map(name_and_bounds, CONDA)) == expected
    assert len(CONDA) == len(expected)


def test_every_conda_name_is_written_in_small_letters() -> None:
    assert [line.lower() for line in CONDA] == CONDA


@pytest.mark.parametrize("line", CONDA)
def test_conda_can_read_each_line(line: str) -> None:
    assert str(rattler.MatchSpec(line).name.normalized) == name_and_bounds(line)[0]


def test_a_line_that_conda_cannot_read_would_be_seen() -> None:
    with pytest.raises(Exception, match="version"):
        rattler.MatchSpec("pandas===")


def test_the_pip_part_is_this_checkout_and_nothing_else() -> None:
    assert PIP == [{"pip": ["-e ."]}]


def test_pip_would_install_the_pip_part(tmp_path: Path) -> None:
    """The way conda hands it over: as a requirements file, read in the checkout."""
    listed = tmp_path / "requirements.txt"
    listed.write_text("\n".join(PIP[0]["pip"]), encoding="utf-8")
    quiet = ["--dry-run", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--no-index"]
    command = [sys.executable, "-m", "pip", "install", *quiet, "-r", str(listed)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"Would install {PROJECT['name']}-{PROJECT['version']}" in done.stdout


def test_the_committed_file_is_what_the_script_writes() -> None:
    assert environment_text(PROJECT) == TEXT


@pytest.mark.parametrize(
    ("requirement", "spec"),
    [
        ("pandas>=2.2", "pandas>=2.2"),
        ("types-tqdm", "types-tqdm"),
        ("matplotlib >= 3.9, < 4", "matplotlib-base>=3.9,<4"),
        ("numba>=0.61; sys_platform != 'emscripten'", "numba>=0.61"),
        ("markdown[extra]>=3; python_version < '3.12'", "markdown>=3"),
        ("vaderSentiment>=3.3.2", "vadersentiment>=3.3.2"),
    ],
)
def test_a_requirement_becomes_a_conda_line(requirement: str, spec: str) -> None:
    assert conda_spec(requirement) == spec
