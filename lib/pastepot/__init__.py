"""Pastepot: media analysis whose every number can be traced to characters in the source file.

The names below are resolved when they are first used, so that ``import pastepot`` stays quick. Less common functions
are imported from their modules, as in ``from pastepot.reuse.export import write_passim``.

>>> import pastepot as pp
>>> "terms" in dir(pp)
True
"""

import sys
from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "read": "pastepot.corpus.read",
    "Corpus": "pastepot.corpus.corpus",
    "PastepotError": "pastepot.errors",
    "describe_table": "pastepot.tables",
    "articles": "pastepot.corpus.corpus",
    "ledger": "pastepot.corpus.corpus",
    "rules": "pastepot.corpus.corpus",
    "problems": "pastepot.corpus.corpus",
    "save": "pastepot.corpus.store",
    "cleaning_diff": "pastepot.reporting.diff",
    "sentences": "pastepot.text.annotations",
    "words": "pastepot.text.annotations",
    "quotations": "pastepot.text.annotations",
    "sources": "pastepot.text.sources",
    "stopwords": "pastepot.text.words",
    "terms": "pastepot.frequency.counts",
    "ngrams": "pastepot.frequency.ngrams",
    "concordance": "pastepot.frequency.concordance",
    "collocates": "pastepot.frequency.collocation",
    "keyness": "pastepot.frequency.keyness",
    "diversity": "pastepot.frequency.diversity",
    "trends": "pastepot.frequency.trends",
    "headline_words": "pastepot.frequency.counts",
    "sentiment": "pastepot.sentiment_analysis.scores",
    "sentiment_by": "pastepot.sentiment_analysis.scores",
    "targets": "pastepot.sentiment_analysis.targets",
    "targets_by": "pastepot.sentiment_analysis.targets",
    "word_shift": "pastepot.sentiment_analysis.word_shift",
    "coding_sheet": "pastepot.sentiment_analysis.reliability",
    "read_coding_sheets": "pastepot.sentiment_analysis.reliability",
    "agreement": "pastepot.sentiment_analysis.reliability",
    "krippendorff_alpha": "pastepot.sentiment_analysis.agreement",
    "passages": "pastepot.reuse.passages",
    "clusters": "pastepot.reuse.clusters",
    "copies": "pastepot.reuse.clusters",
    "overlap": "pastepot.reuse.overlap_table",
    "boilerplate": "pastepot.reuse.clusters",
    "longest_match": "pastepot.reuse.passages",
    "internal_repeats": "pastepot.reuse.echoes",
    "side_by_side": "pastepot.reporting.side_by_side",
    "report": "pastepot.reporting.notebooks",
    "figure": "pastepot.reporting.figures",
    "say": "pastepot.reporting.display",
    "plot_terms": "pastepot.plots.term_plots",
    "plot_trends": "pastepot.plots.trend_plots",
    "plot_keyness": "pastepot.plots.term_plots",
    "plot_dispersion": "pastepot.plots.term_plots",
    "plot_collocates": "pastepot.plots.term_plots",
    "plot_sentiment_by": "pastepot.plots.sentiment_plots",
    "plot_targets_by": "pastepot.plots.sentiment_plots",
    "plot_word_shift": "pastepot.plots.sentiment_plots",
    "plot_passages": "pastepot.plots.reuse_plots",
    "plot_clusters": "pastepot.plots.reuse_plots",
    "plot_overlap": "pastepot.plots.reuse_plots",
}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 (the names come from one table, so that none can be forgotten)


def __getattr__(name: str) -> object:
    """Return the public object called `name` from its room."""
    if name not in _HOME:
        raise AttributeError(f"module 'pastepot' has no attribute {name!r}")
    if "IPython" in sys.modules:
        import_module("pastepot.reporting.display").register()
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
