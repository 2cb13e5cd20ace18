"""Sentences: a paragraph is cut after its stops, unless a stop belongs to a word or the sentence goes on."""

import re
from collections.abc import Iterator

from pastepot import files

_LISTS = {name: frozenset(words.split()) for name, words in files.data("text/abbreviations.toml").items()}
NEVER_LAST, STARTERS, AFTER_HOURS = (_LISTS[name] for name in ("never_last", "starters", "after_hours"))
ABBREVIATIONS = NEVER_LAST.union(*(_LISTS[name] for name in ("before_numbers", "states", "may_be_last")))
SPEECH = "added|asked|asks|cried|cries|demanded|exclaimed|joked|replied|replies|said|says|shouted|wondered|wrote"

OPENERS = "\"'“‘„‚”’«»‹›([{—–―-"
ASIDE = "([—–―-"
BRACKETS = ")]}"
REACH = 24  # characters before a stop in which its word and the word before are looked for: abbreviations are short
CLAUSE = 120  # characters before a stop in which its clause and its language are looked for
# Every run is possessive and begins at a stop that no stop precedes, so the scan is linear whatever the text. The first
# stop comes before the look behind it, since `re` then jumps from stop to stop.
_CANDIDATE = r"""
    ([.!?…] (?<![.!?…].) [.!?…]*+) (["'”’“‘»«›‹)\]}]*+)  # stops, closing marks; white space, or a word that lacks it
    (\s++ | (?=[“‘]?[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ’'-]++[.,:;]?|(?<=[AI]))\s) (?<=[.!?…”’»)]))
    (?: (["'”’»)\]}]++) (?=\s) (\s++) )?+ (?=\S)        # marks with white space on both sides
"""
CANDIDATE = re.compile(_CANDIDATE, re.VERBOSE)
CANDIDATE_OR_NEW_LINE = re.compile(rf"{_CANDIDATE} | [\n\r]", re.VERBOSE)
STARTER = re.compile(r"[\"'“‘„‚”’«»‹›(\[{¿¡—–―•*-]*+\s*+[\"'“‘„‚”’«»‹›(\[{¿¡$€£#@-]*+([^\W_])")
DASH = re.compile(r"[—–―-]++(?:\s|(?=[^\W\d_]))")
ATTACHED_OPENER = re.compile(r"""(?<![^\s(\[{‘“'—–―-])"(?=\S)""")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Not a word as words.py defines it: the lists spell a word with its full stops ("mr.", "ph.d.").
LISTED_FORM = re.compile(r"\w[\w.’'-]*+")
SPEAKER = re.compile(
    rf"""(?: (?:Mrs?|Ms|Dr)\.\s++ )?+
        (?: (?:[^\W\d_a-zß-ÿ][\w’'-]*+\s++){{1,4}}+ | The\s++[\w’'-]++\s++ )  # a name, a pronoun, "The mayor"
        (?:{SPEECH})\b""",
    re.VERBOSE,
)
# What goes on in lower case behind "Why?": who asked, a second half, or an address.
SECOND_HALF = re.compile(
    rf"""(?:(?:he|she|they|we|i|an?|the|his|her|my|our|their)\s++(?:(?!(?:is|are|was|were)\b)[\w’'-]++\s++){{0,2}})?+
        (?:{SPEECH}|dijo|preguntó|dit|demanda|fragte|rief|sagte|and|but|or)\b | [\w’'-]++(?:[.:]\S|[^\s\w,;:?!.])""",
    re.VERBOSE,
)
ITEM = re.compile(r"[^\W\d_]|\d{1,3}")
WORD_BEFORE = re.compile(r"""(?<![^\s“‘("'—–-])[^\W\d_]{2,}$|(?<=\d)$""")
# "At 7 a.m." opens a clause whose subject comes next; "closed at 7 p.m." ends one.
OPENING_HOUR = re.compile(
    r"""(?:^\W*|[,;:—–]\s|\b(?:and|because|but|that|then|when)\s) (?:(?:early|just|late|on|only|shortly|\w+day),?\s)*
        (?:about|after|around|at|before|by|from|since|until)\s(?:about\s|around\s)?[\w:.]+\s?[ap]\.m$""",
    re.VERBOSE | re.IGNORECASE,
)
GERMAN = re.compile(r"\b(?:der|das|dem|im|vom|zum|zur|beim|und|ist|von|wurde|nicht|sich|auf|für|Am|Das|Den|Der|Die)\b")
DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)++[^\W\d_]{1,2}")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one paragraph.

    Parameters
    ----------
    text : str
        One paragraph; a line break in it is mere white space.

    Returns
    -------
    list of (start, end)
        Code points into `text`, end exclusive, in order. No span begins or ends with white space, and
        together they hold every other character. Text without a letter or digit is one span; blank text has
        none.

    Notes
    -----
    A sentence may end after a run of ``. ! ? …`` with its closing marks, before white space and something
    that can begin one: a capital, a digit or a letter of a script without case, with or without an opening
    mark; after ``!``, ``?`` or a blank line also in lower case; and without the white space, where a word is
    on both sides (``left.The``, but not ``file.Name``). It goes on after titles (Mrs.), initials, German ordinals
    (``im 9. Jahrhundert``), names with a mark (Yahoo! News), and ``No.`` or a month before a number; after
    ``U.S.``, ``Inc.`` and their like unless a common first word follows; after ``At 7 a.m.``, which opens a clause;
    where ``"Why?"`` is followed by who asked; and where a closing mark and a dash name a source. A mark between two
    spaces joins the side it belongs to. Each decision looks at the sentence so far and the words it would go on with,
    so a sentence that is split again stays whole. The cost is linear in the length of the text.

    A heading without a stop is one sentence with what follows it: split paragraphs first. ``Inc.`` before
    a name never ends a sentence here, although at times it does.

    Examples
    --------
    >>> text = 'The ferry left at 6 a.m. Monday. "Why so early?" Mrs. Oake asked. Nobody knew.'
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['The ferry left at 6 a.m. Monday.', '"Why so early?" Mrs. Oake asked.', 'Nobody knew.']
    >>> split_sentences("Gen. A. Moss of the U.S. Navy")
    [(0, 29)]
    """
    spans = []
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    lone_opener = -1
    for candidate in CANDIDATE.finditer(text, start, end):
        cut, resume = candidate.end(2), candidate.end(3)
        if candidate[4] and _closes(text, candidate, lone_opener):
            cut, resume = candidate.end(4), candidate.end()
        elif candidate[4]:
            lone_opener = candidate.start(4)
        if not _goes_on(text, start, candidate):
            spans.append((start, cut))
            start = resume
    return [*spans, (start, end)] if start < end else spans


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences start inside a stretch of an article, by the rules of `split_sentences`.

    A stretch may begin or end in the middle of a sentence. A new line starts one too, unless it is in lower case.

    >>> list(sentence_starts("Mr. Marn left. He was late.", 0, 27))
    [15]
    """
    sentence = start
    # One character more, as the pattern looks at the first of the next sentence.
    for candidate in CANDIDATE_OR_NEW_LINE.finditer(text, start, end + 1):
        if candidate.end() > end:
            return
        starts_line = "\n" in candidate[0] or "\r" in candidate[0]
        if starts_line:
            goes_on = text[candidate.end() : candidate.end() + 1].islower() and candidate[0].count("\n") < len("\n\n")
        else:
            goes_on = _goes_on(text, sentence, candidate)
        if not goes_on:
            sentence = candidate.end(3) if candidate[1] else candidate.end()
            yield sentence


def is_abbreviation(word: str) -> bool:
    """Return whether a word without its full stop is an abbreviation or an initial, so that the stop belongs to it.

    >>> is_abbreviation("Jr"), is_abbreviation("U.S"), is_abbreviation("M"), is_abbreviation("Marn")
    (True, True, True, False)
    """
    return word in ABBREVIATIONS or bool(DOTTED.fullmatch(word)) or (len(word) == 1 and word.isupper())


def _closes(text: str, candidate: re.Match[str], lone_opener: int) -> bool:
    """Return whether marks between two white spaces close what the last mark before them opened."""
    if candidate[4] not in ('"', "'"):
        return True
    last = text.rfind('"', 0, candidate.start(4))
    if candidate[4] == "'" or last < 0:
        return False
    return last == lone_opener or bool(ATTACHED_OPENER.match(text, last))


def _goes_on(text: str, start: int, candidate: re.Match[str]) -> bool:
    """Return whether the sentence that begins at start goes on after a candidate."""
    starter = STARTER.match(text, candidate.end())
    if not starter or not LETTER_OR_DIGIT.search(text, start, candidate.start()):
        return True
    after = starter.start(1)
    # A name like eBay can begin a sentence, though its first letter is small.
    if starter[1].islower() and not text[after + 1 : after + 2].isupper():
        return not _starts_in_lower_case(text, candidate, after)
    stops, closers, blank, lone, _ = candidate.groups("")
    quoted = closers.strip(BRACKETS) or lone.strip(BRACKETS)
    if (quoted and DASH.match(text, candidate.end())) or not (blank or _lacks_blank(text, start, candidate, after)):
        return True
    if quoted and stops != ".":
        return bool(SPEAKER.match(text, after))
    if stops not in (".", "!", "?") or closers not in ("", ")", "]", "'", "’"):
        return False
    return _belongs_to_word(text, start, candidate, after)


def _starts_in_lower_case(text: str, candidate: re.Match[str], after: int) -> bool:
    """Return whether a sentence starts with a small letter: behind a blank line, or a question or cry."""
    if candidate[1].strip("!?") or candidate[2] or candidate[4]:
        return candidate[3].count("\n") > 1
    # Behind a capital the mark may belong to a name: "Yahoo! shares".
    words = text[max(0, candidate.start() - REACH) : candidate.start()].split() or [""]
    asks = words[-1].islower() and text[candidate.end()] not in ASIDE
    return asks and not SECOND_HALF.match(text, after)


def _lacks_blank(text: str, start: int, candidate: re.Match[str], after: int) -> bool:
    """Return whether two sentences meet at a stop without a blank, unlike the parts of a name as file.Name."""
    word = WORD_BEFORE.search(text[max(start, candidate.start() - REACH) : candidate.start()])
    following = _listed_form(text, after)
    if not word or len(candidate[1]) > 1 or candidate[1] == "…":
        return False
    is_known = word[0].islower() and _LISTS["computing"].isdisjoint((word[0], following))
    return (len(word[0]) + len(following) > 1) if following in STARTERS else is_known


def _belongs_to_word(text: str, start: int, candidate: re.Match[str], after: int) -> bool:
    """Return whether a mark belongs to an abbreviation, initial, number or name and the sentence goes on."""
    stop = candidate.start()
    words = text[max(start, stop - REACH) : stop].rsplit(None, 2)
    if not words or text[stop - 1].isspace():
        return False
    word = words[-1].rpartition("—")[2].lstrip(OPENERS)
    if "." not in word:
        word = word.rpartition("-")[2]
    before = words[-2] if len(words) > 1 else ""
    following = "" if text[candidate.end()] in ASIDE else _listed_form(text, after)
    if candidate[1] != ".":
        is_name = word + candidate[1] in _LISTS["with_marks"] or (before in _LISTS["before_names"] and word.istitle())
        return is_name and not candidate[2] and following not in STARTERS
    if ITEM.fullmatch(word):
        is_whole = stop - start < REACH and text[start:stop].strip(OPENERS) == word
        return is_whole or _is_initial(word, before, following, text[max(start, stop - CLAUSE) : stop])
    if word.casefold() in ("a.m", "p.m"):
        opens = following in ("mr.", "mrs.", "ms.") or following not in STARTERS
        clause = OPENING_HOUR.search(text[max(start, stop - CLAUSE) : stop])
        return following.replace(".", "") in AFTER_HOURS or (opens and bool(clause))
    return _is_abbreviation(word, before, following)


def _listed_form(text: str, start: int) -> str:
    """Return the casefolded word that begins at `start`, with its full stop if it has one."""
    form = LISTED_FORM.match(text, start)
    return form[0].casefold() if form else ""


def _is_initial(word: str, before: str, following: str, clause: str) -> bool:
    """Return whether one letter is a name's initial, or a small number a German ordinal."""
    if word.isdigit():
        is_ordinal = before.casefold() in _LISTS["before_ordinals"] and GERMAN.search(clause)
        return following.rstrip(".") in _LISTS["after_ordinals"] or (bool(is_ordinal) and following not in STARTERS)
    if word == "I" and not before.endswith("."):
        # A pronoun follows small words, a numeral what is numbered: "So do I." "World War I."
        numbered = not _LISTS["before_numerals"].isdisjoint(clause.casefold().split()[-3:-1])
        is_name = before.lstrip(OPENERS)[:1].isupper() and before.casefold() not in STARTERS and not numbered
        return (is_name and following not in STARTERS) or (len(following) == len("x.") and following.endswith("."))
    return word == "I" or following not in STARTERS


def _is_abbreviation(word: str, before: str, following: str) -> bool:
    """Return whether a word keeps its full stop, given its neighbours, and the sentence goes on."""
    if word in NEVER_LAST or (word.isupper() and word.capitalize() in NEVER_LAST):
        return True
    if word in _LISTS["before_numbers"]:
        return following[:1].isdigit()
    if word in _LISTS["states"]:
        # Inside a sentence "in Salem, Ore., on" has a second comma; days ("in Salem, Ore. Monday") do without.
        if following and before.endswith(","):
            return following.rstrip(".") in AFTER_HOURS
        return following not in STARTERS
    return (word in _LISTS["may_be_last"] or bool(DOTTED.fullmatch(word))) and following not in STARTERS
