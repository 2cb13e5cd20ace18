"""Sentences: a paragraph is cut after its stops, unless a stop belongs to a word or the sentence goes on."""

import re


def _word_set(words: str) -> frozenset[str]:
    """Return the words of a list written with blanks."""
    return frozenset(words.split())


# Common abbreviations of English news (Associated Press style), and the commonest German and Spanish ones.
# Case matters: "Ill." is a state, "ill." ends a sentence. Each word stands in one list only.
NEVER_LAST = _word_set(
    """
    Adm Asst Atty Brig Capt Cmdr Col Cpl Dr Dra Drs Fr Frl Gen Gov Govs Hon Hr Ing Insp Lic Lt Maj Messrs
    Mlle Mme Mmes Mr Mrs Ms Msgr Pfc Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Sra Srta Supt bzw ca cf d.h
    e.g ggf i.e incl mio Mio Mrd sog u.a viz vs z.b z.B
    """
)
BEFORE_NUMBERS = _word_set(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Abs Art
    Bd Ch Fig Figs Kap No Nos Nr Nrs Núm Op Rt Rte Sec Secs Str Vol Vols no nos nr núm op p pág págs pp
    vol
    """
)
STATES = _word_set(
    """
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo Mont Neb Nebr
    Nev Okla Ore Pa Penn Penna Tenn Tex Va Vt Wash Wis Wisc Wyo
    """
)
MAY_BE_LAST = _word_set(
    """
    Assn Ave Bldg Blvd Bros Cia Co Corp Cos Dept Dist Div EE Est Ft Inc Intl Jr Ltd Mfg Mt Mts Natl Pkwy
    Pl Plc Rd Ry Sq Sr St Ste Sts UU Ud Uds Univ al etc usw
    """
)
# Words that open a sentence far more often than a name, so that "U.S." or "Inc." before them is an end.
STARTERS = _word_set(
    """
    a about according additionally after all also although among an and another any are as asked at
    because before both but by can could despite did do does during each earlier either even every few
    following for from further furthermore had has have he her here his how however i if in indeed instead
    is it its just last later like many maybe meanwhile more moreover most mr. mrs. ms. much my neither
    nevertheless nobody none nor not nothing now often on once one only or other others our out over
    people perhaps police rather several she should since so some someone sometimes soon still such that
    the their them then there therefore these they this those though through thus to today tomorrow two
    under unless until was we were what whatever when whenever where whether which while who whoever whose
    why with within without would yesterday yet you your aber am auch auf bei das dem den der des die doch
    ein eine er es für ich im ist mit nach sie und von wir zu zum al con cuando ella en esta este no para
    pero por según si sin su también un una y ya
    """
)
AFTER_HOURS = _word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december est edt cst cdt mst mdt pst pdt et ct mt pt gmt bst cet utc
    eastern central mountain pacific
    """
)
AFTER_ORDINALS = _word_set("januar februar märz april mai juni juli august september oktober november dezember")
SPEECH = "added|asked|asks|cried|cries|demanded|exclaimed|replied|replies|said|says|shouted|wondered|wrote"

OPENERS = "\"'“‘„‚”’«»‹›([{—–―-"
ASIDE = "([—–―-"
BRACKETS = ")]}"
REACH = 24  # how far back a word and its neighbour are looked for: longer words are no abbreviations
# Every run is possessive and begins at a stop that no stop precedes, so the scan is linear whatever the text.
CANDIDATE = re.compile(
    r"""(?<![.!?…]) ([.!?…]++) (["'”’“‘»«›‹)\]}]*+) (\s++)  # stops, closing marks, white space
        (?: (["'”’»)\]}]++) (?=\s) (\s++) )?+ (?=\S)        # marks that stand alone""",
    re.VERBOSE,
)
STARTER = re.compile(r"[\"'“‘„‚”’«»‹›(\[{¿¡—–―•*-]*+\s*+[\"'“‘„‚”’«»‹›(\[{¿¡$€£#@-]*+([^\W_])")
DASH = re.compile(r"[—–―-]++(?:\s|(?=[^\W\d_]))")
ATTACHED_OPENER = re.compile(r"""(?<![^\s(\[{‘“'—–―-])"(?=\S)""")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
NEXT_WORD = re.compile(r"\w[\w.’'-]*+")
SPEAKER = re.compile(
    rf"""(?: (?:Mrs?|Ms|Dr)\.\s++ )?+
        (?: (?:[^\W\d_a-zß-ÿ][\w’'-]*+\s++){{1,4}}+ | The\s++[\w’'-]++\s++ )  # a name, a pronoun, "The mayor"
        (?:{SPEECH})\b""",
    re.VERBOSE,
)
ITEM = re.compile(r"[^\W\d_]|\d{1,2}")
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
    mark. It goes on after titles (Mrs.), initials, and ``No.`` or a month before a number; after ``U.S.``,
    ``Inc.`` and their like unless a common first word follows; where ``"Why?"`` is followed by who asked; and
    where a closing mark and a dash name a source. A mark that stands alone joins the side it belongs to. Each
    decision looks at the sentence so far and the words it would go on with, so a sentence that is split again
    stays whole. The cost is linear in the length of the text.

    A heading without a stop is not told from the sentence behind it: split paragraphs first. ``Inc.`` before
    a name never ends a sentence here, although at times it does; ``I.`` does, although it may be an initial.

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
    for found in CANDIDATE.finditer(text, start, end):
        cut, resume = found.end(2), found.end(3)
        if found[4] and _closes(text, found, lone_opener):
            cut, resume = found.end(4), found.end()
        elif found[4]:
            lone_opener = found.start(4)
        if not _goes_on(text, start, found):
            spans.append((start, cut))
            start = resume
    return [*spans, (start, end)] if start < end else spans


def _closes(text: str, found: re.Match[str], lone_opener: int) -> bool:
    """Tell whether marks between two white spaces close what the last mark before them opened."""
    if found[4] not in ('"', "'"):
        return True
    last = text.rfind('"', 0, found.start(4))
    if found[4] == "'" or last < 0:
        return False
    return last == lone_opener or bool(ATTACHED_OPENER.match(text, last))


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether the sentence that begins at start goes on after a candidate."""
    starter = STARTER.match(text, found.end())
    if not starter or not _can_begin(text, starter.start(1)):
        return True
    if not LETTER_OR_DIGIT.search(text, start, found.start()):
        return True
    quoted = bool(f"{found[2]}{found[4] or ''}".strip(BRACKETS))
    if quoted and DASH.match(text, found.end()):
        return True
    if found[1] != ".":
        return quoted and bool(SPEAKER.match(text, starter.start(1)))
    if found[2] not in ("", ")", "]", "'", "’"):
        return False
    return _belongs_to_word(text, start, found, starter.start(1))


def _can_begin(text: str, at: int) -> bool:
    """Tell whether a sentence can begin with the letter or digit at this place; a name like eBay can."""
    return not text[at].islower() or text[at + 1 : at + 2].isupper()


def _belongs_to_word(text: str, start: int, found: re.Match[str], after: int) -> bool:
    """Tell whether a full stop belongs to an abbreviation, initial or number and the sentence goes on."""
    stop = found.start()
    words = text[max(start, stop - REACH) : stop].rsplit(None, 2)
    if not words or text[stop - 1].isspace():
        return False
    word = words[-1].rpartition("—")[2].lstrip(OPENERS)
    if "." not in word:
        word = word.rpartition("-")[2]
    before = words[-2] if len(words) > 1 else ""
    following = "" if text[found.end()] in ASIDE else _word_at(text, after)
    if ITEM.fullmatch(word):
        is_whole = stop - start < REACH and text[start:stop].strip(OPENERS) == word
        return is_whole or _is_initial(word, before, following)
    return _is_abbreviation(word, before, following)


def _word_at(text: str, after: int) -> str:
    """Return the casefolded word that begins at this place, with its full stop if it has one."""
    found = NEXT_WORD.match(text, after)
    return found[0].casefold() if found else ""


def _is_initial(word: str, before: str, following: str) -> bool:
    """Tell whether one letter is a name's initial, or a small number a German ordinal."""
    if word.isdigit():
        return following in AFTER_ORDINALS
    if word == "I":
        return before.endswith(".") or (len(following) == len("x.") and following.endswith("."))
    return following not in STARTERS


def _is_abbreviation(word: str, before: str, following: str) -> bool:
    """Tell whether a word keeps its full stop, given its neighbours, and the sentence goes on."""
    if word in NEVER_LAST or (word.isupper() and word.capitalize() in NEVER_LAST):
        return True
    if word in BEFORE_NUMBERS:
        return following[:1].isdigit()
    if word.casefold() in ("a.m", "p.m"):
        return following.replace(".", "") in AFTER_HOURS
    if word in STATES:
        # Inside a sentence "in Salem, Ore., on" has a second comma; days ("in Salem, Ore. Monday") do without.
        if following and before.endswith(","):
            return following.rstrip(".") in AFTER_HOURS
        return following not in STARTERS
    return (word in MAY_BE_LAST or bool(DOTTED.fullmatch(word))) and following not in STARTERS
