"""Nexis exports: many articles in one .txt or .docx file, with fields, counts that must agree, and exact places."""

import io
from pathlib import Path

import format_examples as examples
import pytest

from pastepot.corpus.readers.documents import read_docx, read_paragraphs
from pastepot.corpus.readers.nexis import parse_date_line
from pastepot.corpus.readers.plain_text import read_text
from pastepot.corpus.records import Found, Problem, Record


def articles(found: list[Found]) -> list[Record]:
    return [one for one in found if isinstance(one, Record)]


def complaints(found: list[Found]) -> list[tuple[str, str]]:
    return [(one.where, one.reason) for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("colon", [" ", "\u00a0"])
def test_a_text_export_gives_each_article_with_its_fields(colon: str) -> None:
    found = list(read_text("n.txt", examples.nexis_text(colon=colon)))
    first, second, third = articles(found)
    assert len(found) == 3
    assert (first.title, first.outlet) == ("Ferries stay in port on May 4, 2031", "Quayhaven Gazette")
    assert (first.date, first.date_source, first.author) == ("2031-05-05", "nexis txt: date line", "Ada Quay")
    assert dict(first.fields) == {
        "length": "18 words",
        "section": "NEWS; Pg. 3",
        "edition": "Late Edition",
        "load_date": "May 6, 2031",
        "language": "ENGLISH",
    }
    assert (second.title, second.outlet, second.date) == ("Port empty", "The Harbour Post", "2031-05-07")
    assert second.fields["graphic"] == "The pier at dawn"
    assert (third.title, third.date, third.date_source) == ("Tea at the gate", "May 2031", "")
    assert third.fields["dateline"] == "QUAYHAVEN"
    assert [(one.path, one.where) for one in articles(found)] == [("n.txt", f"article {n}") for n in (1, 2, 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_text_is_a_stretch_of_its_file(encoding: str) -> None:
    whole = examples.nexis_text().decode("utf-8")
    data = whole.encode(encoding)
    for one, text in zip(articles(list(read_text("n.txt", data))), examples.TEXTS, strict=True):
        assert one.text == whole[one.file_start : one.file_start + len(one.text)]
        assert (
            one.text.encode(one.encoding)
            == data[len(whole[: one.file_start].encode(encoding)) :][: len(one.text.encode(encoding))]
        )
        assert one.text.split() == text.split()


@pytest.mark.parametrize("wrong", ["3 of 9", "4 of 3"])
def test_counts_that_disagree_are_told_and_nothing_is_dropped(wrong: str) -> None:
    found = list(read_text("n.txt", examples.nexis_text(wrong=wrong)))
    assert complaints(found) == [("", f"the file has 3 articles, but the line before number 3 says {wrong}")]
    assert len(articles(found)) == 3


def test_a_cut_export_is_told() -> None:
    whole = examples.nexis_text()
    cut = whole[: whole.index(b"3 of 3")].rstrip()
    found = list(read_text("n.txt", cut))
    assert complaints(found) == [("", "the file has 2 articles, but the line before number 1 says 1 of 3")]
    assert len(articles(found)) == 2


def test_end_lines_of_a_text_export_must_match_too() -> None:
    found = list(read_text("n.txt", examples.nexis_text() + b"\r\n\r\nEnd of Document\r\n"))
    assert complaints(found) == [("", "the file has 3 articles, but 1 line 'End of Document'")]
    assert articles(found)[2].text.split() == examples.STRIKE.split()


def test_an_article_without_length_or_text_is_told() -> None:
    first = b"  1 of 2 DOCUMENTS\n\n Gazette\n\nMay 5, 2031\n\nOf ferries\n\n"
    data = first + b"  2 of 2 DOCUMENTS\n\nPost\n\nLENGTH: 0 words\n\n"
    assert complaints(list(read_text("n.txt", data))) == [
        ("article 1", "it has no line 'LENGTH:', so its text cannot be separated from its head"),
        ("article 2", "it has no text"),
    ]


def test_a_sentence_about_documents_is_no_export() -> None:
    (found,) = read_text("a.txt", b"The mayor signed\n3 of 4 DOCUMENTS, she said.\n")
    assert isinstance(found, Record)
    assert found.reader == "txt"


def test_a_word_export_gives_each_article_with_its_fields() -> None:
    found = list(read_docx("n.docx", examples.nexis_docx()))
    first, second = articles(found)
    assert len(found) == 2
    assert (first.title, first.outlet) == ("Ferries stay in port on May 4, 2031", "Quayhaven Gazette")
    assert (first.date, first.date_source, first.author) == ("2031-05-05", "nexis docx: date line", "Ada Quay")
    assert first.text == f"{examples.FERRY}\nLength: 3 metres, said the sign."
    assert dict(first.fields) == {
        "length": "18 words",
        "section": "NEWS; Pg. 3",
        "highlight": "Boats idle",
        "graphic": "The pier at dawn",
        "language": "ENGLISH",
        "load_date": "May 6, 2031",
        "copyright": "Copyright 2031 Quayhaven Gazette All Rights Reserved",
    }
    assert (second.title, second.outlet, second.date) == ("Port empty", "The Harbour Post", "2031-05-07")
    assert second.text == examples.PORT


def test_the_last_line_that_is_a_date_is_the_date_of_an_article() -> None:
    head = ["Ferries", "May 4, 2031", "The Gazette", "May 5, 2031 Monday", "", "Length:\u00a03 words", "Body"]
    (found,) = read_docx("n.docx", examples.docx([*head, examples.FERRY, "", "\nEnd of Document"]))
    assert isinstance(found, Record)
    assert (found.title, found.outlet, found.date) == ("Ferries May 4, 2031", "The Gazette", "2031-05-05")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("n.docx", examples.nexis_docx(cover=3), "the file has 2 articles, but its cover says 3"),
        ("n.docx", examples.nexis_docx(ends=1), "the file has 2 articles, but 1 line 'End of Document'"),
        ("Files(7).docx", examples.nexis_docx(), "the file has 2 articles, but its name says 7"),
    ],
)
def test_counts_of_a_word_export_that_disagree_are_told(name: str, data: bytes, reason: str) -> None:
    found = list(read_docx(name, data))
    assert complaints(found) == [("", reason)]
    assert len(articles(found)) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no word file", "not a Word file: it cannot be unpacked: File is not a zip file"),
        (examples.zipped({"a": b""}), "not a Word file: it lacks its part word/document.xml"),
        (
            examples.zipped({"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}),
            "not a Word file: it declares entities, as no Word file does",
        ),
        (examples.zipped({"word/document.xml": b"<d>"}), "not a Word file: its text is damaged (XMLSyntaxError)"),
        (
            examples.zipped({"word/document.xml": b'<?xml version="1.0" encoding="nonsense"?><d/>'}),
            "not a Word file: its text is damaged (XMLSyntaxError)",
        ),
        (
            examples.zipped({"word/document.xml": b'<?xml version="1.0" encoding="gb18030"?><d/>'}),
            "the document has no text",
        ),
        (
            examples.zipped({"word/document.xml": b" " * 10_000_000}),
            "not a Word file: it unpacks to more than 100 times its size, as only a zip bomb does",
        ),
    ],
)
def test_a_file_that_is_no_word_export_is_a_problem(data: bytes, reason: str) -> None:
    assert complaints(list(read_docx("n.docx", data))) == [("", reason)]


def test_a_line_break_is_a_newline_and_a_page_break_is_nothing() -> None:
    runs = '<w:t>One</w:t><w:br w:type="page"/><w:t>two</w:t><w:br/><w:tab/><w:t>three</w:t><w:noBreakHyphen/>'
    document = f'<w:p xmlns:w="{examples.WORD}"><w:r>{runs}<w:br w:type="textWrapping"/></w:r></w:p>'
    assert read_paragraphs(examples.zipped({"word/document.xml": document.encode()})) == ["Onetwo\n\tthree-\n"]


def test_paragraphs_are_those_that_python_docx_finds(shared: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx (extra dev) is not installed")
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 (only where the extra is there)

    for data in (examples.nexis_docx(), (shared / "data/nexis/sample.DOCX").read_bytes()):
        body = docx.Document(io.BytesIO(data)).element.body
        assert read_paragraphs(data) == [Paragraph(one, body).text for one in body.xpath(".//w:p")]


@pytest.mark.parametrize("name", ["sample.DOCX", "sample.TXT"])
def test_ten_of_ten_real_articles_have_their_fields(shared: Path, name: str) -> None:
    data = (shared / "data/nexis" / name).read_bytes()
    read = read_text if name.endswith("TXT") else read_docx
    found = articles(list(read(name, data)))
    assert len(found) == 10
    for one in found:
        assert one.title
        assert one.outlet
        assert len(one.date) == 10
        assert one.fields["length"].endswith(" words")
        assert one.text


def test_both_exports_give_the_articles_they_share_alike(shared: Path) -> None:
    """The two samples hold different articles except two; a stated length of the rest was not kept by their maker."""
    folder = shared / "data/nexis"
    first = articles(list(read_text("t", (folder / "sample.TXT").read_bytes())))
    second = articles(list(read_docx("d", (folder / "sample.DOCX").read_bytes())))
    same = [(a, b) for a, b in zip(first, second, strict=True) if a.fields["length"] == b.fields["length"]]
    assert [(a.where, b.where) for a, b in same] == [("article 1", "article 1"), ("article 9", "article 9")]
    for a, b in same:
        assert a.title == b.title
        assert a.text.split() == b.text.split()
        assert f"{len(a.text.split()):,} words" == a.fields["length"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("January 11, 2031 Saturday", "2031-01-11"),
        ("Saturday, January 11, 2031", "2031-01-11"),
        ("July 1, 2031 Monday 9:20 AM GMT", "2031-07-01"),
        ("11 January 2031", "2031-01-11"),
        ("11. März 2031 Dienstag", "2031-03-11"),
        ("3 août 2031", "2031-08-03"),
        ("January 2031", "January 2031"),
        ("February 30, 2031", ""),
        ("January 11, 2031: the day it ended", ""),
        ("After January 11, 2031 nothing moved.", ""),
        ("Platform 9, 2031", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_only_a_whole_line_is_a_date(line: str, expected: str) -> None:
    assert parse_date_line(line) == expected


def test_of_two_wrong_counts_the_one_on_the_cover_is_named() -> None:
    found = list(read_docx("Files(7).docx", examples.nexis_docx(cover=3)))
    assert complaints(found) == [("", "the file has 2 articles, but its cover says 3")]


def test_without_a_date_line_title_and_outlet_keep_their_places() -> None:
    word = ["Ferries in port", "The Gazette", "", "Length:\u00a03 words", "Body", "The ferry sails.", "End of Document"]
    text = b"  1 of 1 DOCUMENTS\n\n The Gazette\n\nFerries in port\n\nLENGTH: 3 words\n\nThe ferry sails.\n"
    for found in (list(read_docx("n.docx", examples.docx(word))), list(read_text("n.txt", text))):
        assert [(one.title, one.outlet, one.date) for one in articles(found)] == [
            ("Ferries in port", "The Gazette", "")
        ]


def test_the_head_of_an_article_wins_over_its_tail_and_its_top_over_both() -> None:
    head = ["Ferries in port", "The Gazette", "May 5, 2031", "", "Length:\u00a03 words", "Title:\u00a0Other"]
    tail = ["Classification", "Length:\u00a099 words", "Title:\u00a0Another", "End of Document"]
    (found,) = articles(list(read_docx("n.docx", examples.docx([*head, "Body", "The ferry sails.", *tail]))))
    assert (found.title, found.fields["length"], found.text) == ("Ferries in port", "3 words", "The ferry sails.")


def test_the_outlet_of_a_text_export_is_the_line_above_the_date() -> None:
    lines = [
        "1 of 1 DOCUMENTS",
        "",
        "Terms: ferry",
        "",
        "The Gazette",
        "",
        "May 5, 2031",
        "",
        "LENGTH: 3 words",
        "",
        "Yes.",
    ]
    (found,) = articles(list(read_text("n.txt", "\n".join(lines).encode())))
    assert (found.outlet, found.date) == ("The Gazette", "2031-05-05")


def test_a_fallback_repeats_what_is_there_and_gives_nothing() -> None:
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inner = f"<m:Choice>{box.format('new')}</m:Choice><m:Fallback><w:t>old</w:t>{box.format('old')}</m:Fallback>"
    document = (
        f'<w:p xmlns:w="{examples.WORD}" xmlns:m="{compatible}"><w:r><w:t>One</w:t>'
        f"<m:AlternateContent>{inner}</m:AlternateContent><w:t>two</w:t></w:r></w:p>"
    )
    assert read_paragraphs(examples.zipped({"word/document.xml": document.encode()})) == ["Onetwo", "new"]
