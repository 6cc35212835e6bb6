"""Where records of a text table end whose quotation marks are odd."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from clearband.sources.csv_file import CSV_LIMIT, LARGEST_CELL
from clearband.sources.dialect import Dialect
from clearband.sources.stray_quotes import ends_inside_quotes


def last_record_end(block: bytes, dialect: Dialect) -> int:
    """Where the last record that ends in a block ends; 0 for none.

    Records are read as they are of a whole file whose quotes are odd, so that both agree where one ends. What
    its letters are does not matter for that: each byte is taken for one.
    """
    ends, lines = [0], list[str]()
    text = block.decode("latin-1")
    record = lines

    def handed_out() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    with CSV_LIMIT:
        limit = csv.field_size_limit(LARGEST_CELL)
        try:
            for _ in csv.reader(handed_out(), delimiter=dialect.delimiter, skipinitialspace=dialect.spaced):
                record = lines.copy()
                ends.append(ends[-1] + sum(map(len, lines)))
                lines.clear()
        except csv.Error:
            # A cell without an end: what is before it is whole.
            return ends[-1]
        finally:
            csv.field_size_limit(limit)
    if len(ends) > 1 and (
        not record[-1].endswith("\n") or ends_inside_quotes(record, dialect.delimiter, dialect.spaced)
    ):
        ends.pop()
    return ends[-1]
