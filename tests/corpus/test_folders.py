"""Folders of files whose names are not UTF-8: every file is read or named, and every table can be written."""

import os
import sys

import pytest

import pastepot as pp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file's name be any bytes")


def put(folder, name, content):
    """Write a file whose name is given in bytes."""
    path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 (a Path takes no bytes)
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 (as above)
    with open(path, "wb") as file:  # noqa: PTH123 (as above)
        file.write(content)


def test_a_file_whose_name_is_not_utf8_is_read_among_others(tmp_path):
    put(tmp_path, b"caf\xe9.txt", b"The ferry sails.")
    put(tmp_path, b"quay.txt", b"The crew waits.")
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)["doc_id"].tolist() == ["café.txt", "quay.txt"]
    assert [record.text for record in corpus.records] == ["The ferry sails.", "The crew waits."]
    assert pp.problems(corpus).empty


def test_every_table_of_such_names_can_be_written(tmp_path):
    put(tmp_path, b"caf\xe9/f\xe4hre.txt", b"The ferry sails.")
    put(tmp_path, b"caf\xe9/bild.p\xe4g", b"picture")
    put(tmp_path, b"caf\xe9/metadata.csv", b"file,outlet\nnone.txt,Gazette\n")
    corpus = pp.read(tmp_path)
    for table in (pp.articles(corpus), pp.problems(corpus)):
        assert "café/" in table.to_csv().encode().decode()
    assert pp.problems(corpus)["path"].tolist() == ["café/metadata.csv", "café/bild.päg"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_metadata_finds_a_file_whose_name_is_not_utf8(tmp_path, encoding):
    put(tmp_path, b"caf\xe9/f\xe4hre.txt", b"The ferry sails.")
    put(tmp_path, b"caf\xe9/metadata.csv", "file,outlet\nfähre.txt,Gazette\n".encode(encoding))
    put(tmp_path, b"metadata.csv", "file,desk\ncafé/fähre.txt,port\n".encode(encoding))
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)[["outlet", "desk"]].to_numpy().tolist() == [["Gazette", "port"]]
    assert pp.problems(corpus).empty


def test_of_two_names_that_are_shown_alike_the_second_is_a_problem(tmp_path):
    put(tmp_path, "café.txt".encode(), b"The ferry sails.")
    put(tmp_path, b"caf\xe9.txt", b"The crew waits.")
    corpus = pp.read(tmp_path)
    assert [record.text for record in corpus.records] == ["The ferry sails."]
    assert pp.problems(corpus)[["path", "reason"]].to_numpy().tolist() == [
        ["café.txt", "another file's name, shown as text, is the same; rename one of them"]
    ]


def test_a_source_whose_own_name_is_not_utf8_has_a_name_that_can_be_written(tmp_path):
    put(tmp_path, b"f\xe4hre/a.txt", b"The ferry sails.")
    (folder,) = tmp_path.iterdir()
    assert [pp.read(one).name for one in (folder, folder / "a.txt")] == ["fähre", "a.txt"]
