"""What notes of tables and alternative texts say in numbers, held against counts of the text that was written."""

import re

from odd_comparisons import longest
from odd_facts import listed, part, say
from odd_sentences import counted, removed


def false_claims(f, texts, word):
    """Return what the texts of one notebook say of words, articles and passages that is not so; `word` is its node."""
    claims = [*words_claims(f, word), *passage_claims(f)]
    found = []
    for text in texts:
        for pattern, true in claims:
            found += [said for said in re.findall(pattern, text) if said not in true]
        found += [text for check in (true_terms, true_sides, true_periods) if not check(f, text)]
    return found


def words_claims(f, word):
    """Yield patterns of sentences on words, and which sentences of that form are so."""
    yield r"Counted [^.;]* words?\b[^.;]*[.;]", {counted(f)}
    removal = r"(?:All |The )?[\w,]+ (?:of [\d,]+ )?characters?(?: \([<>]?\d+%\))? (?:was|were) removed\."
    yield removal, {removed(f)}
    undated = f.dates.count("")
    verbs = ("has no date and is left out", "have no date and are left out")
    yield r"[\w,]+ of [\w,]+ articles? ha\w+ no date and \w+ left out", {part(undated, f.size, "article", *verbs)}
    once = sum(count == 1 for count in f.counts.values())
    yield r"[\w,]+ terms? occurs? once", {say(once, "term occurs", "terms occur") + " once"}
    drawn = {say(number, "term") for number in (len(f.counts), min(len(f.counts), 15))}
    yield r"^Chart of ([\w,]+ terms?) in", drawn
    if not word:
        return
    around, own = f.windows(word)
    yield r"(?:[\d,]+|no) occurrences? of the node", {f"{say(len(own), 'occurrence')} of the node"}
    yield r"(?:[\d,]+|no) words? near it", {f"{say(len(around), 'word')} near it"}
    places = f.places(word)
    articles = say(len({number for number, *_ in places}), "article")
    quoted = sum(f.in_quotation(number, start) for number, _, start in places)
    chart = f"{say(len(places), 'occurrence')} in {articles}, {quoted or 'none'} quoted"
    yield r"[\w,]+ occurrences? in [\w,]+ articles?, \w+ quoted", {chart}


def passage_claims(f):
    """Yield patterns of sentences on passages, and which sentences of that form are so."""
    if f.size > 100:  # more pairs than plain Python compares in a test
        return
    yield (
        r"The longest sequences? that two articles shares? \w+ [\d,]+ words\.",
        {longest(f).split(" words.")[0] + " words."},
    )
    groups = sorted({name or "(none)" for name in f.outlets})
    joined = {f.outlets[n] or "(none)" for a, b, *_ in f.shared for n in (a, b) if f.outlets[a] != f.outlets[b]}
    alone = [{"(none)": "articles without outlet"}.get(name, name) for name in groups if name not in joined]
    yield (
        r"Sharing no fuzzy passage with another: .+?\.",
        {f"Sharing no fuzzy passage with another: {listed(alone)}."} if alone else (),
    )
    articles = say(len({number for row in f.shared for number in row[:2]}), "article")
    yield r"Chart of (.+? shared passages?) in [^:]*, in", {say(len(f.shared), "shared passage")}
    yield r"shared passages? in [^:]*, in (\w+ articles?): ", {articles}


def true_terms(f, text):
    """Return whether each count and rate of a term is so."""
    rows = re.findall(r"“(\w+)” \(count ([\d,]+), ([\d.,]+) per 1,000 words\)", text)
    return all(
        f.counts[term] == number(count) and f"{1000 * f.counts[term] / f.total:.1f}" == rate
        for term, count, rate in rows
    )


def true_sides(f, text):
    """Return whether the counts of target and reference add up to what the corpus has of a term."""
    rows = re.findall(r"“(\w+)” \(([\d,]+) in the target, ([\d,]+) in the reference\)", text)
    return all(f.counts[term] == number(one) + number(other) for term, one, other in rows)


def true_periods(f, text):
    """Return whether the words of each month are so."""
    rows = re.findall(r"(\d{4}-\d\d) \(count [\d,]+, of ([\d,]+) words\)", text)
    sizes = {
        month: sum(len(w) for w, day in zip(f.words, f.dates, strict=True) if day[:7] == month) for month, _ in rows
    }
    return all(sizes[month] == number(words) for month, words in rows)


def number(text):
    """Return a number that is written with separators."""
    return int(text.replace(",", ""))
