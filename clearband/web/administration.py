"""The pages of admins, and of what a server is given to show."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from clearband.web.pages import approved, people, plan, trail

ROUTERS: Final[tuple[APIRouter, ...]] = (approved.router, plan.router, people.router, trail.router)
