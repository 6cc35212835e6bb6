"""The pages of a team's work, from an inventory to a decision."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from clearband.web.pages import (
    changes,
    findings,
    home,
    inventories,
    proposals,
    record,
    reports,
    run,
    run_files,
    said,
    site_map,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    home.router,
    inventories.router,
    run.router,
    run_files.router,
    changes.router,
    findings.router,
    record.router,
    reports.router,
    said.router,
    proposals.router,
    site_map.router,
)
