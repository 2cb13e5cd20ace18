"""Corpora that a newcomer may have, each written here, and notebooks run on them in this process.

A corpus is a folder or a file that `write` makes. `run` executes a notebook's code cells one after the other and
returns all that was shown, as data and in the words that a reader sees.
"""

import ast
import contextlib
import json
import random
import warnings
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from pastepot.corpus.corpus import Corpus
from pastepot.reporting import display
from pastepot.reporting.templates import mime

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"

FERRY = """The late ferry

The ferry left Aldwick at nine, and forty people stayed on the quay. Nobody told the captain.

"We were told that another boat would come," said Mara Penn, a nurse. The company called it a good day.

Some believe that the timetable was never meant to be kept, and the mayor said so.
"""
SCHOOL = """A school without a roof

Rain fell into three classrooms on Monday. The headteacher sent the pupils home, and the builders blamed the wind.

"It was a terrible morning, but the children were wonderful," said Tom Avery, who teaches music.

The council has promised money since the spring.
"""
MARKET = """Market traders count their losses

Few stalls opened after the storm. Traders sold bread, apples and candles and hoped for a dry weekend.

The council offered no help. "I have never seen the square so empty," Lena Odoi said.
"""
HARBOUR = """Harbour wall holds

Engineers walked along the wall for two hours and found no crack. The port opened again before noon.

"The wall is safe," said Piet Maas, the harbour master. He thanked the crew of the tug, who had worked all night.
"""
COPIED = "The ferry company will run four boats a day from Monday, a spokeswoman said in a short statement."
LATIN = """Navis sera

Navis portum reliquit hora nona, et multi homines in litore manserunt. Magistra dixit pueros domum redire.

Ventus magnus totam noctem flavit. Nautae autem navem servaverunt et mane portum iterum aperuerunt.
"""
FOUR = (FERRY, SCHOOL, MARKET, HARBOUR)
STOCK = (
    "boat",
    "crew",
    "dock",
    "fish",
    "gale",
    "hull",
    "isle",
    "keel",
    "lock",
    "mast",
    "net",
    "oar",
    "port",
    "quay",
    "sail",
)
LONG = "The Weekly Messenger of the United Coastal Towns and Villages"


NONE = MappingProxyType({})


class Odd(NamedTuple):
    """A corpus: texts by file, metadata by file (outlet, date), the notebooks' parameters, files that can't be read."""

    texts: dict
    about: dict = NONE
    parameters: dict = NONE
    broken: tuple = ()


def _named(texts):
    return {f"{number:02d}.txt": text for number, text in enumerate(texts, 1)}


def _about(texts, outlets, dates=()):
    days = [*dates, *[""] * len(outlets)]
    return {name: (outlet, day) for name, outlet, day in zip(_named(texts), outlets, days, strict=False)}


def _sides(size, outlets=("Gazette", "Gull"), seed=7):
    """Return made-up articles of two outlets: `size` for each, with words drawn from a list by a fixed seed."""
    draw = random.Random(seed)  # noqa: S311 (made-up text)
    texts, sides, days = [], [], []
    for number in range(size * len(outlets)):
        own = "bold" if number % len(outlets) else "calm"
        lines = [" ".join(draw.choices([*STOCK, own], k=9)) for _ in range(4)]
        texts.append("\n\n".join(f"The {line}." for line in lines) + "\n")
        sides.append(outlets[number % len(outlets)])
        days.append(f"2030-0{1 + number % 3}-{1 + number % 28:02d}")
    return texts, sides, days


def _many(size):
    texts, sides, days = _sides(size)
    return Odd(_named(texts), _about(texts, sides, days))


ODD = {
    "one article": Odd(_named([FERRY])),
    "an empty file": Odd(_named([FERRY, HARBOUR]), broken=("03.txt",)),
    "two articles": Odd(_named([FERRY, SCHOOL]), _about("ab", ["Gazette", "Gull"], ["2030-01-02", "2030-01-05"])),
    "no outlets": Odd(_named([*FOUR, f"{COPIED}\n\n{MARKET}", f"{COPIED}\n\n{HARBOUR}"])),
    "one outlet": Odd(_named(FOUR), _about(FOUR, ["Gazette"] * 4, ["2030-01-02"] * 4)),
    "an outlet a folder": Odd(
        {f"{name}/{n}.txt": text for name in ("gazette", "gull") for n, text in enumerate(FOUR[name == "gull" :][:3])},
        {f"{name}/{n}.txt": (name.title(), "") for name in ("gazette", "gull") for n in range(3)},
    ),
    "folders alone": Odd({f"{name}/{n}.txt": text for name in ("gazette", "gull") for n, text in enumerate(FOUR)}),
    "nothing left": Odd({"01.txt": "Advertisement"}),
    "nothing left twice": Odd({"01.txt": "Advertisement", "02.txt": "Advertisement\n"}),
    "long names": Odd(
        _named([*FOUR, f"{COPIED}\n\n{MARKET}"]),
        _about("abcde", [f"{LONG} {n}" for n in "AABBA"], ["2030-01-02", "2030-01-09"] * 2),
    ),
    "W names": Odd(_named(FOUR), _about(FOUR, ["W" * 60, "W" * 60, "M" * 60, "M" * 60])),
    "capital": Odd(_named(FOUR), _about(FOUR, ["Gazette", "Gull"] * 2), {"word": "Ferry"}),
    "absent word": Odd(_named(FOUR), _about(FOUR, ["Gazette", "Gull"] * 2), {"word": "zeppelin"}),
    "no dates": Odd(
        _named([*FOUR, f"{COPIED}\n\n{MARKET}", f"{COPIED}\n\n{SCHOOL}"]), _about("abcdef", ["Gazette", "Gull"] * 3)
    ),
    "no passages": Odd(
        _named(FOUR), _about(FOUR, ["Gazette", "Gull"] * 2, ["2030-01-02", "", "2030-02-03", "2030-02-03"])
    ),
    "an outlet alone": Odd(
        _named([f"{COPIED}\n\n{MARKET}", f"{COPIED}\n\n{HARBOUR}", f"{COPIED}\n\n{SCHOOL}", FERRY]),
        _about("abcd", ["Gazette", "Gull", "", "Ropewalk"], ["2030-01-02", "2030-01-05", "", "2030-01-05"]),
    ),
    "near-identical": Odd(_named([f"{COPIED[:-1]}{end}" for end in (".", " today.", " on Friday.")])),
    "no word lists": Odd(_named([LATIN, LATIN.replace("navis", "puppis")]), _about("ab", ["Acta", "Nuntius"])),
    "one word": Odd({"01.txt": "Ferry"}),
    "two of one word": Odd({"01.txt": "Ferry", "02.txt": "Boat"}),
    "ten a side": _many(10),
    "two thousand": _many(1000),
}


def write(name, folder):
    """Write the corpus `name` below `folder` and return the path that a notebook is given."""
    odd, place = ODD[name], folder / name.replace(" ", "-")
    if len(odd.texts) > 1000:
        rows = [
            {"id": file, "text": text, "outlet": odd.about[file][0], "date": odd.about[file][1]}
            for file, text in odd.texts.items()
        ]
        folder.mkdir(parents=True, exist_ok=True)
        place.with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return place.with_suffix(".jsonl")
    for file, text in {**odd.texts, **dict.fromkeys(odd.broken, "")}.items():
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        (place / file).write_text(text, encoding="utf-8")
    if odd.about:
        table = pd.DataFrame([(file, *row) for file, row in odd.about.items()], columns=["file", "outlet", "date"])
        for inside, rows in table.groupby(table["file"].map(lambda file: str(Path(file).parent))):
            own = rows.assign(file=rows["file"].map(lambda file: Path(file).name))
            own.to_csv(place / inside / "metadata.csv", index=False)
    return place


class Shown(NamedTuple):
    """What a cell showed: its number, the kind (say, table, figure, facts, pair, diff, text), the data, the value."""

    cell: int
    kind: str
    data: object
    value: object


def run(path, source, **parameters):
    """Return what the notebook at `path` shows of the corpus at `source`, and the names that it leaves behind."""
    names, shown = {"__name__": "__main__"}, []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    with contextlib.chdir(path.parent), warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "constrained_layout not applied")
        for number, cell in enumerate(cells):
            if cell["cell_type"] == "code":
                value = _execute("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names.update({"source" if "source" in names else "folder": str(source)})
                    names.update({key: given for key, given in parameters.items() if key in names})
                if value is not None:
                    shown.append(Shown(number, *_show(value), value))
    return shown, names


def _execute(source, names):
    """Run a cell and return the value of its last line, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 (a cell of our own notebook)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None  # noqa: S307


def _show(value):
    bundles = {pd.DataFrame: display.table_bundle, Corpus: display.corpus_bundle}
    made = bundles.get(type(value), lambda one: one._repr_mimebundle_() if hasattr(one, "_repr_mimebundle_") else None)(
        value
    )
    data = made[0] if isinstance(made, tuple) else made
    kind = next(
        (kind for kind in ("say", "table", "figure", "facts", "pair", "diff") if data and mime(kind) in data), "text"
    )
    return kind, data[mime(kind)] if kind != "text" else repr(value)


def sentences(shown):
    """Yield the prose that a reader sees: sentences, notes of tables, alternative texts and titles of figures."""
    for one in shown:
        if one.kind == "say":
            yield one, one.data["text"]
        elif one.kind == "table":
            yield one, f"{one.data['caption']}: {one.data['extent']}."
            yield one, one.data["note"]
        elif one.kind == "figure":
            yield one, one.data["title"]
            yield one, one.data["alt"]
            yield one, one.data["table"]["note"]
        elif one.kind == "facts":
            yield one, "; ".join(f"{name}: {value}" for name, value in one.data["facts"])
