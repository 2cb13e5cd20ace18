"""Furniture rules: what each finds, what it leaves alone, and that switching one changes nothing else."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import pastepot as pp
from pastepot import files
from pastepot.corpus.furniture import RULES, find_furniture, pattern
from pastepot.corpus.ledger import split_paragraphs

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "furniture.toml").read_text(encoding="utf-8"))
FOUND = [
    (place, rule, line) for place, rules in CASES["found"].items() for rule, lines in rules.items() for line in lines
]
KEPT = [
    (place, rule, line) for place, rules in CASES["kept"].items() for rule, lines in rules.items() for line in lines
]
BEFORE = (
    "Ferry crews vote for a second week out\n"
    "The crews met in the old customs house on Monday evening and voted by a show of hands.\n"
)
AFTER = "\nThe company said that it would answer when the tide had turned, and not a minute before.\n"
PATTERNS = files.data("corpus/furniture.toml")
TEACHING = Path(__file__).parents[2] / "seeds" / "teaching"


def decisions_on(line, place):
    """Return the decisions on a line of an article, below its headline, between its paragraphs or at its end."""
    title, body = BEFORE.splitlines()
    lines = {"top": [title, line, body, AFTER.strip()], "mid": [title, body, line, AFTER.strip()]}
    lines["end"] = [title, body, AFTER.strip(), line]
    text = "\n".join(lines[place])
    start = text.index(f"\n{line}") + 1
    decisions = find_furniture(text, split_paragraphs(text))
    return [
        (one.rule, one.action, text[one.start : one.end])
        for one in decisions
        if one.start < start + len(line) and one.end > start
    ]


@pytest.mark.parametrize(("place", "rule", "line"), FOUND)
def test_a_line_gets_the_rule_that_it_deserves(place, rule, line):
    assert decisions_on(line, place) == [(rule, RULES[rule].action, line)]


@pytest.mark.parametrize(("place", "rule", "line"), KEPT)
def test_a_harmless_line_is_kept_whatever_rule_it_is_built_against(place, rule, line):
    assert rule in RULES
    assert decisions_on(line, place) == []


@pytest.mark.parametrize("case", CASES["glued"], ids=[case["rule"] for case in CASES["glued"]])
def test_a_cue_in_front_of_a_sentence_goes_and_the_sentence_stays(case):
    cue = case["text"].removesuffix(case["kept"])
    assert decisions_on(case["text"], "mid") == [(case["rule"], RULES[case["rule"]].action, cue)]


def test_every_rule_has_three_harmless_lines_and_every_pattern_a_line_that_it_finds():
    for rule in RULES:
        assert len([line for _, other, line in KEPT if other == rule]) >= 3
    assert set(PATTERNS["lines"]) <= {rule for _, rule, _ in FOUND}


def found(text, **metadata):
    return {one.rule: text[one.start : one.end] for one in find_furniture(text, split_paragraphs(text), **metadata)}


def test_an_authors_note_is_found_where_it_is_glued_to_the_last_paragraph():
    text = BEFORE + "Nobody knows the day. Mara Quill has been reporting on ports and crews for 12 years."
    assert found(text)["bio"] == "Mara Quill has been reporting on ports and crews for 12 years."


def test_a_last_sentence_about_somebody_else_is_no_authors_note():
    text = BEFORE + "Nobody knows the day. Mara Quill is the second mate of the Northern Lantern."
    assert "bio" not in found(text)


def test_a_translation_credit_ends_with_its_sentence_although_a_quoted_title_ends_in_a_question_mark():
    text = (
        BEFORE + 'The Gazette translated the article "Who sails?" by Mara Quill for the Meridian. It was long.' + AFTER
    )
    credit = 'The Gazette translated the article "Who sails?" by Mara Quill for the Meridian.'
    assert found(text)["translation_credit"] == credit


def test_metadata_says_which_line_is_the_title_and_who_signs():
    text = "Harbour news\nFerry crews vote.\nMara Quill in Velmouth\n" + AFTER.strip() + AFTER
    rules = found(text, title="Ferry crews vote.", author="Mara Quill")
    assert (rules["title"], rules["byline"]) == ("Ferry crews vote.", "Mara Quill in Velmouth")


def test_only_the_second_of_two_equal_paragraphs_is_a_repeat():
    paragraph = "The company said on Monday that no crossing would run before Thursday of the coming week."
    text = f"Title of the day\n{paragraph}\nSomething else happened in between, as it always does.\n{paragraph}"
    start = text.rindex(paragraph)
    repeats = [one for one in find_furniture(text, split_paragraphs(text)) if one.rule == "repeat"]
    assert [(one.start, one.end) for one in repeats] == [(start, len(text))]


@pytest.mark.parametrize("rule", sorted(PATTERNS["lines"]))
def test_no_pattern_takes_longer_than_its_line_deserves(rule):
    for hostile in ("a" * 100_000, "Aa " * 30_000, "(" * 100_000, "Photo " * 20_000, "by " * 30_000, " " * 100_000):
        pattern("lines", rule).fullmatch(hostile)


def test_switching_a_rule_moves_only_that_rule():
    frame = pd.DataFrame({"text": [BEFORE + "Leave a Reply" + AFTER]})
    usual, moved = pp.ledger(pp.read(frame)), pp.ledger(pp.read(frame, label=["comment_form"]))
    assert usual["rule"].tolist() == moved["rule"].tolist() == ["title", "comment_form"]
    assert (usual["action"].tolist(), moved["action"].tolist()) == (["label", "drop"], ["label", "label"])
    assert pp.ledger(pp.read(frame, off=["comment_form"]))["rule"].tolist() == ["title"]


def test_cleaning_none_leaves_every_character():
    corpus = pp.read(pd.DataFrame({"text": [BEFORE + "Leave a Reply\u00a0"]}), clean="none")
    assert corpus.view(0).text == BEFORE + "Leave a Reply\u00a0"
    assert len(pp.ledger(corpus)) == 0


def test_every_rule_has_an_action_a_part_and_a_reason():
    for rule in RULES.values():
        assert rule.action in ("drop", "label")
        assert rule.evidence


def test_the_teaching_corpus_is_cleaned_as_its_gold_says():
    corpus = pp.read(TEACHING)
    gold = pd.read_csv(TEACHING / "gold" / "furniture.csv")
    wanted = set(zip(gold["file"], gold["end"], gold["rule"], gold["action"], strict=True))
    rows = pp.ledger(corpus).query("action != 'replace'")
    given = set(zip(rows["doc_id"], rows["end"], rows["rule"], rows["action"], strict=True))
    assert len(wanted & given) / len(given) >= 0.97
    assert len(wanted & given) / len(wanted) >= 0.97


def words(count):
    """Return a sentence of so many words without its stop."""
    return " ".join(["Nobody", *["knows"] * (count - 2), "today"])


@pytest.mark.parametrize(("count", "dropped"), [(11, False), (12, True), (13, True)])
def test_a_paragraph_that_stands_twice_is_a_repeat_from_twelve_words_on(count, dropped):
    text = f"{BEFORE}{words(count)}.{AFTER}{words(count)}.\nThe wind rose, and by noon no ferry had left.\n"
    assert found(text).get("repeat") == (f"{words(count)}." if dropped else None)


@pytest.mark.parametrize(("count", "labelled"), [(11, True), (12, True), (13, False)])
def test_a_subheading_has_twelve_words_at_most(count, labelled):
    assert ("subheading" in found(BEFORE + words(count) + AFTER)) is labelled


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize(("count", "labelled"), [(11, False), (12, False), (13, True)])
def test_a_subheading_stands_between_paragraphs_of_more_than_twelve_words(place, count, labelled):
    around = {"before": f"{words(40)}.", "behind": f"{words(40)}.", place: f"{words(count)}."}
    assert ("subheading" in found(f"{around['before']}\nHarbour in the fog\n{around['behind']}")) is labelled


@pytest.mark.parametrize(("count", "labelled"), [(6, True), (7, True), (8, False)])
def test_a_label_above_the_title_has_seven_words_at_most(count, labelled):
    text = f"{words(count)}\nFerry crews vote for a week\n{BEFORE}{AFTER.strip()}"
    assert ("section_label" in found(text, title="Ferry crews vote for a week")) is labelled


@pytest.mark.parametrize(("count", "title"), [(29, True), (30, True), (31, False)])
def test_a_first_line_is_the_title_up_to_thirty_words(count, title):
    assert (found(f"{words(count)}\n{words(60)}.{AFTER}").get("title") == words(count)) is title


@pytest.mark.parametrize(
    ("line", "rule", "where"),
    [
        ("The Gazette translated the article by Mara Quill for us.", "translation_credit", [0, 1, 2, 3, 8, 9]),
        ("VELMOUTH (Isles Wire) — The ferry stayed in port until noon.", "dateline", [0, 1, 2]),
        ("By Mara Quill", "byline", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ],
    ids=["translation_credit", "dateline", "byline"],
)
def test_some_rules_hold_only_near_the_ends_of_an_article(line, rule, where):
    other = [f"The crews met in the old customs house on day {day} and voted by a show of hands." for day in range(9)]
    texts = ["\n".join([*other[:place], line, *other[place:]]) for place in range(10)]
    assert [place for place, text in enumerate(texts) if rule in found(text)] == where


@pytest.mark.parametrize(("place", "labelled"), [(0, True), (1, True), (2, True), (3, False)])
def test_metadata_finds_the_title_among_the_first_three_lines(place, labelled):
    other = [f"The crews met in the old customs house on day {day} and voted by a show of hands." for day in range(5)]
    text = "\n".join([*other[:place], "Ferry crews vote.", *other[place:]])
    assert (found(text, title="Ferry crews vote.").get("title") == "Ferry crews vote.") is labelled


@pytest.mark.parametrize(
    ("kicker", "title"),
    [("HARBOUR NEWS TODAY", "Ferry crews vote for a week"), ("HARBOUR NEWS OF TODAY", "HARBOUR NEWS OF TODAY")],
)
def test_up_to_three_words_in_capitals_are_a_label_above_the_title(kicker, title):
    assert found(f"{kicker}\nFerry crews vote for a week{AFTER}{words(30)}.")["title"] == title


@pytest.mark.parametrize("line", ["The crews vote.", "The crews vote,", "“The crews vote.”"])
def test_a_first_line_that_stops_like_a_sentence_is_no_title(line):
    assert "title" not in found(f"{line}{AFTER}{words(30)}.")


@pytest.mark.parametrize(("second", "title"), [("The crews waited", False), ("The crews waited.", True)])
def test_a_title_is_shorter_than_a_line_below_it(second, title):
    assert ("title" in found(f"Ferry crews vote\n{second}\nSo it is.")) is title


@pytest.mark.parametrize(("behind", "noted"), [(1, True), (2, True), (3, False)])
def test_an_authors_note_begins_with_one_of_the_last_three_sentences(behind, noted):
    note = "Mara Quill is a reporter for the Meridian. " + " ".join(["She knows ports."] * behind)
    assert ("bio" in found(f"{BEFORE}Nobody knows the day. {note}")) is noted


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("The old ferry (pictured) stayed in port until noon.", " (pictured)"),
        ("(pictured) The old ferry stayed.", "(pictured)"),
    ],
)
def test_a_picture_mark_goes_with_the_space_before_it(line, mark):
    assert found(BEFORE + line + AFTER)["photo_mark"] == mark


@pytest.mark.parametrize(("count", "signed"), [(9, True), (10, False)])
def test_a_byline_has_seven_words_beside_the_name_and_is_no_sentence(count, signed):
    line = " ".join(["Mara Quill", *["knows"] * (count - 2)])
    assert (found(BEFORE + line + AFTER, author="Mara Quill").get("byline") == line) is signed
    assert "byline" not in found(f"{BEFORE}{line}.{AFTER}", author="Mara Quill")


@pytest.mark.parametrize("line", ["– Harbour in the fog", "• Harbour in the fog", "Harbour in the “fog”"])
def test_an_item_of_a_list_and_a_line_that_ends_in_a_quotation_are_no_subheadings(line):
    assert "subheading" not in found(BEFORE + words(20) + ".\n" + line + "\n" + words(20) + "." + AFTER)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Harbour news\nFerry crews vote\n" + words(20) + ".", None),
        ("Harbour news\nFerry crews vote\n" + words(20) + "." + AFTER, "Harbour news"),
        ("Harbour “news”\nFerry crews vote\n" + words(20) + "." + AFTER, None),
    ],
)
def test_a_label_above_the_title_needs_two_paragraphs_below_and_no_closing_mark(text, label):
    assert found(text, title="Ferry crews vote").get("section_label") == label


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Ada Quay (left) and Bo Sand (right) met on the pier.", [" (left)", " (right)"]),
        ("Ada Quay (left) met the board on the pier.", []),
        ("Ada Quay (pictured left) met the board on the pier.", [" (pictured left)"]),
    ],
)
def test_a_side_in_brackets_is_a_mark_only_where_two_names_have_one(text, marks):
    assert [line for rule, _, line in decisions_on(text, "mid") if rule == "photo_mark"] == marks


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("PORTHAM ― The board met on Monday.", "PORTHAM ―"),
        ("PORTHAM, June 3 (Halyard) - 12 boats were lost.", "PORTHAM, June 3 (Halyard) -"),
        ("Portham (dpa) - Der Rat tagte am Montag.", "Portham (dpa) -"),
        ("ROME — The board met on Monday.", "ROME —"),
        ("NEW PORTHAM -- The board met on Monday.", "NEW PORTHAM --"),
    ],
)
def test_a_dateline_ends_with_its_dash(text, place):
    assert found(BEFORE + text + AFTER)["dateline"] == place


@pytest.mark.parametrize("row", ["Tin 450 460 470", "1986/87 1985/86", "Net 9.27 mln vs 63.20 mln", "Sorghum nil nil"])
def test_rows_of_a_table_are_no_subheadings(row):
    assert "subheading" not in found(f"{BEFORE}{row}\nThe yard sold {words(20)}.{AFTER}")


def test_a_subheading_has_a_sentence_in_the_next_two_lines():
    text = f"{BEFORE}Tin and lead\nZinc, too\n{words(14)}\n{words(14)}.{AFTER}"
    assert [one.start for one in find_furniture(text, split_paragraphs(text)) if one.rule == "subheading"] == [
        text.index("Zinc, too")
    ]


@pytest.mark.parametrize("headline", ["Photos: the last night ferry", "Watch: Ferry crews vote", "By Ada Quay, a poem"])
def test_a_first_line_is_the_headline_even_if_a_rule_would_fit(headline):
    assert found(f"{headline}{AFTER}{words(30)}.")["title"] == headline


@pytest.mark.parametrize("line", ["The board met\non Tuesday and voted.", "The board met the vice-\npresident of it."])
def test_a_short_line_below_the_title_that_goes_on_in_the_next_is_body_text(line):
    text = BEFORE.replace("\n", f"\n{line}\n", 1) + AFTER.strip()
    assert set(found(text)) == {"title"}


def test_rows_of_digits_are_no_repeated_paragraphs():
    row = "04/09/87 03/09/87 04/09/87 03/09/87 45.1 46.2"
    assert "repeat" not in found(f"{BEFORE}{row}{AFTER}{row}\nThe wind rose, and by noon no ferry had left.")
