"""The sentences that the notebook on who speaks must print of an odd corpus, from statements that were marked by hand."""

# ruff: noqa: E501 (a sentence is one line)
import re
from collections import Counter
from typing import NamedTuple

from odd_facts import listed, part, say, up


class Marked(NamedTuple):
    """One statement of the texts: its words, its kind, who says it, the kind of source, the cue and its class."""

    text: str
    kind: str
    source: str
    source_kind: str
    cue: str
    cue_class: str
    cue_before: str = ""


MARKED = (
    Marked('"We were told that another boat would come,"', "direct", "Mara Penn", "named", "said", "said"),
    Marked(
        "that the timetable was never meant to be kept, and the mayor said so",
        "indirect",
        "Some",
        "collective",
        "believe",
        "believed",
    ),
    Marked("the wind", "indirect", "the builders", "collective", "blamed", "criticised", "the builders blamed "),
    Marked(
        '"It was a terrible morning, but the children were wonderful,"', "direct", "Tom Avery", "named", "said", "said"
    ),
    Marked("money since the spring", "indirect", "The council", "group", "promised", "promised"),
    Marked("a dry weekend", "indirect", "Traders", "collective", "hoped", "believed"),
    Marked('"I have never seen the square so empty,"', "direct", "Lena Odoi", "named", "said", "said"),
    Marked('"The wall is safe,"', "direct", "Piet Maas", "named", "said", "said"),
    Marked("the crew of the tug", "indirect", "Piet Maas", "named", "thanked", "praised"),
    Marked(
        "The ferry company will run four boats a day from Monday",
        "indirect",
        "a spokeswoman",
        "withheld",
        "said",
        "said",
    ),
)


class Found(NamedTuple):
    """A statement where it is: the number of its article, its first character, how many words it has."""

    number: int
    start: int
    words: int
    row: Marked


def find_statements(f):
    """Return the marked statements of a corpus by article and place."""
    found = []
    for number, text in enumerate(f.kept):
        for row in MARKED:
            start = text.find(row.cue_before + row.text)
            if start >= 0:
                words = len(re.findall(r"\w+", row.text))
                found.append(Found(number, start + len(row.cue_before), words, row))
    return sorted(found)


def sum_sources(statements, groups):
    """Return each source of each group: group, source, words quoted and reported; by group, then the most words."""
    sums, firsts = {}, {}
    for one in statements:
        key = groups[one.number], one.row.source
        quoted = one.words * (one.row.kind == "direct")
        before = sums.get(key, (0, 0, 0))
        sums[key] = before[0] + quoted, before[1] + one.words - quoted, before[2] + 1
        firsts.setdefault(key, one.start)
    order = sorted(sums, key=lambda key: (key[0], -sum(sums[key][:2]), -sums[key][2], firsts[key]))
    return [(*key, *sums[key][:2]) for key in order]


def percent(number, total):
    """Return a share in per cent, halves up."""
    return f"{(200 * number + total) // (2 * total)}%"


def statement_sentences(f, _):
    rows = find_statements(f)
    kinds = Counter(one.row.kind for one in rows)
    articles = {one.number: one for one in reversed(rows)}
    counts = listed(f"{kinds[kind]} {kind}" for kind in ("direct", "mixed", "indirect") if kinds[kind])
    where = part(len(articles), f.size, "article")
    none = "No statement was found. Indirect speech is looked for in English only."
    yield 5, f"{say(len(rows), 'statement')} in {where}: {counts}." if rows else none
    yield from line_sentences(f, rows)
    yield 14, most_words(f, rows)
    yield 17, first_by_words(f, rows)
    if not rows:
        yield 16, "There is no source to draw."
        yield 19, "There is no statement to draw."
        yield 20, "So nobody is heard first."
        yield 23, "There is no share to draw."
        yield 24, "So there is no share of unnamed sources."
        yield 26, "There is no cue to sort."
        yield 27, "So no verb implies anything."
        yield 29, "So there is no doubt to count."
        return
    opening = sum(one.row.source_kind == "named" for one in articles.values())
    nouns = {"plural": "articles with a statement", "percent": True}
    named = up(part(opening, len(articles), "article with a statement", "has", "have", **nouns))
    early = sum(one.start < len(f.raw[one.number]) / 2 for one in rows)
    begin = up(part(early, len(rows), "statement", "begins", "begin", percent=True))
    yield 20, f"{named} a first source that is listed as named. {begin} in the first half of an article."
    yield 24, without_a_name(rows)
    yield 27, by_class(rows)
    yield 29, "No statement lacks a source in the table."


def line_sentences(f, rows):
    strings = sum(text.lower().split().count("said") for text in f.raw)
    lines = len(f.places("said"))
    by_hand = f"By hand, {say(strings, 'string “said” is', 'strings “said” are')} found between spaces; "
    less = " The count by hand misses words with punctuation attached." * (strings < lines)
    yield 8, f"{by_hand}the concordance has {say(lines, 'line')}.{less}"
    tied = sum(one.row.cue == "said" for one in rows)
    verbs = ("is the cue of a statement", "are the cue of a statement")
    ties = part(tied, lines, "occurrence of “said”", *verbs, plural="occurrences of “said”", percent=True)
    yield 11, f"{up(ties)}." if lines else "“said” does not occur, so there is nothing to compare."


def most_words(f, rows):
    sources = sum_sources(rows, f.ids)
    most = max((quoted + reported for *_, quoted, reported in sources), default=0)
    leaders = [row for row in sources if row[2] + row[3] == most]
    texts = [
        f"{source} in {name}, {quoted} quoted and {reported} reported "
        f"({percent(most, len(f.words[f.ids.index(name)]))} of the counted words)"
        for name, source, quoted, reported in leaders[:3]
    ]
    more = f"; {say(len(leaders) - 3, 'other has', 'others have')} as many" * (len(leaders) > 3)
    return f"Most words in one article: {'; '.join(texts)}{more}." if rows else "No source was found."


def first_by_words(f, rows):
    firsts = {}
    for group, source, quoted, reported in sum_sources(rows, [outlet or "(none)" for outlet in f.outlets]):
        firsts.setdefault(group, (source, quoted + reported))
    names = {group: "articles without an outlet" if group == "(none)" else group for group in firsts}
    texts = [f"{source} in {names[group]} ({say(words, 'word')})" for group, (source, words) in firsts.items()]
    return f"First by words: {listed(texts)}." if rows else "So nobody is first."


def without_a_name(rows):
    one, many = (sum(found.row.source_kind == kind for found in rows) for kind in ("withheld", "collective"))
    nouns = {"plural": "statements in the counted parts", "percent": True}
    share = up(part(one + many, len(rows), "statement in the counted parts", "has", "have", **nouns))
    split = f": {one or 'none'} withheld, {many or 'none'} collective" * bool(one + many)
    return f"{share} an unnamed source{split}."


def by_class(rows):
    sizes = Counter(one.row.cue_class for one in rows)
    nouns = {"plural": "statements with a cue", "percent": True}
    share = up(part(sizes.pop("said", 0), len(rows), "statement with a cue", "has", "have", **nouns))
    ranked = [f"{sizes[name]} {name}" for name in sorted(sizes, key=lambda name: (-sizes[name], name))]
    rest = " The others by class: " + " and ".join(filter(None, [", ".join(ranked[:-1]), *ranked[-1:]])) + "."
    return f"{share} one of the class “said”, which implies nothing about whether it is so.{rest * bool(ranked)}"
