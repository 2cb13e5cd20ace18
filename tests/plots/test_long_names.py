"""Names of any letters are cut by their drawn width: no axes is squeezed, no text leaves its figure, none is a twin."""

import re
import warnings

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from test_source_plots import build_attributions, build_sources, build_unnamed

import pastepot as pp
from pastepot.plots import style
from pastepot.plots.reuse_plots import plot_copies, plot_network
from pastepot.plots.sentiment_plots import plot_agreement, plot_sentiment
from pastepot.plots.term_plots import plot_zipf

NAMES = {
    "wide": "W" * 60,
    "emoji": "🚢" * 60,
    "accents": "e\u0301" * 60,
    "chinese": "港口" * 30,
    "words": "The Union of Mates and Stokers " * 2,
    "dollars": "_$5 and $6 " * 6,
}
SHARED = "The ferry sails again from the old port on Monday morning, the harbour master said after a long night."


def corpus_of(name):
    """Return four articles of two outlets whose names differ in their last letter only; all share a passage."""
    rows = [
        {
            "doc_id": f"{name}{n}",
            "title": f"{name}{n}",
            "outlet": f"{name}{'AB'[n % 2]}",
            "date": f"2031-01-0{n + 1}",
            "text": f"{SHARED} A {['bad', 'good'][n % 2]} day for {'w' * 59}{'ab'[n % 2]}. {SHARED * (n == 3)}",
        }
        for n in range(4)
    ]
    return pp.read(pd.DataFrame(rows), clean="none", name=name)


def labels_by_hand(corpus):
    """Return the labels of two coders with long names beside the tools' scores."""
    sheet = pp.coding_sheet(corpus).assign(label=0)
    coders = pp.read_coding_sheets({f"{'W' * 40}A": sheet, f"{'W' * 40}B": sheet.assign(label=1)})
    return pp.agreement(coders, pp.sentiment(corpus))


def one_cluster(corpus):
    """Return the copies of the first cluster."""
    copies = pp.copies(corpus)
    return copies[copies["cluster"] == copies["cluster"].iloc[0]]


PLOTS = {
    "terms": lambda c: pp.plot_terms(pp.terms(c)),
    "terms by outlet": lambda c: pp.plot_terms(pp.terms(c, by="outlet")),
    "keyness": lambda c: pp.plot_keyness(
        pp.keyness(c, target={"outlet": pp.articles(c)["outlet"].iloc[0]}, min_count=1)
    ),
    "dispersion": lambda c: pp.plot_dispersion(pp.concordance(c, ["ferry", "w" * 59 + "a", "w" * 59 + "b"])),
    "zipf": lambda c: plot_zipf(pp.terms(c)),
    "collocates": lambda c: pp.plot_collocates(pp.collocates(c, "day")),
    "trends": lambda c: pp.plot_trends(pp.trends(c, ["w" * 59 + "a", "w" * 59 + "b"], period="day")),
    "sentiment": lambda c: plot_sentiment(
        pp.sentiment(c).query("sentence >= 0").groupby("doc_id").get_group(c.doc_ids[0])
    ),
    "sentiment_by": lambda c: pp.plot_sentiment_by(pp.sentiment_by(c, by="outlet")),
    "targets_by": lambda c: pp.plot_targets_by(
        pp.targets_by(c, {"W" * 60 + "a": "ferry", "W" * 60 + "b": "harbour master"}, by="outlet")
    ),
    "word_shift": lambda c: pp.plot_word_shift(pp.word_shift(c)),
    "signs": lambda c: plot_agreement(pp.sentiment(c)),
    "alphas": lambda c: plot_agreement(labels_by_hand(c)),
    "passages": lambda c: pp.plot_passages(pp.passages(c)),
    "clusters": lambda c: pp.plot_clusters(pp.clusters(c)),
    "copies": lambda c: plot_copies(one_cluster(c)),
    "overlap": lambda c: pp.plot_overlap(pp.overlap(c, by="doc_id")),
    "network": lambda c: plot_network(pp.overlap(c, by="doc_id")),
    "attributions": lambda c: pp.plot_attributions(build_attributions([(d, d, "direct") for d in c.doc_ids])),
    "sources": lambda c: pp.plot_sources(build_sources([(d, d, 9, 2) for d in c.doc_ids])),
    "unnamed sources": lambda c: pp.plot_unnamed_sources(
        build_unnamed([(d, 8, 2, 1, 0.375, 0.25, 0.5) for d in c.doc_ids])
    ),
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("plot", PLOTS)
def test_no_axes_is_squeezed_and_no_text_leaves_the_figure(plot, kind):
    ax = PLOTS[plot](corpus_of(NAMES[kind]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        ax.figure.canvas.draw()
    box = ax.figure.bbox
    assert ax.get_window_extent().width > 0.3 * box.width
    texts = [ax.title, ax.xaxis.label, *ax.texts, *ax.get_yticklabels()]
    texts += ax.get_legend().get_texts() if ax.get_legend() else []
    for text in texts:
        extent = text.get_window_extent()
        assert not text.get_text() or (extent.x0 > -2 and extent.x1 < box.x1 + 2), text.get_text()
    plt.close(ax.figure)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize(
    "plot", ["terms by outlet", "sentiment_by", "passages", "overlap", "trends", "targets_by", "unnamed sources"]
)
def test_names_that_differ_at_their_end_have_labels_that_differ(plot, kind):
    ax = PLOTS[plot](corpus_of(NAMES[kind]))
    rows = [label.get_text() for label in ax.get_yticklabels()]
    legend = [text.get_text() for text in ax.get_legend().get_texts()] if ax.get_legend() else []
    for labels in (rows, legend, [text.get_text() for text in ax.texts if text.get_text().startswith("w")]):
        assert len(labels) == len(set(labels))
    plt.close(ax.figure)


def test_a_label_is_cut_between_characters_and_no_wider_than_asked():
    for name in NAMES.values():
        for line in style.wrap_label(name, 12, 2).split("\n"):
            assert style.count_letters(line.replace(r"\$", "$").strip("\u200a")) <= 12
    assert re.fullmatch("(e\u0301)+…", style.wrap_label(NAMES["accents"], 5, 1))


def test_a_name_that_fits_is_left_alone_and_equal_names_stay_equal():
    assert style.label_names(["Gull", "Gull", "Tide"], 10) == ["Gull", "Gull", "Tide"]
    first, again, other = style.label_names(["W" * 60 + "A", "W" * 60 + "A", "W" * 60 + "B"], 10)
    assert first == again != other
