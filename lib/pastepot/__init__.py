"""Pastepot: media analysis whose counts can be traced to characters of an article's text, and articles to their files.

For .html, .docx, .rtf, .pdf, .xml and .xlsx files that text is extracted. Model scores and p-values trace to the
sentences and articles they were computed from.

The names below are resolved when they are first used, so that ``import pastepot`` stays quick. Less common functions
are imported from their modules, as in ``from pastepot.reuse.export import write_passim``.

>>> import pastepot as pp
>>> "terms" in dir(pp)
True
"""

import functools
import sys
from importlib import import_module
from inspect import isfunction

__version__ = "0.1.0"

_NAMES = {
    "errors": "PastepotError",
    "tables": "describe_table",
    "corpus.read": "read",
    "corpus.corpus": "Corpus articles ledger rules problems",
    "corpus.store": "save",
    "text.annotations": "sentences words quotations",
    "text.attributions": "attributions",
    "text.sources": "sources unnamed_sources",
    "text.words": "stopwords",
    "frequency.counts": "terms headline_words",
    "frequency.ngrams": "ngrams",
    "frequency.concordance": "concordance",
    "frequency.collocation": "collocates",
    "frequency.keyness": "keyness",
    "frequency.diversity": "diversity",
    "frequency.trends": "trends",
    "sentiment_analysis.scores": "sentiment sentiment_by",
    "sentiment_analysis.targets": "targets targets_by",
    "sentiment_analysis.word_shift": "word_shift",
    "sentiment_analysis.reliability": "coding_sheet read_coding_sheets agreement krippendorff_alpha",
    "reuse.passages": "passages longest_match",
    "reuse.clusters": "clusters copies overlap boilerplate internal_repeats",
    "plots.term_plots": "plot_terms plot_keyness plot_dispersion plot_collocates",
    "plots.trend_plots": "plot_trends",
    "plots.sentiment_plots": "plot_sentiment_by plot_targets_by plot_word_shift",
    "plots.reuse_plots": "plot_passages plot_clusters plot_overlap",
    "plots.source_plots": "plot_attributions plot_sources plot_unnamed_sources",
    "reporting.diff": "cleaning_diff side_by_side",
    "reporting.notebooks": "report",
    "reporting.figures": "figure",
    "reporting.display": "say",
}
"""The public names of each module."""
_HOME = {name: f"pastepot.{module}" for module, names in _NAMES.items() for name in names.split()}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 (the names come from one table, so that none can be forgotten)


@functools.cache
def __getattr__(name: str) -> object:
    """Return the public object called `name` from its room; a function checks its arguments."""
    if name not in _HOME:
        raise AttributeError(f"module 'pastepot' has no attribute {name!r}")
    if "IPython" in sys.modules:
        import_module("pastepot.reporting.display").register()
    value: object = getattr(import_module(_HOME[name]), name)
    if isfunction(value):
        ways = import_module("pastepot.files").data("arguments.toml")
        value = import_module("pastepot.errors").check_arguments(value, ways)
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
