"""What the lessons say of words, counts and tools is so: each sentence with a number is read and counted again."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from nltk import WordPunctTokenizer
from textblob.en import sentiment as textblob_lexicon
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import pastepot as pp
from classroom import exercises
from classroom.gold import teaching_folder
from classroom.lessons import EXERCISES, GIVEN, lower_words
from pastepot import tables

PROJECT = Path(__file__).parents[2]
LESSONS = {path.stem[3:]: path for path in sorted((PROJECT / "notebooks" / "class").glob("*.ipynb"))}
ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)")
LABELS = {"neutral", "reporter", "quoted", "mixed"}
"""What a lesson calls an answer or a value of a column, not a word of a text."""
IN_WORDS = {"two": 2, "three": 3, "four": 4, "seven": 7, "eight": 8, "forty-four": 44}


@cache
def corpus():
    return pp.read(teaching_folder())


@cache
def cells(lesson):
    """Return kind and source of each cell of a lesson."""
    made = json.loads(LESSONS[lesson].read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in made]


def prose(lesson):
    return "\n".join(source for kind, source in cells(lesson) if kind == "markdown")


def said(lesson, pattern):
    """Return what a sentence of a lesson says at the groups of `pattern`: numbers as such, other words as they are."""
    found = re.findall(pattern, prose(lesson))
    assert len(found) == 1, (lesson, pattern, found)
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    values = [int(group.replace(",", "")) if re.fullmatch(r"[\d,]+", group) else group for group in groups]
    values = [IN_WORDS.get(str(value).lower(), value) for value in values]
    return values if len(values) > 1 else values[0]


def before_and_after_the_corpus(lesson):
    """Return the cells of a lesson up to the one that reads the teaching corpus, and the rest with its own heading."""
    made = cells(lesson)
    at = next(number for number, (_, source) in enumerate(made) if "pp.read(source)" in source)
    headed = max(number for number in range(at) if made[number][1].startswith("## "))
    return made[:headed], made[headed:]


def of_markdown(made):
    return [source for kind, source in made if kind == "markdown" and not source.startswith("## Words to know")]


# --- words that a lesson names -------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_word_that_a_lesson_names_occurs_where_it_is_asked_about(lesson):
    first, rest = before_and_after_the_corpus(lesson)
    own = " ".join(lower_words("\n".join(source for _, source in cells(lesson))))
    for phrase in {phrase for source in of_markdown(first) for phrase in ITALIC.findall(source)} - {"Who counts how?"}:
        code = "\n".join(source for kind, source in first if kind == "code")
        in_code = " ".join(lower_words(f"{code} {GIVEN['tone']['sentence']}"))
        assert f" {' '.join(lower_words(phrase))} " in f" {in_code} {own_words(phrase, own)} ", phrase
    outlets = set(pp.articles(corpus())["outlet"])
    named = {phrase for source in of_markdown(rest) for phrase in ITALIC.findall(source)} - outlets - LABELS
    for phrase in named - glossary():
        assert len(pp.concordance(corpus(), phrase.lower(), parts=["body", "title", "subheading"])), phrase


def own_words(phrase, own):
    """Return the words of a lesson around it if `phrase` is only an ending or part of one: ’s, *not* before a word."""
    return own if phrase in {"’s", "not", "very", "of"} else ""


@cache
def glossary():
    """Return the terms of the glossary, in lower case."""
    page = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", page, re.MULTILINE)
    return {term.strip(" `").lower() for row in rows for term in re.split(r",| and |\(|\)", row.replace("*", ""))}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_words_to_know_are_in_the_glossary(lesson):
    [source] = [source for _, source in cells(lesson) if source.startswith("## Words to know")]
    words = {word.lower() for word in ITALIC.findall(source)} - {"who counts how?"}
    assert len(words) >= 4
    assert words - glossary() == set()


@pytest.mark.parametrize("name", EXERCISES)
def test_a_word_that_a_check_names_is_in_its_lesson(name):
    words = EXERCISES[name]
    reasons = [reason for _, reason in words.get("slips", [])]
    texts = [words["praise"], words.get("hint", ""), words.get("way", ""), *reasons]
    lesson = {"corpus": "corpus", "terms": "term_frequency", "tone": "sentiment"}.get(name.split(".")[0])
    assert not any(ITALIC.search(text) for text in texts), "a reply is no Markdown"
    for phrase in {phrase for text in texts for phrase in re.findall("“([^”]+)”", text)} - {"this", "that"}:
        shown = set(lower_words("\n".join(source for _, source in cells(lesson))))
        assert phrase.endswith(" news") or set(lower_words(phrase)) <= shown, phrase


# --- numbers that a lesson states ----------------------------------------------------


def test_every_lesson_counts_the_articles_and_outlets_of_the_teaching_corpus():
    sizes = pp.articles(corpus())["outlet"].value_counts()
    for lesson, pattern in {
        "corpus": r"removed from (forty-four) articles",
        "term_frequency": r"How often do (forty-four) articles",
        "duplicate_passages": r"Predict first: (forty-four) articles",
    }.items():
        assert said(lesson, pattern) == len(corpus())
    assert said("corpus", r"(Eight) outlets write about it") == len(sizes)
    articles, pairs = said("duplicate_passages", r"(forty-four) articles make (\d+) pairs")
    assert pairs == articles * (articles - 1) / 2
    for lesson, pattern in {
        "term_frequency": r"(four) to (eight) articles each",
        "compare_outlets": r"(four) to (eight) articles describe themselves",
    }.items():
        assert said(lesson, pattern) == [sizes.min(), sizes.max()]
    assert said("compare_outlets", r"no more than (seven) articles support") == sizes["Daily Gull"]


def test_the_first_lesson_is_right_about_its_five_sentences():
    text = GIVEN["corpus"]["five_sentences"]
    lengths = [len(lower_words(sentence)) for sentence in re.split(r"(?<=[.!?])\s(?=[“A-Z])", text.replace("-", ""))]
    short, length, longest = said("corpus", r"(Two) of the sentences have (three) words, the longest has (eight)")
    assert len(lengths) == 5
    assert Counter(lengths)[length] == short
    assert max(lengths) == longest
    tokens = WordPunctTokenizer().tokenize(text)
    assert said("corpus", r"\(`([^`]+)` is one\)") in tokens
    assert len(WordPunctTokenizer().tokenize("didn’t")) == said("corpus", r"splits \*didn’t\* into (three) tokens")
    shown = pp.words(pp.read(pd.DataFrame({"text": [text]}), clean="none"))["token"].tolist()
    assert {"half", "empty", "didn’t"} <= set(shown)


def test_the_second_lesson_is_right_about_its_strike():
    days, words = said("term_frequency", r"a strike of (\d+) days, and about ([\d,]+) counted words")
    end = pp.concordance(corpus(), "strike ends after")
    assert end["right"].str.startswith(f"{days} days").tolist() == [True]
    terms = pp.terms(corpus())
    assert round(terms.attrs["total"], -3) == words
    lines = pp.concordance(corpus(), "strike")
    assert "more lines than the table counts" in prose("term_frequency")
    assert "credit" in set(lines["part"])
    assert len(lines) > terms.set_index("term").loc["strike", "count"]
    assert (lines["date"] < "2031-01-20").any()
    assert len(WordPunctTokenizer().tokenize("port’s")) == said("term_frequency", r"splits \*port’s\* into (three)")
    spellings = set(re.findall(r"[Pp]ort(?:’s|s)?", GIVEN["terms"]["five_sentences"]))
    assert len(spellings) == said("term_frequency", r"There are (four) spellings")


def test_the_third_lesson_is_right_about_scores_of_zero():
    [five] = [source for _, source in cells("sentiment") if source.startswith("five = [")]
    text = " ".join(re.findall(r'"([^"]+)"', five))
    fourth = pp.sentiment(pp.read(pd.DataFrame({"text": [text]}), clean="none")).iloc[3]
    assert "The fourth sentence gets 0 from both. Its `known_words` is 1" in prose("sentiment")
    assert (fourth["vader"], fourth["textblob"], fourth["known_words"]) == (0, 0, 1)
    assert "left" in lower_words(fourth["text"])
    textblob_lexicon("left")
    assert textblob_lexicon["left"][None][0] == 0
    assert "left" not in SentimentIntensityAnalyzer().lexicon
    assert len(textblob_lexicon) > 2000
    assert "a list of thousands of words" in prose("sentiment")


def test_textblob_negates_as_the_praise_says():
    praise = EXERCISES["tone.negated"]["praise"].replace("−", "-")
    value, factor, score = map(float, re.findall(r"-?\d\.\d+", praise))
    assert textblob_lexicon("good")[0] == value
    assert textblob_lexicon(GIVEN["tone"]["negated"])[0] == score == pytest.approx(value * factor)


CAUSES = re.compile(r"no (?:word is known|known word).*known words (?:are )?worth 0.*values (?:that )?cancel")


def test_a_score_of_zero_has_its_three_causes_wherever_it_is_explained():
    guide = (PROJECT / "docs" / "teaching.md").read_text(encoding="utf-8")
    [row] = [line for line in guide.splitlines() if "`tone.no_word`" in line]
    words = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    [polarity] = [line for line in words.splitlines() if "**polarity**" in line]
    asked = EXERCISES["tone.no_word"]
    for text in (asked["hint"], asked["praise"], prose("sentiment"), row, polarity):
        assert CAUSES.search(text), text


def test_each_cause_of_a_score_of_zero_occurs_and_known_words_separates_only_the_first():
    scored = pp.sentiment(corpus())
    zero = scored[(scored["vader"] == 0) & (scored["textblob"] == 0)]
    assert (zero["known_words"] == 0).any()
    assert (zero["known_words"] > 0).any()
    silent = scored[scored["known_words"] == 0]
    assert (silent[["vader", "textblob"]] == 0).all(axis=None)
    examples = pp.read(pd.DataFrame({"text": ["It left at six.", "A good and bad day."]}), clean="none")
    scored = pp.sentiment(examples)
    assert scored["textblob"].tolist() == pytest.approx([0, 0], abs=1e-9)
    assert scored["known_words"].tolist() == [1, 2]


def test_the_fourth_lesson_is_right_about_its_sequences_and_pairs():
    counted = exercises.answer_key("passages.shared_sequences", corpus())
    careless = next(slip for slip, reason in counted.slips.items() if "a capital or a comma" in reason)
    assert said("duplicate_passages", r"Only (two): a capital") == careless
    found = pp.passages(corpus())
    repeated = found[found["doc_a"] == found["doc_b"]]
    titles = pp.articles(corpus()).set_index("doc_id")["title"]
    texts = [(row.doc_a, corpus().cite(row.doc_a, row.start_a, row.end_a).raw) for row in repeated.itertuples()]
    in_title = [text in titles[doc_id] for doc_id, text in texts]
    assert any(in_title)
    assert not all(in_title)
    radio = pp.articles(corpus()).set_index("doc_id").loc[GIVEN["passages"]["radio"]]
    assert said("duplicate_passages", r"On (20 January) the radio printed") == f"{radio['date']:%-d %B}"
    assert radio["outlet"] == "Sound 94"


def test_the_fifth_lesson_is_right_about_the_rate_of_the_others():
    key = pp.keyness(corpus(), target={"outlet": "Daily Gull"}).set_index("term")
    assert round(key.loc["said", "rate_reference"]) == said("compare_outlets", r"whose rate is near (\d+)")


# --- names in the code that a text shows ----------------------------------------------


def names_in_code(text):
    """Return the names that a text shows as code: alone, or compared with something."""
    shown = re.findall(r"`([^`\n]+)`", text)
    alone = {code for code in shown if re.fullmatch(r"[a-z_]{2,}", code)}
    return alone | {name for code in shown for name in re.findall(r"\b([a-z_]+) (?:==|!=|>=|>|<) ", code)}


@cache
def known_names():
    """Return the columns of tables, the public names, and the names and values in the lessons' own code."""
    code = "\n".join(source for lesson in LESSONS for kind, source in cells(lesson) if kind == "code")
    columns = {*tables.COLUMNS, *pp.__all__, *tables.TABLES}
    return columns | set(re.findall(r"\b[a-z_]+\b", code)) | {"reporter", "quoted", "classroom"}


@pytest.mark.parametrize("page", [*LESSONS, "lessons.toml", "teaching.md", "glossary.md"])
def test_a_name_shown_as_code_is_a_name_of_today(page):
    path = PROJECT / ("lib/classroom" if page == "lessons.toml" else "docs") / page
    text = prose(page) if page in LESSONS else path.read_text(encoding="utf-8")
    text = re.sub(r"^# .*\n", "", text, flags=re.MULTILINE)
    names = names_in_code(text)
    folders = {"answers", "student"}
    assert names
    assert names - known_names() - folders == set()
