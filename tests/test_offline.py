"""The tests themselves reach no address but loopback, nor do the Pythons they start."""

import asyncio
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from typing import Any

import nltk
import pytest

ADDRESS = "192.0.2.1"  # reserved for documentation: nobody's

WAYS_OUT: dict[str, Callable[[], Any]] = {
    "a socket": lambda: socket.create_connection((ADDRESS, 80), timeout=1),
    "a name": lambda: socket.create_connection(("example.org", 80), timeout=1),
    "the web": lambda: urllib.request.urlopen(f"http://{ADDRESS}/", timeout=1),
    "asyncio": lambda: asyncio.run(asyncio.open_connection(ADDRESS, 80)),
    "NLTK's downloader": lambda: nltk.download("punkt"),  # noqa: TID251 (it must fail)
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_way_out_is_shut(way: str) -> None:
    with pytest.raises(RuntimeError, match="blocked in tests"):
        WAYS_OUT[way]()


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()


def test_a_python_started_by_a_test_has_no_way_out_either() -> None:
    code = f"import socket; socket.create_connection(('{ADDRESS}', 80), timeout=1)"
    child = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert child.returncode == 1
    assert "blocked in tests" in child.stderr
