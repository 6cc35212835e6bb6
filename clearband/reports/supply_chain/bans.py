"""What bans would take, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from clearband.assess.chain import Effects
from clearband.listing.what_if import WhatIf
from clearband.reports.plain_text import count, visible
from clearband.reports.supply_chain.content import Answered

_MAY = "(a maker, country, number or certificate is not told, or control is not certain)"


def ban_lines(one: Answered, most: int) -> Iterator[str]:
    """What is lost of products, networks, listings and deployed equipment, and what is left."""
    effects = one.effects
    yield f"If {visible(one.name)} were banned"
    if not effects.named:
        yield "  nothing in the inputs is certainly of it: is it written as the inputs write it?"
    yield from _products(effects, most)
    yield from _certificates(effects, most)
    yield from _networks(effects, most)
    yield from _alternatives(effects, most)
    if one.deployed is not None:
        yield from _deployed(one.deployed, most)
    if one.fallen is not None:
        yield from _listings(one.fallen, most)
    if one.records is not None:
        for row in one.records.head(most).to_dicts():
            yield (
                f"  {visible(row['network'])}: {_records(row['certain'])} certainly, "
                f"{row['possible']:,} possibly can no longer be bought on entry {visible(row['entry'])}"
            )


def _products(effects: Effects, most: int) -> Iterator[str]:
    products = effects.products
    certain = products.filter(pl.col("certain") > 0)
    papers = any(ban.kind in ("certificate", "laboratory") for ban in effects.bans)
    lose = "loses" if certain.height == 1 else "lose"
    yield (
        f"  {count(certain.height, 'product')} certainly {lose} something, "
        f"{products.height - certain.height} more may {_MAY}"
    )
    for row in certain.head(most).to_dicts():
        what = ", ".join(row["functions"]) or "something of a kind that is not told"
        other = (
            f"; {row['certified']} of {row['certain']} with another certificate in force"
            if row["certified"] and papers
            else ""
        )
        yield f"  {visible(row['product_name'])} ({visible(row['product'])}): {visible(what)}{other}"
    if certain.height > most:
        yield f"  and {certain.height - most} more (--json shows all)"


def _certificates(effects: Effects, most: int) -> Iterator[str]:
    lost = effects.certificates.filter(hit="certain")
    for row in lost.head(most).to_dicts():
        of = f"{row['certificate']} of {row['laboratory'] or 'a laboratory that is not told'}"
        end = "" if row["in_force"] else f", ended {row['expires']}"
        yield (
            f"  certificate {visible(of)} is lost{end}: "
            f"{_records(row['records'])} in {count(row['products'], 'product')}"
        )
    if any(ban.kind == "laboratory" for ban in effects.bans):
        names = [
            f"{row['laboratory']} ({row['certificates']})"
            for row in effects.laboratories.head(most).to_dicts()
        ]
        yield f"  laboratories that remain: {visible(', '.join(names)) or 'none in these inputs'}"


def _networks(effects: Effects, most: int) -> Iterator[str]:
    hit = effects.networks.filter(pl.col("certain") + pl.col("possible") > 0)
    for row in hit.head(most).to_dicts():
        where = "network or site not told" if row["network"] == "not told" else visible(row["network"])
        yield (
            f"  {where}: {row['share']:.1%} certainly "
            f"({row['certain']:,} of {row['quantity']:,}), {row['possible']:,} more possibly"
        )


def _alternatives(effects: Effects, most: int) -> Iterator[str]:
    names = pl.when(pl.col("remains") == "possible").then(pl.lit(" (may be hit, too)")).otherwise(pl.lit(""))
    held = (
        effects.alternatives.with_columns(name=pl.col("maker_name") + names)
        .group_by("function", maintain_order=True)
        .agg("name")
    )
    for row in held.head(most).to_dicts():
        yield f"  {visible(row['function'])} also from: {visible(', '.join(row['name']))}"
    lost = {name for names in effects.products["functions"].to_list() for name in names}
    for name in sorted(lost - set(held["function"].to_list()))[:most]:
        yield f"  {visible(name)}: no other maker in these inputs"


def _deployed(deployed: pl.DataFrame, most: int) -> Iterator[str]:
    yield "  Deployed"
    for row in deployed.head(most).to_dicts():
        law = f"; {row['prohibited']:,} are prohibited already" if row["prohibited"] else ""
        yield (
            f"    {visible(row['network'])}: {row['certain']:,} of {_records(row['records'])} certainly, "
            f"{row['possible']:,} possibly, of {row['parts_untold']:,} more the parts are not told{law}"
        )
    if deployed.height > most:
        yield f"    and {deployed.height - most} more (--json shows all)"


def _listings(found: WhatIf, most: int) -> Iterator[str]:
    sure = sum(one.hit == "certain" for one in found.fallen)
    yield f"  Listings: {sure} fall, {len(found.fallen) - sure} more may"
    for one in found.fallen[:most]:
        word = "" if one.hit == "certain" else "perhaps "
        yield f"    {one.listing.entry}: {word}{visible(one.why)}"
        others = ", ".join(one.alternatives) or "no other entry of its kind, category and tier may be bought"
        yield f"      instead: {visible(others)}"
    if len(found.fallen) > most:
        yield f"    and {len(found.fallen) - most} more (--json shows all)"


def _records(number: int) -> str:
    return count(number, "record")
