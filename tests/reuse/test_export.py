"""Exchange: what is written for other programs can be read by them, says the same, and is the same every time."""

import json
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

import pastepot as pp
from pastepot.reuse.export import write_graphml, write_passim

LINE = "The ferry stays in port\r\nuntil the strike ends"
FIELDS = ["uid", "id", "cluster", "size", "series", "title", "date", "begin", "end", "text"]


def read(texts, **columns):
    return pp.read(pd.DataFrame({"text": texts, **columns}), clean="none")


@pytest.fixture
def corpus():
    other = "a winter storm tore the roof off the customs house at dawn"
    texts = [f"{LINE} \u202e x {other}", f"Now: {LINE}.", f"{LINE} y", other]
    return read(texts, outlet=["Gull", "Gazette & <Co>", "", "Gull"], date=["2031-01-14", "2031-01-13", "", ""])


def records(corpus, folder):
    lines = write_passim(corpus, folder / "clusters.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_each_copy_is_a_line_with_passims_fields_the_largest_cluster_first(corpus, tmp_path):
    rows = records(corpus, tmp_path)
    assert all(list(row) == FIELDS for row in rows)
    assert [(row["id"], row["size"], row["series"], row["date"]) for row in rows] == [
        ("row 2", 3, "Gazette & <Co>", "2031-01-13"),
        ("row 1", 3, "Gull", "2031-01-14"),
        ("row 3", 3, "", None),
        ("row 1", 2, "Gull", "2031-01-14"),
        ("row 4", 2, "Gull", None),
    ]
    assert len({row["cluster"] for row in rows}) == 2


def test_begin_and_end_cut_the_text_out_of_the_raw_article(corpus, tmp_path):
    for row in records(corpus, tmp_path):
        assert row["text"] == corpus.records[row["uid"]].text[row["begin"] : row["end"]]
        assert corpus.doc_ids[row["uid"]] == row["id"]


def test_no_passage_is_an_empty_file(tmp_path):
    assert records(read(["The ferry sails."]), tmp_path) == []


@pytest.mark.parametrize(
    "write", [write_passim, lambda corpus, path: write_graphml(pp.overlap(corpus, by="outlet"), path)]
)
def test_the_same_corpus_gives_the_same_bytes_and_nothing_else_is_left(corpus, tmp_path, write):
    assert write(corpus, tmp_path / "one").read_bytes() == write(corpus, tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_networkx_reads_the_network_with_its_weights(corpus, tmp_path):
    networkx = pytest.importorskip("networkx")
    table = pp.overlap(corpus, by="outlet")
    graph = networkx.read_graphml(write_graphml(table, tmp_path / "network.graphml"))
    label = networkx.get_node_attributes(graph, "label")
    edges = {(label[a], label[b], edge["words_shared"], edge["share_of_a"]) for a, b, edge in graph.edges(data=True)}
    assert graph.is_directed()
    assert edges == set(table.itertuples(index=False, name=None))


def test_names_are_escaped_and_what_xml_forbids_is_spelled_out(tmp_path):
    names = ["a<b>&\"'", "red\x1b[0m\ufffe"]
    table = pd.DataFrame({"group_a": names, "group_b": names[::-1], "words_shared": [9, 9], "share_of_a": [0.5, 1.0]})
    root = ET.parse(write_graphml(table, tmp_path / "n.graphml")).getroot()  # noqa: S314 (written in this line)
    labels = [data.text for data in root.iter() if data.get("key") == "label"]
    assert labels == ["a<b>&\"'", "red\\x1b[0m\ufffd"]


def test_clusters_with_as_many_copies_come_by_their_number_and_each_copy_with_its_title(tmp_path):
    corpus = read(["One two three four.", "One two three four."], title=["Port", "Quay"])
    names = ["doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b", "cluster"]
    spans = [["row 1", 8, 13, "row 2", 8, 13, 1], ["row 1", 0, 3, "row 2", 0, 3, 0]]
    path = write_passim(corpus, tmp_path / "clusters.jsonl", pd.DataFrame(spans, columns=names))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(row["cluster"], row["title"], row["text"]) for row in rows] == [
        (0, "Port", "One"), (0, "Quay", "One"), (1, "Port", "three"), (1, "Quay", "three"),
    ]  # fmt: skip


def test_the_order_of_rows_does_not_matter_to_a_network(corpus, tmp_path):
    table = pp.overlap(corpus)
    ways = [write_graphml(rows, tmp_path / name).read_bytes() for name, rows in (("a", table), ("b", table[::-1]))]
    assert len(table) > 2
    assert ways[0] == ways[1]
