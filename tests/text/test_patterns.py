"""Queries: what they mean, where they occur, which are refused, and that none is slow."""

import fnmatch
import re
import time
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pastepot as pp
from pastepot.errors import PastepotError
from pastepot.text import annotations as annotating
from pastepot.text.annotations import annotations
from pastepot.text.patterns import describe_query, find_node, find_pattern, parse_query, token_positions, wildcard
from pastepot.text.tokens import Tokens, tokenize
from pastepot.text.words import WORD

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "terms_patterns.toml").read_text("utf-8"))["case"]
TEXTS = st.lists(st.text(alphabet="ab ", min_size=1, max_size=12).map(lambda text: text + " a"), min_size=1, max_size=4)


SIGNS = '|^$[](){}+/\\"“”«»~@#%€=<>;,:!…–_…'
"""No word ends in one of these."""
SPOKEN = ["US", "us", "Us", "US’s", "U.S.", "WHO", "who", "Who's", "WHO’s", "WHO'S", "NATO", "nato", "Nato's", "G7"]
WRITTEN = ["port", "Port", "PORT", "port’s", "NATO-led", "AT&T", "MPs", "1,500"]
GAPS = [" ", " ", " ", ". ", ", ", "\n", "\n\n", "-"]
ASKED = [
    "US",
    "us",
    "U.S.",
    "WHO",
    "who",
    "WHO's",
    "W*",
    "*o",
    "NATO*",
    "n*",
    "nato",
    "port",
    "PORT",
    "p?rt",
    "?S",
    "U*",
]
ASKED += ["G7", "AT&T", "1?500", "*", "mps", "led"]


def tokens_of(*texts: str) -> Tokens:
    return tokenize(texts)


def corpus_of(*texts: str) -> pp.Corpus:
    return pp.read(pd.DataFrame({"text": texts}), clean="none")


def known_of(*texts: str) -> annotating.Annotations:
    return annotations(corpus_of(*texts))


def first_tokens(known: annotating.Annotations, node: object, **options: str) -> list[int]:
    return find_node(known, node, **options)[0].tolist()


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_pattern_means_these_words(case: dict[str, object]):
    for word, wanted in [(word, 1) for word in case["fits"]] + [(word, 0) for word in case["misses"]]:
        assert len(find_pattern(tokens_of(f"({word})"), str(case["pattern"]))[0]) == wanted, word


@given(TEXTS, st.lists(st.sampled_from(["a", "b", "ab", "ba", "aa"]), min_size=1, max_size=3))
def test_places_are_those_of_a_plain_search(texts: list[str], phrase: list[str]):
    tokens = tokens_of(*texts)
    expected, offset = [], 0
    for words in (text.split() for text in texts):
        expected += [offset + n for n in range(len(words)) if words[n : n + len(phrase)] == phrase]
        offset += len(words)
    assert find_pattern(tokens, " ".join(phrase))[0].tolist() == expected


def test_a_phrase_never_runs_over_an_article_s_end():
    tokens = tokens_of("the port", "authority slept", "port authority")
    assert find_pattern(tokens, "port authority")[0].tolist() == [4]


def test_of_several_patterns_each_place_counts_once_and_the_longest_wins():
    known = known_of("port authority, port; nobody")
    first, last = find_node(known, ["port", "port authority", "p*"])
    assert (first.tolist(), last.tolist()) == ([0, 2], [1, 2])


def test_a_pattern_of_many_words_finds_what_few_do():
    tokens = tokens_of(" ".join(f"a{number}" for number in range(700)))
    assert len(find_pattern(tokens, "a*")[0]) == 700
    assert len(find_pattern(tokens, "a1*")[0]) == len([n for n in range(700) if str(n).startswith("1")])


def test_postings_list_the_tokens_of_each_form_in_order():
    bounds, order = tokens_of("a b a", "c b a").postings
    assert (bounds.tolist(), order.tolist()) == ([0, 3, 5, 6], [0, 2, 5, 1, 4, 3])


def test_no_form_has_no_places():
    assert token_positions(tokens_of("a"), []).tolist() == []


@pytest.mark.parametrize("pattern", ["*a" * 2000 + "b", "a" * 100_000, "*" * 100_000 + "b", "?" * 1000 + "*b"])
def test_hostile_patterns_take_linear_time(pattern: str):
    started = time.process_time()
    wildcard(pattern).fullmatch("a" * 100_000)
    parse_query(pattern + "a")
    assert time.process_time() - started < 20


@pytest.mark.parametrize("query", ["'" * 100_000 + "-", "a-" * 50_000, "-'" * 50_000, "a." * 50_000 + "-"])
def test_hostile_signs_take_linear_time(query: str):
    started = time.process_time()
    with pytest.raises(PastepotError, match="which is no part of a word"):
        parse_query(query)
    assert time.process_time() - started < 20


# --- case ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "exact"),
    [
        ("US", [True]),
        ("U.S.", [True]),
        ("U.S*", [True]),
        ("NATO*", [True]),
        ("AT&T", [True]),
        ("WHO’s", [True]),
        ("G20", [False]),
        ("G7", [False]),
        ("I", [False]),
        ("MPs", [False]),
        ("Us", [False]),
        ("u.s.", [False]),
        ("?S", [False]),
        ("США", [True]),
        ("世界", [False]),
        ("US navy", [True, False]),
        ("the WHO", [False, True]),
        ("COVID-19", [True, False]),
    ],
)
def test_a_word_of_two_capitals_or_more_is_exact(query: str, exact: list[bool]):
    assert [word.exact for word in parse_query(query)] == exact
    assert not any(word.exact for word in parse_query(query, "fold"))
    assert all(word.exact for word in parse_query(query, "exact"))


def test_an_acronym_is_no_pronoun_and_its_possessive_is_the_acronym():
    known = known_of("The US told us. The US’s navy left us, said WHO's chief, who waits. Us? US'S, Who's.")
    assert first_tokens(known, "US") == [1, 5, 15]
    assert first_tokens(known, "US", case="fold") == [1, 3, 5, 8, 14, 15]
    assert first_tokens(known, "us") == first_tokens(known, "US", case="fold")
    assert first_tokens(known, "us", case="exact") == [3, 8]
    assert first_tokens(known, "WHO") == [10]
    assert first_tokens(known, "WHO’s") == [10]
    assert first_tokens(known, "who's", case="exact") == []
    assert first_tokens(known, "US navy") == [5]
    assert first_tokens(known, "US NAVY") == []
    assert first_tokens(known, "W?O") == [10]
    assert first_tokens(known, "U*") == [1, 3, 5, 8, 14, 15]


def test_the_country_with_points_is_another_word_and_a_list_asks_for_both():
    known = known_of("The U.S. Navy. The US Army, and us.")
    assert first_tokens(known, "US") == [4]
    assert first_tokens(known, "U.S.") == [1]
    assert first_tokens(known, ["US", "U.S."]) == [1, 4]


# --- an oracle ----------------------------------------------------------------------------


def fits(token: str, asked: str, case: str) -> bool:
    """Return whether a query's word matches a token, said once more and without regard to speed."""
    token, asked = token.replace("’", "'"), asked.replace("’", "'")
    base = re.sub("'[sS]$", "", asked)
    capitals = [letter for letter in base if letter.isalpha()]
    as_written = case == "exact" or (case == "smart" and len(capitals) > 1 and all(map(str.isupper, capitals)))
    forms = {token}
    stem, clitic = token[:-2], token[-2:]
    if clitic.lower() == "'s" and (stem.lower() != "who" or (as_written and stem == "WHO" and clitic == "'s")):
        forms.add(stem)
    if not as_written:
        forms, asked = {form.lower() for form in forms}, asked.lower()
    return any(fnmatch.fnmatchcase(form, asked) for form in forms)


def search_by_hand(corpus: pp.Corpus, query: str, case: str, within: str) -> list[tuple[str, int, int]]:
    """Return article, start and end of each hit, by trying every token of the table of words."""
    asked = query.replace("-", " ").split()
    hits = []
    for doc_id, words in pp.words(corpus).groupby("doc_id", sort=False):
        text = corpus.records[corpus.number(doc_id)].text
        rows = list(words.itertuples())
        for place in range(len(rows) - len(asked) + 1):
            run = rows[place : place + len(asked)]
            units = {
                "sentence": run[0].sentence == run[-1].sentence,
                "paragraph": "\n" not in text[run[0].start : run[-1].end],
                "article": True,
            }
            if units[within] and all(fits(row.token, word, case) for row, word in zip(run, asked, strict=True)):
                hits.append((doc_id, run[0].start, run[-1].end))
    return hits


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(SPOKEN + WRITTEN), st.sampled_from(GAPS)), min_size=1, max_size=9),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.sampled_from(ASKED), min_size=1, max_size=3).filter(lambda words: set(words) != {"*"}),
    st.sampled_from(["smart", "fold", "exact"]),
    st.sampled_from(["sentence", "paragraph", "article"]),
)
@example([[("WHO", ". "), ("Who's", " "), ("WHO's", " ")]], ["WHO"], "smart", "sentence")
@example([[("port", ". "), ("Port", "\n"), ("port", " ")]], ["port", "port"], "smart", "paragraph")
def test_hits_are_those_of_a_search_by_hand(articles: list, asked: list[str], case: str, within: str):
    corpus = corpus_of(*("".join(word + gap for word, gap in pairs) for pairs in articles))
    query = " ".join(asked)
    found = pp.concordance(corpus, query, case=case, within=within)
    expected = search_by_hand(corpus, query, case, within)
    assert list(found[["doc_id", "start", "end"]].itertuples(index=False, name=None)) == expected


# --- where a phrase ends ------------------------------------------------------------------


def test_a_phrase_stays_inside_its_sentence_paragraph_or_article_as_asked():
    known = known_of("He left town. Hall meetings\nStopped in Town hall", "The hall. A town", "Hall")
    assert first_tokens(known, "town hall") == [7]
    assert first_tokens(known, "town hall", within="paragraph") == [2, 7]
    assert first_tokens(known, "meetings stopped", within="paragraph") == []
    assert first_tokens(known, "meetings stopped", within="article") == [4]
    assert first_tokens(known, "town hall", within="article") == [2, 7]


def test_a_longer_query_that_leaves_the_sentence_hides_no_shorter_one():
    known = known_of("They left the town. Hall meetings stopped.")
    assert first_tokens(known, ["town", "town hall"]) == [3]


def test_sentences_are_split_only_where_a_phrase_occurs(monkeypatch):
    split = []
    monkeypatch.setattr(
        annotating, "split_sentences", lambda text: split.append(text) or [(0, len(text))] if text else []
    )
    known = known_of("A cold port.", "The port authority left.", "An authority.")
    assert (first_tokens(known, "port"), split) == ([2, 4], [])
    assert (first_tokens(known, "port authority"), split) == ([4], ["The port authority left."])


# --- what is refused ----------------------------------------------------------------------

REFUSED = [
    "port|pier", "^port", "port$", "[port]", "(port)", "port+", "/port/", "port.*", "p{2}", '"winter timetable"',
    "port~2", "“port”", "«port»", "port -ferry", "-port", "port-", "port – pier", "site:port", "port, pier", "port;",
    "port!", "@", "# port", "port @ strike", "5%", "€5", "$5", "\\bport", "port\\", "C++", "and/or", "port...",
    "port…", "=port", "<port>", "[3]", "near(port, strike, 5)", "port_", ". port",
]  # fmt: skip
ALLOWED = [
    "port", "Mr. Orme", "U.S.", "U.S. Navy", "AT&T", "at&t", "re-elected", "All-Russian", "O'Brien", "O’Brien",
    "rock 'n' roll", "workers' rights", "'port'", "1,500", "10:30", "3.5", "#metoo", "@desk", "desk@ferry.example",
    "ferry.example", "G7", "https://ferry.example/a?b=c|d", "www.ferry.example/(x)y", "climat*", "*port", "f?rry",
    "U.S*", "19??", "1?,5*", "#*", "O'*", "*'s", "*&T", "the * strike", "anti-*", "naïve", "Straße", "世界",
    "fer\xadry", "port.", "S.p.A.", "don't", "port_a",
]  # fmt: skip


@pytest.mark.parametrize("query", REFUSED)
def test_a_sign_outside_the_language_is_named_with_its_place(query: str):
    with pytest.raises(PastepotError) as caught:
        parse_query(query)
    said = re.fullmatch(
        r"query (.+) has (.+) at character (\d+), which is no part of a word\."
        r" A query is a word or a phrase, with \* for any letters and \? for one; several are a list\.",
        str(caught.value),
    )
    assert said, str(caught.value)
    assert said[1] == repr(query)
    assert said[2] == repr(query[int(said[3]) - 1])
    assert not said[2].strip("'").isalnum()


@pytest.mark.parametrize("query", ALLOWED)
def test_what_can_be_a_word_is_allowed(query: str):
    assert parse_query(query)


@pytest.mark.parametrize("function", ["concordance", "collocates", "trends", "targets", "targets_by"])
@pytest.mark.parametrize("node", ["port|pier", "  ", "*", "? *", "-"])
def test_every_table_refuses_them(function: str, node: str):
    corpus = pp.read(pd.DataFrame({"text": ["The port and pier."], "date": ["2024-01-01"]}))
    with pytest.raises(PastepotError, match=r"^(a )?query .*(no part of a word|a letter or digit)"):
        getattr(pp, function)(corpus, {"a": node} if function.startswith("targets") else node)


def dropped(text: str) -> str:
    """Return what is left of a text without its words and what a query may have between and around them."""
    rest = WORD.sub(lambda word: "w" * len(word.group()), text)
    edge = "['’‘`ʼ\u00ad\u200b-\u200d\u2060\ufeff]"
    rest = re.sub(rf"(?<=w)({edge}*)\.?({edge}*)(?=\s|$)", "", rest)
    return re.sub(rf"{edge}|\s|(?<=w)[-‐‑](?=w)|w", "", re.sub(edge, "", rest))


@settings(max_examples=400)
@given(st.text(alphabet="aBé1.,:'’-&@#_|%\"$ \u00ad\n", min_size=1, max_size=14))
@example("U.S.-led")
@example("a 'b'.")
@example("B&a")
def test_a_query_is_refused_or_matches_itself_as_text(text: str):
    # The one exception: the term at&t can be asked for, although an ampersand in a text joins capitals only.
    asked = re.sub("&(?=[aé])", "&B", text)
    tokens = tokenize([asked])
    try:
        found, length = find_pattern(tokens, asked)
    except PastepotError:
        assert dropped(asked) or not len(tokens.ids)
    else:
        assert not dropped(asked)
        assert (found.tolist()[0], length) == (0, len(tokens.ids))


@settings(max_examples=200)
@given(st.text(alphabet="aBéSs1.,:'’-&@#_/?* |\u00ad", min_size=1, max_size=20))
@example("at AT&T's http://a?b=|, 1,5 S.B. S.B S’s")
def test_every_term_of_a_text_can_be_asked_for(text: str):
    corpus = corpus_of(f"{text}\n.")
    for term, count in pp.terms(corpus)[["term", "count"]].itertuples(index=False):
        if "?" not in term and "*" not in term:
            assert len(pp.concordance(corpus, term)) == count, term


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ("'", "a query must contain a letter or digit, as 'port', 'climat*' or 'United Nations'; got \"'\"."),
        ("*", "a query must contain a letter or digit, as 'port', 'climat*' or 'United Nations'; got '*'."),
        ([3], "a query must be text, as 'port' or 'United Nations'; got int."),
        ([], "a query must contain a letter or digit, as 'port', 'climat*' or 'United Nations'; got none."),
    ],
)
def test_a_node_without_words_is_refused(node: object, message: str):
    with pytest.raises(PastepotError) as caught:
        find_node(known_of("a"), node)
    assert str(caught.value) == message


# --- the note -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queries", "options", "said"),
    [
        (["port"], (), "Matched in upper or lower case."),
        (["US"], (), "Matched as written: US."),
        (["US"], ("fold",), "Matched in upper or lower case."),
        (["port"], ("exact",), "Matched as written: port."),
        (["US", "port", "NATO"], (), "Matched as written: US and NATO; other words in upper or lower case."),
        (
            ["US navy"],
            ("smart", "paragraph"),
            "Matched as written: US; other words in upper or lower case. A phrase is inside one paragraph.",
        ),
        (["town hall"], (), "Matched in upper or lower case. A phrase is inside one sentence."),
    ],
)
def test_the_note_says_how_a_query_was_matched(queries: list[str], options: tuple[str, ...], said: str):
    assert describe_query(queries, *options) == said


def test_the_note_of_each_table_says_it():
    corpus = pp.read(pd.DataFrame({"text": ["The US navy told us."], "date": ["2024-01-01"]}))
    tables = [pp.concordance(corpus, "US navy"), pp.collocates(corpus, "US navy"), pp.trends(corpus, "US navy")]
    tables += [pp.targets(corpus, {"US": "US navy"}), pp.targets_by(corpus, {"US": "US navy"})]
    for table in tables:
        said = "Matched as written: US; other words in upper or lower case. A phrase is inside one sentence."
        assert said in pp.describe_table(table), table.attrs["table"]
