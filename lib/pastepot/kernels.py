"""The compile-or-not switch: the only place that knows numba.

A kernel is a plain function over NumPy arrays, marked with `kernel`. Small input runs it as it is, so that two
articles never wait for a compiler; large input runs the same source compiled. Tests hold both equal.
"""

import contextlib
import functools
import importlib.util
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from pastepot import machine
from pastepot.errors import PastepotError

Function = TypeVar("Function", bound=Callable[..., Any])

COMPILE_FROM = 50_000
"""Tokens (or array cells walked) from which compiling pays."""

BARE = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False, "error_model": "numpy"}
"""What makes numba's machine code stand alone: nothing in it calls Python, counts references or raises."""
KEPT_ON = ("linux",)
"""Systems where that was tried; others take what numba itself keeps on disk, and import numba for it."""


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
    """Return `function` compiled, with every kernel that it calls; the machine code is kept on disk."""
    ready: dict[tuple[str, ...], Callable[..., Any]] = {}

    @functools.wraps(function)
    def call(*arguments: object) -> object:
        try:
            found = list(machine.leaves(arguments))
        except TypeError:
            return by_numba(function)(*arguments)
        kinds = tuple(leaf.kind for leaf in found)
        if kinds not in ready:
            ready[kinds] = alone(function, arguments, found) or by_numba(function)
        return ready[kinds](*arguments)

    return call


def alone(
    function: Callable[..., Any], arguments: Sequence[object], found: Sequence[machine.Leaf]
) -> Callable[..., Any] | None:
    """Return `function` as machine code, from disk or made anew, or None if it can't stand without numba."""
    if sys.platform not in KEPT_ON:
        return None
    try:
        path = machine.place_of(function, found)
        code = machine.kept(path)
        if code is None:
            code = plain_code(function, arguments, found)
            with contextlib.suppress(OSError):
                machine.keep(code, path)
        return machine.loaded(code, found) if code else None
    except (ImportError, AttributeError, RuntimeError):  # the compilers have no version, or can load nothing
        return None


def plain_code(
    function: Callable[..., Any], arguments: Sequence[object], found: Sequence[machine.Leaf]
) -> machine.Code | None:
    """Return the machine code of `function`, or None if it calls anything outside or is not called as expected.

    Numba's inner workings are looked at here; where a later numba has others, it is asked to do the whole itself.
    """
    import numba  # noqa: PLC0415 (as below)

    dispatcher, types_of = by_numba(function, bare=True), tuple(map(numba.typeof, arguments))
    try:
        dispatcher.compile(types_of)
        made = dispatcher.overloads[types_of]
        returns, takes = made.fndesc.restype, made.fndesc.argtypes
        cells = made.target_context.call_conv.get_function_type(returns, takes).args
        functions = list(machine.llvm().parse_assembly(made.library.get_llvm_str()).functions)
        code = machine.Code(made.fndesc.llvm_func_name, str(returns), made.library._get_compiled_object())  # noqa: SLF001 (the bytes have no other door)
    except Exception:  # noqa: BLE001 (whatever fails here, numba's own way is left)
        return None
    stands_alone = all(one.name.startswith("llvm.") for one in functions if one.is_declaration)
    as_expected = [machine.cell_of(str(cell)) for cell in cells] == ["pointer", "pointer", *machine.passed_as(found)]
    return code if stands_alone and as_expected and code.returns in machine.RETURNED else None


@functools.cache
def by_numba(function: Callable[..., Any], *, bare: bool = False) -> Any:  # noqa: ANN401 (numba has no types)
    """Return `function` as numba compiles it; `bare`, without what Python needs to call it."""
    try:
        import numba  # noqa: PLC0415 (over a second, that two articles must not pay)
    except ImportError as error:
        raise PastepotError(
            f"numba is installed but does not load ({error}): install it anew, or remove it; all works without, slower."
        ) from error

    scope = {
        name: by_numba(value, bare=bare) if getattr(value, "__kernel__", False) else value
        for name, value in function.__globals__.items()
        if name in function.__code__.co_names
    }
    scope |= {"__builtins__": __builtins__, "__name__": function.__module__}
    copy = types.FunctionType(function.__code__, scope)
    copy.__qualname__ = f"{function.__qualname__}_{machine.fingerprint(function)}"
    copy.__module__ = function.__module__
    return numba.njit(nogil=True, **(BARE if bare else {"cache": True}))(copy)
