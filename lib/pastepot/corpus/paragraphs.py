"""Paragraphs: parted by blank lines, or one a line where a file has none."""

import itertools

_WRAPPED_AT_MOST = 100
_WRAPPED_FROM = 45


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of a text's paragraphs, trimmed of blanks, in order.

    Each line is a paragraph, whether or not blank lines stand between. Only where a text is wrapped at a fixed width
    (blank lines part its blocks, and no line of the longer blocks passes 100 characters) is a block one paragraph.

    Examples
    --------
    >>> text = "Title\nFirst paragraph.\nSecond."
    >>> [text[start:end] for start, end in paragraphs(text)]
    ['Title', 'First paragraph.', 'Second.']
    >>> paragraphs(" \n\n ")
    []
    """
    lines = _trimmed_lines(text)
    if _is_wrapped(text, lines):
        return _blocks(text, lines)
    return lines


def _trimmed_lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that are not blank, without the blanks around them."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            spans.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
        start += len(line) + 1
    return spans


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Say whether the lines of a text are cut at a width instead of standing for paragraphs."""
    if not lines or "\n\n" not in text:
        return False
    inner = [
        end - start
        for (start, end), (following, _) in itertools.pairwise(lines)
        if text.count("\n", end, following) == 1
    ]
    if len(inner) * 2 < len(lines):
        return False
    longest = max(end - start for start, end in lines)
    return longest <= _WRAPPED_AT_MOST and sorted(inner)[len(inner) // 2] >= _WRAPPED_FROM


def _blocks(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of runs of lines with no blank line between them."""
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        if spans and text.count("\n", spans[-1][1], start) == 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
