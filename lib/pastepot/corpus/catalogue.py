"""The catalogue `articles.toml`: articles known by a digest of their text, with the title and outlet to print.

It lets a text whose publisher holds the rights be named without being shipped.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pastepot import errors, files
from pastepot.corpus.encoding import decode
from pastepot.corpus.records import Record
from pastepot.corpus.repairs import fold_words

CATALOGUE = "articles.toml"


def digest(text: str) -> str:
    r"""Return a SHA-256 digest of a text's words: case, white space and punctuation do not matter.

    >>> digest("The Ferry sails.") == digest("the ferry\nsails")
    True
    """
    return hashlib.sha256(fold_words(text).encode()).hexdigest()


def add_known_metadata(records: Sequence[Record], folders: Sequence[Path]) -> list[Record]:
    """Return `records` with what the catalogues in `folders` know about them; what a record states itself stays.

    A record whose file has a catalogued name but another text gets a note, not the entry.
    """
    entries = [entry for folder in folders for entry in _entries(folder / CATALOGUE)]
    if not entries:
        return list(records)
    by_digest = {entry.get("digest", ""): entry for entry in reversed(entries)}
    by_file = {entry.get("file", ""): entry for entry in reversed(entries)}
    result = []
    for record in records:
        entry = by_digest.get(digest(record.text)) if not record.outlet else None
        if entry:
            result.append(record._replace(title=record.title or entry.get("title", ""), outlet=entry.get("outlet", "")))
        elif record.path in by_file and not record.outlet:
            note = "the catalogue knows a file of this name with another text; its title and outlet were not taken"
            result.append(record._replace(notes=(*record.notes, note)))
        else:
            result.append(record)
    return result


def case_study_folder() -> Path:
    """Return the folder that holds all articles of the project's own catalogue.

    Raises
    ------
    PastepotError
        If they are not there; the message says where to put them.
    """
    project = files.checkout() or Path()
    entries = _entries(project / "seeds" / CATALOGUE)
    for folder in (project / "seeds" / "articles", project / ".." / "shared" / "seeds"):
        if entries and is_case_study(folder, entries):
            return folder.resolve()
    listed = " and ".join(entry.get("file", "") for entry in entries)
    raise errors.PastepotError(f"This needs {listed}; put your copies of the two articles into seeds/articles.")


def is_case_study(folder: Path, entries: Sequence[Mapping[str, str]] | None = None) -> bool:
    """Say whether a folder holds exactly the articles of the project's own catalogue."""
    known = _entries((files.checkout() or Path()) / "seeds" / CATALOGUE) if entries is None else entries
    held = {digest(decode(path.read_bytes()).text) for path in folder.glob("*.txt") if path.is_file()}
    return bool(known) and held == {entry.get("digest", "") for entry in known}


def _entries(path: Path) -> list[dict[str, str]]:
    """Return the entries of one catalogue; none if the file is not there."""
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise errors.PastepotError(f"{path.name} cannot be read: {error}. Repair or remove it.") from error
    listed = content.get("article", [])
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return [{str(key): str(value) for key, value in entry.items()} for entry in entries]
