"""Names in: the names that are asked about, and the lists of organisations that they are held against.

Tables, lists of one name a line, and the forms in which sanctions lists are published become the same two
tables. Natural persons, ships and the like are left out and counted.
"""

from clearband.sources.names.columns import Taken
from clearband.sources.names.lists import LISTED, ListedNames, read_listed
from clearband.sources.names.options import LIST_FORMS, QUERY_FORMS, NameOptions
from clearband.sources.names.queries import QUERIES, AskedNames, read_asked

__all__ = [
    "LISTED",
    "LIST_FORMS",
    "QUERIES",
    "QUERY_FORMS",
    "AskedNames",
    "ListedNames",
    "NameOptions",
    "Taken",
    "read_asked",
    "read_listed",
]
