"""What draws of prices, lead times and crews come to, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearband.planning.answers.compare import Row
from clearband.planning.answers.samples import PERCENTILES, extra, percentiles
from clearband.reports.plain_text import visible
from clearband.reports.plan_ban import like_for_like


def sampled_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A table of percentiles, and what the ban costs draw by draw."""
    sampled = [row for row in rows if row.sampled is not None and row.same_as is None]
    if not sampled:
        return
    yield ""
    yield "Prices from low to high, lead times up to two quarters longer, crews from 85 to 110 %;"
    yield "a draw without a plan counts as dearer and later than all others:"
    wide = max(16, *(len(visible(row.scenario.name)) for row in sampled))
    heads = "".join(f"{f'{p} %':>13}" for p in PERCENTILES)
    yield f"  {'percentile':<{wide}}         {heads}  no plan found in"
    for row in sampled:
        draws = row.sampled
        assert draws is not None
        cost = "".join(f"{_or_none(value):>13}" for value in draws.cost.values())
        yield (
            f"  {visible(row.scenario.name):<{wide}} cost    {cost}  {draws.without:,} of {draws.samples:,}"
        )
        if draws.done:
            done = "".join(f"{value or 'no plan':>13}" for value in draws.done.values())
            yield f"  {'':<{wide}} all by  {done}"
    yield from _ban(sampled)


def _or_none(value: float | None) -> str:
    return "no plan" if value is None else f"{value:,.0f}"


def _ban(rows: Sequence[Row]) -> Iterator[str]:
    banned, without = like_for_like(rows)
    if banned is None or banned.sampled is None:
        return
    for row in without:
        if row.sampled is None:
            continue
        shares = extra(banned.sampled, row.sampled)
        if shares:
            told = ", ".join(f"{p} % {value:+.1%}" for p, value in percentiles(shares).items())
            yield (
                f"The ban costs, draw by draw ({visible(banned.scenario.name)} against "
                f"{visible(row.scenario.name)}; {len(shares):,} draws with a plan of both):"
            )
            yield f"  {told}"
