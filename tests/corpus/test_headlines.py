"""Headlines: which first lines are one, and which only begin the article."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

import pastepot as pp

DEV = Path(__file__).parents[3] / "shared" / "data" / "polnear_dev.jsonl.gz"
BODY = (
    "The board met on Tuesday and voted after two hours to keep the night ferry until June.\n"
    "The crews, who had asked for two more boats, will wait until the board meets again, they said.\n"
)
HEADLINES = [
    "Crews: ‘We will wait.’",
    "Board keeps the night ferry.",
    "Night ferry stays, crews wait for June vote.",
    "The Board That Would Not Meet At Night.",
    "Why The Harbour Board Said No. It Was Not The Money.",
    "Mayor Says Crews ‘Have Waited Long Enough.’",
    "'Nobody told us anything': crews on a night in Portham.",
    "BOARD KEEPS NIGHT FERRY.",
    "WORLD BANK TO LEND PORTHAM 104 MLN DLRS",
    "FERRY FIRM REPORTS SHARPLY HIGHER 2030 PROFIT",
    "NIGHT FERRY",
    "Will the night ferry stay?",
    "Night ferry stays",
]
BODIES = [
    "The night ferry stays.",
    "It was a cold morning.",
    "Nobody was at the quay.",
    "The board met on Tuesday.",
    "“We will wait.”",
    "She had waited for years.",
    "Crews said no.",
    "Crews voted on Monday to wait.",
    "On the quay of Portham the crews of three boats wait for a word from the mayor.",
    "PORTHAM (Isles Wire) — Crews of two ferries wait.",
    "PORTHAM, June 3 (Isles Wire) - Crews of two ferries wait",
    "Mara Quill writes from Portham:",
    "Monday, June 3, 2031",
    "3 June 2031",
    "By Mara Quill",
    "By Mara Quill and Bo Sand",
]


def titles(text: str) -> list[str]:
    """Return the lines of a text that are labelled as its title."""
    corpus = pp.read(pd.DataFrame({"text": [text]}))
    rows = pp.ledger(corpus).query("rule == 'title'")
    return [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]


@pytest.mark.parametrize("line", HEADLINES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_first_line_that_reads_like_a_headline_is_the_title(line, gap):
    assert titles(f"{line}{gap}{BODY}") == [line]


@pytest.mark.parametrize("line", BODIES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_first_line_that_begins_the_article_is_no_title(line, gap):
    assert titles(f"{line}{gap}{BODY}") == []


@pytest.mark.parametrize("above", ["By Mara Quill", "Monday, June 3, 2031", "EXCLUSIVE", "PORTHAM, June 3"])
def test_the_headline_may_stand_below_a_byline_a_date_or_a_label(above):
    assert titles(f"{above}\nBoard keeps the night ferry\n{BODY}") == ["Board keeps the night ferry"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Board keeps the night", "ferry until June"),
        ("Board keeps the night ferry for", "Portham and Velmouth"),
        ("Board keeps ferry;", "Crews to wait until June."),
        ("WORLD BANK TO LEND PORTHAM", "104 MLN DLRS FOR BOATS"),
    ],
)
def test_a_headline_may_go_on_in_the_line_right_below(lines):
    text = "\n".join([*lines, BODY])
    assert titles(text) == list(lines)
    assert pp.articles(pp.read(pd.DataFrame({"text": [text]})))["title"].tolist() == [" ".join(lines)]


@pytest.mark.parametrize("second", ["Crews to wait until June", "Portham Herald", "By Mara Quill"])
def test_another_line_below_a_whole_headline_is_no_part_of_it(second):
    assert titles(f"Board keeps the night ferry\n{second}\n{BODY}") == ["Board keeps the night ferry"]


def test_a_list_and_a_text_without_a_longer_line_have_no_headline():
    assert titles("apples\npears\nbananas and oranges\n") == []
    assert titles("Ferry vote") == []


@pytest.mark.skipif(not DEV.is_file(), reason="no evaluation data beside the checkout")
def test_of_84_articles_with_a_stop_behind_the_headline_at_least_75_have_their_title():
    with gzip.open(DEV, "rt", encoding="utf-8") as file:
        texts = [json.loads(row)["text"].strip() for row in file]
    found = sum(text.split("\n", 1)[0].rstrip() in [line.rstrip() for line in titles(text)] for text in texts)
    assert (found >= 75, len(texts)) == (True, 84)
