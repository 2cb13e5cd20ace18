"""Character repairs: what is mended, and what must stay as it is."""

import sys
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pastepot as pp
from pastepot.corpus.ledger import apply_decisions
from pastepot.corpus.repairs import _mend, _mojibake, find_repairs, uncurl_quotes

MENDED = [
    ("no-break space", "two\u00a0words", "two words"),
    ("figure space and narrow no-break space", "1\u2007000\u202fkm", "1 000 km"),
    ("soft hyphen", "time\u00adtable", "timetable"),
    ("zero-width space", "har\u200bbour", "harbour"),
    ("byte order mark", "\ufeffPort", "Port"),
    ("CRLF", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("line separator", "one\u2028two\x85three", "one\ntwo\nthree"),
    ("NUL", "a\x00b", "ab"),
    ("escape sequence", "\x1b[31mred", "[31mred"),
    ("decomposed letter", "cafe\u0301", "café"),
    ("letter and mark that a soft hyphen separates", "cafe\u00ad\u0301", "café"),
    ("mojibake", "It isnâ€™t late", "It isn’t late"),
    ("mojibake of a name", "the cafÃ© on the quay", "the café on the quay"),
    ("mojibake of Turkish", "ErdoÄŸan in Ä°stanbul", "Erdoğan in İstanbul"),
    ("mojibake of Polish", "JarosÅ‚aw KaczyÅ„ski", "Jarosław Kaczyński"),
    ("mojibake of Croatian", "MiloÅ¡eviÄ‡", "Milošević"),
    ("mojibake of Czech", "JiÅ™Ã\u00ad DvoÅ™Ã¡k in PlzeÅˆ", "Jiří Dvořák in Plzeň"),
    ("mojibake of Swedish", "Ã…land and Ã–rebro", "Åland and Örebro"),
    ("mojibake of Russian", "ÐŸÑ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", "Привет мир"),
    ("mojibake of Russian by way of Cyrillic", "РџСЂРёРІРµС‚ РјРёСЂ", "Привет мир"),
    ("mojibake of Greek", "Î‘Î¸Î®Î½Î± today", "Αθήνα today"),
    ("mojibake by way of an old Macintosh", "don‚Äôt miss the caf√©", "don’t miss the café"),
    (
        "entities by name and number",
        "The board&rsquo;s &amp; crews&#8217; &pound;5m &#xe9;",
        "The board’s & crews’ £5m é",
    ),
    ("entity whose ampersand is spelt out", "R&amp;amp;D and &amp;rsquo;s", "R&D and ’s"),
    ("no-break space as an entity", "two&nbsp;words", "two words"),
    (
        "marks of words and blocks",
        "<p>The board met on <b>Tuesday</b> and voted.</p>",
        "The board met on Tuesday and voted.",
    ),
    ("blocks on one line", "<p>One.</p><P class='x'>Two.</P>", "One.\nTwo."),
    ("line end as a mark", "one<br>two<br />three", "one\ntwo\nthree"),
    ("link", 'the <a href="https://port.example/a?b=c">line</a> is shut', "the line is shut"),
    ("script and comment", "<script>let a = 1;</script>Port<!-- end -->", "Port"),
    ("less-than sign spelt out", "a &lt; b", "a < b"),
    ("soft hyphen at a line end", "a reserva\u00ad\ntion", "a reservation"),
    ("soft hyphen at another line end", "a reserva\u00ad\r\ntion", "a reservation"),
    ("not sign at a line end", "the har¬\nbour and the har¬ bour", "the harbour and the harbour"),
    (
        "hyphen at a line end in an English word",
        "the govern-\nment and the hos-\n pital",
        "the government and the hospital",
    ),
    (
        "hyphen at a line end in a word of the text",
        "Blix-\nfordian boats: all Blixfordian",
        "Blixfordian boats: all Blixfordian",
    ),
    ("hyphen at a line end before a carriage return", "the govern-\r\nment", "the government"),
    ("byte lost behind a closing quotation mark", "â€œno moreâ€ he said", "“no more” he said"),
    ("nothing but a lost byte", "â€ ", "” "),
]
CHANGED = [mark for mark in map(chr, range(sys.maxunicode + 1)) if uncurl_quotes(mark) != mark]
UNTOUCHED = [
    *("“curly” ‘quotes’ stay", "½ and ™ stay", "a\u200db joiner", "Ångström", "x² + y", "naïve façade", "Zoë’s"),
    *(
        "Åsa och Ärlig är på Öland – »bra«",
        "„Ärzte“, „Übel“ – Öl und ÄÖÜ",
        "Äänekoski, Åbo; »ÄÄNI«",
        "l’Été à Évian : « créée »",
    ),
    *(
        "Şişli’de “İstanbul”",
        "Łódź – „żółć”",
        "„Příliš žluťoučký“",
        "«Речь СССР» и «Ёлка»",
        "Сім річок – «Ірпінь»",
        "«Αθήνα»",
    ),
    *("AT&T; and R&D;", "Marks & Spencer; Crédit & Co", "&notit; &chips; & ;", "black&white;"),
    *("a < b and c > d", "Dart <DARTA> and <P> rose", "I <3 <i", "the <b> tag and the <br> element", "a <b and c> d"),
    *("twenty-\none", "a long-\nterm plan", "Anglo-\nSaxon", "the coast- and\nport", "a - \nb", "1990-\nnow", "p ¬q"),
    *("re-\nform, since re-form is meant", "Blix-\nfordian"),
]
ODD = [*map(chr, range(0xC0, 0x180)), *"€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›ĐđРСРџС√Äô\xa0\x9d\x81\x8d ab<>/&;#-¬\u00ad\r\n\ud800p"]


@pytest.mark.parametrize(("raw", "clean"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_broken_characters_are_repaired_and_each_repair_is_a_row(raw, clean):
    decisions = find_repairs(raw)
    assert apply_decisions(raw, decisions).text == clean
    assert decisions
    assert {one.action for one in decisions} == {"replace"}


@pytest.mark.parametrize("raw", UNTOUCHED)
def test_characters_that_mean_something_stay(raw):
    assert find_repairs(raw) == []


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        (
            "The board&rsquo;s plan &amp; the crews&#8217; vote cost &pound;5m.",
            "the board's plan the crews' vote cost 5m",
        ),
        ("<p>The board met on <b>Tuesday</b> and voted.</p>", "the board met on tuesday and voted"),
        (
            "The board made a reserva\u00ad\ntion for the night ferry.",
            "the board made a reservation for the night ferry",
        ),
        ("The crews of the har¬\nbour met at the gate.", "the crews of the harbour met at the gate"),
        ("President ErdoÄŸan met JarosÅ‚aw KaczyÅ„ski.", "president erdoğan met jarosław kaczyński"),
        ("Slobodan MiloÅ¡eviÄ‡ was named.", "slobodan milošević was named"),
    ],
)
def test_words_are_counted_as_mended_and_cited_as_they_stand(line, counted):
    corpus = pp.read(pd.DataFrame({"text": [f"Ferry vote\n\n{line}\n\nThe crews will wait until the board meets."]}))
    words = pp.words(corpus).query("sentence == 1")
    assert " ".join(words["term"]) == counted.replace("crews'", "crews")
    raw = corpus.records[0].text
    assert raw[words["start"].min() : words["end"].max()] in line
    assert words["end"].max() > raw.index(line) + len(line) - 8


def test_each_stretch_of_mojibake_is_a_row_of_its_own_and_the_words_between_keep_their_places():
    raw = "The ferryâ€™s crew saw the harbourâ€™s light"
    decisions = find_repairs(raw)
    assert [(raw[one.start : one.end], one.replacement) for one in decisions] == [("â€™", "’"), ("â€™", "’")]
    assert apply_decisions(raw, decisions).raw_span(13, 16) == (15, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("isn’t", "isn't"),
        ("‘late’", "'late'"),
        ("“late”", '"late"'),
        ("„late‟", '"late"'),
        ("«late» ‹or› not", "\"late\" 'or' not"),
        ("the crewʼs ＂pay＂", 'the crew\'s "pay"'),
    ],
)
def test_typographic_quotes_become_straight(text: str, expected: str):
    assert uncurl_quotes(text) == expected


@pytest.mark.parametrize("text", ["5′ 11″", "café", "a `tick` and a grave à", 'it\'s "so"', "3 < 4 > 2 – 1", "😀"])
def test_what_is_no_quotation_mark_stays(text: str):
    assert uncurl_quotes(text) == text


BETWEEN = [
    *map(chr, range(0xC2, 0xE3)),
    *"“”‘’‚„€—–…œ™ðñï»¿",
    *"\xa0\x80\x9d\x81\xad\x85\u2028\ufffd\ud800 \t\r\nabe.\u0301\u0323🚢",
]


@given(st.text(alphabet=st.sampled_from(BETWEEN), max_size=24))
def test_no_text_that_looks_like_mojibake_stops_the_repair(raw: str):
    decisions = find_repairs(raw)
    assert all(0 <= one.start < one.end <= len(raw) for one in decisions)
    # What a repair makes of a stretch takes nothing else of it away.
    mended = apply_decisions(raw, list(_mojibake(raw))).text
    while others := _mend(mended):
        mended = apply_decisions(mended, others).text
    assert apply_decisions(raw, decisions).text == mended


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("The mayor said â€œno moreâ€ and left.", "The mayor said “no more” and left."),
        ("Ð â€”", "Р—"),
        ("Ã â” ", "à ┠"),
        ("Â â€™", " ’"),
        ("donâ€™t and â€œyesâ€\x9d", "don’t and “yes”"),
    ],
)
def test_mojibake_that_lost_a_byte_is_mended_as_far_as_it_goes_and_noted(raw: str, clean: str):
    decisions = find_repairs(raw)
    assert apply_decisions(raw, decisions).text == clean
    assert decisions


@given(st.text(alphabet=st.sampled_from(ODD), max_size=40))
def test_no_text_stops_the_repair_and_repairing_twice_is_repairing_once(raw: str):
    mended = apply_decisions(raw, list(_mend(raw))).text
    decisions = find_repairs(raw)
    assert all(0 <= one.start < one.end <= len(raw) for one in decisions)
    edges = [edge for one in decisions for edge in one[:2]]
    assert edges == sorted(edges)
    assert _mend(apply_decisions(raw, decisions).text) == []
    assert mended == raw or decisions


@pytest.mark.parametrize(
    ("name", "clean"), [("fix_encoding_and_explain", "It isnâ€™t late"), ("apply_plan", "It isn’t late")]
)
def test_a_fault_of_ftfy_stops_no_corpus(monkeypatch, name, clean):
    def fail(*_: object) -> str:
        raise ValueError("odd")

    monkeypatch.setattr(f"ftfy.{name}", fail)
    raw = "It isnâ€™t late"
    assert apply_decisions(raw, find_repairs(raw)).text == clean


@given(st.text(alphabet=st.sampled_from([*CHANGED, "a", "'", '"', "😀", "\ud800", "\n", "é"])))
def test_offsets_hold_and_nothing_else_changes(text: str):
    straight = uncurl_quotes(text)
    assert len(straight) == len(text)
    assert all(old == new or old in CHANGED for old, new in zip(text, straight, strict=True))
    assert uncurl_quotes(straight) == straight


def test_every_replaced_character_is_a_quotation_mark_or_apostrophe_by_name():
    names = [unicodedata.name(mark) for mark in CHANGED]
    assert len(names) == 18
    assert [name for name in names if "QUOTATION" not in name and "APOSTROPHE" not in name] == []
