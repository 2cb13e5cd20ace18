"""Parquet tables: one article a row."""

import io
from collections.abc import Iterator

from pastepot.corpus.readers.rows import misfit, row_found
from pastepot.corpus.records import Found, Problem

_MOST_BYTES = 4_000_000_000
_ROWS_AT_A_TIME = 10_000


def read_parquet(path: str, data: bytes) -> Iterator[Found]:
    """Yield the articles of a Parquet table with a `text` column, and a problem for each row without text.

    >>> list(read_parquet("a.parquet", b"PAR1"))
    [Problem(path='a.parquet', where='', reason='not a Parquet table, or a damaged one')]
    """
    try:
        yield from _rows_found(path, data)
    except ImportError:
        yield Problem(path, "", "Parquet tables need pyarrow, which this Python lacks; save it as .jsonl")
    except Exception:  # noqa: BLE001 (pyarrow raises a dozen kinds on damaged bytes; none says more than this)
        yield Problem(path, "", "not a Parquet table, or a damaged one")


def _rows_found(path: str, data: bytes) -> Iterator[Found]:
    """Yield what the rows hold, some thousands in memory at a time."""
    import pyarrow.parquet as parquet  # noqa: PLC0415, PLR0402 (absent in the browser)

    table = parquet.ParquetFile(io.BytesIO(data))
    names = table.schema_arrow.names
    if misfit(names):
        yield Problem(path, "", misfit(names))
        return
    if _unpacked(table.metadata) > _MOST_BYTES:
        yield Problem(path, "", f"it unpacks to more than {_MOST_BYTES:,} bytes; part it into several files")
        return
    if not table.metadata.num_rows:
        yield Problem(path, "", "the table has no rows")
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS_AT_A_TIME):
        for row in batch.to_pylist():
            number += 1
            row["text"] = "" if row["text"] is None else row["text"]
            yield from row_found(row, path, f"row {number}", "parquet")


def _unpacked(metadata: object) -> int:
    """Return how many bytes a table says its row groups unpack to."""
    groups = range(getattr(metadata, "num_row_groups", 0))
    return sum(max(0, metadata.row_group(group).total_byte_size) for group in groups)  # type: ignore[attr-defined]
