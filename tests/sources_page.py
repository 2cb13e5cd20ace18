"""The page docs/sources.md, made from the examples below, the list of cues and what was measured.

    python3 tests/sources_page.py

writes it anew; a test holds the page to what this makes.
"""

# ruff: noqa: E501 (an example is one line)
from pathlib import Path

import pandas as pd

import pastepot as pp
from pastepot.text.cues import CUES, IMPLIES

ROOT = Path(__file__).parents[1]
SHOWN = ["kind", "source", "source_kind", "cue", "cue_class", "text"]
# A sentence or two, and what to see there.
EXAMPLES = (
    ("Ada Quay said on Monday that the pier was safe.", "A clause behind a verb of speech; the day between them is no part of it."),
    ("The pier was safe, according to a report by the harbour office.", "What stands before *according to*; the source is a document."),
    ("“We will not sail before the new year,” Mara Quill said. Quill added that the crews were tired.", "A quotation, then indirect speech; the surname means the person who was named in full."),
    ("Ada Quay met the board. She said the wall would hold.", "A pronoun is the one person named in its sentence or the two before."),
    ("Ada Quay met Nora Lund. She said the wall would hold.", "Two persons fit, so the source stays empty and `reason` names both."),
    ("Bo Lund said the plan was “a step back for every port” and would cost 40 jobs.", "Partly quoted: the statement is `mixed`."),
    ("A senior official said the money had run out.", "A person whose name is kept back: `anonymity` is `withheld`."),
    ("Some experts warned that the ferry would sink.", "A class of people: `anonymity` is `collective`. The cue implies that something bad is ahead."),
    ("The ferry is expected to sail at noon.", "Nobody is said to expect it: `anonymity` is `not attributed`."),
    ("Ada Quay did not say when the pier would open.", "The row says `negated`: it was not said."),
)  # fmt: skip
# Kind of miss, how many of the sample, and a sentence of that kind that has no row.
MISSES = (
    ("an attitude, a decision or an act, with no word of speech", 34, "The board voted to close the pier."),
    ("a cue of the list in a construction that is not read", 23, "The wall has cracks. That is what Ada Quay said."),
    ("a noun as the cue", 20, "Ada Quay raised questions about the pier."),
    ("a verb or a phrase that is not in the list", 17, "Ada Quay made it clear that the pier would close."),
    ("a passive that puts the statement first", 3, "Calls to close the pier were rejected by the board."),
    ("a statement in two parts, or in another sentence than its cue", 3, "The pier, Ada Quay said in a letter, is safe, and the wall has cracks."),
)  # fmt: skip
GOLD, FOUND, MISSED = 1475, 910, 565
"""Statements in indirect speech that readers marked in PolNeAR dev, those that were found, and those that were not."""

HOW = """\
# Sources: who is said to have said what

This page is written by `python3 tests/sources_page.py`, which runs every example on it.

`pp.attributions(corpus)` lists the statements that a text gives to somebody, `pp.sources(corpus)` sums them by source,
and `pp.unnamed_sources(corpus)` says how many have a source without a name. No model is used: words are looked up in a
list and read by their order. The same text gives the same rows, and each row has the characters of the file.

## How it works

1. Quotations are found first, each with the person next to its cue. A quotation of four words or more is a statement.
2. In the rest of each sentence, cues are looked up: verbs of the list below in all their forms, and *according to*.
3. A cue counts only with something that can be said behind or before it: a clause, a question, or what this verb takes.
4. The source is the noun phrase that governs the cue. It is a named person, a role, a group, a document, or unnamed.
5. Names of one person are joined. A pronoun is the person who spoke last or the only one who fits; where two fit or none, the source is empty.
6. A statement inside another has no row of its own.

English only. In other languages quotations are found, and indirect speech is not.
"""
HOW_GOOD = """\
## How good it is

Measured on the 84 articles of PolNeAR dev, US political news in which readers marked every attribution
([the benchmarks](../benchmarks/README.md) have the rest). A statement is found if at least half of the shorter of the
two, the row and the marked one, is in both.

| what | precision | recall |
|---|---|---|
| statements in indirect speech | .889 (874 of 983 rows) | .620 (914 of 1,475 marked) |
| their sources | .890 | .560 |
| statements with quotation marks | .972 (826 of 850 rows) | .940 (674 of 717 marked) |
| speakers of quotations | .961 (681 of 709) | .943 (681 of 722) |

Of the 28 speakers that count as wrong there, 8 are right by our reading: source and cue are exchanged in the marks.
So counts of indirect speech are too low rather than too high, and a share of unnamed sources is one of what is found.
"""
WHAT = """\
## What it misses

{missed} of the {gold:,} marked statements in indirect speech are not found ({share:.0%}). Of the 565
that an earlier version missed, {sample} were drawn by chance and sorted into kinds by one judge; no second one was asked. The sentences are our own and have
no row.

| kind | of the {sample} | a sentence of the kind |
|---|---|---|
"""
REST = """\
The largest kind is what readers marked and few would call a statement. Only what is in words of speech can be found by
a list of words of speech.

No list shows what nobody wrote: who was not asked has no row, and a claim without a source is no statement here.
"""


def read_statements(text: str) -> pd.DataFrame:
    """Return the statements of a text."""
    return pp.attributions(pp.read(pd.DataFrame({"text": [text]}), clean="none"))


def show_example(number: int, text: str, remark: str) -> str:
    """Return an example with its rows as Markdown."""
    rows = [[value or "–" for value in row] for row in read_statements(text)[SHOWN].to_numpy().tolist()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    head = f"| {' | '.join(f'`{name}`' for name in SHOWN)} |\n|{'---|' * len(SHOWN)}"
    return f"**{number}.** {text}\n\n{head}\n{table}\n\n{remark}\n"


def list_classes() -> str:
    """Return the classes of cues as a table, with what each implies and its verbs."""
    verbs: dict[str, set[str]] = {name: set() for name in IMPLIES}
    for cue in CUES.values():
        for name in cue.classes.values():
            verbs[name].add(cue.verb)
    rows = (f"| {name} | {implies} | {', '.join(sorted(verbs[name]))} |" for name, implies in IMPLIES.items())
    return "\n".join(["| class | what it implies | verbs |", "|---|---|---|", *rows])


def page_text() -> str:
    """Return the page."""
    sample = sum(count for _, count, _ in MISSES)
    examples = "\n".join(show_example(number, *example) for number, example in enumerate(EXAMPLES, 1))
    misses = "\n".join(f"| {kind} | {count} of {sample} | {text} |" for kind, count, text in MISSES)
    what = WHAT.format(missed=MISSED, gold=GOLD, share=MISSED / GOLD, sample=sample)
    classes = "A class says what the word implies, not whether it is so. A verb is in two classes where what follows it differs: *argue\nthat* and *argue against*.\n\n"
    return (
        f"{HOW}\n## Ten examples\n\n{examples}\n## What the cue implies\n\n{classes}{list_classes()}\n\n"
        f"{HOW_GOOD}\n{what}{misses}\n\n{REST}"
    )


if __name__ == "__main__":
    (ROOT / "docs" / "sources.md").write_text(page_text(), encoding="utf-8")
