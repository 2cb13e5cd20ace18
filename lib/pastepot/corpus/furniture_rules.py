"""The furniture rules of ``furniture.toml``: what each does by default, the part its text counts as, its patterns."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pastepot import files


class Rule(NamedTuple):
    """What a rule does by default, the part that its labelled text then counts as, and its evidence in words."""

    action: str
    part: str
    evidence: str


DATA = files.data("corpus/furniture.toml")
RULES: Mapping[str, Rule] = {name: Rule(**known) for name, known in DATA["rules"].items()}
PARTS = ("body", "title", "subheading", "caption", "credit", "bio", "repeat")
COUNTED_PARTS = ("body", "title", "subheading")
HINTS, CAPTION_HINTS = DATA["hints"]["anywhere"], DATA["hints"]["caption"]
NEAR_AN_END: Mapping[str, int] = DATA["near_an_end"]


def _spelt(pattern: str | list[str], anywhere: Mapping[str, str] = DATA["anywhere"]) -> str:
    """Return a pattern of the data with each piece in place of its name."""
    text = "".join(pattern)
    for name, piece in (DATA["pieces"] | anywhere).items():
        text = text.replace(f"<{name}>", piece)
    return text


LINES: Mapping[str, re.Pattern[str]] = {rule: re.compile(_spelt(known)) for rule, known in DATA["lines"].items()}
INSIDE: Mapping[str, re.Pattern[str]] = {rule: re.compile(_spelt(known)) for rule, known in DATA["inside"].items()}
_NOWHERE = dict.fromkeys(DATA["anywhere"], "(?!)")
END_LINES = re.compile("|".join(f"(?:{LINES[rule].pattern})" for rule in NEAR_AN_END))
OTHER_LINES = re.compile(
    "|".join(
        f"(?:{_spelt(known, _NOWHERE)})"
        for rule, known in DATA["lines"].items()
        if rule not in ("caption", *NEAR_AN_END)
    )
)
"""Patterns joined into one, since most lines fit none, and one long search is quicker than many short ones."""
