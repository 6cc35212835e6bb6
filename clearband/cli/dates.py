"""Dates on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from clearband.model.days import day_of


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that the text means."""
        if isinstance(value, date):
            return value
        try:
            return day_of(value)
        except ValueError as error:
            self.fail(f'"{value}" {error}; write YYYY-MM-DD', param, ctx)


def today() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()
