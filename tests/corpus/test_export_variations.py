"""Exports as they really arrive: other line ends, marks, spaces, cases and languages; one article, two or three."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import export_examples as examples
import format_examples
import pytest
from test_exports import found_in

import pastepot as pp
from pastepot.corpus.ledger import Decision
from pastepot.corpus.records import Problem, Record

Stories = Sequence[examples.Story]


def old_text(stories: Stories) -> str:
    """Return an old Nexis export as text."""
    parts = []
    for number, story in enumerate(stories, start=1):
        body = "\n\n".join(story.paragraphs)
        parts.append(
            f"\n\n          {number} of {len(stories)} DOCUMENTS\n\n\n          {story.outlet}\n\n"
            f"       {examples.day(story)} Tuesday\n       Final Edition\n\n{story.title}\n\nBYLINE: {story.author}\n\n"
            f"SECTION: NEWS; Pg. 3\n\nLENGTH: 28 words\n\n{body}\n\nLOAD-DATE: June 9, 2031\n\nLANGUAGE: ENGLISH\n\n\n"
            f"       Copyright 2031 {story.outlet}\n       All Rights Reserved\n"
        )
    return "".join(parts)


def proquest_text(stories: Stories) -> str:
    """Return a ProQuest export."""
    line = format_examples.LINE
    parts = [line]
    for number, story in enumerate(stories, start=1):
        body = "\n\n".join(story.paragraphs)
        parts.append(
            f"\nDocument {number} of {len(stories)}\n\nTitle: {story.title}\n\nAuthor: {story.author}\nLinks: none\n\n"
            f"Full text: {body}\n\nSubject: Boats\n\nPublication title: {story.outlet}\n\n"
            f"Publication date: 2031-06-0{story.day}\n\nProQuest document ID: 12{number}\n\n{line}"
        )
    return "\n".join(parts) + "\n"


LAYOUTS: dict[str, Callable[[Stories], str]] = {
    "uni": lambda stories: examples.uni_text(stories).decode(),
    "old": old_text,
    "factiva": lambda stories: examples.factiva_text(stories).decode(),
    "tagged": lambda stories: examples.factiva_tagged(stories).decode(),
    "proquest": proquest_text,
    "newsbank": lambda stories: examples.newsbank(stories).decode(),
    "labels": lambda stories: examples.newsbank(stories, labels=True).decode(),
    "web": lambda stories: examples.newsbank_web(stories).decode(),
}
SAVED: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "lines end in CR and LF": lambda text: text.replace("\n", "\r\n").encode(),
    "lines end in CR": lambda text: text.replace("\n", "\r").encode(),
    "a byte order mark": lambda text: f"\ufeff{text}".encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "no blank line at the edges": lambda text: text.strip().encode(),
    "spaces at line ends": lambda text: text.replace("\n", "  \n").encode(),
    "no-break spaces at line ends": lambda text: text.replace("\n", "\u00a0\n").encode(),
    "every line indented": lambda text: re.sub(r"(?m)^(?=.)", "\t  ", text).encode(),
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n").encode(),
    "labels in capitals": lambda text: re.sub(r"(?m)^[A-Z][A-Za-z -]+:", lambda label: label[0].upper(), text).encode(),
    "a form feed first": lambda text: f"\f{text}".encode(),
}


def check(name: str, data: bytes, stories: Stories) -> None:
    """Read a file and find each article with its title, outlet, author, date and text, and no problem."""
    found = found_in(name, data)
    assert [one for one in found if isinstance(one, Problem)] == []
    for one, story in zip(found, stories, strict=True):
        assert isinstance(one, Record)
        assert (one.title, one.outlet, one.author) == (story.title, story.outlet, story.author)
        assert one.date == f"2031-06-0{story.day}"
        assert one.text.split() == " ".join(story.paragraphs).split()


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("way", SAVED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_how_an_export_was_saved_does_not_matter(layout: str, way: str, count: int) -> None:
    stories = examples.STORIES[:count]
    check("a.txt", SAVED[way](LAYOUTS[layout](stories)), stories)


@pytest.mark.parametrize(
    "line",
    [
        "Language: English only, said the sign.", "Subject: boats and their crews.", "Title: none.", "Body", "12 words",
        "Document 3 of 4", "Full text: see below.", "June 3, 2031", "PD James wrote it", "By Ada Quay", "The end.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_line_of_an_article_that_looks_like_a_label_or_mark_stays_in_it(layout: str, line: str) -> None:
    stories = [story._replace(paragraphs=(story.paragraphs[0], line, examples.TAIL)) for story in examples.STORIES[:2]]
    found = found_in("a.txt", LAYOUTS[layout](stories).encode())
    texts = [one.text.split() for one in found if isinstance(one, Record)]
    assert texts == [" ".join(story.paragraphs).split() for story in stories]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in {"uni", "old"}])
def test_an_export_in_another_kind_of_file_is_still_one(layout: str, count: int) -> None:
    stories = examples.STORIES[:count]
    text = LAYOUTS[layout](stories)
    lines = text.split("\n")
    check("a.docx", format_examples.docx(lines), stories)
    check("a.rtf", examples.rtf(lines), stories)
    check("a", text.encode(), stories)
    paragraphs = "".join(f"<p>{line or '&nbsp;'}</p>" for line in lines)
    for inside in (f"<pre>{text}</pre>", text.replace("\n", "<br>\n"), paragraphs):
        check("a.html", f"<html><body>{inside}</body></html>".encode(), stories)


@pytest.mark.parametrize(
    ("layout", "old", "new"),
    [
        ("uni", "End of Document", "END OF DOCUMENT"),
        ("uni", "End of Document", "Ende des Dokuments"),
        ("uni", "End of Document", "Fin du document"),
        ("uni", "\nBody\n", "\nBODY\n"),
        ("old", r"(\d) of (\d) DOCUMENTS", r"\1 of \2 documents"),
        ("old", r"(\d) of (\d) DOCUMENTS", r"Dokument \1 von \2"),
        ("old", r"(\d) of (\d) DOCUMENTS", r"Document \1 de \2"),
        ("old", r"(\d) of (\d) DOCUMENTS", r"Documento \1 de \2"),
        ("old", r"(\d) of (\d) DOCUMENTS", r"\1 van \2 DOCUMENTEN"),
        ("old", "LOAD-DATE", "DATE-CHARGEMENT"),
        ("factiva", "\nDocument ", "\nDokument "),
        ("factiva", "1,028 words", "1\u00a0028 mots"),
        ("factiva", "English", "英語"),
        ("factiva", "\nEnglish\n", "\n"),
        ("tagged", r"\nWC  28 words\n", "\n"),
        ("web", "OpenURL Link\n", "\n"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_marks_in_another_case_or_language_or_left_out_are_known(layout: str, old: str, new: str, count: int) -> None:
    stories = examples.STORIES[:count]
    text, changes = re.subn(old, new, LAYOUTS[layout](stories))
    assert changes >= count
    check("a.txt", text.encode(), stories)


@pytest.mark.parametrize(
    ("layout", "pattern"),
    [("web", r"(?m)^Copyright.*\n"), ("factiva", r"(?m)^[\d,]+ words\n"), ("uni", r"(?m)^Body\n\n")],
)
def test_an_export_that_lost_what_divides_it_is_never_one_article(layout: str, pattern: str) -> None:
    text, changes = re.subn(pattern, "", LAYOUTS[layout](examples.STORIES))
    assert changes == 3
    assert all(isinstance(one, Problem) for one in found_in("a.txt", text.encode()))


def test_a_page_whose_elements_have_further_classes_is_still_an_export() -> None:
    for name, page in (("factiva.html", examples.factiva_page()), ("europresse.html", examples.europresse())):
        check(name, re.sub(rb'class="([^"]*)"', rb'class="first \1 last"', page), examples.STORIES)


def test_the_raw_text_of_every_export_is_rebuilt_from_its_ledger(
    tmp_path: Path, undo_decisions: Callable[[str, str, Sequence[Decision]], str]
) -> None:
    files = {**examples.WITH_TITLES, "old.txt": old_text(examples.STORIES).encode(), "feed.xml": examples.feed()}
    files |= {"nexis.docx": format_examples.nexis_docx(), "proquest.txt": proquest_text(examples.STORIES).encode()}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    corpus = pp.read(tmp_path)
    assert len(corpus) == 3 * len(files) - 1
    assert any(corpus.decisions)
    for record, view, decisions in zip(corpus.records, corpus.views, corpus.decisions, strict=True):
        assert undo_decisions(view.text, record.text, decisions) == record.text
