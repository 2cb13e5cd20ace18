"""Bytes to text: the right encoding, or a reason."""

import pytest

from pastepot.corpus.encoding import decode, detect_binary


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
