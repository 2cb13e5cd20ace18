"""No output takes the place of a file of the source, whatever name or link leads there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import pastepot as pp
from pastepot import cli, files
from pastepot.reporting import notebooks
from pastepot.reuse.export import write_graphml, write_passim

TEXT = "the ferry stays in port until the strike ends"
Way = Callable[[Path, Path], Path]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder of articles, one in a folder below, one a page named as a report is, with metadata."""
    folder = tmp_path / "Articles"
    (folder / "deep").mkdir(parents=True)
    for name, content in [
        ("a.txt", TEXT),
        ("deep/b.csv", f"id,text\nx,{TEXT}\ny,{TEXT}\n"),
        ("report.html", f"<html><body><article><p>{TEXT} {TEXT}</p></article></body></html>"),
        ("metadata.csv", "file,outlet\na.txt,Gull\n"),
    ]:
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return an empty folder outside of the source."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def roundabout(path: Path, _: Path) -> Path:
    """Return the same path with a detour."""
    return path.parent / ".." / path.parent.name / path.name


def soft_link(path: Path, elsewhere: Path) -> Path:
    """Return a link to a file."""
    (elsewhere / "soft.csv").symlink_to(path)
    return elsewhere / "soft.csv"


def hard_link(path: Path, elsewhere: Path) -> Path:
    """Return another name of a file."""
    os.link(path, elsewhere / "hard.csv")
    return elsewhere / "hard.csv"


def folder_link(path: Path, elsewhere: Path) -> Path:
    """Return the path by way of a link to the file's folder."""
    (elsewhere / "folder").symlink_to(path.parent)
    return elsewhere / "folder" / path.name


WAYS: list[Way] = [lambda path, _: path, roundabout, soft_link, hard_link, folder_link]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["a.txt", "deep/b.csv", "metadata.csv", "a.txt alone", "deep/b.csv alone"])
def test_a_table_never_replaces_a_file_of_its_source(
    source: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str], way: Way, name: str
) -> None:
    name, _, alone = name.partition(" ")
    asked = source / name if alone else source
    before, out = content(source), way(source / name, elsewhere)
    assert cli.main(["terms", str(asked), "--out", str(out), "--format", "csv"]) == cli.NOTHING
    told = f"out must leave the source alone; writing {out} would change {asked}. Name another place.\n"
    assert capsys.readouterr() == ("", told)
    assert content(source) == before


def test_that_is_said_before_the_source_is_read(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "read", lambda *_, **__: pytest.fail("the source was read"))
    monkeypatch.setattr(notebooks, "read", lambda *_, **__: pytest.fail("the source was read"))
    assert cli.main(["terms", str(source), "--out", str(source / "deep" / "b.csv")]) == cli.NOTHING
    assert cli.main(["report", str(source), "--out", str(source)]) == cli.NOTHING


def test_a_table_with_texts_is_not_put_among_articles_and_others_may_be(source: Path, elsewhere: Path) -> None:
    before = content(source)
    assert cli.main(["sentences", str(source), "--out", str(source / "deep" / "s.csv")]) == cli.NOTHING
    assert cli.main(["sentences", str(source / "a.txt"), "--out", str(elsewhere / "s.csv")]) == cli.DONE
    assert content(source) == before
    assert cli.main(["terms", str(source / "a.txt"), "--out", str(source / "terms.csv")]) == cli.DONE
    assert cli.main(["sentences", str(source / "a.txt"), "--out", str(source / "s.csv")]) == cli.DONE
    assert cli.main(["terms", str(source / "a.txt"), "--out", str(source / "terms.csv")]) == cli.DONE


@pytest.mark.parametrize("out", [".", "new", "deep"])
def test_a_report_is_not_put_among_the_articles(source: Path, capsys: pytest.CaptureFixture[str], out: str) -> None:
    before = content(source)
    assert cli.main(["report", str(source), "--out", str(source / out)]) == cli.NOTHING
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert content(source) == before


@pytest.mark.parametrize("name", ["report.html", "fact_check.csv", "figures/terms.csv"])
@pytest.mark.parametrize("way", WAYS[-2:])
def test_a_report_replaces_no_article_elsewhere(source: Path, elsewhere: Path, name: str, way: Way) -> None:
    held = elsewhere / "out" / name
    held.parent.mkdir(parents=True)
    if way is hard_link:
        os.link(source / "deep" / "b.csv", held)
        asked = source
    else:
        held.write_text(f"text\n{TEXT}\n", encoding="utf-8")
        asked = held
    before = content(elsewhere)
    with pytest.raises(pp.PastepotError, match="out must leave the source alone"):
        notebooks.report(asked, out=elsewhere / "out")
    assert content(elsewhere) == before


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_python_writes_replaces_an_article(source: Path, elsewhere: Path, way: Way) -> None:
    corpus, before = pp.read(source), content(source)
    out = way(source / "a.txt", elsewhere)
    for write in (
        lambda: write_passim(corpus, out),
        lambda: write_graphml(pp.overlap(corpus), out),
        lambda: pp.side_by_side(corpus, 0).save(out),
        lambda: files.write_table(pp.terms(corpus), out, format="csv"),
        lambda: pp.save(corpus, out),
        lambda: pp.save(corpus, source),
    ):
        with pytest.raises(pp.PastepotError):
            write()
    assert content(source) == before


def test_a_saved_corpus_keeps_its_files_and_may_be_saved_anew(source: Path, elsewhere: Path) -> None:
    saved = pp.save(pp.read(source / "a.txt"), elsewhere / "saved")
    before = content(saved)
    assert cli.main(["terms", str(saved), "--out", str(saved / "texts-00000.parquet")]) == cli.NOTHING
    assert content(saved) == before
    assert content(pp.save(pp.read(saved), saved)) == before
