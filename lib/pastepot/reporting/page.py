"""One page for a whole report: prose first, code folded, every number's table, nothing live and nothing fetched.

Only what Pastepot's own display made reaches the page as markup, and that is made here anew from its data; HTML that
a notebook may hold is never passed on.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pastepot import escape
from pastepot.reporting.diff import DIFF_MIME
from pastepot.reporting.display import FACTS_MIME, SAY_MIME, TABLE_MIME, TableData
from pastepot.reporting.figures import FIGURE_MIME
from pastepot.reporting.side_by_side import PAIR_MIME
from pastepot.reporting.templates import own_file, whole_page

Excerpts = Literal["full", "short", "none"]
EXCERPTS = ("full", "short", "none")
SHORT = {"text": 25, "left": 12, "right": 12}
"""Words that a short excerpt may have, by column of corpus text."""

HIDDEN = "(not shown)"
INJECTED = "injected-parameters"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Block:
    """One piece of a chapter: its kind (prose, code, table, figure, facts, pair, diff, say, text) and what it holds."""

    kind: str
    content: Any
    number: str = ""


@dataclass(frozen=True)
class Chapter:
    """One notebook as the page shows it."""

    slug: str
    title: str
    sections: Sequence[tuple[str, str]]
    blocks: Sequence[Block]


@dataclass
class Numbers:
    """Counts tables and figures through the whole page."""

    table: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    figure: Iterator[int] = field(default_factory=lambda: itertools.count(1))


def page(context: Mapping[str, object], notebooks: Mapping[str, Any], *, excerpts: Excerpts = "full") -> str:
    """Return the report as one HTML page.

    Parameters
    ----------
    context : mapping
        What stands at the top and bottom: title, kicker, lead, notices, problems, provenance.
    notebooks : mapping of str to executed notebooks
        By name without suffix, in the order of the chapters.
    excerpts : {"full", "short", "none"}
        How much text of articles the tables show: as the notebooks do, at most 25 words a hit, or none.
    """
    numbers = Numbers()
    return whole_page(
        "report.html.jinja",
        style=own_file("report.css") + own_file("side_by_side.css"),
        script=own_file("report.js"),
        chapters=[chapter(name, notebook, numbers, excerpts) for name, notebook in notebooks.items()],
        **context,
    )


# --- chapters ----------------------------------------------------------


def chapter(name: str, notebook: Any, numbers: Numbers, excerpts: Excerpts) -> Chapter:  # noqa: ANN401 (nbformat is untyped)
    """Return one executed notebook as a chapter."""
    slug = _slug(name)
    sections: list[tuple[str, str]] = []
    title, blocks = "", []
    for cell in notebook["cells"]:
        if "exercise" in cell["metadata"].get("tags", ()):
            continue
        if cell["cell_type"] == "markdown":
            text, heading = _prose(cell["source"], slug, sections)
            title = title or heading
            blocks += [Block("prose", Markup(text))] if text.strip() else []  # noqa: S704 (markdown-it made it)
        elif cell["cell_type"] == "code" and INJECTED not in cell["metadata"].get("tags", []):
            blocks.append(Block("code", cell["source"]))
            blocks += [made for one in cell["outputs"] for made in _output(one, numbers, excerpts)]
    return Chapter(slug, title or name, sections, _merged(blocks))


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with code that follows on code put into one fold."""
    merged: list[Block] = []
    for block in blocks:
        if merged and block.kind == merged[-1].kind == "code":
            merged[-1] = Block("code", f"{merged[-1].content}\n\n{block.content}")
        else:
            merged.append(block)
    return merged


def _slug(text: str) -> str:
    """Return a name for an address within the page.

    >>> _slug("02 What's said?")
    '02-what-s-said'
    """
    return _NOT_SLUG.sub("-", text.lower()).strip("-") or "section"


def _prose(source: str, slug: str, sections: list[tuple[str, str]]) -> tuple[str, str]:
    """Return Markdown as HTML without its first title, and that title; headings go one level down and get addresses."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(source)
    title, kept = "", []
    for place, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + 1, 6)
            token.tag = f"h{level}"
            heading = _plain(tokens[place + 1]) if token.type == "heading_open" else ""
            if level == 2 and heading and not title:
                title = heading
            elif heading:
                address = _unique(f"{slug}-{_slug(heading)}", sections)
                token.attrSet("id", address)
                sections += [(address, heading)] if level == 3 else []
        clean_markdown(token)
        kept.append(token)
    first = [place for place, token in enumerate(kept) if token.tag == "h2"][:2]
    if title and first:
        del kept[first[0] : first[1] + 1]
    return str(markdown.renderer.render(kept, markdown.options, {})), title


def _unique(address: str, sections: Sequence[tuple[str, str]]) -> str:
    """Return an address that no section has yet."""
    taken = {one for one, _ in sections}
    tries = itertools.chain([address], (f"{address}-{number}" for number in itertools.count(2)))
    return next(one for one in tries if one not in taken)


def _plain(token: Token) -> str:
    """Return the text of a heading without its marks."""
    return "".join(child.content for child in token.children or [] if child.type in {"text", "code_inline"})


def clean_markdown(token: Token) -> None:
    """Give table heads their scope, lead links between notebooks to their chapters, put words for a picture file."""
    if token.type == "th_open":
        token.attrs.pop("style", None)
        token.attrSet("scope", "col")
    if token.type == "td_open":
        token.attrs.pop("style", None)
    for child in token.children or []:
        if child.type == "image":
            child.type, child.tag, child.nesting = "text", "", 0
        address = str(child.attrGet("href") or "").partition("#")[0]
        if child.type == "link_open" and address.endswith(".ipynb"):
            child.attrSet("href", "#" + _slug(address.rpartition("/")[2].removesuffix(".ipynb")))


# --- outputs -----------------------------------------------------------


def _output(output: Any, numbers: Numbers, excerpts: Excerpts) -> Iterator[Block]:  # noqa: ANN401 (nbformat is untyped)
    """Yield what a page shows of one output: our own data, else its plain text; never its HTML."""
    data = output.get("data", {})
    if FIGURE_MIME in data:
        shown = excerpted(data[FIGURE_MIME]["table"], excerpts)
        yield Block("figure", {**data[FIGURE_MIME], "table": shown}, f"Figure {next(numbers.figure)}")
    elif TABLE_MIME in data:
        yield Block("table", excerpted(data[TABLE_MIME], excerpts), f"Table {next(numbers.table)}")
    elif FACTS_MIME in data:
        yield Block("facts", data[FACTS_MIME])
    elif (DIFF_MIME in data or PAIR_MIME in data) and excerpts != "full":
        yield Block("say", "The article with its marks is left out, since this report does not quote in full.")
    elif PAIR_MIME in data:
        yield Block("pair", data[PAIR_MIME])
    elif DIFF_MIME in data:
        yield Block("diff", data[DIFF_MIME])
    elif SAY_MIME in data:
        yield Block("say", str(data[SAY_MIME]["text"]))
    elif output["output_type"] == "stream" and output["name"] == "stdout":
        yield Block("text", _printed(output["text"], excerpts))
    elif "text/plain" in data:
        yield Block("text", _printed(data["text/plain"], excerpts))


def _printed(text: str, excerpts: Excerpts) -> str:
    """Return a printed result as far as `excerpts` allows it: it may quote an article."""
    if excerpts == "short":
        return "\n".join(escape.shorten(line, SHORT["text"]) for line in text.splitlines())
    return HIDDEN if excerpts == "none" else text


def excerpted(data: TableData, excerpts: Excerpts) -> TableData:
    """Return a table's data with the text of articles as it is, shortened, or left out.

    >>> column = {"name": "text", "heading": "Text", "look": "text"}
    >>> data = {"caption": "", "extent": "", "columns": [column], "rows": [["word " * 30]], "note": ""}
    >>> excerpted(data, "none")["rows"]
    [['(not shown)']]
    """
    if excerpts == "full":
        return data
    names = [column["name"] for column in data["columns"]]
    rows = [[_excerpt(name, cell, excerpts) for name, cell in zip(names, row, strict=True)] for row in data["rows"]]
    return cast("TableData", {**data, "rows": rows})


def excerpted_csv(content: str, excerpts: Excerpts) -> str:
    r"""Return a CSV's text with the text of articles as it is, shortened, or left out.

    >>> excerpted_csv("text,words\nThe ferry,2\n", "none")
    'text,words\n(not shown),2\n'
    """
    if excerpts == "full":
        return content
    head, *rows = csv.reader(io.StringIO(content))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_excerpt(name, cell, excerpts) for name, cell in zip(head, row, strict=True)] for row in rows)
    return buffer.getvalue()


def _excerpt(column: str, cell: str, excerpts: Excerpts) -> str:
    """Return a cell as far as `excerpts` allows it."""
    if column not in SHORT or excerpts == "full":
        return cell
    if excerpts == "none":
        return HIDDEN
    if column == "left":
        kept = cell.split()[-SHORT[column] :]
        return " ".join(kept)
    return escape.shorten(cell, SHORT[column])
