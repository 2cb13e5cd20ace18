"""Documents: the text of Word, RTF and PDF files, as one article or as an export of many."""

import io
import re
from collections.abc import Iterator, Mapping

from pastepot.corpus.readers.archive import open_document, read_member
from pastepot.corpus.readers.plain_text import read_export
from pastepot.corpus.records import BLANKS, Found, Record, UnreadableError, explain_errors, reader

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT, _BREAK, _BREAK_TYPE = (f"{_WORD}{name}" for name in ("p", "t", "br", "type"))
_PART = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STANDS_FOR = {f"{_WORD}tab": "\t", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_CELL = re.compile(r"^(\w{2,3})[ \u00a0]*\|[ ]?|[ ]?\|[ ]*$", re.MULTILINE)
_PDF_NOTE = "the text is what pypdf found on the pages, with the line ends, hyphens and page heads of the print"


@reader
def read_docx(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a Word file; a text is its paragraphs, joined by newlines.

    >>> [found.reason for found in read_docx("a.docx", b"The ferry sails.")]
    ['not a Word file: it cannot be unpacked: File is not a zip file']
    """
    missing = "Word files need lxml, which this Python lacks; save it as .txt"
    with explain_errors("not a Word file: its text is damaged ({})", missing=missing, prefix="not a Word file: "):
        paragraphs = read_paragraphs(data)
    lines = [line.strip(BLANKS) for paragraph in paragraphs for line in paragraph.split("\n")]
    yield from _read_text(path, "\n".join(lines), "docx")


def read_paragraphs(data: bytes) -> list[str]:
    """Return the text of each paragraph of a Word file, tables included, in order; a line break is a newline.

    A fallback repeats what is there already, so nothing in it is taken.

    Raises
    ------
    UnreadableError
        If the file is no Word file, or goes beyond the limits of a document.

    Examples
    --------
    >>> read_paragraphs(b"The ferry sails.")
    Traceback (most recent call last):
    ...
    pastepot.corpus.records.UnreadableError: it cannot be unpacked: File is not a zip file
    """
    from lxml import etree  # noqa: PLC0415 (slow to import)

    archive = open_document(data, "Word file")
    if _PART not in archive.NameToInfo:
        raise UnreadableError(f"it lacks its part {_PART}")
    xml = read_member(archive, archive.NameToInfo[_PART])
    document = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    etree.strip_elements(document, _FALLBACK, with_tail=False)
    texts: Mapping[object, list[str]] = {paragraph: [] for paragraph in document.iter(_PARAGRAPH)}
    for run in document.iter(_TEXT, _BREAK, *_STANDS_FOR):
        owner = next(run.iterancestors(_PARAGRAPH), None)  # the inner one, where a box stands in a paragraph
        if owner is not None:
            is_line_end = run.tag == _BREAK and run.get(_BREAK_TYPE, "textWrapping") == "textWrapping"
            texts[owner].append("\n" if is_line_end else _STANDS_FOR.get(run.tag, run.text or ""))
    return ["".join(parts) for parts in texts.values()]


@reader
def read_rtf(path: str, data: bytes) -> Iterator[Found]:
    r"""Yield the articles of an RTF file, as striprtf takes its text out.

    >>> [found.text for found in read_rtf("a.rtf", rb"{\rtf1\ansi The ferry\par sails.}")]
    ['The ferry\nsails.']
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("not an RTF file: it does not start as one")
    with explain_errors(
        "the RTF is damaged ({})", missing="RTF needs striprtf, which this Python lacks; save it as .docx"
    ):
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 (for RTF alone)

        text: str = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    yield from _read_text(path, _CELL.sub(lambda cell: f"{cell[1]}\t" if cell[1] else "", text), "rtf")


@reader
def read_pdf(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a PDF file, as pypdf takes their text out; a page without text is a scan, and refused.

    >>> [found.reason for found in read_pdf("a.pdf", b"The ferry sails.")]
    ['not a PDF file: it does not start as one']
    """
    if not data.lstrip().startswith(b"%PDF"):
        raise UnreadableError("not a PDF file: it does not start as one")
    missing = "PDF needs pypdf, which this Python lacks; save it as .docx or as .txt"
    with explain_errors("the PDF could not be taken apart ({})", missing=missing):
        from pypdf import PdfReader  # noqa: PLC0415 (for PDF alone)

        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    if empty := next((number for number, page in enumerate(pages, start=1) if not page.strip()), 0):
        raise UnreadableError(f"page {empty} of {len(pages)} has no text, as in a scan; recognise its text (OCR) first")
    yield from _read_text(path, "\n".join(pages), "pdf", (_PDF_NOTE,))


def _read_text(path: str, text: str, kind: str, notes: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield the articles of a document's text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff" + BLANKS)
    if not text:
        raise UnreadableError("the document has no text")
    source = Record(text, path, kind, notes=notes)
    yield from read_export(source) or [source]
