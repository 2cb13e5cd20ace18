"""The paragraphs of a Word file, read by the standard library alone: within limits, without entities or links."""

from xml.parsers import expat  # document types, where entity bombs live, are refused below

from pastepot.corpus.readers.members import UnfitError, part

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_INSTEAD = {f"{_WORD}tab": "\t", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def docx_paragraphs(data: bytes) -> list[str]:
    """Return the text of each paragraph of a Word file, tables included, in order; a line break is a newline.

    Raises
    ------
    UnfitError
        If the file is no Word file, is damaged, or goes beyond the limits of a document.

    Examples
    --------
    >>> docx_paragraphs(b"The ferry sails.")
    Traceback (most recent call last):
    ...
    pastepot.corpus.readers.members.UnfitError: it cannot be unpacked: File is not a zip file
    """
    document = part(data, "word/document.xml")
    found: list[str] = []
    parser = _parser(found)
    try:
        parser.Parse(document, True)  # noqa: FBT003 (expat takes no keywords)
    except expat.ExpatError as error:
        raise UnfitError(f"its text is damaged: {error}") from error
    return found


def _parser(found: list[str]) -> expat.XMLParserType:
    """Return a parser that appends each paragraph to `found`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    paragraphs: list[list[str]] = []
    inside = {"text": 0, "fallback": 0}

    def opens(name: str, attributes: dict[str, str]) -> None:
        inside["fallback"] += name == _FALLBACK
        inside["text"] += name == f"{_WORD}t"
        if name == f"{_WORD}p":
            paragraphs.append([])
        elif paragraphs and not inside["fallback"]:
            paragraphs[-1].append(_instead(name, attributes))

    def closes(name: str) -> None:
        inside["fallback"] -= name == _FALLBACK
        inside["text"] -= name == f"{_WORD}t"
        if name == f"{_WORD}p":
            whole = "".join(paragraphs.pop())
            if not inside["fallback"]:
                found.append(whole)

    def holds(characters: str) -> None:
        if inside["text"] and paragraphs and not inside["fallback"]:
            paragraphs[-1].append(characters)

    parser.StartElementHandler = opens
    parser.EndElementHandler = closes
    parser.CharacterDataHandler = holds
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _instead(name: str, attributes: dict[str, str]) -> str:
    """Return the characters that an empty element stands for; a page break stands for none."""
    if name == f"{_WORD}br":
        return "\n" if attributes.get(f"{_WORD}type", "textWrapping") == "textWrapping" else ""
    return _INSTEAD.get(name, "")


def _refuse(*_: object) -> None:
    """Refuse a document type, with which entities are declared."""
    raise UnfitError("it declares entities, as no Word file does")
