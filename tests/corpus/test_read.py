"""Reading: every file ends among the articles or the problems, and each refusal is one clear sentence."""

import hashlib
import json

import pandas as pd
import pytest

import pastepot as pp
from pastepot.corpus.corpus import article_groups
from pastepot.corpus.metadata import digest_words
from pastepot.corpus.source_files import read_files

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


def put(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("_dot_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def message(source):
    with pytest.raises(pp.PastepotError) as caught:
        pp.read(source)
    return str(caught.value)


def test_a_bad_file_is_a_problem_and_the_others_are_still_read(tmp_path):
    put(
        tmp_path,
        good_dot_txt="The ferry sails.",
        empty_dot_txt="",
        picture_dot_txt=PNG,
        noise_dot_txt=bytes(range(256)),
    )
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)["doc_id"].tolist() == ["good.txt"]
    assert dict(pp.problems(corpus)[["path", "reason"]].to_numpy().tolist()) == {
        "empty.txt": "the file is empty",
        "noise.txt": "not text: it is a binary file",
        "picture.txt": "not text: it is a PNG picture",
    }


def test_a_source_that_is_not_there_says_so(tmp_path):
    assert (
        message(tmp_path / "gone") == f"source must be a file or folder that exists; there is no {tmp_path / 'gone'}."
    )


def test_an_empty_folder_says_what_to_do(tmp_path):
    assert message(tmp_path) == (f"source must hold articles; the folder {tmp_path} is empty. Put .txt files into it.")


def test_a_source_without_one_readable_article_names_the_first_reason(tmp_path):
    put(tmp_path, a_dot_txt="", b_dot_txt=PNG)
    assert message(tmp_path) == (
        f"source must hold an article that can be read; in {tmp_path.name}: a.txt: the file is empty (1 more like it)."
    )


def test_the_order_of_files_does_not_matter(tmp_path):
    put(tmp_path, b_dot_txt="Second.", a_dot_txt="First.", c_dot_txt="Third.")
    assert pp.articles(pp.read(tmp_path))["doc_id"].tolist() == ["a.txt", "b.txt", "c.txt"]


def test_json_lines_keep_their_ids_and_say_which_row_failed(tmp_path):
    rows = [{"id": 2, "text": "Two.", "series": "Gazette"}, {"id": 1, "text": "One."}, {"id": 3}]
    put(tmp_path, rows_dot_jsonl="\n".join(map(json.dumps, rows)) + "\nnot json")
    corpus = pp.read(tmp_path / "rows.jsonl")
    assert pp.articles(corpus)[["doc_id", "outlet"]].to_numpy().tolist() == [["1", ""], ["2", "Gazette"]]
    assert pp.problems(corpus)["where"].tolist() == ["row 3", "row 4"]


def test_a_lone_surrogate_is_replaced_and_counted(tmp_path):
    put(tmp_path, rows_dot_jsonl=r'{"text": "a\ud800b"}')
    corpus = pp.read(tmp_path / "rows.jsonl")
    assert corpus.records[0].text == "a\ufffdb"
    assert pp.problems(corpus)["reason"].str.contains("1 lone surrogate").all()


def test_an_id_that_stands_twice_stops_before_any_work():
    frame = pd.DataFrame({"text": ["One.", "Two."], "doc_id": ["a", "a"]})
    assert message(frame) == (
        "doc_id must be unique; 'a' occurs in (data frame) row 1 and in (data frame) row 2. "
        "Rename them, or leave that column out: articles are then named by file and row."
    )


def test_the_words_null_and_nan_are_words():
    corpus = pp.read(pd.DataFrame({"text": ["null NA nan None"]}))
    assert set(pp.terms(corpus)["term"]) == {"null", "na", "nan", "none"}


def test_metadata_beside_the_files_is_joined_and_each_bad_row_named(tmp_path):
    put(
        tmp_path,
        a_dot_txt="The ferry sails.",
        metadata_dot_csv="file,outlet,date,desk\na.txt,Gazette,2031-01-14,local\nb.txt,Gull,,\n../c.txt,Gull,,\n",
    )
    corpus = pp.read(tmp_path)
    row = pp.articles(corpus).iloc[0]
    assert (row["outlet"], str(row["date"].date()), row["desk"]) == ("Gazette", "2031-01-14", "local")
    assert pp.problems(corpus)["where"].tolist() == ["line 3", "line 4"]


def test_a_file_read_alone_has_its_row_of_the_metadata_beside_it(tmp_path):
    put(tmp_path, a_dot_txt="The ferry sails.", metadata_dot_csv="file,outlet\na.txt,Gazette\nb.txt,Gull\n")
    corpus = pp.read(tmp_path / "a.txt")
    assert pp.articles(corpus)["outlet"].tolist() == ["Gazette"]
    assert pp.problems(corpus).empty


def test_the_metadata_nearest_to_a_file_has_the_last_word(tmp_path):
    put(tmp_path, metadata_dot_csv="file,outlet,desk\nnews/a.txt,Gazette,local\n")
    (tmp_path / "news").mkdir()
    put(tmp_path / "news", a_dot_txt="The ferry sails.", metadata_dot_csv="file,outlet\na.txt,Gull\n")
    assert pp.articles(pp.read(tmp_path))[["outlet", "desk"]].to_numpy().tolist() == [["Gull", "local"]]


def test_a_metadata_row_that_stands_twice_alike_stops_nothing(tmp_path):
    put(tmp_path, a_dot_txt="The ferry sails.", metadata_dot_csv="file,outlet\na.txt,Gazette\na.txt,Gazette\n")
    corpus = pp.read(tmp_path)
    assert (pp.articles(corpus)["outlet"].tolist(), len(pp.problems(corpus))) == (["Gazette"], 0)


def test_a_column_named_like_one_of_ours_is_told():
    corpus = pp.read(pd.DataFrame({"text": ["The ferry sails.", "Rain."], "lang": ["xx", "yy"], "desk": ["a", "b"]}))
    reason = "not shown, since articles has a column of that name of its own; rename it to keep it"
    assert pp.problems(corpus).to_numpy().tolist() == [["data frame", "column lang", reason]]
    assert pp.articles(corpus)["desk"].tolist() == ["a", "b"]


def test_windows_text_is_read_and_said_out_loud(tmp_path):
    put(tmp_path, a_dot_txt="The crews’ “vote”".encode("cp1252"))
    corpus = pp.read(tmp_path)
    assert corpus.records[0].text == "The crews’ “vote”"
    assert corpus.records[0].notes == ("not UTF-8; read as Windows-1252 (cp1252)",)
    assert pp.articles(corpus)["encoding"].tolist() == ["cp1252"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_change_a_count(ends):
    text = ends.join(["Ferry crews vote", "The crews met on Monday.", "They voted."])
    corpus = pp.read(pd.DataFrame({"text": [text]}))
    assert len(pp.words(corpus)) == 10
    assert len(pp.sentences(corpus)) == 3


def test_a_text_without_spaces_is_read_with_a_warning():
    corpus = pp.read(pd.DataFrame({"text": ["港口今天关闭。" * 3, "The ferry sails."]}))
    assert [len(record.notes) for record in corpus.records] == [1, 0]
    assert "not found by the rule" in corpus.records[0].notes[0]


def test_an_id_stays_the_same_when_another_row_is_bad():
    texts = [{"text": ["One.", second, "Three."]} for second in ("Two.", " ")]
    assert [pp.read(pd.DataFrame(one)).doc_ids[-1] for one in texts] == ["row 3", "row 3"]


def test_links_are_not_followed(tmp_path):
    inside = tmp_path / "corpus"
    inside.mkdir()
    put(inside, a_dot_txt="The ferry sails.")
    (inside / "b.txt").symlink_to("/etc/hostname")
    assert pp.problems(pp.read(inside))["reason"].tolist() == ["a link; links are not followed"]


def test_a_catalogue_with_another_text_warns_and_names_nothing(tmp_path):
    put(
        tmp_path,
        a_dot_txt="The ferry sails.",
        articles_dot_toml='[[article]]\nfile = "a.txt"\ndigest = "0"\ntitle = "T"\noutlet = "Gazette"\n',
    )
    corpus = pp.read(tmp_path)
    assert pp.articles(corpus)["outlet"].tolist() == [""]
    assert "another text" in corpus.records[0].notes[0]


def test_a_catalogue_names_a_known_text_but_for_what_it_states_itself(tmp_path):
    entry = f'[[article]]\ndigest = "{digest_words("the ferry sails")}"\ntitle = "T"\noutlet = "Gazette"\n'
    put(
        tmp_path,
        a_dot_txt="The ferry  sails!",
        b_dot_jsonl='{"text": "The ferry sails.", "title": "Own"}\n{"text": "The ferry sails", "outlet": "Gull"}\n',
        articles_dot_toml=entry,
    )
    table = pp.articles(pp.read(tmp_path))
    assert table[["title", "outlet"]].to_numpy().tolist() == [["T", "Gazette"], ["Own", "Gazette"], ["", "Gull"]]


def test_a_citation_outside_the_text_is_refused():
    corpus = pp.read(pd.DataFrame({"text": ["The ferry sails."], "doc_id": ["a"]}))
    with pytest.raises(pp.PastepotError, match=r"start and end must lie inside 'a', 0 to 16; got 3 and 99\."):
        corpus.cite("a", 3, 99)
    with pytest.raises(pp.PastepotError, match=r"doc_id must be an article of data frame; got 'b'\."):
        corpus.cite("b", 0, 1)


def test_numbers_periods_and_lists_of_a_data_frame_become_text():
    frame = pd.DataFrame({"text": ["The ferry sails."] * 2, "doc_id": [3, 4]}).astype(object)
    frame["date"] = [pd.Period("2031-01-14", "D"), pd.Timestamp("2031-01-15")]
    frame["tags"] = [["a", "b"], None]
    table = pp.articles(pp.read(frame))
    assert table["doc_id"].tolist() == ["3", "4"]
    assert table["date"].dt.strftime("%d").tolist() == ["14", "15"]
    assert table["tags"].tolist() == ["a, b", ""]


def test_metadata_may_be_parted_by_semicolons_and_must_name_its_files(tmp_path):
    put(tmp_path, a_dot_txt="The ferry sails.", metadata_dot_csv="File;Outlet\na.txt;Gazette\n")
    assert pp.articles(pp.read(tmp_path))["outlet"].tolist() == ["Gazette"]
    put(tmp_path, metadata_dot_csv="name,outlet\na.txt,Gazette\n")
    assert pp.problems(pp.read(tmp_path))["reason"].tolist() == ["no column 'file'; it has 'name' and 'outlet'"]


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_path_is_refused_rather_than_taken_for_the_current_folder(tmp_path, monkeypatch, nothing):
    monkeypatch.chdir(put(tmp_path, a_dot_txt="The ferry sails."))
    assert message(nothing) == (
        f"source must be a path or a data frame; got {nothing!r}. Pass your folder of articles, or '.' for this one."
    )
    assert list(pp.read(".").doc_ids) == ["a.txt"]


def test_articles_without_a_value_are_a_group_of_their_own():
    frame = pd.DataFrame({"text": ["One.", "Two.", "Three."], "outlet": ["Gull", "", "Gazette"]})
    frame["date"] = ["2031-01-05", "2031-02-01", "soon"]
    corpus = pp.read(frame)
    labels, codes = article_groups(corpus, "outlet")
    assert (labels, codes.tolist()) == (["(none)", "Gazette", "Gull"], [2, 0, 1])
    labels, codes = article_groups(corpus, "month")
    assert (labels, codes.tolist()) == (["(none)", "2031-01", "2031-02"], [1, 2, 0])
    labels, codes = article_groups(corpus, "article")
    assert (labels, codes.tolist()) == (corpus.doc_ids, [0, 1, 2])


def test_rules_come_by_what_they_do_then_by_the_characters_they_cover():
    text = "Ferry crews vote\nThe crews\u00a0voted on Monday.\nLeave a Reply\nComments are closed.\n"
    table = pp.rules(pp.read(pd.DataFrame({"text": [f"{text}Copyright 2031 Gazette"]})))
    assert table[["rule", "action", "count", "chars"]].to_numpy().tolist() == [
        ["comment_form", "drop", 2, 33],
        ["copyright", "drop", 1, 22],
        ["no_break_space", "replace", 1, 1],
        ["title", "label", 1, 16],
    ]


def test_a_text_file_names_its_article_and_a_table_names_its_rows_even_if_it_has_one(tmp_path):
    put(tmp_path, a_dot_txt="The ferry sails.", b_dot_csv="text\nThe crew waits.\n", c_dot_jsonl='{"text": "One."}\n')
    assert pp.read(tmp_path).doc_ids == ["a.txt", "b.csv row 2", "c.jsonl row 1"]


def test_weeks_are_those_of_the_iso_calendar_and_days_are_whole():
    corpus = pp.read(pd.DataFrame({"text": ["One.", "Two."], "date": ["2027-01-01", "2027-01-04"]}))
    assert article_groups(corpus, "week")[0] == ["2026-W53", "2027-W01"]
    assert article_groups(corpus, "date")[0] == ["2027-01-01", "2027-01-04"]


def test_a_column_of_the_source_named_article_makes_the_groups_of_that_name():
    corpus = pp.read(pd.DataFrame({"text": ["One.", "Two.", "Three."], "article": ["b", "a", "b"]}))
    labels, codes = article_groups(corpus, "article")
    assert (labels, codes.tolist()) == (["a", "b"], [1, 0, 1])


def test_further_columns_come_last_by_their_names():
    frame = pd.DataFrame([["The ferry sails.", 1, 2, 3, 4]], columns=["text", "tide", "desk", "pier", "crew"])
    assert pp.articles(pp.read(frame)).columns[-4:].tolist() == ["crew", "desk", "pier", "tide"]


def test_the_digest_of_a_text_is_that_of_the_bytes_of_its_file(tmp_path):
    data = "The crews’ “vote” at the café".encode("cp1252")
    put(tmp_path, a_dot_txt=data)
    assert pp.articles(pp.read(tmp_path))["sha256"].tolist() == [hashlib.sha256(data).hexdigest()]


def test_an_article_with_a_translation_credit_is_called_translated():
    start = "Ferry crews vote\nThe crews met on Monday evening.\n"
    texts = [f"{start}The Gazette translated the article by Mara Quill for us.", f"{start}They went home."]
    assert pp.articles(pp.read(pd.DataFrame({"text": texts})))["translated"].tolist() == [True, False]


def test_rules_of_equal_size_come_by_name_with_their_share_of_all_characters():
    table = pp.rules(pp.read(pd.DataFrame({"text": ["Port\u00a0ne\u00adws"]})))
    assert table[["rule", "share_chars"]].to_numpy().tolist() == [["no_break_space", 0.1], ["soft_hyphen", 0.1]]
    assert table.attrs["counted"] == "No character was removed."


def test_the_catalogue_in_a_folder_comes_before_one_above_it_and_its_first_entry_before_others(tmp_path):
    digest = digest_words("the ferry sails")
    entry = '[[article]]\ndigest = "{}"\ntitle = "{}"\noutlet = "Gazette"\n'
    (tmp_path / "news").mkdir()
    put(tmp_path, articles_dot_toml=entry.format(digest, "Above"))
    both = entry.format(digest, "First") + entry.format(digest, "Second")
    put(tmp_path / "news", a_dot_txt="The ferry sails.", articles_dot_toml=both)
    assert pp.articles(pp.read(tmp_path / "news"))["title"].tolist() == ["First"]


def test_an_article_that_names_its_outlet_needs_no_warning_about_the_catalogue(tmp_path):
    entry = '[[article]]\nfile = "a.jsonl"\ndigest = "0"\noutlet = "Gazette"\n'
    put(tmp_path, a_dot_jsonl='{"text": "The ferry sails.", "outlet": "Gull"}\n', articles_dot_toml=entry)
    assert pp.read(tmp_path).records[0].notes == ()


def test_hidden_columns_are_named_by_the_alphabet():
    frame = pd.DataFrame([["The ferry sails.", 1, 2, 3]], columns=["text", "words", "chars", "lang"])
    assert pp.problems(pp.read(frame))["where"].tolist() == ["column chars", "column lang", "column words"]


@pytest.mark.parametrize("ending", ["html", "htm"])
def test_the_folder_that_a_browser_saves_with_a_page_is_passed_over(tmp_path, ending):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "other_files").mkdir()
    put(tmp_path, **{f"page_dot_{ending}": PNG})
    for folder in ("page_files", "other_files"):
        put(tmp_path / folder, a_dot_png=PNG)
    assert [found.path for found in read_files(tmp_path)] == ["other_files/a.png", f"page.{ending}"]


def test_a_title_in_the_text_is_taken_as_mended_and_one_beside_it_as_it_is():
    code = "<script>alert(1)</script>"
    text = f"{code}Ferry &amp; <i>crews</i> vote\nThe crews met on Monday and voted by a show of hands, they said.\n"
    corpus = pp.read(pd.DataFrame({"text": [text, text], "title": ["", f"{code}R&amp;D"]}))
    assert pp.articles(corpus)["title"].tolist() == ["Ferry & crews vote", f"{code}R&amp;D"]
    rows = pp.ledger(corpus).query("doc_id == 'row 1' and rule != 'title'")
    taken = [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    assert taken == [code, "&amp;", "<i>", "</i>"]


def test_a_title_in_the_text_is_taken_on_one_line_where_the_source_states_none():
    text = "Ferry  crews\tvote\nThe crews met in the old customs house.\nThey voted."
    frame = pd.DataFrame({"text": [text, text], "title": ["", "Own title"]})
    assert pp.articles(pp.read(frame))["title"].tolist() == ["Ferry crews vote", "Own title"]
