"""Run the static checks: ``make check``, and one by one from ``tests/house/test_static.py``.

Usage: python scripts/check.py [NAME...]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SHOWN: Final = 40
_BIN: Final = Path(sys.executable).parent

CHECKS: Final[dict[str, list[str]]] = {
    "style": [str(_BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
    "format": [str(_BIN / "ruff"), "format", "--quiet", "--check", "."],
    "types": [str(_BIN / "mypy"), "-p", "clearband"],
    "types-of-scripts": [str(_BIN / "mypy"), "--ignore-missing-imports", "scripts", "benchmarks"],
    "layers": [str(_BIN / "lint-imports"), "--no-logo"],
    "dependencies": [
        str(_BIN / "deptry"),
        ".",
        "--no-ansi",
        "--known-first-party",
        "clearband",
        "--extend-exclude",
        "^(tests|benchmarks|scripts|docs)/",
        "--per-rule-ignores",
        # Of pymanuf the table is read, and its code never imported; Spark asks for pandas. Python has
        # `compression` from 3.14 on.
        "DEP001=compression,DEP002=pymanuf|pandas|httptools|psycopg|python-multipart|uvloop",
    ],
    "reference": [sys.executable, "scripts/export_cli.py", "--check"],
    "directive-pages": [sys.executable, "scripts/export_directives.py", "--check"],
    "figure-page": [sys.executable, "scripts/export_figures.py", "--check"],
    "schemas": [sys.executable, "scripts/export_schemas.py", "--check"],
    "examples": [sys.executable, "scripts/make_examples.py", "--check"],
}
"""Name to command, run in the folder of the checkout."""


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Run one check and keep what it prints."""
    return subprocess.run(  # noqa: S603  # the commands are those above
        CHECKS[name], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def main(names: list[str]) -> int:
    """Run the named checks, or all; the exit status is 1 when one fails."""
    failed = 0
    for name in names or list(CHECKS):
        if name not in CHECKS:
            print(f"check: no check is called {name}; there are {', '.join(CHECKS)}", file=sys.stderr)
            return 2
        done = run(name)
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
        if done.returncode != 0:
            failed = 1
            lines = (done.stdout + done.stderr).strip().splitlines()
            print("\n".join(lines[:SHOWN]))
            if len(lines) > SHOWN:
                print(f"... and {len(lines) - SHOWN} more lines")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
