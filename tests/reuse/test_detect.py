"""Duplicate passages in token numbers: exact against brute force, fuzzy against passages known by construction."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pastepot import kernels
from pastepot.errors import PastepotError
from pastepot.reuse.detect import find_reuse

SPANS = ("doc_a", "first_a", "last_a", "doc_b", "first_b", "last_b")
TEXT = (
    "the ferry company told the harbour council on monday that no crossing would run before thursday because two"
    " of its engineers had joined the dockers who struck over night pay last week"
)
STORY = TEXT.split()


def find_passages(terms, bounds, **options):
    return find_reuse(terms, bounds, **options).passages


def joined(articles):
    terms = np.array([term for article in articles for term in article], dtype=np.int32)
    return terms, np.cumsum([0, *map(len, articles)], dtype=np.int64)


def numbered(*texts):
    vocabulary = {}
    articles = [[vocabulary.setdefault(word, len(vocabulary)) for word in text.split()] for text in texts]
    return *joined(articles), list(vocabulary)


def spans(found):
    return list(zip(*(found[name].tolist() for name in SPANS), strict=True))


def filler(count, *, start, words=60):
    """Return articles of words that stand nowhere else."""
    return [range(start + words * k, start + words * (k + 1)) for k in range(count)]


def news(count, *, seed=1, words=120):
    """Return articles of words as frequent as in news, with nothing in common."""
    random = np.random.default_rng(seed)
    shares = 1 / np.arange(1, 5001)
    return [random.choice(5000, size=words, p=shares / shares.sum()).tolist() for _ in range(count)]


def every_equal_run(articles, least):
    """Return each maximal run of equal words by comparing every word with every other."""
    bounds = np.cumsum([0, *map(len, articles)]).tolist()
    for a, one in enumerate(articles):
        for b in range(a, len(articles)):
            other = articles[b]
            for i in range(len(one)):
                for j in range(i + 1 if a == b else 0, len(other)):
                    if one[i] != other[j] or (i and j and one[i - 1] == other[j - 1]):
                        continue
                    length = 0
                    while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
                        length += 1
                    length = min(length, j - i) if a == b else length
                    if length >= least:
                        first, second = bounds[a] + i, bounds[b] + j
                        yield a, first, first + length, b, second, second + length


small_corpora = st.lists(st.lists(st.integers(0, 2), max_size=20), max_size=4)


@given(small_corpora, st.integers(2, 5), st.booleans())
def test_exact_matches_are_all_maximal_runs_of_equal_words(articles, least, again):
    articles += articles[:1] if again else []
    found = spans(find_passages(*joined(articles), match="exact", min_words=least))
    assert found == sorted(every_equal_run(articles, least), key=lambda row: (row[1], row[4], row[2], row[5]))


@given(small_corpora)
def test_fuzzy_matches_never_overlap_themselves_and_end_on_equal_words(articles):
    terms, bounds = joined(articles)
    for doc_a, first_a, last_a, doc_b, first_b, last_b in spans(find_passages(terms, bounds)):
        assert bounds[doc_a] <= first_a < last_a <= bounds[doc_a + 1]
        assert bounds[doc_b] <= first_b < last_b <= bounds[doc_b + 1]
        assert last_a <= first_b
        assert terms[first_a] == terms[first_b]
        assert terms[last_a - 1] == terms[last_b - 1]


@pytest.mark.parametrize("match", ["exact", "fuzzy"])
def test_a_passage_at_the_first_and_last_word_is_found_whole(match):
    story = range(40)
    terms, bounds = joined([[*story, *range(100, 120)], [*range(200, 220), *story], list(story)])
    assert spans(find_passages(terms, bounds, match=match)) == [
        (0, 0, 40, 1, 80, 120),
        (0, 0, 40, 2, 120, 160),
        (1, 80, 120, 2, 120, 160),
    ]


@pytest.mark.parametrize("match", ["exact", "fuzzy"])
@pytest.mark.parametrize("articles", [[], [[]], [[1]], [[1, 2], []], [list(range(50)), list(range(50, 100))]])
def test_nothing_shared_is_an_empty_table_with_all_columns(match, articles):
    found = find_reuse(*joined(articles), match=match)
    assert list(found.passages) == [*SPANS, "words", "matched", "identity", "strength"]
    assert not len(found.passages)
    assert list(found.boilerplate) == ["block", "doc", "first", "last", "articles", "rule"]
    assert not found.limited


def test_changed_dropped_and_added_words_stay_inside_a_passage():
    changed = [*STORY[:6], "board", *STORY[7:15], *STORY[16:24], "old", *STORY[24:]]
    terms, bounds, _ = numbered(" ".join(["before"] * 3 + STORY + ["after"]), " ".join(["elsewhere", *changed]))
    found = find_passages(terms, bounds)
    assert spans(found) == [(0, 3, 3 + len(STORY), 1, len(STORY) + 5, len(STORY) + 5 + len(changed))]
    assert found["matched"].tolist() == [len(STORY) - 2]
    assert found["words"].tolist() == [len(STORY)]
    assert found["identity"].tolist() == [(len(STORY) - 2) / len(STORY)]


def test_a_chance_word_beyond_the_end_is_left_out():
    one, other = [*STORY, "yet", "many", "more", "the"], [*STORY, "so", "few", "less", "the"]
    found = find_passages(*numbered(" ".join(one), " ".join(other))[:2])
    assert found["last_a"].tolist() == [len(STORY)]


def test_a_paragraph_told_twice_in_one_article_is_found():
    terms, bounds, _ = numbered(" ".join(["intro", *STORY, "then", *STORY]))
    for match in ("exact", "fuzzy"):
        assert spans(find_passages(terms, bounds, match=match)) == [(0, 1, 33, 0, 34, 66)]


def test_reordered_sentences_are_several_passages():
    first, second, third = list(range(20)), list(range(20, 40)), list(range(40, 60))
    terms, bounds = joined([[*first, *second, *third], [*third, *second, *first]])
    assert spans(find_passages(terms, bounds)) == [
        (0, 0, 20, 1, 100, 120),
        (0, 20, 40, 1, 80, 100),
        (0, 40, 60, 1, 60, 80),
    ]


def test_two_rewrites_without_a_gram_in_common_are_joined_by_their_source():
    source = list(range(60))
    one = [1000 + word if word % 5 == 4 else word for word in source]
    other = [2000 + word if word % 5 == 2 else word for word in source]
    alone = joined([*filler(1, start=4000), one, other, *filler(20, start=5000)])
    assert not spans(find_passages(*alone))
    found = spans(find_passages(*joined([source, one, other, *filler(20, start=5000)])))
    assert [(a, b) for a, _, _, b, _, _ in found] == [(0, 1), (0, 2), (1, 2)]
    assert found[2] == (1, 60, 119, 2, 120, 179)


@given(st.permutations(range(12)))
def test_the_order_of_articles_does_not_matter(order):
    story, articles = list(range(9000, 9040)), news(12)
    for number in (2, 5, 9):
        articles[number][30:30] = story if number != 5 else [*story[:17], 7, *story[18:]]

    def by_article(numbers):
        terms, bounds = joined([articles[number] for number in numbers])
        for a, first_a, last_a, b, first_b, last_b in spans(find_passages(terms, bounds)):
            one = (numbers[a], first_a - bounds[a], last_a - bounds[a])
            other = (numbers[b], first_b - bounds[b], last_b - bounds[b])
            yield min(one, other), max(one, other)

    assert set(by_article(order)) == set(by_article(range(12)))


def test_compiled_and_plain_kernels_agree(monkeypatch):
    articles = news(60, seed=4)
    story = list(range(9000, 9080))
    for number in range(0, 60, 7):
        articles[number][20:20] = [word if (word * number) % 7 else word + 500 for word in story]
    for match in ("exact", "fuzzy"):
        told = []
        for size in (0, 10**12):
            monkeypatch.setattr(kernels, "COMPILE_FROM", size)
            found = find_passages(*joined(articles), match=match)
            told.append(found.to_dict("list"))
        assert told[0] == told[1]
        assert len(told[0]["words"]) > 30


def test_copies_of_a_whole_article_are_told_in_all_pairs():
    story = list(range(50))
    terms, bounds = joined([*filler(3, start=100), story, story, *filler(2, start=900), story])
    assert [(a, b) for a, _, _, b, _, _ in spans(find_passages(terms, bounds))] == [(3, 4), (3, 7), (4, 7)]


def test_a_passage_of_a_copied_article_is_told_for_each_copy():
    story = list(range(50))
    terms, bounds = joined([story, [*range(100, 150), *story[:30]], story])
    assert [(a, b) for a, _, _, b, _, _ in spans(find_passages(terms, bounds))] == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize("intro", [0, 5])
def test_five_hundred_copies_hang_together_by_their_first(intro):
    story = list(range(80))
    copies = [[*range(10_000 + intro * k, 10_000 + intro * (k + 1)), *story] for k in range(500)]
    found = find_reuse(*joined([*filler(50, start=100), *copies]))
    assert [(a, b) for a, _, _, b, _, _ in spans(found.passages)] == [(50, 51 + k) for k in range(499)]
    assert found.limited


def test_a_hundred_copies_are_told_in_all_pairs():
    copies = [[1000 + k, *range(80)] for k in range(100)]
    found = find_reuse(*joined(copies))
    assert len(found.passages["words"]) == 100 * 99 // 2
    assert not found.limited


def test_a_scanned_copy_is_found_with_the_vocabulary():
    scanned = (
        "the fcrry cornpany told thc harhour council ou monday tbat no crossiug would rvn before tbursday hecause two"
        " of its cngineers had joincd thc dockcrs wbo struck ovcr night pay last wcek"
    )
    other = " ".join(f"word{number}" for number in range(500))
    terms, bounds, vocabulary = numbered(" ".join(STORY), other, scanned)
    assert not spans(find_passages(terms, bounds))
    for match in ("fuzzy", "ocr"):
        found = find_passages(terms, bounds, match=match, vocabulary=vocabulary)
        assert spans(found) == [(0, 0, 32, 2, 532, 564)]
        assert found["matched"].tolist() == [sum(map(str.__eq__, STORY, scanned.split()))]


def test_exact_matches_never_use_the_vocabulary():
    terms, bounds, vocabulary = numbered("modern harbour " * 5, "modem harhour " * 5)
    found = spans(find_passages(terms, bounds, match="exact", vocabulary=vocabulary, min_words=2))
    assert [(a, b) for a, _, _, b, _, _ in found if a != b] == []


def test_fewest_words_are_matched_words():
    terms, bounds, _ = numbered(" ".join(STORY), " ".join(STORY))
    for match in ("exact", "fuzzy"):
        assert len(find_passages(terms, bounds, match=match, min_words=len(STORY))["words"]) == 1
        assert len(find_passages(terms, bounds, match=match, min_words=len(STORY) + 1)["words"]) == 0


def test_the_longest_gap_is_what_joins_two_parts():
    gap = [f"new{k}" for k in range(12)]
    terms, bounds, _ = numbered(" ".join(STORY), " ".join([*STORY[:16], *gap, *STORY[16:]]))
    assert len(find_passages(terms, bounds, max_gap=10)["words"]) == 2
    assert find_passages(terms, bounds, max_gap=15)["words"].tolist() == [len(STORY) + 12]


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"match": "exakt"}, "match must be one of 'exact', 'fuzzy', 'ocr'; got 'exakt'. Did you mean 'exact'?"),
        ({"match": "exact", "min_words": 1}, "min_words must be a whole number of 2 or more; got 1."),
        ({"max_gap": -1}, "max_gap must be a whole number of 0 or more; got -1."),
        (
            {"match": "exact", "max_gap": 5},
            "max_gap is for match 'fuzzy' and 'ocr'; an exact match has no gaps. Leave max_gap out.",
        ),
        ({"match": "ocr"}, "match 'ocr' needs vocabulary, the word of each term; got None. Pass it, or use 'fuzzy'."),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_in_words(wish, message):
    with pytest.raises(PastepotError) as refused:
        find_passages(*joined([[1, 2]]), **wish)
    assert str(refused.value) == message


def test_the_input_is_left_alone():
    terms, bounds = joined([list(range(40)), list(range(40))])
    before = terms.copy(), bounds.copy()
    find_passages(terms, bounds)
    assert np.array_equal(terms, before[0])
    assert np.array_equal(bounds, before[1])


@pytest.mark.slow
@pytest.mark.parametrize("match", ["exact", "fuzzy"])
def test_a_hundred_thousand_equal_words_take_seconds(match):
    before = time.process_time()
    find_passages(*joined([[0] * 100_000]), match=match)
    find_passages(*joined([[0, 1] * 10_000, [1, 0, 1] * 10_000]), match=match)
    assert time.process_time() - before < 60


def test_two_articles_start_no_compiler():
    code = (
        "import sys, numpy as np\n"
        "from pastepot.reuse.detect import find_reuse\n"
        "terms = np.tile(np.arange(700, dtype=np.int32), 4)\n"
        "for match in ('exact', 'fuzzy'):\n"
        "    find_reuse(terms, np.array([0, 1400, 2800]), match=match)\n"
        "print('numba' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
