"""Where articles come from: folders as outlets, several paths, patterns, frames of other libraries, odd files."""

import pandas as pd
import pyarrow as pa
import pytest

import pastepot as pp

TEXT = "The board met on Tuesday and voted after two hours to keep the night ferry until June."


def put(folder, *names, text=TEXT):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def message(source, **options):
    with pytest.raises(pp.PastepotError) as caught:
        pp.read(source, **options)
    return str(caught.value)


def outlets(source, **options):
    return pp.articles(pp.read(source, **options)).set_index("doc_id")["outlet"].to_dict()


# --- folders --------------------------------------------------------------------------


def test_the_folder_of_an_article_is_its_outlet_if_asked_for(tmp_path):
    put(tmp_path, "Gull/2031/a.txt", "Gull/b.txt", "Tide/2031/a.txt", "c.txt")
    expected = {"Gull/2031/a.txt": "Gull", "Gull/b.txt": "Gull", "Tide/2031/a.txt": "Tide", "c.txt": ""}
    assert outlets(tmp_path, outlet="folder") == expected
    assert set(outlets(tmp_path).values()) == {""}


def test_the_first_level_at_which_folders_differ_counts(tmp_path):
    put(tmp_path, "news/in/Gull/a.txt", "news/in/Tide/a.txt")
    assert set(outlets(tmp_path, outlet="folder").values()) == {"Gull", "Tide"}


def test_the_only_folder_is_the_outlet_too(tmp_path):
    assert outlets(put(tmp_path, "Gull/a.txt", "Gull/b.txt"), outlet="folder") == {
        "Gull/a.txt": "Gull",
        "Gull/b.txt": "Gull",
    }


def test_without_folders_there_is_nothing_to_take(tmp_path):
    said = "outlet='folder' needs articles in folders; these are in none. Leave it out."
    assert message(put(tmp_path, "a.txt"), outlet="folder") == said


@pytest.mark.parametrize(
    ("names", "is_told"),
    [
        (["Gull/a.txt", "Gull/b.txt", "Tide/a.txt"], True),
        (["Gull/a.txt", "Tide/a.txt"], False),
        (["Gull/a.txt", "Gull/b.txt"], False),
        (["Gull/a.txt", "Gull/b.txt", "Tide/a.txt", "c.txt"], False),
    ],
)
def test_folders_that_divide_the_articles_are_told(tmp_path, names, is_told):
    remark = "No article names its outlet; outlet='folder' takes their folders: Gull and Tide."
    assert (remark in pp.read(put(tmp_path, *names)).remarks) == is_told


def test_folders_are_not_told_where_an_article_names_its_outlet(tmp_path):
    put(tmp_path, "Gull/a.txt", "Gull/b.txt", "Tide/a.txt")
    put(tmp_path, "metadata.csv", text="file,outlet\nGull/a.txt,Gull\n")
    assert not any("outlet='folder'" in remark for remark in pp.read(tmp_path).remarks)


# --- several paths --------------------------------------------------------------------


def test_several_paths_are_one_source(tmp_path):
    put(tmp_path, "Gull/a.txt", "Gull/b.txt", "Tide/a.txt", "Tide/c.txt")
    several = pp.read([tmp_path / "Gull", tmp_path / "Tide" / "a.txt"])
    assert several.doc_ids == ["Gull/a.txt", "Gull/b.txt", "Tide/a.txt"]
    assert several.name == tmp_path.name
    assert several.cite("Tide/a.txt", 0, 3).path == "Tide/a.txt"
    assert pp.read([str(tmp_path / "Gull")]).doc_ids == ["a.txt", "b.txt"]
    assert pp.read([tmp_path / "Gull", tmp_path / "Gull" / "a.txt"]).doc_ids == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("pattern", "doc_ids"),
    [
        ("Gull/*.txt", ["a.txt", "b.txt"]),
        ("*/a.txt", ["Gull/a.txt", "Tide/a.txt"]),
        ("**/c.txt", ["c.txt"]),
        ("Gull/[b-z].txt", ["b.txt"]),
    ],
)
def test_a_pattern_is_a_source(tmp_path, monkeypatch, pattern, doc_ids):
    monkeypatch.chdir(put(tmp_path, "Gull/a.txt", "Gull/b.txt", "Tide/a.txt", "Tide/in/c.txt"))
    assert pp.read(pattern).doc_ids == doc_ids
    assert pp.read(tmp_path / pattern).doc_ids == doc_ids


def test_a_path_that_looks_like_a_pattern_is_a_path(tmp_path):
    put(tmp_path, "a[1].txt", "a1.txt")
    assert pp.read(tmp_path / "a[1].txt").doc_ids == ["a[1].txt"]


def test_what_names_nothing_is_an_error(tmp_path):
    pattern = tmp_path / "*.md"
    assert message(pattern) == f"source must be a file or folder that exists; there is no {pattern}."
    assert message([put(tmp_path, "a.txt") / "a.txt", pattern]).endswith(f"there is no {pattern}.")
    assert message([]) == "source must name a file or folder; the list is empty."


# --- frames of other libraries --------------------------------------------------------


def test_an_arrow_table_is_a_source():
    table = pa.table({"Body": [TEXT, None, "The quay."], "id": [7, None, 9], "tags": [["a", "b"], None, []]})
    corpus = pp.read(table)
    assert corpus.doc_ids == ["7", "9"]
    assert pp.articles(corpus)["tags"].tolist() == ["a, b", ""]
    assert pp.problems(corpus)[["where", "reason"]].to_numpy().tolist() == [["row 2", "the text is empty"]]
    assert corpus.cite("9", 4, 8)[:6] == ("quay", "(data frame)", "row 3 (index 2)", 3, "Body", 4)


def test_a_polars_frame_is_a_source():
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"text": [TEXT], "outlet": ["Gull"], "votes": [3]})
    assert pp.articles(pp.read(frame))[["outlet", "votes"]].to_numpy().tolist() == [["Gull", "3"]]


def test_whatever_gives_an_arrow_stream_is_a_source():
    class Frame:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.table({"text": [TEXT]}).__arrow_c_stream__(requested_schema)

    assert pp.read(Frame()).records[0].text == TEXT


# --- files that are none, and files without an ending ----------------------------------


def test_hidden_and_temporary_files_are_passed_over_and_named(tmp_path):
    names = [".DS_Store", "~$x.docx", ".~lock.x.odt#", "Thumbs.db", "a.tmp", "b.txt.part", "c.txt~", ".git/HEAD"]
    put(tmp_path, "a.txt", "README.md", "in/.DS_Store", *names)
    corpus = pp.read(tmp_path)
    assert corpus.doc_ids == ["a.txt"]
    assert pp.problems(corpus).empty
    listed = ".DS_Store, .DS_Store, .git, .~lock.x.odt#, Thumbs.db and 4 more"
    assert corpus.remarks[-1] == f"9 hidden or temporary files were passed over: {listed}."


def test_a_folder_without_hidden_files_is_read_without_that_remark(tmp_path):
    assert not any("passed over" in remark for remark in pp.read(put(tmp_path, "a.txt", "tmp.txt")).remarks)


@pytest.mark.parametrize(
    "name", ["37261", "comp.graphics/37261", "ca01", "Letter to Mr. Smith", "news.2031-01-14", "d.53068"]
)
def test_a_file_without_an_ending_is_text(tmp_path, name):
    corpus = pp.read(put(tmp_path, name))
    assert [record.text for record in corpus.records] == [TEXT]


def test_a_file_without_an_ending_that_is_no_text_is_a_problem(tmp_path):
    put(tmp_path, "a.txt")
    (tmp_path / "37262").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(64)))
    put(tmp_path, "b.graphics")
    reasons = pp.problems(pp.read(tmp_path)).set_index("path")["reason"]
    assert reasons["37262"] == "not text: it is a PNG picture"
    assert reasons["b.graphics"].startswith("no reader for this kind of file")


def test_a_frame_has_no_folders():
    assert message(pd.DataFrame({"text": [TEXT]}), outlet="folder").startswith(
        "outlet='folder' needs articles in folders"
    )
