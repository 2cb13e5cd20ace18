"""Escaping: no character that turns or hides text gets out by any exit, and all others stay as they are."""

import json

import pandas as pd
import pytest
from matplotlib.text import Text
from nbformat import v4

import pastepot as pp
from pastepot import cli, escape
from pastepot.reporting.display import corpus_bundle, table_bundle
from pastepot.reporting.page import page
from pastepot.reuse.export import write_graphml, write_passim

DIRECTIONS = [*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
HARMLESS = ["\u061b", "\u2010", "\u2027", "\u202f", "\u2065", "\u206a", "\u00a0", "é"]
ESCAPERS = [escape.show_controls, escape.escape_terminal, escape.escape_html, escape.escape_figure, escape.escape_json]


def code_point(character):
    return f"\\u{ord(character):04x}"


@pytest.mark.parametrize("escape", ESCAPERS, ids=lambda escape: escape.__name__)
@pytest.mark.parametrize("character", DIRECTIONS, ids=ascii)
def test_every_escaper_spells_out_what_turns_the_direction_of_text(escape, character):
    assert escape(f"quay{character}side") == f"quay{code_point(character)}side"


@pytest.mark.parametrize("escape", ESCAPERS, ids=lambda escape: escape.__name__)
@pytest.mark.parametrize("character", HARMLESS, ids=ascii)
def test_the_neighbours_of_these_characters_stay_as_they_are(escape, character):
    assert escape(f"quay{character}side") == f"quay{character}side"


@pytest.fixture
def turned():
    """Return a corpus of two articles with each of these characters in text, title and name, and two in the outlet."""
    hostile = "".join(DIRECTIONS)
    shared = f"The quay is shut {hostile} until the strike of the crews ends, said the harbour master on Monday."
    rows = [
        {
            "text": f"{shared} {word}",
            "title": f"{word} {hostile}",
            "outlet": f"\u2066{word}\u2069",
            "doc_id": hostile + word,
        }
        for word in ("gull", "pier")
    ]
    return pp.read(pd.DataFrame(rows), clean="none")


def formatted(corpus):
    """Return what a notebook gets of a sentence, a corpus, tables, an article, a passage and a figure."""
    counts = pp.terms(corpus, by="outlet")
    bundles = [
        pp.say(corpus.records[0].text)._repr_mimebundle_(),
        pp.cleaning_diff(corpus, corpus.doc_ids[0])._repr_mimebundle_(),
        pp.side_by_side(corpus, 0)._repr_mimebundle_(),
        pp.figure(pp.plot_terms(pp.terms(corpus)), counts, name="terms")._repr_mimebundle_(),
        corpus_bundle(corpus),
        *(table_bundle(table) for table in (pp.articles(corpus), pp.sentences(corpus), counts, pp.passages(corpus))),
    ]
    return [(mime, text) for made in bundles for mime, text in made.items() if isinstance(text, str)]


def test_none_of_them_reaches_a_notebook(turned):
    shown = formatted(turned)
    assert {mime for mime, _ in shown} == {"text/plain", "text/html"}
    assert [mime for mime, text in shown if set(DIRECTIONS) & set(text)] == []
    assert all(any(code_point(character) in text for _, text in shown) for character in DIRECTIONS)


def test_none_of_them_reaches_a_page(turned):
    text = turned.records[0].text
    cells = [
        v4.new_markdown_cell(f"# {text}"),
        v4.new_code_cell(text, outputs=[v4.new_output("stream", name="stdout", text=text)]),
        v4.new_code_cell("2", outputs=[v4.new_output("execute_result", table_bundle(pp.sentences(turned)))]),
        v4.new_code_cell("3", outputs=[v4.new_output("execute_result", corpus_bundle(turned))]),
    ]
    about = {"title": text, "corpus": text, "number": text, "notice": text}
    about |= {"facts": [[text, text]], "problems": [[text, text, text]], "provenance": [(text, text)]}
    shown = page(about, {"01_first": v4.new_notebook(cells=cells)})
    assert not set(DIRECTIONS) & set(shown)
    assert all(code_point(character) in shown for character in DIRECTIONS)


def test_none_of_them_reaches_a_figure(turned):
    ax = pp.plot_terms(pp.terms(turned, by="outlet"))
    drawn = " ".join(text.get_text() for text in ax.figure.findobj(Text))
    assert not set(DIRECTIONS) & set(drawn + pp.figure(ax, pp.terms(turned, by="outlet"), name="terms").svg)
    assert r"\u2066gull\u2069" in drawn


def test_none_of_them_reaches_a_file_for_other_programs(turned, tmp_path):
    graph = write_graphml(pp.overlap(turned, by="outlet"), tmp_path / "a.graphml").read_text(encoding="utf-8")
    lines = write_passim(turned, tmp_path / "a.jsonl").read_text(encoding="utf-8")
    for written in (graph, lines):
        assert not set(DIRECTIONS) & set(written)
        assert r"\u2066gull\u2069" in written
    assert [json.loads(line)["id"] for line in lines.splitlines()] == list(turned.doc_ids)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_none_of_them_reaches_a_terminal(form, turned, tmp_path, capfd):
    row = {"text": turned.records[0].text, "title": turned.records[0].text, "id": turned.doc_ids[0]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    cli.main(["sentences", str(tmp_path / "a.jsonl"), "--clean", "none", "--format", form])
    cli.main(["terms", f"no/such/{''.join(DIRECTIONS)}"])
    shown = capfd.readouterr()
    for stream in shown:
        assert not set(DIRECTIONS) & set(stream)
        assert all(code_point(character) in stream for character in DIRECTIONS)


@pytest.mark.parametrize(("text", "drawn"), [("quays", "quays"), ("harbour", "harb…"), ("port side", "port…")])
def test_a_text_is_cut_only_where_it_is_longer_than_its_limit(text, drawn):
    assert escape.cut(text, 5) == drawn
