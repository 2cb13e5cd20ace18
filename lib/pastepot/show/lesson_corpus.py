"""The exercises of lesson 1: words, what is not the article, who speaks."""

from collections.abc import Callable, Mapping

from pastepot.corpus.corpus import Corpus, articles, ledger, rules
from pastepot.show.answers import Key, prediction
from pastepot.show.gold import found_exactly, gold
from pastepot.text.annotations import quotations, words
from pastepot.text.words import find_words

FIVE_WORDS = "The ferry left the harbour."
FIVE_SENTENCES = (
    "The ferry left. The ferry’s crew stayed on the quay! “We didn’t sign that timetable,” said Mara Quell. "
    "Who pays for a half-empty boat? Share this article."
)
NOT_THE_ARTICLE = "Share this article."
COUNTED = ("body", "title", "subheading")


def five(_: Corpus) -> Key:
    """Return what the first exercise by hand expects: different words of five."""
    return Key(
        len({word.strip(".").lower() for word in FIVE_WORDS.split()}),
        {
            len(FIVE_WORDS.split()): "You counted words (tokens), or took *The* and *the* for two different words.",
            len(FIVE_WORDS): "Those are characters, not words.",
            len(set(FIVE_WORDS)): "Those are different characters, not different words.",
        },
        "Write the words below each other, all in lower case, and strike out each that you have already.",
        "len(set(...)) of the words in lower case.",
        "You count types: different words, whatever their case and the marks beside them.",
    )


def ferry(_: Corpus) -> Key:
    """Return what counting a word with its possessive expects."""
    return Key(
        FIVE_SENTENCES.count("ferry"),
        {
            FIVE_SENTENCES.split().count("ferry"): "One form was missed: look at the word before *crew*.",
            0: "Nothing was found. Is the word written as in the text, in lower case?",
        },
        "A possessive is a form of its word, whether the apostrophe is straight or curly.",
        "cut the final ’s from each piece before you count.",
        "You fold the possessive into its word, as Pastepot does.",
    )


def not_article(_: Corpus) -> Key:
    """Return what counting the words of an article without its furniture expects."""
    article = FIVE_SENTENCES.replace(NOT_THE_ARTICLE, "")
    return Key(
        len(find_words(article)),
        {
            len(article.split()): "You cut at blanks, so *half-empty* is one piece. Pastepot parts it at the hyphen.",
            len(find_words(FIVE_SENTENCES)): "The line that asks to share is not the article: leave it out.",
            len(FIVE_SENTENCES.split()): "Either you cut at blanks and counted the line that asks to share, or you cut "
            "*didn’t* and *ferry’s*, which are one word each here.",
        },
        "Two things to decide: what is a word, and what is the article.",
        "the words of the first four sentences, a hyphened word counted as two.",
        "You said what a word is and what the article is before you counted.",
    )


def removed(corpus: Corpus) -> Key:
    """Return what the share of dropped characters expects."""
    made = rules(corpus)
    drops, whole = made[made["action"] == "drop"], int(articles(corpus)["chars"].sum())
    gone = int(drops["chars"].sum())
    return Key(
        100 * gone / whole,
        {
            100 * gone / (whole - gone): "Wrong denominator: you divided by what is left, not by all characters.",
            100 * int(made["chars"].sum()) / whole: "You counted labels and replacements too; only drops are removed.",
            gone: "That is the number of characters. A share needs a denominator: all characters that were read.",
            100 * drops["count"].sum() / made["count"].sum(): "Wrong unit: that is a share of decisions.",
            gone / whole: "That is a fraction of 1. In per cent it is a hundred times as large.",
            100 * drops["articles"].max() / len(corpus): "Wrong unit: that is a share of articles, not of characters.",
        },
        "In per cent: dropped characters, divided by all characters of the files.",
        '100 * the sum of `chars` where `action` is "drop" / the sum of `chars` in pp.articles(corpus).',
        "You named numerator and denominator, both in characters.",
        within=0.06,
    )


def captions(corpus: Corpus) -> Key:
    """Return what counting the words of captions expects."""
    found, made = words(corpus), rules(corpus)
    row = made[made["rule"] == "caption"]
    return Key(
        int((found["part"] == "caption").sum()),
        {
            int(row["count"].sum()): "That is the number of captions. Their words are asked for.",
            int(row["chars"].sum()): "Those are characters. Words are asked for.",
            int(row["articles"].sum()): "That is the number of articles with a caption.",
            int((~found["part"].isin(COUNTED)).sum()): "Those are all words that are left out; captions are a part.",
            len(found): "Those are all words. Keep the rows whose part is a caption.",
        },
        "The table of words has a column `part`.",
        'the sum of pp.words(corpus)["part"] == "caption".',
        "You count words by the part they stand in.",
    )


def quoted(corpus: Corpus) -> Key:
    """Return what the share of quoted words among the counted ones expects."""
    found = words(corpus)
    counted = found[found["part"].isin(COUNTED)]
    inside = int((counted["voice"] == "quoted").sum())
    return Key(
        100 * inside / len(counted),
        {
            100 * inside / len(found): "Wrong denominator: you divided by all words, captions and credits included.",
            100 * (found["voice"] == "quoted").mean(): "Captions and credits are in it: keep body, title, subheading.",
            100 - 100 * inside / len(counted): "That is the share of the reporters. The quoted one is the rest.",
            100 * inside / (len(counted) - inside): "Wrong denominator: you divided by the reporters' words.",
            inside: "That is a number of words. A share needs a denominator.",
            len(quotations(corpus)): "That is the number of quotations, not of words.",
            inside / len(counted): "That is a fraction of 1. In per cent it is a hundred times as large.",
        },
        "In per cent of the words that are counted: body, title and subheading.",
        'keep the counted parts first, then 100 * the mean of `voice == "quoted"`.',
        "You chose the denominator before the numerator.",
        within=0.06,
    )


def line(corpus: Corpus) -> Key:
    """Return what walking the first removal back to its line expects."""
    first = ledger(corpus).query("action == 'drop'").iloc[0]
    place = corpus.cite(str(first["doc_id"]), int(first["start"]), int(first["end"])).line
    return Key(
        place,
        {
            int(first["start"]): "That is the place of the first character in the file. Its line is asked for.",
            int(first["end"]): "That is where the span ends, in characters. Its line is asked for.",
            place - 1: "Off by one: an editor calls the first line 1, not 0.",
            int(first["end"] - first["start"]): "That is how long the span is.",
        },
        "`corpus.cite` takes doc_id, start and end, and knows the line.",
        "corpus.cite(first.doc_id, first.start, first.end).line, where `first` is the first dropped row.",
        "You walked a removal back to the file, where anybody can look it up.",
    )


def recall(corpus: Corpus) -> Key:
    """Return what the recall of quotations against the gold expects."""
    true, found = gold("quotations"), quotations(corpus)
    both = len(found_exactly(true, found))
    return Key(
        100 * both / len(true),
        {
            100 * both / len(found): "Wrong denominator: that is precision, the share of what was found that is right.",
            100 * len(found) / len(true): "You divided two numbers of rows; a row found may be wrong.",
            both: "That is the number found. Recall is a share of all that a careful reader marked.",
            both / len(true): "That is a fraction of 1. In per cent it is a hundred times as large.",
            100 * (len(true) - both) / len(true): "That is the share that was missed.",
        },
        "Recall: of the spans in the gold, how many per cent were found with the same start and end?",
        "100 * the rows of the merged table / the rows of the gold.",
        "You divide by what is there, not by what was found.",
        within=0.06,
    )


def guess(_: Corpus) -> Key:
    """Return what a prediction expects: a number."""
    return prediction("Now let Python count, and think about the difference.")


EXERCISES: Mapping[str, Callable[[Corpus], Key]] = {
    "corpus.guess": guess,
    "corpus.five": five,
    "corpus.ferry": ferry,
    "corpus.not_article": not_article,
    "corpus.removed": removed,
    "corpus.captions": captions,
    "corpus.line": line,
    "corpus.quoted": quoted,
    "corpus.recall": recall,
}
