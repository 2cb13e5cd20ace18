"""A figure as a bundle: the same bytes each time, nothing left behind, fit to stand in any page."""

import base64
import re
import struct
import subprocess
import sys
from xml.etree import ElementTree as ET

import hypothesis.strategies as st
import pandas as pd
import pytest
from by_hand import LABELS, TITLE
from hypothesis import given
from matplotlib import pyplot as plt

from pastepot.errors import PastepotError
from pastepot.plots.reuse_plots import plot_passages
from pastepot.plots.sentiment_plots import plot_sentiment_by
from pastepot.plots.style import wrap_label
from pastepot.plots.term_plots import plot_terms
from pastepot.reporting.figures import figure
from pastepot.reporting.templates import mime

SCRIPT = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from by_hand import build_passages
from pastepot.reporting.figures import figure
from pastepot.plots.reuse_plots import plot_passages
df = build_passages()
made = figure(plot_passages(df), df, name="passages")
print(hashlib.sha256(made.svg.encode() + made.png + made.csv.encode() + made.alt.encode()).hexdigest())
"""


def made(df, name="terms"):
    return figure(plot_terms(df), df, name=name)


def test_the_same_table_gives_the_same_bytes(terms):
    assert made(terms()) == made(terms())


def test_the_hash_seed_changes_nothing(request, monkeypatch):
    script = SCRIPT.format(folder=str(request.path.parents[1]))
    digests = set()
    for seed in ("0", "7"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_figure_is_closed(terms):
    made(terms())
    assert plt.get_fignums() == []


def test_a_refused_name_leaves_the_figure_open_to_be_tried_again(terms):
    ax = plot_terms(terms())
    with pytest.raises(PastepotError) as caught:
        figure(ax, terms(), name="../My figure")
    assert str(caught.value) == "name must be lower-case letters, digits and hyphens; got '../My figure'."
    assert figure(ax, terms(), name="my-figure").name == "my-figure"


@pytest.mark.parametrize("name", ["", "-a", "a-", "A", "a b", "a.svg", "a/b", "é", "a\n"])
def test_a_name_is_fit_for_a_file_on_any_system(terms, name):
    with pytest.raises(PastepotError, match="name must be"):
        figure(plot_terms(terms()), terms(), name=name)


@pytest.mark.parametrize("draw", ["terms", "tone", "passages"])
def test_the_svg_is_fit_for_a_page_with_a_strict_policy(draw, request):
    df = request.getfixturevalue(draw)()
    plot = {"terms": plot_terms, "tone": plot_sentiment_by, "passages": plot_passages}[draw]
    bundle = figure(plot(df), df, name=draw)
    root = ET.fromstring(bundle.svg)  # noqa: S314 (we made it)
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "use", "defs", "clipPath", "rect"}
    assert root.get("role") == "img"
    assert root.get("aria-label") == bundle.alt
    names = [key for element in root.iter() for key in element.attrib]
    assert not [key for key in names if key == "style" or key.startswith("on")]
    assert bundle.svg.startswith("<svg")


def test_names_within_the_svg_are_its_own_and_all_found(terms):
    first, second = made(terms(), "one").svg, made(terms(), "two").svg
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (first, second)]
    assert not ids[0] & ids[1]
    for svg, own in zip((first, second), ids, strict=True):
        links = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
        assert {one or other for one, other in links} == own
        assert len(re.findall(r' id="', svg)) == len(own)


def test_the_png_has_150_dots_an_inch_and_names_no_program(terms):
    png = made(terms()).png
    assert struct.unpack(">I", png[16:20]) == (900,)
    assert b"tEXt" not in png


def test_the_csv_holds_the_table(terms):
    assert made(terms()).csv.splitlines()[:2] == ["term,count,rate,doc_count,outlets,dp", "ferry,3,7.5,1,1,0.25"]


def test_the_bundle_is_json_for_the_report_and_html_for_the_notebook(terms):
    bundle = made(terms())
    shown = bundle._repr_mimebundle_()
    data = shown[mime("figure")]
    assert base64.b64decode(data["png"]) == bundle.png
    assert [data[key] for key in ("name", "title", "alt", "svg", "csv")] == [
        "terms", "Most frequent terms in harbour", bundle.alt, bundle.svg, bundle.csv,
    ]  # fmt: skip
    assert f"<figure>{bundle.svg}<figcaption>Most frequent terms in harbour</figcaption></figure>" == shown["text/html"]
    assert shown["text/plain"] == f"Figure terms: {bundle.alt}"


def test_any_axes_and_any_table_will_do():
    ax = plt.figure().add_subplot()
    ax.set_title(r"cost \$5")
    bundle = figure(ax, pd.DataFrame({"a": [1]}), name="own")
    assert (bundle.title, bundle.csv) == ("cost $5", "a\n1\n")


def test_a_name_broken_over_two_lines_of_the_title_is_whole_in_the_caption():
    ax = plt.figure().add_subplot()
    ax.set_title("Words in isles_\nline.jsonl - 2 -\nof the Sorrel-\nHask\nferry")
    assert (
        figure(ax, pd.DataFrame({"a": [1]}), name="own").title
        == "Words in isles_line.jsonl - 2 - of the Sorrel-Hask ferry"
    )


def test_every_hostile_label_is_drawn(terms):
    bundle = made(terms(LABELS))
    assert bundle.svg.count("<script") == bundle.svg.count("alert(1)</") == 0


def test_a_title_stands_in_the_figure_letter_by_letter():
    assert wrap_label(TITLE, 26).replace("\n", " ").replace(r"\$", "$") == TITLE


@given(st.text(max_size=200), st.integers(4, 40), st.integers(1, 3))
def test_wrapped_text_keeps_to_its_width_and_its_lines(text, width, lines):
    done = wrap_label(text, width, lines).split("\n")
    assert len(done) <= lines
    assert all(len(line.replace(r"\$", "$")) <= width + 1 for line in done)
    assert all(line.count("$") == line.count(r"\$") for line in done)


def test_the_table_under_a_figure_has_40_rows_at_most(terms):
    df = terms([f"t{n}" for n in range(41)])
    table = figure(plot_terms(df, top=41), df, name="terms").table
    assert (len(table["rows"]), table["extent"], table["caption"]) == (
        40, "40 of 41 rows", "The numbers in this figure",
    )  # fmt: skip
