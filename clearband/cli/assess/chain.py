"""``clearband assess chain``: tiers of suppliers, single sources, shares, and what a ban would take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click
import polars as pl

from clearband.cli.dates import Day, today
from clearband.cli.inputs import Inputs, input_options
from clearband.reports.plain_text import count, visible

_MOST = 12


@click.command("chain")
@input_options
@click.option(
    "--ban",
    "bans",
    multiple=True,
    metavar="KIND:VALUE",
    help="What if this were banned: supplier:ID, country:CODE or part:NUMBER. May be given several times.",
)
@click.option(
    "--on", type=Day(), help="The day on which ownership is looked at (YYYY-MM-DD). Default: today."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(inputs: Inputs, bans: tuple[str, ...], on: date | None, as_json: bool) -> None:
    """Examine the supply chain of an inventory or a bill of materials.

    Who made what is in it, down to the parts of parts; where it comes from; what has a single source; what a
    ban of a supplier, a country or a part would take, and which other makers supply the same.
    """
    from clearband.assess.chain import chain_of, effects_of, read_ban, shares_by, single_sources
    from clearband.identify import identify
    from clearband.register import load_register

    register, day = load_register(), on or today()
    asked = [read_ban(word, register) for word in bans]
    equipment = inputs.read().equipment
    chain = chain_of(equipment, identify(equipment, register, on=day), register)
    shares = {by: shares_by(chain, by) for by in ("maker", "home", "made_in")}
    single = single_sources(chain)
    effects = [effects_of(chain, ban, register, day) for ban in asked]
    if as_json:
        content = {
            "schema": "clearband/chain/1",
            "on": day.isoformat(),
            "tiers": _tiers(chain),
            "shares": {by: table.to_dicts() for by, table in shares.items()},
            "single_sources": single.to_dicts(),
            "bans": [
                {
                    "ban": f"{one.ban.kind}:{one.ban.value}",
                    "products": one.products.to_dicts(),
                    "networks": one.networks.to_dicts(),
                    "alternatives": one.alternatives.to_dicts(),
                }
                for one in effects
            ],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    for line in _lines(chain, shares, single):
        click.echo(line)
    for one in effects:
        for line in _ban_lines(one):
            click.echo(line)


def _tiers(chain: pl.DataFrame) -> list[dict[str, Any]]:
    return (
        chain.group_by("tier")
        .agg(
            records=pl.len(),
            makers=pl.col("maker").drop_nulls().n_unique(),
            unknown=(~pl.col("known")).sum(),
        )
        .sort("tier")
        .to_dicts()
    )


def _lines(chain: pl.DataFrame, shares: dict[str, pl.DataFrame], single: pl.DataFrame) -> Iterator[str]:
    for row in _tiers(chain):
        what = "products" if row["tier"] == 0 else f"parts, tier {row['tier']}"
        yield (
            f"{row['records']:>7,} {what}: {count(row['makers'], 'maker')}, "
            f"{row['unknown']:,} of a maker that the register does not know"
        )
    titles = {"maker": "By maker", "home": "By the maker's country", "made_in": "By country of production"}
    for by, table in shares.items():
        yield titles[by]
        for row in table.head(_MOST).to_dicts():
            yield f"  {row['share']:>6.1%}  {visible(row['name'])}, in {count(row['products'], 'product')}"
        if table.height > _MOST:
            yield f"          and {table.height - _MOST} more (--json shows all)"
    if chain["tier"].max():
        yield f"Single sources: {single.height}"
        for row in single.head(_MOST).to_dicts():
            more = row["elsewhere"]
            others = f"{count(more, 'other maker')} elsewhere" if more else "no other known"
            only = f"{row['product_name']}: {row['function']} only from {row['maker_name']}"
            yield f"  {visible(only)}; {others}"


def _ban_lines(effects: Any) -> Iterator[str]:
    ban, products = effects.ban, effects.products
    certain = products.filter(pl.col("certain") > 0)
    yield f"If {ban.kind} {visible(ban.value)} were banned"
    yield (
        f"  {count(certain.height, 'product')} certainly lose something, {products.height - certain.height} "
        "more may (a maker or country is not told, or control is not certain)"
    )
    for row in certain.head(_MOST).to_dicts():
        what = ", ".join(row["functions"]) or "of a kind that is not told"
        yield f"  {visible(row['product_name'])} ({visible(row['product'])}): {visible(what)}"
    if certain.height > _MOST:
        yield f"  and {certain.height - _MOST} more (--json shows all)"
    hit = effects.networks.filter(pl.col("certain") + pl.col("possible") > 0)
    for row in hit.head(_MOST).to_dicts():
        yield (
            f"  {visible(row['network'])}: {row['share']:.1%} certainly "
            f"({row['certain']:,} of {row['quantity']:,}), {row['possible']:,} more possibly"
        )
    held = effects.alternatives.group_by("function", maintain_order=True).agg("maker_name")
    for row in held.head(_MOST).to_dicts():
        yield f"  {visible(row['function'])} also from: {visible(', '.join(row['maker_name']))}"
    lost = {name for names in certain["functions"].to_list() for name in names}
    for name in sorted(lost - set(held["function"].to_list()))[:_MOST]:
        yield f"  {visible(name)}: no other maker in these inputs"
