"""The registry of tables: each table's columns, types, meaning, order, plain-word headings, and what is shown.

One word means one thing: a column is described once, in `COLUMNS`, whichever tables have it. Functions, the command
line, the documentation and the display all read this registry.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pastepot import errors

Kind = Literal["text", "whole", "maybe_whole", "number", "date", "flag"]
DTYPES: Mapping[Kind, str] = {
    "text": "object",
    "whole": "int64",
    "maybe_whole": "Int64",
    "number": "float64",
    "date": "datetime64[s]",
    "flag": "bool",
}


class Column(NamedTuple):
    """What one column holds: its kind, its heading in plain words, and its meaning with unit."""

    kind: Kind
    heading: str
    meaning: str


class Table(NamedTuple):
    """What one table is: a row in words, its caption, its columns, the (at most six) shown, those an option adds."""

    row: str
    caption: str
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    optional: tuple[str, ...] = ()


COLUMNS: Mapping[str, Column] = {
    "doc_id": Column("text", "Article", "name of the article, unique in the corpus"),
    "title": Column("text", "Title", "headline"),
    "outlet": Column("text", "Outlet", "newspaper, site, agency or office that published it; empty if unknown"),
    "date": Column("date", "Date", "day of publication as the source states it; empty if unknown"),
    "date_source": Column("text", "Date from", "where the date was found"),
    "date_hint": Column("text", "Date hint", "what the text suggests about its date; inferred, used in no trend"),
    "author": Column("text", "Author", "who signed it, as stated"),
    "lang": Column("text", "Language", "language found in the first 400 characters, or why none is given"),
    "translated": Column("flag", "Translated", "whether a credit says that the text is a translation"),
    "path": Column("text", "File", "file the article or problem came from, relative to the source"),
    "encoding": Column("text", "Encoding", "how the file's bytes were read as text"),
    "file_start": Column("whole", "Starts at", "code points of the file before the article's first character"),
    "reader": Column("text", "Reader", "format reader that took the article in"),
    "sha256": Column("text", "Digest", "SHA-256 of the raw text in its encoding"),
    "chars": Column("whole", "Characters", "code points of raw text"),
    "share": Column("number", "Share", "share of the whole, 0 to 1"),
    "words": Column("whole", "Words", "number of words"),
    "start": Column("whole", "From", "first character, in code points of the raw text"),
    "end": Column("whole", "To", "character after the last one, in code points of the raw text"),
    "rule": Column("text", "Rule", "name of the cleaning or detection rule"),
    "action": Column("text", "Action", "drop (taken out), replace (characters mended) or label (kept and named)"),
    "replacement": Column("text", "Replaced by", "characters put in place of the span"),
    "evidence": Column("text", "Evidence", "why the rule acted, in words"),
    "where": Column("text", "Where", "row, line or member of the file; or the place of a word"),
    "reason": Column("text", "Reason", "why nothing stands here, in words; empty where nothing is missing"),
    "sentence": Column("maybe_whole", "Sentence", "number of the sentence in its article, from 0"),
    "text": Column("text", "Text", "cleaned text of the span"),
    "part": Column("text", "Part", "body, title, subheading, caption, credit, bio or repeat"),
    "voice": Column("text", "Voice", "reporter, quoted, or mixed for a sentence that holds both"),
    "position": Column("whole", "Position", "number of the word in its sentence, from 0"),
    "token": Column("text", "Word", "the word as it stands in the text"),
    "term": Column("text", "Term", "the word's key: lower case, straight apostrophe, no soft hyphen"),
    "flag": Column("text", "Marks are", "ok, continues, repaired_open, displaced_close, unclosed or stray"),
    "marks": Column("text", "Quotation marks", "double or single"),
    "speaker": Column(
        "text", "Speaker", "who is quoted, as named beside the quotation; empty if the text does not say"
    ),
    "speaker_start": Column("maybe_whole", "Speaker from", "first character of the speaker's name in the raw text"),
    "speaker_end": Column("maybe_whole", "Speaker to", "character after the speaker's name in the raw text"),
    "cue": Column("text", "Cue", "verb or phrase that ties the quotation to its speaker"),
    "quotations": Column("whole", "Quotations", "number of quotations"),
    "words_quoted": Column("whole", "Words quoted", "counted words inside the quotations"),
    "first_start": Column("whole", "First at", "first character of the first quotation or phrase in the raw text"),
    "count": Column("whole", "Count", "number of hits"),
    "rate": Column("number", "Per 1,000 words", "hits per 1,000 counted words, unless `per` says otherwise"),
    "doc_count": Column("whole", "Articles", "number of articles with a hit"),
    "outlets": Column("whole", "Outlets", "number of outlets with a hit"),
    "dp": Column("number", "Unevenness (DP)", "deviation of proportions over articles: 0 even, near 1 in one place"),
    "members": Column("text", "Forms", "the words counted together here, the commonest first"),
    "tf_idf": Column("number", "TF-IDF", "weight in this group against the others, by the variant the settings name"),
    "ngram": Column("text", "Words in a row", "the words of an n-gram, as terms"),
    "n": Column("whole", "Length", "number of words in a row"),
    "collocate": Column("text", "Collocate", "a term that stands near the node"),
    "node_count": Column("whole", "Node count", "number of places where the node stands"),
    "joint": Column("whole", "Together", "times the collocate stands inside the node's windows, each place once"),
    "log_dice": Column("number", "logDice", "14 + log2 of the Dice coefficient, at most 14; one more is double"),
    "g2": Column("number", "G2", "log-likelihood ratio of four cells, never negative: how surprising, not how large"),
    "mi": Column("number", "MI", "mutual information in bits: log2 of observed over expected; favours rare words"),
    "delta_p_2_1": Column("number", "Delta P (word | node)", "what the node adds to the chance of the word, -1 to 1"),
    "delta_p_1_2": Column("number", "Delta P (node | word)", "what the word adds to the chance of the node, -1 to 1"),
    "count_target": Column("whole", "Target count", "hits in the target"),
    "count_reference": Column("whole", "Reference count", "hits in the reference"),
    "rate_target": Column("number", "Target rate", "hits per 1,000 words of the target, unless `per` says otherwise"),
    "rate_reference": Column("number", "Reference rate", "hits per 1,000 words of the reference, unless `per` says so"),
    "p_adjusted": Column("number", "Adjusted p", "p of G2 by Benjamini and Hochberg, over all terms of the table"),
    "log_ratio": Column("number", "Log ratio", "log2 of the ratio of rates: 1 is twice as frequent; below 0 rarer"),
    "lrc": Column("number", "Cautious log ratio", "the end nearer to 0 of the log ratio's corrected interval, else 0"),
    "doc_p": Column("number", "p by article", "p of Mann and Whitney's test of the articles' rates; not adjusted"),
    "note": Column("text", "Note", "what to know of this row, or why a number is missing; else empty"),
    "tokens": Column("whole", "Words", "number of counted words"),
    "types": Column("whole", "Different words", "number of different terms"),
    "ttr": Column("number", "Types per token", "type-token ratio; falls with length"),
    "mattr": Column("number", "MATTR", "mean type-token ratio of all runs of as many words as the settings say"),
    "hd_d": Column("number", "HD-D", "type-token ratio to expect of 42 words drawn from the text"),
    "mtld": Column("number", "MTLD", "mean length of runs that keep a type-token ratio above 0.72, in words"),
    "yule_k": Column("number", "Yule's K", "how much words repeat: 0 never; little moved by length"),
    "period": Column("text", "Period", "year, month, week or day of publication"),
    "count_body": Column("whole", "In the body", "how often the article's body has the word"),
    "left": Column("text", "Before", "text before the hit"),
    "node": Column("text", "Hit", "the words searched for, as they stand"),
    "right": Column("text", "After", "text after the hit"),
    "vader": Column("number", "VADER", "compound score of the sentence, -1 to 1"),
    "textblob": Column("number", "TextBlob", "polarity of the sentence, -1 to 1"),
    "hits": Column("whole", "Known words", "words of the sentence that VADER's or TextBlob's list holds"),
    "agree": Column("text", "Agreement", "signs of the tools: yes (the same), opposite, one at 0, or no known word"),
    "group": Column("text", "Group", "article, outlet or period that the row stands for"),
    "articles": Column("whole", "Articles", "number of articles"),
    "sentences": Column("whole", "Sentences", "number of sentences"),
    "tool": Column("text", "Tool", "which scorer gave the number"),
    "mean": Column("number", "Mean", "mean score of the sentences"),
    "low": Column("number", "Low", "lower end of the 95 % interval"),
    "high": Column("number", "High", "upper end of the 95 % interval"),
    "share_agree": Column("number", "Tools agree", "share of sentences in which the tools give the same sign"),
    "share_no_hit": Column("number", "No known word", "share of sentences without a word the tool knows"),
    "doc_a": Column("text", "Article A", "article of the first span"),
    "start_a": Column("whole", "A from", "first character of the first span in its raw text"),
    "end_a": Column("whole", "A to", "character after the first span's last word"),
    "doc_b": Column("text", "Article B", "article of the second span; the same as A for a repeat inside it"),
    "start_b": Column("whole", "B from", "first character of the second span in its raw text"),
    "end_b": Column("whole", "B to", "character after the second span's last word"),
    "matched": Column("whole", "Words alike", "words of the first span that stand in the second in the same order"),
    "identity": Column("number", "Share alike", "matched words over the longer span's words, 0 to 1"),
    "strength": Column("number", "Strength", "bits: the sum of -log2 of the matched words' shares of the corpus"),
    "kind": Column("text", "Kind", "of a passage: verbatim, light, edited, heavy; of a speaker: named, group, unnamed"),
    "family": Column("whole", "Family", "number of the passage that all these copies belong to, from 0"),
    "order": Column("text", "Order", "A against B by date: earlier, later, same day or undated"),
    "copies": Column("whole", "Copies", "number of places where the passage stands"),
    "first_date": Column("date", "First", "earliest stated date of a copy"),
    "last_date": Column("date", "Last", "latest stated date of a copy"),
    "first": Column("flag", "Published first", "whether this copy alone has the earliest date; not who wrote it"),
    "a": Column("text", "Of", "article or group whose words are looked for"),
    "b": Column("text", "In", "article or group in which they stand"),
    "words_shared": Column("whole", "Words shared", "words of a inside passages that b holds too"),
    "share_of_a": Column("number", "Share", "those words over all words of a, 0 to 1"),
    "lag_days": Column("maybe_whole", "Days between", "days from the earlier to the later article"),
    "target": Column("text", "Target", "name of the person, body or thing that is mentioned"),
    "score": Column("number", "Tone", "chance that the tone is positive less the chance that it is negative, -1 to 1"),
    "label": Column("maybe_whole", "Label", "tone: -1 negative, 0 neutral, 1 positive"),
    "negative": Column("number", "Negative", "share of mentions labelled negative"),
    "positive": Column("number", "Positive", "share of mentions labelled positive"),
    "word": Column("text", "Word", "a word, or two neighbouring words, in lower case"),
    "weight": Column("number", "Weight", "what one occurrence adds to the linear score, on average"),
    "freq_a": Column("number", "Per sentence of A", "occurrences per sentence of the first group"),
    "freq_b": Column("number", "Per sentence of B", "occurrences per sentence of the second group"),
    "contribution": Column("number", "Shift", "what the word adds to the difference of the groups' mean linear scores"),
}


def _table(row: str, caption: str, columns: str, shown: str, optional: str = "") -> Table:
    """Return a table's description from space-separated column names."""
    return Table(row, caption, tuple(columns.split()), tuple(shown.split()), tuple(optional.split()))


TABLES: Mapping[str, Table] = {
    "articles": _table(
        "one article",
        "Articles read",
        "doc_id title outlet date date_source date_hint author lang translated path encoding file_start reader sha256"
        " chars words",
        "doc_id title outlet date words",
    ),
    "ledger": _table(
        "one cleaning decision",
        "What was removed",
        "doc_id start end rule action replacement evidence",
        "doc_id start end rule action evidence",
    ),
    "rules": _table(
        "one cleaning rule that acted",
        "What each rule did",
        "rule action articles count chars share",
        "rule action articles count chars share",
    ),
    "problems": _table("one file or row not taken in", "Not read", "path where reason", "path where reason"),
    "sentences": _table(
        "one sentence", "Sentences", "doc_id sentence start end text part voice", "doc_id sentence text part voice"
    ),
    "words": _table(
        "one word",
        "Words",
        "doc_id sentence position start end token term part voice",
        "doc_id start token term part voice",
    ),
    "quotations": _table(
        "one quoted span",
        "Quotations",
        "doc_id start end flag marks speaker speaker_start speaker_end cue text",
        "doc_id start speaker flag text",
    ),
    "sources": _table(
        "one speaker in an article",
        "Who is quoted",
        "doc_id speaker kind quotations words_quoted share first_start",
        "doc_id speaker kind quotations words_quoted share",
    ),
    "terms": _table(
        "one term",
        "Terms by frequency",
        "term count rate doc_count outlets dp",
        "term count rate doc_count outlets dp",
        "tf_idf members",
    ),
    "ngrams": _table("one n-gram", "Words in a row", "ngram n count rate doc_count", "ngram n count rate doc_count"),
    "concordance": _table(
        "one hit",
        "Concordance",
        "doc_id date outlet left node right start end part voice",
        "doc_id left node right start",
    ),
    "collocates": _table(
        "one collocate of a node",
        "Collocates",
        "collocate count node_count joint log_dice g2 mi delta_p_2_1 delta_p_1_2",
        "collocate joint count log_dice g2 mi",
    ),
    "keyness": _table(
        "one term",
        "Words that set the target apart",
        "term count_target count_reference rate_target rate_reference g2 p_adjusted log_ratio low high doc_p dp note",
        "term count_target count_reference log_ratio g2 note",
        "lrc",
    ),
    "diversity": _table(
        "one article or group",
        "Lexical diversity",
        "group tokens types ttr mattr hd_d mtld yule_k note",
        "group tokens types mattr mtld note",
    ),
    "trends": _table(
        "one term in one period",
        "Terms over time",
        "term period count tokens rate low high articles note",
        "term period count tokens rate articles",
    ),
    "headline": _table(
        "one content word of a title or subheading",
        "Headline words in the body",
        "doc_id term where count_body",
        "doc_id term where count_body",
    ),
    "sentiment": _table(
        "one sentence",
        "Tone of each sentence",
        "doc_id sentence start end text part voice vader textblob hits agree reason",
        "doc_id text voice vader textblob agree",
    ),
    "sentiment_by": _table(
        "one article, outlet or period as one tool scores it",
        "Tone by group",
        "group articles sentences tool mean low high share_agree share_no_hit reason",
        "group tool sentences mean share_agree share_no_hit",
    ),
    "targets": _table(
        "one mention",
        "Tone towards targets",
        "doc_id sentence target start end score label reason",
        "doc_id target start score label reason",
    ),
    "targets_by": _table(
        "one target in one outlet or period",
        "Tone towards targets by group",
        "group target articles count mean low high negative positive reason",
        "group target count mean negative positive",
    ),
    "shift": _table(
        "one word",
        "Words that part two groups",
        "word weight freq_a freq_b contribution",
        "word weight freq_a freq_b contribution",
    ),
    "coding_sheet": _table(
        "one sentence to label",
        "Coding sheet",
        "doc_id sentence text label",
        "doc_id sentence text label",
    ),
    "passages": _table(
        "one reused pair of spans",
        "Duplicate passages",
        "doc_a start_a end_a doc_b start_b end_b words matched identity strength kind family order lag_days",
        "doc_a start_a doc_b start_b words kind",
    ),
    "families": _table(
        "one passage with all its copies",
        "Families of passages",
        "family copies outlets words first_date last_date text",
        "text copies outlets words first_date last_date",
    ),
    "copies": _table(
        "one copy of a passage",
        "Copies",
        "family doc_id start end date outlet first",
        "family doc_id start date outlet first",
    ),
    "boilerplate": _table(
        "one place of a block that is nobody's story",
        "Boilerplate",
        "text words articles outlets doc_id start end rule",
        "text words articles outlets doc_id rule",
    ),
    "coverage": _table(
        "one ordered pair of articles or groups",
        "Coverage",
        "a b words_shared share_of_a",
        "a b words_shared share_of_a",
    ),
}


def build(name: str, columns: Mapping[str, object] | pd.DataFrame, **attrs: object) -> pd.DataFrame:
    """Return table `name` with its columns in order and its types, a plain index, and `attrs` on it.

    Columns that the registry does not list stand first, in the order given: they are the groups asked for.

    >>> build("problems", {"reason": ["empty"], "path": ["a.txt"], "where": [""]}).columns.tolist()
    ['path', 'where', 'reason']
    >>> build("problems", {"path": ["a.txt"]})
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: problems lacks column 'where'; it has ['path']. Make it with pastepot.tables.build.
    """
    listed = TABLES[name].columns
    frame = pd.DataFrame(columns)
    errors.has_columns(name, frame, listed, made_by="pastepot.tables.build")
    groups = [column for column in frame.columns if column not in (*listed, *TABLES[name].optional)]
    added = [column for column in TABLES[name].optional if column in frame.columns]
    frame = frame[[*groups, *listed, *added]].reset_index(drop=True)
    frame = frame.astype({column: DTYPES[COLUMNS[column].kind] for column in (*listed, *added)})
    frame.attrs.clear()
    frame.attrs.update(attrs, table=name)
    return frame


def empty(name: str, **attrs: object) -> pd.DataFrame:
    """Return table `name` without rows, with all its columns and types.

    >>> empty("problems").shape
    (0, 3)
    """
    return build(name, {column: [] for column in TABLES[name].columns}, **attrs)


def describe(frame: pd.DataFrame) -> str:
    """Return in words how a table was made: what a row is, the corpus, what was counted, and each setting.

    >>> describe(build("problems", {"path": [], "where": [], "reason": []}, corpus="port"))
    'Not read: 0 rows, one file or row not taken in each. Corpus: port.'
    >>> describe(pd.DataFrame())
    'A table that Pastepot did not make.'
    """
    attrs = frame.attrs
    if attrs.get("table") not in TABLES:
        return "A table that Pastepot did not make."
    table = TABLES[str(attrs["table"])]
    parts = [f"{table.caption}: {len(frame):,} rows, {table.row} each."]
    parts += [f"Corpus: {attrs['corpus']}."] if "corpus" in attrs else []
    parts += [str(attrs[key]) for key in ("counted", "method", "note") if attrs.get(key)]
    settings = attrs.get("settings", {})
    chosen = {key: value for key, value in settings.items() if value not in (None, [], ())}
    if chosen:
        parts.append("Settings: " + ", ".join(f"{key}={value!r}" for key, value in chosen.items()) + ".")
    return " ".join(parts)


def counted(kept: int, total: int, unit: str = "words") -> str:
    """Return the sentence that says how much of a corpus a table counts.

    >>> counted(1426, 1682)
    'Counted 1,426 of 1,682 words; 256 left out, see what was removed.'
    >>> counted(10, 10)
    'Counted all 10 words.'
    """
    if kept == total:
        return f"Counted all {total:,} {unit}."
    return f"Counted {kept:,} of {total:,} {unit}; {total - kept:,} left out, see what was removed."


def texts(values: npt.ArrayLike) -> pd.Index:
    """Return strings as a column that pandas leaves as it is: it would turn an array into a string type and back.

    >>> pd.DataFrame({"term": texts(["ferry"])})["term"].dtype
    dtype('O')
    """
    made: pd.Index = pd.Index(np.asarray(values, dtype=object), dtype=object)
    return made


def numbers(values: npt.ArrayLike, digits: int) -> npt.NDArray[np.float64]:
    """Return `values` rounded so that the same input prints the same digits on every machine."""
    return np.asarray(values, dtype=np.float64).round(digits)
