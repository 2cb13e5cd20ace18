"""The only escaper of corpus text: for a page, a figure, a terminal.

Corpus text is hostile until it has gone through here. No other module escapes, and none shows text that has not.
"""

import html
import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ud800-\udfff\ufeff]"
)
_UNSEEN_ASCII = "".join(_UNSEEN.findall("".join(map(chr, range(128))))).encode()
_UNSEEN_OR_BREAK = re.compile(f"{_UNSEEN.pattern}|[\t\n]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def _spell_out(match: re.Match[str]) -> str:
    r"""Return the code point of an unseen character as ``\x1b`` or ``\u202e``."""
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def show_controls(text: str) -> str:
    r"""Return `text` with control, direction and zero-width characters spelled out; tabs and line feeds stay.

    >>> show_controls("safe\u202eetxt") == "safe\\u202eetxt"
    True
    >>> show_controls("plain text stays")
    'plain text stays'
    """
    return _UNSEEN.sub(_spell_out, text)


def escape_json(lines: str) -> str:
    r"""Return lines of JSON with their unseen characters as JSON escapes, which a JSON reader undoes.

    >>> print(escape_json('{"a": "\u202e"}'))
    {"a": "\u202e"}
    """
    if lines.isascii() and len(lines.encode().translate(None, _UNSEEN_ASCII)) == len(lines):
        return lines
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", lines)


def escape_terminal(text: str) -> str:
    r"""Return `text` safe to print on one line of a terminal: no escape sequence, no line break survives.

    >>> print(escape_terminal("\x1b[31mred\n"))
    \x1b[31mred\x0a
    """
    return _UNSEEN_OR_BREAK.sub(_spell_out, text)


def escape_html(text: str) -> str:
    """Return `text` as HTML that shows it literally, also inside a quoted attribute.

    >>> escape_html('<b>"x"</b>')
    '&lt;b&gt;&quot;x&quot;&lt;/b&gt;'
    """
    return html.escape(show_controls(text), quote=True)


def escape_figure(text: str) -> str:
    r"""Return `text` for a figure: one line, never read as mathematics.

    A dollar sign comes back as ``\$``, which matplotlib draws as a dollar sign. A leading underscore, which would
    hide a legend entry, gets a hair space before it.

    >>> print(escape_figure("cost $5 and $6"))
    cost \$5 and \$6
    >>> escape_figure("one\ntwo   three")
    'one two three'
    """
    line = show_controls(_SPACES.sub(" ", text).strip()).replace("$", r"\$")
    return "\u200a" + line if line.startswith("_") else line


def cut(text: str, longest: int, *, front: bool = False) -> str:
    """Return `text` with at most `longest` characters, an ellipsis in the place of its end, or of its front.

    >>> cut("the ferry", 9), cut("the ferry", 5), cut("the ferry", 5, front=True)
    ('the ferry', 'the…', '…erry')
    """
    if len(text) <= longest:
        return text
    return "…" + text[1 - longest :] if front else text[: longest - 1].rstrip() + "…"


def shorten(text: str, words: int) -> str:
    """Return `text`, or its first `words` words with an ellipsis where it has more.

    >>> shorten("the ferry stays in port", 3), shorten("the ferry", 3)
    ('the ferry stays …', 'the ferry')
    """
    split = text.split()
    return text if len(split) <= words else " ".join(split[:words]) + " …"
