"""What columns are taken for: names of common exports, what the caller says, and what is said of the rest."""

import json

import pandas as pd
import pytest

import pastepot as pp

TEXT = "The board met on Tuesday and voted after two hours to keep the night ferry until June."


def about(source, **options):
    """Return title, outlet, date and author of the only article, and the corpus."""
    corpus = pp.read(source, **options)
    table = pp.articles(corpus).assign(date=lambda frame: frame["date"].dt.strftime("%Y-%m-%d").fillna(""))
    (row,) = table[["title", "outlet", "date", "author"]].to_numpy().tolist()
    assert corpus.records[0].text == TEXT
    return row, corpus


def message(source, **options):
    with pytest.raises(pp.PastepotError) as caught:
        pp.read(source, **options)
    return str(caught.value)


def put(folder, name, content):
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "trafilatura.jsonl",
            {"title": "Night ferry", "author": "Ada Quay", "hostname": "herald.example", "date": "2031-01-04"}
            | {"text": TEXT, "source": "https://herald.example/a", "source-hostname": "Port Herald"},
            ["Night ferry", "Port Herald", "2031-01-04", "Ada Quay"],
        ),
        (
            "mediacloud.csv",
            f"id,media_name,publish_date,title,url,text\nx,herald.example,2031-01-04,Night ferry,http://a.b/c,{TEXT}\n",
            ["Night ferry", "herald.example", "2031-01-04", ""],
        ),
        (
            "by_hand.csv",
            f'Title,text,Date,Newspaper,Author\nNight ferry,"{TEXT}",2031-01-04,Port Herald,Ada Quay\n',
            ["Night ferry", "Port Herald", "2031-01-04", "Ada Quay"],
        ),
        (
            "newsapi.jsonl",
            {"content": TEXT, "source": {"id": None, "name": "Port Herald"}, "publishedAt": "2031-01-04T09:00:00Z"},
            ["", "Port Herald", "2031-01-04", ""],
        ),
        (
            "newsplease.jsonl",
            {"maintext": TEXT, "text": None, "source_domain": "herald.example", "date_publish": "2031-01-04 08:00:00"}
            | {"authors": ["Ada Quay", "Bo Sand"], "url": "https://herald.example/a"},
            ["", "herald.example", "2031-01-04", "Ada Quay, Bo Sand"],
        ),
        (
            "kaggle.tsv",
            f"ARTICLE\tHeadline\tPublication\tpubDate\n{TEXT}\tFerry\tHerald\tSat, 04 Jan 2031 09:00:00 GMT\n",
            ["Ferry", "Herald", "2031-01-04", ""],
        ),
        ("one column.csv", f"Full Text\n{TEXT}\n", ["", "", "", ""]),
        (
            "bars.csv",
            f"Publish Date|Body|Site Name\n2031-01-04|{TEXT}|Port Herald\n",
            ["", "Port Herald", "2031-01-04", ""],
        ),
    ],
)
def test_the_columns_of_common_exports_are_known(tmp_path, name, content, expected):
    assert about(put(tmp_path, name, content))[0] == expected


@pytest.mark.parametrize("spelling", ["publish_date", "Publish Date", "publishDate", "PUBLISH-DATE", " publish date "])
def test_case_and_marks_in_a_name_do_not_matter(tmp_path, spelling):
    assert about(put(tmp_path, "a.csv", f"{spelling},TEXT\n2031-01-04,{TEXT}\n"))[0][2] == "2031-01-04"


def test_a_citation_names_the_column_as_the_source_spells_it(tmp_path):
    _, corpus = about(put(tmp_path, "a.csv", f"id,Main Text\nx,{TEXT}\n"))
    assert corpus.cite("x", 4, 9).address == "a.csv, row 2, field Main Text, characters 4-9"
    again = pp.read(pp.save(corpus, tmp_path / "saved"))
    assert again.cite("x", 4, 9) == corpus.cite("x", 4, 9)


# --- addresses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "outlet", "source"),
    [
        ({"source": "https://www.herald.example/a?b=c"}, "herald.example", "site of the address in source"),
        ({"url": "http://Herald.example:80/a", "source": ""}, "herald.example", "site of the address in url"),
        ({"Link": "www.herald.example/a"}, "herald.example", "site of the address in Link"),
        ({"source": "https://a.example/x", "domain": "b.example"}, "b.example", None),
        ({"source": "Port Herald", "url": "https://a.example/x"}, "Port Herald", None),
        ({"source": "and/or"}, "and/or", None),
        ({"source": "The Herald: Sunday"}, "The Herald: Sunday", None),
        ({"link": "see below"}, "", None),
    ],
)
def test_an_address_is_no_outlet_unless_it_is_all_there_is(row, outlet, source):
    (_, found, *_), corpus = about(pd.DataFrame([{"text": TEXT, **row}]))
    table = pp.articles(corpus)
    assert found == outlet
    assert (table["outlet_source"].tolist() if source else "outlet_source" in table) == ([source] if source else False)
    addresses = {name: value for name, value in row.items() if "://" in value}
    assert {name: table[name][0] for name in addresses} == addresses


# --- what the caller says -------------------------------------------------------------


def test_the_caller_says_which_column_is_what(tmp_path):
    path = put(tmp_path, "a.csv", f"nr;inhalt;datum;blatt;source\n7;{TEXT};2031-01-04;;Wire\n")
    named = {"text": "inhalt", "date": "datum", "outlet": "blatt", "doc_id": "nr"}
    row, corpus = about(path, columns=named)
    assert row == ["", "", "2031-01-04", ""]
    assert corpus.doc_ids == ["7"]
    assert pp.articles(corpus)["source"].tolist() == ["Wire"]


def test_a_column_that_the_caller_names_is_taken_for_nothing_else(tmp_path):
    path = put(tmp_path, "a.csv", f"article,content\n{TEXT},Night ferry\n")
    assert about(path, columns={"title": "content"})[0][0] == "Night ferry"


def test_without_a_column_of_texts_the_call_that_works_is_shown(tmp_path):
    path = put(tmp_path, "a.csv", f"id,my words,datum\n1,{TEXT},2031\n")
    said = message(path)
    assert said == (
        "source must hold an article that can be read; a.csv: no column 'text'; it has 'id', 'my words' and 'datum'; "
        "if 'my words' is it, read by pp.read(..., columns={\"text\": \"my words\"}) or --columns 'text=my words'."
    )
    assert about(path, columns={"text": "my words"})[0] == ["", "", "", ""]


def test_lines_of_json_without_a_text_are_each_told(tmp_path):
    (tmp_path / "a.jsonl").write_text(f'{{"inhalt": "{TEXT}"}}\n{{"body": "{TEXT}"}}\n{{}}\n', encoding="utf-8")
    unread = pp.problems(about(tmp_path)[1])
    assert unread["where"].tolist() == ["row 1", "row 3"]
    assert unread["reason"].str.startswith("no column 'text'; it has ").all()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"text": "inhlt"}, "columns must name columns of the source; it has 'id' and 'text', and not 'inhlt'."),
        ({"date": "datum"}, "columns must name columns of the source; it has 'id' and 'text', and not 'datum'."),
        ({"id": "text"}, "columns must be one of 'text', 'doc_id', 'title', 'outlet', 'date', 'author'; got 'id'."),
    ],
)
def test_a_column_that_is_not_there_is_an_error(tmp_path, columns, said):
    assert message(put(tmp_path, "a.csv", f"id,text\n1,{TEXT}\n"), columns=columns) == said


# --- what is not used -----------------------------------------------------------------


def test_columns_that_are_known_and_not_used_are_named_and_kept(tmp_path):
    path = put(tmp_path, "a.csv", f"text,content,outlet,series,published,date\n{TEXT},Short,Herald,Wire,,2031-01-04\n")
    (_, outlet, date, _), corpus = about(path)
    assert (outlet, date) == ("Herald", "2031-01-04")
    assert pp.problems(corpus).to_numpy().tolist() == [
        ["a.csv", "column content", "not used; columns={'text': 'content'} takes it"],
        ["a.csv", "column series", "not used; columns={'outlet': 'series'} takes it"],
    ]
    assert pp.articles(corpus)[["content", "series"]].to_numpy().tolist() == [["Short", "Wire"]]


def test_a_second_column_that_fills_gaps_of_the_first_is_used():
    frame = pd.DataFrame({"text": [TEXT, TEXT], "outlet": ["Herald", ""], "series": ["", "Gull"]})
    corpus = pp.read(frame)
    assert pp.articles(corpus)["outlet"].tolist() == ["Herald", "Gull"]
    assert pp.problems(corpus).empty


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (["Ada Quay", "Bo Sand"], "Ada Quay, Bo Sand"),
        ([{"name": "Ada Quay"}, {"name": None}], "Ada Quay"),
        ({"title": "Ada Quay"}, "Ada Quay"),
        ([], ""),
        ({}, ""),
        (None, ""),
        (3, "3"),
    ],
)
def test_lists_are_joined_and_an_object_gives_its_name(tmp_path, value, shown):
    assert about(put(tmp_path, "a.jsonl", {"text": TEXT, "author": value}))[0][3] == shown
