"""Straight quotes for tools that know no others."""

SINGLE = "‘’‚‛ʼ‹›＇"
DOUBLE = "“”„‟«»〝〞〟＂"

_STRAIGHT = str.maketrans(SINGLE + DOUBLE, "'" * len(SINGLE) + '"' * len(DOUBLE))


def straight_quotes(text: str) -> str:
    r"""Return `text` with every curly or other typographic quote and apostrophe as ``'`` or ``"``.

    One character stands for one, so the result is as long as `text` and offsets into it hold.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same text with straight quotes; `text` itself if it has no typographic ones.

    Notes
    -----
    VADER and TextBlob look for ``n't`` and strip quotes as ASCII only: VADER takes "isn’t great" for praise and
    does not find the word in “great”. Not for display: the author's marks are gone, and ‹ › « » lose their
    direction. Primes (5′ 11″), accents and backticks are no quotation marks and stay.

    Examples
    --------
    >>> straight_quotes("The ferry isn’t “late”.")
    'The ferry isn\'t "late".'
    >>> straight_quotes("a quay of 40′, and nothing to straighten")
    'a quay of 40′, and nothing to straighten'
    """
    return text if text.isascii() else text.translate(_STRAIGHT)
