"""Passages for other programs: clusters as passim writes them, and the network of shared words as GraphML."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd

from pastepot import errors, escape, files
from pastepot.corpus.corpus import Corpus
from pastepot.reuse.clusters import article_numbers, copies

_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_PASSIM = ["uid", "id", "cluster", "size", "series", "title", "date", "begin", "end", "text"]
"""The fields of a line as passim names them."""
_WEIGHTS = (("words_shared", "int"), ("share_of_a", "double"))


def write_passim(corpus: Corpus, path: str | Path, table: pd.DataFrame | None = None) -> Path:
    r"""Return the path of a file of JSON lines as passim writes them: one copy of a passage a line.

    Parameters
    ----------
    corpus : Corpus
    path : path
        The file to write; it appears complete or not at all.
    table : table of passages, optional
        As `pastepot.passages` makes it; made with its defaults if not given.

    Notes
    -----
    A line holds `uid` (the article's number), `id`, `cluster`, `size` (its copies), `series`
    (the outlet), `title`, `date` (null if undated), `begin` and `end` (raw code points) and `text` (the raw
    characters). Largest clusters first. Unlike passim's own output it also has copies inside one article or series.

    References
    ----------
    David A. Smith: passim, README, "Running passim". github.com/dasmiq/passim

    Examples
    --------
    >>> import json, tempfile
    >>> from pastepot.corpus.read import read
    >>> line = "the ferry stays in port until the strike ends"
    >>> corpus = read(pd.DataFrame({"text": [line, "Still " + line]}))
    >>> path = write_passim(corpus, Path(tempfile.mkdtemp()) / "clusters.jsonl")
    >>> [json.loads(line)["begin"] for line in path.read_text(encoding="utf-8").splitlines()]
    [0, 6]
    """
    files.check_output(Path(path))
    spans = copies(corpus, table)
    spans["size"] = spans.groupby("cluster")["cluster"].transform("size")
    ordered = spans.sort_values(["size", "cluster"], ascending=[False, True], kind="stable")
    numbers = article_numbers(corpus, ordered["doc_id"])
    named = ordered.rename(columns={"doc_id": "id", "outlet": "series", "start": "begin"})
    named["uid"] = numbers
    records = [corpus.records[number] for number in numbers]
    named["title"] = [record.title for record in records]
    places = zip(records, named["begin"], named["end"], strict=True)
    named["text"] = [record.text[begin:end] for record, begin, end in places]
    return files.write_table(named[_PASSIM], Path(path), format="jsonl")


def write_graphml(table: pd.DataFrame, path: str | Path) -> Path:
    r"""Return the path of a GraphML file: a node for each article or group, an edge for each row of a table of overlap.

    Parameters
    ----------
    table : DataFrame
        Made by `pastepot.overlap`; rows may have been left out.
    path : path
        The file to write; it appears complete or not at all.

    Notes
    -----
    An edge leads from `group_a` to `group_b` with its `words_shared` and `share_of_a`, so that there is one each way.
    It does not say who took from whom. Characters that XML forbids are spelled out in the labels. The same table gives
    the same bytes. Gephi, igraph, networkx and yEd read the file.

    References
    ----------
    GraphML primer, graphml.graphdrawing.org

    Examples
    --------
    >>> import tempfile
    >>> table = pd.DataFrame({"group_a": ["Gull"], "group_b": ["Gazette"], "words_shared": [40], "share_of_a": [0.25]})
    >>> path = write_graphml(table, Path(tempfile.mkdtemp()) / "network.graphml")
    >>> path.read_text(encoding="utf-8").count("<edge ")
    1
    >>> write_graphml(table.drop(columns="group_b"), "network.graphml")
    Traceback (most recent call last):
    ...
    pastepot.errors.PastepotError: overlap lacks column 'group_b', it has 'group_a', 'words_shared' and 'share_of_a':
    make it with pastepot.overlap(corpus).
    """
    weights = [name for name, _ in _WEIGHTS]
    errors.has_columns("overlap", table, ("group_a", "group_b", *weights), made_by="pastepot.overlap(corpus)")
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, kind, of in [("label", "string", "node"), *((*weight, "edge") for weight in _WEIGHTS)]:
        ET.SubElement(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", id="reuse", edgedefault="directed")
    nodes = {name: f"n{number}" for number, name in enumerate(sorted({*table["group_a"], *table["group_b"]}))}
    for name, node in nodes.items():
        label = _NOT_IN_XML.sub("\ufffd", escape.show_controls(str(name)))
        ET.SubElement(ET.SubElement(graph, "node", id=node), "data", key="label").text = label
    for row in table.sort_values(["group_a", "group_b"], kind="stable").to_dict("records"):
        edge = ET.SubElement(graph, "edge", source=nodes[row["group_a"]], target=nodes[row["group_b"]])
        for name in weights:
            ET.SubElement(edge, "data", key=name).text = f"{row[name]}"
    ET.indent(root)
    return files.write(Path(path), ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
