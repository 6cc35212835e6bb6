"""What is seen of a pair of a query and a listed name, as the columns of a table of numbers."""

from __future__ import annotations

from typing import Final, NamedTuple


class Features(NamedTuple):
    """The column of each feature. ``name`` is the listed name; ``left`` has no match in the other one."""

    name_told: int  # share of the listed name's information that the query tells
    query_told: int  # share of the query's information that the listed name tells
    told: int  # information in common, nats
    query_left_most: int  # most telling word of the query that is left over, nats
    name_left_most: int  # most telling word of the listed name that is left over, nats
    query_left: int  # information left over in the query, without places, trades and units, nats
    name_left: int  # the same in the listed name
    query_left_all: int
    name_left_all: int
    least_alike: int  # the worst likeness among telling words that were matched
    exactly: int  # share of the information in common that is spelt alike
    letters_core: int  # shared letter pairs without legal forms
    letters_whole: int  # shared letter pairs of everything
    in_order: int  # share of neighbouring matched words in the listed order
    query_first: int  # likeness of the query's first telling word
    name_first: int  # likeness of the listed name's first telling word
    query_numbers_left: int
    name_numbers_left: int
    legal: int  # 0 none, 1 alike, 2 one side only, 3 different
    query_words: int
    name_words: int
    words_told: int
    rarest: int  # most telling word in common, nats
    joined: int  # words that met only when written as one, or apart
    shortened: int  # words that met only as a beginning or an abbreviation
    initials: int  # the query, or a word of it, is the listed name's initials
    query_places_left: int
    name_places_left: int
    query_kinds_left: int  # words for equipment and model numbers that are left over
    query_units_left: int  # words for offices and departments that are left over
    name_generic_left: int
    query_generic_left: int
    first_at: int  # place in the query of the first word in common
    length: int  # letters of the query without legal forms
    name_length: int
    ahead: int  # how far the candidate is ahead of the best other organisation before all this, nats
    name_telling: int  # information of the whole listed name without trades and places, nats
    told_telling: int  # of that, what the query tells
    reached: int  # information in common over that of both, before all this
    kin_told: int  # share of the query's information told by any name of the organisation
    kin_left_most: int  # most telling word of the query that no name of the organisation has, nats
    aliases: int  # names of the organisation, at most 12
    begins: int  # share of the query's letters with which the listed name begins as well
    begins_letters: int  # their number
    longest_told: int  # letters of the longest word in common
    letters_told: int  # letters of all telling words in common
    exact_telling: int  # information in common that is spelt alike, without trades and places, nats
    misspelt: int  # words in common that are spelt otherwise
    rarest_exact: int  # most telling word in common that is spelt alike, nats
    query_total: int  # information of the whole query, nats
    query_left_odds: int  # what the words left over in the query say, learned log-odds
    name_left_odds: int  # the same in the listed name
    swapped: int  # telling words in common with letters swapped; 0 where another one is misspelt


FEATURES: Final = Features._fields
"""Names of the features, in the order of their columns."""

AT: Final = Features(*range(len(FEATURES)))
"""A tuple of numbers, which compiled code takes as constants."""
