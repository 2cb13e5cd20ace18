"""Parts: whether a stretch of an article is body, title, caption or other furniture that was kept and labelled."""

from collections.abc import Iterable
from typing import NamedTuple

from pastepot import errors
from pastepot.corpus.furniture import COUNTED_PARTS, PARTS, RULES
from pastepot.corpus.ledger import CleanText

INLINE = ("photo_mark",)
"""Labelled rules whose spans stand inside a sentence and don't end it."""


class Labelled(NamedTuple):
    """A labelled stretch of clean text: its span, its part, and whether it stands inside a sentence."""

    start: int
    end: int
    part: str
    inline: bool


def labelled_spans(view: CleanText) -> list[Labelled]:
    r"""Return the labelled stretches of a clean view, a repeat last, so that painting them in order lets it win.

    >>> from pastepot.corpus.ledger import Decision, apply_decisions
    >>> labelled_spans(apply_decisions("Title\nText", [Decision(0, 5, "title", "label")]))
    [Labelled(start=0, end=5, part='title', inline=False)]
    """
    spans = [
        Labelled(view.clean_position(one.start), view.clean_position(one.end), RULES[one.rule].part, one.rule in INLINE)
        for one in view.labels
    ]
    return sorted(spans, key=lambda span: (span.part == "repeat", span.start))


def chosen_parts(parts: str | Iterable[str]) -> tuple[str, ...]:
    """Return the parts that an option names; ``"all"`` stands for each.

    >>> chosen_parts("body")
    ('body',)
    >>> chosen_parts("all") == PARTS
    True
    """
    return errors.some_of("parts", parts, PARTS)


__all__ = ["COUNTED_PARTS", "PARTS", "Labelled", "chosen_parts", "labelled_spans"]
