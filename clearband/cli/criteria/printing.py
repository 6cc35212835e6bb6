"""JSON on standard output, with the name of its form."""

from __future__ import annotations

import json
from typing import Any

import click

from clearband.model.canonical import plain


def print_json(schema: str, content: dict[str, Any]) -> None:
    """Print an object as JSON that people can read, with its ``schema``."""
    click.echo(json.dumps({"schema": schema, **plain(content)}, ensure_ascii=False, indent=2))
