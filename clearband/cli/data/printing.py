"""Printing facts: as JSON of a published form, and the sources below a table."""

from __future__ import annotations

import json
from typing import Any

import click
from pydantic import BaseModel

from clearband.reports.figure_words import mark


def print_form(form: type[BaseModel], schema: str, content: dict[str, Any]) -> None:
    """Print facts as JSON of a published form; what is not known is null.

    Args:
        form: Its Pydantic model, whose JSON Schema is published.
        schema: Its name, printed as ``schema``.
        content: The facts as compiled.
    """
    model = form.model_validate({"schema": schema, **content})
    click.echo(json.dumps(model.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2))


def print_sources(sources: dict[str, Any]) -> None:
    """Print what the sources cited above are, with what was not opened."""
    click.echo("Sources:")
    for name, source in sources.items():
        dated = f", {source['data_date']}" if "data_date" in source else ""
        unread = "; not read" if source.get("read") is False else ""
        click.echo(f"  {name}: {source['what']}{dated}{unread}")


def line(head: str, text: str, grade: str, verified: bool, sources: tuple[str, ...]) -> None:
    """Print one figure: its id, what it is, how good it is, where it is from."""
    shown = f"{grade} " if grade else ""
    click.echo(f"  {head:<28} {text}{mark(verified)}  [{shown}{', '.join(sources)}]")
