"""Entry point: loads only the verb's module, and turns every error into one line and an exit status."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import Any, Final

import click

from clearband import __version__
from clearband.cli.lazy import LazyGroup
from clearband.errors import ClearbandError, ExitStatus

VERBS: Final[dict[str, tuple[str, str]]] = {
    "screen": (
        "clearband.cli.screen",
        "Screen inventories: who made each item, and what the law says of it.",
    ),
    "identify": ("clearband.cli.identify", "Say who made each item of an inventory."),
    "discover": ("clearband.cli.discover", "Read inventories from the systems that hold them: NetBox."),
    "annotate": ("clearband.cli.annotate", "Write findings back into the systems that hold inventories."),
    "who": ("clearband.cli.who", "Look one thing up: a name, MAC address, SNMP OID or FCC ID."),
    "match": ("clearband.cli.match", "Hold names against any list of organisations."),
    "explain": ("clearband.cli.explain", "Explain one record of a finished run, step by step."),
    "ask": ("clearband.cli.ask", "Ask the law one question: may this actor do this, on this date?"),
    "directives": ("clearband.cli.directives", "List and show the measures and their vocabulary."),
    "criteria": ("clearband.cli.criteria", "List, show, check and export what makers are judged by."),
    "approved": (
        "clearband.cli.approved",
        "Keep an approved list: steps, decisions, who may be bought from.",
    ),
    "assess": ("clearband.cli.assess", "Assess makers and products, and examine supply chains."),
    "plan": ("clearband.cli.plan", "Plan the replacement of what must go: networks, limits, the way out."),
    "impact": (
        "clearband.cli.impact",
        "Tell what a draft directive would do to an inventory, a market, a country.",
    ),
    "workspace": (
        "clearband.cli.workspace",
        "Make, check and keep what a team works on: people, audit trail, backups.",
    ),
    "serve": ("clearband.cli.serve", "Serve a workspace: pages for browsers, and an API."),
    "report": (
        "clearband.cli.report",
        "Write briefs and filings as drafts: for a board, a regulator, an auditor.",
    ),
    "data": ("clearband.cli.data", "Show the packaged facts: their version, prices, programmes, markets."),
}
"""Verb to the module that holds ``command``, and the line shown in the help."""

_BROKEN_PIPE: Final = "(os error 32)"
# Read by Polars' allocator when Polars is loaded: what a chunk has let go is kept for the next one, which may
# come seconds later, instead of being given back and asked for again, which costs a tenth of a large run.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:0,narenas:2")


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clearband")
def main() -> None:
    """Clearband: telecom supply-chain assurance."""


def _say(line: str) -> None:
    click.echo(f"clearband: {line}", err=True)


def _share_cores(arguments: list[str]) -> None:
    """Leave half of the cores to the threads that read and write parts; Polars' own would wait for them.

    So would those that NumPy starts for linear algebra, of which a run has none.
    """
    if "--stream" in arguments:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))


def run(arguments: list[str] | None = None) -> Any:
    """Run the command line and exit with the documented status."""
    _share_cores(arguments or sys.argv[1:])
    # Hardly anything here points at itself: to look for it after each 700 objects is in vain.
    gc.set_threshold(50_000, 20, 100)
    try:
        status = main.main(args=arguments, standalone_mode=False)
        code = int(status) if isinstance(status, int) else ExitStatus.DONE
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message(), err=True)
        code = ExitStatus.USAGE
    except click.Abort:
        _say("interrupted")
        code = ExitStatus.INTERRUPTED
    except click.ClickException as error:
        hint = (
            f" ({error.ctx.command_path} --help)" if isinstance(error, click.UsageError) and error.ctx else ""
        )
        _say(" ".join(error.format_message().split()) + hint)
        code = ExitStatus.USAGE
    except ClearbandError as error:
        for line in error.lines():
            _say(line)
        code = error.exit_status
    except KeyboardInterrupt:
        _say("interrupted")
        code = ExitStatus.INTERRUPTED
    except BrokenPipeError:
        code = _reader_gone()
    except MemoryError:
        _say("out of memory; split the input or use a machine with more")
        code = ExitStatus.INPUT_UNUSABLE
    except OSError as error:
        if _BROKEN_PIPE in str(error):  # as the column engine words it
            code = _reader_gone()
        else:
            where = f"{error.filename}: " if error.filename else ""
            _say(f"{where}{error.strerror or error}")
            code = ExitStatus.INPUT_UNUSABLE
    except Exception as error:
        # A defect of ours. The user gets one line; who mends it sets the variable and gets the whole.
        if os.environ.get("CLEARBAND_TRACEBACK"):
            raise
        _say(
            f"a defect in Clearband ({type(error).__name__}: {_one_line(error)}); nothing was written; "
            "please report it (CLEARBAND_TRACEBACK=1 shows where)"
        )
        code = ExitStatus.INPUT_UNUSABLE
    if arguments is None:
        _leave(int(code))
    sys.exit(int(code))


def _leave(code: int) -> None:
    """End the process at once: to take down, object by object, what a large run made takes a while.

    What was registered for the end (``atexit``) is done; streams whose reader is gone are left.
    """
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _reader_gone() -> int:
    """The reader of our output went away (for example ``| head``): not an error of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitStatus.DONE


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


if __name__ == "__main__":
    run()
