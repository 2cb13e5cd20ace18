"""The sentences that a notebook must print of an odd corpus, by notebook and cell: words of their own, facts apart."""

# ruff: noqa: E501 (a sentence is one line)
import re
from collections import Counter

from odd_facts import listed, part, say, up

from pastepot.text.words import stopwords

LEFT_OUT = set(stopwords("function"))
HEADING_STOPS = LEFT_OUT.union(stopwords("pronouns"), stopwords("negations"))
MOST_FILES = 1000
"""Of a larger corpus, the articles are the rows of one file."""

EVERY_STOP_WORD = LEFT_OUT.union(*(stopwords(name) for name in ("pronouns", "negations", "news")))


# --- 01_corpus ---------------------------------------------------------


def removed(f):
    """Return what the rules' table says of removals."""
    gone, whole = sum(map(len, f.raw)) - sum(map(len, f.kept)), sum(map(len, f.raw))
    gone -= sum(text.endswith("\n") and not kept for text, kept in zip(f.raw, f.kept, strict=True))
    return up(part(gone, whole, "character", "was removed", "were removed", percent=True)) + "."


def corpus_sentences(f, _):
    strings = sum(len(text.split()) for text in f.kept)
    dated, named = sum(map(bool, f.dates)), sum(map(bool, f.outlets))
    articles = f"Pastepot read {say(f.size, 'article')}: {say(strings, 'word')} after cleaning, split at spaces. "
    dates = up(part(dated, f.size, "article", "states a date", "state a date"))
    outlets = part(named, f.size, "article", "names an outlet", "name an outlet")
    yield 5, f"{articles}{dates}; {outlets}."
    yield (
        8,
        f"{say(f.unread, 'file or row', 'files or rows')} could not be read, or needed repair."
        if f.unread
        else ("Every file was read."),
    )
    labelled = sum(len(line) for lines in f.headings for line in lines)
    rest = up(say(labelled, "character was labelled", "characters were labelled"))
    inside = part(labelled, labelled, "labelled character", "is", "are") + " labelled as titles or sub-headings."
    titled = sum(text.lstrip().split("\n")[0] in lines for text, lines in zip(f.kept, f.headings, strict=True))
    verbs = ("has a line recognised as its title", "have a line recognised as their title")
    titles = up(part(titled, f.size, "article", *verbs))
    yield 11, f"{removed(f)} {rest}" + (f"; {inside}" if labelled else ".") + f" {titles}."
    gone = [name for name, text in zip(f.names, f.kept, strict=True) if not text]
    first = (
        f"The first: {gone[0]}, line 1, characters 0-13, “Advertisement”."
        if gone
        else "Nothing was dropped from this corpus."
    )
    yield 14, first
    number = f.names.index(gone[0]) if gone else 0
    decisions = 1 if gone else len(f.headings[number])
    applies = say(decisions, "cleaning decision applies", "cleaning decisions apply")
    yield 17, f"This is {f.ids[number]}; {applies} to it."
    strings = f.raw[0].split()
    yield (
        19,
        f"By hand, {f.ids[0]} has {say(len(strings), 'string')} between spaces, and {say(len(set(strings)), 'different one')}.",
    )
    words = len(f.words[0])
    why = " Hyphenated words, punctuation between spaces or dropped text make this differ from the count by hand."
    finds = f"Pastepot finds {say(words, 'word')} there; {part(words, words, 'word', 'is counted', 'are counted')}."
    yield 21, finds + why * (words != len(strings))
    every = part(f.total, f.total, "word", "is counted", "are counted")
    raw = sum(len(text.split()) for text in f.raw)
    all_strings = f"All articles together have {say(raw, 'string')} between spaces"
    cleaned = sum(len(text.split()) for text in f.kept)
    yield (
        22,
        f"{all_strings}, {say(cleaned, 'string')} after cleaning. Pastepot finds {say(f.total, 'word')} in the cleaned text; {every}.",
    )
    yield (
        25,
        f"{up(part(f.quoted(), f.total, 'counted word', 'is', 'are', percent=True))} inside quotations of four words or more.",
    )
    sources, unnamed, statements = f.sources
    listed = f"Pastepot lists {say(sources, 'source')}, counted once for each article"
    told = f"{up(part(statements, statements, 'statement', 'has', 'have'))} a source that Pastepot found."
    named = part(unnamed, sources, "source", "is", "are")
    yield 28, f"{listed}; {named} listed as unnamed. {told}" if sources else "No source was found."
    yield 31, "No quotation is flagged as repaired or unpaired." if f.quotations else "No quotation was found."


# --- 02_term_frequency -------------------------------------------------


def counted(f):
    """Return how much every table of words says that it counts."""
    return f"Counted {part(f.total, f.total, 'word')}."


def term_sentences(f, names):
    top, most = 15, max(f.counts.values(), default=0)
    leaders = [word for word in f.ranked if f.counts[word] == most]
    leader = (leaders or ["news"])[0]
    highest = f"The highest count is {most:,}, {1000 * most / max(f.total, 1):.1f} per 1,000 words: "
    yield 5, (highest + listed(f"“{word}”" for word in leaders) + ". ") * bool(leaders) + counted(f)
    if not leaders:
        yield 7, "There is no word to draw."
        yield 10, "There is no count to draw."
    drawn = part(
        sum(f.counts[word] for word in f.ranked[:top]),
        f.total,
        "word",
        "is an occurrence",
        "are occurrences",
        percent=True,
    )
    some = f"{up(drawn)} of the first {top} different words, out of {len(f.counts):,}."
    few = f"The corpus has {say(len(f.counts), 'different word')}; the figure has room for {top}."
    yield 8, some if len(f.counts) > top else few
    once = sum(count == 1 for count in f.counts.values())
    rare = up(part(once, len(f.counts), "different word", "occurs only once", "occur only once", percent=True))
    yield 11, f"{rare}." + " One occurrence tells you little about a word." * bool(once)
    by_hand = Counter(" ".join(f.raw).lower().split())[leader]
    yield 13, f"By hand, “{leader}” has {say(by_hand, 'occurrence')}."
    differ = " The count by hand misses words with punctuation attached, and includes what is not the article."
    both = f"NLTK and Pastepot both count {most:,}." if most else "There is no word to count."
    yield 15, both + differ * (by_hand != most)
    left_out = sum(count for word, count in f.counts.items() if word in LEFT_OUT)
    yield (
        18,
        f"{up(part(left_out, f.total, 'counted word', 'is', 'are', percent=True))} on the list “function” of {say(len(LEFT_OUT), 'word')}.",
    )
    content = [word for word in f.ranked if word not in LEFT_OUT]
    begins = f"{'Still' if content[:3] == f.ranked[:3] else 'Now'} the table begins with {listed(f'“{word}”' for word in content[:3])}."
    changed = " Nothing in the articles has changed, only your decision about what to leave out."
    yield (
        21,
        (begins if content else "No word is left.") + changed
        if left_out
        else ("No word of the list occurs, so the table is the same as before."),
    )
    word = names.get("asked") or [*(word for word in f.ranked if word not in EVERY_STOP_WORD), leader][0]
    yield from word_sentences(f, word)
    yield from sequence_sentences(f, word)
    yield from spread_sentences(f)


def word_sentences(f, word):
    places = f.places(word)
    quoted = part(
        sum(f.in_quotation(number, start) for number, _, start in places),
        len(places),
        "occurrence",
        "is",
        "are",
        percent=True,
    )
    rest = f"; {quoted} in quotations of four words or more, in whatever part." if places else "."
    yield 24, f"“{word}” has {say(len(places), 'occurrence')} in all parts of the articles{rest}"
    early = sum(start < len(f.raw[number]) / 4 for number, _, start in places)
    found = part(len({number for number, *_ in places}), f.size, "article", "contains", "contain")
    first = (
        f" {up(part(early, len(places), 'occurrence', 'is', 'are', percent=True))} in the first quarter of an article."
    )
    yield 27, f"{up(found)} “{word}”." + first * bool(places)
    if not places:
        yield 26, "There is nothing to draw."
    near = f.near(word)
    few = up(part(sum(joint < 5 for _, joint, *_ in near), len(near), "word", "occurs", "occur", percent=True))
    rare = part(sum(mi < 0 for *_, mi in near), len(near), "word", "has", "have", percent=True)
    if near:
        other, joint, count, _ = near[0]
        times = {1: "once"}.get(joint, f"{joint:,} times")
        first = f"“{other}” occurs {times} near “{word}”, of {count:,} in all. "
        yield 30, f"{first}{few} there fewer than five times; {rare} an MI below 0."
    else:
        yield 30, f"No other word occurs twice near “{word}”."


def sequence_sentences(f, word):
    runs = f.trigrams
    found = say(len(runs), "sequence of three words occurs", "sequences of three words occur")
    several = part(sum(count > 1 for count in runs.values()), len(runs), "sequence", "occurs", "occur", percent=True)
    none = "No sequence of three words occurs twice."
    yield 33, f"{found} at least twice; {several} in more than one article." if runs else none
    phrase = next(iter(runs), word)
    places = f.places(phrase)
    first = ""
    if places:
        number, place, start = places[0]
        spans = [match.span() for match in re.finditer(r"\w+", f.kept[number])]
        end = spans[place + len(phrase.split()) - 1][1]
        line = f"{f.names[number]}, line {f.raw[number][:start].count(chr(10)) + 1}"
        place = f"two-thousand.jsonl, row {f.rows[number]}, field text" if f.size > MOST_FILES else line
        first = f" The first: {place}, characters {start}-{end}."
    yield 36, f"“{phrase}” has {say(len(places), 'occurrence')} in the counted parts.{first}"


def spread_sentences(f):
    frequent = [word for word, count in f.counts.items() if count >= 4]
    single = sum(sum(word in words for words in f.words) == 1 for word in frequent)
    nouns = {"plural": "words that occur four times or more", "percent": True}
    rows = part(single, len(frequent), "word that occurs four times or more", "is", "are", **nouns)
    own = " Such a count describes that article." * bool(single)
    yield 39, f"{up(rows)} in one article only.{own}" if frequent else "No word occurs four times or more."
    own = [(words, name) for words, name in zip(f.words, f.ids, strict=True) if len(words) >= 100]
    if not own:
        yield 42, "No article has 100 words, so there is no MATTR to compare."
        return
    windows = [[words[i : i + 100] for i in range(len(words) - 99)] for words, _ in own]
    means = [sum(len(set(window)) for window in read) / 100 / len(read) for read in windows]
    ratios = sorted((round(mean, 6), name) for mean, (_, name) in zip(means, own, strict=True))
    (low, least), (high, most) = ratios[0], ratios[-1]
    goes = f"goes from {low:.2f} ({least}) to {high:.2f} ({most})"
    values = goes if f"{low:.2f}" != f"{high:.2f}" else f"is {low:.2f} in each"
    measures = "It measures how often words are repeated, not how good the prose is."
    yield 42, f"MATTR of {say(len(own), 'article')} of at least 100 words {values}. {measures}"
