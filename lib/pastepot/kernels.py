"""The compile-or-not switch: the only place that knows numba.

A kernel is a plain function over NumPy arrays, marked with `kernel`. Small input runs it as it is, so that two
articles never wait for a compiler; large input runs the same source compiled. Tests hold both equal.
"""

import functools
import hashlib
import importlib.util
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from pastepot.errors import PastepotError

Kernel = Callable[..., Any]
"""A function over arrays, named tuples of arrays and numbers."""
Function = TypeVar("Function", bound=Kernel)

COMPILE_FROM = 50_000
"""Tokens (or array cells visited) from which compiling pays."""


def kernel(function: Function) -> Function:
    """Return `function` itself, marked as one that may be compiled and that other kernels may call."""
    function.__kernel__ = True  # type: ignore[attr-defined]
    return function


def fit(function: Function, size: int) -> Function:
    """Return `function` as it is for small input, compiled for `size` of `COMPILE_FROM` or more.

    Without numba, as in a browser, it is returned as it is for any size.

    >>> import numpy as np
    >>> @kernel
    ... def total(values):
    ...     result = 0
    ...     for value in values:
    ...         result += value
    ...     return result
    >>> int(fit(total, 3)(np.array([1, 2, 3])))
    6

    Notes
    -----
    Inside a kernel nothing is allocated and no array re-bound: both cost four times the speed. Cast mixed integers
    by hand, since ``uint64 + int64`` is a float in NumPy.
    """
    if size < COMPILE_FROM or importlib.util.find_spec("numba") is None:
        return function
    return cast("Function", compile_kernel(function))


@functools.cache
def compile_kernel(function: Kernel) -> Any:  # noqa: ANN401 (numba has no types)
    """Return `function` compiled, with every kernel that it calls; numba keeps the result on disk.

    Raises
    ------
    PastepotError
        If numba is installed but cannot be imported.

    Notes
    -----
    The first call in a process imports numba (about half a second of CPU). Numba notices a change in the file of
    `function`, not in those of the kernels that it calls, so the name it is kept under holds a digest of them all.
    """
    try:
        import numba  # noqa: PLC0415 (two articles must not wait for it)
    except ImportError as error:
        raise PastepotError(
            f"numba is installed but does not load ({error}). Reinstall it or remove it: all works without, slower."
        ) from error

    callees = {name: compile_kernel(callee) for name, callee in called_kernels(function).items()}
    copy = types.FunctionType(function.__code__, {**function.__globals__, **callees})
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(source_files(function))))
    copy.__qualname__ = f"{function.__qualname__}_{digest.hexdigest()[:16]}"
    copy.__module__ = function.__module__
    try:
        return numba.njit(cache=True, nogil=True)(copy)
    except RuntimeError:  # there is no file, or no folder to write to: this process compiles for itself
        return numba.njit(nogil=True)(copy)


def called_kernels(function: Kernel) -> dict[str, Kernel]:
    """Return by its name each kernel that `function` calls."""
    names = {name: function.__globals__.get(name) for name in function.__code__.co_names}
    return {name: cast("Kernel", value) for name, value in names.items() if getattr(value, "__kernel__", False)}


def source_files(function: Kernel) -> set[Path]:
    """Return the files of `function` and of all kernels that it calls, directly or through others."""
    own = Path(function.__code__.co_filename)
    return set(filter(Path.is_file, [own])).union(*map(source_files, called_kernels(function).values()))
