"""What is left of a corpus can be nothing: then each function returns an empty table or says so in one sentence."""

import warnings

import pandas as pd
import pytest
from matplotlib import pyplot as plt

import pastepot as pp
from pastepot import cli, tables
from pastepot.frequency.concordance import to_nltk
from pastepot.frequency.counts import dtm
from pastepot.frequency.diversity import vocabulary_growth
from pastepot.plots.reuse_plots import plot_copies, plot_network
from pastepot.plots.sentiment_plots import plot_agreement, plot_sentiment
from pastepot.plots.term_plots import plot_zipf
from pastepot.reporting import notebooks
from pastepot.reporting.display import corpus_bundle, table_bundle
from pastepot.reuse.export import write_graphml, write_passim

TWO = {"outlet": ["Gull", "Post"], "date": ["2031-01-14", "2031-02-14"]}
CORPORA = {
    "an advertisement": {"text": ["Advertisement"]},
    "a comment form": {"text": ["Leave a Reply"], "date": ["2031-01-14"], "outlet": ["Gull"]},
    "a copyright line": {"text": ["© 2031 The Gull"]},
    "two of nothing": {"text": ["Advertisement", "Leave a Reply"], **TWO},
    "only marks": {"text": ["...!", "—"], **TWO},
    "one word": {"text": ["Ferry"], "date": ["2031-01-14"], "outlet": ["Gull"]},
    "one word beside nothing": {"text": ["Ferry", "Advertisement"], **TWO},
    "an article beside nothing": {"text": ["Advertisement", "The ferry sails late today, said the crew."], **TWO},
}
EMPTY = [name for name in CORPORA if "one word" not in name and "article" not in name]
BY = ("terms", "ngrams", "diversity", "sentiment_by", "overlap")
PLAIN = (
    "articles ledger rules problems sentences words quotations sources headline_words terms ngrams diversity sentiment"
    " sentiment_by coding_sheet passages longest_match clusters copies overlap boilerplate internal_repeats"
)
COUNTED = (
    "sentences words quotations sources headline_words terms ngrams sentiment coding_sheet passages clusters copies"
)
DRAWN = {
    pp.plot_terms: "terms",
    plot_zipf: "terms",
    pp.plot_dispersion: "concordance",
    pp.plot_collocates: "collocates",
    pp.plot_keyness: "keyness",
    pp.plot_trends: "trends",
    pp.plot_sentiment_by: "sentiment_by",
    plot_sentiment: "sentiment",
    pp.plot_targets_by: "targets_by",
    pp.plot_passages: "passages",
    pp.plot_clusters: "clusters",
    plot_copies: "copies",
    pp.plot_overlap: "overlap",
    pp.plot_attributions: "attributions",
    pp.plot_sources: "sources",
    pp.plot_unnamed_sources: "unnamed_sources",
    plot_network: "overlap",
}


def made(corpus, name):
    """Return a table of a corpus; two that compare take its first article."""
    asked = {
        "concordance": {"node": "ferry"},
        "collocates": {"node": "ferry"},
        "trends": {"node": ["ferry"]},
        "keyness": {"target": {"doc_id": corpus.doc_ids[:1]}},
        "targets": {"names": {"Ferry": ["ferry"]}},
        "targets_by": {"names": {"Ferry": ["ferry"]}},
    }
    return getattr(pp, name)(corpus, **asked.get(name, {}))


def one_sentence(error):
    """Return whether an error says what is missing in one or two sentences."""
    return 0 < len(str(error)) < 250 and "\n" not in str(error) and str(error).endswith(".")


@pytest.fixture(params=CORPORA)
def corpus(request):
    return pp.read(pd.DataFrame(CORPORA[request.param]), name="port")


@pytest.mark.parametrize(
    "name", [*PLAIN.split(), "concordance", "collocates", "trends", "keyness", "targets", "targets_by"]
)
def test_every_table_has_its_columns_and_its_sentence(corpus, name):
    refused = {"trends": not corpus.records[0].date, "keyness": len(corpus) == 1}
    if refused.get(name):
        with pytest.raises(pp.PastepotError, match=r"(date|whole corpus)[^\n]*\.$"):
            made(corpus, name)
        return
    table = made(corpus, name)
    assert set(tables.TABLES[str(table.attrs["table"])].columns) <= set(table.columns)
    assert "nan" not in tables.describe_table(table)
    assert "0 of no" not in tables.describe_table(table)
    assert table_bundle(table)["text/html"]


@pytest.mark.parametrize("name", COUNTED.split())
@pytest.mark.parametrize("kept", EMPTY)
def test_where_nothing_is_left_nothing_is_counted(kept, name):
    table = made(pp.read(pd.DataFrame(CORPORA[kept])), name)
    assert len(table) == 0 or kept == "only marks"
    if name in {"terms", "ngrams"}:
        assert "Counted no word." in tables.describe_table(table)


@pytest.mark.parametrize("by", ["outlet", "article", "month"])
@pytest.mark.parametrize("name", BY)
def test_groups_of_nothing_are_no_failure(corpus, name, by):
    table = getattr(pp, name)(corpus, by=by)
    assert set(tables.TABLES[name].columns) <= {*table.columns, "group"}


@pytest.mark.parametrize("plot", DRAWN, ids=lambda plot: plot.__name__)
def test_a_plot_draws_or_says_why_not(corpus, plot):
    said = None
    try:
        table = made(corpus, DRAWN[plot])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pp.figure(plot(table), table, name="a-figure")
    except pp.PastepotError as error:
        said = error
    plt.close("all")
    assert said is None or one_sentence(said)


@pytest.mark.parametrize("kept", EMPTY)
@pytest.mark.parametrize(
    "plot", [plot for plot in DRAWN if plot is not pp.plot_sentiment_by], ids=lambda plot: plot.__name__
)
def test_nothing_is_never_drawn(kept, plot):
    """Apart from groups without a score, which keep their row in the figure."""
    corpus = pp.read(pd.DataFrame(CORPORA[kept]))
    with pytest.raises(pp.PastepotError):
        plot(made(corpus, DRAWN[plot]))


def test_what_else_there_is_takes_such_a_corpus(corpus, tmp_path):
    assert dtm(corpus) is not None
    assert vocabulary_growth(corpus).attrs["table"] == "diversity"
    assert to_nltk(corpus) is not None
    assert write_passim(corpus, tmp_path / "a.jsonl").read_text(encoding="utf-8") == ""
    assert write_graphml(pp.overlap(corpus), tmp_path / "a.graphml").is_file()
    assert len(pp.read(pp.save(corpus, tmp_path / "saved"))) == len(corpus)
    assert corpus_bundle(corpus)
    assert repr(pp.cleaning_diff(corpus, corpus.doc_ids[0]))
    labels = pp.read_coding_sheets({"Mara": pp.coding_sheet(corpus)})
    agreement = pp.agreement(labels, pp.sentiment(corpus))
    assert agreement["alpha"].isna().all()
    plt.close(plot_agreement(agreement).figure)
    for compare in (lambda: pp.word_shift(corpus, by="doc_id"), lambda: pp.side_by_side(corpus, 0)):
        with pytest.raises(pp.PastepotError) as caught:
            compare()
        assert one_sentence(caught.value)


@pytest.mark.parametrize("text", ["Advertisement", "Leave a Reply", "© 2031 The Gull", "...!"])
def test_a_report_on_nothing_is_one_sentence_before_any_notebook(tmp_path, monkeypatch, capsys, text):
    monkeypatch.setattr(notebooks, "run_all", lambda *_: pytest.fail("a notebook ran"))
    source = tmp_path / "port"
    source.mkdir()
    (source / "a.txt").write_text(text, encoding="utf-8")
    assert cli.main(["report", str(source), "--out", str(tmp_path / "out")]) == cli.NOTHING
    told = f"report needs words to count, and port has none; `pastepot rules {source}` says what cleaning removed.\n"
    assert capsys.readouterr().err == told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("frame", [pd.DataFrame({"text": []}), pd.DataFrame({"text": ["", "  "]})])
def test_an_empty_frame_is_no_corpus(frame):
    with pytest.raises(pp.PastepotError, match="source must hold"):
        pp.read(frame)


@pytest.mark.parametrize("plot", DRAWN, ids=lambda plot: plot.__name__)
def test_an_empty_table_is_not_drawn(plot):
    with pytest.raises(pp.PastepotError) as caught:
        plot(tables.empty(DRAWN[plot]))
    assert one_sentence(caught.value)
