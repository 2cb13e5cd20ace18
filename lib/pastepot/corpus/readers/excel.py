"""Excel workbooks (.xlsx): one article a row of every sheet that has a `text` column."""

import io
import warnings
from collections.abc import Iterator, Sequence

from pastepot.corpus.readers import members
from pastepot.corpus.readers.rows import misfit, row_found
from pastepot.corpus.records import Found, Problem

Sheet = tuple[str, list[tuple[object, ...]]]


def read_excel(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a workbook, and a problem for each row or sheet that gives none.

    A cell's value is taken, of a formula the value that Excel stored with it.

    >>> [found.reason for found in read_excel("a.xlsx", b"The ferry sails.")]
    ['not an Excel workbook (.xlsx): it cannot be unpacked: File is not a zip file']
    """
    try:
        sheets = _sheets(data)
    except ImportError:
        yield Problem(path, "", 'Excel files need openpyxl: pip install "pastepot[excel]", or save it as .csv')
    except members.UnfitError as error:
        yield Problem(path, "", f"not an Excel workbook (.xlsx): {error}")
    except Exception as error:  # noqa: BLE001 (openpyxl lets through whatever a damaged part makes it meet)
        yield Problem(path, "", f"the workbook is damaged ({type(error).__name__})")
    else:
        yield from _sheets_found(path, [(name, rows) for name, rows in sheets if rows])


def _sheets(data: bytes) -> list[Sheet]:
    """Return the rows of each sheet that hold anything, the first as it is."""
    archive = members.open_archive(data, members.DOCUMENT)
    if any(
        b"<!DOCTYPE" in members.content(archive, one) for one in archive.infolist() if one.filename.endswith(".xml")
    ):
        raise members.UnfitError("it declares entities, as no workbook does")
    import openpyxl  # noqa: PLC0415 (an extra)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drawings and validations, which hold no articles
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # files of other programs state them wrongly
            sheets.append((sheet.title, [tuple(row) for row in sheet.iter_rows(values_only=True)]))
        return sheets


def _sheets_found(path: str, sheets: Sequence[Sheet]) -> Iterator[Found]:
    """Yield what the sheets hold."""
    if not sheets:
        yield Problem(path, "", "the workbook is empty")
    for title, rows in sheets:
        header = ["" if name is None else str(name).strip() for name in rows[0]]
        if misfit(header):
            yield Problem(path, f"sheet {title}", misfit(header))
            continue
        for number, row in enumerate(rows[1:], start=1):
            if any(value is not None for value in row):
                values = {
                    name: "" if value is None else value for name, value in zip(header, row, strict=False) if name
                }
                where = f"sheet {title}, row {number}" if len(sheets) > 1 else f"row {number}"
                yield from row_found({"text": "", **values}, path, where, "xlsx")
