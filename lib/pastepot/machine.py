"""Machine code of kernels, kept on disk and loaded without numba.

To import numba costs over a second, to load what it once made a few hundredths. The file of a kernel is named after all
that its code depends on: the kernel and those it calls, the types of its arguments, the compilers and the processor. A
file that is missing, damaged or made elsewhere is one that is not there.
"""

import ctypes
import functools
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from pastepot import files

Kernel = Callable[..., Any]
"""A function over arrays, structures of arrays and numbers."""

NUMBERS: Mapping[str, Any] = {"int64": ctypes.c_int64, "float64": ctypes.c_double}
"""Numbers that a kernel takes and returns."""
RETURNED = (*NUMBERS, "none")
IN_C: Mapping[str, Any] = {"pointer": ctypes.c_int64, "whole": ctypes.c_int64, "fraction": ctypes.c_double}
FINE = (0, -2)
"""What machine code gives back when all went well: a value, or none."""
DIGEST = 32


class Leaf(NamedTuple):
    """One array or number among the arguments: its type in words, and what is passed for it."""

    kind: str
    cells: tuple[int | float, ...]


class Code(NamedTuple):
    """The machine code of a kernel: the name of its entry, the type it returns, the object file."""

    symbol: str
    returns: str
    data: bytes


def leaves(arguments: Sequence[Any]) -> Iterator[Leaf]:
    """Yield the arrays and numbers among the arguments, in order.

    >>> [leaf.kind for leaf in leaves((np.zeros((2, 3)), 7, (0.5,)))]
    ['float64 2 C True', 'int64', 'tuple', 'float64', 'end']

    Raises
    ------
    TypeError
        If there is anything else, of which only numba knows how it is passed.
    """
    for value in arguments:
        if isinstance(value, tuple):
            yield Leaf(" ".join([type(value).__name__, *getattr(value, "_fields", ())]), ())
            yield from leaves(value)
            yield Leaf("end", ())
        elif isinstance(value, np.ndarray):
            yield of_array(value)
        elif type(value) in {int, np.int64} and -(1 << 63) <= value < 1 << 63:
            yield Leaf("int64", (int(value),))
        elif type(value) in {float, np.float64}:
            yield Leaf("float64", (float(value),))
        else:
            raise TypeError(f"cannot pass {type(value).__name__}")


def of_array(array: np.ndarray[Any, Any]) -> Leaf:
    """Return the type of an array, and what is passed for it."""
    if array.dtype.kind not in "biuf" or not array.dtype.isnative or not array.flags.aligned:
        raise TypeError(f"cannot pass an array of {array.dtype}")
    layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "A"
    head = (0, 0, array.size, array.itemsize)
    return Leaf(
        f"{array.dtype} {array.ndim} {layout} {array.flags.writeable}",
        (*head, array.ctypes.data, *array.shape, *array.strides),
    )


def passed_as(found: Sequence[Leaf]) -> list[str]:
    """Return the type of each cell that is passed: a pointer, a whole number or one with a fraction.

    >>> passed_as(list(leaves((np.zeros(2), 7, 0.5))))
    ['pointer', 'pointer', 'whole', 'whole', 'pointer', 'whole', 'whole', 'whole', 'fraction']
    """
    of_head = ["pointer", "pointer", "whole", "whole", "pointer"]
    cells: list[str] = []
    for leaf in found:
        if len(leaf.cells) > 1:
            cells += [*of_head, *["whole"] * (len(leaf.cells) - len(of_head))]
        elif leaf.cells:
            cells.append("whole" if leaf.kind == "int64" else "fraction")
    return cells


def cell_of(kind: str) -> str:
    """Return what a type of the compiler's is here.

    >>> [cell_of(kind) for kind in ("i8*", "i64", "double", "i1")]
    ['pointer', 'whole', 'fraction', 'i1']
    """
    if kind == "ptr" or kind.endswith("*"):
        return "pointer"
    return {"i64": "whole", "double": "fraction"}.get(kind, kind)


@functools.cache
def written(function: Kernel) -> str:
    """Return the code of a kernel, and of all that it names, in a form that changes whenever they do."""
    code = function.__code__
    named = [f"{name}={told(function.__globals__[name])}" for name in code.co_names if name in function.__globals__]
    return repr([function.__qualname__, code.co_code, code.co_varnames, code.co_names, told(code.co_consts), named])


def fingerprint(function: Kernel) -> str:
    """Return a short number in letters for the code of a kernel and of all that it names."""
    return hashlib.sha256(written(function).encode()).hexdigest()[:16]


def told(value: object) -> str:
    """Return a value that a kernel names, in words that differ where the value does."""
    if getattr(value, "__kernel__", False):
        return written(cast("Kernel", value))
    if isinstance(value, tuple):
        return repr([told(one) for one in value])
    if isinstance(value, frozenset):
        return repr(sorted(told(one) for one in value))
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {value.tobytes()!r}"
    name = getattr(value, "__name__", None)
    return f"{name} {getattr(value, '_fields', '')}" if name else f"{type(value).__name__} {value!r}"


def llvm() -> Any:  # noqa: ANN401 (it has no types)
    """Return the library under numba that loads machine code, and tells the processor."""
    import llvmlite.binding  # type: ignore[import-untyped]  # noqa: PLC0415 (two articles must not wait for it)

    return llvmlite.binding


@functools.cache
def maker() -> str:
    """Return what besides a kernel decides on its machine code: compilers, their settings and the processor."""
    compilers = [f"{name} {importlib.metadata.version(name)}" for name in ("numba", "llvmlite")]
    set_by_user = sorted(f"{key}={value}" for key, value in os.environ.items() if key.startswith("NUMBA_"))
    processor = [llvm().get_host_cpu_name(), llvm().get_host_cpu_features().flatten()]
    return repr([sys.version_info[:2], compilers, set_by_user, processor])


def place_of(function: Kernel, found: Sequence[Leaf]) -> Path:
    """Return the file of a kernel's machine code: beside its Python file, or where its user may write."""
    own = Path(function.__code__.co_filename).parent
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    writable = own / "__pycache__" if os.access(own, os.W_OK) else caches / "pastepot"
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or writable)
    key = hashlib.sha256(repr([[leaf.kind for leaf in found], maker()]).encode()).hexdigest()[:16]
    return folder / f"{function.__module__}.{function.__qualname__}-{fingerprint(function)}-{key}.machine"


def kept(path: Path) -> Code | None:
    """Return the machine code that lies at `path`, or None if there is none, or not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, head, data = content[:DIGEST], *content[DIGEST:].partition(b"\n")[::2]
    if hashlib.sha256(content[DIGEST:]).digest() != digest:
        return None
    symbol, returns = json.loads(head)
    return Code(symbol, returns, data)


def keep(code: Code | None, path: Path) -> None:
    """Write machine code, if there is any, to `path`."""
    if code is None:
        return
    content = json.dumps([code.symbol, code.returns]).encode() + b"\n" + code.data
    files.write(path, hashlib.sha256(content).digest() + content)


def loaded(code: Code, found: Sequence[Leaf]) -> Kernel:
    """Return machine code as a function of arguments of the same types as `found`."""
    llvm().initialize_native_target()
    llvm().initialize_native_asmprinter()
    target = llvm().Target.from_default_triple().create_target_machine()
    engine = llvm().create_mcjit_compiler(llvm().parse_assembly(""), target)
    engine.add_object_file(llvm().ObjectFileRef.from_data(code.data))
    engine.finalize_object()
    cells = [IN_C[cell] for cell in passed_as(found)]
    signature = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *cells)
    return functools.partial(run, signature(engine.get_function_address(code.symbol)), code.returns, engine)


def run(entry: Kernel, returns: str, _engine: object, *arguments: object) -> int | float | None:
    """Call machine code, which lives as long as its engine, and return what it returns."""
    value, fault = NUMBERS.get(returns, ctypes.c_int64)(), ctypes.c_void_p()
    cells = [cell for leaf in leaves(arguments) for cell in leaf.cells]
    status = entry(ctypes.addressof(value), ctypes.addressof(fault), *cells)
    if status not in FINE:
        raise RuntimeError(f"a kernel stopped with status {status}")
    return None if returns == "none" else cast("int | float", value.value)
