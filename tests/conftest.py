"""What applies to every test: no network, an empty home, the same examples each time, slow tests only when asked."""

import os
import runpy
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).resolve().parent
SHARED = TESTS.parent.parent / "shared"
SURROUNDINGS = pytest.MonkeyPatch()

pytest_plugins = ["by_hand"]  # tables and fixtures of the rooms that draw and report

collect_ignore = ["offline"]  # no tests: what every Python of the tests reads first

# Examples are the same each time, so that no test fails by chance. `.ci/run` asks for the thorough profile.
hypothesis.settings.register_profile("quick", derandomize=True, deadline=None, max_examples=25)
hypothesis.settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs everything."""
    parser.addoption("--slow", action="store_true", help="also run the tests marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip slow tests unless the person asks for them, and say how to run them."""
    if not config.getoption("--slow"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: run with --slow"))


def pytest_configure() -> None:
    """Shut the network and empty the home before the first test module is read."""
    home = tempfile.mkdtemp(prefix="pastepot-home-")
    for name in ("HOME", "USERPROFILE", "NLTK_DATA"):
        SURROUNDINGS.setenv(name, home)
    for name, folder in {"MPLCONFIGDIR": "matplotlib", "NUMBA_CACHE_DIR": "numba"}.items():
        SURROUNDINGS.setenv(name, os.environ.get(name, str(Path(sys.prefix) / folder)))
    SURROUNDINGS.setenv("PYTHONPATH", str(TESTS / "offline"), prepend=os.pathsep)
    runpy.run_path(str(TESTS / "offline" / "sitecustomize.py"))
    refuse_downloads()


def pytest_unconfigure() -> None:
    """Give the surroundings back."""
    home = os.environ["NLTK_DATA"]
    SURROUNDINGS.undo()
    shutil.rmtree(home, ignore_errors=True)


def refuse_downloads() -> None:
    """Let NLTK's downloader, which swallows network errors, fail aloud."""
    import nltk.downloader  # noqa: PLC0415 (after the network is shut)

    def refused(*_: object, **__: object) -> None:
        raise RuntimeError("blocked in tests: a download by NLTK")

    SURROUNDINGS.setattr(nltk.downloader.Downloader, "incr_download", refused)
    SURROUNDINGS.setattr(nltk.downloader.Downloader, "index", refused)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder beside the checkout that holds the real articles and the evaluation data."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside this checkout: it holds the real articles and the evaluation data")
    return SHARED


@pytest.fixture(scope="session")
def undo_decisions():
    """Return a function that rebuilds a raw text from its clean one: it reads no raw character but those of the edits.

    What it gives is the raw text only if the ledger names everything that cleaning changed.
    """
    from pastepot.corpus.ledger import text_edits  # noqa: PLC0415 (after the network is shut)

    def undo(clean, raw, decisions):
        pieces, clean_at, raw_at = [], 0, 0
        for edit in text_edits(decisions):
            kept = clean_at + edit.start - raw_at
            pieces += [clean[clean_at:kept], raw[edit.start : edit.end]]
            clean_at, raw_at = kept + len(edit.replacement), edit.end
            assert clean[kept:clean_at] == edit.replacement
        return "".join([*pieces, clean[clean_at:]])

    return undo
