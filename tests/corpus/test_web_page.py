"""Saved web pages."""

import sys
import time
from pathlib import Path

import format_examples as examples
import pytest

import pastepot as pp
from pastepot.corpus.readers.web_page import read_html
from pastepot.corpus.records import Problem, Record

pytest.importorskip("trafilatura", reason="trafilatura is not installed")


def read(data: bytes) -> Record:
    (found,) = read_html("a.html", data)
    assert isinstance(found, Record)
    return found


def reason(data: bytes) -> str:
    (found,) = read_html("a.html", data)
    assert isinstance(found, Problem)
    return found.reason


def test_a_page_gives_its_article_and_what_it_says_about_it() -> None:
    found = read(examples.page())
    assert (found.title, found.outlet, found.author) == ("Ferry late", "Quayhaven Gazette", "Ada Quay")
    assert (found.reader, found.path, found.encoding) == ("html", "a.html", "utf-8")
    assert found.text.count(examples.FERRY) == 5
    for left_out in ("Home", "Shame", "2030"):
        assert left_out not in found.text
    assert found.notes == ("the text is what trafilatura took out of the page",)


@pytest.mark.parametrize(
    ("head", "body", "date", "source"),
    [
        (
            '<meta property="article:published_time" content="2031-05-05T08:00:00+02:00">',
            "",
            "2031-05-05",
            "html: meta tag",
        ),
        (
            '<script type="application/ld+json">{"datePublished": "2031-05-05"}</script>',
            "",
            "2031-05-05",
            "html: JSON-LD",
        ),
        ("", '<time datetime="2031-05-05">5 May</time>', "2031-05-05", "html: time element"),
        ("", '<p class="date">May 5, 2021</p>', "2021-05-05", "html: guessed"),
        ("", "", "", ""),
        ('<meta name="date" content="soon">', "", "", ""),
        ('<meta name="viewport" content="2031-05-05">', "", "", ""),
        ("", '<time datetime="2031-05-05"></time><time datetime="2031-05-06"></time>', "2031-05-05", "html: guessed"),
    ],
)
def test_a_date_says_where_it_comes_from(head: str, body: str, date: str, source: str) -> None:
    found = read(examples.page(head=head, body=body))
    assert (found.date, found.date_source) == (date, source)
    assert ("the date is guessed" in found.notes) == ("guessed" in source)


def test_a_guessed_date_is_only_a_hint_and_gives_way_to_the_metadata(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(examples.page(body='<p class="date">May 5, 2021</p>'))
    (tmp_path / "metadata.csv").write_text("file,date\nb.html,2031-05-06\n", encoding="utf-8")
    table = pp.articles(pp.read(tmp_path))
    assert table["date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["", "2031-05-06"]
    assert table["date_source"].tolist() == ["none", "metadata.csv"]
    assert table["date_hint"].str.startswith("html: guessed: 2021-05-05").tolist() == [True, False]


def test_a_page_in_another_encoding_is_read_as_it_names() -> None:
    page = examples.page().replace(b"utf-8", b"iso-8859-2").decode().replace("boat", "člun").replace("©", "c")
    found = read(page.encode("iso-8859-2"))
    assert "no člun would sail" in found.text
    assert found.notes[-1] == "the page was read as iso8859-2"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html></html>", "no article was found in the page; save its text as .txt"),
        (b"\x89PNG\r\n", "not a web page: it is a PNG picture"),
        (b"<p>" + b"x" * 5_000_000, "the page has 5,000,003 bytes without its pictures; the most are 5,000,000"),
        (b"<p>x" * 60_000, "the page has more than 50,000 elements; its text was not taken"),
        (
            b"<html><body>" + b"<div>" * 20_000 + b"<p>The ferry.</p>",
            "the page nests its elements deeper than a page does; its text was not taken",
        ),
    ],
)
def test_a_page_without_an_article_is_a_problem(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_pictures_inside_a_page_do_not_make_it_too_large() -> None:
    assert read(examples.page(body=f'<img src="data:image/png;base64,{"A" * 6_000_000}">')).text


@pytest.mark.parametrize("attack", ["<", "<p ", "<meta ", "<a href=", "<!--", "<b>x", '<meta charset="'])
def test_hostile_pages_take_no_long_time(attack: str) -> None:
    start = time.process_time()
    assert len(list(read_html("a.html", (attack * 100_000)[:400_000].encode()))) == 1
    assert time.process_time() - start < 60


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY y "zzzz"><!ENTITY x "&y;&y;&y;&y;">']
)
def test_no_entity_is_followed(entity: str) -> None:
    page = examples.page().replace(b"<!doctype html>", f"<!DOCTYPE html [{entity}]>".encode())
    text = read(page.replace(b"no boat yet", b"no &x; yet")).text
    assert "zzzz" not in text
    assert "no &x; yet" in text


def test_without_the_extra_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert reason(examples.page()) == "web pages need trafilatura, which this Python lacks; save the text as .txt"


@pytest.mark.parametrize("name", ["iso-8859-1", "us-ascii", "utf-8"])
def test_a_page_that_says_latin_1_is_read_as_browsers_read_it(name: str) -> None:
    page = examples.page().replace(b"utf-8", name.encode()).decode().replace("no boat yet", "no “boat” yet")
    found = read(page.encode("cp1252"))
    assert "no “boat” yet" in found.text
    assert found.notes[-1] == "the page was read as cp1252"


def test_a_meta_tag_comes_before_json_ld_and_that_before_a_time_element() -> None:
    script = '<script type="application/ld+json">{"datePublished": "2031-05-06"}</script>'
    meta, body = '<meta name="date" content="2031-05-05">', '<time datetime="2031-05-07">7 May</time>'
    assert read(examples.page(head=script + meta, body=body)).date == "2031-05-05"
    assert read(examples.page(head=script, body=body)).date == "2031-05-06"
