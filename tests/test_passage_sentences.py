"""What the chapter on passages says of repeats inside articles and of passages marked by hand, counted apart."""

import csv
import re

import pytest
from odd_corpora import FOUR, NOTEBOOKS, run

LINES = [
    "The ferry company will run four boats a day from Monday, a spokeswoman said.",
    "Nobody on the quay had heard of the new harbour office before last winter.",
    "The council will vote on the timetable after the traders have been asked twice.",
    "Engineers found no crack in the wall although they looked for two long hours.",
    "Every pupil was sent home with a letter that the headteacher had not signed.",
]


@pytest.fixture(scope="module")
def say(tmp_path_factory):
    """Return what the chapter says of articles, by cell; the first `repeats` of them have a sentence twice."""

    def show(repeats, marks=()):
        folder = tmp_path_factory.mktemp("passages")
        for number, text in enumerate(FOUR):
            lines = [*text.splitlines(), ""]
            lines += [LINES[number], "", f"A line of its own, number {number}.", "", LINES[number]] * (number < repeats)
            (folder / f"{number}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if marks:
            (folder / "gold").mkdir()
            with (folder / "gold" / "passages.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerows([("file_a", "start_a", "end_a", "file_b", "start_b", "end_b"), *marks])
        texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
        shown, _ = run(NOTEBOOKS / "04_duplicate_passages.ipynb", folder)
        return {one.cell: one.data["text"] for one in shown if one.kind == "say"}, texts

    return show


def places(texts, number):
    """Return where a sentence that is repeated begins and ends, both times, without its full stop."""
    line = LINES[number].removesuffix(".")
    return [f"{match.start()}–{match.end()}" for match in re.finditer(re.escape(line), texts[f"{number}.txt"])]


@pytest.mark.parametrize("repeats", range(5))
def test_the_first_three_repeats_are_named_and_the_rest_counted(say, repeats):
    said, texts = say(repeats)
    named = []
    for number in range(min(repeats, 3)):
        first, second = places(texts, number)
        words = len(re.findall(r"\w+", LINES[number]))
        named.append(f"Repeated in {number}.txt: {words} words, characters {first}, again at {second}.")
    rest = " 1 more is in the whole table." if repeats > 3 else ""
    assert said[27] == (" ".join(named) + rest if repeats else "No article contains a passage twice.")
    counted = {0: "No passages are repeats inside single articles", 1: "1 passage is a repeat inside one article"}
    many = f"{repeats} passages are repeats inside single articles"
    assert said[5].endswith(f"occurs in two different articles. {counted.get(repeats, many)}.")


@pytest.mark.parametrize(
    ("between", "inside", "expected"),
    [
        (1, 0, "1 passage is marked in 1 pair of articles."),
        (2, 1, "2 passages are marked in 1 pair of articles; 1 more is a repeat inside one article."),
        (2, 3, "2 passages are marked in 1 pair of articles; 3 more are repeats inside single articles."),
    ],
)
def test_passages_marked_by_hand_are_counted_between_articles_and_inside_them_apart(say, between, inside, expected):
    two = [("0.txt", 10 * n, 10 * n + 5, "1.txt", 10 * n, 10 * n + 5) for n in range(between)]
    one = [("0.txt", 10 * n, 10 * n + 5, "0.txt", 100 + 10 * n, 105 + 10 * n) for n in range(inside)]
    said, _ = say(1, [*two, *one])
    assert said[39].endswith(f"is found. {expected}")
    assert said[39].startswith("Exact matching: no found character is marked and no marked character is found. ")


def test_found_and_marked_characters_are_counted_on_both_sides(say):
    _, texts = say(1)
    (first, second) = ([int(edge) for edge in place.split("–")] for place in places(texts, 0))
    # Half of the one repeat is marked, and as many characters elsewhere.
    half = (first[1] - first[0]) // 2
    marks = [("0.txt", first[0], first[0] + half, "0.txt", second[0], second[0] + half)]
    said, _ = say(1, [*marks, ("1.txt", 0, half, "2.txt", 0, half)])
    found, marked, both = 2 * (first[1] - first[0]), 4 * half, 2 * half
    exact = f"{both} of {found} found characters ({100 * both / found:.0f}%) are marked"
    assert said[39].startswith(f"Exact matching: {exact} and {both} of {marked} marked characters (50%) are found. ")
