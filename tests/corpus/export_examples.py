"""Exports of databases and other kinds of files that hold articles, in the layouts of the real ones; invented texts."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Story(NamedTuple):
    """One invented article."""

    title: str
    outlet: str
    author: str
    day: int
    paragraphs: tuple[str, ...]


TAIL = "A clerk at the gate counted forty lorries before noon, more than in any week since the spring."
STORIES = (
    Story(
        "Night boat kept", "Quay Courier", "Ada Quay", 3, ("The council voted on Monday to keep the night boat.", TAIL)
    ),
    Story(
        "Pilots ask for rest", "Quay Mirror", "Bo Sand", 4, ("Four pilots asked for a day of rest, “no more”.", TAIL)
    ),
    Story("Bridge shut", "Quay Courier", "Cy Reed", 5, ("The swing bridge was shut on Wednesday for repairs.", TAIL)),
)
BODIES = [story.paragraphs for story in STORIES]


def day(story: Story) -> str:
    """Return the date of an article as English databases write it."""
    return f"June {story.day}, 2031"


def uni_lines(story: Story, *, colon: str = ": ") -> list[str]:
    """Return the lines of an article as Nexis Uni writes it."""
    return [
        story.title, story.outlet, f"{day(story)} Tuesday", "", f"Copyright 2031 {story.outlet} All Rights Reserved",
        f"Section{colon}NEWS; Pg. 3", f"Length{colon}28 words", f"Byline{colon}{story.author}", "Body", "",
        *story.paragraphs, "", "Classification", "", f"Language{colon}ENGLISH", f"Load-Date{colon}June 9, 2031", "",
        "End of Document", "",
    ]  # fmt: skip


def uni_text(stories: Sequence[Story] = STORIES) -> bytes:
    """Return a Nexis Uni export saved as text, a blank line below each line."""
    return "\n\n".join(line for story in stories for line in uni_lines(story) if line).encode()


def rtf(lines: Sequence[str], *, cells: bool = False) -> bytes:
    """Return an RTF file with these lines as paragraphs, or with a tag and a value as the cells of a row."""
    text = "\\par\n".join(lines)
    if cells:
        rows = [line.replace("\t", "\\cell ").replace("\n", "\\par\n") for line in lines]
        text = "".join(f"\\trowd {row}\\cell\\row\n" for row in rows)
    coded = "".join(sign if sign < "\x80" else f"\\u{ord(sign)}?" for sign in text)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n\\pard {coded}\\par}}".encode()


def uni_rtf() -> bytes:
    """Return a Nexis Uni export as RTF."""
    return rtf([line for story in STORIES for line in uni_lines(story, colon=":\u00a0")])


def nexis_page(stories: Sequence[Story] = STORIES) -> bytes:
    """Return an old Nexis export as a page."""

    def block(*spans: str, kind: str = "c5") -> str:
        inside = "".join(f'<P CLASS="c6"><SPAN CLASS="c2">{span}</SPAN></P>\n' for span in spans)
        return f'<BR><DIV CLASS="{kind}">{inside}</DIV>\n'

    parts = []
    for number, story in enumerate(stories, start=1):
        parts.append(
            f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->'
        )
        parts.append(block(f"{number} of {len(stories)} DOCUMENTS", kind="c0") + block(story.outlet, kind="c0"))
        parts.append(block(f"June</SPAN><SPAN CLASS='c4'> {story.day}, 2031 Tuesday &nbsp;", kind="c3"))
        parts.append(block("Final Edition", kind="c3") + block(story.title))
        parts.append(block(f"BYLINE: </SPAN><SPAN>{story.author}") + block("SECTION: NEWS") + block("LENGTH: 28 words"))
        parts.append(block(*map(html.escape, story.paragraphs)))
        parts.append(block("LOAD-DATE: June 9, 2031") + block("LANGUAGE: ENGLISH") + block("Copyright 2031 Quay"))
    return f"<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>{''.join(parts)}</BODY></HTML>".encode()


def number(story: Story) -> str:
    """Return the number that Factiva gives an article."""
    return f"Document QUAYC0002031060{story.day}ea5500001"


def factiva_head(story: Story) -> list[str]:
    """Return the lines below the author in a Factiva export without tags."""
    return [
        "1,028 words", f"{story.day} June 2031", "07:30", story.outlet, "QUAYC", "3", "English",
        f"(c) 2031 {story.outlet} Ltd.",
    ]  # fmt: skip


def factiva_text(stories: Sequence[Story] = STORIES) -> bytes:
    """Return a Factiva export without tags as text."""
    parts = []
    for story in stories:
        head = "\n".join([story.author, *factiva_head(story)])
        body = "\n\n".join(story.paragraphs)
        parts.append(f"News\n\n{story.title}\n\n{head}\n\n{body}\n\nQuay Press Ltd\n\n{number(story)}\n\n")
    return ("".join(parts) + "Search Summary\nText\tboat\n\n© 2031 Factiva, Inc. All rights reserved.\n").encode()


def factiva_rtf() -> bytes:
    """Return a Factiva export without tags as RTF, each line a paragraph."""
    lines = []
    for story in STORIES:
        lines += [
            story.title,
            f"By {story.author}",
            *factiva_head(story),
            "",
            *story.paragraphs,
            "",
            number(story),
            "",
            "",
        ]
    return rtf(lines)


def factiva_rows(story: Story) -> list[tuple[str, str]]:
    """Return the tags of an article in a Factiva export with indexing, and their values."""
    return [
        ("SE", "News"), ("HD", story.title), ("BY", story.author), ("WC", "28 words"), ("PD", f"{story.day} June 2031"),
        ("SN", story.outlet), ("SC", "QUAYC"), ("PG", "3"), ("LA", "English"), ("CY", "(c) 2031 Quay."),
        ("LP", story.paragraphs[0]), ("TD", "\n".join(story.paragraphs[1:])), ("CO", "quayb : Quay Boats"),
        ("NS", "gtrans : Transport | gcat : News"), ("RE", "uk : United Kingdom"), ("PUB", "Quay Press Ltd"),
        ("AN", number(story)),
    ]  # fmt: skip


def factiva_tagged(stories: Sequence[Story] = STORIES) -> bytes:
    """Return a Factiva export with tags as text."""
    return "\n\n".join("\n".join(f"{tag}  {value}" for tag, value in factiva_rows(story)) for story in stories).encode()


def factiva_tagged_rtf() -> bytes:
    """Return a Factiva export with tags as RTF, a table row a tag."""
    return rtf([f"{tag}\t{value}" for story in STORIES for tag, value in factiva_rows(story)], cells=True)


def factiva_page() -> bytes:
    """Return a Factiva export without tags as a page."""
    parts = []
    for story in STORIES:
        head = "".join(f"<div>{line}</div>" for line in factiva_head(story))
        text = "".join(f'<p class="articleParagraph enarticleParagraph">{one}</p>\n' for one in story.paragraphs)
        parts.append(
            '<div class="article enArticle"><div>News</div>'
            f'<div id="hd"><span class="enHeadline">{story.title}</span></div>'
            f'<div class="author">{story.author}</div>{head}{text}<p>Quay Press Ltd</p>'
            f"<p>{number(story)}</p></div><br/>"
        )
    return f"<html><head><title>Factiva</title></head><body>{''.join(parts)}</body></html>".encode()


def factiva_tagged_page() -> bytes:
    """Return a Factiva export with tags as a page."""
    parts = []
    for story in STORIES:
        rows = "".join(
            f'<tr><td class="index"><b>{tag}</b>&nbsp;</td><td>'
            + "".join(f'<p class="articleParagraph enarticleParagraph">{one}</p>' for one in value.split("\n"))
            + "</td></tr>\n"
            if tag in {"LP", "TD"}
            else f'<tr><td class="index"><b>{tag}</b>&nbsp;</td><td>{html.escape(value)}</td></tr>'
            for tag, value in factiva_rows(story)
        )
        parts.append(f'<div class="article enArticle"><table>{rows}</table><br/></div>')
    return f"<html><head><title>Factiva</title></head><body>{''.join(parts)}</body></html>".encode()


def europresse(*, numbers: int = 3) -> bytes:
    """Return a Europresse export as a page, with the number of some of its articles."""
    parts = []
    for count, story in enumerate(STORIES):
        footer = f'<div class="publiC-lblNodoc">news·2031060{story.day}·QC·1</div>' if count < numbers else ""
        text = "".join(f"<p>{one}</p>" for one in story.paragraphs)
        parts.append(
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{story.outlet}'
            f'</span></div><div class="rdp__DocHeader">Monde, mardi {story.day} juin 2031 28 mots, p. 3</div>'
            f'<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{story.title}</p></div>'
            f'<div class="docAuthors">{story.author}</div></header>'
            f'<section><div class="docOcurrContainer">{text}</div></section><footer>{footer}</footer></article>'
        )
    return f"<html><body>{''.join(parts)}</body></html>".encode()


def newsbank(stories: Sequence[Story] = STORIES, *, labels: bool = False) -> bytes:
    """Return a NewsBank export, its heads as lines or with labels."""
    parts = []
    for story in stories:
        lines = [
            story.title, f"{story.outlet} (Quay, NY)", day(story), f"Author: {story.author}", "Section: News",
        ]  # fmt: skip
        if labels:
            lines = [
                f"Paper: {story.outlet} (Quay, NY)", f"Title: {story.title}", f"Date: {day(story)}", "Section: News",
                f"Author: {story.author}",
            ]  # fmt: skip
        body = "\n\n".join(story.paragraphs)
        end = f"Record Number: 31{story.day}AB\nCopyright (c) 2031 {story.outlet}\nOpenURL Link: http://example.org/{story.day}"
        parts.append("\n".join(lines) + f"\n\n{body}\n\n{end}\n\n")
    return "".join(parts).encode()


def newsbank_web(stories: Sequence[Story] = STORIES) -> bytes:
    """Return a NewsBank export as its present pages save it."""
    parts = []
    for story in stories:
        head = (
            f"{day(story)} | {story.outlet} (Quay, NY)\nAuthor: {story.author} | Section: News | 28 Words\nOpenURL Link"
        )
        rights = f"Copyright © 2031 {story.outlet}. All Rights Reserved."
        parts.append("\n\n".join([story.title, head, *story.paragraphs, rights, ""]))
    return "".join(parts).encode()


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF file whose pages have these lines; a page without lines is blank, as a scan is to a reader."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 50 780 Td {shown}ET" if lines else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = "%PDF-1.4\n", []
    for index, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{index} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return f"{data}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def uni_pdf() -> bytes:
    """Return a Nexis Uni export as PDF, a page an article."""
    return pdf([[line for line in uni_lines(story) if line.isascii()] for story in (STORIES[0], STORIES[2])])


def feed() -> bytes:
    """Return an RSS feed of two items with their whole text and one with a summary."""
    items = "".join(
        f"<item><title>{story.title}</title><link>http://example.org/{story.day}</link>"
        f"<pubDate>Tue, 0{story.day} Jun 2031 07:30:00 GMT</pubDate><dc:creator>{story.author}</dc:creator>"
        f"<description>In short.</description>"
        + (f"<e:encoded><![CDATA[{''.join(f'<p>{one}</p>' for one in story.paragraphs)}]]></e:encoded>" if full else "")
        + "</item>"
        for story, full in zip(STORIES, (True, True, False), strict=True)
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:e="http://purl.org/rss/1.0/modules/content/"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {spaces}><channel><title>Quay Courier</title>'
        f"{items}</channel></rss>"
    ).encode()


def atom() -> bytes:
    """Return an Atom feed."""
    entries = "".join(
        f'<entry><title>{story.title}</title><link href="http://example.org/{story.day}"/>'
        f"<published>2031-06-0{story.day}T07:30:00Z</published><author><name>{story.author}</name></author>"
        f'<content type="html">{"".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in story.paragraphs)}</content></entry>'
        for story in STORIES
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Courier</title>{entries}</feed>'.encode()


def nitf() -> bytes:
    """Return an article in NITF whose lead stands in it twice, as in the annotated corpus of a newspaper."""
    story = STORIES[0]
    first, *_ = paragraphs = [f"<p>{one}</p>" for one in story.paragraphs]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nitf SYSTEM "http://example.org/nitf-3-3.dtd">\n'
        '<nitf><head><title>Short</title><docdata><date.issue norm="20310603T000000"/></docdata>'
        f'<pubdata name="{story.outlet}" position.section="A"/></head><body><body.head>'
        f"<hedline><hl1>{story.title}</hl1></hedline><byline>By {story.author}</byline></body.head><body.content>"
        f'<block class="lead_paragraph">{first}</block><block class="full_text">{"".join(paragraphs)}</block>'
        "</body.content></body></nitf>"
    ).encode()


def json_list(*, wrapped: bool = False) -> bytes:
    """Return articles as one JSON value: a list, or a list under a name as web services give it."""
    rows = [
        {"title": one.title, "date": f"2031-06-0{one.day}", "author": one.author, "text": "\n".join(one.paragraphs)}
        for one in STORIES
    ]
    return json.dumps({"status": "ok", "articles": rows} if wrapped else rows, indent=1).encode()


WITH_TITLES: Mapping[str, bytes] = {
    "uni.txt": uni_text(), "uni.rtf": uni_rtf(), "nexis.html": nexis_page(), "factiva.txt": factiva_text(),
    "factiva.rtf": factiva_rtf(), "tagged.txt": factiva_tagged(), "tagged.rtf": factiva_tagged_rtf(),
    "factiva.html": factiva_page(), "tagged.html": factiva_tagged_page(), "europresse.html": europresse(),
    "newsbank.txt": newsbank(), "labels.txt": newsbank(labels=True), "newsbank web.txt": newsbank_web(),
    "atom.xml": atom(), "list.json": json_list(), "wrapped.json": json_list(wrapped=True),
}  # fmt: skip
"""A whole file of each layout that holds the three articles with title, date and author."""
