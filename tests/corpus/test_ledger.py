"""The ledger and the offset map: nothing is lost, and every clean character leads back to its raw ones."""

import hypothesis.strategies as st
from hypothesis import given

from pastepot.corpus.furniture import choose_actions
from pastepot.corpus.ledger import Decision, apply_decisions, resolve_overlaps, text_edits
from pastepot.corpus.read import plan_cleaning
from pastepot.corpus.records import Record
from pastepot.corpus.repairs import find_repairs


@st.composite
def texts_with_decisions(draw):
    raw = draw(st.text(alphabet="ab c\n’é\u00ad\u0301", max_size=30))
    places = st.integers(0, len(raw))
    decisions = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        action = draw(st.sampled_from(["drop", "replace", "label"]))
        replacement = draw(st.text(alphabet="xyz", max_size=3)) if action == "replace" else ""
        if start < end:
            decisions.append(Decision(start, end, "rule", action, replacement))
    return raw, resolve_overlaps(decisions)


def spelled_out(raw, decisions):
    """Return the clean text and, for each clean character, its raw span: one character at a time, no arrays."""
    clean, spans, place = "", [], 0
    chosen = {edit.start: edit for edit in text_edits(decisions)}
    while place < len(raw):
        edit = chosen.get(place)
        if edit is None:
            clean, spans, place = clean + raw[place], [*spans, (place, place + 1)], place + 1
        else:
            clean += edit.replacement
            spans += [(edit.start, edit.end)] * len(edit.replacement)
            place = edit.end
    return clean, spans


@given(texts_with_decisions())
def test_every_clean_span_leads_to_the_raw_characters_behind_it(case):
    raw, decisions = case
    seen = apply_decisions(raw, decisions)
    clean, spans = spelled_out(raw, decisions)
    assert seen.text == clean
    for start in range(len(clean)):
        for end in range(start + 1, len(clean) + 1):
            assert seen.raw_span(start, end) == (spans[start][0], spans[end - 1][1])


@given(texts_with_decisions())
def test_a_kept_raw_character_leads_to_its_clean_place_and_back(case):
    raw, decisions = case
    seen = apply_decisions(raw, decisions)
    clean, spans = spelled_out(raw, decisions)
    for place, (start, end) in enumerate(spans):
        if end - start == 1 and clean[place] == raw[start] and spans.count((start, end)) == 1:
            assert seen.clean_position(start) == place


@given(texts_with_decisions())
def test_undoing_the_edits_gives_the_raw_text(undo_decisions, case):
    raw, decisions = case
    assert undo_decisions(apply_decisions(raw, decisions).text, raw, decisions) == raw


@given(st.text(max_size=80))
def test_cleaning_never_raises_and_can_be_undone_on_any_string(undo_decisions, raw):
    decisions = plan_cleaning(Record(raw, "a.txt", "txt"), "news", choose_actions())
    seen = apply_decisions(raw, decisions)
    assert undo_decisions(seen.text, raw, decisions) == raw
    assert all(0 <= one.start < one.end <= len(raw) for one in decisions)


@given(st.text(max_size=60))
def test_mending_characters_twice_is_mending_them_once(raw):
    once = apply_decisions(raw, find_repairs(raw)).text
    assert apply_decisions(once, find_repairs(once)).text == once


def test_a_drop_wins_over_a_replacement_that_it_overlaps():
    drop, mend = Decision(2, 8, "advertisement", "drop"), Decision(4, 5, "no_break_space", "replace", " ")
    assert text_edits([mend, drop]) == text_edits([drop, mend]) == [drop]


def test_a_drop_that_begins_inside_a_replacement_or_another_drop_takes_the_rest():
    mend, drop = Decision(2, 5, "mojibake", "replace", "é"), Decision(4, 9, "advertisement", "drop")
    assert text_edits([mend, drop]) == [drop._replace(start=2)]
    assert text_edits([mend._replace(start=4, end=9), drop._replace(end=6)]) == [drop._replace(end=6)]
    assert text_edits([Decision(2, 5, "share", "drop"), drop]) == [
        Decision(2, 5, "share", "drop"),
        drop._replace(start=5),
    ]
    assert text_edits([drop, Decision(5, 8, "share", "drop")]) == [drop]


def test_nothing_to_do_keeps_the_string_itself_and_not_a_copy():
    raw = "The ferry sails."
    assert apply_decisions(raw).text is raw


def test_an_empty_text_has_an_empty_view():
    assert apply_decisions("").text == ""
    assert apply_decisions("gone", [Decision(0, 4, "x", "drop")]).text == ""


def test_the_ends_of_a_clean_text_are_those_of_the_raw_one():
    seen = apply_decisions("Ad. Port news\r\n", [Decision(0, 4, "x", "drop"), Decision(13, 15, "y", "replace", "\n")])
    assert seen.text == "Port news\n"
    assert [seen.raw_ends_of(0), seen.raw_ends_of(1), seen.raw_ends_of(10)] == [0, 5, 15]
    assert [seen.raw_starts_of(0), seen.raw_starts_of(8), seen.raw_starts_of(9)] == [4, 12, 13]


def test_a_position_after_a_replacement_at_the_end_is_after_its_clean_characters():
    seen = apply_decisions("cafe\u0301", [Decision(3, 5, "combining", "replace", "é")])
    assert [seen.clean_position(place) for place in range(6)] == [0, 1, 2, 3, 3, 4]


def test_a_label_goes_with_the_drop_that_covers_it_and_stays_where_it_reaches_further():
    drop, label = Decision(2, 8, "advertisement", "drop"), Decision(2, 8, "caption", "label")
    assert resolve_overlaps([label, drop]) == (drop,)
    assert resolve_overlaps([label._replace(start=3, end=7), drop]) == (drop,)
    assert set(resolve_overlaps([label._replace(end=9), drop])) == {label._replace(end=9), drop}
    assert set(resolve_overlaps([label._replace(start=1), drop])) == {label._replace(start=1), drop}


def test_of_two_drops_that_begin_together_only_the_longer_one_takes_effect():
    short, long = Decision(2, 5, "share", "drop"), Decision(2, 8, "advertisement", "drop")
    assert text_edits([short, long]) == text_edits([long, short]) == [long]


def test_decisions_about_one_span_come_by_action_then_by_rule():
    edit = Decision(2, 5, "combining", "replace", "é")
    labels = [Decision(2, 5, rule, "label") for rule in ("title", "dateline")]
    assert resolve_overlaps([edit, *labels]) == (labels[1], labels[0], edit)
