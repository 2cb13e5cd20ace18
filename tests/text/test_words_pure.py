"""Words of a string by itself: cases, properties over all of Unicode, hostile text, and the score on gold words."""

import gzip
import json
import subprocess
import sys
import time
import tomllib
import unicodedata
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pastepot.text.words import CONTRACTIONS, find_words, fold_possessive, to_term

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "words.toml").read_text(encoding="utf-8"))
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# Few letters and every joiner, so that each rule meets each other one.
PIECES = st.sampled_from(
    [*"aAbSlQN1٢éÉñ.,:'’‘`@#_&-‐/ \n\"“<\u0301\u00ad\u200b", "n't", "’s", "U.S.", "www.", "http://"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=20).map("".join))


def words(text: str, **options: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text, **options)]  # type: ignore[arg-type]


def cases(*kinds: str) -> list[object]:
    return [pytest.param(case, id=case["label"]) for kind in kinds for case in CASES[kind]]


@pytest.mark.parametrize("case", cases("in_the_wild", "negative", "synthetic"))
def test_case_has_its_words(case: dict[str, object]):
    text = str(case["text"])
    assert words(text) == case["words"]
    assert words(text, clitics="split") == case.get("split", case["words"])
    assert words(text, hyphens="keep") == case.get("whole", case["words"])
    assert words(text, elision="split") == case.get("elided", case["words"])


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="a limit of the pattern; when it passes, move the case up")
def test_known_failure_has_its_words(case: dict[str, object]):
    assert words(str(case["text"])) == case["words"]


@given(TEXTS, st.sampled_from(["keep", "split"]), st.sampled_from(["split", "keep"]))
def test_words_are_in_order_apart_and_hold_a_letter_or_digit(text: str, clitics: str, hyphens: str):
    spans = find_words(text, clitics=clitics, hyphens=hyphens)  # type: ignore[arg-type]
    places = [0, *(place for span in spans for place in span), len(text)]
    assert places == sorted(places)
    assert all(regex.search(r"[\p{L}\p{N}]", text[start:end]) for start, end in spans)


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text: str):
    covered = {place for start, end in find_words(text) for place in range(start, end)}
    outside = [mark for place, mark in enumerate(text) if place not in covered]
    assert not [mark for mark in outside if mark.isalpha() or mark.isdecimal()]


@given(TEXTS)
def test_splitting_clitics_only_adds_cuts(text: str):
    whole, cut = find_words(text), find_words(text, clitics="split")
    assert {start for start, _ in whole} <= {start for start, _ in cut}
    assert {end for _, end in whole} <= {end for _, end in cut}
    assert sum(end - start for start, end in whole) == sum(end - start for start, end in cut)


@given(TEXTS)
def test_splitting_elisions_only_adds_cuts(text: str):
    whole, cut = find_words(text), find_words(text, elision="split")
    assert {start for start, _ in whole} <= {start for start, _ in cut}
    assert {end for _, end in whole} <= {end for _, end in cut}
    assert sum(end - start for start, end in whole) == sum(end - start for start, end in cut)


@given(TEXTS)
def test_keeping_hyphens_only_takes_cuts_away(text: str):
    assert {start for start, _ in find_words(text, hyphens="keep")} <= {start for start, _ in find_words(text)}


@given(TEXTS, st.sampled_from("’‘`"))
def test_every_apostrophe_makes_the_same_words(text: str, mark: str):
    assert find_words(text.replace("'", mark)) == find_words(text)


@given(st.lists(st.sampled_from([*"abAB1é.,:'’@_&", "\u0301"]), max_size=12).map("".join), st.data())
def test_an_invisible_character_never_changes_the_terms(word: str, data: st.DataObject):
    for start, end in find_words(word)[:1]:
        place = data.draw(st.integers(start + word[start].startswith("@") * 2, end))
        text = word[:place] + data.draw(st.sampled_from(INVISIBLE)) + word[place:]
        assert [to_term(found) for found in words(text)] == [to_term(found) for found in words(word)]


@given(st.text(alphabet="éÉñÅœßनि .,’&@aU1", max_size=20))
def test_composed_and_decomposed_text_has_the_same_terms(text: str):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [to_term(word) for word in words(composed)] == [to_term(word) for word in words(decomposed)]


@given(st.text())
def test_folding_twice_is_folding_once(surface: str):
    assert to_term(to_term(surface)) == to_term(surface)


@pytest.mark.slow
@pytest.mark.parametrize("frame", ["{0}", "\u03b1\u0345{0}\u0301"])
def test_every_code_point_folds_for_good(frame: str):
    terms = {to_term(frame.format(chr(point))) for point in range(sys.maxunicode + 1)}
    assert [term for term in terms if to_term(term) != term] == []


@pytest.mark.parametrize(
    "forms",
    [
        ("NATO’s", "nato's", "NATO‘s", "Nato`s", "NATO\u02bcs"),
        ("Straße", "STRASSE", "Stra\u00adße"),
        ("café", "cafe\u0301", "CAFÉ", "ca\u200bfé"),
        ("i\u0307stanbul", "\u0130stanbul"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ],
)
def test_forms_of_one_word_are_one_term(forms: tuple[str, ...]):
    assert len({to_term(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("term", "base"),
    [("quay's", "quay"), ("u.s.'s", "u.s."), ("boss's", "boss"), ("'s", "'s"), ("boss", "boss"), ("didn't", "didn't")],
)
def test_possessive_folds_into_its_base(term: str, base: str):
    assert fold_possessive(term) == base


def test_contractions_stay_whole():
    assert all(fold_possessive(term) == term for term in CONTRACTIONS)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        ".",
        "'",
        "a.",
        "a’",
        "1,",
        "@",
        "#",
        "a@",
        "&A",
        "\u0301",
        "\u200b",
        "a\u200b",
        "www.",
        "http://",
        "n'",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str):
    text = unit * (100_000 // len(unit))
    before = time.process_time()
    find_words("a" + text)
    find_words(text, clitics="split", hyphens="keep", elision="split")
    assert time.process_time() - before < 20


@pytest.mark.parametrize(("mode", "clitics"), [("surf", "keep"), ("syn", "split")])
def test_score_on_gold_words(shared: Path, tmp_path: Path, mode: str, clitics: str):
    gold = shared / "data" / "gum_news.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(gold.read_bytes()).splitlines()]
    found = [
        json.dumps({"doc_id": row["doc_id"], "start": start, "end": end})
        for row in rows
        for start, end in find_words(row["text"], clitics=clitics)  # type: ignore[arg-type]
    ]
    (tmp_path / "found.jsonl").write_text("\n".join(found), encoding="utf-8")
    scorer = [sys.executable, str(shared / "bench" / "score_spans.py"), str(gold), str(tmp_path / "found.jsonl")]
    scored = subprocess.run([*scorer, "--mode", mode, "--json"], capture_output=True, check=True, text=True)
    assert json.loads(scored.stdout)["words"]["f1"] >= 0.990


def test_curly_text_leaves_no_clitic_as_a_word(shared: Path):
    articles = sorted((shared / "seeds").glob("*.txt"))
    assert articles
    for path in articles:
        terms = {to_term(word) for word in words(path.read_text(encoding="utf-8"))}
        assert not terms & {"s", "t", "d", "m", "re", "ve", "ll"}
