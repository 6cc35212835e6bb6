"""Write ``docs/reference/command-line.md`` from the commands themselves.

Usage: python scripts/export_cli.py [--check]

With ``--check`` nothing is written, and the exit status is 1 when the page differs.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from clearband.cli.main import VERBS

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference" / "command-line.md"
HEAD: Final = """# The command line

Written from the commands by `make reference`; `clearband VERB --help` shows the same. Statuses that commands
end with are in [exit-status.md](exit-status.md).
"""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before their members."""
    for verb, (module, _) in VERBS.items():
        yield from _below(f"clearband {verb}", importlib.import_module(module).command)


def _below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for member in sorted(command.list_commands(context)):
            inner = command.get_command(context, member)
            if inner is not None:
                yield from _below(f"{name} {member}", inner)


def options(command: click.Command) -> list[click.Option]:
    """The options of a command that its help shows, without ``--help`` itself."""
    return [p for p in command.params if isinstance(p, click.Option) and not p.hidden]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _option_row(option: click.Option, context: click.Context) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" `{_cell(option.make_metavar(context))}`"
    notes = [option.help or ""]
    if option.multiple:
        notes.append("May be given more than once.")
    if option.required:
        notes.append("Required.")
    return f"| {names}{value} | {_cell(' '.join(note for note in notes if note))} |"


def section(name: str, command: click.Command) -> str:
    """The part of the page on one command."""
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    lines = [f"## {name}", "", " ".join((command.help or "").split()), "", "```text", usage, "```", ""]
    if shown := options(command):
        lines += ["| option | what it does |", "|---|---|"]
        lines += [_option_row(option, context) for option in shown]
        lines.append("")
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(name, command) for name, command in commands())])


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` only compare it."""
    text = page()
    if arguments == ["--check"]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE.name} is not what the commands say; run make reference")
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
