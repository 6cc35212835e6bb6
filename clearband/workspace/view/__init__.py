"""The findings of a run as columns that are mapped and not read: a million rows filtered in milliseconds.

A run never changes, so what a page asks of it is prepared once (`write_view`), by whoever made the run: for
each record and each clause a number that stands for the words, and for each column the order of the rows. A
filter compares numbers, a page of a table is a look-up, and all processes share the memory of the file.
"""

from clearband.workspace.view.choose import Chosen, Query, choose
from clearband.workspace.view.coded import Codes
from clearband.workspace.view.facets import Facet, Value, facets
from clearband.workspace.view.names import FACETS, OPEN, SORTS, STATES
from clearband.workspace.view.overlay import SAID_SCHEMA, Overlay, overlay
from clearband.workspace.view.record import WholeRecord, whole_record
from clearband.workspace.view.rows import row_frame, rows
from clearband.workspace.view.sites import SiteCount, site_counts
from clearband.workspace.view.view import View, open_view
from clearband.workspace.view.write import write_view

__all__ = [
    "FACETS",
    "OPEN",
    "SAID_SCHEMA",
    "SORTS",
    "STATES",
    "Chosen",
    "Codes",
    "Facet",
    "Overlay",
    "Query",
    "SiteCount",
    "Value",
    "View",
    "WholeRecord",
    "choose",
    "facets",
    "open_view",
    "overlay",
    "row_frame",
    "rows",
    "site_counts",
    "whole_record",
    "write_view",
]
