"""Boilerplate: what many articles contain and is no story."""

import numpy as np
import pandas as pd
import pytest

from pastepot.reuse.boilerplate import choose_rules
from pastepot.reuse.detect import find_reuse

FOOTER = list(range(9000, 9020))
STORY = list(range(8000, 8150))


def articles(count, *, words=200, seed=3):
    random = np.random.default_rng(seed)
    return [random.integers(0, 4000, words).tolist() for _ in range(count)]


def found(texts, **options):
    terms = np.array([word for text in texts for word in text], dtype=np.int32)
    return find_reuse(terms, np.cumsum([0, *map(len, texts)]), **options)


def blocks(reuse):
    table = reuse.boilerplate
    return [
        (int(doc), int(last - first))
        for doc, first, last in zip(table["doc"], table["first"], table["last"], strict=True)
    ]


@pytest.mark.parametrize("match", ["exact", "fuzzy"])
def test_a_footer_is_reported_and_kept_out_of_passages(match):
    texts = articles(40)
    for number in range(12):
        texts[number] += FOOTER
    reuse = found(texts, match=match)
    assert blocks(reuse) == [(number, 20) for number in range(12)]
    assert set(reuse.boilerplate["rule"].tolist()) == {"keeps its place"}
    assert set(reuse.boilerplate["articles"].tolist()) == {12}
    assert set(reuse.boilerplate["block"].tolist()) == {0}
    assert not len(reuse.passages["words"])


def test_nine_articles_are_too_few_for_boilerplate():
    texts = articles(40)
    for number in range(9):
        texts[number] += FOOTER
    reuse = found(texts)
    assert not blocks(reuse)
    assert len(reuse.passages["words"]) == 36


def test_a_story_that_makes_up_its_articles_is_a_family():
    texts = [[*text[:60], *STORY] if number < 12 else text for number, text in enumerate(articles(40))]
    reuse = found(texts)
    assert not blocks(reuse)
    assert reuse.passages["words"].tolist() == [150] * 66


def test_a_story_above_a_footer_ends_where_the_footer_begins():
    texts = articles(60)
    for number in range(30):
        texts[number] = [*texts[number][:50], *(STORY if number < 12 else texts[number][50:]), *FOOTER]
    reuse = found(texts)
    assert blocks(reuse) == [(number, 20) for number in range(30)]
    assert reuse.passages["words"].tolist() == [150] * 66


def test_a_short_block_counts_anywhere_and_a_long_one_where_it_keeps_its_place():
    short, texts = STORY[:50], articles(40)
    for number in range(12):
        texts[number][20 + 9 * number : 20 + 9 * number] = short
    assert set(found(texts).boilerplate["rule"].tolist()) == {"short"}
    long, texts = STORY[:90], articles(40)
    for number in range(12):
        texts[number][30 + 9 * number : 30 + 9 * number] = long
    assert not blocks(found(texts))


@pytest.mark.slow
def test_a_long_block_anywhere_in_a_tenth_of_a_large_corpus_is_boilerplate():
    texts = articles(1000, words=100)
    for number in range(110):
        texts[number][30 + number % 40 : 30 + number % 40] = STORY[:70]
    reuse = found(texts)
    assert set(reuse.boilerplate["rule"].tolist()) == {"in a tenth of all articles"}
    assert len(blocks(reuse)) == 110


def test_word_for_word_copies_of_an_article_do_not_make_its_text_boilerplate():
    texts = articles(40)
    texts += [[*texts[0]] for _ in range(15)]
    assert not blocks(found(texts))


def test_a_footer_is_told_for_each_copy_of_its_article():
    texts = articles(40)
    for number in range(12):
        texts[number] += FOOTER
    texts.append([*texts[3]])
    assert blocks(found(texts)) == [(number, 20) for number in [*range(12), 40]]


def test_a_passage_runs_through_boilerplate_but_never_ends_in_it():
    notice, texts = list(range(9000, 9012)), articles(40)
    for number in range(20):
        texts[number][100:100] = notice
    for number in (30, 31):
        texts[number] = [*texts[number][:40], *STORY[:40], *notice, *STORY[40:80], *notice, *texts[number][40:]]
    reuse = found(texts)
    assert reuse.passages["words"].tolist() == [92]
    assert reuse.passages["matched"].tolist() == [92]


@pytest.mark.parametrize(("words", "rules"), [(59, {"short"}), (60, {"short"}), (61, set())])
def test_a_block_that_changes_its_place_is_short_up_to_sixty_words(words, rules):
    texts = articles(40)
    for number in range(12):
        texts[number][20 + 9 * number : 20 + 9 * number] = STORY[:words]
    assert set(found(texts).boilerplate["rule"].tolist()) == rules


@pytest.mark.parametrize(("corpus", "homes", "rows"), [(1000, 100, 0), (1000, 101, 101), (999, 110, 0)])
def test_a_long_block_anywhere_needs_more_than_a_tenth_of_a_thousand_articles(corpus, homes, rows):
    texts = articles(corpus, words=100)
    for number in range(homes):
        texts[number][30 + number % 40 : 30 + number % 40] = STORY[:70]
    assert len(blocks(found(texts))) == rows


@pytest.mark.parametrize(("start", "rule"), [(10, "keeps its place"), (11, ""), (19, ""), (20, "keeps its place")])
@pytest.mark.parametrize(("homes", "kept"), [(8, True), (7, False)])
def test_a_block_keeps_its_place_from_a_tenth_of_the_words_in_four_fifths_of_its_articles(start, rule, homes, kept):
    # Ten articles of 200 words, each with a block of 70; in `homes` of them near an end, else in the middle.
    bounds = np.arange(11) * 200
    first = bounds[:10] + np.where(np.arange(10) < homes, 2 * start if start < 15 else start + 90, 60)
    spans = pd.DataFrame({"first": first, "last": first + 70, "block": 0, "article": np.arange(10)})
    assert choose_rules(spans, bounds).tolist() == [rule if kept else ""]


def rule_of(first, words, articles=range(10)):
    """Return the rule of one block with these spans in articles of 200 words."""
    spans = pd.DataFrame({"first": first, "last": np.add(first, words), "block": 0, "article": articles})
    return choose_rules(spans, np.arange(11) * 200).tolist()


@pytest.mark.parametrize(("short", "rule"), [(4, ""), (5, "short"), (6, "short")])
def test_a_block_is_short_if_half_of_its_places_are(short, rule):
    assert rule_of(np.arange(10) * 200 + 60, np.where(np.arange(10) < short, 60, 61)) == [rule]


@pytest.mark.parametrize(("full", "rule"), [(2, "keeps its place"), (3, "")])
def test_a_block_makes_up_under_half_of_the_words_of_four_fifths_of_its_articles(full, rule):
    assert rule_of(np.arange(10) * 200, np.where(np.arange(10) < full, 100, 99)) == [rule]


def test_all_places_of_a_block_in_an_article_count_towards_half_of_its_words():
    articles = np.repeat(np.arange(10), 2)
    opens = np.arange(20) % 2 * 150 + articles * 200
    assert rule_of(opens, np.full(20, 49), articles) == ["short"]
    assert rule_of(opens, np.full(20, 50), articles) == [""]
