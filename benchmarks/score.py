"""Score sentences, words and quotations on the evaluation data, through the same tables that users get.

    python benchmarks/score.py ../shared [sentences|words|quotations ...]

Each table is made with ``clean="none"``, written with the columns that the scorers of ``../shared/bench`` read, and
scored by them. A null in a column that a scorer needs is an error.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import pastepot as pp

SPEAKERS = ("speaker_start", "speaker_end")
OTHERS = ("kind", "source_start", "source_end")


class Task(NamedTuple):
    """What is scored: the table, its options, the data, and the scorer with its options."""

    table: str
    options: dict[str, str]
    data: str
    scorer: tuple[str, ...]


TASKS = {
    "sentences": (
        Task("sentences", {}, "gum_news.jsonl.gz", ("score_spans.py", "--mode", "sent")),
        Task("sentences", {}, "brown_news.jsonl.gz", ("score_spans.py", "--mode", "sent")),
        Task("sentences", {}, "ud_pud_de.jsonl.gz", ("score_spans.py", "--mode", "sent")),
        Task("sentences", {}, "ud_pud_fr.jsonl.gz", ("score_spans.py", "--mode", "sent")),
        Task("sentences", {}, "ud_pud_es.jsonl.gz", ("score_spans.py", "--mode", "sent")),
    ),
    "words": (
        Task("words", {"clitics": "keep"}, "gum_news.jsonl.gz", ("score_spans.py", "--mode", "surf")),
        Task("words", {"clitics": "split"}, "gum_news.jsonl.gz", ("score_spans.py", "--mode", "syn")),
        Task("words", {"elision": "auto"}, "ud_pud_fr.jsonl.gz", ("score_spans.py", "--mode", "surf")),
    ),
    "quotations": (Task("quotations", {"quote_marks": "double"}, "polnear_dev.jsonl.gz", ("score_quotes.py",)),),
    "attributions": (Task("attributions", {}, "polnear_dev.jsonl.gz", ("score_attributions.py",)),),
}


def predictions(task: Task, source: Path) -> pd.DataFrame:
    """Return the columns a scorer reads, without a null in any but the speaker's."""
    frame = getattr(pp, task.table)(pp.read(source, clean="none"), **task.options)
    chosen = frame[["doc_id", "start", "end", *(column for column in SPEAKERS + OTHERS if column in frame)]]
    if chosen[["doc_id", "start", "end"]].isna().any(axis=None):
        sys.exit(f"{task.table} on {source.name}: a null where an offset must be")
    return chosen


def score(task: Task, shared: Path) -> str:
    """Return what the scorer prints for one task."""
    gold = shared / "data" / task.data
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pred.jsonl"
        lines = predictions(task, gold).to_json(orient="records", lines=True)
        out.write_text(lines.replace(',"speaker_start":null,"speaker_end":null', ""), encoding="utf-8")
        command = [sys.executable, str(shared / "bench" / task.scorer[0]), str(gold), str(out), *task.scorer[1:]]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Score what the command line names, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with bench and data")
    parser.add_argument("what", nargs="*", choices=[*TASKS, []], help="sentences, words, quotations, attributions")
    options = parser.parse_args()
    for name in options.what or TASKS:
        for task in TASKS[name]:
            print(f"== {name} on {task.data} {task.options or ''}")
            print(score(task, options.shared))


if __name__ == "__main__":
    main()
