"""A corpus on disk: a folder of Parquet files with a manifest; metadata, ledger and texts apart, loaded when needed."""

import hashlib
import importlib.metadata
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from pastepot import files
from pastepot.corpus.corpus import Corpus, articles, ledger, problems
from pastepot.corpus.ledger import Decision
from pastepot.corpus.records import Problem, Record
from pastepot.errors import PastepotError

Item = TypeVar("Item")

FORMAT = 1
MANIFEST = "pastepot.json"
ARTICLES_A_FILE = 50_000
_ROWS_A_GROUP = 5_000
_TEXTS = "texts-00000.parquet"
_OTHER_RULES = "This corpus was cleaned by another version's rules; read its source again to clean it by this one's."


class LazySequence(Sequence[Item]):
    """A sequence of known length whose items are loaded when the first is asked for."""

    def __init__(self, length: int, load: Callable[[], Sequence[Item]]) -> None:
        self._length, self._load = length, load

    @cached_property
    def _items(self) -> Sequence[Item]:
        """The items, loaded once."""
        return self._load()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401 (an item, or some of a slice)
        return self._items[number]


class SavedCorpus(NamedTuple):
    """A saved corpus: its folder, its manifest, and what its files hold, each read when it is asked for."""

    folder: Path
    manifest: Mapping[str, Any]

    def tables(self, kind: str) -> Iterator[pd.DataFrame]:
        """Yield the tables of one kind in order, one a file; a file that was changed is an error."""
        for name, known in self.manifest["parts"].items():
            if name.startswith(kind):
                path = self.folder / name
                data = path.read_bytes() if path.is_file() else b""
                if hashlib.sha256(data).hexdigest() != known["sha256"]:
                    raise _damage(self.folder, f"{name} is not what was saved")
                yield pd.read_parquet(io.BytesIO(data))

    def frame(self, kind: str) -> pd.DataFrame:
        """Return a stored table as it was when it was saved."""
        return pd.concat(self.tables(kind), ignore_index=True)

    def records(self) -> tuple[Record, ...]:
        """Return the articles as they were read."""
        stored = self.tables("texts")
        parsed = (one.assign(fields=one["fields"].map(json.loads), notes=one["notes"].map(tuple)) for one in stored)
        return tuple(Record(*row) for table in parsed for row in table.itertuples(index=False))

    def decisions(self) -> tuple[tuple[Decision, ...], ...]:
        """Return the decisions about each article; equal words are held once, since a rule repeats its evidence."""
        by_article: dict[str, list[Decision]] = {doc_id: [] for doc_id in self.frame("articles")["doc_id"]}
        rows = self.frame("ledger")[["doc_id", *Decision._fields]].itertuples(index=False)
        for doc_id, start, end, *words in rows:
            by_article[doc_id].append(Decision(start, end, *map(intern, words)))
        return tuple(map(tuple, by_article.values()))

    def problems(self) -> tuple[Problem, ...]:
        """Return what was not taken in."""
        return tuple(map(Problem._make, self.frame("problems").itertuples(index=False)))


def save(corpus: Corpus, path: str | Path) -> Path:
    """Write a corpus to a folder that `pastepot.read` opens again, and return the folder.

    Parameters
    ----------
    corpus : Corpus
    path : str or path
        A new or empty folder, or one that holds a saved corpus, which the new one replaces whole or not at all.

    Raises
    ------
    PastepotError
        If something else is at `path`.

    Notes
    -----
    The folder has Parquet files of 50,000 articles each, and ``pastepot.json`` with versions, counts and digests.
    Opened again it gives the same tables. Metadata and ledger are read without the texts; nothing is cleaned again.

    Examples
    --------
    >>> import tempfile
    >>> from pastepot.corpus.read import read
    >>> folder = Path(tempfile.mkdtemp()) / "port"
    >>> _ = save(read(pd.DataFrame({"text": ["The ferry sails."]})), folder)
    >>> articles(read(folder))[["doc_id", "words"]].values.tolist()
    [['row 1', 3]]
    >>> save(read(folder), folder.parent)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: path must be a new folder or a saved corpus; ... holds other things. Name another.
    """
    path = Path(path)
    if path.exists() and not (path / MANIFEST).is_file() and not (path.is_dir() and not any(path.iterdir())):
        raise PastepotError(f"path must be a new folder or a saved corpus; {path} holds other things. Name another.")
    with files.atomic_folder(path) as folder:
        parts = {name: _write_part(folder / name, table) for name, table in _parts(corpus)}
        manifest = {
            "format": FORMAT,
            "pastepot": importlib.metadata.version("pastepot"),
            "name": corpus.name,
            "clean": corpus.clean,
            "actions": dict(corpus.actions),
            "rules": digest_rules(),
            "remarks": [remark for remark in corpus.remarks if remark != _OTHER_RULES],
            "articles": len(corpus),
            "problems": len(corpus.unread),
            "parts": parts,
        }
        files.write(folder / MANIFEST, json.dumps(manifest | {"sha256": _digest(manifest)}, indent=1))
    return path


def digest_rules() -> str:
    """Return a digest of the furniture rules of this version: their patterns, actions and limits."""
    return _digest(files.data("corpus/furniture.toml"))


def _digest(data: Mapping[str, object]) -> str:
    """Return the SHA-256 digest of some data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _parts(corpus: Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the name and content of each file."""
    about, decisions = articles(corpus), ledger(corpus)
    edges = np.cumsum([0, *map(len, corpus.decisions)])
    for number, first in enumerate(range(0, len(corpus), ARTICLES_A_FILE)):
        last = min(first + ARTICLES_A_FILE, len(corpus))
        texts = pd.DataFrame(corpus.records[first:last], columns=Record._fields)
        texts["fields"] = [json.dumps(fields, ensure_ascii=False) for fields in texts["fields"]]
        yield f"articles-{number:05}.parquet", about[first:last]
        yield f"ledger-{number:05}.parquet", decisions[edges[first] : edges[last]]
        yield f"texts-{number:05}.parquet", texts
    yield "problems-00000.parquet", problems(corpus)


def _write_part(path: Path, table: pd.DataFrame) -> dict[str, object]:
    """Write one file, and return its size and digest."""
    data = table.to_parquet(index=False, compression="zstd", row_group_size=_ROWS_A_GROUP)
    files.write(path, data)
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def is_saved(path: Path) -> bool:
    """Return whether a folder is a saved corpus, or what is left of one."""
    return (path / MANIFEST).is_file() or (path / _TEXTS).is_file()


def open_corpus(path: Path, *, name: str = "") -> Corpus:
    """Return the corpus saved in a folder; its texts, ledger and metadata are loaded when they are first needed.

    Raises
    ------
    PastepotError
        If the folder is damaged, lacks a file, or is of another format; later, if a file is not what was saved.
    """
    saved = SavedCorpus(path, _manifest(path))
    known = saved.manifest
    has_other_rules = known["clean"] != "none" and known["rules"] != digest_rules()
    return Corpus(
        name or known["name"],
        LazySequence(known["articles"], saved.records),
        LazySequence(known["articles"], saved.decisions),
        LazySequence(known["problems"], saved.problems),
        known["clean"],
        actions=known["actions"],
        remarks=(*known["remarks"], *[_OTHER_RULES] * has_other_rules),
        stored=saved.frame,
    )


def _manifest(path: Path) -> Mapping[str, Any]:
    """Return the manifest of a saved corpus whose files are all there in their full size."""
    try:
        manifest: dict[str, Any] = json.loads((path / MANIFEST).read_bytes())
        form, version, digest = manifest["format"], manifest["pastepot"], manifest.pop("sha256")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damage(path, f"{MANIFEST} is missing or cannot be read") from error
    if form != FORMAT:
        raise PastepotError(
            f"source must be a corpus saved in format {FORMAT}; pastepot {version} saved {path} in format {form}. "
            "Read and save its source with this version."
        )
    if digest != _digest(manifest):
        raise _damage(path, f"{MANIFEST} is not what was saved")
    for name, known in manifest["parts"].items():
        if not (path / name).is_file() or (path / name).stat().st_size != known["bytes"]:
            raise _damage(path, f"{name} is missing or cut short")
    return manifest


def _damage(path: Path, what: str) -> PastepotError:
    """Return the error for a folder that is not whole."""
    return PastepotError(f"source must be a whole saved corpus; in {path} {what}. Read and save its source again.")
