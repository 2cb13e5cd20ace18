"""The public face: names resolve, stay quick to import, and each shows an example that runs."""

import inspect
import subprocess
import sys

import pandas as pd
import pytest

import pastepot as pp
from pastepot import tables

HEAVY = ("matplotlib", "scipy", "numba", "nltk", "textblob", "sklearn", "IPython", "jinja2", "trafilatura", "py3langid")
MOST_NAMES = 64
NAMES = set(
    """read Corpus PastepotError describe_table articles ledger rules problems save cleaning_diff sentences
    words quotations attributions sources unnamed_sources stopwords terms ngrams concordance collocates keyness
    diversity trends headline_words sentiment sentiment_by targets targets_by word_shift coding_sheet read_coding_sheets
    agreement krippendorff_alpha passages clusters copies overlap boilerplate longest_match internal_repeats
    side_by_side report figure say plot_terms plot_trends plot_keyness plot_dispersion plot_collocates
    plot_sentiment_by plot_targets_by plot_word_shift plot_passages plot_clusters plot_overlap plot_attributions
    plot_sources plot_unnamed_sources""".split()  # noqa: SIM905 (fifty-six quoted names are harder to read)
)
"""The public face; whatever else is of use is imported from its module."""
NO_EXAMPLE = {"report", "Corpus"}
"""What needs more than three made-up rows to be shown."""


def test_importing_pastepot_loads_nothing_heavy():
    code = f"import pastepot, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_public_face_is_this_list_and_stays_small():
    assert set(pp.__all__) == {"__version__", *NAMES}
    assert len(pp.__all__) == len(NAMES) + 1 <= MOST_NAMES + 1
    assert dir(pp) == sorted(pp.__all__)


@pytest.mark.parametrize("name", sorted(set(pp.__all__) - {"__version__"}))
def test_every_public_name_resolves_and_says_what_it_returns(name):
    value = getattr(pp, name)
    assert inspect.getdoc(value)
    if inspect.isfunction(value) and name not in NO_EXAMPLE:
        assert ">>>" in inspect.getdoc(value), f"{name} lacks an example"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'pastepot' has no attribute 'trems'"):
        pp.trems  # noqa: B018 (reading the attribute is the test)


def test_every_column_of_every_table_is_described_and_what_is_shown_is_a_column():
    for name, table in tables.TABLES.items():
        assert set(table.columns) <= set(tables.COLUMNS), name
        assert set(table.shown) <= set(table.columns), name
        assert len(table.shown) <= 6, name


def test_no_column_is_described_that_no_table_has():
    used = {column for table in tables.TABLES.values() for column in (*table.columns, *table.optional)}
    assert set(tables.COLUMNS) == used


def test_no_measure_changes_the_table_or_corpus_it_is_given():
    corpus = pp.read(pd.DataFrame({"text": ["The ferry sails. The ferry waits."]}))
    before = pp.articles(corpus).to_csv(), corpus.records
    articles = pp.articles(corpus)
    articles["title"] = "changed by the user"
    for measure in (pp.words, pp.terms, pp.sentences, pp.sentiment, pp.passages):
        measure(corpus)
    assert (pp.articles(corpus).to_csv(), corpus.records) == before
