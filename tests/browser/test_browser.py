"""The report in a real browser: nothing fetched, nothing complained of, readable at 390 pixels and by a screen reader.

Chromium only; Firefox and Safari are not tried.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
TEACHING = HERE.parent.parent / "seeds" / "teaching"

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Gull Quay</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">"""

SOUND = f"""{HEAD}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>main {{ max-width: 40rem }}</style></head>
<body><main><h1>The ferry strike</h1><p>No boat left Gull Quay on Monday.</p>
<svg role="img" aria-label="A bar for each week" viewBox="0 0 100 50" width="100%"><rect width="20" height="50"/></svg>
</main></body></html>"""

FLAWS = {
    "requests": '<img src="https://192.0.2.1/ferry.png" alt="A ferry">',
    "messages": '<script>console.error("no ferry")</script>',
    "violations": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">',
    "overflow": '<p style="width: 600px">A very long quay</p>',
}


@pytest.fixture(scope="module")
def chromium() -> str:
    """Return the path of Chromium, or skip in words."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not shutil.which("node"):
        pytest.skip("Node.js is not installed: no browser test")
    if not found:
        pytest.skip("Chromium is not installed: no browser test")
    if not (HERE / "node_modules" / "playwright-core").is_dir():
        pytest.skip("tests/browser/node_modules is missing (npm install there): no browser test")
    return found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page that the report on the teaching corpus writes."""
    if importlib.util.find_spec("pastepot.cli") is None or not any(TEACHING.glob("**/*.txt")):
        pytest.skip("there is no report on the teaching corpus yet")
    out = tmp_path_factory.mktemp("report")
    command = [str(Path(sys.executable).with_name("pastepot")), "report", str(TEACHING), "--out", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out / "report.html"


def checked(page: Path, chromium: str) -> dict[str, Any]:
    """Return what the browser check says of a page; its screenshots stand beside the page."""
    command = ["node", str(HERE / "check.mjs"), str(page), str(page.parent), "--chromium", chromium]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode in {0, 1}, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["sound"] is (done.returncode == 0)
    return result


def flaws(result: dict[str, Any]) -> dict[str, Any]:
    """Return by kind and width what is wrong with a page."""
    return {f"{kind} at {at['width']}": at[kind] for at in result["pages"] for kind in FLAWS if at[kind]}


def test_the_report_is_sound(report: Path, chromium: str) -> None:
    result = checked(report, chromium)
    assert flaws(result) == {}
    assert [at["width"] for at in result["pages"]] == [1100, 390]


def test_a_sound_page_passes_and_is_pictured(tmp_path: Path, chromium: str) -> None:
    page = tmp_path / "sound.html"
    page.write_text(SOUND, encoding="utf-8")
    assert flaws(checked(page, chromium)) == {}
    for width in (1100, 390):
        png = (tmp_path / f"sound-{width}.png").read_bytes()
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") == width


@pytest.mark.parametrize("kind", FLAWS)
def test_a_flaw_is_seen(tmp_path: Path, chromium: str, kind: str) -> None:
    page = tmp_path / "flawed.html"
    body = f"<body><main><h1>The ferry strike</h1>{FLAWS[kind]}</main></body></html>"
    page.write_text(f"{HEAD}</head>{body}", encoding="utf-8")
    found = flaws(checked(page, chromium))
    assert f"{kind} at 390" in found
    if kind != "requests":  # a failed request is a message, too
        assert {name.split()[0] for name in found} == {kind}


def test_a_page_that_is_not_there_is_not_called_sound(tmp_path: Path, chromium: str) -> None:
    with pytest.raises(AssertionError, match="ERR_FILE_NOT_FOUND"):
        checked(tmp_path / "nowhere.html", chromium)
