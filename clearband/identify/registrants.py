"""Whose a name in a public registry is: IEEE, IANA and FCC register companies, not brands or misspellings."""

from __future__ import annotations

from functools import lru_cache

from clearband.identify.carriers import carriers
from clearband.identify.names import resolve_name
from clearband.identify.words import PRODUCT_KINDS
from clearband.register import Register


@lru_cache(maxsize=50_000)
def organisation_called(name: str, register: Register) -> str | None:
    """The organisation of the register that is called exactly so, apart from the legal form.

    For names in public registries: no misspelling, no product line and no carrier is meant by them.
    """
    match = resolve_name(name, register)
    if match is None or match.kind not in ("exact", "alias") or match.ambiguous or match.abbreviation:
        return None
    no_company = match.alias_kind in PRODUCT_KINDS or match.maker in carriers(register)
    return None if no_company else match.org_id
