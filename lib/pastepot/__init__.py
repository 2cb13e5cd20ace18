"""Pastepot: media analysis whose every number can be walked back to characters in the source file.

The names below are resolved when they are first used, so that ``import pastepot`` stays quick.

>>> import pastepot as pp
>>> "terms" in dir(pp)
True
"""

import sys
from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "PastepotError": "pastepot.errors",
    "describe": "pastepot.tables",
    "known_articles": "pastepot.corpus.catalogue",
    "read": "pastepot.corpus.read",
    "Corpus": "pastepot.corpus.corpus",
    "articles": "pastepot.corpus.corpus",
    "ledger": "pastepot.corpus.corpus",
    "rules": "pastepot.corpus.corpus",
    "problems": "pastepot.corpus.corpus",
    "save": "pastepot.corpus.store",
    "sentences": "pastepot.text.annotations",
    "words": "pastepot.text.annotations",
    "quotations": "pastepot.text.annotations",
    "sources": "pastepot.frequency.sources",
    "terms": "pastepot.frequency.counts",
    "dtm": "pastepot.frequency.counts",
    "stopwords": "pastepot.text.stopwords",
    "ngrams": "pastepot.frequency.ngrams",
    "concordance": "pastepot.frequency.concordance",
    "collocates": "pastepot.frequency.collocation",
    "keyness": "pastepot.frequency.keyness",
    "diversity": "pastepot.frequency.diversity",
    "growth": "pastepot.frequency.diversity",
    "trends": "pastepot.frequency.trends",
    "headline": "pastepot.frequency.headline",
    "to_nltk": "pastepot.frequency.neighbours",
    "sentiment": "pastepot.tone.scores",
    "sentiment_by": "pastepot.tone.scores",
    "news_scores": "pastepot.tone.model",
    "explain_news": "pastepot.tone.model",
    "model_card": "pastepot.tone.model",
    "target_scores": "pastepot.tone.model",
    "targets": "pastepot.tone.targets",
    "targets_by": "pastepot.tone.targets",
    "shift": "pastepot.tone.shifts",
    "coding_sheet": "pastepot.tone.validity",
    "read_coding": "pastepot.tone.validity",
    "agreement": "pastepot.tone.validity",
    "alpha": "pastepot.tone.agreement",
    "check_scorer": "pastepot.tone.scorers",
    "passages": "pastepot.reuse.passages",
    "families": "pastepot.reuse.families",
    "copies": "pastepot.reuse.families",
    "boilerplate": "pastepot.reuse.families",
    "coverage": "pastepot.reuse.coverage",
    "longest_shared": "pastepot.reuse.passages",
    "echoes": "pastepot.reuse.echoes",
    "write_passim": "pastepot.reuse.exchange",
    "write_graphml": "pastepot.reuse.exchange",
    "diff": "pastepot.show.struck",
    "side_by_side": "pastepot.show.side_by_side",
    "say": "pastepot.show.display",
    "check": "pastepot.show.exercises",
    "figure": "pastepot.show.figures",
    "plot_terms": "pastepot.show.term_plots",
    "plot_sentiment_by": "pastepot.show.tone_plots",
    "plot_sentiment": "pastepot.show.tone_plots",
    "plot_targets_by": "pastepot.show.tone_plots",
    "plot_shift": "pastepot.show.tone_plots",
    "plot_agreement": "pastepot.show.tone_plots",
    "plot_passages": "pastepot.show.reuse_plots",
    "plot_keyness": "pastepot.show.term_plots",
    "plot_dispersion": "pastepot.show.term_plots",
    "plot_collocates": "pastepot.show.term_plots",
    "plot_zipf": "pastepot.show.term_plots",
    "plot_trends": "pastepot.show.trend_plots",
    "plot_families": "pastepot.show.reuse_plots",
    "plot_copies": "pastepot.show.reuse_plots",
    "plot_coverage": "pastepot.show.reuse_plots",
    "plot_network": "pastepot.show.reuse_plots",
    "report": "pastepot.show.notebooks",
}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604 (the names come from one table, so that none can be forgotten)


def __getattr__(name: str) -> object:
    """Return the public object called `name` from its room."""
    if name not in _HOME:
        raise AttributeError(f"module 'pastepot' has no attribute {name!r}")
    if "IPython" in sys.modules:
        import_module("pastepot.show.display").register()
    found: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
