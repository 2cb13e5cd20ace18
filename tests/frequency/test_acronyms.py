"""Acronyms are other words than those spelt like them: in queries, as labels of terms, with and without points."""

import pandas as pd
import pytest
from harbour import corpus_of
from hypothesis import given
from hypothesis import strategies as st

import pastepot as pp
from pastepot.errors import PastepotError

FORMS = ["The", "the", "US", "us", "Us", "US’s", "WHO", "who", "FERRY", "ferry", "NATO", "Nato", "a.", "left", "told"]


def counted(*texts: str, **options: str) -> dict[str, int]:
    table = pp.terms(pp.read(pd.DataFrame({"text": texts}), clean="none"), **options)
    return dict(zip(table["term"], table["count"], strict=True))


# --- the first six cases of the measures -------------------------------------------------


def test_the_country_is_found_and_the_pronoun_is_not():
    assert pp.concordance(corpus_of(["The US told us nothing."]), "US")["node"].tolist() == ["US"]


@pytest.mark.parametrize("names", [{"WHO": "WHO"}, {"WHO": ["WHO"]}])
def test_the_organisation_is_mentioned_once(names: dict[str, object]):
    corpus = corpus_of(["The WHO praised the doctors, who failed us."])
    found = pp.targets(corpus, names)
    assert [corpus.cite(row.doc_id, row.start, row.end).raw for row in found.itertuples()] == ["WHO"]
    assert len(pp.targets(corpus, names, case="fold")) == 2
    assert pp.targets_by(corpus, names)["count"].tolist() == [1]


def test_a_label_does_not_add_the_pronoun_to_the_country():
    found = counted("The US told us. So the US left.", case="label")
    assert (found["US"], found["us"], found["The"]) == (2, 1, 2)


@pytest.mark.parametrize(("case", "term"), [("fold", "us"), ("label", "US"), ("exact", "US")])
def test_the_country_with_and_without_points_is_one_term_on_request(case: str, term: str):
    text = "The U.S. Navy. The US Army."
    assert counted(text, group="acronyms", case=case)[term] == 2
    assert counted(text, case=case)[term] == 1


def test_a_sign_that_is_no_part_of_a_word_is_an_error():
    with pytest.raises(PastepotError, match=r"'port\|pier' has '\|' at character 5"):
        pp.concordance(corpus_of(["The port and pier."]), "port|pier")


def test_a_phrase_is_not_found_across_a_sentence_end():
    corpus = corpus_of(["He left town. Hall meetings stopped."])
    assert pp.concordance(corpus, "town hall").empty
    assert pp.concordance(corpus, "town hall", within="paragraph")["node"].tolist() == ["town. Hall"]


# --- labels ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WHO said who is ill. The WHO's chief, who waits.", {"WHO": 2, "who": 2}),
        ("US troops left. They told us. Us, us!", {"US": 1, "us": 3}),
        ("WHO said so. Who knows?", {"WHO": 1, "Who": 1}),
        ("He aids those with AIDS.", {"AIDS": 1, "aids": 1}),
        ("The IT staff fixed it. IT’s late, it is. It is.", {"IT": 2, "it": 3}),
        ("FERRY STRIKE ENDS\nThe ferry strike ends.", {"ferry": None, "FERRY": 2, "STRIKE": 2, "ENDS": 2}),
        ("FERRY STRIKE HITS US\nThe US told us of the ferry strike, of a ferry.", {"US": 2, "us": 1, "ferry": 3}),
        ("UPDATE: a ferry left. An update follows. No update.", {"update": 3, "UPDATE": None}),
        ("LONDON (PA) – In London the mayor left. Rain in London.", {"London": 3, "LONDON": None}),
        ("NATO met. Nato left. The NATO ship.", {"NATO": 3, "Nato": None}),
        ("The port. A Port. The port.", {"port": 3}),
    ],
)
def test_an_acronym_spelt_like_a_word_has_a_label_of_its_own_and_a_headline_has_none(
    text: str, expected: dict[str, int | None]
):
    found = counted(text, case="label")
    assert {term: found.get(term) for term in expected} == expected


@pytest.mark.parametrize("text", ["US crews left us", "They left us and the US"])
@pytest.mark.parametrize("order", [1, -1])
def test_the_capitals_of_another_article_make_no_headline(text: str, order: int):
    found = counted(*["FERRY", text, "STRIKE"][::order], case="label")
    assert (found["US"], found["us"]) == (1, 1)


def test_an_acronym_is_no_stop_word_where_it_has_a_label_of_its_own_and_no_stem():
    found = counted("The WHO told us who left. The US told us.", case="label", stop_lists="pronouns")
    assert found == {"WHO": 1, "US": 1, "The": 2, "told": 2, "left": 1}
    found = counted("The AIDS ward aids us. It aided us.", case="label", group="stem")
    assert found["AIDS"] == 1
    assert found["aided"] == 2


@given(st.lists(st.sampled_from(FORMS), min_size=1))
def test_labels_only_regroup_the_forms(words: list[str]):
    text = " ".join([*words, "end"])
    labelled, exact, folded = (counted(text, case=case) for case in ("label", "exact", "fold"))
    assert sum(labelled.values()) == sum(exact.values()) == sum(folded.values())
    assert set(labelled) <= set(exact)
    for term, count in folded.items():
        assert sum(labelled[label] for label in labelled if label.lower() == term) == count


# --- points ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.’s navy, the US and U.S officials met at 5 p.m. in U.K. pm", {"US": 3, "UK": 1, "p.m.": 1, "pm": 1}),
        ("The U.S. told us.", {"US": 1, "us": 1}),
        ("J. K. Marn of ferry.example", {"J": 1, "ferry.example": 1}),
        ("The S.p.A. left", {"S.p.A.": 1}),
    ],
)
def test_only_acronyms_in_capitals_lose_their_points(text: str, expected: dict[str, int]):
    found = counted(text, case="label", group="acronyms")
    assert {term: found.get(term) for term in expected} == expected


def test_keyness_does_not_show_the_house_style_of_points_if_asked():
    frame = pd.DataFrame({"text": ["The U.S. navy"] * 2 + ["The US navy"] * 2, "outlet": ["A", "A", "B", "B"]})
    corpus = pp.read(frame, clean="none")
    kept = pp.keyness(corpus, target={"outlet": "A"}).set_index("term")
    assert kept.loc["u.s.", ["count_target", "count_reference"]].tolist() == [2, 0]
    joined = pp.keyness(corpus, target={"outlet": "A"}, group="acronyms").set_index("term")
    assert joined.loc["us", ["count_target", "count_reference"]].tolist() == [2, 2]
