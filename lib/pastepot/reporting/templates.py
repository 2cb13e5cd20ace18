"""Filling HTML templates safely: all text in them goes through `escape`, and each page names what may run in it."""

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pastepot import escape


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
    own = "".join(f"{name} 'sha256-{_digest(text)}'; " for name, text in sources.items() if text)
    return f"default-src 'none'; img-src data:; {own}base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    """Return a text's digest as a policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
