"""The tables of a workspace, one module a subject; migrations make them."""

from clearband.workspace.tables.columns import METADATA
from clearband.workspace.tables.decisions import answer, assignment, attachment, comment, decision
from clearband.workspace.tables.people import api_token, person, web_session
from clearband.workspace.tables.trail import audit, request, setting
from clearband.workspace.tables.work import inventory, run, upload

__all__ = [
    "METADATA",
    "answer",
    "api_token",
    "assignment",
    "attachment",
    "audit",
    "comment",
    "decision",
    "inventory",
    "person",
    "request",
    "run",
    "setting",
    "upload",
    "web_session",
]
