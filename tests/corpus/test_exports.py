"""A look before reading: exports of every database in every layout, and what is refused by name."""

import sys
from pathlib import Path

import export_examples as examples
import format_examples
import pytest

import pastepot as pp
from pastepot.corpus.readers.rows import Columns
from pastepot.corpus.records import Found, Problem, Record
from pastepot.corpus.source_files import Options, explain_unread, read_bytes


def found_in(name: str, data: bytes) -> list[Found]:
    return list(read_bytes(name, data, Options(Columns(), "", [])))


def reason(name: str, data: bytes) -> str:
    (found,) = found_in(name, data)
    assert isinstance(found, Problem)
    return found.reason


@pytest.mark.parametrize("name", examples.WITH_TITLES)
def test_each_layout_gives_its_three_articles_with_their_fields(name: str) -> None:
    found = found_in(name, examples.WITH_TITLES[name])
    assert [one for one in found if isinstance(one, Problem)] == []
    for one, story in zip(found, examples.STORIES, strict=True):
        assert isinstance(one, Record)
        assert (one.title, one.author, one.date[:10]) == (story.title, story.author, f"2031-06-0{story.day}")
        assert [line for line in one.text.split("\n") if line] == list(story.paragraphs)
        if not name.endswith(("json", "xml")):
            assert one.outlet == story.outlet
            assert one.fields.get("section", "").startswith(("News", "NEWS", "Monde")) != (name == "factiva.rtf")
            assert one.fields.get("length", "").endswith(("28 words", "28 Words")) != (
                name in {"newsbank.txt", "labels.txt", "europresse.html"}
            )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", examples.uni_text()[:-20], "the file has 3 articles, but 2 lines 'End of Document'"),
        (
            "a.txt",
            examples.factiva_text().replace(examples.number(examples.STORIES[2]).encode(), b""),
            "the file has 3 lines with a number of words, but 2 lines 'Document …'",
        ),
        (
            "a.html",
            examples.nexis_page().replace(b"3 of 3", b"4 of 4"),
            "the file has 3 articles, but the line before number 3 says 4 of 4",
        ),
        ("a.html", examples.europresse(numbers=2), "the file has 3 articles, but 2 numbers of documents"),
        (
            "a.txt",
            examples.newsbank()
            .replace(b"Record Number: 313AB\n", b"")
            .replace(b"Copyright (c) 2031 Quay Courier\n", b"", 1),
            "the file has 2 articles by its ends, but 3 lines with a date of publication",
        ),
    ],
)
def test_a_count_that_the_ends_of_a_file_contradict_is_told(name: str, data: bytes, reason: str) -> None:
    first, *rest = found_in(name, data)
    assert first == Problem(name, "", reason)
    assert sum(isinstance(one, Record) for one in rest) in {2, 3}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("alceste.txt", "a corpus in the form of Alceste and Iramuteq (2 texts) is not read; save the text below"),
        ("europresse.txt", "a Europresse export as text (3 marks) is not read; its articles cannot be told apart"),
    ],
)
def test_forms_of_many_texts_are_refused_by_name(shared: Path, name: str, start: str) -> None:
    assert reason(name, (shared / "cases/files" / name).read_bytes()).startswith(start)


ENDS = "an export of several articles in a layout that is not known"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("From ada@example.org Tue Jun  3 07:30:00 2031\nSubject: Boat\n\nIt sails.\n", "a mail box (1 letter)"),
        ("WARC/1.0\r\nWARC-Type: response\r\n\r\nIt sails.", "a web archive (WARC) (1 record)"),
        ("<REUTERS TOPICS='YES'>\n<BODY>It sails.</BODY>\n</REUTERS>", "a collection in SGML (1 mark)"),
        ("<DOC>\n<DOCNO>1</DOCNO>\nIt sails.\n</DOC>", "a collection in SGML (2 marks)"),
        ("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>It sails.</text></TEI>", "a TEI file (1 mark)"),
        ("TY  - NEWS\nTI  - Boat\nER  - \n", "a list of references (1 entry)"),
        (
            "Boat\n\nIt sails.\n\nLOAD-DATE: June 3, 2031\n\nGull\n\nIt flies.\n\nLOAD-DATE: June 4, 2031\n",
            f"{ENDS} (2 marks)",
        ),
        ("Gull\n\nIt flies.\n\nSource Citation\n\nBoat\n\nIt sails.\n\nSource Citation\n", f"{ENDS} (2 marks)"),
        (
            "Title: Boat\nDate: 2031-06-03\nBy: Ada Quay\n\nIt sails.\n\nTITLE: Gull\nBY: Bo\n\nIt flies.\n",
            "a text with several heads (Title:, Date: and the like) (2 heads)",
        ),
        (
            "<article>It sails.</article>\n<article>It lands.</article>",
            "a text with several blocks <article> (2 blocks)",
        ),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.rtf", "a.docx"])
def test_marks_of_other_forms_are_refused_with_a_way_out(name: str, text: str, start: str) -> None:
    lines = text.replace("\r", "").split("\n")
    data = {"a.txt": text.encode(), "a.rtf": examples.rtf(lines), "a.docx": format_examples.docx(lines)}[name]
    said = reason(name, data)
    assert said.startswith(f"{start} is not read; ")
    assert len(said.partition("; ")[2]) > 20


@pytest.mark.parametrize(
    "text",
    [
        "The clerk read it out.\n\nEnd of Document\n",
        "Load-Date: June 3, 2031, said the sign.\nThe boat sails.",
        "From Monday the boat sails at 07:30 again.\nThe crew agreed.",
        "Document QUAYC00020310603ea5500001 was lost.\nThe boat sails.",
        "**** out of five\nThe boat sails.",
        "TD Bank lent the money.\nIN 2031 the boat was sold.",
        '{"no": json}, the page said.',
        "[1] A note.\nThe boat sails.",
        "Boat kept\nJune 3, 2031 | 9:20 AM\nThe boat sails.\n© 2031 Quay Courier",
        "Boat kept\nBy: Ada Quay\nThe boat sails.\nDate: none was named.",
    ],
)
def test_one_article_with_a_line_that_looks_like_a_mark_stays_one(text: str) -> None:
    (found,) = found_in("a.txt", text.encode())
    assert isinstance(found, Record)
    assert (found.text, found.reader) == (text, "txt")


def test_a_line_of_an_article_that_looks_like_a_tag_stays_in_it() -> None:
    line = b"TD Bank lent the money, and IN 2031 the boat was sold."
    for name in ("tagged.html", "factiva.html", "factiva.txt", "tagged.rtf"):
        data = examples.WITH_TITLES[name].replace(examples.TAIL.encode(), line)
        assert [one.text.split("\n")[-1] for one in found_in(name, data)] == [line.decode()] * 3  # type: ignore[union-attr]


def test_a_page_of_several_whole_articles_is_refused_and_one_with_teasers_is_read() -> None:
    pytest.importorskip("trafilatura")
    whole = f"<article><h2>Boat</h2><p>{examples.TAIL}</p><p>{examples.TAIL}</p></article>"
    said = reason("a.html", f"<html><body>{whole * 3}</body></html>".encode())
    assert said == "the page has 3 articles, in a form that is not known; save each as a page of its own"
    teasers = (
        "<article><h3>Gull</h3><p>It flew over the quay and was seen by nine people on the way home.</p></article>" * 3
    )
    (found,) = found_in("a.html", format_examples.page(body=teasers))
    assert isinstance(found, Record)


def test_a_page_of_an_export_may_be_larger_than_a_page() -> None:
    one = examples.STORIES[0]._replace(paragraphs=(examples.TAIL * 40,))
    data = examples.nexis_page([one] * 1_500)
    assert len(data) > 5_000_000
    assert len(found_in("a.html", data)) == 1_500


def test_a_document_that_is_no_export_is_one_article() -> None:
    lines = ["Night boat kept", "", examples.TAIL, "Zoë’s boat – 9 km."]
    for name, data in (("a.rtf", examples.rtf(lines)), ("a.docx", format_examples.docx(lines))):
        (found,) = found_in(name, data)
        assert isinstance(found, Record)
        assert (found.text, found.reader) == ("\n".join(lines), name[2:])


def test_a_pdf_says_what_its_text_is_and_one_with_a_blank_page_is_refused() -> None:
    (found,) = found_in("a.pdf", examples.pdf([["Night boat", "The boat sails."], ["Page two."]]))
    assert isinstance(found, Record)
    assert found.text.split() == ["Night", "boat", "The", "boat", "sails.", "Page", "two."]
    assert found.notes == (
        "the text is what pypdf found on the pages, with the line ends, hyphens and page heads of the print",
    )
    said = "page 2 of 2 has no text, as in a scan; recognise its text (OCR) first"
    assert reason("a.pdf", examples.pdf([["One."], []])) == said


def test_a_nexis_export_as_pdf_is_read() -> None:
    first, second = found_in("a.pdf", examples.uni_pdf())
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.title, first.outlet, first.date) == ("Night boat kept", "Quay Courier", "2031-06-03")
    assert first.text.split("\n") == list(examples.BODIES[0])
    assert second.title == "Bridge shut"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n%%EOF", b"%PDF" + b"\x00" * 500, examples.pdf([["One."]])[:300]])
def test_a_damaged_pdf_is_a_problem(data: bytes) -> None:
    assert "PDF" in reason("a.pdf", data)


def test_a_feed_gives_its_items_and_says_where_it_has_only_a_summary() -> None:
    first, _, third = found_in("a.xml", examples.feed())
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert (first.title, first.outlet, first.date) == ("Night boat kept", "Quay Courier", "2031-06-03")
    assert (first.author, first.fields["link"]) == ("Ada Quay", "http://example.org/3")
    assert first.text.split("\n\n") == list(examples.BODIES[0])
    assert (first.notes, third.text) == ((), "In short.")
    assert third.notes == ("the feed gives a summary or an extract; the page may say more",)
    assert found_in("a.txt", examples.feed())[0] == first._replace(path="a.txt")


def test_nitf_gives_its_article_once() -> None:
    (found,) = found_in("a.xml", examples.nitf())
    assert isinstance(found, Record)
    assert (found.title, found.outlet, found.date) == ("Night boat kept", "Quay Courier", "2031-06-03")
    assert (found.author, found.fields, found.text) == ("By Ada Quay", {"section": "A"}, "\n".join(examples.BODIES[0]))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<TEI><text>It sails.</text></TEI>", "XML of the kind 'TEI' is not read, only NITF, RSS and Atom"),
        (b"<rss><channel><title>Quay</title></channel></rss>", "the feed holds no item"),
        (b"<rss><item>", "the XML is damaged (ParseError)"),
        (b'<!DOCTYPE r [<!ENTITY x "y">]><rss>&x;</rss>', "the XML declares entities, which are never followed"),
        (b'<!DOCTYPE r SYSTEM "http://example.org/r.dtd"><rss>&x;</rss>', "the XML is damaged (ParseError)"),
    ],
)
def test_other_xml_is_refused(data: bytes, said: str) -> None:
    assert reason("a.xml", data).startswith(said)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.ndjson"])
def test_json_is_read_whatever_its_ending(name: str) -> None:
    lines = b'{"headline": "Boat", "text": "It sails."}\n{"headline": "Gull", "text": "It flies."}\n'
    for data in (lines, b"[" + lines.strip().replace(b"\n", b",\n") + b"]"):
        if name != "a.ndjson" or data is lines:
            assert [one.text for one in found_in(name, data)] == ["It sails.", "It flies."]  # type: ignore[union-attr]
    (one,) = found_in("a.json", b'{\n "text": "It sails.",\n "tags": ["boat"]\n}')
    assert isinstance(one, Record)
    assert one.text == "It sails."


@pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
def test_a_table_under_the_name_of_a_text_is_read_as_one(delimiter: str) -> None:
    rows = [["Title", "Full Text"], ["Boat", "It sails."], ["Gull", "It flies."]]
    found = found_in("a.txt", "".join(delimiter.join(row) + "\r\n" for row in rows).encode())
    assert [(one.title, one.text) for one in found] == [("Boat", "It sails."), ("Gull", "It flies.")]  # type: ignore[union-attr]
    for text in (
        f"Boat{delimiter}text\nIt sails.",
        f"Title{delimiter}Author\nBoat",
        f"Full text{delimiter} please, said the clerk.\nIt sails.",
        "Text\nBoat",
    ):
        assert [one.text for one in found_in("a.txt", text.encode())] == [text]  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", ["mbox", "sgm", "warc.gz", "epub", "doc", "odt", "ris", "rds", "mhtml", "eml"])
def test_other_kinds_are_refused_by_name_with_a_way_out(ending: str) -> None:
    said = explain_unread(f"a.{ending}")
    assert not said.startswith("no reader")
    assert ";" in said


NIGHT, GLAD = ("Night ferry stays", "Port Herald", "2011-12-29"), ("Crews glad", "Port Herald", "2011-12-30")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("factiva2.html", [NIGHT, GLAD]),
        ("europresse2.html", [NIGHT, GLAD]),
        ("factiva_plain.txt", [NIGHT, GLAD]),
        ("uni_as.txt", [(NIGHT[0], NIGHT[1], "2024-06-03"), (GLAD[0], "Port Post", "2024-06-04")]),
        ("corr.docx", [(*NIGHT[:2], "")]),
        ("notitle_sp.docx", [(NIGHT[0], "Herald.com", "2005-06-10")]),
    ],
)
def test_the_cases_of_exports_are_read(shared: Path, name: str, expected: list[tuple[str, str, str]]) -> None:
    found = found_in(name, (shared / "cases/files" / name).read_bytes())
    assert [(one.title, one.outlet, one.date) for one in found if isinstance(one, Record)] == expected
    assert len(found) == len(expected)
    words = " ".join(one.text for one in found if isinstance(one, Record))
    for left_out in ("words", "Copyright", "Load-Date", "PORTH", "Ltd", "Document", "Summary", "2011"):
        assert left_out not in words


def test_an_edition_and_a_correction_above_an_article_are_neither_title_nor_outlet() -> None:
    head = ["Boat kept", "Quay Courier - Late Edition", "", "\nCorrection Appended", "Length:\u00a03 words", "Body"]
    (found,) = found_in("a.docx", format_examples.docx([*head, "It sails.", "", "\nEnd of Document"]))
    assert isinstance(found, Record)
    assert (found.title, found.outlet, found.fields["edition"]) == ("Boat kept", "Quay Courier", "Late Edition")


@pytest.mark.parametrize(
    ("module", "name", "data"),
    [
        ("striprtf", "a.rtf", rb"{\rtf1\ansi The ferry\par sails.}"),
        ("pypdf", "a.pdf", b"%PDF-1.4"),
        ("defusedxml", "a.xml", b"<rss><item><description>It sails.</description></item></rss>"),
    ],
)
def test_a_file_whose_package_is_not_there_is_a_problem_that_names_it(module, name, data, tmp_path, monkeypatch):
    for known in [known for known in sys.modules if known.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text("The ferry left at noon. The crew waited.", encoding="utf-8")
    corpus = pp.read(tmp_path)
    assert len(corpus) == 1
    assert module in pp.problems(corpus)["reason"][0]
