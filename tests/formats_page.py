"""Write docs/formats.md, the table of what is read of each kind of file: ``python3 tests/formats_page.py``.

What a kind gives is found by reading the example of it that the tests have; a test holds the page equal to this.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "lib"), str(ROOT / "tests" / "corpus")]

import export_examples as exports  # noqa: E402 (its folder is no package)
import format_examples as formats  # noqa: E402

from pastepot import files  # noqa: E402
from pastepot.corpus.readers.rows import Columns  # noqa: E402
from pastepot.corpus.records import Record  # noqa: E402
from pastepot.corpus.source_files import Options, read_bytes  # noqa: E402

COLUMNS = ("title", "outlet", "date", "author", "section", "length")
# Kind, what is lost of it, and its examples.
KINDS: list[tuple[str, str, list[str]]] = [
    ("Text (.txt, or no ending)", "nothing", ["plain.txt", "headed.txt"]),
    ("Nexis, old export as text", "what stands before the first article", ["nexis.txt"]),
    ("Nexis, old export as .html", "bold and links; what stands before the first article", ["nexis.html"]),
    ("Nexis Uni, .docx", "bold, links and pictures; the list of contents", ["nexis.docx"]),
    ("Nexis Uni, .rtf", "bold, links and pictures; the list of contents", ["uni.rtf"]),
    ("Nexis Uni, saved as .txt", "the list of contents; labels that are not known stay in the text", ["uni.txt"]),
    ("Factiva, .html without tags", "the summary of the search", ["factiva.html"]),
    ("Factiva, .html with tags", "the summary of the search", ["tagged.html"]),
    (
        "Factiva, .rtf without tags",
        "section, where no author is given: it may be taken for the headline's",
        ["factiva.rtf"],
    ),
    ("Factiva, .rtf with tags", "the summary of the search", ["tagged.rtf"]),
    (
        "Factiva, saved as .txt",
        "the summary of the search; with tags, the place in the file",
        ["factiva.txt", "tagged.txt"],
    ),
    ("Europresse, .html", "pictures and their captions", ["europresse.html"]),
    ("ProQuest, .txt", "records without full text, each with a problem row", ["proquest.txt"]),
    ("NewsBank, .txt", "the links of the database", ["newsbank.txt", "labels.txt", "newsbank web.txt"]),
    ("Web page (.html, .htm)", "menus, readers' comments, tables and captions", ["page.html"]),
    ("PDF with text", "columns, hyphens and page heads stay as printed; a scan is refused", ["plain.pdf"]),
    ("NITF (.xml)", "captions, tables and links", ["nitf.xml"]),
    ("RSS and Atom (.xml, .rss, .atom)", "what the feed leaves out; a summary is noted", ["feed.xml", "atom.xml"]),
    ("Table (.csv, .tsv)", "nothing: other columns are kept", ["rows.csv", "rows.tsv"]),
    ("Excel (.xlsx)", "formats, formulas (their values are read) and pictures", ["book.xlsx"]),
    ("Parquet", "nothing: other columns are kept", ["table.parquet"]),
    ("JSON lines (.jsonl, .jsonl.gz, .ndjson)", "nothing: other fields are kept", ["rows.jsonl", "rows.jsonl.gz"]),
    ("JSON as one value (.json)", "what stands outside the list of articles", ["list.json", "wrapped.json"]),
    (".zip of any of these", "archives inside it", ["archive.zip"]),
]
EXAMPLES = {
    **formats.VALID, **exports.WITH_TITLES, "nitf.xml": exports.nitf(), "feed.xml": exports.feed(),
    "plain.pdf": exports.pdf([["Night boat", "It sails."]]),
}  # fmt: skip


def row(kind: str, lost: str, names: list[str]) -> str:
    """Return the row of a kind, from what its examples hold."""
    records = [
        one
        for name in names
        for one in read_bytes(name, EXAMPLES[name], Options(Columns(), "", []))
        if isinstance(one, Record)
    ]
    assert records, kind
    given = [c for c in COLUMNS if any(getattr(one, c, "") or one.fields.get(c) for one in records)]
    places = {
        "row and field" if "row " in one.where else "line of the file" if one.line else "extracted text"
        for one in records
    }
    return f"| {kind} | {', '.join(given) or '–'} | {', '.join(sorted(places))} | {lost} |"


def page_text() -> str:
    """Return the page."""
    refused = files.data("corpus/unread.toml")
    ways: dict[str, list[str]] = {}
    for ending, way in refused["ways_out"].items():
        ways.setdefault(way, []).append(ending)
    return "\n".join(
        [
            "# What is read, and what gets lost",
            "",
            "This page is written by `python3 tests/formats_page.py` from the examples of the tests.",
            "",
            "The columns named are those that the example of the tests fills; a file of the kind may fill fewer. The",
            "place is what a citation counts characters in.",
            "",
            "An export is one file with many articles. Its articles are counted against its own end marks; where the",
            "two differ, `pp.problems` has a row for the file.",
            "",
            "| Kind | Columns besides the text | Place of a citation | What gets lost |",
            "|---|---|---|---|",
            *(row(*kind) for kind in KINDS),
            "",
            "## What is refused, and the way out",
            "",
            "| Ending | The sentence |",
            "|---|---|",
            *(f"| {', '.join(endings)} | {way} |" for way, endings in ways.items()),
            "",
            "A text of one of these forms is refused whatever its ending:",
            "",
            "| Form | The way out |",
            "|---|---|",
            *(f"| {name} | {form['way']} |" for name, form in refused["texts"].items()),
            "",
        ]
    )


if __name__ == "__main__":
    (ROOT / "docs" / "formats.md").write_text(page_text(), encoding="utf-8")
