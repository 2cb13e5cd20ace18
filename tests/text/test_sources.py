"""Sources: speakers are put together where the text allows it, and nobody is made up."""

import pandas as pd
import pytest

import pastepot as pp

SPEECH = "“We will not sail before the new year,”"


def table(text):
    rows = pp.sources(pp.read(pd.DataFrame({"text": [text]})))
    return rows[["source", "source_kind", "quotations", "words_quoted", "words_reported"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("No one spoke.", []),
        (f"{SPEECH} Mara Quill said.", [["Mara Quill", "named", 1, 8, 0]]),
        (f"{SPEECH} Mara Quill said. “Not one of us will,” she added.", [["Mara Quill", "named", 2, 13, 0]]),
        (f"{SPEECH} Mara Quill said. “Not one of us will,” Quill added.", [["Mara Quill", "named", 2, 13, 0]]),
        (
            f"{SPEECH} said captain Mara Quill. “Not one of us will,” the captain said.",
            [["Mara Quill", "named", 2, 13, 0]],
        ),
        (f"{SPEECH} the company said.", [["the company", "group", 1, 8, 0]]),
        (f"{SPEECH} said a deckhand.", [["a deckhand", "unnamed", 1, 8, 0]]),
        ("Some believe that it sank.", [["Some", "unnamed", 0, 0, 3]]),
        ("The ferry is estimated to be late.", [["(nobody named)", "unnamed", 0, 0, 3]]),
        ("She was often seen as the heir.", [["(nobody named)", "unnamed", 0, 0, 2]]),
        ("The hull reportedly held.", [["(nobody named)", "unnamed", 0, 0, 4]]),
        ("The harbour master is expected to be seen.", [["(nobody named)", "unnamed", 0, 0, 3]]),
        ("They were seen off.", []),
        ("The study found that it sank.", [["The study", "document", 0, 0, 3]]),
        # Two persons fit.
        ("Mara Quill met Ann Lee on the quay. “Not one of us will,” she said.", [["(not clear who)", "", 1, 5, 0]]),
    ],
)
def test_a_source_is_whom_the_text_names(text, rows):
    assert table(text) == rows


def test_a_description_that_fits_nobody_named_stays_a_description():
    rows = table(f"{SPEECH} the president said. Mara Quill was once president of the rowing club.")
    assert rows == [["the president", "role", 1, 8, 0]]


def test_shares_are_of_the_articles_counted_words():
    corpus = pp.read(pd.DataFrame({"text": [f"{SPEECH} Mara Quill said."]}))
    assert pp.sources(corpus)["share"].tolist() == [pytest.approx(8 / 11, abs=1e-6)]


def test_a_repeated_paragraph_is_quoted_once():
    paragraph = f"{SPEECH} Mara Quill said on the quay on Monday morning."
    corpus = pp.read(
        pd.DataFrame({"text": [f"The crew votes\n{paragraph}\nSomething else was said and done.\n{paragraph}"]})
    )
    assert pp.sources(corpus)["quotations"].tolist() == [1]


def test_of_two_speakers_with_as_many_quoted_words_the_one_quoted_first_comes_first():
    rows = table("“We will not sail before May,” Mara Quill said. “They will not pay us more,” Ann Lee said.")
    assert rows == [["Mara Quill", "named", 1, 6, 0], ["Ann Lee", "named", 1, 6, 0]]


def by_outlet(*texts):
    rows = pp.sources(pp.read(pd.DataFrame({"text": texts, "outlet": "Gazette"})), by="outlet")
    return rows[["source", "statements"]].to_numpy().tolist()


def test_a_surname_is_the_full_name_of_its_outlet_where_more_articles_have_that():
    full, alone = "Ann Lee said that it sank.", "Mrs. Lee added that it swam."
    assert by_outlet(full, alone) == [["Ann Lee", 2]]
    assert sorted(by_outlet(full, alone, alone + " Nobody came.")) == [["Ann Lee", 1], ["Lee", 2]]
    assert sorted(by_outlet(full, "Tom Lee said that it burned.", alone)) == [
        ["Ann Lee", 1],
        ["Lee", 1],
        ["Tom Lee", 1],
    ]


def test_a_person_who_comes_with_a_title_first_is_not_the_one_of_that_surname_named_later():
    text = "Mr. Lee said that it sank. Ann Lee said that it swam. Mr. Lee added that it burned."
    assert sorted(by_outlet(text)) == [["Ann Lee", 1], ["Lee", 2]]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The mayor’s aide Ann Lee", "Ann Lee"),
        ("Ada Quay’s son, Tom Orr,", "Tom Orr"),
        ("the Gazette’s Ann Lee", "Ann Lee"),
        ("Rep. G.K. Marn", "G.K. Marn"),
    ],
)
def test_whoever_belongs_to_somebody_has_the_name_that_comes_last(words, name):
    assert table(f"{words} said that it sank.")[0][:2] == [name, "named"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Proponents said that it sank.", ["Proponents", "unnamed"]),
        ("Wills said that it sank. The board met Wills on Monday.", ["Wills", "named"]),
        ("Nearly eight of 10 voters said that it sank.", ["Nearly eight of 10 voters", "unnamed"]),
        ("The union met. They said that it sank.", ["(not clear who)", ""]),
        ("The union warned that it sank. They said that it burned.", ["The union", "group"]),
        ("It said that the pier sank.", ["(not clear who)", ""]),
    ],
)
def test_many_and_pronouns_are_no_names(text, source):
    assert table(text)[0][:2] == source
