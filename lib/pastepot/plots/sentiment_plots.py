"""Plots of sentiment: through an article, by group, towards targets, behind a difference, and how labels agree."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from pastepot import errors, escape
from pastepot.plots import style
from pastepot.plots.alt_text import list_ends, list_rows, name_labellers, shorten_name
from pastepot.sentiment_analysis.word_shift import PUNCTUATION
from pastepot.tables import column_heading
from pastepot.wording import count_noun

ARC = ("vader", "textblob")
"""The tools of an arc: those that anyone can run again."""

FILLS = {"reporter": "full", "mixed": "left", "quoted": "none"}
"""How much of a marker is filled: the more of a sentence is quoted, the less."""

SIGNS = {
    "same": style.COLOURS[0],
    "both zero": "#9bbfd8",
    "one zero": "#cde0ec",
    "opposite": style.COLOURS[1],
    "no known word": style.RULE,
}
"""How the signs of two scores compare, each with its colour."""

NARROWEST = 0.05
"""Share of the bar that has room for its number."""

LONGEST_NAME = 44
"""Letters of an article's name under its arc."""

FEW_BARS = 6
"""Bars that a word shift has room for at least, since the words around it need some."""

NAME_IN_LEGEND = 30
"""Letters of a name among other words of a legend."""

STANCE = "The tools score words, not stance."


def plot_sentiment(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    r"""Return axes with the sentiment arc of one article: its sentences in order, each scored by VADER and TextBlob.

    A marker is filled for the reporter's words, half filled for mixed sentences, hollow for quoted words. A grey stroke
    joins the two scores of a sentence; a small cross at 0 is a sentence without a word that either tool knows.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, has several articles, or no score.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.scores import sentiment
    >>> df = sentiment(read(pd.DataFrame({"doc_id": ["a", "b"], "text": ["A great day.", "A bad day. It rains."]})))
    >>> ax = plot_sentiment(df[df["doc_id"] == "b"])
    >>> ax.get_xlabel().split("\n")[-1]
    '2 sentences of b'
    >>> plt.close(ax.figure)
    >>> plot_sentiment(df)
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: sentiment has 2 articles; an arc shows one. Choose it: df[df["doc_id"] == "a"].
    """
    style.check_drawable("sentiment", df, ("doc_id", "sentence", "voice", *ARC, "known_words"))
    names = df["doc_id"].unique()
    if len(names) > 1:
        choice = f'df[df["doc_id"] == "{names[0]}"]'
        raise errors.PastepotError(f"sentiment has {len(names)} articles; an arc shows one. Choose it: {choice}.")
    rows = df[df["vader"].notna()].sort_values("sentence", kind="stable")
    if rows.empty:
        raise errors.PastepotError("sentiment has no score in this article: its column reason says why.")
    ax = style.new_axes(ax, *style.LINE_PLOT)
    _draw_arc(ax, rows[rows["known_words"] > 0], rows[rows["known_words"] == 0])
    ax.set_ylim(-1.08, 1.08)
    n = f"{count_noun(len(rows), 'sentence')} of {shorten_name(names[0], LONGEST_NAME)}"
    unit = "Number of the sentence; up: score, −1 to 1"
    rows, words = rows[["sentence", "voice", *ARC, "known_words"]], ("Sentiment through one article", unit, n)
    return style.add_labels(ax, rows, (*words, _describe_arc(rows)), under=STANCE, legend=3, numbers="xy")


def _describe_arc(rows: pd.DataFrame) -> str:
    """Return in words how far each tool's scores go, and how many are below and above 0."""
    words = ""
    for tool in ARC:
        ends = " to ".join(dict.fromkeys([f"{rows[tool].min():+.2f}", f"{rows[tool].max():+.2f}"]))
        below, above = (int(side.sum()) or "none" for side in (rows[tool] < 0, rows[tool] > 0))
        words += f"{column_heading(tool)}: {ends}, {below} below 0, {above} above 0. "
    return f"{words}{count_noun(int((rows['known_words'] == 0).sum()), 'sentence')} without a known word"


def _draw_arc(ax: Axes, known: pd.DataFrame, unknown: pd.DataFrame) -> None:
    """Draw the scores of the sentences with a known word, a cross for the others, and a legend of both."""
    ax.axhline(0, color=style.INK, lw=1, zorder=1)
    ends = [(known["sentence"].astype(float), known[tool]) for tool in ARC]
    style.draw_strokes(ax, *ends, color=style.RULE, lw=1.2, zorder=0)
    for number, tool in enumerate(ARC):
        for voice, rows in known.groupby("voice", sort=True):
            style.mark(ax, rows["sentence"].tolist(), rows[tool].tolist(), number, **_fill(FILLS[str(voice)]))
        style.mark(ax, [], [], number, label=column_heading(tool), **_fill("full"))
    for voice in sorted(set(known["voice"]), key=list(FILLS).index):
        style.mark(ax, [], [], color=style.FAINT, label=voice, **_fill(FILLS[voice]))
    if len(unknown):
        x, y = unknown["sentence"].tolist(), [0.0] * len(unknown)
        ax.plot(x, y, "x", color=style.FAINT, ms=4, label="no known word")


def _fill(fill: str) -> dict[str, Any]:
    """Return the look of a marker with so much of it filled."""
    return {"ms": 6, "mec": None, "mew": 0 if fill == "full" else 1.2, "fillstyle": fill, "markerfacecoloralt": "white"}


def plot_sentiment_by(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the mean sentiment of each group, one marker a tool, intervals where the table has them.

    Above 30 groups, those with most sentences are drawn, and the axis says so.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> from matplotlib import pyplot as plt
    >>> tone = {"group": ["Gazette", "Gazette"], "articles": [3, 3], "sentences": [40, 40], "mean": [-0.1, 0.05]}
    >>> tone |= {"tool": ["vader", "textblob"], "low": [None] * 2, "high": [None] * 2, "reason": [""] * 2}
    >>> tone |= {"share_same_sign": [0.5] * 2, "share_no_known_word": [0.2] * 2}
    >>> df = tables.build("sentiment_by", tone, corpus="port")
    >>> ax = plot_sentiment_by(df)
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts][:1]
    (['Gazette'], ['n = 40'])
    >>> plt.close(ax.figure)
    """
    columns = ["group", "tool", "sentences", "mean", "low", "high"]
    style.check_drawable("sentiment_by", df, columns)
    return _plot_means(ax, df[columns], "sentences", "of sentences", none="no score")


def plot_targets_by(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with the mean sentiment towards each target in each group, intervals where the table has them.

    Groups without a scored mention are left out and counted; above 30 groups, those with most mentions are drawn.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, has no scored mention, or more than five targets.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.targets import targets_by
    >>> corpus = read(pd.DataFrame({"text": ["The town thanked the company."], "outlet": ["Gazette"]}))
    >>> ax = plot_targets_by(targets_by(corpus, {"firm": "company"}))
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts][:1]
    (['Gazette'], ['n = 1'])
    >>> plt.close(ax.figure)
    """
    columns = ["group", "target", "count", "mean", "low", "high"]
    style.check_drawable("targets_by", df, columns)
    scored = df[df["mean"].notna()]
    if scored.empty:
        raise errors.PastepotError("targets_by has no scored mention: its column reason says why.")
    style.check_group_count("targets_by", scored["target"].unique(), "targets")
    hidden = df["group"].nunique() - scored["group"].nunique()
    return _plot_means(ax, scored[columns], "mentions", "towards targets", none="no scored mention", hidden=hidden)


def _mark_means(ax: Axes, df: pd.DataFrame, series: str, rows: pd.Index, *, gap: float) -> None:
    """Mark the means of each series (tool, target, level) with their intervals, those of one row above each other."""
    ax.axvline(0, color=style.INK, lw=1, zorder=1)
    values = list(dict.fromkeys(df[series]))
    for number, value in enumerate(values):
        chosen = df[df[series] == value].set_index(rows.names).reindex(rows)
        heights = [line + gap * (number - (len(values) - 1) / 2) for line in range(len(rows))]
        low, high, mean = (chosen[column].astype(float).tolist() for column in ("low", "high", "mean"))
        ax.hlines(heights, low, high, color=style.COLOURS[number % len(style.COLOURS)], lw=2)
        style.mark(ax, mean, heights, number, label=escape.escape_figure(value or "(no name)"))


def _plot_means(ax: Axes | None, df: pd.DataFrame, counted: str, of: str, *, none: str, hidden: int = 0) -> Axes:
    """Return axes with the means of groups; left and right reach equally far, at most a little beyond 1."""
    series, size = ("tool", "sentences") if "tool" in df.columns else ("target", "count")
    by_group = df.groupby("group", sort=False)[size]
    sizes = by_group.max() if series == "tool" else by_group.sum()
    noun = style.group_noun(df)
    names, n = style.largest_groups(sizes, noun, f"with most {counted}")
    rows, sizes = df[df["group"].isin(names)], sizes[names]
    ax = style.new_rows(ax, names, [f"n = {count:,}" for count in sizes])
    named = rows.assign(tool=rows["tool"].map(column_heading)) if series == "tool" else rows
    _mark_means(ax, named, series, sizes.index, gap=0.7 / rows[series].nunique())
    ax.hlines(range(len(names)), -2, 2, color=style.RULE, lw=0.8, zorder=0)
    most = rows[["mean", "low", "high"]].abs().max().max()
    reach = min(max(0.25, 1.2 * float(most) if pd.notna(most) else 0), 1.05)
    ax.set_xlim(-reach, reach)
    lead = "Lowest and highest are of those drawn. " * (len(names) < len(by_group))
    n += f"; n: {counted}, {sizes.sum():,} in all" + f"; {count_noun(hidden, noun)} not drawn: {none}" * bool(hidden)
    ends = list_ends(named, series, "mean", f"{{group}} at {{mean:+.2f}} ({counted}: {{{size}:,}})", none)
    words = f"Mean sentiment {of}", "Mean score (−1 negative, 1 positive)", n, lead + ends
    return style.add_labels(ax, rows, words, under=style.interval_note(rows), legend=2)


def plot_word_shift(df: pd.DataFrame, *, top: int = 15, ax: Axes | None = None) -> Axes:
    r"""Return axes with the words behind a difference: bars to the right make the first group more positive.

    Punctuation has no bar; what it adds is below the axis.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.word_shift`.
    top : int
        How many words to draw, from the table's first on.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty or lacks a column.

    Examples
    --------
    >>> from pastepot import tables
    >>> from matplotlib import pyplot as plt
    >>> words = {"word": ["fraud", "thanks"], "weight": [-1.0, 0.5], "freq_a": [0.5, 0.0], "freq_b": [0.0, 0.5]}
    >>> settings = {"a": "Gazette", "b": "Post"}
    >>> df = tables.build("word_shift", {**words, "contribution": [-0.5, -0.25]}, corpus="port", settings=settings)
    >>> ax = plot_word_shift(df)
    >>> ax.get_xlabel().split("\n")[-1]
    '2 words or pairs; sum of all −0.75'
    >>> plt.close(ax.figure)
    """
    style.check_drawable("word_shift", df, ("word", "contribution"), top)
    words = df[df["word"] != PUNCTUATION]
    rows = words.head(top)
    settings = df.attrs.get("settings", {})
    a, b = style.label_names([settings.get(side, f"group {side}") for side in "ab"], NAME_IN_LEGEND)
    ax = style.new_rows(ax, [*rows["word"]], height=style.BAR_ROW, least=FEW_BARS)
    up = (rows["contribution"] > 0).to_numpy()
    for chosen, colour, name in ((up, style.COLOURS[0], a), (~up, style.COLOURS[1], b)):
        if chosen.any():
            label, values = f"makes {name} the more positive", rows["contribution"][chosen].tolist()
            ax.barh(chosen.nonzero()[0].tolist(), values, color=colour, height=0.7, label=label)
    ax.axvline(0, color=style.INK, lw=1)
    marks = df["contribution"].sum() - words["contribution"].sum()
    total, rest = (f"{part:+,.3g}".replace("-", "−") for part in (df["contribution"].sum(), marks))
    n = f"{style.say_drawn(len(rows), len(words), 'word or pair', plural='words or pairs')}; sum of all {total}"
    n += f", of which punctuation, a row of its own, {rest}" if len(words) < len(df) else ""
    unit = "Part of the difference in mean linear score: log odds, so not the difference of means of news_model"
    extremes = list_rows(rows, "Largest", "“{word}” ({contribution:+.3f})", 5)
    title, counted = "Words behind a sentiment difference", str(df.attrs.get("counted", ""))
    return style.add_labels(ax, rows, (title, unit, n, extremes), kind="Bar chart", under=counted, legend=1)


def plot_agreement(df: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return axes with how often VADER and TextBlob agree, or with how far coders and tools do.

    Parameters
    ----------
    df : DataFrame
        Made by `pastepot.sentiment`: one stacked bar of its sentences. Or made by `pastepot.agreement`: one dot a pair
        and level of measurement, with its interval where the table has one.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Raises
    ------
    PastepotError
        If the table is empty, lacks a column, or contains no score.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> from pastepot.corpus.read import read
    >>> from pastepot.sentiment_analysis.scores import sentiment
    >>> ax = plot_agreement(sentiment(read(pd.DataFrame({"text": ["A great day. The crane is tall."]}))))
    >>> [text.get_text() for text in ax.texts], [text.get_text() for text in ax.get_legend().get_texts()]
    (['1', '1'], ['same', 'no known word'])
    >>> plt.close(ax.figure)
    """
    return _plot_alphas(df, ax) if "alpha" in df.columns else _plot_signs(df, ax)


def _plot_signs(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw one bar of all scored sentences, split by the signs of the two tools."""
    style.check_drawable("sentiment", df, ("signs",))
    counts = df["signs"].value_counts()
    shown = [sign for sign in SIGNS if sign in counts]
    if not shown:
        raise errors.PastepotError("sentiment has no score: its column reason says why.")
    scored, left = int(counts[shown].sum()), 0
    ax = style.new_axes(ax, 2, 0.4)
    for sign in shown:
        count = int(counts[sign])
        bar = ax.barh([0], [count], left=[left], color=SIGNS[sign], height=0.5, label=sign)
        if count >= NARROWEST * scored:
            ink = "white" if sign == "same" else style.INK
            ax.bar_label(bar, [f"{count:,}"], label_type="center", fontsize=style.SMALL, color=ink)
        left += count
    style.label_rows(ax, [""])
    ax.set_xlim(0, scored)
    unit, title = "Sentences, by the signs of both scores", "Signs of VADER and TextBlob compared"
    rows = counts[shown].rename_axis("signs").reset_index(name="count")
    rows.attrs = {"corpus": df.attrs.get("corpus")}
    extremes = list_rows(rows, "Signs of both", "{signs} {count:,}", len(SIGNS))
    words = title, unit, count_noun(scored, "sentence"), extremes
    return style.add_labels(ax, rows, words, kind="One stacked bar", legend=5)


def _plot_alphas(df: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw alpha of each pair, one marker a level of measurement."""
    columns = ["a", "b", "level", "sentences", "alpha", "low", "high"]
    style.check_drawable("agreement", df, [*columns, "articles"])
    sizes = df.groupby(["a", "b"], sort=False)["sentences"].max()
    names = [name_labellers(a, b) for a, b in sizes.index]
    ax = style.new_rows(ax, names, [f"n = {count:,}" for count in sizes], height=0.55)
    gap = 0.7 / df["level"].nunique()
    _mark_means(ax, df.rename(columns={"alpha": "mean"}), "level", sizes.index, gap=gap)
    unit = "Krippendorff’s alpha (0: as by chance, 1: full)"
    known = df[df["alpha"].notna()]
    n = f"{count_noun(len(known), 'value')}; n: sentences, in {count_noun(df['articles'].max(), 'article')}"
    pairs = [name_labellers(a, b) for a, b in zip(known["a"], known["b"], strict=True)]
    template = "{pair}, {level}: {alpha:.2f} (sentences: {sentences:,})"
    extremes, note = list_rows(known.assign(pair=pairs), "Alpha", template, 6), style.interval_note(df)
    return style.add_labels(ax, df[columns], ("Agreement of labels", unit, n, extremes), under=note, legend=3)
