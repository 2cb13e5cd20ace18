"""What is so of an odd corpus, counted with plain Python from the text that was written: no measure of Pastepot's.

`expected` gives, for each notebook and cell, the sentence that must be printed, made with words of its own.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from math import log2

from pastepot.text.words import stopwords

SOURCES = {"Mara Penn": 8, "Tom Avery": 10, "Lena Odoi": 8, "Piet Maas": 4}
"""Who is quoted in the articles, and with how many words."""

UNNAMED = ("Some believe", "the builders blamed", "Traders sold", "a spokeswoman said")
GROUP, AGAIN = "council has promised", "He thanked"
"""Who says something without a name, the one group that does, and what a person says who is quoted, too."""


def say(number, noun, plural=""):
    """Return a number with its noun."""
    return (
        f"1 {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}" if number else f"no {plural or noun + 's'}"
    )


def part(number, total, noun, one="", many="", *, plural="", percent=False):
    """Return a part of a whole with its verb."""
    nouns = plural or noun + "s"
    share = ""
    if percent and total >= 10:
        rounded = f"{(200 * number + total) // (2 * total)}%"
        small, large = 100 * number < total, 100 * (total - number) < total
        share = f" ({'<1%' if small else '>99%' if large else rounded})"
    if not number:
        words = f"no {noun} {one}"
    elif number == total:
        whole = {1: f"the one {noun}", 2: f"both {nouns}"}.get(total, f"all {total:,} {nouns}")
        words = f"{whole} {one if total == 1 else many}"
    else:
        words = f"{number:,} of {total:,} {nouns}{share} {one if number == 1 else many}"
    return words.strip()


def listed(words):
    """Return a list in words."""
    words = list(words)
    words = [*words[:5], f"{len(words) - 5} more"] if len(words) > 5 else words
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def up(text):
    """Return a text with a capital."""
    return text[0].upper() + text[1:]


class Facts:
    """Counts of one odd corpus; `odd` is as in `odd_corpora.ODD`."""

    def __init__(self, odd) -> None:
        self.names = sorted(odd.texts)
        self.raw = [odd.texts[name] for name in self.names]
        about = [odd.about.get(name, ("", "")) for name in self.names]
        self.outlets, self.dates = [outlet for outlet, _ in about], [date for _, date in about]
        self.kept = ["" if text.strip() == "Advertisement" else text for text in self.raw]
        self.words = [re.findall(r"\w+", text.lower()) for text in self.kept]
        self.counts = Counter(word for words in self.words for word in words)
        self.total = sum(self.counts.values())
        self.size = len(self.names)
        self.ids, self.unread = self.names, len(odd.broken)
        self.rows = [list(odd.texts).index(name) + 1 for name in self.names]

    @cached_property
    def ranked(self):
        """Terms by count, then by alphabet."""
        return sorted(self.counts, key=lambda word: (-self.counts[word], word))

    @cached_property
    def headings(self):
        """The headings of each article: lines that end in no mark, where the article has more than one line."""
        lines = [[line for line in text.split("\n") if line.strip()] for text in self.kept]
        return [[line for line in own if line[-1] not in '."'] * (len(own) > 1) for own in lines]

    def quoted(self, texts=None):
        """Return how many words are in quotations of four words or more."""
        spans = re.findall(r'"([^"]*)"', "\n".join(self.kept if texts is None else texts))
        return sum(len(re.findall(r"\w+", span)) for span in spans if len(span.split()) >= 4)

    @property
    def quotations(self):
        """How many quotations there are."""
        return sum(text.count('"') for text in self.kept) // 2

    @property
    def sources(self):
        """How many sources, once for each article, how many of them have no name, and how many statements."""

        def count(phrases):
            return sum(phrase in text for text in self.kept for phrase in phrases)

        unnamed = count(UNNAMED)
        sources = count(SOURCES) + count([GROUP]) + unnamed
        return sources, unnamed, sources + count([AGAIN])

    def places(self, word):
        """Return article, place among its words, and place among its characters of each occurrence of a phrase."""
        wanted = word.lower().split()
        found = []
        for number, words in enumerate(self.words):
            spans = [match.span() for match in re.finditer(r"\w+", self.kept[number])]
            starts = [place for place in range(len(words)) if words[place : place + len(wanted)] == wanted]
            found += [(number, place, spans[place][0]) for place in starts]
        return found

    def in_quotation(self, number, start):
        """Return whether a character is inside a quotation of four words or more."""
        spans = re.finditer(r'"([^"]*)"', self.kept[number])
        return any(span.start() < start < span.end() and len(span[1].split()) >= 4 for span in spans)

    def windows(self, word):
        """Return the places within five words of a word, and its own."""
        around, own = set(), set()
        for number, place, _ in self.places(word):
            own.add((number, place))
            reach = range(max(place - 5, 0), min(place + 6, len(self.words[number])))
            around |= {(number, other) for other in reach}
        return around - own, own

    def near(self, word):
        """Return the words within five words of a word: how often there, by logDice, and their mutual information."""
        around, own = self.windows(word)
        joint = Counter(self.words[number][place] for number, place in around)
        free = self.total - len(own)
        rows = []
        for other, count in joint.items():
            if count >= 2 and other not in stopwords("function"):
                elsewhere = self.counts[other] - (len(own) if other == word else 0)
                dice = 14 + log2(2 * min(count, len(own)) / (len(own) + elsewhere))
                rows.append((round(-dice, 9), -elsewhere, other, count, log2(count * free / (len(around) * elsewhere))))
        return [(other, count, -elsewhere, mi) for _, elsewhere, other, count, mi in sorted(rows)]

    @cached_property
    def trigrams(self):
        """Sequences of three words in one article that occur twice or more, and in how many articles; ranked."""
        runs = [Counter(zip(words, words[1:], words[2:], strict=False)) for words in self.words]
        total = sum(runs, Counter())
        ranked = sorted((run for run, count in total.items() if count >= 2), key=lambda run: (-total[run], run))
        return {" ".join(run): sum(run in own for own in runs) for run in ranked}

    @cached_property
    def shared(self):
        """The longest common sequences of two articles, eight words or more: both articles, start in both, words."""
        found = []
        for a, b in combinations(range(self.size), 2):
            blocks = SequenceMatcher(None, self.words[a], self.words[b], autojunk=False).get_matching_blocks()
            found += [(a, b, block.a, block.b, block.size) for block in blocks if block.size >= 8]
        return found

    @property
    def longest_texts(self):
        """The texts of the first three longest common sequences, by both articles and the place in the first."""
        size, _ = self.longest
        rows = []
        for a, b in combinations(range(self.size), 2):
            runs = {tuple(self.words[b][i : i + size]) for i in range(len(self.words[b]) - size + 1)}
            places = range(len(self.words[a]) - size + 1)
            rows += [(a, place, b) for place in places if tuple(self.words[a][place : place + size]) in runs]
        texts = []
        for number, place, _ in sorted(rows)[:3]:
            spans = [match.span() for match in re.finditer(r"\w+", self.kept[number])][place : place + size]
            texts.append(self.kept[number][spans[0][0] : spans[-1][1]])
        return texts

    @cached_property
    def longest(self):
        """How many words the longest common sequence of two articles has, and how often there is such a one."""
        runs = [
            {size: {tuple(words[i : i + size]) for i in range(len(words) - size + 1)} for size in range(1, 60)}
            for words in self.words
        ]
        for length in range(59, 1, -1):
            pairs = sum(len(a[length] & b[length]) for a, b in combinations(runs, 2))
            if pairs:
                return length, pairs
        return 0, 0
