"""The teaching corpus holds what its gold says, and nothing of it stands in real text."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEACHING = ROOT / "seeds" / "teaching"
SHARED = ROOT.parent / "shared"
RUN = 12
DROPPED = {"read_more", "newsletter", "advertisement", "comment_form", "copyright", "share", "database_wrapper"}
LABELLED = {
    "title", "caption", "dateline", "byline", "wire_tag", "bio", "translation_credit", "subheading",
    "section_label", "photo_mark", "repeat",
}  # fmt: skip
CODE_PAGES = {"2031-01-23_isles-line-press_02.txt": "cp1252"}
OPENERS = ("“", "‘", '"', "'")
CLOSERS = ("”", "’", '"', "'")
HINTS = {
    "copyright": r"©|Copyright",
    "caption": r"Photo|Image",
    "comment_form": r"[Cc]omment|Name|e-mail",
    "read_more": r"(?i)read more|related|listen again",
    "newsletter": r"(?i)inbox|sign up|text\b",
    "advertisement": r"(?i)advertisement|sponsored|continues below",
    "translation_credit": r"translated",
    "photo_mark": r"^[(\[].*[)\]]$",
    "dateline": r"[–-]$",
    "bio": r"\.$",
    "database_wrapper": r"[.:]",
    "share": r"Share",
}
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in WORD.findall(text.replace("\u00ad", ""))]


def rows(name: str) -> list[dict[str, str]]:
    with (TEACHING / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def gold(name: str) -> list[dict[str, str]]:
    return rows(f"gold/{name}.csv")


@cache
def text_of(name: str) -> str:
    return (TEACHING / name).read_bytes().decode(CODE_PAGES.get(name, "utf-8"))


def span(row: dict[str, str], side: str = "") -> str:
    """Return the text of a gold span; a span outside its file fails here."""
    text = text_of(row["file" + side])
    start, end = int(row["start" + side]), int(row["end" + side])
    assert 0 <= start < end <= len(text), row
    return text[start:end]


def test_the_corpus_has_the_size_its_readme_promises() -> None:
    names = sorted(path.name for path in TEACHING.glob("*.txt"))
    assert 38 <= len(names) <= 46
    assert sum(len(words(text_of(name))) for name in names) >= 14_000
    assert all(240 <= len(words(text_of(name))) <= 640 for name in names)


def test_metadata_names_every_file_once_with_its_first_line_as_title() -> None:
    listed = rows("metadata.csv")
    assert [row["file"] for row in listed] == sorted(path.name for path in TEACHING.glob("*.txt"))
    for row in listed:
        assert text_of(row["file"]).lstrip("\ufeff").splitlines()[0] == row["title"]
        assert row["file"].startswith(row["date"] + "_")
    assert len({row["outlet"] for row in listed}) == 8
    assert {"agency", "press release", "correction", "op-ed", "translation"} <= {row["kind"] for row in listed}


def test_the_odd_files_are_still_odd() -> None:
    raw = {path.name: path.read_bytes() for path in TEACHING.glob("*.txt")}
    assert [name for name, data in raw.items() if b"\r\n" in data] == ["2031-01-07_isles-line-press_01.txt"]
    assert [name for name, data in raw.items() if data.startswith(b"\xef\xbb\xbf")] == ["2031-01-08_keel-ledger_01.txt"]
    with pytest.raises(UnicodeDecodeError):
        raw["2031-01-23_isles-line-press_02.txt"].decode("utf-8")
    everything = "".join(text_of(name) for name in raw)
    assert "\u00a0" in everything
    assert "\u00ad" in everything


@pytest.mark.parametrize("name", ["furniture", "quotations", "tone"])
def test_every_span_lies_in_its_file_trimmed_and_in_order(name: str) -> None:
    found = gold(name)
    assert all(span(row) == span(row).strip() for row in found)
    keys = [(row["file"], int(row["start"]), int(row["end"])) for row in found]
    assert keys == sorted(set(keys))


def test_furniture_names_its_rule_and_reads_like_it() -> None:
    for row in gold("furniture"):
        assert row["rule"] in (DROPPED if row["action"] == "drop" else LABELLED), row
        assert re.search(HINTS.get(row["rule"], r"\w"), span(row)), row
        if row["rule"] not in {"photo_mark", "dateline", "bio", "repeat"}:
            text = text_of(row["file"])
            before, after = text[: int(row["start"])], text[int(row["end"]) :]
            assert before.strip("\ufeff") == "" or before[-1] in "\r\n", row
            assert after == "" or after[0] in "\r\n", row


def test_a_second_copy_follows_its_first() -> None:
    copies = [row for row in gold("furniture") if row["rule"] == "repeat"]
    assert len(copies) >= 3
    for row in copies:
        assert span(row) in text_of(row["file"])[: int(row["start"])]


def test_quotations_begin_and_end_as_their_flag_says() -> None:
    for row in gold("quotations"):
        quoted, flag = span(row), row["flag"]
        mark = quoted[-1] if flag == "repaired_open" else quoted[0]
        assert row["quote_marks"] == ("single" if mark in "‘’" else "double"), row
        assert (quoted[0] in OPENERS) == (flag != "repaired_open") or flag == "stray", row
        assert (quoted[-1] in CLOSERS) == (flag not in {"continues", "unclosed"}), row
        assert ("\n" in quoted) == (flag == "displaced_close"), row
        assert (len(quoted) == 1) == (flag == "stray"), row


def test_a_quotation_that_continues_is_followed_by_an_opening_mark() -> None:
    for row in gold("quotations"):
        rest = text_of(row["file"])[int(row["end"]) :]
        if row["flag"] == "continues":
            assert rest.lstrip().startswith(OPENERS), row
        if row["flag"] in {"continues", "unclosed"}:
            assert rest[:1] in {"\n", "\r"}, row


def test_a_speaker_is_the_text_at_its_offsets() -> None:
    found = gold("quotations")
    named = [row for row in found if row["speaker"]]
    assert len(named) > 0.9 * len(found)
    for row in named:
        start, end = int(row["speaker_start"]), int(row["speaker_end"])
        assert text_of(row["file"])[start:end] == row["speaker"], row
        assert not int(row["start"]) <= start < int(row["end"]) or row["flag"] == "stray", row
    assert all(not row["speaker_start"] and not row["speaker_end"] for row in found if not row["speaker"])


def test_all_quotation_flags_occur() -> None:
    flags = Counter(row["flag"] for row in gold("quotations"))
    assert set(flags) == {"ok", "continues", "repaired_open", "displaced_close", "unclosed", "stray"}
    assert min(flags.values()) >= 3


def test_both_sides_of_a_passage_share_most_of_their_words_in_order() -> None:
    floors = {"verbatim": 1.0, "light": 0.9, "edited": 0.7, "heavy": 0.45}
    found = gold("passages")
    assert set(floors) == {row["kind"] for row in found}
    for row in found:
        one, other = words(span(row, "_a")), words(span(row, "_b"))
        matched = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
        # SequenceMatcher is greedy: it may find a little less than the longest common subsequence
        assert matched / max(len(one), len(other)) >= floors[row["kind"]] - (
            0.05 if row["kind"] != "verbatim" else 0
        ), row
        assert (one == other) == (row["kind"] == "verbatim"), row
        assert matched >= 10, row


def test_passages_begin_and_end_at_words_and_follow_the_dates() -> None:
    for row in gold("passages"):
        for side in ("_a", "_b"):
            passage = span(row, side)
            assert passage[0].isalnum(), row
            assert passage[-1].isalnum(), row
        same = row["file_a"][:10] == row["file_b"][:10]
        assert row["order"] == ("same day" if same else "earlier"), row
        assert row["file_a"][:10] <= row["file_b"][:10], row
        if row["file_a"] == row["file_b"]:
            assert int(row["end_a"]) <= int(row["start_b"]), row


def test_no_shared_run_of_ten_words_is_missing_from_the_passages() -> None:
    furniture: dict[str, list[tuple[int, int]]] = {row["file"]: [] for row in rows("metadata.csv")}
    for row in gold("furniture"):
        if row["rule"] != "repeat":
            furniture[row["file"]].append((int(row["start"]), int(row["end"])))
    grams: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    for name in sorted(furniture):
        found = [one for one in WORD.finditer(text_of(name)) if not inside(one.start(), furniture[name])]
        for first in range(len(found) - 9):
            run = found[first : first + 10]
            key = tuple(one.group().casefold().replace("’", "'") for one in run)
            grams.setdefault(key, []).append((name, run[0].start(), run[-1].end()))
    covered: dict[str, list[tuple[int, int]]] = {name: [] for name in furniture}
    for row in gold("passages"):
        for side in ("_a", "_b"):
            covered[row["file" + side]].append((int(row["start" + side]), int(row["end" + side])))
    for places in grams.values():
        for name, start, end in places if len(places) > 1 else []:
            assert any(low - 60 <= start and end <= high + 60 for low, high in covered[name]), (name, start, end)


def inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def test_tone_covers_the_body_once_and_nothing_else() -> None:
    labels = Counter(row["label"] for row in gold("tone"))
    assert set(labels) == {"-1", "0", "1"}
    assert min(labels.values()) >= 100
    aside: dict[str, list[tuple[int, int]]] = {}
    for row in gold("furniture"):
        if row["rule"] != "photo_mark":
            aside.setdefault(row["file"], []).append((int(row["start"]), int(row["end"])))
    for name, others in aside.items():
        told = [(int(row["start"]), int(row["end"])) for row in gold_of("tone", name)]
        assert all(end <= start for (_, end), (start, _) in pairwise(told))
        for one in WORD.finditer(text_of(name)):
            assert inside(one.start(), told) != inside(one.start(), others), (name, one)


@cache
def gold_of(table: str, name: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in gold(table) if row["file"] == name)


def real_texts() -> Iterator[tuple[str, str]]:
    """Yield the texts that lie beside the checkout, if any do."""
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((SHARED / "data").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield path.name, json.loads(line)["text"]


def test_no_run_of_twelve_words_stands_in_a_real_text() -> None:
    if not (SHARED / "seeds").is_dir() and not (SHARED / "data").is_dir():
        pytest.skip("no real articles or evaluation data lie beside this checkout, so there is nothing to compare with")
    runs: set[tuple[str, ...]] = set()
    for path in TEACHING.glob("*.txt"):
        found = words(text_of(path.name))
        runs.update(tuple(found[first : first + RUN]) for first in range(len(found) - RUN + 1))
    known = {word for run in runs for word in run}
    for source, text in real_texts():
        streak = 0
        found = words(text)
        for position, word in enumerate(found):
            # only a streak of words that all occur in the corpus can be one of its runs
            streak = streak + 1 if word in known else 0
            if streak >= RUN:
                assert tuple(found[position - RUN + 1 : position + 1]) not in runs, (source, position)


# --- what its README says ---------------------------------------------------------------


def readme() -> str:
    """Return the README of the corpus, each run of spaces and line ends as one space."""
    return " ".join((TEACHING / "README.md").read_text(encoding="utf-8").split())


def test_the_readme_counts_articles_and_weeks() -> None:
    days = sorted(date.fromisoformat(row["date"]) for row in rows("metadata.csv"))
    assert "Forty-four articles on ten weeks of an invented winter, 7 January to 14 March 2031" in readme()
    assert (days[0], days[-1]) == (date(2031, 1, 7), date(2031, 3, 14))
    assert len(days) == 44
    assert -(-((days[-1] - days[0]).days + 1) // 7) == 10


def test_the_readme_says_how_each_outlet_marks_quotations_and_paragraphs() -> None:
    table = re.findall(r"^\| (.+?) \| .+ \| (.+) \| (blank line|one line break) \|$", readme_lines(), re.MULTILINE)
    assert {outlet for outlet, _, _ in table} == {row["outlet"] for row in rows("metadata.csv")}
    for outlet, marks, between in table:
        texts = [text_of(row["file"]).replace("\r", "") for row in rows("metadata.csv") if row["outlet"] == outlet]
        counted = Counter(mark for text in texts for mark in text if mark in '“‘"')
        assert counted.most_common(1)[0][0] == marks[0], outlet
        assert {"\n\n" in text for text in texts} == {between == "blank line"}, outlet


def readme_lines() -> str:
    return (TEACHING / "README.md").read_text(encoding="utf-8")


def test_the_readme_says_who_used_whose_words() -> None:
    outlets = {row["file"]: row["outlet"] for row in rows("metadata.csv")}
    users: dict[str, set[str]] = {"Halyard News Agency": set(), "Isles Line Press Office": set()}
    for row in gold("passages"):
        sides = {outlets[row["file_a"]], outlets[row["file_b"]]}
        for source in sides & set(users):
            users[source] |= sides - {source}
    assert "The radio prints seven paragraphs of agency copy word for word (20 January)" in readme()
    assert "The Gazette, the Gull and the Meridian cut and edit it" in readme()
    radio = {"Sound 94"}
    assert users["Halyard News Agency"] == radio | {"Harbour Gazette", "Daily Gull", "National Meridian"}
    assert "in Keel & Ledger and on the radio, and one paragraph of theirs in the Gazette" in readme()
    assert users["Isles Line Press Office"] == radio | {"Keel & Ledger", "Harbour Gazette"}
    agency, printed = (text_of(f"2031-01-20_{name}.txt").splitlines() for name in ("halyard_03", "sound-94_02"))
    bodies = {line.split("(Halyard) - ")[-1] for line in agency}
    assert len([line for line in printed if len(line) > 40 and line in bodies]) == 7


def test_the_readme_counts_what_is_odd() -> None:
    kinds = Counter(row["kind"] for row in rows("metadata.csv"))
    assert "In five articles a paragraph occurs twice by an editing mistake" in readme()
    assert len({row["file"] for row in gold("furniture") if row["rule"] == "repeat"}) == 5
    assert "a correction (Daily Gull, 14 February) that quotes what it corrects, two op-eds, an analysis" in readme()
    assert [kinds[kind] for kind in ("correction", "op-ed", "analysis", "translation")] == [1, 2, 1, 1]
    [corrected] = [row for row in rows("metadata.csv") if row["kind"] == "correction"]
    assert (corrected["outlet"], corrected["date"]) == ("Daily Gull", "2031-02-14")
    notes = [row for row in gold("furniture") if row["rule"] == "bio"]
    glued = [row for row in notes if text_of(row["file"])[int(row["start"]) - 1] == " "]
    assert "Two files end with the author's note glued to the last paragraph" in readme()
    assert len(glued) == 2
    assert set(re.findall(r"kind \(([^)]+)\)", readme())[0].split(", ")) == set(kinds)
    shortest = min(len(words(span(row, side))) for row in gold("passages") for side in ("_a", "_b"))
    assert "Short formulas of fewer than ten words are not" in readme()
    assert shortest >= 10


def test_the_gull_mostly_has_one_sentence_a_paragraph() -> None:
    assert "| Daily Gull | tabloid, mostly one sentence a paragraph, capitals |" in readme_lines()
    paragraphs: Counter[tuple[str, int]] = Counter()
    for row in gold("tone"):
        if "daily-gull" in row["file"]:
            paragraphs[row["file"], text_of(row["file"])[: int(row["start"])].count("\n")] += 1
    single = sum(count == 1 for count in paragraphs.values())
    assert len(paragraphs) / 2 < single < len(paragraphs)
