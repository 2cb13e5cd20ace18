"""No address but loopback, for this Python and, by PYTHONPATH, for every Python that it starts."""

import ipaddress
import socket
from typing import Any


def is_loopback(host: object) -> bool:
    """Return whether `host` is this machine and no other."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return host is None or name in {"", "localhost", socket.gethostname()}


def guarded_connection(method: Any) -> Any:  # noqa: ANN401 (one wrapper for methods of several shapes)
    """Return a socket method that goes to loopback and to files of this machine only."""

    def call(self: socket.socket, *arguments: Any) -> Any:  # noqa: ANN401
        address = arguments[-1]
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise RuntimeError(f"blocked in tests: a connection to {address[0]}")
        return method(self, *arguments)

    return call


def guarded_look_up(function: Any) -> Any:  # noqa: ANN401
    """Return a name look-up that knows this machine only."""

    def call(host: object, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        if not is_loopback(host):
            raise RuntimeError(f"blocked in tests: a look-up of {host}")
        return function(host, *arguments, **options)

    return call


for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, guarded_connection(getattr(socket.socket, name)))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, guarded_look_up(getattr(socket, name)))
