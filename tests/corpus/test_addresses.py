"""A citation leads back to its characters: each source is read apart, by the standard library or its own package."""

import bisect
import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import export_examples as exports
import format_examples as formats
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

import pastepot as pp
from pastepot.corpus.corpus import Citation, Corpus

DRAWN = 1000
WORDS = ["Ferry", "the", "quay", "“late”,", "Zoë’s", "🚢", "no\u0301on", "don’t.", "a\u00a0b", "x;y", "tab\there", "½"]
BREAKS = [" ", " ", " ", "\n", "\n\n", "\r\n", "\r"]
Lookup = Callable[[Citation], str]
"""What returns the text that holds the characters that a citation counts."""


def made_text(draw: random.Random, size: int = 40) -> str:
    """Return an invented text with line ends of every kind and characters beyond the Basic Multilingual Plane."""
    return "".join(draw.choice(WORDS) + draw.choice(BREAKS) for _ in range(draw.randint(2, size))) + "end"


def made_texts(seed: int, count: int = 30) -> list[str]:
    """Return invented texts, some of them blank, the first and the last not."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    texts = [draw.choice(["", "  "]) if draw.random() < 0.2 else made_text(draw) for _ in range(count)]
    return [made_text(draw), *texts, made_text(draw)]


def drawn_spans(corpus: Corpus, seed: int) -> Iterator[tuple[str, int, int]]:
    """Yield spans of a corpus: the whole and the edges of each article, then random ones."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    lengths = {record.doc_id: len(record.text) for record in corpus.records}
    for doc_id, length in lengths.items():
        yield from [(doc_id, 0, length), (doc_id, 0, 1), (doc_id, length - 1, length), (doc_id, length, length)]
    for _ in range(DRAWN - 4 * len(lengths)):
        doc_id = draw.choice(list(lengths))
        start = draw.randint(0, lengths[doc_id])
        yield doc_id, start, draw.randint(start, lengths[doc_id])


def check(corpus: Corpus, look_up: Lookup, *, is_row: bool = True) -> None:
    """Cite a thousand spans and find each again where the citation says."""
    cited = 0
    for doc_id, start, end in drawn_spans(corpus, 7):
        found = corpus.cite(doc_id, start, end)
        assert (
            look_up(found)[found.start : found.end]
            == found.raw
            == corpus.records[corpus.number(doc_id)].text[start:end]
        )
        assert (found.row is not None, bool(found.field)) == (is_row, is_row)
        assert f"characters {found.start}-{found.end}" in found.address
        if is_row:
            assert found.line is None
            assert f"row {found.row}" in found.where
            assert found.place == f"{found.path}, {found.where}, field {found.field}"
        cited += 1
    assert cited == DRAWN


def table_bytes(texts: list[str], delimiter: str, line_end: str) -> str:
    """Return a table with a blank line among its rows and texts of several lines."""
    buffer = io.StringIO()
    write = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end)
    write.writerow(["id", "text", "desk"])
    for number, text in enumerate(texts):
        write.writerow([f"n{number}", text, "port, late"])
        if number % 7 == 3:
            buffer.write(line_end)
    return buffer.getvalue()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "\ufeff\n"])
@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_rows_of_delimited_tables(tmp_path: Path, name: str, delimiter: str, line_end: str, before: str) -> None:
    whole = before.replace("\n", line_end) + table_bytes(made_texts(1), delimiter, line_end)
    (tmp_path / name).write_bytes(whole.encode())

    with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    names = next(row for row in rows if row)
    check(pp.read(tmp_path), lambda cited: rows[(cited.row or 0) - 1][names.index(cited.field)])


def test_the_only_row_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\n"One\nTwo\nThree"\n', encoding="utf-8")
    cited = pp.read(tmp_path / "a.csv").cite("a.csv row 2", 8, 13)
    assert cited.address == "a.csv, row 2, field text, characters 8-13"
    assert (cited.raw, cited.row, cited.line) == ("Three", 2, None)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize(("mark", "line_end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_lines_of_json(tmp_path: Path, name: str, mark: str, line_end: str) -> None:
    texts = made_texts(2)
    lines = [json.dumps({"id": f"n{n}", "text": text}, ensure_ascii=n % 2 == 0) for n, text in enumerate(texts)]
    lines[5:5] = ["", "not json", json.dumps({"title": "no text"})]
    data = (mark + line_end.join(lines)).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    kept = data.decode("utf-8-sig").split("\n")
    check(pp.read(tmp_path), lambda cited: json.loads(kept[(cited.row or 0) - 1])[cited.field])


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "row 9, Port"
    sheets = [book.active, book.create_sheet("Ünï 2")]
    for number, sheet in enumerate(sheets):
        # Nothing in the first rows and column of the second sheet, gaps in both.
        for row, text in enumerate(["text", *made_texts(3 + number)], start=1 + 3 * number):
            sheet.cell(row=row, column=1 + number, value=text.replace("\r", "") or None)
    book.save(tmp_path / "a.xlsx")

    again = openpyxl.load_workbook(tmp_path / "a.xlsx")

    def look_up(cited: Citation) -> str:
        title = cited.where.removeprefix("sheet ").rpartition(", row ")[0]
        column = 1 + again.sheetnames.index(title)
        assert again[title].cell(1 + 3 * (column - 1), column).value == cited.field
        return str(again[title].cell(cited.row, column).value)

    check(pp.read(tmp_path), look_up)


def test_rows_of_a_parquet_table(tmp_path: Path) -> None:
    pd.DataFrame({"text": made_texts(5), "desk": "port"}).to_parquet(tmp_path / "a.parquet")
    rows = pq.read_table(tmp_path / "a.parquet").to_pylist()
    check(pp.read(tmp_path), lambda cited: rows[(cited.row or 0) - 1][cited.field])


@pytest.mark.parametrize(
    "index", [None, [f"row {n}" for n in range(32)], pd.MultiIndex.from_product([range(8), list("abcd")])]
)
def test_rows_of_a_data_frame(index: object) -> None:
    frame = pd.DataFrame({"desk": "port", "text": made_texts(6)}, index=index)
    frame = frame[frame.index.to_numpy() != frame.index[1]] if index is None else frame

    def look_up(cited: Citation) -> str:
        assert cited.where == f"row {cited.row} (index {frame.index[(cited.row or 0) - 1]})"
        return str(frame[cited.field].iloc[(cited.row or 0) - 1])

    check(pp.read(frame), look_up)


def members(path: Path, cited: Citation) -> bytes:
    """Return the bytes of the member that a citation names."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(cited.path.removeprefix(f"{path.name}/"))


def test_members_of_an_archive(tmp_path: Path) -> None:
    texts = [text for text in made_texts(8) if text.strip()]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/one.csv", table_bytes(texts, ",", "\r\n"))
        archive.writestr("in/two.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
        archive.writestr("three.txt", texts[0])

    def look_up(cited: Citation) -> str:
        whole = members(tmp_path / "a.zip", cited).decode()
        if cited.path.endswith(".csv"):
            return list(csv.reader(io.StringIO(whole, newline="")))[(cited.row or 0) - 1][1]
        return str(json.loads(whole.split("\n")[(cited.row or 0) - 1])["text"])

    corpus = pp.read(tmp_path / "a.zip")
    assert corpus.cite("a.zip/three.txt", 0, 5).line == 1
    rows = [number for number, record in enumerate(corpus.records) if record.reader != "txt"]
    only = Corpus("rows", [corpus.records[n] for n in rows], [corpus.decisions[n] for n in rows], (), "none")
    check(only, look_up)


HEADER = "Title: Ferry late{0}Source: Gazette{0}Date: 2031-01-14{0}{0}"
EXPORT = "{0}   1 of 2 DOCUMENTS{0}{0}  Gazette{0}{0}January 14, 2031{0}{0}LENGTH: 9 words{0}{0}"
SECOND = "{0}{0}LOAD-DATE: January 15, 2031{0}{0}   2 of 2 DOCUMENTS{0}{0}  Gull{0}{0}LENGTH: 9 words{0}{0}"
RECORD = "_" * 60 + "{0}{0}Ferry late{0}{0}Full text: "


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    ("head", "between"),
    [("", ""), (HEADER, ""), (EXPORT, SECOND), (RECORD, "{0}{0}Publication title: Gull{0}" + RECORD)],
)
def test_lines_and_characters_of_a_text_file(
    tmp_path: Path, head: str, between: str, encoding: str, line_end: str
) -> None:
    if head in (EXPORT, RECORD) and line_end == "\r":
        pytest.skip("no database writes such lines")
    texts = [f"The Zoë sails{line_end}at noon.{line_end}{line_end}“Late”, says she{line_end}today."] * (
        1 + bool(between)
    )
    whole = (head + between.join(texts)).replace("{0}", line_end)
    (tmp_path / "a.txt").write_bytes(whole.encode(encoding))

    corpus = pp.read(tmp_path)
    assert len(corpus) == len(texts)
    text = (tmp_path / "a.txt").read_bytes().decode({"utf-8-sig": "utf-8"}.get(encoding, encoding))
    text = f"\ufeff{text}" if encoding == "utf-16" else text
    starts = [
        0,
        *(i + 1 for i, sign in enumerate(text) if sign == "\n" or (sign == "\r" and text[i + 1 : i + 2] != "\n")),
    ]
    with (tmp_path / "a.txt").open(encoding=encoding) as file:
        assert len(list(file)) == len(starts)

    def look_up(cited: Citation) -> str:
        assert cited.line == bisect.bisect_right(starts, cited.start)
        assert f"line {cited.line}" in cited.address
        return text

    check(corpus, look_up, is_row=False)


def test_the_text_taken_out_of_a_page_is_named_as_that(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    sentence = "The ferry to the isles sails late today, since the crew met about its pay and its hours. "
    page = f"<html><body><article><h1>Late</h1><p>{sentence * 5}</p></article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    corpus = pp.read(tmp_path)
    cited = corpus.cite("a.html", 4, 9)
    assert (cited.raw, cited.row, cited.line) == (corpus.records[0].text[4:9], None, None)
    assert cited.address == "a.html, extracted text, characters 4-9"


def test_addresses_stay_when_a_corpus_is_saved(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(HEADER.format("\n") + "The ferry sails.\nLate.", encoding="utf-8")
    (tmp_path / "in" / "b.csv").write_text("id,text\nx,The crew waits.\n", encoding="utf-8")
    corpus = pp.read(tmp_path / "in")
    again = pp.read(pp.save(corpus, tmp_path / "saved"))
    for doc_id in corpus.doc_ids:
        assert again.cite(doc_id, 4, 9) == corpus.cite(doc_id, 4, 9)
    assert (
        again.cite("a.txt", 17, 21).address
        == f"a.txt, line 6, characters {len(HEADER.format('.')) + 17}-{len(HEADER.format('.')) + 21}"
    )


def test_articles_say_where_a_row_is_and_lack_the_column_where_all_are_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sails.", encoding="utf-8")
    assert "where" not in pp.articles(pp.read(tmp_path)).columns
    assert "where" not in pp.articles(pp.read(pd.DataFrame({"text": ["The ferry sails."]}))).columns
    (tmp_path / "b.csv").write_text("id,text,where\nx,The crew waits.,quay\n", encoding="utf-8")
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)["where"].tolist() == ["", "row 2"]
    assert pp.problems(corpus)["where"].tolist() == ["column where"]


def test_stretches_of_exports_as_text_are_found_in_their_files(tmp_path: Path) -> None:
    for name in ("uni.txt", "factiva.txt", "newsbank.txt", "labels.txt", "newsbank web.txt"):
        whole = exports.WITH_TITLES[name].decode()
        (tmp_path / name).write_bytes(whole.encode())

        def look_up(cited: Citation, whole: str = whole) -> str:
            assert cited.line == 1 + whole.count("\n", 0, cited.start)
            return whole

        check(pp.read(tmp_path / name), look_up, is_row=False)


@pytest.mark.parametrize("name", [n for n in exports.WITH_TITLES if not n.endswith((".txt", ".json"))] + ["tagged.txt"])
def test_text_taken_out_of_an_export_is_counted_in_its_article(tmp_path: Path, name: str) -> None:
    pytest.importorskip("trafilatura" if name.endswith("html") else "striprtf")
    (tmp_path / name).write_bytes(exports.WITH_TITLES[name])
    corpus = pp.read(tmp_path / name, clean="none")
    between = "\n\n" if "\n\n" in corpus.records[0].text else "\n"

    def look_up(cited: Citation) -> str:
        assert cited.address == f"{name}, {cited.where}, extracted text, characters {cited.start}-{cited.end}"
        return between.join(exports.BODIES[int(cited.where.split()[-1]) - 1])

    check(corpus, look_up, is_row=False)


def test_text_taken_out_of_a_feed_or_a_word_export_is_counted_in_its_article(tmp_path: Path) -> None:
    summary = ["In short."]
    sources = {
        "a.xml": (exports.feed(), ["\n\n".join(one) for one in [*exports.BODIES[:2], summary]]),
        "a.docx": (formats.nexis_docx(), [f"{formats.FERRY}\nLength: 3 metres, said the sign.", formats.PORT]),
    }
    for name, (data, texts) in sources.items():
        (tmp_path / name).write_bytes(data)

        def look_up(cited: Citation, texts: list[str] = texts) -> str:
            return texts[int(cited.where.split()[-1]) - 1]

        check(pp.read(tmp_path / name, clean="none"), look_up, is_row=False)


@pytest.mark.parametrize("name", ["list.json", "wrapped.json"])
def test_rows_of_one_json_value(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(exports.WITH_TITLES[name])
    value = json.loads(exports.WITH_TITLES[name])
    rows = value if isinstance(value, list) else value["articles"]
    check(pp.read(tmp_path / name), lambda cited: rows[(cited.row or 0) - 1][cited.field])


@pytest.mark.parametrize("data", [exports.pdf([["The boat sails.", "It is late."]]), exports.nitf()])
def test_text_of_a_single_document_is_named_as_taken_out(tmp_path: Path, data: bytes) -> None:
    name = "a.pdf" if data.startswith(b"%PDF") else "a.xml"
    (tmp_path / name).write_bytes(data)
    whole = "The boat sails.\nIt is late." if name == "a.pdf" else "\n".join(exports.BODIES[0])
    check(pp.read(tmp_path / name, clean="none"), lambda _: whole, is_row=False)
