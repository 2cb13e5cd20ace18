"""Running notebooks and making a report: names checked, failures told in a sentence, the same bytes each time."""

import nbformat
import pandas as pd
import pytest
from by_hand import FILE, TITLE
from nbformat import v4

import pastepot as pp
from pastepot import files
from pastepot.errors import PastepotError
from pastepot.reporting import notebooks
from pastepot.reporting.templates import mime

PARAMETERS = {"tags": ["parameters"]}
CODE = "<svg onload=alert(2)>"
SETUP = "import pastepot as pp\nfrom pastepot.reporting.display import register\nregister();"
CORPUS = """# What is here?

One corpus."""
TONE = """
from pastepot import tables
ids = [record.title for record in corpus.records]
n = len(ids)
tone = tables.build("sentiment_by", {"group": ids, "articles": [1] * n, "sentences": [2] * n, "tool": ["vader"] * n,
    "mean": [0.1] * n, "low": [None] * n, "high": [None] * n, "share_same_sign": [0.5] * n,
    "share_no_known_word": [0.5] * n, "reason": [""] * n}, corpus=corpus.name)
pp.figure(pp.plot_sentiment_by(tone), tone, name="tone")
"""


def notebook(*cells):
    """Return a notebook of Markdown (led by #) and code."""
    made = [v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells]
    return v4.new_notebook(cells=made)


def with_source(*cells):
    made = notebook(CORPUS, SETUP, "source = '../seeds/teaching'", *cells)
    made.cells[2].metadata["tags"] = ["parameters"]
    return made


def saved(made, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, nbformat.writes(made))
    return path


# --- one notebook ------------------------------------------------------


@pytest.mark.parametrize("code", ["sauce = 1", "# source = 1", "sources = 1", "print(source)", "x.source = 1", ""])
def test_a_notebook_that_does_not_set_its_source_takes_no_other(code):
    made = with_source()
    made.cells[2].source = code
    with pytest.raises(PastepotError) as caught:
        notebooks.set_source(made, "x", name="a.ipynb")
    message = "a.ipynb has no cell tagged 'parameters' that sets source. Put it back, as in the other notebooks."
    assert str(caught.value) == message


def test_a_notebook_without_a_cell_of_parameters_takes_no_source():
    with pytest.raises(PastepotError, match=r"a.ipynb has no cell tagged 'parameters' that sets source"):
        notebooks.set_source(notebook("# T", "source = 'seeds'"), "x", name="a.ipynb")


@pytest.mark.parametrize("value", ['it\'s "x"\n$', "C:\\new", ""])
def test_a_source_comes_through_as_it_is(value):
    made = with_source()
    notebooks.set_source(made, value, name="a.ipynb")
    names = {}
    exec(made.cells[3].source, names)  # noqa: S102 (the cell we just made)
    assert names["source"] == value


def test_a_notebook_runs_in_its_own_folder_and_says_the_same_twice(tmp_path):
    cells = [
        "import os\nos.path.exists('a.ipynb'), os.environ['PYTHONHASHSEED'], hash('ferry')",
        SETUP,
        "import pandas as pd\nfrom pastepot import tables\ntables.empty('problems')",
        "pd.DataFrame({'a': [1]})",
        "pp.read(pd.DataFrame({'text': ['Two boats.']}))",
        "pp.say('Two *boats*.')",
    ]
    path = saved(notebook("# T", *cells), tmp_path / "a.ipynb")
    first, second = notebooks.execute(path), notebooks.execute(path)
    assert nbformat.writes(first) == nbformat.writes(second)
    shown = [cell.outputs[0].data for cell in first.cells if cell.get("outputs")]
    assert shown[0]["text/plain"].startswith("(True, '0', ")
    assert "application/vnd.pastepot.table+json" in shown[1]
    assert set(shown[2]) == {"text/html", "text/plain"}
    assert shown[2]["text/html"].count('class="dataframe"') == 1
    assert dict(shown[3]["application/vnd.pastepot.facts+json"]["facts"])["Articles"] == "1"
    assert shown[4]["text/plain"] == "Two *boats*."


def test_a_cell_that_fails_is_told_in_one_sentence(tmp_path):
    made = notebook("# T", "## How many?", "raise ValueError('first\\nno boats')")
    with pytest.raises(PastepotError) as caught:
        notebooks.execute(saved(made, tmp_path / "a.ipynb"))
    assert str(caught.value) == "a.ipynb stopped in the section 'How many?': ValueError: no boats"


def test_a_python_that_ends_is_told(tmp_path):
    path = saved(notebook("# T", "import os\nos._exit(3)"), tmp_path / "a.ipynb")
    with pytest.raises(PastepotError, match=r"a.ipynb stopped: its Python ended without a message"):
        notebooks.execute(path)


# --- the report --------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a small project with two notebooks and hostile articles."""
    folder = tmp_path_factory.mktemp("project")
    saved(
        with_source("corpus = pp.read(source)\ncorpus", "pp.articles(corpus)", "pp.problems(corpus)"),
        folder / "notebooks/01_a.ipynb",
    )
    saved(
        with_source("corpus = pp.read(source)", TONE, "pp.say(corpus.records[0].title)", "pp.say(corpus.view(0).text)"),
        folder / "notebooks/02_b.ipynb",
    )
    saved(notebook("# Not a chapter", "1/0"), folder / "notebooks/draft.ipynb")
    text = f"Night ferry\n\nThe ferry sails at noon. No boat left the {CODE} quay.\n"
    files.write(folder / "seeds/teaching" / FILE, text)
    files.write(folder / "seeds/teaching/metadata.csv", f'file,title\n{FILE},"{TITLE}"\n')
    files.write(folder / "seeds/teaching/empty.txt", "")
    return folder


@pytest.fixture(scope="module")
def reported(project, tmp_path_factory):
    """Return the files of two reports, and the corpus' place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "checkout", lambda: project)
        first = notebooks.report()
        patch.setenv("PYTHONHASHSEED", "7")
        patch.setenv("TZ", "Asia/Tokyo")
        second = notebooks.report(project / "seeds" / "teaching", out=tmp_path_factory.mktemp("again"))
    return first, second


def contents(path):
    return {
        file.relative_to(path.parent).as_posix(): file.read_bytes() for file in path.parent.rglob("*") if file.is_file()
    }


def test_a_report_is_a_page_and_three_files_a_figure(reported, project):
    first, _ = reported
    assert first == project / "figures" / "teaching" / "report.html"
    assert sorted(contents(first)) == [
        "fact_check.csv",
        "figures/tone.csv",
        "figures/tone.png",
        "figures/tone.svg",
        "report.html",
    ]


def test_two_reports_have_the_same_bytes(reported):
    first, second = reported
    assert contents(first) == contents(second)


def test_no_place_of_this_machine_and_no_time_is_written(reported, project):
    page = reported[0].read_text(encoding="utf-8")
    assert str(project) not in page
    assert str(project.parent) not in page
    assert "injected" not in page


def test_the_code_shown_says_which_parameters_the_report_set(reported):
    page = reported[0].read_text(encoding="utf-8")
    assert "# Set for this report instead: source\n" in page or "# Set for this report instead: source<" in page


def test_the_page_says_that_it_shows_the_teaching_corpus_and_what_was_not_read(reported):
    page = reported[0].read_text(encoding="utf-8")
    assert "You see the teaching corpus" in page
    assert "put them as .txt files into seeds/articles" in page
    assert "<bdi>empty.txt</bdi>" in page


def test_hostile_names_are_literal_in_the_report(reported, seen):
    page = reported[0].read_text(encoding="utf-8")
    parsed = seen(page)
    assert len(parsed.all("script")) == 1
    assert parsed.text.count(TITLE) >= 3
    assert FILE in parsed.text
    assert CODE in parsed.text
    assert TITLE in parsed.all("svg")[0]["aria-label"]
    assert not any(name.startswith("on") for mark in ("svg", "img") for one in parsed.all(mark) for name in one)


def test_progress_goes_to_standard_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(notebooks, "execute", lambda *_: v4.new_notebook())
    made = notebooks.run_all([tmp_path / "b.ipynb", tmp_path / "a.ipynb"], "seeds")
    assert list(made) == ["b", "a"]
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "2/2" in heard.err


@pytest.mark.parametrize("source", ["nowhere", "empty"])
def test_a_source_that_cannot_be_read_is_told_before_a_notebook_runs(source, project, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "checkout", lambda: project)
    monkeypatch.setattr(notebooks, "run_all", lambda *_: pytest.fail("a notebook ran"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(PastepotError, match="source must "):
        notebooks.report(tmp_path / source, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_standard_input_and_a_wrong_word_are_refused():
    with pytest.raises(PastepotError) as caught:
        notebooks.report("-")
    assert str(caught.value) == "source must be a file or folder for a report, which reads it twice; got '-'."
    with pytest.raises(PastepotError, match="excerpts must be one of 'full', 'short', 'none'; got 'shrt'"):
        pp.report(excerpts="shrt")


def test_without_a_checkout_there_is_no_report(monkeypatch):
    monkeypatch.setattr(files, "checkout", lambda: None)
    with pytest.raises(PastepotError, match="run it from a checkout of Pastepot"):
        notebooks.report()


def test_a_notebook_that_stops_leaves_the_old_report(project, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "checkout", lambda: project)

    def stop(*_):
        raise PastepotError("02_b.ipynb stopped")

    monkeypatch.setattr(notebooks, "run_all", stop)
    old = files.write(tmp_path / "report.html", "old")
    with pytest.raises(PastepotError, match="stopped"):
        notebooks.report(out=tmp_path)
    assert old.read_text(encoding="utf-8") == "old"


def test_one_s_own_articles_come_before_the_teaching_corpus(tmp_path):
    assert notebooks.default_source(tmp_path) == tmp_path / "seeds" / "teaching"
    files.write(tmp_path / "seeds/articles/notes.md", "x")
    assert notebooks.default_source(tmp_path) == tmp_path / "seeds" / "teaching"
    files.write(tmp_path / "seeds/articles/paper/a.txt", "x")
    assert notebooks.default_source(tmp_path) == tmp_path / "seeds" / "articles"


def test_two_figures_of_one_name_are_refused():
    output = v4.new_output("display_data", {mime("figure"): {"name": "tone"}})
    made = {name: v4.new_notebook(cells=[v4.new_code_cell("", outputs=[output])]) for name in ("01_a", "02_b")}
    with pytest.raises(PastepotError) as caught:
        notebooks.bundles(made)
    assert str(caught.value) == "figure name 'tone' is used again in 02_b; rename one."


def test_a_figure_s_numbers_quote_no_more_than_the_report_may(tmp_path):
    bundle = {"name": "lines", "svg": "<svg/>", "png": "", "csv": "node,text\nferry,The ferry sails.\n"}
    for excerpts, text in (("none", "(not shown)"), ("full", "The ferry sails.")):
        notebooks.write_figure(bundle, tmp_path, excerpts)
        assert (tmp_path / "lines.csv").read_text(encoding="utf-8") == f"node,text\nferry,{text}\n"


def test_the_digest_of_a_corpus_is_the_same_in_any_order_and_another_for_another_text():
    df = pd.DataFrame({"doc_id": ["a", "b"], "sha256": ["1f", "0c"]})
    assert notebooks.digest(df.iloc[::-1]) == notebooks.digest(df)
    assert notebooks.digest(df.assign(sha256=["0c", "1f"])) != notebooks.digest(df)
