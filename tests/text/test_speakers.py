"""Who is said to have spoken: word orders, words that only look like cues, and how far a speaker is carried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot import files
from pastepot.text.noun_phrases import find_phrase_before, find_phrase_from, split_tokens
from pastepot.text.quotations import find_quotations
from pastepot.text.speakers import CUE, OTHER_CUE, Span, attribute_speakers

QUOTED = "“We sail at noon tomorrow,”"
STOPPED = "“We sail at noon tomorrow.”"
PARTLY = "“sail at noon tomorrow”"

# The article, with its one quotation; who speaks; by which cue.
SPOKEN = [
    (f"{QUOTED} she said.", "she", "said"),
    (f"{QUOTED} said Odile Marn.", "Odile Marn", "said"),
    (f"{QUOTED} Odile Marn said on Monday.", "Odile Marn", "said"),
    (f"{QUOTED} Odile Marn, the harbour master, said.", "Odile Marn", "said"),
    (f"{QUOTED} Odile Marn (61) later added.", "Odile Marn", "added"),
    (f"{QUOTED} Odile Marn, who runs the line, told reporters.", "Odile Marn", "told"),
    (f"{QUOTED} the head of the union warned.", "the head of the union", "warned"),
    (f"{QUOTED} retired Captain Tom Cole said.", "retired Captain Tom Cole", "said"),
    (f"{QUOTED} said the pilot, a leading voice of the strike.", "the pilot", "said"),
    (f"{QUOTED} according to the union.", "the union", "according to"),
    (f"{QUOTED} as Cole put it.", "Cole", "put it"),
    (f"{QUOTED} Mr. Cole wrote in a letter to St. Brannock.", "Mr. Cole", "wrote"),
    (f"{QUOTED} said union leader Tom Cole.", "union leader Tom Cole", "said"),
    (f"{QUOTED} an aide to the mayor said.", "an aide", "said"),
    (f"{QUOTED} one said.", "one", "said"),
    (f"Others added, {STOPPED}", "Others", "added"),
    (f"The head of the union said, {STOPPED}", "The head of the union", "said"),
    (f"Cole stated,\n\n{STOPPED}", "Cole", "stated"),
    (f"{QUOTED} argues Tom Cole Jr. from his boat.", "Tom Cole Jr.", "argues"),
    (f"Cole said: {STOPPED}", "Cole", "said"),
    (f"Odile Marn, the harbour master, said {STOPPED}", "Odile Marn", "said"),
    (f"On Monday, Odile Marn told the crowd: {STOPPED}", "Odile Marn", "told"),
    (f"According to Cole, {STOPPED}", "Cole", "According to"),
    (f"Said Cole: {STOPPED}", "Cole", "Said"),
    (f"Cole says the crews will {PARTLY} and not before.", "Cole", "says"),
    (f"The crews want to {PARTLY}, Cole said.", "Cole", "said"),
    (f"He’s warning that they will {PARTLY}.", "He", "warning"),
    (f"After the vote, Cole left the hall, saying, {STOPPED}", "Cole", "saying"),
    (f"A tape has Cole saying, {STOPPED}", "Cole", "saying"),
    (f"Marn told the pilot who asked about the boats that they {PARTLY}.", "Marn", "told"),
    (f"Marn said the boats were old but insisted {STOPPED}", "Marn", "said"),
    (f"The strike is over, Cole said. {STOPPED}", "Cole", "said"),
    (f"Officials say they {PARTLY}.", "Officials", "say"),
    (f"Cole went on:\n\nThe boats, Cole added:\n\n{STOPPED}", "Cole", "added"),
]

UNSPOKEN = [
    f"{PARTLY} is the name of a song.",
    f"The notice {PARTLY} hung on the quay.",
    f"Marn’s claims that they {PARTLY} failed.",
    f"{STOPPED} Cole said nothing more.",
    f"Cole said little.\n\nThe wind rose over the harbour. {PARTLY} stood on the board.",
    f"{QUOTED} when Cole left the hall in a hurry and said nothing.",
    f"She was called “{'x ' * 5}”.",
]


@pytest.mark.parametrize(("text", "speaker", "cue"), SPOKEN)
def test_the_speaker_is_found(text: str, speaker: str, cue: str):
    row = find_quotations(text)[-1]
    assert (row.speaker, row.cue) == (speaker, cue)


@pytest.mark.parametrize("text", UNSPOKEN)
def test_nobody_is_made_to_speak(text: str):
    assert [row.speaker for row in find_quotations(text)] == [""]


def test_a_close_quotation_takes_the_speaker_of_the_one_before():
    text = f"{QUOTED} said Odile Marn. {STOPPED}\n\n{STOPPED}"
    assert [row.speaker for row in find_quotations(text)] == ["Odile Marn"] * 3


def test_a_distant_quotation_does_not():
    text = f"{QUOTED} said Odile Marn.\n\nRain fell.\n\nThe crews went home.\n\n{STOPPED}"
    assert [row.speaker for row in find_quotations(text)] == ["Odile Marn", ""]


def test_a_long_attribution_still_leads_to_the_next_quotation():
    clause = "who has run the harbour for thirty years and has seen four owners come and go with the tide, " * 2
    text = f"{QUOTED} said Odile Marn, {clause}all of them poorer. {STOPPED}"
    assert [row.speaker for row in find_quotations(text)] == ["Odile Marn"] * 2


def test_a_continued_quotation_shares_the_speaker_named_at_its_end():
    text = "“We began.\n\n“We went on.\n\n“We stopped,” said Cole."
    assert [row.speaker for row in find_quotations(text)] == ["Cole"] * 3


def test_a_label_in_front_of_speech_is_its_speaker_and_a_headline_word_is_not():
    rows = find_quotations("“MARN: Will they sail?”\n\n“UPDATE: They will not.”")
    assert [(row.speaker, row.cue) for row in rows] == [("MARN", ":"), ("MARN", ":")]
    assert find_quotations("“UPDATE: They will not.”")[0].speaker == ""


def test_a_name_signed_at_the_end_of_the_line_is_the_speaker():
    assert find_quotations(f"{STOPPED} — Odile Marn\nNext")[0].speaker == "Odile Marn"
    assert find_quotations(f"{STOPPED} — Odile Marn sailed")[0].speaker == ""


def test_each_verb_stands_once_in_the_list():
    forms = files.data("text/speech.toml")["cue_verbs"].replace("/", " ").split()
    assert sorted(set(forms)) == sorted(forms)
    assert all(CUE.fullmatch(form) and not OTHER_CUE.fullmatch(form) for form in forms)


@given(st.text(), st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_any_spans_of_any_text_get_one_answer_each(text: str, cuts: list[int]):
    points = sorted(cut for cut in cuts if cut <= len(text))
    spans = [Span(start, end, "ok") for start, end in zip(points[::2], points[1::2], strict=False)]
    assert len(attribute_speakers(text, spans)) == len(spans)


@given(
    st.lists(
        st.sampled_from([*",()—", "Marn", "who", "said", "the", "on", "Monday", "head", "of", "--", "it's"]),
        max_size=12,
    )
)
def test_a_phrase_lies_inside_its_tokens(words: list[str]):
    text = " ".join(words)
    tokens = split_tokens(text, 0, len(text))
    for phrase in (find_phrase_before(tokens), find_phrase_from(tokens, 0)):
        assert phrase is None or 0 <= phrase[0] <= phrase[1] < len(tokens)


HELD = '"No boat leaves this harbour,"'


@pytest.mark.parametrize(("reach", "speaker"), [(159, "Odile Marn"), (160, "Odile Marn"), (161, "")])
def test_the_verb_behind_a_quotation_ends_at_most_160_characters_away(reach, speaker):
    lead, verb = " Odile Marn, the harbour master of ", ", said"
    behind = f"{lead}{'V' * (reach - len(lead + verb))}{verb}"
    assert len(behind) == reach
    (speech,) = attribute_speakers(f"{HELD}{behind} on Monday.", [Span(0, len(HELD), "ok", 5)])
    assert speech.speaker == speaker


@pytest.mark.parametrize(("reach", "speaker"), [(199, "Odile Marn"), (200, "Odile Marn"), (206, "Marn")])
def test_the_name_before_a_quotation_starts_at_most_200_characters_away(reach, speaker):
    lead = "Odile Marn said of "
    before = f"{lead}{'V' * (reach - len(lead) - 1)} "
    assert len(before) == reach
    text = f"The wind rose. {before}{HELD}"
    (speech,) = attribute_speakers(text, [Span(len(text) - len(HELD), len(text), "ok", 5)])
    assert speech.speaker == speaker


@pytest.mark.parametrize(("gap", "speaker"), [(118, "Odile Marn"), (119, "Odile Marn"), (120, "")])
def test_a_speaker_is_carried_over_fewer_than_120_characters_of_one_sentence(gap, speaker):
    first, second, between = "“not one boat leaves”", "“not one crew sails”", " and the crews of "
    between = f"{between}{'V' * (gap - len(between) - 1)} "
    text = f"Odile Marn said {first}{between}{second} on the quay."
    start = len("Odile Marn said ")
    spans = [Span(start, start + len(first), "ok", 4)]
    spans.append(Span(spans[0].end + gap, spans[0].end + gap + len(second), "ok", 4))
    assert [speech.speaker for speech in attribute_speakers(text, spans)] == ["Odile Marn", speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{QUOTED} warned her brother, Tom Cole.", "Tom Cole"),
        (f"{QUOTED} said the line’s oldest pilot, Tom Cole, on Monday.", "Tom Cole"),
        (f"{QUOTED} said the pilot, Cole.", "the pilot"),
        (f"{QUOTED} said the pilot, Monday.", "the pilot"),
        (f"{QUOTED} said Tom Cole, Ann Marn and others.", "Tom Cole"),
    ],
)
def test_a_full_name_behind_a_role_and_a_comma_is_the_speaker(text, speaker):
    assert find_quotations(text)[0].speaker == speaker


@pytest.mark.parametrize(("tail", "speaker"), [("", "Tom Cole"), (", pilot", "Tom Cole"), (", pilot, “as ever”", "")])
def test_a_signature_may_say_what_its_bearer_does(tail, speaker):
    assert find_quotations(f"{STOPPED} — Tom Cole{tail}")[0].speaker == speaker
