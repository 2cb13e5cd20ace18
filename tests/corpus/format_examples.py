"""Small whole files of every format that is read, each with articles of our own, as bytes."""

import gzip
import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

FERRY = "The ferry company of Quayhaven said on Tuesday that no boat would sail. The crews want their pay."
PORT = "The port authority has seen no ship for nine days.\n\nIts director asked for “patience”."
STRIKE = "Strikers stood at the gate; the mayor brought tea.\n\nGRAPHIC was the sign, rude the song."
TEXTS = (FERRY, PORT, STRIKE)

CSV = f'id,text,outlet\n1,"{FERRY}",Gazette\n2,"{PORT}",Post\n3,"{STRIKE}",Post\n'.encode()
TSV = f'id\ttext\toutlet\n1\t"{FERRY}"\tGazette\n2\t"{PORT}"\tPost\n3\t"{STRIKE}"\tPost\n'.encode()
JSONL = b'{"text": "The ferry sails.", "id": "1"}\n{"text": "The crew waits.", "id": "2"}\n'
HEADED = f"Title: Ferry late\nDate: 2031-01-14\nSource: Gazette\nBy: Ada Quay\n\n{FERRY}\n".encode()
LINE = "_" * 60

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file with these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def docx(paragraphs: list[str]) -> bytes:
    """Return a Word file with these paragraphs; a newline is a line break."""
    body = "".join(
        f"<w:p>{''.join(map(run, text.split(chr(10))))}</w:p>".replace("<w:br/>", "", 1) for text in paragraphs
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def run(text: str) -> str:
    """Return one run of a Word paragraph, a line break before it."""
    return f'<w:r><w:br/><w:t xml:space="preserve">{text.replace("&", "&amp;").replace("<", "&lt;")}</w:t></w:r>'


def nexis_docx(cover: int = 2, ends: int = 2) -> bytes:
    """Return a Nexis Uni export of two articles, with what its cover says and how many of its ends are marked."""
    end = ["", "\nEnd of Document", "", ""]
    first = [
        "Ferries stay in port on May 4, 2031", "Quayhaven Gazette", "May 5, 2031 Monday 9:20 AM GMT", "",
        "\nCopyright 2031 Quayhaven Gazette All Rights Reserved", "\n", "Section:\u00a0NEWS; Pg. 3",
        "Length:\u00a018 words", "Byline:\u00a0Ada Quay", "Highlight:\u00a0Boats idle", "Body", "", FERRY,
        "Length: 3 metres, said the sign.", "", "Graphic", "", "The pier at dawn", "Classification", "",
        "Language:\u00a0ENGLISH", "\nLoad-Date:\u00a0May 6, 2031", *end,
    ]  # fmt: skip
    second = [
        "", "Port empty", "The Harbour Post", "May 7, 2031 Wednesday", "", "Length:\u00a016 words", "Body", "", "",
        *PORT.split("\n"), *end[: 4 if ends == 2 else 0],
    ]  # fmt: skip
    contents = [
        "Date and Time: Friday, 9. May 2031",
        f"Documents ({cover})",
        "1. Ferries stay",
        "Client/Matter: -None-",
    ]
    return docx(["", *contents, "", "", *first, *second])


def nexis_text(*, wrong: str = "", colon: str = " ") -> bytes:
    """Return an old Nexis export of three articles; `wrong` stands for its last count."""
    tail = "LOAD-DATE: May 6, 2031||LANGUAGE: ENGLISH|||      Copyright 2031 Gazette|"
    whole = "".join(
        [
            "\ufeff||Download Request: Selected Items: 1-3|Terms: ferry and port||",
            "             1 of 3 DOCUMENTS|||             Quayhaven Gazette||",
            "            May 5, 2031 Monday|               Late Edition||Ferries stay in port|on May 4, 2031||",
            f"BYLINE: Ada Quay||SECTION: NEWS; Pg. 3||LENGTH: 18 words|||{FERRY}||{tail}",
            "             2 of 3 DOCUMENTS||         Copyright 2031 Post Ltd|         The Harbour Post||",
            "          May 7, 2031 Wednesday|         Correction Appended||Port empty||LENGTH: 16 words||",
            "|||".join(PORT.split("\n\n")),
            f"||GRAPHIC: The pier|at dawn||{tail}",
            f"             {wrong or '3 of 3'} DOCUMENTS||             The Harbour Post||             May 2031||",
            f"Tea at the gate||LENGTH: 15 words||DATELINE: QUAYHAVEN||{STRIKE}",
        ]
    )
    return re.sub(r"(?m)^([A-Z-]+): ", rf"\1:{colon}", whole.replace("|", "\n")).replace("\n", "\r\n").encode()


def proquest(*, says: int = 2) -> bytes:
    """Return a ProQuest export of two articles."""
    return "\n".join(
        [
            LINE,
            f"\nDocument 1 of {says}\n\nFerries stay in port\n\nAuthor: Ada Quay\n\nLinks: none\n",
            f"Full text: {FERRY}\n",
            "Subject: Ferries; Strikes\n\nLocation: Quayhaven\n\nTitle: Ferries stay in port\n",
            "Publication title: Quayhaven Gazette\n\nPublication date: May 5, 2031\n\nProQuest document ID: 1\n",
            LINE,
            f"\nDocument 2 of {says}\n\nPort empty\n\nFull text: \n\n{PORT}\n\nPublication title: The Harbour Post\n",
            "Publication date: May 7, 2031\n\nDatabase: Newsstream\n",
            LINE,
            "\nContact us at: http://example.org Copyright © 2031 All rights reserved.\n",
        ]
    ).encode()


def excel() -> bytes:
    """Return a workbook with a sheet of articles and an empty one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["id", "text", "date", "votes"],
        [1, FERRY, None, 3],
        [2, "NA", None, 0.5],
        [None] * 4,
        [3, None, None, 1],
    ):
        sheet.append(row)
    book.create_sheet("Notes")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def parquet() -> bytes:
    """Return a Parquet table of three articles, the last without text."""
    held = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2", "3"], "text": [FERRY, "null", None], "votes": [1, 2, 3]}), held)
    return held.getvalue()


def page(*, head: str = "", body: str = "") -> bytes:
    """Return a web page with an article, a menu, readers' comments and a footer."""
    story = "".join(f"<p>{FERRY} Paragraph {number}, and no boat yet.</p>" for number in range(5))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry late - Quayhaven Gazette</title>'
        '<meta property="og:title" content="Ferry late"><meta property="og:site_name" content="Quayhaven Gazette">'
        f'<meta name="author" content="Ada Quay">{head}</head><body>'
        f'<nav><ul><li><a href="/">Home</a></li></ul></nav>{body}'
        f'<article><h1>Ferry late</h1>{story}</article><section class="comments"><p>Shame on the company!</p></section>'
        "<footer>© 2030 Quayhaven Gazette</footer></body></html>"
    ).encode()


def archive() -> bytes:
    """Return a zip archive of a folder with two texts, a table and the metadata of the texts."""
    return zipped(
        {
            "news/a.txt": FERRY.encode(),
            "news/2031-05-07 b.txt": PORT.encode(),
            "news/more/rows.csv": CSV,
            "news/metadata.csv": b"file,outlet,date\na.txt,Gazette,2031-05-05\n",
            "__MACOSX/news/._a.txt": b"\x00\x05",
            "news/.DS_Store": b"\x00",
        }
    )


VALID: Mapping[str, bytes] = {
    "plain.txt": FERRY.encode(),
    "headed.txt": HEADED,
    "rows.csv": CSV,
    "rows.tsv": TSV,
    "rows.jsonl": JSONL,
    "rows.jsonl.gz": gzip.compress(JSONL, mtime=0),
    "book.xlsx": excel(),
    "table.parquet": parquet(),
    "page.html": page(),
    "nexis.txt": nexis_text(),
    "nexis.docx": nexis_docx(),
    "proquest.txt": proquest(),
    "archive.zip": archive(),
}
"""A whole file of each format, by name."""
ARTICLES: Mapping[str, int] = {
    "plain.txt": 1, "headed.txt": 1, "rows.csv": 3, "rows.tsv": 3, "rows.jsonl": 2, "rows.jsonl.gz": 2, "book.xlsx": 2,
    "table.parquet": 2, "page.html": 1, "nexis.txt": 3, "nexis.docx": 2, "proquest.txt": 2, "archive.zip": 5,
}  # fmt: skip
"""How many articles each holds."""
