"""Bytes to text: the right encoding, or a reason."""

import pytest

import pastepot as pp
from pastepot.corpus.encoding import decode, detect_binary, recognise
from pastepot.corpus.records import UnreadableError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_curly_quotes_survive_each_encoding_that_news_comes_in(encoding):
    data = "“The crews’ vote”".encode(encoding)
    decoded = decode(data)
    assert decoded.text.lstrip("\ufeff") == "“The crews’ vote”"
    assert decoded.replaced == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encoding_the_text_gives_the_bytes_again(encoding):
    data = "Grüße vom Kai\r\n".encode(encoding)
    decoded = decode(data)
    assert decoded.text.encode(decoded.encoding) == data
    assert decoded.text.lstrip("\ufeff") == "Grüße vom Kai\r\n"


def test_a_few_stray_bytes_do_not_turn_a_whole_file_into_another_encoding():
    data = ("Grüße, Käse, Öl, für, über, Bäcker, Tür, Möwe, Fähre, Küste" * 2).encode() + b"\xff"
    decoded = decode(data)
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x80\x04\x95", "pickle"),
        (bytes(range(256)) * 8, "binary"),
        (b"<!DOCTYPE html><html>", "HTML"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data, kind):
    assert kind.lower() in detect_binary(data).lower()


def test_plain_text_is_text_however_short():
    assert [detect_binary(data) for data in (b"", b"a", "é".encode("cp1252"))] == ["", "", ""]


@pytest.mark.parametrize(
    ("letters", "stray", "encoding"),
    [(8, 1, "cp1252"), (9, 1, "cp1252"), (10, 1, "utf-8"), (18, 2, "cp1252"), (19, 2, "utf-8")],
)
def test_text_stays_utf_8_if_fewer_than_one_in_ten_of_its_further_characters_are_stray(letters, stray, encoding):
    decoded = decode(("ö" * letters + " quay ").encode() + b"\xff " * stray)
    assert (decoded.encoding, decoded.replaced) == (encoding, stray if encoding == "utf-8" else 0)


@pytest.mark.parametrize(("controls", "kind"), [(5, ""), (6, "a binary file")])
def test_more_than_one_control_character_in_twenty_makes_a_file_binary(controls, kind):
    assert detect_binary(b"\x01" * controls + b"x" * (100 - controls)) == kind
    assert detect_binary(b"x" * 10_000 + b"\x01" * 10_000) == ""


def test_a_replacement_character_that_the_file_contains_itself_was_not_put_in_by_decoding():
    assert decode("a\ufffdb".encode()) == ("a\ufffdb", "utf-8", 0)


RUSSIAN = "Паром остаётся\nСовет порта во вторник решил сохранить ночной паром до конца июня.\n"
JAPANESE = "夜の船は残る。港の会議は火曜日に船を残すと決めた。\n"
CHINESE = "渡轮保留夜班。港口委员会周二决定将夜间渡轮保留到六月底。\n"
FRENCH = "Café keeps ferry\nThe Café’s owner said “no” to the board’s naïve plan on Tuesday.\n"
GERMAN = "Die Fähre fährt über Nacht. Der Rat beschloß am Dienstag, sie zu behalten, „für immer“.\n"


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (FRENCH, "mac_roman"),
        (GERMAN, "mac_roman"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        ("Þýðing skipsins er mikil, æðið gekk yfir á þriðjudag.\n", "cp1252"),
        ("L’ÉTÉ À NOËL – 5 km², 20 °C, 3 € « déjà créée »", "cp1252"),
        ("don’t", "cp1252"),
    ],
)
def test_an_encoding_is_recognised_where_it_is_certain(text, encoding, times):
    data = (text * times).encode(encoding)
    found = recognise(data)
    assert (found.text, found.encoding, found.replaced) == (text * times, encoding, 0)
    assert found.text.encode(found.encoding) == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Да", "cp1251"),
        ("夜", "cp932"),
        (RUSSIAN, "cp866"),
        (GERMAN.replace("„", '"').replace("“", '"'), "cp850"),
        ("夜間渡輪保留。港口委員會週二決定將夜間渡輪保留到六月底。", "big5"),
        ("야간 페리는 계속 운항한다. 항만 위원회는 화요일에 결정했다.", "euc_kr"),
        ("Το φέρι μένει. Το συμβούλιο αποφάσισε την Τρίτη.", "cp1253"),
        ("Rada portu zdecydowała we wtorek, że nocny prom będzie pływał do końca czerwca.", "cp1250"),
    ],
)
def test_where_it_is_not_certain_the_text_is_refused_and_can_be_read_by_name(tmp_path, text, encoding):
    data = text.encode(encoding)
    with pytest.raises(UnreadableError, match="its encoding is not certain"):
        recognise(data)
    (tmp_path / "a.txt").write_bytes(data)
    corpus = pp.read(tmp_path, encoding=encoding)
    assert corpus.records[0].text == text
    assert corpus.records[0].text.encode(corpus.records[0].encoding) == data
    with pytest.raises(pp.PastepotError, match="encoding="):
        pp.read(tmp_path)
