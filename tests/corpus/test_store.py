"""A corpus on disk: the same tables again, texts when needed, and a clear sentence for a folder not whole."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import pastepot as pp
from pastepot import files
from pastepot.corpus import store

ROWS = pd.DataFrame(
    {
        "doc_id": ["c", "a", "b", "d", "e"],
        "text": [
            "Port news\nThe ferry sails today. “Nobody asked us,” said Mara Quill.\nLeave a Reply",
            "Crews\u00a0wait\r\nThe crews wait at the quay, null and NA.",
            "Only words.",
            " ",
            "Ⅻ 🚢 café naïve",
        ],
        "outlet": ["Gazette", "Gull", "", "Gull", "Gull"],
        "date": ["2031-01-14", "soon", "", "", "2031-02-01"],
        "desk": ["local", "", None, "", "sea"],
    }
)
TABLES = ("articles", "ledger", "rules", "problems", "words", "sentences", "quotations", "terms", "sentiment")


@pytest.fixture
def corpus():
    return pp.read(ROWS, name="port", label=["comment_form"])


@pytest.fixture
def saved(corpus, tmp_path):
    return pp.save(corpus, tmp_path / "port")


def message(call, *arguments, **options):
    with pytest.raises(pp.PastepotError) as caught:
        call(*arguments, **options)
    return str(caught.value)


def damaged(folder, what):
    return f"source must be a whole saved corpus; in {folder} {what}. Read and save its source again."


@pytest.mark.parametrize("articles_a_file", [1, 2, 50_000])
def test_read_back_it_gives_the_same_tables_byte_for_byte(corpus, tmp_path, monkeypatch, articles_a_file):
    monkeypatch.setattr(store, "ARTICLES_A_FILE", articles_a_file)
    again = pp.read(pp.save(corpus, tmp_path / "port"))
    assert (again.name, again.clean, again.actions, again.remarks) == (
        corpus.name,
        corpus.clean,
        corpus.actions,
        corpus.remarks,
    )
    assert (tuple(again.records), tuple(again.decisions), tuple(again.unread)) == (
        corpus.records,
        corpus.decisions,
        corpus.unread,
    )
    for table in TABLES:
        one, two = getattr(pp, table)(corpus), getattr(pp, table)(again)
        pd.testing.assert_frame_equal(one, two)
        assert one.attrs == two.attrs
        files.write_table(one, tmp_path / "one.parquet", format="parquet")
        files.write_table(two, tmp_path / "two.parquet", format="parquet")
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_corpus_that_was_never_cleaned_and_one_without_outlets_come_back(tmp_path):
    for number, options in enumerate([{"clean": "none"}, {"off": ["boilerplate"]}]):
        corpus = pp.read(pd.DataFrame({"text": ["The ferry sails."]}), **options)
        again = pp.read(pp.save(corpus, tmp_path / str(number)))
        pd.testing.assert_frame_equal(pp.ledger(corpus), pp.ledger(again))
        assert again.clean == corpus.clean


def test_saving_twice_or_saving_what_was_read_back_writes_the_same_bytes(corpus, saved, tmp_path):
    written = {path.name: path.read_bytes() for path in saved.iterdir()}
    for again in (pp.save(corpus, tmp_path / "two"), pp.save(pp.read(saved), saved)):
        assert {path.name: path.read_bytes() for path in again.iterdir()} == written


def test_metadata_and_ledger_are_read_without_the_texts(saved, monkeypatch):
    opened = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or read_bytes(path))
    corpus = pp.read(saved, name="harbour")
    assert (len(corpus), len(corpus.unread), opened) == (4, 2, ["pastepot.json"])
    assert pp.articles(corpus).attrs["corpus"] == "harbour"
    pp.rules(corpus)
    assert opened[1:] == ["ledger-00000.parquet", "articles-00000.parquet"] or opened[1:] == [
        "articles-00000.parquet",
        "ledger-00000.parquet",
    ]
    assert corpus.cite("b", 0, 4).raw == "Only"
    pp.words(corpus)
    assert opened.count("texts-00000.parquet") == 1


def test_an_article_of_another_place_is_asked_for_by_number_or_slice(corpus, saved):
    again = pp.read(saved)
    assert again.records[-1] == corpus.records[-1]
    assert again.records[1:3] == corpus.records[1:3]


def test_the_manifest_says_what_is_in_the_folder(saved):
    manifest = json.loads((saved / "pastepot.json").read_text(encoding="utf-8"))
    assert (manifest["format"], manifest["articles"], manifest["problems"]) == (1, 4, 2)
    assert manifest["actions"]["comment_form"] == "label"
    assert set(manifest["parts"]) == {path.name for path in saved.iterdir()} - {"pastepot.json"}


@pytest.mark.parametrize("lost", ["texts-00000.parquet", "articles-00000.parquet", "problems-00000.parquet"])
def test_a_missing_or_short_file_is_told_on_opening(saved, lost):
    path = saved / lost
    path.write_bytes(path.read_bytes()[:-1])
    assert message(pp.read, saved) == damaged(saved, f"{lost} is missing or cut short")
    path.unlink()
    assert message(pp.read, saved) == damaged(saved, f"{lost} is missing or cut short")


def test_a_folder_without_its_manifest_is_not_taken_for_a_folder_of_tables(saved):
    (saved / "pastepot.json").unlink()
    assert message(pp.read, saved) == damaged(saved, "pastepot.json is missing or cannot be read")


def test_a_changed_byte_is_told_when_the_file_is_needed(saved):
    path = saved / "texts-00000.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    corpus = pp.read(saved)
    assert len(pp.articles(corpus)) == 4
    assert message(pp.words, corpus) == damaged(saved, "texts-00000.parquet is not what was saved")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff", b'{"format": 1, "pastepot": ""}'])
def test_an_unreadable_manifest_is_one_sentence(saved, content):
    (saved / "pastepot.json").write_bytes(content)
    assert message(pp.read, saved) == damaged(saved, "pastepot.json is missing or cannot be read")


def test_a_changed_manifest_and_another_format_are_told(saved):
    path = saved / "pastepot.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"articles": 3}), encoding="utf-8")
    assert message(pp.read, saved) == damaged(saved, "pastepot.json is not what was saved")
    path.write_text(json.dumps(manifest | {"format": 2, "pastepot": "9.9"}), encoding="utf-8")
    assert message(pp.read, saved) == (
        f"source must be a corpus saved in format 1; pastepot 9.9 saved {saved} in format 2. "
        "Read and save its source with this version."
    )


def test_other_rules_than_this_versions_are_remarked(corpus, tmp_path, monkeypatch):
    with monkeypatch.context() as changed:
        changed.setattr(store, "digest_rules", lambda: "other")
        folder = pp.save(corpus, tmp_path / "old")
    again = pp.read(folder)
    assert again.remarks[-1].startswith("This corpus was cleaned by another version's rules;")
    assert pp.read(pp.save(again, tmp_path / "again")).remarks == corpus.remarks


def test_a_corpus_that_was_not_cleaned_has_no_rules_to_remark_on(tmp_path, monkeypatch):
    with monkeypatch.context() as changed:
        changed.setattr(store, "digest_rules", lambda: "other")
        folder = pp.save(pp.read(ROWS, clean="none"), tmp_path / "raw")
    assert pp.read(folder).remarks == ()


def test_a_saved_corpus_is_not_cleaned_another_way(saved):
    expected = (
        "clean, drop, label, off, columns, dates, encoding and outlet must be left out for a saved corpus; "
        "port was saved with clean='news'. "
        "Read its source again."
    )
    assert message(pp.read, saved, clean="none") == expected
    assert message(pp.read, saved, off=["caption"]) == expected


def test_a_corpus_saved_as_it_was_is_not_taken_for_a_clean_one(tmp_path):
    folder = pp.save(pp.read(ROWS, clean="none", name="port"), tmp_path / "port")
    assert pp.read(folder).clean == "none"
    assert message(pp.read, folder, clean="news") == (
        "clean, drop, label, off, columns, dates, encoding and outlet must be left out for a saved corpus; "
        "port was saved with clean='none'. "
        "Read its source again."
    )


def test_nothing_but_a_saved_corpus_is_ever_replaced(corpus, tmp_path):
    source = tmp_path / "articles"
    source.mkdir()
    (source / "a.txt").write_text("The ferry sails.", encoding="utf-8")
    wanted = "path must be a new folder or a saved corpus; {} holds other things. Name another."
    for path in (source, source / "a.txt"):
        assert message(pp.save, corpus, path) == wanted.format(path)
    assert (source / "a.txt").read_text(encoding="utf-8") == "The ferry sails."
    shutil.rmtree(source)
    source.mkdir()
    assert len(pp.read(pp.save(corpus, source))) == 4


def test_a_failed_write_leaves_the_old_corpus_whole_at_every_step(saved, monkeypatch):
    before = {path.name: path.read_bytes() for path in saved.iterdir()}
    atomic_file = files.atomic_file
    for step in range(len(before)):
        steps = iter(range(len(before)))

        def failing(path, steps=steps, step=step):
            if next(steps) == step:
                raise OSError(28, "No space left on device")
            return atomic_file(path)

        with monkeypatch.context() as full:
            full.setattr(files, "atomic_file", failing)
            with pytest.raises(OSError, match="No space"):
                pp.save(pp.read(ROWS, name="other"), saved)
        assert {path.name: path.read_bytes() for path in saved.iterdir()} == before
        assert [path.name for path in saved.parent.iterdir()] == ["port"]


def test_a_folder_of_articles_with_somebodys_manifest_is_read_as_it_is(tmp_path):
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The ferry sails.", encoding="utf-8")
    assert pp.read(tmp_path).doc_ids == ["a.txt"]
