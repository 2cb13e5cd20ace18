"""Boilerplate: an outlet's repeated lines go, its stories stay, and a story printed again is no boilerplate."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pastepot as pp
from pastepot.corpus.boilerplate import find_repeated_lines
from pastepot.corpus.ledger import apply_decisions
from pastepot.corpus.records import Record

FOOT = "The Gazette is printed on Quay Street."
NOTE = (
    "Editor's remark: the minister named above owns a third of the ferry company and has told this paper twice that he "
    "will not answer to it before the strike is over"
)
POLNEAR = Path(__file__).parents[3] / "shared" / "data" / "polnear_dev.jsonl.gz"


def body(number, lines=6):
    return [f"Story {letter(number)} tells in line {letter(line)} of {letter(number * line)}." for line in range(lines)]


def letter(number):
    return "".join(chr(97 + int(digit)) for digit in str(number))


def texts(count=10, ends=lambda _: [FOOT]):
    return ["\n".join([*body(number), *ends(number)]) for number in range(count)]


def found(written, outlet="Gazette", action="drop"):
    """Return the text of each decision, by article."""
    decisions, _ = find_repeated_lines([Record(text, "", "", outlet=outlet) for text in written], action)
    return {number: [written[number][one.start : one.end] for one in made] for number, made in decisions.items()}


def test_a_last_line_of_three_articles_is_found_and_one_of_two_is_not():
    assert found(texts(ends=lambda number: [FOOT] if number in (0, 4, 9) else [])) == {0: [FOOT], 4: [FOOT], 9: [FOOT]}
    assert found(texts(ends=lambda number: [FOOT] if number in (4, 9) else [])) == {}


def test_the_evidence_counts_articles_of_the_outlet_in_words():
    decisions, _ = find_repeated_lines([Record(text, "", "", outlet="Gazette") for text in texts(12)], "label")
    assert {(one.rule, one.action, one.evidence) for made in decisions.values() for one in made} == {
        ("boilerplate", "label", "repeated in 12 of 12 articles of Gazette")
    }


def test_a_large_outlet_needs_the_line_in_two_of_a_hundred_articles():
    assert len(found(texts(200, ends=lambda number: [FOOT] if number < 4 else []))) == 4
    assert found(texts(200, ends=lambda number: [FOOT] if number < 3 else [])) == {}


def test_a_story_printed_again_is_not_boilerplate():
    again = texts(8) + ["\n".join([*body(99), *body(77, 9)])] * 6
    assert found(again) == {number: [FOOT] for number in range(8)}


def test_below_ten_articles_of_an_outlet_nothing_is_looked_for_and_the_corpus_says_so():
    frame = pd.DataFrame({"text": texts(9) + texts(10), "outlet": ["Gull"] * 9 + ["Gazette"] * 10})
    corpus = pp.read(frame)
    remark = (
        "Lines repeated across an outlet’s articles were checked in 10 of 19 articles; "
        "the others are of outlets with fewer than 10 articles, or of none."
    )
    assert corpus.remarks == (remark,)
    assert remark in pp.describe_table(pp.rules(corpus))
    assert pp.ledger(corpus).query("rule == 'boilerplate'")["doc_id"].nunique() == 10
    assert pp.read(frame, clean="none").remarks == pp.read(frame, off=["boilerplate"]).remarks == ()


def test_lines_of_another_outlet_do_not_count():
    frame = pd.DataFrame(
        {"text": texts(20, ends=lambda number: [FOOT] if number < 4 else []), "outlet": ["A", "B"] * 10}
    )
    assert "boilerplate" not in set(pp.ledger(pp.read(frame))["rule"])


def test_a_line_at_changing_places_inside_the_stories_stays():
    moving = ["\n".join([*body(n)[: n % 5 + 1], "He did not answer.", *body(n + 50, 9)[n % 5 :]]) for n in range(10)]
    assert found(moving) == {}


def test_a_line_always_at_the_same_inner_place_is_found():
    assert found(["\n".join([*body(n), "Listen below.", *body(n + 50)]) for n in range(10)])[3] == ["Listen below."]


@pytest.mark.parametrize(("places", "counted"), [((18, 21), 10), ((16, 21), 0)])
def test_an_inner_line_may_wander_by_a_twentieth_of_the_article(places, counted):
    """Of 41 lines the 19th is at .45, the 22nd at .525: a standard deviation of .0375. With the 17th it is .0625."""
    bodies = [body(number, 40) for number in range(10)]
    for number, lines in enumerate(bodies):
        lines.insert(places[number % 2], "Listen below.")
    assert len(found(["\n".join(lines) for lines in bodies])) == counted


def test_case_and_digits_do_not_matter_but_words_do():
    counted = texts(ends=lambda number: [f"{number * 7} comments, ISSUE {number}"])
    assert len(found(counted)) == 10
    assert found(texts(ends=lambda number: [f"{letter(number)} comments"])) == {}


def test_adjacent_lines_are_one_piece():
    both = texts(ends=lambda _: [FOOT, "", "  Call the desk.  "])
    assert found(both)[0] == [f"{FOOT}\n\n  Call the desk."]


def test_a_line_of_forty_words_is_found_and_one_of_sixty_one_is_not():
    words = [f"word{letter(number)}" for number in range(61)]
    assert found(texts(ends=lambda _: [" ".join(words[:40])]))
    assert not found(texts(ends=lambda _: [" ".join(words)]))


def test_a_note_broken_over_lines_is_found_by_its_first_and_last_words():
    cut = NOTE.replace(" owns ", "\nowns ").replace(" twice ", "\ntwice\n")
    notes = {0: NOTE, 4: cut, 7: NOTE.upper(), 9: cut.replace("third", "fifth")}
    written = texts(ends=lambda number: [notes[number]] if number in notes else [])
    assert found(written) == {number: [note] for number, note in notes.items()}


def test_a_note_does_not_run_from_one_article_into_the_next():
    opens = [f"This paper is owned by the harbour company {letter(number)}" for number in range(5)]
    closes = [f"{letter(number)} which names its editor and pays its bills" for number in range(5)]
    ends = {number: [opens[number], closes[number]] for number in range(3)} | {3: [opens[3]], 4: [closes[4]]}
    written = ["\n".join([*body(number, 8 if number == 4 else 6), *ends.get(number, [])]) for number in range(10)]
    assert found(written) == {number: [f"{opens[number]}\n{closes[number]}"] for number in range(3)}


def test_offsets_are_those_of_the_raw_text():
    written = [text.replace("\n", "\r\n").replace(" is ", "\u00a0is ") + "\u2028Ⅻ" for text in texts()]
    assert found(written)[0] == [FOOT.replace(" is ", "\u00a0is ") + "\u2028Ⅻ"]


def test_a_dropped_line_can_be_put_back(undo_decisions):
    corpus = pp.read(pd.DataFrame({"text": texts(), "outlet": "Gazette"}))
    for record, made in zip(corpus.records, corpus.decisions, strict=True):
        seen = apply_decisions(record.text, made).text
        assert FOOT not in seen
        assert undo_decisions(seen, record.text, made) == record.text


@given(st.lists(st.text("ab \n\r\u00a0,"), min_size=10, max_size=12))
def test_any_texts_give_spans_inside_them_that_are_lines(written):
    for number, pieces in found(written).items():
        assert all(piece and piece == piece.strip() and piece in written[number] for piece in pieces)


@given(st.lists(st.sampled_from([FOOT, "One.", "Two.", "Three.", ""]), max_size=5))
def test_what_is_found_once_is_not_found_again_in_what_is_left(ends):
    written = texts(ends=lambda number: ends[: number % 4])
    left = [text.replace("\n".join(found(written).get(number, ["\0"])), "") for number, text in enumerate(written)]
    assert all(piece in written[number] for number, pieces in found(left).items() for piece in pieces)


@pytest.mark.skipif(not POLNEAR.exists(), reason="the evaluation data are not here")
def test_on_real_news_the_note_and_the_database_lines_are_found_and_almost_nothing_else():
    rows = [json.loads(line) for line in gzip.decompress(POLNEAR.read_bytes()).splitlines()]
    decisions, _ = find_repeated_lines([Record(row["text"], "", "", outlet=row["outlet"]) for row in rows], "drop")
    pieces = [
        (rows[number]["outlet"], rows[number]["text"][one.start : one.end])
        for number in decisions
        for one in decisions[number]
    ]
    notes = [piece for outlet, piece in pieces if outlet == "huff-post"]
    wrapper = [piece for outlet, piece in pieces if outlet == "nyt"]
    lines = sum(bool(line.strip()) for row in rows for line in row["text"].splitlines())
    assert len(notes) == sum("regularly" in row["text"] and row["outlet"] == "huff-post" for row in rows) == 4
    assert sorted(set(wrapper)) == ["ABSTRACT.", "FULL TEXT."]
    assert len(wrapper) == 10
    section_labels = [piece for outlet, piece in pieces if outlet not in ("huff-post", "nyt")]
    assert {piece.casefold() for piece in section_labels} == {"letters."}
    assert (len(pieces) - len(notes) - len(wrapper) - len(section_labels)) / lines <= 0.001


@pytest.mark.parametrize(("stories", "least"), [(149, 3), (150, 3), (151, 4), (200, 4), (201, 5)])
def test_one_story_in_fifty_is_rounded_up_to_whole_stories(stories, least):
    assert found(texts(stories, ends=lambda number: [FOOT] if number < least - 1 else [])) == {}
    assert len(found(texts(stories, ends=lambda number: [FOOT] if number < least else []))) == least


@pytest.mark.parametrize(("articles", "looked_at"), [(9, False), (10, True), (11, True)])
def test_an_outlet_is_looked_at_from_ten_articles_on(articles, looked_at):
    assert bool(found(texts(articles))) is looked_at


@pytest.mark.parametrize(("count", "taken"), [(40, True), (41, True), (59, True), (60, True), (61, False)])
def test_a_repeated_note_has_sixty_words_at_most(count, taken):
    note = " ".join(["Remark", *(f"{letter(number)}x" for number in range(count - 2)), "end"])
    assert bool(found(["\n".join([*body(number, lines=40), note]) for number in range(10)])) is taken


def test_the_evidence_names_the_most_frequent_line_of_a_piece_among_stories_that_are_no_copies():
    written = texts(12, ends=lambda number: [FOOT, *["Call the desk."] * (number < 5)])
    decisions, _ = find_repeated_lines([Record(text, "", "", outlet="Gazette") for text in written], "drop")
    assert decisions[0][0].evidence == "repeated in 12 of 12 articles of Gazette"
    copied = [*texts(10), *texts(1) * 2]
    decisions, _ = find_repeated_lines([Record(text, "", "", outlet="Gazette") for text in copied], "drop")
    assert {made[0].evidence for made in decisions.values()} == {"repeated in 10 of 10 articles of Gazette"}


@pytest.mark.parametrize(("places", "counted"), [((0, 2), 10), ((0, 3), 0), ((6, 9), 0), ((7, 10), 10)])
def test_a_line_that_moves_is_on_average_in_the_first_tenth_or_the_last_fifth(places, counted):
    """Of eleven lines, those numbered 0 and 2 have a mean place of .1; 0 and 3 of .15, 6 and 9 of .75, 7 and 10 .85."""
    bodies = [body(number, 10) for number in range(10)]
    for number, lines in enumerate(bodies):
        lines.insert(places[number % 2], "Listen below.")
    assert len(found(["\n".join(lines) for lines in bodies])) == counted
