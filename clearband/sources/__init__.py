"""Inventories in: every format becomes the equipment table.

One file a format (CSV, workbooks, JSON, Parquet) gives a table of text; one place then finds what the columns
mean and reads the cells.
"""

from clearband.sources.column_mapping import ColumnMapping
from clearband.sources.inventory import ColumnFound, InputFile, Inventory, TableReport
from clearband.sources.options import ReadOptions
from clearband.sources.read import NamedInput, read_inventory

__all__ = [
    "ColumnFound",
    "ColumnMapping",
    "InputFile",
    "Inventory",
    "NamedInput",
    "ReadOptions",
    "TableReport",
    "read_inventory",
]
