"""Networks without a plan: what `plan explain` answers, in what time, and whether what it offers is enough.

Usage: python benchmarks/plan_infeasible.py [--sites 60 500 2000] [--only WORD] [--whole]

Each instance is a made-up network with something taken from it. Each relaxation that `plan explain --write`
offers is applied (`plan relax`), solved (`plan solve --gap 1`: to the first plan; `--whole` solves to the
end) and checked (`plan check-solution`). Times are of the process of `plan explain`, in seconds; memory is
the most that was resident. The last instance of each size has a plan with nothing to spare: it must not be
called impossible.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from clearband.planning.answers.files import written
from clearband.planning.network.generate import Asked, generate
from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import Cap, LeastMakers
from clearband.planning.network.write import write_network
from clearband.planning.optimise.board import empty_board
from clearband.planning.optimise.kernels import stand
from clearband.planning.optimise.solve import solve
from clearband.planning.units.assemble import assemble

CLEARBAND = str(Path(sys.executable).with_name("clearband"))
Change = Callable[[Network], Network]


def times(table: str, factor: float, where: pl.Expr | None = None) -> Change:
    """Multiply a limit."""
    value = {"money": "amount", "crews": "hours", "supply": "units"}[table]
    some = pl.lit(value=True) if where is None else where

    def change(network: Network) -> Network:
        frame = getattr(network, table).with_columns(
            pl.when(some).then(pl.col(value) * factor).otherwise(pl.col(value)).alias(value)
        )
        return replace(network, **{table: frame})

    return change


def settings(**changes: object) -> Change:
    """Change the settings."""
    return lambda network: replace(network, settings=network.settings.model_copy(update=changes))


def products(expression: pl.Expr) -> Change:
    """Change the products."""
    return lambda network: replace(network, products=network.products.with_columns(expression))


def not_approved(where: pl.Expr) -> Change:
    """Products that may not be bought any more."""
    return products(pl.when(where).then(pl.lit("no")).otherwise("approved").alias("approved"))


def out_by(day: date, *roles: str) -> Change:
    """Items of some roles that go must be out by a day."""
    mine = pl.col("role").is_in(roles) & (pl.col("must_go") != "no")
    when = pl.when(mine).then(pl.lit(day)).otherwise("remove_by")
    return lambda network: replace(network, installed=network.installed.with_columns(remove_by=when))


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(network: Network) -> Network:
        for one in changes:
            network = one(network)
        return network

    return change


def shorter(quarters: int) -> Change:
    """A horizon that ends sooner, with the limits of its quarters."""

    def change(network: Network) -> Network:
        tables = {
            name: getattr(network, name).filter(pl.col("quarter") < quarters)
            for name in ("money", "crews", "supply")
        }
        return settings(quarters=quarters)(replace(network, **tables))

    return change


def nothing_to_spare(network: Network) -> Network:
    """Every limit is what one plan uses."""
    assembled = assemble(network)
    problem = assembled.problem
    solution = solve(problem, gap=1.0)
    board = empty_board(problem)
    for unit in np.argsort(solution.quarter).tolist():
        stand(board, unit, int(solution.option[unit]), int(solution.quarter[unit]))
    regions = sorted(set(network.clusters["region"]))
    owners = sorted(set(network.clusters["owner"]))
    crews = problem.crews - board.crews
    supply = problem.supply - board.supply
    spent = problem.money.new.cumsum(axis=1) - board.cash
    new = np.maximum(np.diff(np.maximum.accumulate(np.maximum(spent, 0), axis=1), axis=1, prepend=0.0), 0.0)
    families = assembled.families
    return replace(
        network,
        crews=_table(network.crews, {(r,): crews[i] for i, r in enumerate(regions)}),
        supply=_table(network.supply, {family: supply[i] for i, family in enumerate(families)}),
        money=_table(network.money, {(w,): new[i] for i, w in enumerate(owners)}),
    )


def _table(like: pl.DataFrame, rows: dict[tuple[str, ...], np.ndarray]) -> pl.DataFrame:
    flat = [(*key, t, float(value)) for key, values in rows.items() for t, value in enumerate(values)]
    return pl.DataFrame(flat, schema=like.schema, orient="row").sort(like.columns[:-1])


ROLE = pl.col("role")
LATER = date(2028, 6, 30)
INSTANCES: dict[str, Change] = {
    "tight 0.5": both(times("money", 0.5), times("crews", 0.5), times("supply", 0.5)),
    "tight 0.7": both(times("money", 0.7), times("crews", 0.7), times("supply", 0.7)),
    "tight 0.8": both(times("money", 0.8), times("crews", 0.8), times("supply", 0.8)),
    "8 quarters": shorter(8),
    "no money": times("money", 0.0),
    "six tenths of the money": times("money", 0.6),
    "no crews in a region": times("crews", 0.0, pl.col("region") == "R01"),
    "a third of the crews": times("crews", 0.3),
    "no basebands": times("supply", 0.0, ROLE == "baseband"),
    "a fifth of the radios": times("supply", 0.2, ROLE == "radio"),
    "no transport after a quarter": times("supply", 0.0, (ROLE == "transport") & (pl.col("quarter") > 0)),
    "one site in fifty at once": settings(down_share=0.02),
    "core before its lead time": out_by(date(2027, 3, 31), "core"),
    "radio access in two quarters": out_by(date(2027, 9, 30), "radio", "baseband"),
    "radio access in two years": out_by(LATER, "radio", "baseband"),
    "lead times beyond the end": products(
        pl.when(ROLE == "transport").then(21).otherwise("lead_quarters").alias("lead_quarters")
    ),
    "no approved core": not_approved(ROLE == "core"),
    "no approved radio of a band": not_approved((ROLE == "radio") & pl.col("bands").str.contains("B66")),
    "a tenth of transport a maker": settings(caps=(Cap(role="transport", share=0.1),)),
    "one maker, and no supply of it": both(
        settings(caps=(Cap(role="radio", maker="Nokia", share=0.1), Cap(role="radio", share=0.45))),
        times("supply", 0.1, (ROLE == "radio") & (pl.col("maker") == "Ericsson")),
    ),
    "a quarter each of four makers": settings(
        least_makers=(LeastMakers(role="radio", makers=4, share=0.25),)
    ),
    "late, dear and few": both(out_by(LATER, "radio"), times("money", 0.7), times("crews", 0.6)),
    "nothing to spare": nothing_to_spare,
}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """A command of Clearband."""
    return subprocess.run(
        [CLEARBAND, "plan", *map(str, arguments)], check=False, capture_output=True, text=True
    )


def explained(network: Path, out: Path, limit: float) -> tuple[dict[str, object], float, float]:
    """The answer, seconds, and MiB at the most."""
    began = time.monotonic()
    done = subprocess.run(
        [
            "/usr/bin/env", "python3", "-c", _MEASURE, CLEARBAND, "plan", "explain", str(network), "--json",
            "--quiet", "--write", str(out), "--time-limit", str(limit),
        ],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.monotonic() - began
    if not done.stdout:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout), seconds, float(done.stderr.splitlines()[-1]) / 1024


_MEASURE = (
    "import resource, subprocess, sys; ended = subprocess.run(sys.argv[1:]).returncode;"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(ended)"
)


def applied(network: Path, by: str, folder: Path, *, whole: bool) -> str:
    """Whether a plan without violation is found for the relaxed network."""
    kind = Path(by).stem
    relaxed, plan = folder / f"{kind}-net", folder / f"{kind}-plan"
    for step in (
        ("relax", network, "--by", by, "--out", relaxed),
        ("solve", relaxed, "--out", plan, "--quiet", *(() if whole else ("--gap", "1"))),
        ("check-solution", relaxed, plan),
    ):
        if run(*step).returncode:
            return f"NO ({step[0]})"
    return "yes"


def told(way: dict[str, object]) -> str:
    """A kind, and how much of it."""
    share = way["share"].get(way["kind"])  # type: ignore[attr-defined]
    if way["state"] != "enough":
        return f"{way['kind']} {'cannot' if way['state'] == 'cannot' else '-'}"
    least = "" if way["at_least"] is None or share is None else f" (least {way['at_least']:+.1%})"
    return f"{way['kind']}{'' if share is None else f' {share:+.1%}'}{least}"


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, nargs="+", default=[60, 500, 2_000], help="Sizes of networks.")
    parser.add_argument("--seed", type=int, default=1, help="Of the networks.")
    parser.add_argument("--quarters", type=int, default=20, help="Horizon.")
    parser.add_argument("--share", type=float, default=0.6, help="Of the clusters whose radio access goes.")
    parser.add_argument("--only", default="", help="Instances whose name has this word.")
    parser.add_argument("--whole", action="store_true", help="Solve relaxed networks to the end.")
    parser.add_argument("--time-limit", type=float, default=180.0, help="Of plan explain.")
    asked = parser.parse_args()
    offered = failed = 0
    for sites in asked.sites:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            wanted = Asked(sites, asked.seed, quarters=asked.quarters, share=asked.share)
            write_network(generate(wanted), folder / "made")
            made = read_network(folder / "made")
            for instance, change in INSTANCES.items():
                if asked.only not in instance:
                    continue
                place = folder / instance.replace(" ", "-")
                place.mkdir()
                write_network(written(change(made)), place / "net")
                found, seconds, memory = explained(place / "net", place / "by", asked.time_limit)
                state = "plan" if found["feasible"] else "impossible" if found["impossible"] else "not found"
                ways = [way for way in found["ways"] if way["file"] or way["state"] != "enough"]  # type: ignore[attr-defined]
                ends = [
                    (
                        way,
                        applied(place / "net", way["file"], place, whole=asked.whole) if way["file"] else "",
                    )
                    for way in ways
                ]
                offered += sum(bool(end) for _, end in ends)
                failed += sum(end.startswith("NO") for _, end in ends)
                spare = instance != "nothing to spare"
                if (spare and "yes" not in [end for _, end in ends]) or (not spare and state == "impossible"):
                    failed += 1
                print(
                    f"{sites:>7} {instance:<32} {seconds:>6.1f} s {memory:>5.0f} MiB  {state}: "
                    + "; ".join(f"{told(way)}{' applied: ' * bool(end)}{end}" for way, end in ends)
                    + ("" if found["ended"] else "; time ran out"),
                    flush=True,
                )
    print(f"{offered} relaxations offered and applied; {failed} failures")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
