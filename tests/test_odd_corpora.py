"""Every notebook on odd corpora: none stops, and each sentence with a number says what plain Python counts."""

import re

import pytest
from odd_comparisons import comparison_sentences, own_sentences, passage_sentences
from odd_corpora import NOTEBOOKS, ODD, run, sentences, write
from odd_facts import Facts
from odd_notes import false_claims
from odd_sentences import corpus_sentences, term_sentences
from odd_statements import statement_sentences

EXPECTED = {
    "01_corpus": corpus_sentences,
    "02_term_frequency": term_sentences,
    "04_duplicate_passages": passage_sentences,
    "05_compare_outlets": comparison_sentences,
    "06_who_speaks": statement_sentences,
    "your_own_corpus": own_sentences,
}
PATHS = {name: NOTEBOOKS / f"{name}.ipynb" for name in (*EXPECTED, "03_sentiment")}
QUICK = ("one article", "long names", "nothing left twice", "no outlets", "capital", "an outlet alone")
"""The corpora that every run tries; the others take minutes."""

MOST_COMPARED = 100
"""Articles whose pairs are compared word by word."""

NOUNS = (
    "articles|words|passages|copies|sentences|quotations|sources|outlets|rows|terms|files|occurrences|characters|pairs|"
    "clusters|groups|mentions|names|lines|strings|sequences|decisions|problems|periods|values|labels|blocks|places|hits"
)
WRONG = {
    "none of none": r"\b0 of 0\b",
    "one with a plural": rf"(?<![\d,.:–-])(?<!of )(?<!and )\b1 (?:\w+ )?(?:{NOUNS})\b(?! of)",
    "none as a figure": rf"(?<![\d,.:–-])\b0 (?:times|{NOUNS})\b",
    "a missing value": r"(?<!“)\b(?:nan|NaN|None|inf|NaT|<NA>)\b(?!”)",
    "a double space": r"[^\n]  +[^\n]|^ | $",
    "an empty list": r"[:(,] ?[.;)]|“”| ,| \.(?!\w)",
    "a difference of equal numbers": r"(?<![\d.])(\d[\d,]*) (?:and|but only) \1\b[^.]*\b(?:because|differ|only)\b",
    "one among them": r"Among them: “[^”]*”\.",
    "a word of the house": r"\b(?:nought|commonest|walked? back|anew)\b|\bstands? (?:in|there|only|again|once|\d)",
}

HYPHEN = re.compile(r"(?<![\w)])-\d")


def corpora(names):
    """Return the corpora as cases, those that are not quick as slow ones."""
    return [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in names]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return what a notebook shows of an odd corpus, each run once."""
    folder, known = tmp_path_factory.mktemp("odd"), {}

    def show(name, book):
        if (name, book) not in known:
            known[name, book] = run(PATHS[book], write(name, folder), **ODD[name].parameters)
        return known[name, book]

    return show


@pytest.mark.parametrize("book", EXPECTED)
@pytest.mark.parametrize("name", corpora(ODD))
def test_each_sentence_says_what_plain_python_counts(shown, name, book):
    if len(ODD[name].texts) > MOST_COMPARED and book in {"04_duplicate_passages", "your_own_corpus"}:
        pytest.skip(f"plain Python does not compare all pairs of {len(ODD[name].texts):,} articles")
    displayed, names = shown(name, book)
    said = {one.cell: one.data["text"] for one in displayed if one.kind == "say"}
    said = {cell: text for cell, text in said.items() if not text.startswith("a, about, above")}
    facts, names = Facts(ODD[name]), {**names, "asked": ODD[name].parameters.get("word", "")}
    if "p_adjusted up to 0.05" in said.get(11, ""):
        del said[11]  # its tests are counted apart in tests/frequency/test_keyness.py
    assert said == dict(EXPECTED[book](facts, names))


@pytest.mark.parametrize("book", PATHS)
@pytest.mark.parametrize("name", corpora(ODD))
def test_no_displayed_text_is_put_together_wrongly(shown, name, book):
    found = [
        (one.cell, kind, text)
        for one, text in sentences(shown(name, book)[0])
        for kind, pattern in WRONG.items()
        if re.search(pattern, re.sub("“[^”]+”", "“x”", text.partition(" Settings: ")[0]))
    ]
    assert found == []


@pytest.mark.parametrize("book", PATHS)
@pytest.mark.parametrize("name", corpora(ODD))
def test_sentences_write_a_minus_that_is_no_hyphen(shown, name, book):
    said = [text.partition(" Settings: ")[0] for _, text in sentences(shown(name, book)[0])]
    assert [text for text in said if HYPHEN.search(text)] == []


@pytest.mark.parametrize("book", PATHS)
@pytest.mark.parametrize("name", corpora(ODD))
def test_every_heading_of_a_table_is_in_plain_words(shown, name, book):
    shown = [one for one in shown(name, book)[0] if one.kind in {"table", "figure"}]
    columns = [(one.cell, column) for one in shown for column in one.data.get("table", one.data)["columns"]]
    assert [found for found in columns if found[1]["heading"] == found[1]["name"].lower()] == []


def test_a_hyphen_for_a_minus_is_seen():
    seen = [
        bool(HYPHEN.search(text)) for text in ("a mean of -0.25", "0.07 (-0.01 to 0.15)", "−0.25", "2-3", "a-1.txt")
    ]
    assert seen == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("none of none", "0 of 0 quotations are repaired."),
        ("one with a plural", "Pastepot read 1 articles."),
        ("one with a plural", "There are 1 shared passages."),
        ("none as a figure", "“ferry” occurs 0 times."),
        ("a missing value", "The mean is nan."),
        ("a double space", "One.  Two."),
        ("a double space", "One. "),
        ("an empty list", "Blocks: ."),
        ("a difference of equal numbers", "NLTK counts 27 and 27 differ."),
        ("one among them", "Among them: “the ferry”."),
        ("a word of the house", "“ferry” stands in 4 places."),
    ],
)
def test_wrong_texts_are_seen(kind, text):
    assert re.search(WRONG[kind], text)


@pytest.mark.parametrize("book", EXPECTED)
@pytest.mark.parametrize("name", corpora(ODD))
def test_notes_and_alternative_texts_say_what_plain_python_counts(shown, name, book):
    displayed, names = shown(name, book)
    word = names["word"] if book == "02_term_frequency" else ""
    assert false_claims(Facts(ODD[name]), [text for _, text in sentences(displayed)], word) == []


def test_false_notes_are_seen():
    facts = Facts(ODD["two articles"])
    words, ferry = facts.total, facts.counts["ferry"]
    claims = [
        (f"Counted all {words} words.", f"Counted all {words + 1} words."),
        (f"{ferry} occurrences of the node", f"{ferry + 1} occurrences of the node"),
        (
            f"“ferry” ({ferry} in the target, 0 in the reference)",
            f"“ferry” ({ferry} in the target, 1 in the reference)",
        ),
        (f"2030-01 (count 1, of {words} words)", f"2030-01 (count 1, of {words - 1} words)"),
        ("No character was removed.", "1 of 9 characters was removed."),
        ("Sharing no fuzzy passage with another: Gazette and Gull.", "Sharing no fuzzy passage with another: Gull."),
    ]
    assert [false_claims(facts, [true], "ferry") for true, _ in claims] == [[]] * len(claims)
    assert all(false_claims(facts, [false], "ferry") for _, false in claims)


def said_of(book, cell, folder, **texts):
    """Return the sentence of one cell of a notebook on articles of these names."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    shown, _ = run(PATHS[book], folder)
    return next(one.data["text"] for one in shown if one.cell == cell and one.kind == "say")


def test_a_quotation_of_several_paragraphs_is_one_and_certain(tmp_path):
    goes_on = "Mara Penn said: “We came before dawn to the quay.\n\n“Nobody told us that the boat was late.”\n"
    broken = "\nTom Avery said “the crane is safe for all of us.\n\nThe gate stayed shut.\n"
    lone = '\n"It was a long and dry day," he said of a half-life of six weeks."\nThe town went home.\n'
    said = said_of("01_corpus", 31, tmp_path, a=goes_on, b=broken, c=lone)
    assert said == (
        "1 of 3 quotations is flagged as repaired or unpaired. 1 more row is flagged as going on in the next "
        "paragraph, and counted with it. 1 more row is flagged as a mark that belongs to no quotation."
    )


def test_names_that_are_quoted_as_much_are_named_as_a_tie(tmp_path):
    names = ("Mara Penn", "Tom Avery", "Lena Odoi")
    texts = {name[0]: f"{name} said: “The crane will be safe by the end of May.”\n" for name in names}
    tie = " 1 more name has as many quoted words as the last, which is first by alphabet."
    assert said_of("03_sentiment", 32, tmp_path, **texts) == f"Names: Lena Odoi and Mara Penn.{tie}"
    (tmp_path / "M.txt").unlink()
    assert said_of("03_sentiment", 32, tmp_path, L=texts["L"], T=texts["T"]) == "Names: Lena Odoi and Tom Avery."


def test_labels_that_match_no_sentence_are_counted(tmp_path):
    (tmp_path / "gold").mkdir()
    rows = ["file,start,label", "a.txt,0,1", "a.txt,24,-1", "a.txt,3,0"]
    (tmp_path / "gold" / "tone.csv").write_text("\n".join(rows), encoding="utf-8")
    said = said_of("03_sentiment", 42, tmp_path, a="The crew was very good. The storm was a terrible thing.\n")
    assert "one person’s labels of 2 sentences, where" in said
    assert said.endswith("1 more label belongs to no sentence as Pastepot splits them.")
