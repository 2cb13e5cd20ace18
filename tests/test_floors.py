"""The walls of the house: what may import what, what is banned where, and how long a thing may be.

Each rule is a function from a package folder to a list of breaches in words. The library must have none; a toy
package, broken on purpose in one place a time, must have just that one.
"""

import ast
import graphlib
import io
import subprocess
import sys
import textwrap
import tokenize
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
LIBRARY = HOUSE / "lib" / "pastepot"

FLOORS = [
    {"errors", "tables", "files", "escape", "kernels", "formulas", "wording"},
    {"corpus"},
    {"text"},
    {"frequency", "sentiment_analysis", "reuse"},
    {"plots"},
    {"reporting"},
    {"cli"},
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
HOME_OF = {
    "IPython": "reporting",
    "jinja2": "reporting",
    "matplotlib": "plots reporting",
    "nbclient": "reporting",
    "numba": "kernels",
}
LAZY = {"nltk", "numba", "openpyxl", "pyspark", "scipy", "textblob", "trafilatura"}

UNPICKLERS = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
RUN_TEXT = {"compile", "eval", "exec"}
WRITERS = {"savefig", "write_bytes", "write_table", "write_text"}
TABLE_WRITERS = {"to_csv", "to_excel", "to_feather", "to_hdf", "to_html", "to_json", "to_markdown", "to_parquet"}
HARMLESS = {"BytesIO", "StringIO", "atomic_file"}

LONGEST_FILE = 400
LONGEST_BODY = 29
LARGEST_LIBRARY = 10_244
"""Lines of code. It only falls, unless a change that adds a capability says by how much it may rise."""
MOST_FILES = 85
SHORT, MOST_SHORT = 25, 5
"""Lines of code below which a file is short, and how many may be: short files that are read together are one."""
LARGEST_RUN_PY = 160
"""Lines of code for setting up and starting; what a command does belongs in the package."""
LONG_FILES: dict[str, str] = {}
LONG_BODIES: dict[str, str] = {
    "reuse/alignment.py:grow_one": "one compiled loop: a call in it would pass its whole state on at every word"
}
"""Functions that may be longer, as ``"room/module.py:function"``, each with its reason."""

Tree = dict[tuple[str, ...], ast.Module]


# --- reading a package ----------------------------------------------------------------


def trees(package: Path) -> Tree:
    """Return the syntax tree of every module by its name without the package, ``__init__.py`` left out."""
    files = sorted(path for path in package.rglob("*.py") if path.name != "__init__.py")
    return {path.relative_to(package).with_suffix("").parts: parsed(path) for path in files}


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(nodes: Iterable[ast.AST], module: tuple[str, ...]) -> Iterator[str]:
    """Yield every full dotted name that the import statements among `nodes` may bind."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            here = ("pastepot", *module)[: -node.level] if node.level else ()
            base = ".".join([*here, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def inside(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names that lie in the package, without its own name."""
    for name in names:
        first, *rest = name.split(".")
        if first == "pastepot" and rest:
            yield tuple(rest)


def run_on_import(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes that run when a module is imported: no function bodies, nothing for type checkers only."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            yield from run_on_import(node.orelse)
            continue
        yield node
        yield from run_on_import(ast.iter_child_nodes(node))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")), node


# --- the five promises ----------------------------------------------------------------


def climbs(package: Path) -> list[str]:
    """Return imports that go up, sideways, or through the package's public face."""
    return sorted(
        {
            f"{'/'.join(module)} imports pastepot.{room[0]}"
            for module, tree in trees(package).items()
            for room in inside(imported(ast.walk(tree), module))
            if not allowed(module[0], room[0])
        }
    )


def allowed(home: str, room: str) -> bool:
    """Return whether a module of `home` may import from `room`."""
    if room == home:
        return True
    ground = home in FLOORS[0] and room in FLOORS[0]
    return ground or LEVEL.get(room, len(FLOORS)) < LEVEL.get(home, -1)


def strays(package: Path) -> list[str]:
    """Return outside packages imported out of their room."""
    return sorted(
        {
            f"{'/'.join(module)} imports {name.split('.')[0]}"
            for module, tree in trees(package).items()
            for name in imported(ast.walk(tree), module)
            if module[0] not in HOME_OF.get(name.split(".")[0], module[0]).split()
        }
    )


def early(package: Path) -> list[str]:
    """Return heavy packages that are imported when the module is, not when they are used."""
    return sorted(
        {
            f"{'/'.join(module)} imports {name.split('.')[0]} at once"
            for module, tree in trees(package).items()
            for name in imported(run_on_import(tree.body), module)
            if name.split(".")[0] in LAZY
        }
    )


def circles(package: Path) -> list[str]:
    """Return one circle of modules that import each other, if there is one."""
    known = trees(package)
    needs = {
        module: {
            name[:size]
            for name in inside(imported(ast.walk(tree), module))
            for size in range(1, len(name) + 1)
            if name[:size] in known
        }
        for module, tree in known.items()
    }
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        return [" > ".join("/".join(module) for module in error.args[1])]
    return []


def homeless(package: Path) -> list[str]:
    """Return rooms and modules that stand on no floor."""
    return sorted({module[0] for module in trees(package)} - set(LEVEL))


# --- bans -----------------------------------------------------------------------------


def unsafe(package: Path) -> list[str]:
    """Return what could run text as code, unpack a hostile archive or leave corpus text unescaped."""
    return [
        f"{'/'.join(module)}:{line} {breach}"
        for module, tree in trees(package).items()
        for line, breach in sorted(set(unsafe_things(tree, module)))
    ]


def unsafe_things(tree: ast.Module, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield line and name of each unsafe thing in a module."""
    for node in ast.walk(tree):
        for name in imported([node], module):
            if name.split(".")[0] in UNPICKLERS:
                yield getattr(node, "lineno", 0), name.split(".")[0]
        if isinstance(node, ast.Attribute) and node.attr == "style" and module[0] != "reporting":
            yield node.lineno, "style"
    for name, call in calls(tree):
        plain = isinstance(call.func, ast.Name)
        if (plain and name in RUN_TEXT) or name in {"extractall", "read_pickle", "to_pickle", "Styler", "system"}:
            yield call.lineno, name
        yield from ((call.lineno, word) for word in unsafe_options(call))


def unsafe_options(call: ast.Call) -> Iterator[str]:
    """Yield the options of a call that switch a guard off."""
    unsafe_values = {"escape": False, "autoescape": False, "allow_pickle": True, "shell": True}
    for option in call.keywords:
        value = option.value.value if isinstance(option.value, ast.Constant) else None
        if option.arg in unsafe_values and value is unsafe_values[option.arg]:
            yield f"{option.arg}={value}"


def writes(package: Path) -> list[str]:
    """Return calls that write a file, but for those of files.py, to it, and into memory."""
    return [
        f"{'/'.join(module)}:{call.lineno} {name}"
        for module, tree in trees(package).items()
        if module != ("files",)
        for in_memory in [harmless(tree)]
        for name, call in calls(tree)
        if writes_a_file(name, call, in_memory) and not asks_files(call)
    ]


def writes_a_file(name: str, call: ast.Call, harmless: set[str]) -> bool:
    """Return whether a call puts something on the disk."""
    target = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg in {"path", "buf"}), None)
    # pyarrow's write_table takes the table first and then the file
    if any(isinstance(given, ast.Name) and given.id in harmless for given in [*call.args[:2], target]):
        return False
    if name in {"open", "fdopen"}:
        return opens_to_write(call)
    return name in WRITERS or (name in TABLE_WRITERS and target is not None)


def opens_to_write(call: ast.Call) -> bool:
    """Return whether a call of open, a function or a method of a path, does more than read."""
    position = 1 if isinstance(call.func, ast.Name) else 0
    modes = [*call.args[position : position + 2], *(k.value for k in call.keywords if k.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax+") for mode in modes)


def asks_files(call: ast.Call) -> bool:
    """Return whether a call is one of `files` itself, the one writer."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "files"


def harmless(tree: ast.Module) -> set[str]:
    """Return the names that stand for a buffer in memory or for a file that files.py opened."""
    names = set()
    for node in ast.walk(tree):
        bound: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Assign):
            bound = [(target, node.value) for target in node.targets]
        if isinstance(node, ast.withitem):
            bound = [(node.optional_vars, node.context_expr)]
        for target, value in bound:
            if isinstance(target, ast.Name) and isinstance(value, ast.Call):
                names |= {target.id} if ast.unparse(value.func).split(".")[-1] in HARMLESS else set()
    return names


def prints(package: Path) -> list[str]:
    """Return calls of print outside the command line."""
    return [
        f"{'/'.join(module)}:{call.lineno} print"
        for module, tree in trees(package).items()
        if module != ("cli",)
        for name, call in calls(tree)
        if name == "print" and isinstance(call.func, ast.Name)
    ]


# --- sizes ----------------------------------------------------------------------------


def long_files(package: Path) -> list[str]:
    """Return files of more lines than a reader takes in at once."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sorted(package.rglob("*.py"))}
    return [
        f"{path.relative_to(package)}: {n} lines"
        for path, n in lengths.items()
        if n > LONGEST_FILE and str(path.relative_to(package)) not in LONG_FILES
    ]


def long_bodies(package: Path) -> list[str]:
    """Return functions whose body, without docstring, comments and blank lines, is too long."""
    found = []
    for path in sorted(package.rglob("*.py")):
        code = code_lines(path.read_text(encoding="utf-8"))
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = len(code & set(range(node.body[0].lineno, (node.end_lineno or 0) + 1)))
                label = f"{path.relative_to(package).as_posix()}:{node.name}"
                found += [f"{label} {lines} lines"] if lines > LONGEST_BODY and label not in LONG_BODIES else []
    return found


def code_lines(source: str) -> set[int]:
    """Return the numbers of the lines that hold code: no blank line, no comment, no docstring."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent | {tokenize.ENDMARKER}:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return lines - set(docstring_lines(ast.parse(source)))


def docstring_lines(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of every string that stands alone as a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from range(node.lineno, (node.end_lineno or 0) + 1)


def file_sizes(package: Path) -> dict[str, int]:
    """Return the lines of code of each file of a package by its path, ``__init__.py`` left out."""
    files = [path for path in sorted(package.rglob("*.py")) if path.name != "__init__.py"]
    return {path.relative_to(package).as_posix(): len(code_lines(path.read_text(encoding="utf-8"))) for path in files}


def size(package: Path) -> int:
    """Return the lines of code of a package."""
    return sum(len(code_lines(path.read_text(encoding="utf-8"))) for path in package.rglob("*.py"))


# --- the library ----------------------------------------------------------------------

RULES = [climbs, strays, early, circles, homeless, unsafe, writes, prints, long_files, long_bodies]


@pytest.mark.parametrize("rule", RULES)
def test_the_library_keeps_the_rule(rule: Callable[[Path], list[str]]) -> None:
    breaches = "\n".join(rule(LIBRARY))
    assert not breaches, f"\n{breaches}"


def test_heavy_packages_are_not_needed_until_used() -> None:
    code = f"""if True:
        import importlib, pkgutil, sys, pastepot
        assert not sys.modules.keys() & {LAZY | {"matplotlib"}}
        sys.modules.update(dict.fromkeys({LAZY}))
        for module in pkgutil.walk_packages(pastepot.__path__, "pastepot."):
            importlib.import_module(module.name)"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_rooms_fronts_are_empty() -> None:
    for front in LIBRARY.glob("*/**/__init__.py"):
        assert not code_lines(front.read_text(encoding="utf-8")), front


def test_the_library_stays_small() -> None:
    assert size(LIBRARY) <= LARGEST_LIBRARY


def test_the_library_has_few_files_and_fewer_short_ones() -> None:
    sizes = file_sizes(LIBRARY)
    short = [name for name, lines in sizes.items() if lines < SHORT]
    assert len(sizes) <= MOST_FILES
    assert len(short) <= MOST_SHORT, short


def test_run_py_stays_small() -> None:
    assert len(code_lines((HOUSE / "run.py").read_text(encoding="utf-8"))) <= LARGEST_RUN_PY


# --- the rules themselves -------------------------------------------------------------

CASES = tomllib.loads((Path(__file__).parent / "cases" / "floors.toml").read_text(encoding="utf-8"))
BREACHES = [(rule, name, source) for rule in RULES for name, source in CASES["breaches"].get(rule.__name__, [])]
BREACHES += [
    (long_files, "text/long.py", "\n" * (LONGEST_FILE + 1)),
    (long_bodies, "text/long.py", "def long():\n" + "    x = 1\n" * (LONGEST_BODY + 1)),
]


def toy(folder: Path, **changed: str) -> Path:
    """Return a toy package, with some files changed."""
    for name, source in {**CASES["toy"], **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_toy_package_passes(tmp_path: Path, rule: Callable[[Path], list[str]]) -> None:
    assert rule(toy(tmp_path)) == []


@pytest.mark.parametrize(("rule", "name", "source"), BREACHES)
def test_a_breach_is_seen(tmp_path: Path, rule: Callable[[Path], list[str]], name: str, source: str) -> None:
    assert len(rule(toy(tmp_path, **{name: source}))) == 1


def test_every_rule_is_tried_on_a_breach() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(RULES)


def test_lines_of_code_are_counted_without_docstrings_comments_and_blank_lines() -> None:
    source = '''
    """A module
    of two lines."""

    X = """one
    two"""
    # a comment
    def f():
        """Return one."""

        return 1  # one
    '''
    assert len(code_lines(textwrap.dedent(source))) == 4


def test_a_body_of_the_longest_length_passes(tmp_path: Path) -> None:
    body = '    """Return one.\n\n    Long.\n    """\n' + "    # why\n    x = 1\n\n" * LONGEST_BODY
    assert long_bodies(toy(tmp_path, **{"text/long.py": "def long():\n" + body})) == []
