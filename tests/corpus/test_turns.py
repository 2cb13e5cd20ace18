"""Turns of transcripts: which labels are speakers, what stays a note, a key or a headline, what a turn counts as."""

import pandas as pd
import pytest

import pastepot as pp
from pastepot.corpus.turns import find_turns

INTERVIEW = (
    "Minister defends flight\n"
    "Ines Vell met the Gazette in her office on Tuesday to talk about the flight to the island.\n"
    "Gazette: Why did your party pay for the flight\n"
    "Vell: Because it was ours. “Never say sorry,” my father said to us.\n"
    "And I would do it again.\n"
    "Gazette: Not once?\n"
    "Ines Vell: Never.\n"
)


def labels(text: str) -> list[str]:
    return [text[start:end] for start, end in find_turns(text)]


def read(text: str, **options: list[str]) -> pp.Corpus:
    return pp.read(pd.DataFrame({"text": [text]}), **options)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HOST: Who paid?\nMINISTER VELL: My party paid.", ["HOST:", "MINISTER VELL:"]),
        (INTERVIEW, ["Gazette:", "Vell:", "Gazette:", "Ines Vell:"]),
        ("Q: How do I apply?\nA: Write to us.", ["Q:", "A:"]),
        ("Q. How do I apply?\nA. Write to us.", ["Q.", "A."]),
        ("ADA QUAY, HOST: Good day.\nOWEN PASK (on phone): I am here.\nQUAY: And?\nPASK: It rises.", None),
        (">> HOST: Who is there?\n[00:12] CALLER: It is I.", [">> HOST:", "[00:12] CALLER:"]),
        ("SPEAKER 1: We met.\nSPEAKER 2: I know.\nSPEAKER 1: You do.", ["SPEAKER 1:", "SPEAKER 2:", "SPEAKER 1:"]),
        ("HOST:\nWho paid?\nVELL:\nMy party paid.", ["HOST:", "VELL:"]),
        ("Frage: Wer zahlt?\nWEBER: Die Stadt.", ["Frage:", "WEBER:"]),
    ],
)
def test_speakers_who_take_turns_are_found(text, found):
    lines = text.splitlines()
    assert labels(text) == (found or [line[: line.index(":") + 1] for line in lines])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HOST: Who paid?",
        "HOST: Who paid?\nHOST: Who knew?\nHOST: We ask you.",
        "HOST: We met.\nVELL: I know.",
        "Correction: The pier is 90 metres long.\nNote: It rained on us.\nCorrection: You were right.",
        "10.42am: Who pays?\n10.44am: We are late.\n10.50am: I am here.",
        "10.42am\nThe mayor has arrived, and we follow her.\n10.44am\nShe asks: who pays?",
        "Serves: 4\nPrice: 5\nServes: 6\nPrice: 7\nYou may add salt.",
        "FOOD: Who would not love it?\nSERVICE: We waited.\nFOOD: I ate.\nSERVICE: You wait.",
        "WHERE: Where the boats are. You?\nWHEN: At noon.\nWHERE: Here.",
        "Mayor: no more boats\nThe Mayor spoke to us. You may ask: why?\nPier: closed",
        "Step 1: Mix it, and you wait.\nStep 2: Bake it.\nStep 1: Mix again, as we do.",
        "Alpha: We came first.\nBeta: You came second.\nAlpha: We won again.\nBeta: Never.",
    ],
)
def test_one_speaker_notes_keys_times_and_headlines_are_no_transcript(text):
    assert labels(text) == []


def test_a_turn_is_one_statement_of_its_speaker_over_its_paragraphs():
    rows = pp.attributions(read(INTERVIEW))
    turns = rows[rows["kind"] == "direct"]
    assert turns["source"].tolist() == ["Gazette", "Ines Vell", "Gazette", "Ines Vell"]
    assert turns["cue"].tolist() == [":"] * 4
    assert turns["text"].str[-9:].tolist() == ["he flight", "it again.", "Not once?", "Never."]


def test_a_label_is_its_own_part_that_is_not_counted_and_its_words_are_quoted_body():
    rows = pp.sentences(read(INTERVIEW))
    turns = ["turn_label", "body"] * 2
    assert rows["part"].tolist() == ["title", "body", *turns, "body", "body", *turns]
    spoken = rows[(rows["part"] == "body") & (rows["sentence"] > 1)]
    assert set(spoken["voice"]) == {"quoted"}
    assert "gazette" in set(pp.words(read(INTERVIEW))["term"])
    assert pp.terms(read(INTERVIEW)).set_index("term")["count"]["gazette"] == 1


def test_the_ledger_says_what_a_label_is_and_where():
    rows = pp.ledger(read(INTERVIEW))
    rows = rows[rows["rule"] == "turn_label"]
    assert [INTERVIEW[row.start : row.end] for row in rows.itertuples()] == labels(INTERVIEW)
    assert set(rows["action"]) == {"label"}
    assert rows["evidence"].str.contains("name and a colon").all()


def test_the_last_turn_is_no_longer_than_the_longest_before_it():
    text = "HOST: Who paid?\nVELL: My party paid.\nThe minister left the room and drove home."
    assert pp.quotations(read(text))["text"].tolist() == ["Who paid?", "My party paid."]
    assert pp.sentences(read(text))["voice"].tolist()[-1] == "reporter"


def test_a_turn_with_quotation_marks_is_one_row_and_a_quotation_elsewhere_stays():
    text = "“It rained all day,” Ada Quay said.\nHOST: Who said “I will not sail at all”?\nVELL: I did."
    rows = pp.quotations(read(text))
    assert rows["flag"].tolist() == ["ok", "turn", "turn"]
    assert rows["speaker"].tolist() == ["Ada Quay", "HOST", "VELL"]


def test_a_surname_in_capitals_is_the_one_full_name_among_the_labels():
    text = "ADA QUAY: Good day.\nOWEN PASK: I am here.\nQUAY: And?\nPASK: It rises."
    rows = pp.sources(read(text))[["source", "source_kind", "statements"]].to_numpy().tolist()
    assert sorted(rows) == [["Ada Quay", "named", 2], ["Owen Pask", "named", 2]]


def test_without_the_rule_there_are_no_turns():
    assert pp.quotations(read(INTERVIEW, off=["turn_label"]))["flag"].tolist() == ["ok"]
