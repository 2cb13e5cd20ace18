"""Tables built by hand, hostile labels, and what a browser would show of a piece of HTML."""

from html.parser import HTMLParser

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from pastepot import tables

TITLE = "<script>alert(1)</script> cost $5 and $6"
FILE = "<b>x</b>.txt"
LABELS = [
    TITLE,
    FILE,
    r"$\frac{1}{$",
    r"$\undefinedcmd$",
    "_hidden",
    "$" * 40,
    "{" * 30 + "}" * 30,
    "one\ntwo\tthree",
    "\u202egnp.exe",
    "x" * 400,
    "\x1b[31mred",
    "",
    "港のフェリー",
]


class Seen(HTMLParser):
    """Collects the tags of a page with their attributes, and its text."""

    def __init__(self, markup) -> None:
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Note text."""
        self.text += data

    def all(self, tag):
        """Return the attributes of every tag of one name."""
        return [attrs for name, attrs in self.tags if name == tag]


def build_terms(names=("ferry", "port", "crew"), **columns):
    size = len(names)
    counts = list(range(size, 0, -1))
    made = {"term": list(names), "count": counts, "rate": [2.5 * n for n in counts], "doc_count": [1] * size}
    made |= {"outlets": [1] * size, "dp": [0.25] * size, **columns}
    return tables.build("terms", made, corpus="harbour", counted=tables.describe_count(400, 450))


def build_tone(groups=("Gazette", "Gull"), means=(-0.25, 0.1, 0.05, 0.3), **columns):
    names = [name for name in groups for _ in range(2)]
    size = len(names)
    made = {"group": names, "articles": [3] * size, "sentences": [40 + place // 2 for place in range(size)]}
    made |= {"tool": ["vader", "textblob"] * len(groups), "mean": (list(means) * size)[:size], "low": [None] * size}
    made |= {
        "high": [None] * size,
        "share_same_sign": [0.5] * size,
        "share_no_known_word": [0.25] * size,
        "reason": [""] * size,
    }
    return tables.build("sentiment_by", {**made, **columns}, corpus="harbour")


def build_passages(pairs=(("a.txt", 10, 90, "b.txt", 200, 280, 14), ("b.txt", 5, 50, "b.txt", 300, 345, 9)), **attrs):
    names = ("doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "words")
    size = len(pairs)
    made = {name: [pair[place] for pair in pairs] for place, name in enumerate(names)}
    made |= {"matched": made["words"], "identity": [1.0] * size, "strength": [90.0] * size}
    made |= {"edit_kind": ["verbatim"] * size, "cluster": list(range(size))}
    made |= {"date_order": ["undated"] * size, "lag_days": pd.array([None] * size, "Int64")}
    return tables.build("passages", made, corpus="harbour", **attrs)


# --- fixtures -------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_figure_stays_open(request):
    """Close what a test drew, and hold that it left matplotlib's settings as it found them."""
    if not {"plots", "reporting"} & set(request.path.parts):
        yield
        return
    plt.close("all")
    before = dict(mpl.rcParams)
    yield
    plt.close("all")
    assert dict(mpl.rcParams) == before


@pytest.fixture
def seen():
    return Seen


@pytest.fixture
def terms():
    return build_terms


@pytest.fixture
def tone():
    return build_tone


@pytest.fixture
def passages():
    return build_passages
