"""Write environment.yml, the file that conda reads, from pyproject.toml: ``python3 tests/environment_file.py``.

A test holds the committed file equal to what this writes.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"matplotlib": "matplotlib-base", "vaderSentiment": "vadersentiment"}
"""What conda-forge calls a package that has another name there, or a smaller part that will do."""


def environment_text(project: Mapping[str, Any]) -> str:
    """Return environment.yml for a `[project]` table: its dependencies and those of the notebooks."""
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    specs = [f"python{project['requires-python']}", "pip", *sorted(map(conda_spec, wanted), key=str.lower)]
    return "\n".join(
        [
            "# Written by `python3 tests/environment_file.py` from pyproject.toml; change that, not this.",
            f"name: {project['name']}",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            *(f"  - {spec}" for spec in specs),
            "  - pip:",
            "      - -e .",
            "",
        ]
    )


def conda_spec(requirement: str) -> str:
    """Return a requirement as conda writes it: its name there, its bounds, no extras, no marker.

    >>> conda_spec("markdown[extra] >= 3, < 4; python_version < '3.12'")
    'markdown>=3,<4'
    """
    parts = re.fullmatch(r"([\w.-]+)\s*(\[[^\]]*\])?([^;]*)(;.*)?", requirement)
    if parts is None:
        raise ValueError(f"not a requirement of the form name>=bound: {requirement!r}")
    return CONDA_NAMES.get(parts[1], parts[1]) + parts[3].replace(" ", "")


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment_text(PROJECT), encoding="utf-8", newline="\n")
