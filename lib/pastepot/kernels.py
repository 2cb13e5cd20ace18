"""The compile-or-not switch: the only place that knows numba.

A kernel is a plain function over NumPy arrays, marked with `kernel`. Small input runs it as it is, so that two
articles never wait for a compiler; large input runs the same source compiled. Tests hold both equal.
"""

import functools
import importlib.util
import types
from collections.abc import Callable
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

COMPILE_FROM = 50_000
"""Tokens (or array cells walked) from which compiling pays."""


def kernel(function: Function) -> Function:
    """Return `function` itself, marked as one that may be compiled and that other kernels may call."""
    function.__kernel__ = True  # type: ignore[attr-defined]
    return function


def fit(function: Function, size: int) -> Function:
    """Return `function` as it is for small input, compiled for `size` of `COMPILE_FROM` or more.

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
    return cast("Function", compiled(function))


@functools.cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` compiled by numba, with every kernel that it calls; the machine code is kept on disk."""
    import numba  # noqa: PLC0415 (half a second that two articles must not pay)

    scope = {
        name: compiled(value) if getattr(value, "__kernel__", False) else value
        for name, value in function.__globals__.items()
        if name in function.__code__.co_names
    }
    scope |= {"__builtins__": __builtins__, "__name__": function.__module__}
    copy = types.FunctionType(function.__code__, scope)
    copy.__qualname__ = function.__qualname__
    copy.__module__ = function.__module__
    return cast("Callable[..., Any]", numba.njit(cache=True, nogil=True)(copy))
