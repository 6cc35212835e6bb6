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
    record_forms,
    reports,
    run,
    run_files,
    said,
    site_map,
    uploads,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    home.router,
    inventories.router,
    uploads.router,
    run.router,
    run_files.router,
    changes.router,
    findings.router,
    record.router,
    record_forms.router,
    reports.router,
    said.router,
    proposals.router,
    site_map.router,
)
