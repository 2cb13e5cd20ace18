"""The cleaning ledger and the offset map: what is done to a raw text, how to get back to it, and its paragraphs.

Raw text never changes. A decision drops a span, replaces it, or labels it; the clean view is the raw text with all
decisions applied; the offset map leads from any span of the view to the raw characters behind it, and back.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]

ACTIONS = ("drop", "replace", "label")

_WRAPPED_AT_MOST = 100
_WRAPPED_FROM = 45
_COLUMN_LINES, _NARROWEST, _ROOM = 5, 15, 0.8
"""The fewest lines of a column, the characters of its width, and how full, and how many of them full, lines are."""
_SENTENCE_WITHIN = re.compile(r"[^.][.!?][”’\"']? [A-ZÀ-Þ“‘]|[.!?][”’\"']?\s*$")
_GOES_ON = re.compile(r"\n[^\S\n]*[a-zß-ÿα-ωа-я]")
_LINE = re.compile(r"\S(?:.*\S)?")
_BLOCK = re.compile(rf"{_LINE.pattern}(?:[^\S\n]*\n[^\S\n]*{_LINE.pattern})*")


class Decision(NamedTuple):
    """One row of the ledger: a span of the raw text, the rule, what it does, and why."""

    start: int
    end: int
    rule: str
    action: str
    replacement: str = ""
    evidence: str = ""


class CleanText(NamedTuple):
    """A clean view of one raw text: the text, the decisions behind it, and the segments that map offsets.

    A segment is clean text that was kept as it was, or one replacement. `clean_starts` and
    `raw_starts` hold where each begins, `raw_ends` where its raw characters end, `kept` which of the two it is.
    """

    raw: str
    text: str
    labels: tuple[Decision, ...]
    clean_starts: Offsets
    raw_starts: Offsets
    raw_ends: Offsets
    kept: npt.NDArray[np.bool_]

    def raw_starts_of(self, starts: npt.ArrayLike) -> Offsets:
        """Return the raw position of the character at each clean position."""
        positions = np.asarray(starts, dtype=np.int64)
        segment = np.searchsorted(self.clean_starts, positions, side="right") - 1
        inside = np.where(self.kept[segment], positions - self.clean_starts[segment], 0)
        return np.minimum(self.raw_starts[segment] + inside, len(self.raw))

    def raw_ends_of(self, ends: npt.ArrayLike) -> Offsets:
        """Return the raw position after the character before each clean position (0 maps to 0)."""
        positions = np.asarray(ends, dtype=np.int64)
        last = np.maximum(positions - 1, 0)
        segment = np.searchsorted(self.clean_starts, last, side="right") - 1
        after = np.where(self.kept[segment], self.raw_starts_of(last) + 1, self.raw_ends[segment])
        return np.where(positions == 0, 0, np.minimum(after, len(self.raw)))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the raw span of a clean span that is not empty.

        >>> seen = apply_decisions("a\u00adb c", [Decision(1, 2, "soft_hyphen", "replace")])
        >>> seen.text, seen.raw_span(0, 2)
        ('ab c', (0, 3))
        """
        return int(self.raw_starts_of(start)), int(self.raw_ends_of(end))

    def in_raw(self, decision: Decision) -> Decision:
        """Return a decision about the clean text as one about the raw text."""
        start, end = self.raw_span(decision.start, decision.end)
        return decision._replace(start=start, end=end)

    def clean_position(self, position: int) -> int:
        """Return the clean position of a raw position; one inside a dropped or replaced span moves to its start.

        >>> apply_decisions("one two", [Decision(0, 4, "x", "drop")]).clean_position(5)
        1
        """
        segment = max(int(np.searchsorted(self.raw_starts, position, side="right")) - 1, 0)
        if position >= self.raw_ends[segment]:
            return int(self.clean_starts[segment + 1]) if segment + 1 < len(self.clean_starts) else len(self.text)
        within = max(position - int(self.raw_starts[segment]), 0)
        return int(self.clean_starts[segment]) + within * bool(self.kept[segment])


def text_edits(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the drops and replacements in order, none overlapping: of two that do, a drop wins, then the earlier.

    >>> [edit.rule for edit in text_edits([Decision(2, 3, "nbsp", "replace", " "), Decision(0, 9, "advert", "drop")])]
    ['advert']
    """
    wanted = (decision for decision in decisions if decision.action != "label")
    chosen: list[Decision] = []
    for edit in sorted(wanted, key=lambda edit: (edit.start, -edit.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
        elif edit.action == "drop" and chosen[-1].action == "replace":
            # Half a replacement cannot be shown, so the drop takes all of it.
            chosen[-1] = edit._replace(start=chosen[-1].start)
        elif edit.action == "drop" and edit.end > chosen[-1].end:
            chosen.append(edit._replace(start=chosen[-1].end))
    return chosen


def resolve_overlaps(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that take effect, in order of their start: no overlapping edit, no label inside a drop."""
    every = list(decisions)
    effective = text_edits(every)
    drops = [edit for edit in effective if edit.action == "drop"]
    labels = [one for one in every if one.action == "label"]
    labels = [one for one in labels if not any(drop.start <= one.start and one.end <= drop.end for drop in drops)]
    return tuple(sorted(effective + labels, key=lambda decision: (*decision[:2], decision.action, decision.rule)))


def apply_decisions(raw: str, decisions: Sequence[Decision] = ()) -> CleanText:
    """Return the clean view of `raw` under `decisions` without overlaps.

    >>> apply_decisions("Port news. Subscribe now!", [Decision(10, 25, "newsletter", "drop")]).text
    'Port news.'
    >>> apply_decisions("nothing to do").text
    'nothing to do'
    """
    labels = tuple(decision for decision in decisions if decision.action == "label")
    if len(labels) == len(decisions):
        zero = np.zeros(1, np.int64)
        return CleanText(raw, raw, labels, zero, zero, zero + len(raw), zero == 0)
    segments: list[tuple[str, int, int, bool]] = []
    done = 0
    for edit in text_edits(decisions):
        if edit.start > done:
            segments.append((raw[done : edit.start], done, edit.start, True))
        if edit.replacement:
            segments.append((edit.replacement, edit.start, edit.end, False))
        done = edit.end
    if done < len(raw) or not segments:
        segments.append((raw[done:], done, len(raw), True))
    texts, *columns = zip(*segments, strict=True)
    raw_starts, raw_ends, kept = map(np.array, columns)
    clean_starts = np.cumsum([0, *map(len, texts[:-1])])
    return CleanText(raw, "".join(texts), labels, clean_starts, raw_starts, raw_ends, kept)


# --- paragraphs -----------------------------------------------------------------------


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of a text's paragraphs, without the white space around them, in order.

    Each line is a paragraph, with or without blank lines between them. Only where a text is wrapped at a fixed width
    (blank lines separate its blocks, and no line of the longer blocks passes 100 characters) is a block one paragraph,
    and in columns (most lines go on in lower case where the next word had no room) each run of lines that go on.

    Examples
    --------
    >>> text = "Title\nFirst paragraph.\nSecond."
    >>> [text[start:end] for start, end in split_paragraphs(text)]
    ['Title', 'First paragraph.', 'Second.']
    >>> split_paragraphs(" \n\n ")
    []
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    return [match.span() for match in _BLOCK.finditer(text)] if _is_wrapped(text, lines) else _join_columns(text, lines)


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Return whether the lines of a text are cut at a width, so that a line is no paragraph."""
    if not lines or "\n\n" not in text or max(end - start for start, end in lines) > _WRAPPED_AT_MOST:
        return False
    # The lines with another right below them: their lengths show the width.
    neighbours = itertools.pairwise(lines)
    inner = [end - start for (start, end), (below, _) in neighbours if text.count("\n", end, below) == 1]
    return len(inner) * 2 >= len(lines) and sorted(inner)[len(inner) // 2] >= _WRAPPED_FROM


def _join_columns(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the paragraphs of a text that is set in columns; of any other, as of verse, lists, tables, its lines."""
    if len(lines) < _COLUMN_LINES or not _GOES_ON.search(text):
        return lines
    # One line in ten may be longer: two that were one word's halves.
    width = sorted(end - start for start, end in lines)[len(lines) * 9 // 10]
    if not _NARROWEST <= width <= _WRAPPED_AT_MOST or not _SENTENCE_WITHIN.search(text):
        return lines
    paragraphs, fulls, lows = lines[:1], [], []
    for number, ((start, end), (below, last)) in enumerate(itertools.pairwise(lines)):
        follows, is_low = text.count("\n", end, below) == 1, text[below].islower()
        is_full = end - start + len(text[below:last].split(None, 1)[0]) >= _ROOM * width
        is_heading = not is_low and (number == 0 or text[start:end].isupper() > text[below:last].isupper())
        fulls += [is_full] * follows
        lows += [is_low] * follows
        if follows and (is_full or is_low) and not is_heading:
            paragraphs[-1] = (paragraphs[-1][0], last)
        else:
            paragraphs.append((below, last))
    is_set = len(lows) + 1 >= _COLUMN_LINES and 2 * sum(lows) >= len(lows) and sum(fulls) >= _ROOM * len(fulls)
    return paragraphs if is_set else lines
