"""``python -m clearband``."""

from clearband.cli.main import run

run()
