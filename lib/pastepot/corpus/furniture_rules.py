"""The furniture rules as data: what each does by default, the part its text counts as, and the patterns it looks for.

Patterns are for one paragraph with its characters mended. None nests quantifiers, so that a hostile line costs no
more than its length.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple


class Rule(NamedTuple):
    """What a rule does by default, the part that its labelled text then counts as, and its evidence in words."""

    action: str
    part: str
    evidence: str


RULES: Mapping[str, Rule] = {
    "title": Rule("label", "title", "the first line, short and without a full stop"),
    "section_label": Rule("label", "credit", "a short line beside the title, or a section's usual name"),
    "subheading": Rule("label", "subheading", "a short line without a full stop between paragraphs"),
    "caption": Rule("label", "caption", "a line that ends in a photo credit"),
    "photo_mark": Rule("label", "caption", "a reference to a picture in brackets"),
    "byline": Rule("label", "credit", "a line that names the author"),
    "dateline": Rule("label", "credit", "a place before the first words"),
    "wire_tag": Rule("label", "credit", "an agency's mark alone on a line"),
    "translation_credit": Rule("label", "credit", "a sentence that says what was translated"),
    "bio": Rule("label", "bio", "a last sentence that says what the author does"),
    "repeat": Rule("label", "repeat", "the paragraph stands earlier in the same article"),
    "copyright": Rule("drop", "credit", "a copyright notice"),
    "comment_form": Rule("drop", "credit", "a line of a comment form"),
    "newsletter": Rule("drop", "credit", "an invitation to subscribe"),
    "advertisement": Rule("drop", "credit", "an advertisement mark"),
    "read_more": Rule("drop", "credit", "a pointer to another article"),
    "share": Rule("drop", "credit", "an invitation to share or follow"),
    "database_wrapper": Rule("drop", "credit", "a field of a press database"),
    "boilerplate": Rule("drop", "credit", "a line that its outlet repeats"),
}
PARTS = ("body", "title", "subheading", "caption", "credit", "bio", "repeat")
COUNTED_PARTS = ("body", "title", "subheading")

NAME = r"[A-ZÀ-Þ][\w.'’-]{0,30}"
NAMES = rf"{NAME}(?:(?:,? and|,| &)? {NAME}){{0,5}}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
PHOTO = r"(?i:photo(?:graph)?s?|pictures?|images?|credit|file photo|photo credit|graphic|illustration)"

ANYWHERE: Mapping[str, str] = {
    "comment_form": r"(?:[^.]{0,60}[.?!] )?leave a (?:reply|comment)|.{0,40}\bhave your say\b.{0,60}",
    "newsletter": r".{0,40}\b(?:alerts?|news|updates|headlines) by (?:text|e-?mail|phone)\b",
}
"""What may stand some words into a line: slow to look for, so a text is asked first whether it has one of the hints."""
HINTS = ("leave a ", "have your say", " by text", " by e", " by phone")
CAPTION_HINTS = ("photo", "picture", "image", "credit", "graphic", "illustration", "caption")

LINES: Mapping[str, re.Pattern[str]] = {
    "copyright": re.compile(
        r"(?:©|\(c\) ?\d{4}|copyright\b(?! law| rule| case| claim| infring| dispute)).{0,800}"
        r"|all rights reserved\b.{0,200}",
        re.IGNORECASE,
    ),
    "comment_form": re.compile(
        rf"(?:{ANYWHERE['comment_form']}|be the first to (?:leave a )?comment|post (?:a |your )?comment"
        r"|add (?:a )?comment|(?:your )?e-?mail address will not be published.{0,80}"
        r"|required fields are marked.{0,20}"
        r"|(?:your )?(?:name|e-?mail|website|comment)(?: address)? ?(?:\*|\(.{0,40}\))"
        r"|comments are (?:closed|moderated).{0,80}|save my name.{0,120}|(?:no|\d{1,5}) comments?|cancel reply"
        r"|this site uses \w+ to reduce spam.{0,120}|log in to (?:reply|comment)"
        r"|join the (?:conversation|discussion))[.:!]?",
        re.IGNORECASE,
    ),
    "newsletter": re.compile(
        rf"(?:{ANYWHERE['newsletter']}|sign up (?:for|to) |subscribe (?:to|for|now|today|here)"
        r"|get .{0,100}(?:in|to) your (?:inbox|phone|e-?mail)\b"
        r"|(?:want|like) more (?:news|stories)\b|to receive (?:the|our) .{0,40}newsletter).{0,200}",
        re.IGNORECASE,
    ),
    "advertisement": re.compile(
        r"[-–—\[(* ]{0,4}(?:advertisements?|sponsored(?: content| post)?|paid (?:content|advertisement)"
        r"|(?:article|story|post) continues (?:below|after)(?: (?:the |this )?ad(?:vertisement|vert)?)?"
        r"|(?:scroll|continue reading) (?:below )?to continue|(?:advertisement|sponsored): .{0,140})[-–—\])*. ]{0,4}",
        re.IGNORECASE,
    ),
    "read_more": re.compile(
        r"(?:read (?:more|also|next|on|the full)|also read|more (?:on this|stories|from|in)\b"
        r"|related(?: stories| articles)?"
        r"|see also|you (?:may|might) also like|don['’]t miss|recommended|listen(?: again)?|watch(?: again)?)"
        r"\b[^.!?:>»|–—-]{0,40}[:>»|–—].{0,200}"
        r"|(?:read more|related (?:stories|articles|content)|more on this story|recommended for you|most read)",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"(?:share (?:this|on|via)\b.{0,60}|follow us\b.{0,80}|click to (?:share|print|email).{0,60}"
        r"|like us on \w+.{0,40}"
        r"|print this (?:page|article))",
        re.IGNORECASE,
    ),
    "database_wrapper": re.compile(
        r"(?:(?:full text|abstract)(?: ?\([^)]{0,40}\))?[.:](?: .{0,1500})?"
        r"|(?:publication (?:title|date|year|subject|info|type)"
        r"|document (?:url|id|type)|proquest document id|load-date|accession number|language of publication"
        r"|source type|issn|database|word count|last updated|length)\b ?[.:].{0,300}"
        r"|enlarge this image\.?|credit: .{0,80}|end of document|document \d+ of \d+)",
        re.IGNORECASE,
    ),
    "byline": re.compile(
        rf"(?i:by|words by|report by|von|por|par) {NAMES}(?:,? (?:in {NAME}|(?:and |with )?agenc(?:y|ies)"
        rf"|[\w ]{{0,30}}(?:correspondent|reporter|editor|writer|staff|desk)))?(?:[ ,|]+{DAY}.{{0,20}})?"
        r"|[\w&’' ]{3,40} (?:staff|newsroom|desk|reporters?|correspondents?)",
    ),
    "caption": re.compile(
        rf"{PHOTO} ?[:–—|] ?.{{1,400}}|(?:caption|pictured) ?[:–—|] ?.{{1,400}}"
        rf"|.{{3,400}}[.,;:)\]\s|/–—-]\s?{PHOTO}(?: by|: | / |/| ©)? ?{NAME}"
        rf"(?:(?: ?[/,|-] ?| | for (?:the )?){NAME}){{0,5}}\)?"
        rf"|.{{3,400}}\({PHOTO}\b[^()]{{2,80}}\)\.?",
        re.DOTALL,
    ),
    "wire_tag": re.compile(
        r"[(\[–—-]{0,2} ?(?i:reuters|ap|afp|dpa|upi|tass|efe|ansa|ends"
        r"|[A-Z][\w ]{2,30} (?:news agency|wire|press agency))"
        rf" ?[)\]–—-]{{0,2}}\.?|\({NAME}(?: {NAME})?\)|-?30-?"
        r"|[A-Z]{2,5}[ /](?=[\w/ .()-]{0,60}\d{3})[\w/ .()-]{2,60}",
    ),
    "section_label": re.compile(
        r"(?:press release|for immediate release|notes? to editors|breaking(?: news)?|exclusive)\b[^.!?]{0,40}",
        re.IGNORECASE,
    ),
}
NEAR_AN_END: Mapping[str, int] = {"byline": 5, "wire_tag": 8}
"""Rules that hold only for so many first or last paragraphs."""

END_LINES = re.compile("|".join(f"(?:{LINES[rule].pattern})" for rule in NEAR_AN_END))
OTHER_LINES = re.compile(
    "|".join(
        f"(?:{one.pattern.replace(ANYWHERE[rule], '(?!)') if rule in ANYWHERE else one.pattern})"
        for rule, one in LINES.items()
        if rule not in ("caption", *NEAR_AN_END)
    ),
    re.IGNORECASE,
)
"""Patterns joined into one, since most lines fit none, and one long search is quicker than many short ones."""

DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{{2,40}}(?:, {NAME}){{0,2}}(?:, {DAY})?|{NAME}(?: {NAME}){{0,3}}, {DAY})"
    r"(?: \([\w ]{2,30}\))? ?(?:--|[–—-])(?= )"
)
PHOTO_MARK = re.compile(r"[(\[](?:pictured|above|left|right|below|centre|center|file photo)\b[^()\[\]\n]{0,40}[)\]]")
TRANSLATION = re.compile(
    r"\btranslated (?:the |this |an? )?(?:article|text|piece|report|column|essay|interview|by|from|into)\b"
    r"|\btranslation(?: from [A-Z]\w+| by|:)",
    re.IGNORECASE,
)
BIO = re.compile(
    rf"(?P<name>{NAME}(?: {NAME}){{1,3}}) (?:(?:writes|covers|reports|teaches|edits|works) [^\n]{{3,400}}"
    r"|(?:is|was|has been)\b[^.!?\n]{0,160}?\b(?:analy[sz]\w+|author|journalist|report(?:er|ing|s)|writ(?:er|es|ing)"
    r"|edit(?:or|s|ing)|correspondent|columnist|professor|fellow|researcher|historian|lecturer|cover(?:s|ing)"
    r"|contributor|freelance|staff)\b[^\n]{0,400})"
)
