"""Writes the folder of a report of a plan, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from clearband.folders import FolderKind, check_place, whole_folder
from clearband.planning.checking import Checked, Plan, check
from clearband.planning.checking.held import Held, hold
from clearband.planning.network import Network
from clearband.reports.plan import use
from clearband.reports.plan.chart import Chart
from clearband.reports.plan.charts_limits import money_charts, suppliers_chart, use_chart
from clearband.reports.plan.charts_place import map_charts
from clearband.reports.plan.charts_time import exposure_chart, regions_chart
from clearband.reports.plan.money import spending
from clearband.reports.plan.page import GENERATOR, page
from clearband.reports.plan.summary import RULES, Summary, summarise
from clearband.reports.plan.work_orders import BOOK, CSV, write_orders

PAGE: Final = "plan.html"
CHARTS: Final = "charts"
_OURS: Final = frozenset({PAGE, CHARTS, BOOK, CSV})
_HEAD: Final = 4000


@dataclass(frozen=True)
class DrawnPlan:
    """A plan held against its network, summed up and drawn."""

    network: Network
    checked: Checked
    summary: Summary
    charts: tuple[Chart, ...]
    held: Held


@dataclass(frozen=True)
class PlanReport:
    """What was written.

    Attributes:
        files: Names in the folder; those of charts with ``charts/`` before them.
    """

    summary: Summary
    checked: Checked
    charts: tuple[Chart, ...]
    files: tuple[str, ...]


def check_out(out: Path) -> None:
    """Check that a report may be written to a folder, before any work is done.

    Raises:
        OutputError: It may not.
    """
    check_place(out, _kind())


def _kind() -> FolderKind:
    return FolderKind("report of a plan", _OURS, is_report)


def is_report(folder: Path) -> bool:
    """Whether a folder holds an earlier report of a plan."""
    try:
        with (folder / PAGE).open(encoding="utf-8") as file:
            return GENERATOR in file.read(_HEAD)
    except (OSError, ValueError):
        return False


def write_plan_report(network: Network, plan: Plan, out: Path) -> PlanReport:
    """Write page, charts and work orders of a plan; an earlier report in its place is replaced.

    Raises:
        InputError: The network's tables do not fit together.
        OutputError: It cannot be written, or something else is in its place.
    """
    drawn = draw_plan(network, plan)
    checked, summary, charts, held = drawn.checked, drawn.summary, drawn.charts, drawn.held
    with whole_folder(out, _kind()) as folder:
        files = write_orders(held, folder, _about(network, summary))
        (folder / CHARTS).mkdir()
        for chart in charts:
            if chart.drawing is not None:
                name = f"{CHARTS}/{chart.drawing.name}.svg"
                (folder / name).write_text(chart.drawing.svg(alone=True), encoding="utf-8")
                files.append(name)
        html = page(network, checked, summary, charts, files)
        (folder / PAGE).write_text(html, encoding="utf-8", newline="\n")
    return PlanReport(summary, checked, charts, (PAGE, *files))


def draw_plan(network: Network, plan: Plan) -> DrawnPlan:
    """Everything that a report of a plan shows; every number is made anew.

    Raises:
        InputError: The network's tables do not fit together.
    """
    checked = check(network, plan)
    held = hold(network, plan)
    spent = spending(held)
    summary = summarise(held, plan, checked, spent)
    return DrawnPlan(network, checked, summary, tuple(_charts(held, spent)), held)


def _charts(held: Held, spent: pl.DataFrame) -> list[Chart]:
    return [
        *map_charts(held),
        regions_chart(held),
        *money_charts(held, spent),
        exposure_chart(held),
        suppliers_chart(held),
        use_chart(held, use.crews(held), "crews", "Crews", "hours"),
        use_chart(held, use.supply(held), "supply", "Supply", "units"),
        use_chart(held, use.service(held), "service", "Sites under work", "sites"),
    ]


def _about(network: Network, summary: Summary) -> list[tuple[str, str]]:
    rows = [("network", network.settings.title), ("network sha256", network.sha256)]
    rows += [("plan", line) for line in (*summary.lead, *summary.lines)]
    broken = [("breaks", line) for line in summary.broken]
    rows += broken or [("rules", f"no violation of {RULES} rules")]
    return [*rows, ("currency", network.settings.currency)]
