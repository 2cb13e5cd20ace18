"""Spans in parts that are not counted, marks inside a sentence, and speakers where cleaning moved the text."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.corpus.ledger import Decision, apply_decisions
from pastepot.text.annotations import labelled_spans
from pastepot.text.quotations import find_quotations
from pastepot.text.speakers import Span, attribute_speakers

SPEECH = "“We will not sail before the new year,”"


def read(*texts: str):
    return pp.read(pd.DataFrame({"text": texts}))


def sources_of(*texts: str) -> list[list[object]]:
    return pp.sources(read(*texts))[["source", "source_kind", "quotations", "words_quoted"]].to_numpy().tolist()


def test_a_picture_s_mark_has_its_own_part_and_cuts_no_sentence():
    text = "Crews vote\nThe harbour master (pictured right) left the hall.\n(left) Mara Quill waved at the crowd."
    corpus = read(text)
    words, sentences = pp.words(corpus), pp.sentences(corpus)
    assert words.loc[words["part"] == "caption", "token"].tolist() == ["pictured", "right", "left"]
    assert sentences[["text", "part"]].to_numpy().tolist() == [
        ["Crews vote", "title"],
        ["The harbour master (pictured right) left the hall.", "body"],
        ["(left) Mara Quill waved at the crowd.", "body"],
    ]


def test_a_repeat_covers_the_other_labels_of_its_paragraph():
    decisions = [
        Decision(0, 9, "repeat", "label"),
        Decision(4, 9, "title", "label"),
        Decision(10, 14, "title", "label"),
    ]
    spans = labelled_spans(apply_decisions("The quay. Rain", decisions))
    assert [(span.start, span.part) for span in spans] == [(4, "title"), (10, "title"), (0, "repeat")]


def test_a_speaker_s_raw_place_holds_the_name_even_as_the_first_word():
    texts = [
        "Mara Quill said: “We will sail at dawn.”",
        "On the har\u00adbour’s quay, Jon\u00a0Lee said: “We will not.”",
    ]
    corpus = read(*texts)
    rows = pp.quotations(corpus)
    assert rows["speaker_start"].tolist() == [0, texts[1].index("Jon")]
    raw = [corpus.cite(row.doc_id, row.speaker_start, row.speaker_end).raw for row in rows.itertuples()]
    assert raw == ["Mara Quill", "Jon\u00a0Lee"]


def test_sources_come_by_article_before_the_words_quoted():
    rows = sources_of("“We will not sail,” Mara Quill said.", f"{SPEECH} Ann Lee said.")
    assert [row[0] for row in rows] == ["Mara Quill", "Ann Lee"]


def test_shares_and_statements_of_nobody_leave_out_a_repeated_paragraph():
    paragraph = f"{SPEECH} Mara Quill said on the quay. The crew reportedly waited."
    corpus = read(f"The crew votes\n{paragraph}\nSomething else was done.\n{paragraph}")
    rows = pp.sources(corpus).set_index("source")
    words = pp.words(corpus)
    counted = words["part"].isin(["body", "title", "subheading"]).sum()
    assert counted < len(words)
    assert rows.loc["Mara Quill", "share"] == pytest.approx(8 / counted, abs=1e-6)
    start = corpus.records[0].text.index("The crew reportedly")
    assert rows.loc["(nobody named)", ["statements", "quotations", "first_start"]].tolist() == [1, 0, start]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # A pronoun is the person who fits: no group, no description.
        (
            f"{SPEECH} Mara Quill said. “We will sail in May,” the company said. “We shall not do that,” she said.",
            [["Mara Quill", "named", 2, 13], ["the company", "group", 1, 5]],
        ),
        # Fewer than four words are speech where a verb of speech says so, and a title or a distance else.
        ("“We will not sail,” Mara Quill said.", [["Mara Quill", "named", 1, 4]]),
        ("“Not one boat,” Mara Quill said.", [["Mara Quill", "named", 1, 3]]),
        ("The “Grey Heron” left.", []),
        # A description that fits two people is neither of them.
        (
            f"{SPEECH} the captain said. “We shall not go,” said captain Mara Quill. “We all go,” said captain Al Lee.",
            [["the captain", "role", 1, 8], ["Mara Quill", "named", 1, 4], ["Al Lee", "named", 1, 3]],
        ),
        # Two persons share a surname, so neither speaks for the other.
        (
            f"{SPEECH} Mara Quill said. “Not one of us will go,” Ann Quill said.",
            [["Mara Quill", "named", 1, 8], ["Ann Quill", "named", 1, 6]],
        ),
    ],
)
def test_who_is_quoted_and_how_much(text: str, rows: list[list[object]]):
    assert sources_of(text) == rows


def test_a_source_starts_at_its_first_quotation():
    rows = pp.sources(read(f"{SPEECH} Mara Quill said. “Not one of us will,” she added."))
    assert rows["first_start"].tolist() == [0]


@pytest.mark.parametrize(("inner", "speaker"), [("not safe", "Odile Marn"), ("not safe yet", "")])
def test_a_quotation_of_fewer_than_three_words_does_not_end_the_clause_around_the_next(inner: str, speaker: str):
    text = f"Odile Marn said the “{inner}” boats were “sold at noon on Monday” and gone."
    first, second = (Span(row.start, row.end, "ok", row.words) for row in find_quotations(text))
    assert first.words == len(inner.split())
    assert attribute_speakers(text, [second._replace(flag="ok")])[0].speaker == "Odile Marn"
    near = attribute_speakers(text, [Span(0, 0, "stray", 3), first, second])
    assert near[1].speaker == "Odile Marn"
    # Its own source or none: the speaker of the one before is carried, so ask with that one a stray.
    assert attribute_speakers(text, [first._replace(flag="stray"), second])[1].speaker == speaker


def test_a_label_speaks_for_its_own_paragraph_and_not_for_the_one_before():
    text = "“We began at noon.\n\n“MARN: We went on.”"
    spans = [Span(0, 18, "continues", 4), Span(20, len(text), "ok", 4)]
    assert [speech.speaker for speech in attribute_speakers(text, spans)] == ["", "MARN"]


def test_a_stray_mark_takes_no_speaker_from_the_quotation_before():
    text = f"{SPEECH} said Odile Marn. ”"
    spans = [Span(0, len(SPEECH), "ok", 8), Span(len(text) - 1, len(text), "stray")]
    assert [speech.speaker for speech in attribute_speakers(text, spans)] == ["Odile Marn", ""]


@pytest.mark.parametrize(("quoted", "speaker"), [("not safe", ""), ("not one boat", "Odile Marn")])
def test_an_open_quotation_of_three_words_may_have_its_speaker_behind_it_a_nickname_has_none(quoted: str, speaker: str):
    text = f"“{quoted}” Odile Marn said."
    span = Span(0, len(quoted) + 2, "ok", len(quoted.split()))
    assert [speech.speaker for speech in attribute_speakers(text, [span])] == [speaker]
