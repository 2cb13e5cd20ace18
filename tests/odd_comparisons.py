"""The sentences that the notebooks on passages and outlets, and the template, must print of an odd corpus."""

# ruff: noqa: E501 (a sentence is one line)
import re
from collections import Counter

from odd_facts import listed, part, say, up
from odd_sentences import HEADING_STOPS, LEFT_OUT, removed

# --- 04_duplicate_passages ---------------------------------------------


def opening(f, number, first, words):
    """Return so many words of an article from a word on, as they are written, on one line."""
    spans = [match.span() for match in re.finditer(r"\w+", f.kept[number])][first:]
    return " ".join(f.kept[number][spans[0][0] : spans[min(words, len(spans)) - 1][1]].split())


def passage_sentences(f, names):
    shared, pairs = f.shared, {(a, b) for a, b, *_ in f.shared}
    no_pair = "No passage of 8 or more equal words occurs in two different articles."
    connected = say(len(pairs), "pair of articles shares", "pairs of articles share")
    connected += f" {say(len(shared), 'passage')} of 8 or more equal words."
    yield 5, f"{connected if shared else no_pair} No passages are repeats inside single articles."
    none = "Where words may be changed, no passage that two articles share is strong enough to be listed."
    yield 9, f"Passages between articles: {len(shared)} verbatim." if shared else none
    most = max((words for *_, words in shared), default=0)
    alike = f"{up(part(most, most, 'word', 'occurs', 'occur'))} in both versions, in the same order."
    yield 12, alike if shared else "So there is nothing to put side by side."
    if not shared:
        yield 7, "There is no passage to draw."
        yield 11, "No passage occurs twice."
    dated = any(f.dates[number] for pair in pairs for number in pair)
    if not dated:
        yield 15, "No copy is dated, so there is no order in time." if shared else "There is no cluster to draw."
        yield 17, "There is no dated copy to draw."
    yield 18, copies(f, names) if shared else "No fuzzy passage has copies."
    yield from overlap_sentences(f)
    yield 27, "No article contains a passage twice."
    yield 29, "No block occurs in enough articles, at least ten and two in a hundred, to be called boilerplate."
    yield 32, longest(f)
    a, b = min(pairs, default=(0, f.size - 1))
    strings = [f.raw[number].split() for number in (a, b)]
    runs = [{tuple(words[i : i + 8]) for i in range(len(words) - 7)} for words in strings]
    by_hand = f"By hand, {f.ids[a]} and {f.ids[b]} share {say(len(runs[0] & runs[1]), 'sequence')} of 8 strings between spaces."
    yield 34, by_hand if f.size > 1 else "There is one article only."
    both = [words for one, other, *_, words in shared if (one, other) == (a, b)]
    equal, inside = len(runs[0] & runs[1]), sum(words - 7 for words in both)
    found = (
        f"Pastepot finds {say(len(both), 'passage')} there"
        + f", with {say(inside, 'sequence')} of 8 words" * bool(both)
        + "."
    )
    if equal < inside:
        found += " By hand, a comma, a capital or a curly quotation mark can split one, and equal ones count once."
    if equal > inside:
        found += " By hand, text that Pastepot leaves out and strings without a letter count, too."
    yield 36, found if f.size > 1 else "So there is nothing to compare."
    yield 39, "These articles have no passages marked by hand, so this page can’t say how many are found."


def copies(f, names):
    """Return the sentence on one cluster: the articles that contain its words, and their dates."""
    words = re.findall(r"\w+", names["widest"]["text"].iloc[0].lower())
    holders = [number for number, own in enumerate(f.words) if " ".join(words) in " ".join(own)]
    days = sorted((f.dates[number], number) for number in holders if f.dates[number])
    first = "none is dated"
    if days:
        same = sum(day == days[0][0] for day, _ in days)
        who = f.outlets[days[0][1]] or f.ids[days[0][1]]
        alone, several = f"{who} alone has the earliest stated date", f"{same} of them share the earliest stated date"
        first = alone if same == 1 else several
    start = next(place for place in range(60) if f.words[holders[0]][place : place + len(words)] == words)
    text = quoted(opening(f, holders[0], start, len(words)), 12)
    return f"{text} has {say(len(holders), 'copy', 'copies')}; {first}."


def quoted(text, most):
    """Return the first words of a text in quotation marks, and “…” if there are more."""
    strings = re.sub('[“”"]', lambda mark: {"“": "‘", "”": "’"}.get(mark[0], "'"), text).split()
    return f"“{' '.join(strings[:most])}{' …' if len(strings) > most else ''}”"


def overlap_sentences(f):
    """Yield what is said of words that outlets share."""
    named = {outlet for outlet in f.outlets if outlet}
    between = [row for row in f.shared if f.outlets[row[0]] != f.outlets[row[1]]]
    if not between:
        none = f"{up(say(len(named), 'outlet is', 'outlets are'))} named, so there is nothing to compare."
        yield 21, "No two outlets share a fuzzy passage." if len(named) > 1 else none
        yield 22, "So there is no network to draw."
        yield 24, "So there is no share, either."
        return
    inside, sizes = {}, Counter()
    for outlet, words in zip(f.outlets, f.words, strict=True):
        sizes[outlet] += len(words)
    for a, b, start_a, start_b, words in between:
        for one, start, other in ((a, start_a, b), (b, start_b, a)):
            places = inside.setdefault((f.outlets[one], f.outlets[other]), set())
            places |= {(one, start + place) for place in range(words)}
    shares = {pair: len(places) / sizes[pair[0]] for pair, places in inside.items()}
    named = {"": "articles without an outlet"}
    top = max(sorted(shares), key=lambda pair: round(shares[pair], 6))
    rows = [
        f"{say(len(inside[pair]), 'word')} of {named.get(pair[0], pair[0])} ({percent(shares[pair])} of all) are in "
        f"fuzzy passages shared with {named.get(pair[1], pair[1])}"
        for pair in (top, top[::-1])
    ]
    yield 24, "; ".join(rows) + "."


def percent(share):
    """Return a share in per cent."""
    return "<1%" if share < 0.01 else ">99%" if 0.99 < share < 1 else f"{int(100 * share + 0.5)}%"


def longest(f):
    """Return the sentence on the longest common sequences."""
    words, number = f.longest
    if not words:
        return "No two articles share two words in a row."
    has = "sequence that two articles share has" if number == 1 else "sequences that two articles share have"
    texts = list(dict.fromkeys(quoted(text, 12) for text in f.longest_texts))
    start = "Text of the first 3" if number > 3 else "Text"
    return f"The longest {has} {words:,} words. {start}: {listed(texts)}."


# --- 05_compare_outlets ------------------------------------------------


def comparison_sentences(f, names):
    outlets = Counter(outlet for outlet in f.outlets if outlet)
    by_outlet = len(outlets) > 1
    target = min(outlets, key=lambda outlet: (-outlets[outlet], outlet)) if by_outlet else f.ids[0]
    mine = [number for number in range(f.size) if (f.outlets if by_outlet else f.ids)[number] == target]
    ours = Counter(word for number in mine for word in f.words[number])
    theirs = f.counts - ours
    size, rest = sum(ours.values()), f.total - sum(ours.values())
    no_side = f"{up(say(len(outlets), 'outlet is', 'outlets are'))} named, so the first article is the target. "
    words = part(size, f.total, "counted word", percent=True)
    target_is = f"The target is {target}: {part(len(mine), f.size, 'article')}, {words}.{tie(outlets, target)}"
    yield 5, f"{no_side * (not by_outlet)}{target_is}"
    rows = [word for word, count in f.counts.items() if count >= 3 and word not in LEFT_OUT] if f.size > 1 else []
    rates = {word: (1000 * ours[word] / max(size, 1), 1000 * theirs[word] / max(rest, 1)) for word in rows}
    more = [word for word, (a, b) in rates.items() if a > b]
    leading = names["leading"]
    assert set(leading) <= set(more)
    assert len(leading) == min(len(more), 8)
    first = "".join(
        f"First: “{word}”, {rates[word][0]:.1f} against {rates[word][1]:.1f} per 1,000 words. " for word in leading[:1]
    )
    nouns = {"plural": "words of the table", "percent": True}
    ways = method(f, names, mine, f"{'outlet' if by_outlet else 'doc_id'} {target}") if f.size > 1 else ""
    frequent = up(part(len(more), len(rows), "word of the table", "is", "are", **nouns))
    yield 8, f"{frequent} more frequent in the target. {first}{ways}" if rows else "There is no word to compare."
    if not [word for word, (a, b) in rates.items() if a != b]:
        yield 10, "No word has different rates on both sides, so there is nothing to draw."
    small = len(mine) < 10 or f.size - len(mine) < 10
    if f.size == 1:
        yield 11, "One article describes itself."
    elif small:
        yield 11, few(f, names, mine)
    single = sum(sum(word in f.words[number] for number in mine) == 1 for word in leading)
    one = (
        f"{up(part(single, len(leading), 'leading word', 'occurs', 'occur'))} in one article of the target only. "
        if leading and len(mine) > 1
        else ""
    )
    end = (
        " So few can’t distinguish a difference from chance."
        if small
        else " A word in one article only describes that article." * bool(single)
    )
    yield (
        14,
        f"{one}The target has {say(len(mine), 'article')}, the other side {say(f.size - len(mine), 'article')}.{end}",
    )
    yield from one_word_sentences(f, mine, rows, rates, names)
    absent = [word for word in rows if not ours[word]]
    scarce = sum(theirs[word] * size < 3 * rest for word in absent)
    nothing = part(len(absent), len(rows), "word of the table", "is", "are", **nouns)
    would = f"{part(scarce, len(absent), 'absent word', 'would', 'would', percent=True)} have fewer than three occurrences there by the rate of the others."
    lead = names["avoided"]["term"].head(1).tolist()
    assert set(lead) <= set(absent)
    likely = {word: round(theirs[word] * size / rest) for word in lead}
    about = {
        word: f"about {say(times, 'occurrence')}" if times else "less than one occurrence"
        for word, times in likely.items()
    }
    first = "".join(f"At the rate of the others, “{word}” would have {about[word]}. " for word in lead)
    tail = f"; {would}" if absent else "."
    yield 24, f"{first}{up(nothing)} absent from the target{tail}" if rows else "There is no word to compare."
    yield 27, heading_sentence(f, mine)
    dated = sum(map(bool, f.dates))
    if not dated:
        yield 29, "No article states its date, so nothing can be drawn over time."
    yield (
        30,
        f"{highest_rate(f, names)}{up(part(dated, f.size, 'article', 'states a date', 'state a date'))}; hints in the text are used in no trend.",
    )


def tie(outlets, target):
    """Return how many other outlets have as many articles as the target."""
    equal = sum(count == outlets[target] for count in outlets.values()) - 1
    many = up(say(equal, "other outlet has", "other outlets have"))
    return f" {many} as many articles; the target is the first by alphabet." if target in outlets and equal else ""


def method(f, names, mine, target):
    """Return how two sides were compared; what a test of articles adds to it is the table's own."""
    sizes = [
        sum(len(f.words[number]) for number in range(f.size) if (number in mine) == side) for side in (True, False)
    ]
    # An article of which no word is counted is no article of a side.
    counts = [
        sum(bool(f.words[number]) for number in range(f.size) if (number in mine) == side) for side in (True, False)
    ]
    sides = [f"{say(count, 'article')}, {say(size, 'word')}" for count, size in zip(counts, sizes, strict=True)]
    own, told = f"Target {target}: {sides[0]}; reference the rest: {sides[1]}.", names["key"].attrs["method"]
    assert told.startswith(own)
    few = f"{own} Of each side, the largest difference of rates comes first."
    return told if min(len(mine), f.size - len(mine)) >= 10 else few


def few(f, names, mine):
    """Return what is said where articles are too few for a test; with copies, or enough, the table's own note."""
    if min(len(mine), f.size - len(mine)) >= 10 or f.shared:
        return names["key"].attrs["note"]
    texts = [{tuple(f.words[n]) for n in range(f.size) if (n in mine) == side and f.words[n]} for side in (True, False)]
    alike = len(texts[0]) + len(texts[1]) < sum(map(bool, f.words))
    alone = f"{say(len(texts[0]), 'article')} in the target and {len(texts[1])} in the reference{' (identical articles as one)' * alike} describe themselves"
    none = " No rows: nothing that was counted meets what was asked for." if f.total and names["key"].empty else ""
    return f"Counts, rates and differences only: {alone}; they don't sample outlets (a test needs 10 a side).{none}"


def one_word_sentences(f, mine, rows, rates, names):
    """Yield what is said of the one word whose lines are shown."""
    word = names["asked"] or [*names["leading"], *f.ranked, "news"][0]
    low = word.lower()
    places = f.places(word)
    inside = [(number, start) for number, _, start in places if number in mine]
    quoted = part(sum(f.in_quotation(*place) for place in inside), len(inside), "occurrence", "is", "are", percent=True)
    found = (
        f"{say(len(inside), 'occurrence')} in the target and {say(len(places) - len(inside), 'occurrence')} elsewhere."
    )
    more = f" In the target, {quoted} in quotations of four words or more." if inside else ""
    yield 17, f"In all parts, “{word}” has {found}{more}"
    strings = [
        [s for n in range(f.size) if (n in mine) == side for s in f.raw[n].lower().split()] for side in (True, False)
    ]
    by_hand = [1000 * own.count(low) / max(len(own), 1) for own in strings]
    yield (
        19,
        f"By hand, “{low}” has {by_hand[0]:,.1f} occurrences per 1,000 strings of the target and {by_hand[1]:,.1f} of the rest.",
    )
    missing = f"“{low}” is not in the table: it is a function word, a phrase, or has fewer than three occurrences in the counted parts."
    if low in rates:
        yield 21, f"Pastepot’s rates are {rates[low][0]:,.1f} and {rates[low][1]:,.1f} per 1,000 words."
    else:
        yield 21, missing if rows else "There is no table to look in."


def heading_sentence(f, mine):
    """Return how many words of headings their bodies lack."""
    rows = []
    for number, lines in enumerate(f.headings):
        body = " ".join(line for line in f.kept[number].split("\n") if line not in lines).lower()
        for line in lines:
            rows += [
                (number, word in re.findall(r"\w+", body))
                for word in dict.fromkeys(re.findall(r"\w+", line.lower()))
                if word not in HEADING_STOPS
            ]
    if not rows:
        return "No heading has a content word."
    kinds = {"plural": "content words of headings", "percent": True}
    every = part(sum(not kept for _, kept in rows), len(rows), "content word of headings", "does", "do", **kinds)
    own = [kept for number, kept in rows if number in mine]
    target = part(sum(not kept for kept in own), len(own), "content word of headings", "does", "do", **kinds)
    rest = f" In the target, {target} not. The body may have another form: “strikes” is not “strike”." if own else ""
    return f"{up(every)} not occur in the body.{rest}"


def highest_rate(f, names):
    """Return the sentence on the period and word with the highest rate, or nothing without dates."""
    periods = {}
    for number, date in enumerate(f.dates):
        if date:
            periods.setdefault(date[:7], []).append(number)
    nodes = names["leading"][:3] or [names["asked"] or [*f.ranked, "news"][0]]
    rows = []
    for node in nodes:
        for period, numbers in periods.items():
            words = [word for number in numbers for word in f.words[number]]
            if words:
                rows.append(
                    (
                        -round(1000 * words.count(node) / len(words), 6),
                        node,
                        period,
                        words.count(node),
                        len(words),
                        len(numbers),
                    )
                )
    if not rows:
        return ""
    _, node, period, count, words, articles = min(rows)
    where = f"{say(count, 'occurrence')} in {say(words, 'word')} of {say(articles, 'article')}. "
    return f"No rate in the figure is higher than that of “{node}” in {period}: {where}"


# --- your_own_corpus ---------------------------------------------------


def own_sentences(f, names):
    repaired = (
        f"{say(f.unread, 'file or row', 'files or rows')} could not be read, or needed repair."
        if f.unread
        else ("Every file was read.")
    )
    yield 9, f"Pastepot read {say(f.size, 'article')}. {removed(f)} {repaired}"
    if not f.total:
        yield 11, "There is no word to draw."
    word = names["asked"] or "strike"
    places = f.places(word)
    found = up(part(len({number for number, *_ in places}), f.size, "article", "contains", "contain"))
    yield 13, f"{found} “{word}”" + (f", with {say(len(places), 'occurrence')} in all parts." if places else ".")
    tone = names["tone"][names["tone"]["reason"] == ""]
    silent = up(part(int((tone["known_words"] == 0).sum()), len(tone), "scored sentence", "is", "are", percent=True))
    yield (
        17,
        f"{silent} without a word that VADER or TextBlob knows." if len(tone) else "There is no sentence to score.",
    )
    if tone.empty:
        yield 16, "No sentence has a score."
    if not f.shared:
        yield 20, "There is no passage to draw."
    yield 21, longest(f).partition(" words.")[0] + " words." if f.longest[0] else longest(f)
    outlets = sorted({outlet for outlet in f.outlets if outlet})
    if len(outlets) > 1:
        mine = [number for number, outlet in enumerate(f.outlets) if outlet == outlets[0]]
        yield 24, f"{method(f, names, mine, f'outlet {outlets[0]}')} {few(f, names, mine)}".strip()
    else:
        yield 23, f"{up(say(len(outlets), 'outlet is', 'outlets are'))} named, so there is nothing to compare."
        yield 24, "So there is no table, either."
