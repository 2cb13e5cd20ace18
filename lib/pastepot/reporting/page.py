"""The page of a report, from its first screen on: prose first, code folded, every number's table, nothing fetched.

Only what Pastepot's own display made reaches the page as markup, and that is made here again from its data; HTML that
a notebook may contain is never passed on.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pastepot import escape, files, tables
from pastepot.reporting.display import TableData
from pastepot.reporting.templates import KINDS, mime, own_file, whole_page

Excerpts = Literal["full", "short", "none"]
SHORT = {"text": 25, "left": 12, "right": 12}
"""Words that a short excerpt may have, by column of corpus text."""

HIDDEN = "(not shown)"
LEFT_OUT = "The article with its changes is left out, since this report does not quote in full."
Counters = Mapping[str, Iterator[int]]
"""The numbers that the page still has to give, by kind: tables and figures are counted through all chapters."""

INJECTED, SET = "injected-parameters", "# Set for this report instead: source"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class Block(NamedTuple):
    """One part of a chapter: its kind (prose, code, table, figure, facts, pair, diff, say, text) and its content."""

    kind: str
    content: Any
    number: str = ""


def page(context: Mapping[str, object], notebooks: Mapping[str, Any], *, excerpts: Excerpts = "full") -> str:
    """Return the report as one HTML page.

    Parameters
    ----------
    context : mapping
        What the top and the bottom say: title, corpus, number, facts, notice, problems, provenance.
    notebooks : mapping of str to executed notebooks
        By name without suffix, in the order of the chapters.
    excerpts : {"full", "short", "none"}
        How much text of articles the tables show: as the notebooks do, at most 25 words a hit, or none.
    """
    counters = {kind: itertools.count(1) for kind in ("table", "figure")}
    return whole_page(
        "report.html.jinja",
        style=own_file("report.css") + own_file("side_by_side.css"),
        script=own_file("report.js"),
        meanings=tables.COLUMNS,
        chapters=[_chapter(name, notebook, counters, excerpts) for name, notebook in notebooks.items()],
        **context,
    )


# --- chapters ----------------------------------------------------------


def _chapter(name: str, notebook: Any, counters: Counters, excerpts: Excerpts) -> dict[str, object]:  # noqa: ANN401 (nbformat is untyped)
    """Return one executed notebook as a chapter; code that follows on code is one block."""
    slug = _slug(name)
    sections: list[tuple[str, str]] = []
    title, blocks = "", list[Block]()
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", ())
        if cell["cell_type"] == "markdown" and "exercise" not in tags:
            text, heading = _prose(cell["source"], slug, sections)
            title = title or heading
            blocks += [Block("prose", Markup(text))] if text.strip() else []  # noqa: S704 (markdown-it made it)
        elif cell["cell_type"] == "code" and "exercise" not in tags:
            before = f"{blocks.pop().content}\n\n" if blocks and blocks[-1].kind == "code" else ""
            # The source may be a path of the machine; that another one was set is said.
            blocks.append(Block("code", before + (SET if INJECTED in tags else cell["source"])))
            blocks += [block for output in cell["outputs"] for block in _output(output, counters, excerpts)]
    return {"slug": slug, "title": title or name, "sections": sections, "blocks": blocks}


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
    title, title_at = "", 0
    for number, token in enumerate(tokens):
        clean_markdown(token)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.type == "heading_open":
            pieces = tokens[number + 1].children or []
            heading = "".join(piece.content for piece in pieces if piece.type in {"text", "code_inline"})
            if token.tag == "h2" and heading and not title:
                title, title_at = heading, number
            elif heading:
                own = f"{slug}-{_slug(heading)}"
                addresses = itertools.chain([own], (f"{own}-{number}" for number in itertools.count(2)))
                address = next(free for free in addresses if free not in dict(sections))
                token.attrSet("id", address)
                sections += [(address, heading)] if token.tag == "h3" else []
    if title:
        del tokens[title_at : title_at + 3]
    return str(markdown.renderer.render(tokens, markdown.options, {})), title


def clean_markdown(token: Token) -> None:
    """Give table heads their scope, lead links between notebooks to their chapters, put words for a picture file."""
    if token.type in {"th_open", "td_open"}:
        token.attrs.pop("style", None)
    if token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or []:
        if child.type == "image":
            child.type, child.tag, child.nesting = "text", "", 0
        address = str(child.attrGet("href") or "").partition("#")[0]
        if child.type == "link_open" and address.endswith(".ipynb"):
            child.attrSet("href", "#" + _slug(address.rpartition("/")[2].removesuffix(".ipynb")))


# --- outputs -----------------------------------------------------------


def _output(output: Any, counters: Counters, excerpts: Excerpts) -> Iterator[Block]:  # noqa: ANN401 (nbformat is untyped)
    """Yield what a page shows of one output: our own data, else its plain text; never its HTML."""
    data = output.get("data", {})
    kind = next((kind for kind in KINDS if mime(kind) in data), "")
    if kind:
        yield _own_block(kind, data[mime(kind)], counters, excerpts)
    elif output["output_type"] == "stream" and output["name"] == "stdout":
        yield Block("text", _printed(output["text"], excerpts))
    elif "text/plain" in data:
        yield Block("text", _printed(data["text/plain"], excerpts))


def _own_block(kind: str, content: Any, counters: Counters, excerpts: Excerpts) -> Block:  # noqa: ANN401 (one type a kind)
    """Return the block of our own data, with a number if its kind is counted, as far as `excerpts` allows it."""
    if kind in {"pair", "diff"} and excerpts != "full":
        return Block("say", LEFT_OUT)
    if kind == "say":
        return Block(kind, str(content["text"]))
    if kind == "table":
        content = excerpted(content, excerpts)
    if kind == "figure":
        content = {**content, "table": excerpted(content["table"], excerpts)}
    return Block(kind, content, f"{kind.capitalize()} {next(counters[kind])}" if kind in counters else "")


def _printed(text: str, excerpts: Excerpts) -> str:
    """Return a printed result as far as `excerpts` allows it: it may quote an article."""
    lines = text.splitlines() if excerpts == "short" else [text]
    return "\n".join(_excerpt("text", line, excerpts) for line in lines)


def excerpted(data: TableData, excerpts: Excerpts) -> TableData:
    """Return a table's data with the text of articles as it is, shortened, or left out.

    >>> column = {"name": "text", "heading": "Text", "look": "text"}
    >>> data = {"caption": "", "extent": "", "columns": [column], "rows": [["word " * 30]], "note": ""}
    >>> excerpted(data, "none")["rows"]
    [['(not shown)']]
    """
    names = [column["name"] for column in data["columns"]]
    return {**data, "rows": [_excerpt_row(names, row, excerpts) for row in data["rows"]]}


def excerpted_csv(content: str, excerpts: Excerpts) -> str:
    r"""Return a CSV's text with the text of articles as it is, shortened, or left out.

    >>> excerpted_csv("text,words\nThe ferry,2\n", "none")
    'text,words\n(not shown),2\n'
    """
    if excerpts == "full":
        return content
    head, *rows = csv.reader(io.StringIO(content))
    return files.csv_text([head, *(_excerpt_row(head, row, excerpts) for row in rows)])


def _excerpt_row(names: Sequence[str], row: Sequence[str], excerpts: Excerpts) -> list[str]:
    """Return the cells of a row as far as `excerpts` allows them."""
    return [_excerpt(name, cell, excerpts) for name, cell in zip(names, row, strict=True)]


def _excerpt(column: str, cell: str, excerpts: Excerpts) -> str:
    """Return a cell as far as `excerpts` allows it."""
    if column not in SHORT or excerpts == "full":
        return cell
    if excerpts == "none":
        return HIDDEN
    if column == "left":
        return " ".join(cell.split()[-SHORT[column] :])
    return escape.shorten(cell, SHORT[column])
