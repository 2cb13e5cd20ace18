"""What a notebook and a report have in common: our own data in outputs, and templates that are filled safely.

All text in a template goes through `escape`, and each page names what may run in it.
"""

import base64
import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pastepot import escape

KINDS = ("figure", "table", "facts", "pair", "diff", "say")
"""The kinds of our own data in a notebook's outputs; the page shows each of them."""

Bundle = dict[str, object]


def mime(kind: str) -> str:
    """Return the private MIME type of our own data of a kind.

    >>> mime("table")
    'application/vnd.pastepot.table+json'
    """
    return f"application/vnd.pastepot.{kind}+json"


def bundle(kind: str, data: Mapping[str, object], html: str, plain: str = "") -> Bundle:
    r"""Return what IPython shows: plain text if any, its unseen characters spelled out, HTML, and the report's data.

    >>> bundle("say", {"text": "\x1b"}, "<p>\\x1b</p>", "\x1b")["text/plain"]
    '\\x1b'
    """
    shown: Bundle = {"text/plain": escape.show_controls(plain)} if plain else {}
    return shown | {"text/html": html, mime(kind): data}


def own_data(notebook: Mapping[str, Any], kind: str) -> list[Any]:
    """Return our own data of a kind in the outputs of an executed notebook, in order."""
    outputs = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [data[mime(kind)] for data in outputs if mime(kind) in data]


def _escaped(value: object) -> Markup:
    """Return text as HTML that shows it literally; markup as it is."""
    return value if isinstance(value, Markup) else Markup(escape.escape_html(str(value)))  # noqa: S704 (marks escaped it)


_TEMPLATES = Environment(
    loader=PackageLoader("pastepot.reporting", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_escaped,
)
_TEMPLATES.filters["ours"] = Markup


def piece(kind: str, *data: object) -> str:
    """Return a piece of a page: a table, its note, facts, a pair or a diff.

    >>> piece("note", {"note": "Counted <b> 3 words."})
    '<p class="note">Counted &lt;b&gt; 3 words.</p>'
    """
    return str(getattr(_TEMPLATES.get_template("pieces.html.jinja").module, kind)(*data))


def whole_page(template: str, *, style: str, script: str = "", **values: object) -> str:
    """Return a whole page that nothing but its own style and script may touch."""
    return _TEMPLATES.get_template(template).render(
        style=Markup(style),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704 (our own file)
        policy=_policy(style, script),
        **values,
    )


def own_file(name: str) -> str:
    """Return the text of one of the page's own files."""
    return resources.files("pastepot.reporting").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy: nothing but this style and this script."""
    sources = {"style-src": style, "script-src": script}
    digests = {name: hashlib.sha256(text.encode("utf-8")).digest() for name, text in sources.items() if text}
    own = "".join(f"{name} 'sha256-{base64.b64encode(digest).decode('ascii')}'; " for name, digest in digests.items())
    return f"default-src 'none'; img-src data:; {own}base-uri 'none'; form-action 'none'"
