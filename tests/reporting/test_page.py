"""The page: prose first, our own data made into markup here, everything else literal; nothing live but one script."""

import base64
import hashlib
import re

import pytest
from by_hand import FILE, TITLE
from nbformat import v4

from pastepot.plots.term_plots import plot_terms
from pastepot.reporting.display import table_data
from pastepot.reporting.figures import figure
from pastepot.reporting.page import INJECTED, excerpted, excerpted_csv, page
from pastepot.reporting.templates import mime
from pastepot.tables import COLUMNS

CONTEXT = {
    "title": "Report <b>",
    "corpus": FILE,
    "number": "1 article",
    "facts": [["Articles", TITLE]],
    "problems": [[FILE, "", "empty"]],
    "notice": "Read from here.",
    "provenance": [("pastepot", "1")],
}


def output(**data):
    return v4.new_output("display_data", {mime.replace("_", "/"): value for mime, value in data.items()})


def data(mime, value):
    return v4.new_output(
        "execute_result", {mime: value, "text/html": "<script>alert('foreign')</script>", "text/plain": "p"}
    )


def shown(*cells, seen, **options):
    """Return one page with one chapter, parsed, and its markup."""
    markup = page(CONTEXT, {"01_first": v4.new_notebook(cells=list(cells))}, **options)
    return seen(markup), markup


def code(*outputs, source="1 + 1", **metadata):
    return v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


@pytest.fixture
def chapter(terms, seen):
    """Return a page that has one of everything."""
    df = terms([TITLE, "port"])
    cells = [
        v4.new_markdown_cell(
            "# What is *said*?\n\nText with `code` and <b>no markup</b>.\n\n## How often?\n\nSo often."
        ),
        code(data(mime("table"), dict(table_data(df)))),
        code(data(mime("figure"), bundle(df))),
        code(data(mime("say"), {"text": TITLE})),
        code(data(mime("facts"), {"title": FILE, "facts": [["Articles", TITLE]]})),
        code(v4.new_output("stream", name="stdout", text=TITLE), v4.new_output("stream", name="stderr", text="NOISE")),
    ]
    return shown(*cells, seen=seen)


def bundle(df):
    return figure(plot_terms(df), df, name="terms")._repr_mimebundle_()[mime("figure")]


def test_the_only_script_and_style_are_ours_and_allowed_by_digest(chapter):
    parsed, markup = chapter
    assert len(parsed.all("script")) == len(parsed.all("style")) == 1
    policy = next(attrs["content"] for attrs in parsed.all("meta") if "http-equiv" in attrs)
    for tag in ("script", "style"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", markup, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert policy.endswith("base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy


def test_nothing_is_live_and_nothing_is_fetched(chapter):
    parsed, _ = chapter
    attributes = [(name, value) for _, attrs in parsed.tags for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
    assert not [value for name, value in attributes if name in {"src", "srcset", "action", "data"} and value]
    assert {value[:1] for name, value in attributes if name == "href"} <= {"#", "d"}
    assert not [tag for tag, _ in parsed.tags if tag in {"iframe", "object", "embed", "img", "form", "base"}]


def test_hostile_text_is_shown_literally_in_prose_table_figure_and_print(chapter):
    parsed, _ = chapter
    assert parsed.text.count(TITLE) == 6  # facts twice, table, numbers of the figure, sentence, printed text
    assert parsed.text.count(FILE) == 3
    assert TITLE in parsed.all("svg")[0]["aria-label"]


def test_each_column_that_the_page_shows_is_explained_once_and_no_other(chapter):
    meant = chapter[1].partition('<h2 id="columns">')[2].partition("<h2")[0]
    names = ["term", "count", "rate", "doc_count", "outlets", "dp"]
    assert re.findall(r" <code>(\w+)</code></dt>", meant) == names
    assert f"<dt>In articles <code>doc_count</code></dt><dd>{COLUMNS['doc_count'].meaning}</dd>" in meant
    assert '<a href="#columns">' in chapter[1]


def test_a_column_that_is_in_no_table_of_ours_is_not_explained(terms, seen):
    own = dict(table_data(terms(["port"]).assign(size=1)))
    _, markup = shown(code(data(mime("table"), own)), seen=seen)
    assert "<code>size</code>" not in markup.partition('<h2 id="columns">')[2]


def test_html_of_a_notebook_is_never_passed_on(chapter):
    assert "foreign" not in chapter[1]
    assert "NOISE" not in chapter[1]


def test_markdown_is_prose_without_markup_of_its_own(chapter):
    parsed, markup = chapter
    assert '<h2 id="01-first">' in markup
    assert "What is said?" in parsed.text
    assert '<h3 id="01-first-how-often">How often?</h3>' in markup
    assert '<a href="#01-first-how-often">How often?</a>' in markup
    assert "<code>code</code> and &lt;b&gt;no markup&lt;/b&gt;" in markup


def test_every_table_has_caption_and_scopes_and_every_region_a_name_of_its_own(chapter):
    parsed, _ = chapter
    assert len(parsed.all("table")) == len(parsed.all("caption")) == 2
    assert all(attrs.get("scope") in {"col", "row"} for attrs in parsed.all("th"))
    regions = [attrs for _, attrs in parsed.tags if attrs.get("role") == "region"]
    assert len({attrs["aria-label"] for attrs in regions}) == len(regions) == 2
    assert {attrs["tabindex"] for attrs in regions} == {"0"}


def test_addresses_within_the_page_are_unique_and_lead_somewhere(chapter):
    parsed, _ = chapter
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in parsed.all("a")} <= set(ids)


def test_the_head_is_complete(chapter):
    parsed, markup = chapter
    assert markup.startswith('<!doctype html>\n<html lang="en">')
    assert any(attrs.get("name") == "viewport" for attrs in parsed.all("meta"))
    assert "<title>Report &lt;b&gt;</title>" in markup


def test_two_sections_of_one_name_get_two_addresses(seen):
    _, markup = shown(v4.new_markdown_cell("# T\n\n## Same\n\n## Same"), seen=seen)
    assert '<h3 id="01-first-same">' in markup
    assert '<h3 id="01-first-same-2">' in markup


def test_a_notebook_without_a_title_goes_by_its_name(seen):
    parsed, _ = shown(v4.new_markdown_cell("No heading."), seen=seen)
    assert "01_first" in parsed.text


def test_links_between_notebooks_lead_to_chapters_and_no_script_is_linked(seen):
    text = "[a](02_next.ipynb#x) [b](javascript:alert(1)) ![c](https://192.0.2.1/x.png)"
    parsed, _ = shown(v4.new_markdown_cell(text), seen=seen)
    assert "#02-next" in {attrs["href"] for attrs in parsed.all("a")}
    assert not [attrs for attrs in parsed.all("a") if "javascript" in attrs["href"]]
    assert parsed.all("img") == []
    assert " c" in parsed.text


def test_a_table_in_markdown_has_scopes(seen):
    parsed, _ = shown(v4.new_markdown_cell("| a | b |\n|:--|--:|\n| 1 | 2 |"), seen=seen)
    assert parsed.all("th") == [{"scope": "col"}] * 2
    assert parsed.all("td") == [{}, {}]


def test_code_is_folded_and_code_that_follows_on_code_is_one_fold(seen):
    parsed, markup = shown(code(source="a = 1"), code(source="b < 2"), seen=seen)
    assert len(parsed.all("details")) == 1
    assert "<pre><code>a = 1\n\nb &lt; 2</code></pre>" in markup


def test_the_cell_that_was_put_in_is_not_shown(seen):
    _, markup = shown(code(source="source = '/somewhere'", tags=[INJECTED]), seen=seen)
    assert "/somewhere" not in markup


def test_tables_and_figures_are_numbered_through_the_page(terms, seen):
    cell = code(data(mime("table"), dict(table_data(terms()))))
    notebooks = {name: v4.new_notebook(cells=[cell]) for name in ("01_a", "02_b")}
    parsed = seen(page(CONTEXT, notebooks))
    assert [f"Table {n}. Terms by frequency" in parsed.text for n in (1, 2, 3)] == [True, True, False]


def test_unseen_characters_are_spelled_out_everywhere(seen):
    _, markup = shown(code(v4.new_output("stream", name="stdout", text="\x1b[31m\u202e")), seen=seen)
    assert r"\x1b[31m\u202e" in markup
    assert not set(markup) & set("\x1b\u202e")


@pytest.mark.parametrize(("excerpts", "words"), [("full", 40), ("short", 25), ("none", 0)])
def test_excerpts_are_as_long_as_allowed(excerpts, words, seen):
    text = "ferry " * 40
    column = {"name": "text", "heading": "Text", "look": "text"}
    table = {"caption": "T", "extent": "1 row", "columns": [column], "rows": [[text]], "note": ""}
    parsed, _ = shown(code(data(mime("table"), table)), seen=seen, excerpts=excerpts)
    assert parsed.text.count("ferry") == words
    printed, _ = shown(code(v4.new_output("stream", name="stdout", text=text)), seen=seen, excerpts=excerpts)
    assert printed.text.count("ferry") == words


def test_excerpts_hold_for_the_numbers_of_a_figure_too():
    content = 'left,node,right\n"one, two",ferry,"a\nb"\n'
    assert excerpted_csv(content, "full") == content
    assert excerpted_csv(content, "none") == "left,node,right\n(not shown),ferry,(not shown)\n"


def test_the_same_notebooks_give_the_same_page(seen):
    cells = [v4.new_markdown_cell("# T", id="a")]
    assert shown(*cells, seen=seen)[1] == shown(*cells, seen=seen)[1]


@pytest.mark.parametrize("count", [11, 12, 13, 30])
def test_a_short_excerpt_keeps_the_words_nearest_to_the_hit(count):
    left, right = (" ".join(f"{side}{number}" for number in range(count)) for side in ("before", "behind"))
    content = f"left,node,right\n{left},ferry,{right}\n"
    kept = min(count, 12)
    nearest = " ".join(f"before{number}" for number in range(count - kept, count))
    first = " ".join(f"behind{number}" for number in range(kept)) + " …" * (count > 12)
    assert excerpted_csv(content, "short") == f"left,node,right\n{nearest},ferry,{first}\n"
    columns = [{"name": name, "heading": name, "look": name} for name in ("left", "node", "right")]
    table = {"caption": "", "extent": "", "columns": columns, "rows": [[left, "ferry", right]], "note": ""}
    assert excerpted(table, "short")["rows"] == [[nearest, "ferry", first]]


@pytest.mark.parametrize(("count", "kept"), [(24, 24), (25, 25), (26, 25)])
def test_a_short_excerpt_of_a_text_has_its_first_twenty_five_words(count, kept):
    words = [f"word{number}" for number in range(count)]
    shortened = " ".join(words[:kept]) + " …" * (count > kept)
    assert excerpted_csv(f"text\n{' '.join(words)}\n", "short") == f"text\n{shortened}\n"


def test_exercises_stay_in_the_notebook(seen):
    task = v4.new_markdown_cell("Now find the *ferry*.", metadata={"tags": ["exercise"]})
    cells = [v4.new_markdown_cell("# T"), task, code(source="ferry = 1", tags=["exercise"]), code(source="quay = 2")]
    parsed, markup = shown(*cells, seen=seen)
    assert "ferry" not in parsed.text
    assert "<pre><code>quay = 2</code></pre>" in markup


@pytest.mark.parametrize(("excerpts", "words"), [("full", 40), ("short", 25), ("none", 0)])
def test_a_figure_s_table_and_a_plain_result_quote_no_more_than_allowed(excerpts, words, terms, seen):
    text = "quay " * 40
    column = {"name": "text", "heading": "Text", "look": "text"}
    table = {"caption": "T", "extent": "1 row", "columns": [column], "rows": [[text]], "note": ""}
    outputs = [data(mime("figure"), {**bundle(terms()), "table": table}), output(text_plain=text)]
    for made in outputs:
        parsed, _ = shown(code(made), seen=seen, excerpts=excerpts)
        assert parsed.text.count("quay") == words


@pytest.mark.parametrize("excerpts", ["short", "none"])
def test_an_article_and_a_pair_are_left_out_where_a_report_does_not_quote_in_full(excerpts, seen):
    article = {"doc_id": "a", "stretches": [{"action": "kept", "text": "quay", "rule": "", "replacement": ""}]}
    side = {"doc_id": "a", "where": "", "before": "", "pieces": [("same", "quay")], "after": ""}
    for kind, content in (("diff", article), ("pair", {"sides": [side, side]})):
        full, _ = shown(code(data(mime(kind), content)), seen=seen)
        assert "quay" in full.text
        parsed, _ = shown(code(data(mime(kind), content)), seen=seen, excerpts=excerpts)
        assert "quay" not in parsed.text
        assert "The article with its changes is left out, since this report does not quote in full." in parsed.text
